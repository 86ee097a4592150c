"""Door 4: a numbered menu of the jobs in the console, for whoever drops the shop's folder on the shortcut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dealer_xl import fault_log
from dealer_xl.errors import CancelledError, DealerXlError
from dealer_xl.jobs.asked import lacking
from dealer_xl.menu import MENU, Entry
from dealer_xl.watching.request import ASKED_FOR, REDO, Request, read_request

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dealer_xl.commands.named import Desk

END = ("", "0")
NO = ("0", "n", "N", "否", "不")
NEW = next(entry for entry in MENU if entry.command == "new")


@dataclass
class Talk:
    """What is shown, and what is typed."""

    ask: Callable[[str], str]
    show: Callable[[RenderableType], None]

    def agree(self, question: str) -> bool:
        """Ask before something that makes much; Enter is yes."""
        return self.ask(f"{question}\n（直接按回车：是；0：不）").strip() not in NO


def pick(desk: Desk, talk: Talk) -> int:
    """Offer the jobs again and again, until staff end it; tell how many were done."""
    done = 0
    try:
        while True:
            entries = _offered(desk)
            talk.show(_menu(desk, entries))
            typed = talk.ask("请输入数字，再按回车：").strip()
            if typed in END:
                break
            done += _picked(typed, entries, desk, talk)
    except (KeyboardInterrupt, EOFError):
        pass
    return done


def _picked(typed: str, entries: Sequence[Entry], desk: Desk, talk: Talk) -> bool:
    """Do what was picked, by its number or as one asks for it elsewhere; tell whether it was done."""
    try:
        request = _request(typed, entries)
        said = _asked(desk, request, talk)
        talk.show(f"正在办理“{request.entry.label}”，请稍候……")
        outcome = desk.carry_out(said)
    except DealerXlError as reason:
        talk.show(f"{reason}\n")
        return False
    except Exception as fault:  # noqa: BLE001 - the door: whatever is our own fault goes to the log
        talk.show(f"{fault_log.told(fault)}\n")
        return False
    for line in outcome.told:
        talk.show(line)
    talk.show("")
    return True


def _request(typed: str, entries: Sequence[Entry]) -> Request:
    number = int(typed) if typed.isdecimal() else 0
    return Request(entries[number - 1]) if 1 <= number <= len(entries) else read_request(typed)


def _asked(desk: Desk, request: Request, talk: Talk) -> Request:
    """Ask what the job must be told.

    Raises CancelledError.
    """
    choice = desk.choice(request)
    if choice is None:
        return request
    answer = (
        talk.ask(f"{choice}\n（直接按回车：{choice.likely or '返回'}；0：返回）").strip() or choice.likely
    )
    if answer in END:
        raise CancelledError
    return Request(request.entry, answer)


def _offered(desk: Desk) -> list[Entry]:
    return [*([NEW] if lacking(desk.folder) else []), *ASKED_FOR, REDO]


def _menu(desk: Desk, entries: Sequence[Entry]) -> str:
    lines = [f"{number:>3}  {entry.label}：{entry.says}" for number, entry in enumerate(entries, start=1)]
    return "\n".join([f"“{desk.folder.name}”要办什么？", *lines, "  0  结束（也可以直接按回车）"])
