"""The words of the commands: which there are, what each takes, and how a line that is not written right is told."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from dealer_xl import __version__
from dealer_xl.errors import DealerXlError
from dealer_xl.menu import MENU


class CommandError(DealerXlError):
    """The command was not written as it must be."""


class _Parser(argparse.ArgumentParser):
    """Parses the words of a command, and speaks Chinese."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as argparse has it
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **options)
        self._optionals.title = "选项"
        self._positionals.title = "要写的"
        self.add_argument("-h", "--help", action="help", help="显示这一页")

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split())
        what = next(
            (said.format(*found.groups()) for form, said in FAULTS if (found := re.search(form, message))), ""
        )
        raise CommandError(f"命令没有写对{what}。{usage}")


FAULTS = (
    (r"unrecognized arguments: (.*)", "，不认识“{}”"),
    (r"required: (.*)", "，还缺：{}"),
    (r"argument (?:\S+/)?(--?\S+): expected", "，{} 后面要写内容"),
    (r"invalid choice: '([^']*)'", "，没有“{}”这个命令"),
)
"""What argparse says of a command that is not written right, and what staff read."""


def _day(text: str) -> date:
    """Read the day that stands for today."""
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise CommandError(f"“{text}”不是日期，--date 后面请写成 2026-03-05 的样子。") from fault


def _year(text: str) -> int:
    """Read a year."""
    if not re.fullmatch(r"20\d\d", text):
        raise CommandError(f"“{text}”不是年份，请写成 2026 的样子。")
    return int(text)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def parser() -> argparse.ArgumentParser:
    """Return which commands there are and what each takes."""
    top = _Parser(prog="dealer-xl", description="4S店售后客户服务工作簿的助手")
    top.add_argument("--version", action="version", version=__version__, help="显示版本号")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True, title="命令")
    for entry in (entry for entry in MENU if entry.typed):
        command = commands.add_parser(entry.command, help=entry.says, description=entry.says)
        for name, options in ARGUMENTS[entry.command]:
            command.add_argument(*name.split(), **options)
        command.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
        if entry.command == "addin":  # it writes into no shop and asks for no day
            command.set_defaults(date=None, dry_run=True)
            continue
        command.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="把这一天当作今天")
        if entry.command not in {"new", "demo", "watch"}:
            command.add_argument("--dry-run", action="store_true", help="只看结果，不写任何文件")
        if entry.command not in {"new", "demo", "watch", "menu"}:
            command.add_argument(
                "--mask", action="store_true", help="隐去姓名、车牌和电话，便于把结果发给别人"
            )
    return top


FOLDER = ("folder", {"type": Path, "metavar": "文件夹", "help": "放四个工作簿的文件夹"})
ARGUMENTS: Mapping[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "new": (FOLDER,),
    "demo": (
        (
            "folder",
            {
                "type": Path,
                "metavar": "文件夹",
                "nargs": "?",
                "default": Path("演示"),
                "help": "演示数据放在哪里",
            },
        ),
    ),
    "check": (FOLDER, ("--fix", {"action": "store_true", "help": "把看懂了但写法不规范的内容改成规范写法"})),
    "today": (FOLDER,),
    "summary": (FOLDER, ("period", {"metavar": "月份或年份", "help": "如 2026-03 或 2026"})),
    "plan": (FOLDER, ("year", {"type": _year, "metavar": "年份", "help": "如 2026"})),
    "letters": (
        FOLDER,
        ("--template", {"required": True, "metavar": "模板", "help": "信函模板的名字，如 邀请函"}),
        ("--event", {"metavar": "活动编号", "help": "为哪个活动发信"}),
        ("--task", {"metavar": "事项", "help": "发给今日必做中这一类事项的客户，如 service-due"}),
        ("--archive", {"nargs": "+", "metavar": "档案号", "help": "只发给这些档案号"}),
        ("--pdf", {"action": "store_true", "help": "另存一份 PDF"}),
    ),
    "watch": (FOLDER, ("--once", {"action": "store_true", "help": "只办理现在写着的命令，办完就结束"})),
    "menu": (
        (
            "folder",
            {
                "type": Path,
                "metavar": "文件夹",
                "nargs": "*",
                "help": "店文件夹，或其中的文件；不写就在窗口里问",
            },
        ),
    ),
    "undo": (
        FOLDER,
        ("--list", {"action": "store_true", "help": "只列出可以撤销的操作，不撤销"}),
        ("--redo", {"action": "store_true", "help": "取消刚才的撤销，回到撤销之前"}),
    ),
    "addin": (
        (
            "action",
            {
                "choices": ("install", "uninstall", "doctor", "build"),
                "metavar": "做什么",
                "help": "install 安装，uninstall 卸载，doctor 检查为什么用不了，build 由源码重新生成",
            },
        ),
        (
            "folder",
            {"type": Path, "metavar": "文件夹", "nargs": "?", "help": "doctor 也看一看这个店文件夹"},
        ),
    ),
}
"""What each command takes besides the options that all have."""


def understood(words: Sequence[str]) -> tuple[argparse.Namespace, datetime]:
    """Return what is asked for, and the time that stands for now; every front end comes through here.

    Raises CommandError.
    """
    asked = parser().parse_args(words)
    return asked, now_on(asked.date)


def now_on(day: date | None) -> datetime:
    """Return the time that stands for now: the shop's own clock, on the day that stands for today if one is named."""
    clock = datetime.now()  # noqa: DTZ005 - the shop's own clock
    return datetime.combine(day, clock.time()) if day else clock
