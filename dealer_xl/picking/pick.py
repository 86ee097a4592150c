"""Offer the jobs by their numbers, ask what they must be told, and do them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dealer_xl import fault_log
from dealer_xl.errors import CancelledError, DealerXlError
from dealer_xl.jobs.asked import lacking
from dealer_xl.menu import MENU, Entry
from dealer_xl.named import ASKED_FOR, REDO, Clerk, Request, read_request

if TYPE_CHECKING:
    from rich.console import RenderableType

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


def pick(clerk: Clerk, talk: Talk) -> int:
    """Offer the jobs again and again, until staff end it; return how many were done."""
    done = 0
    try:
        while True:
            entries = _offered(clerk)
            talk.show(_menu(clerk, entries))
            typed = talk.ask("请输入数字，再按回车：").strip()
            if typed in END:
                break
            done += _picked(typed, entries, clerk, talk)
    except (KeyboardInterrupt, EOFError):
        pass
    return done


def _picked(typed: str, entries: Sequence[Entry], clerk: Clerk, talk: Talk) -> bool:
    """Do what was picked, by its number or as one asks for it elsewhere; return whether it was done."""
    try:
        request = _request(typed, entries)
        said = _asked(clerk, request, talk)
        talk.show(f"正在办理“{request.entry.label}”，请稍候……")
        outcome = clerk.carry_out(said)
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


def _asked(clerk: Clerk, request: Request, talk: Talk) -> Request:
    """Ask what the job must be told.

    Raises CancelledError.
    """
    choice = clerk.choice(request)
    if choice is None:
        return request
    answer = (
        talk.ask(f"{choice}\n（直接按回车：{choice.likely or '返回'}；0：返回）").strip() or choice.likely
    )
    if answer in END:
        raise CancelledError
    return Request(request.entry, answer)


def _offered(clerk: Clerk) -> list[Entry]:
    return [*([NEW] if lacking(clerk.folder) else []), *ASKED_FOR, REDO]


def _menu(clerk: Clerk, entries: Sequence[Entry]) -> str:
    lines = [f"{number:>3}  {entry.label}：{entry.says}" for number, entry in enumerate(entries, start=1)]
    return "\n".join([f"“{clerk.folder.name}”要办什么？", *lines, "  0  结束（也可以直接按回车）"])
