"""What each command does: run its job, and tell the outcome to staff and to programs; one module a command."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from dealer_xl import jobs
from dealer_xl.commands.addin import addin
from dealer_xl.commands.books import demo, new
from dealer_xl.commands.check import check
from dealer_xl.commands.letters import letters
from dealer_xl.commands.outcome import Command, Occasion, Outcome
from dealer_xl.commands.plan import plan
from dealer_xl.commands.summary import summary
from dealer_xl.commands.today import today
from dealer_xl.commands.undo import take_back
from dealer_xl.errors import DealerXlError

__all__ = ["COMMANDS", "Occasion", "Outcome", "Teller", "do", "do_on"]


class Teller:
    """Shows on the screen how far long work is; silent where nobody looks."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._bar = self._bars.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def tell(self, what: str, done: int, total: int) -> None:
        """Show how far a step is."""
        self._bars.update(self._bar, description=what, completed=done, total=total)


COMMANDS: Mapping[str, Command] = {
    "new": new,
    "demo": demo,
    "check": check,
    "today": today,
    "summary": summary,
    "letters": letters,
    "plan": plan,
    "undo": take_back,
    "addin": addin,
}


TRIAL = "这是试运行，什么都没有写入；下面是真正运行时会有的结果。"


def do(asked: Namespace, now: datetime) -> Outcome:
    """Run the command that is asked for on closed files, and show how far it is."""
    with Teller() as teller:
        return do_on(Occasion(now, tell=teller.tell), asked)


def do_on(occasion: Occasion, asked: Namespace) -> Outcome:
    """Run the command that is asked for; first put in order what an earlier one left half done, and say so."""
    if getattr(asked, "dry_run", False):
        outcome = COMMANDS[asked.command](asked, occasion)
        return outcome if asked.command == "addin" else replace(outcome, told=[TRIAL, *outcome.told])
    mended = jobs.mend(asked.folder)
    if mended is None:
        return COMMANDS[asked.command](asked, occasion)
    says = mended.message
    try:
        outcome = COMMANDS[asked.command](asked, occasion)
    except DealerXlError as reason:
        raise DealerXlError(f"{says}{reason}") from reason
    return replace(
        outcome,
        told=[says, *outcome.told],
        data={**outcome.data, "mended": says},
        gist=f"{says}{outcome.gist}",
    )
