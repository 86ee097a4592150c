"""What a front end asks the program to do: one frozen dataclass a command, with its words on the command line.

Command line, ribbon, menu and watch build the same requests; only the command line parses words into them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from dealer_xl.errors import DealerXlError


class NotADateError(DealerXlError):
    """The day that stands for today is no date."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是日期，--date 后面请写成 2026-03-05 的样子。")


class NotAYearError(DealerXlError):
    """The year is none."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是年份，请写成 2026 的样子。")


def parse_day(text: str) -> date:
    """Parse the day that stands for today.

    Raises NotADateError.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise NotADateError(text) from fault


def parse_year(text: str) -> int:
    """Parse a year.

    Raises NotAYearError.
    """
    if not re.fullmatch(r"20\d\d", text):
        raise NotAYearError(text)
    return int(text)


class NotACountError(DealerXlError):
    """A number of letters or labels is none."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是个数，请写 1、2、3 这样的整数。")


def parse_count(text: str) -> int:
    """Parse a number of letters or labels, from one on.

    Raises NotACountError.
    """
    if not re.fullmatch(r"[1-9]\d{0,5}", text):
        raise NotACountError(text)
    return int(text)


def parse_names(text: str) -> tuple[str, ...]:
    """Parse names that commas part, of any width."""
    return tuple(name for name in re.split(r"[,，、;；\s]+", text) if name)


WORDS = "words"
"""The metadata of a field: its names on the command line, and what argparse must know of it."""


def _word(*names: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - as argparse has it
    """Describe a field to the command line: an option by its names, else a word at its place."""
    return {WORDS: (names, options)}


_FOLDER = _word(type=Path, metavar="文件夹", help="放四个工作簿的文件夹")


@dataclass(frozen=True)
class Request:
    """One thing to do."""

    command: ClassVar[str]
    takes_date: ClassVar[bool] = True  # a day may stand for today
    takes_dry_run: ClassVar[bool] = True
    takes_mask: ClassVar[bool] = True


@dataclass(frozen=True)
class ShopRequest(Request):
    """One thing to do in a shop's folder."""

    folder: Path = field(metadata=_FOLDER)


@dataclass(frozen=True)
class NewRequest(ShopRequest):
    """Make the blank workbooks that a folder lacks."""

    command = "new"
    takes_mask = False
    with_tables: tuple[str, ...] = field(
        default=(),
        metadata=_word("--with", type=parse_names, metavar="表", help="另外要的表，如 续保,预约"),
    )


@dataclass(frozen=True)
class DemoRequest(ShopRequest):
    """Make a sample store, and run every job on it."""

    command = "demo"
    takes_dry_run = takes_mask = False
    folder: Path = field(
        default=Path("演示"), metadata=_word(type=Path, metavar="文件夹", nargs="?", help="演示数据放在哪里")
    )


@dataclass(frozen=True)
class CheckRequest(ShopRequest):
    """Find every wrong entry."""

    command = "check"
    fix: bool = field(
        default=False,
        metadata=_word("--fix", action="store_true", help="把看懂了但写法不规范的内容改成规范写法"),
    )


@dataclass(frozen=True)
class TodayRequest(ShopRequest):
    """List what is to be done today."""

    command = "today"


@dataclass(frozen=True)
class SummaryRequest(ShopRequest):
    """Compute the figures of a month or a year."""

    command = "summary"
    period: str = field(metadata=_word(metavar="月份或年份", help="如 2026-03 或 2026"))


@dataclass(frozen=True)
class PlanRequest(ShopRequest):
    """Share a year's targets out over its months."""

    command = "plan"
    year: int = field(metadata=_word(type=parse_year, metavar="年份", help="如 2026"))


@dataclass(frozen=True)
class LettersRequest(ShopRequest):
    """Write letters of one template, and book them."""

    command = "letters"
    template: str = field(
        metadata=_word("--template", required=True, metavar="模板", help="信函模板的名字，如 邀请函")
    )
    event: str | None = field(
        default=None, metadata=_word("--event", metavar="活动编号", help="为哪个活动发信")
    )
    task: str | None = field(
        default=None,
        metadata=_word("--task", metavar="事项", help="发给今日必做中这一类事项的客户，如 service-due"),
    )
    complaint: str | None = field(
        default=None, metadata=_word("--complaint", metavar="投诉号", help="答复哪一件投诉")
    )
    archive: tuple[str, ...] | None = field(
        default=None, metadata=_word("--archive", nargs="+", metavar="档案号", help="只发给这些档案号")
    )
    where: tuple[str, ...] = field(
        default=(),
        metadata=_word(
            "--where",
            nargs="+",
            metavar="列=值",
            help="只发给这样的客户，如 地区=天河 客户等级=VIP、一级 忠诚客户=是",
        ),
    )
    first: int | None = field(
        default=None,
        metadata=_word("--first", type=parse_count, metavar="封数", help="最多发几封，忠诚客户在前"),
    )
    again: bool = field(
        default=False,
        metadata=_word("--again", action="store_true", help="已经发过的补发一次，用原来的登记号"),
    )
    pdf: bool = field(default=False, metadata=_word("--pdf", action="store_true", help="另存一份 PDF"))
    labels: int | None = field(
        default=None,
        metadata=_word(
            "--labels",
            nargs="?",
            const=1,
            type=parse_count,
            metavar="从第几格",
            help="另存地址标签（A4，3列8行），用过的标签纸写明从第几格开始",
        ),
    )
    envelopes: bool = field(
        default=False, metadata=_word("--envelopes", action="store_true", help="另存信封（DL，带邮政编码框）")
    )
    sign_list: bool = field(
        default=False, metadata=_word("--sign-list", action="store_true", help="另存寄发签收表")
    )
    merge_source: bool = field(
        default=False,
        metadata=_word("--merge-source", action="store_true", help="另存 Word 邮件合并用的数据表"),
    )
    one_file: bool = field(
        default=False, metadata=_word("--one-file", action="store_true", help="只留合并的一份，不另存每一封")
    )


@dataclass(frozen=True)
class UndoRequest(ShopRequest):
    """Put back what the last command changed; or list what could be, or take back the last undo."""

    command = "undo"
    list: bool = field(
        default=False, metadata=_word("--list", action="store_true", help="只列出可以撤销的操作，不撤销")
    )
    redo: bool = field(
        default=False, metadata=_word("--redo", action="store_true", help="取消刚才的撤销，回到撤销之前")
    )


@dataclass(frozen=True)
class WatchRequest(ShopRequest):
    """Carry out what staff ask for in a cell of the workbook."""

    command = "watch"
    takes_dry_run = takes_mask = False
    once: bool = field(
        default=False, metadata=_word("--once", action="store_true", help="只办理现在写着的命令，办完就结束")
    )


@dataclass(frozen=True)
class MenuRequest(Request):
    """Offer the jobs by their numbers in the console."""

    command = "menu"
    takes_mask = False
    paths: tuple[Path, ...] = field(
        default=(),
        metadata=_word(
            type=Path, metavar="文件夹", nargs="*", help="店文件夹，或其中的文件；不写就在窗口里问"
        ),
    )


ADDIN_STEPS = ("install", "uninstall", "doctor", "build")


@dataclass(frozen=True)
class AddinRequest(Request):
    """Install the add-in, take it away, examine it, or build its file."""

    command = "addin"
    takes_date = takes_dry_run = takes_mask = False
    step: str = field(
        metadata=_word(
            choices=ADDIN_STEPS,
            metavar="做什么",
            help="install 安装，uninstall 卸载，doctor 检查为什么用不了，build 由源码重新生成",
        )
    )
    folder: Path | None = field(
        default=None,
        metadata=_word(type=Path, metavar="文件夹", nargs="?", help="doctor 也看一看这个店文件夹"),
    )


def _leaves(kind: type[Request]) -> list[type[Request]]:
    below = kind.__subclasses__()
    return [leaf for each in below for leaf in _leaves(each)] or [kind]


REQUESTS: dict[str, type[Request]] = {kind.command: kind for kind in _leaves(Request)}
"""The requests by their command."""
