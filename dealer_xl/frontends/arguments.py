"""The command line's words: parsed into a request and the options that all commands share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, NoReturn

from dealer_xl import __version__
from dealer_xl.actions import Place, actions_in
from dealer_xl.errors import DealerXlError
from dealer_xl.requests import REQUESTS, WORDS, Request, parse_day


class CommandError(DealerXlError):
    """The command was not written as it must be."""


@dataclass(frozen=True)
class Options:
    """How a request is carried out and shown."""

    as_json: bool = False
    day: date | None = None  # stands for today
    dry_run: bool = False
    mask: bool = False


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
            (says.format(*found.groups()) for form, says in FAULTS if (found := re.search(form, message))), ""
        )
        raise CommandError(f"命令没有写对{what}。{usage}")


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


FAULTS = (
    (r"unrecognized arguments: (.*)", "，不认识“{}”"),
    (r"required: (.*)", "，还缺：{}"),
    (r"argument (?:\S+/)?(--?\S+): expected", "，{} 后面要写内容"),
    (r"invalid choice: '([^']*)'", "，没有“{}”这个命令"),
)
"""What argparse says of a command that is not written right, and what staff read."""


def parse(words: Sequence[str]) -> tuple[Request, Options]:
    """Parse the words of the command line.

    Raises CommandError, NotADateError, NotAYearError.
    """
    parsed = vars(_parser().parse_args(words))
    options = Options(
        **{option.name: parsed[option.name] for option in fields(Options) if option.name in parsed}
    )
    kind = REQUESTS[parsed["command"]]
    return kind(**{each.name: _frozen(parsed[each.name]) for each in fields(kind)}), options


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _parser() -> argparse.ArgumentParser:
    top = _Parser(prog="dealer-xl", description="4S店售后客户服务工作簿的助手")
    top.add_argument("--version", action="version", version=__version__, help="显示版本号")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True, title="命令")
    for action in actions_in(Place.TYPED):
        command = commands.add_parser(action.name, help=action.sentence, description=action.sentence)
        kind = REQUESTS[action.name]
        _add_fields(command, kind)
        _add_options(command, kind)
    return top


def _add_fields(command: argparse.ArgumentParser, kind: type[Request]) -> None:
    """Add a word or an option for each field of a request, as the request itself describes it."""
    for each in fields(kind):
        names, described = each.metadata[WORDS]
        options: dict[str, Any] = dict(described)
        if names:
            options["dest"] = each.name
        if each.default is not MISSING:
            options["default"] = each.default
        command.add_argument(*(names or (each.name,)), **options)


def _add_options(command: argparse.ArgumentParser, kind: type[Request]) -> None:
    command.add_argument("--json", dest="as_json", action="store_true", help="只输出一个 JSON 对象")
    if kind.takes_date:
        command.add_argument(
            "--date", dest="day", type=parse_day, metavar="YYYY-MM-DD", help="把这一天当作今天"
        )
    if kind.takes_dry_run:
        command.add_argument("--dry-run", action="store_true", help="只看结果，不写任何文件")
    if kind.takes_mask:
        command.add_argument("--mask", action="store_true", help="隐去姓名、车牌和电话，便于把结果发给别人")
