"""Door 2: one function a button of the ribbon tab 客户服务.

Excel hands over the workbook from which the button was clicked; the job runs on the whole folder in which it lies.
The folder's workbooks that are open are saved and closed for the time of the job, since their files are
rewritten, and opened again after it. Kept thin: what needs Excel itself stands in docs/excel-checklist.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from dealer_xl import fault_log
from dealer_xl.cli import carry_out
from dealer_xl.errors import DealerXlError

TITLE = "客户服务"


class NotSavedError(DealerXlError):
    """The workbook lies in no folder yet."""

    def __init__(self) -> None:
        super().__init__("请先打开放四个工作簿的文件夹里的一个工作簿，再点这个按钮。")


def check() -> None:
    """Button 校验: find every wrong entry."""
    _click(lambda _: ["check"])


def today() -> None:
    """Button 今日必做: list what is to be done today."""
    _click(lambda _: ["today"])


def summary() -> None:
    """Button 月度总结: ask for the month, the last full one by default, and sum it up."""
    _click(lambda app: _with_answer(app, ["summary"], "哪个月或哪一年？写成 2026-03 或 2026", _last_month()))


def letters() -> None:
    """Button 生成信函: ask for the event and write its invitations."""
    _click(
        lambda app: _with_answer(
            app, ["letters", "--template", "邀请函", "--event"], "活动编号（见“活动计划”表）", ""
        )
    )


def undo() -> None:
    """Button 撤销: put back what the last command changed."""
    _click(lambda _: ["undo"])


def _click(words: Callable[[Any], list[str] | None]) -> None:
    """Carry out the click and tell its outcome in a box; an error is one sentence, too."""
    import xlwings  # noqa: PLC0415 - the command line does not need it

    app = xlwings.Book.caller().app
    try:
        sentence = _carried_out(app, words)
    except DealerXlError as reason:
        sentence = str(reason)
    except Exception as fault:  # noqa: BLE001 - the door: whatever is our own fault goes to the log
        sentence = fault_log.told(fault)
    if sentence:
        app.alert(sentence, title=TITLE)


def _carried_out(app: Any, words: Callable[[Any], list[str] | None]) -> str:  # noqa: ANN401 - xlwings has no types
    folder = _folder(app.books.active.fullname)
    asked = words(app)
    if asked is None:
        return ""
    closed: list[str] = []
    try:
        for book in [book for book in app.books if Path(book.fullname).parent == folder]:
            place = book.fullname
            book.save()
            book.close()
            closed.append(place)
        return carry_out([asked[0], str(folder), *asked[1:]]).gist
    finally:
        for place in closed:
            app.books.open(place)


def _folder(place: str) -> Path:
    """Find the folder of a workbook; one that was never saved has none."""
    path = Path(place)
    if path.parent == Path():
        raise NotSavedError
    return path.parent


def _with_answer(app: Any, words: list[str], question: str, default: str) -> list[str] | None:  # noqa: ANN401
    """Add to the command what staff answer; nothing is done when they cancel."""
    answer = app.api.InputBox(question, TITLE, default)
    return [*words, str(answer)] if answer else None


def _last_month() -> str:
    from dealer_xl.dealership.summary import last_full_month  # noqa: PLC0415 - loads pandas

    return last_full_month(datetime.now().astimezone().date()).code
