"""A job that was named by its label: turned into the words of its command, and carried out as the command line does."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dealer_xl import commands, jobs
from dealer_xl.arguments import now_on, understood
from dealer_xl.choices import NEEDS, Choice, words_for
from dealer_xl.commands.outcome import Occasion, Outcome
from dealer_xl.named.request import Request


@dataclass(frozen=True)
class Clerk:
    """Where and when named jobs are carried out, and how: the options of the command that takes their names."""

    folder: Path
    asked: Namespace
    tell: jobs.Tell = jobs.silence
    agree: jobs.Agree = jobs.yes

    def choice(self, request: Request) -> Choice | None:
        """Return what staff are to be asked before the job; None when nothing, or when they have said it."""
        need = NEEDS.get(request.entry.command)
        return None if need is None or request.said else need.choice(self._run())

    def carry_out(self, request: Request) -> Outcome:
        """Do the job.

        Raises DealerXlError when it cannot go on.
        """
        command = request.entry.command
        words = words_for(command, request.said, self._run)
        dry = ["--dry-run"] if getattr(self.asked, "dry_run", False) and command != "new" else []
        asked, _ = understood([command, str(self.folder), *request.options, *words, *dry])
        return commands.do_on(Occasion(self._now(), tell=self.tell, agree=self.agree), asked)

    def _run(self) -> jobs.Run:
        store = jobs.closed_files(self.folder, dry_run=getattr(self.asked, "dry_run", False))
        return jobs.Run(store, self._now(), self.tell, self.agree)

    def _now(self) -> datetime:
        return now_on(self.asked.date)
