"""What every job is given: the shop's store, the time that stands for now, progress, confirmation, and the tables read so far.

The front ends make one context for each thing that staff ask for. Whoever asks a question before a job (which event?)
and the job itself share it, so that each table is read and judged once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePath
from typing import Protocol

import pandas as pd

from dealer_xl.dealership.dataset import Dataset, read_dataset
from dealer_xl.dealership.rules import with_rule_issues
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.protocols import Store
from dealer_xl.office.sheets.headings import SheetMissingError
from dealer_xl.schema import Table

EVERY_TABLE = frozenset(table.name for table in TABLES)

JUDGED_TOGETHER = EVERY_TABLE
"""The rules compare these with each other: without all of them they would find what is not wrong."""


class Progress(Protocol):
    """Shows how far long work is."""

    def __call__(self, step: str, done: int, total: int, /) -> None:
        """Show that `done` of `total` parts of a step are over."""
        ...


class Confirm(Protocol):
    """Asks before something that makes much."""

    def __call__(self, question: str, /) -> bool:
        """Return whether to go on."""
        ...


def no_progress(step: str, done: int, total: int, /) -> None:
    """Show nothing: nobody looks."""


def confirmed(question: str, /) -> bool:  # noqa: ARG001 - whoever typed the command has agreed
    """Return True: nobody is asked."""
    return True


@dataclass
class Context:
    """One thing that staff ask for: whose store, what time, who sees how far it is, who is asked.

    `open_store` is called when the store is first needed; in a dry run it must open one that writes nothing.
    """

    open_store: Callable[[], Store]
    now: datetime
    progress: Progress = no_progress
    confirm: Confirm = confirmed
    dry_run: bool = False
    _cells: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False)
    _datasets: dict[frozenset[str], Dataset] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of_folder(
        cls,
        folder: Path,
        now: datetime,
        progress: Progress = no_progress,
        confirm: Confirm = confirmed,
        *,
        dry_run: bool = False,
    ) -> Context:
        """Return the context of a folder whose workbooks are closed."""
        return cls(lambda: FolderStore(folder, dry_run=dry_run), now, progress, confirm, dry_run)

    @cached_property
    def store(self) -> Store:
        """Open the shop's store.

        Raises FolderMissingError, NoWorkbooksError, and what recovery raises.
        """
        return self.open_store()

    @property
    def today(self) -> date:
        """Return the day that stands for today."""
        return self.now.date()

    def tables(self, names: Collection[str] = EVERY_TABLE) -> Mapping[str, pd.DataFrame]:
        """Return the cells of some tables by their names: index = Excel row, columns = headings.

        Each table is read once, until something is saved.
        Raises what reading a workbook raises.
        """
        wanted = [table.name for table in TABLES if table.name in names]
        missing = [name for name in wanted if name not in self._cells]
        for done, name in enumerate(missing):
            self.progress("读取表格", done, len(missing))
            self._cells[name] = self._cells_of(BY_NAME[name])
        if missing:
            self.progress("读取表格", len(missing), len(missing))
        return {name: self._cells[name] for name in wanted}

    def _cells_of(self, table: Table) -> pd.DataFrame:
        """Return the cells of a table; one that the workbook may lack and does lack is empty."""
        try:
            return self.store.workbook(table.workbook).read_table(table)
        except SheetMissingError:
            if not table.may_lack:
                raise
            return pd.DataFrame(columns=list(table.headings), dtype="object")

    def dataset(self, names: Collection[str] = EVERY_TABLE) -> Dataset:
        """Return at least these tables parsed and judged by every rule; judged once, until something is saved.

        Raises what reading a workbook raises.
        """
        needed = frozenset(names) | JUDGED_TOGETHER
        found = next((dataset for held, dataset in self._datasets.items() if needed <= held), None)
        if found is None:
            found = self._datasets[needed] = self.judged(self.tables(needed))
        return found

    def judged(self, cells: Mapping[str, pd.DataFrame]) -> Dataset:
        """Return cells parsed and judged by every rule: name to cells with headings as columns."""
        return with_rule_issues(read_dataset(cells, self.today))

    def save(self, command: str, *, keep: int = 30) -> Sequence[PurePath]:
        """Save what was gathered in the store, at once or not at all; return the files that changed.

        Raises what `Store.save` raises.
        """
        try:
            return self.store.save(command, keep=keep)
        finally:
            self.forget()

    def forget(self) -> None:
        """Forget the tables read so far: the workbooks may hold something else now."""
        self._cells.clear()
        self._datasets.clear()
