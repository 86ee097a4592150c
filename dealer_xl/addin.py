"""Door 2: one function a button of the ribbon tab 客户服务.

The job runs on the whole folder of the workbook that staff see: its workbooks that are open are used as they
are on the screen, the others as files. Kept thin: what needs Excel itself stands in docs/excel-checklist.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_xl import fault_log
from dealer_xl.arguments import understood
from dealer_xl.choices import NEEDS
from dealer_xl.errors import CancelledError, DealerXlError
from dealer_xl.menu import MENU, label_of

if TYPE_CHECKING:  # loaded when a button is clicked, with what it needs
    from dealer_xl import jobs
    from dealer_xl.commands import Outcome
    from dealer_xl.office.live.live_store import LiveStore
    from dealer_xl.office.live.program import Program


class NoWorkbookError(DealerXlError):
    """No workbook is open."""

    def __init__(self) -> None:
        super().__init__(
            "连接不上Excel里的工作簿；请先打开店文件夹里的一个工作簿，再点这个按钮，还不行请运行 dealer-xl addin doctor。"
        )


def check() -> None:
    """Button 校验: find every wrong entry."""
    _click("check")


def today() -> None:
    """Button 今日必做: list what is to be done today."""
    _click("today")


def summary() -> None:
    """Button 月度总结: ask for the month, the last full one by default, and sum it up."""
    _click("summary")


def letters() -> None:
    """Button 生成信函: ask for the event, the next one by default, and write its invitations."""
    _click("letters")


def plan() -> None:
    """Button 本年计划: ask for the year, this one by default, and share its targets out."""
    _click("plan")


def undo() -> None:
    """Button 撤销: put back what the last command changed."""
    _click("undo")


def folder() -> None:
    """Button 打开文件夹: show the shop's folder."""
    _at_the_door(lambda program: _shown(program.folder()))


def guide() -> None:
    """Button 帮助: tell what each button does."""
    _at_the_door(lambda _: _told_buttons())


@dataclass
class Click:
    """One click: the running program, the folder, and its store once it is needed."""

    program: Program
    folder: Path
    now: datetime

    @cached_property
    def store(self) -> LiveStore:
        """Open the folder with what is open of it."""
        from dealer_xl.office.live.live_store import LiveStore  # noqa: PLC0415 - as below

        return LiveStore(self.folder, self.program)

    @property
    def run(self) -> jobs.Run:
        """Return the run of a job."""
        from dealer_xl import jobs  # noqa: PLC0415 - loads pandas

        return jobs.Run(self.store, self.now, self.program.tell, self.program.agree)


def _click(command: str) -> None:
    _at_the_door(lambda program: _carried_out(program, command))


def _at_the_door(do: Callable[[Program], str]) -> None:
    """Do what was clicked and tell its outcome in a box; an error is one sentence, too."""
    from dealer_xl.office.live.native import prepare, the_app  # noqa: PLC0415 - xlwings is slow to load
    from dealer_xl.office.live.program import Program  # noqa: PLC0415 - as above

    prepare()

    try:
        program = Program(the_app())
    except Exception as fault:  # noqa: BLE001 - no workbook is open, so there is no box; RunPython shows what follows
        fault_log.write(fault)
        raise SystemExit(str(NoWorkbookError())) from None
    try:
        with program.busy():
            program.see_it_is_excel()
            sentence = do(program)
    except CancelledError:
        return
    except DealerXlError as reason:
        sentence = str(reason)
    except Exception as fault:  # noqa: BLE001 - the door: whatever is our own fault goes to the log
        sentence = fault_log.told(fault)
    if sentence:
        _say(program, sentence)


def _say(program: Program, sentence: str) -> None:
    """Show the outcome in a box; when there is none to be had, RunPython shows what the program ends with."""
    try:
        program.say(sentence)
    except Exception as fault:  # noqa: BLE001 - as above
        fault_log.write(fault)
        raise SystemExit(sentence) from None


def _carried_out(program: Program, command: str) -> str:
    from dealer_xl import commands  # noqa: PLC0415 - loads pandas

    click = Click(program, program.folder().resolve(), datetime.now())  # noqa: DTZ005 - the shop's own clock
    _mend(click)
    asked, now = understood([command, str(click.folder), *_words(click, command)])
    occasion = commands.Occasion(now, lambda *_, **__: click.store, program.tell, program.agree)
    return _told(commands.do_on(occasion, asked), click.store.open_names)


def _mend(click: Click) -> None:
    """Put in order what an earlier click left half done, and say so before anything else is asked."""
    from dealer_xl import jobs  # noqa: PLC0415 - loads pandas

    mended = jobs.mend(click.folder)
    if mended is None:
        return
    if mended.unsure:
        click.program.wake()
    click.program.say(mended.message)


def _told(outcome: Outcome, open_names: Sequence[str]) -> str:
    """Return the outcome, and what is left to do: what is open is not saved yet."""
    shown = [name for name in outcome.places if name in open_names]
    filed = [name for name in outcome.places if name not in open_names]
    lines = [outcome.gist]
    lines += [f"打开着的{''.join(f'《{name}》' for name in shown)}已更新，请看过后保存。"] if shown else []
    lines += [f"已写入：{'、'.join(filed)}"] if filed else []
    return "\n".join(lines)


def _words(click: Click, command: str) -> Sequence[str]:
    """Ask for what the job must be told.

    Raises CancelledError.
    """
    need = NEEDS.get(command)
    if need is None:
        return ()
    choice = need.choice(click.run)
    return need.words(_answered(click, str(choice), choice.likely))


def _answered(click: Click, question: str, default: str) -> str:
    """Ask for a word.

    Raises CancelledError.
    """
    answer = click.program.answer(question, default)
    if answer is None:
        raise CancelledError
    return answer


def _shown(folder: Path) -> str:
    from dealer_xl.office.live.native import show_folder  # noqa: PLC0415 - xlwings is slow to load

    show_folder(folder)
    return ""


def _told_buttons() -> str:
    lines = [f"{entry.label}：{entry.says}。" for entry in MENU if entry.button]
    rest = f"点错了就点“{label_of('undo')}”。每次写入前的文件都在店文件夹的“备份”里。"
    return "\n".join([*lines, rest])
