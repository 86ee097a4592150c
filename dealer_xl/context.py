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
from dealer_xl.dealership.described_tables import HELPER_BOOK, catalogue_of
from dealer_xl.dealership.rules import judged_together, rules_of, with_rule_issues
from dealer_xl.dealership.tables import BY_NAME, MAPPING, PLAN_BOOK, STAFF, TABLES, WORDS
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook
from dealer_xl.office.sheets.headings import HeadingMissingError
from dealer_xl.office.sheets.layout import sheet_named
from dealer_xl.office.sheets.table_access import TableAccess, TableCells
from dealer_xl.office.store_protocol import Store
from dealer_xl.schema import Table
from dealer_xl.table_sources import Catalogue, Place

EVERY_TABLE = frozenset(table.name for table in TABLES)


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
    _tables: dict[str, TableAccess] = field(default_factory=dict, init=False, repr=False)
    _cells: dict[str, TableCells] = field(default_factory=dict, init=False, repr=False)
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
        """Return the cells of those tables that the shop keeps, by their names: index = row id, columns = headings that are there.

        Each table is read once, until something is saved.
        Raises what reading a workbook raises.
        """
        wanted = [table.name for table in TABLES if table.name in names]
        missing = [name for name in wanted if name not in self._cells]
        for done, name in enumerate(missing):
            self.progress("读取表格", done, len(missing))
            self._cells[name] = self.table(BY_NAME[name]).read()
        if missing:
            self.progress("读取表格", len(missing), len(missing))
        return {name: self._cells[name].frame for name in wanted if self._is_kept(name)}

    def _is_kept(self, name: str) -> bool:
        """Return whether the shop keeps a table; an adopted one keeps no list of staff before a name stands in ours."""
        cells = self._cells[name]
        return not cells.absent and not (
            name == STAFF.name and self.store.catalogue.adopted and cells.frame.empty
        )

    def table(self, table: Table) -> TableAccess:
        """Find a table wherever the shop keeps it; found once.

        Raises what finding it raises.
        """
        if table.name not in self._tables:
            if not self._tables:
                self.store.catalogue = load_catalogue(self.store)
            self._tables[table.name] = self.store.table(table)
        return self._tables[table.name]

    def skipped(self) -> Sequence[tuple[Place, str]]:
        """Return the rows read so far that are no records, and why."""
        return [
            (self.table(BY_NAME[name]).place_of(each.row_id), each.why)
            for name, cells in self._cells.items()
            for each in cells.skipped
        ]

    def place_of(self, table: Table, row_id: int) -> Place:
        """Return where a row stands, as staff find it."""
        return self.table(table).place_of(row_id)

    def origin_of(self, table: Table, row_id: int) -> str:
        """Return where a row stands in words: its sheet and its Excel row."""
        place = self.place_of(table, row_id)
        return f"{place.sheet} 第{place.row}行"

    def dataset(self, names: Collection[str] = EVERY_TABLE) -> Dataset:
        """Return at least these tables parsed and judged by the rules; judged once, until something is saved.

        Raises what reading a workbook raises.
        """
        needed = judged_together(names)
        found = next((dataset for held, dataset in self._datasets.items() if needed <= held), None)
        if found is None:
            found = self._datasets[needed] = self.judged(self.tables(needed))
        return found

    def judged(self, cells: Mapping[str, pd.DataFrame]) -> Dataset:
        """Return cells parsed and judged by the rules: name to cells with headings as columns."""
        return with_rule_issues(read_dataset(cells, self.today), rules_of(cells))

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


def load_catalogue(store: Store) -> Catalogue:
    """Return the catalogue of a shop: what 对照 says, or that it uses our workbooks.

    Raises BrokenMappingError, and what reading the workbook raises.
    """
    for name in (HELPER_BOOK, PLAN_BOOK):
        if store.has_workbook(name):
            book = store.workbook(name)
            if describes(book):
                words = book.read_table(WORDS) if _has(book, WORDS) else None
                return catalogue_of(book.read_table(MAPPING), words, book.name)
    return Catalogue.ours()


def describes(book: BufferedWorkbook) -> bool:
    """Return whether a workbook has a 对照 of the program's with a row at least."""
    return _has(book, MAPPING) and not book.read_table(MAPPING).empty


def _has(book: BufferedWorkbook, table: Table) -> bool:
    """Return whether a workbook has a sheet of that name with our headings: a shop may use the name for something else."""
    if sheet_named(table.sheet, book.sheet_names()) is None:
        return False
    try:
        book.layout(table)
    except HeadingMissingError:
        return False
    return True
