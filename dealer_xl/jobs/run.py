"""What every job begins with: whose store, which day, the tables read and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from dealer_xl.dealership.dataset import Dataset, read_dataset
from dealer_xl.dealership.rules import with_rule_issues
from dealer_xl.dealership.tables import TABLES
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.protocols import Cell, Store
from dealer_xl.office.sheets.headings import SheetMissingError
from dealer_xl.schema import Table

Tell: TypeAlias = Callable[[str, int, int], None]
"""Told what is going on, how far it is, and how far it goes."""

Agree: TypeAlias = Callable[[str], bool]
"""Asked before something that makes much; tells whether to go on."""


def silence(_: str, __: int, ___: int) -> None:
    """Report to nobody."""


def yes(_: str) -> bool:
    """Ask nobody: whoever typed the command has agreed."""
    return True


@dataclass(frozen=True)
class Run:
    """One job's occasion: the store, the day that stands for today, the time of writing, who is told and asked."""

    store: Store
    now: datetime
    tell: Tell = field(default=silence)
    agree: Agree = field(default=yes)

    @property
    def today(self) -> date:
        """Return the day that stands for today."""
        return self.now.date()


def closed_files(folder: Path, *, dry_run: bool = False) -> FolderStore:
    """Open the store of a folder whose workbooks are closed.

    Raises FolderMissingError, NoWorkbooksError.
    """
    return FolderStore(folder, dry_run=dry_run)


def read_tables(run: Run) -> dict[str, pd.DataFrame]:
    """Read every table, each once: name to cells with headings as columns."""
    cells = {}
    for done, table in enumerate(TABLES):
        run.tell("读取表格", done, len(TABLES))
        cells[table.name] = _cells_of(run, table)
    run.tell("读取表格", len(TABLES), len(TABLES))
    return cells


def _cells_of(run: Run, table: Table) -> pd.DataFrame:
    """Read a table; one that the workbook may lack and does lack is empty."""
    try:
        return run.store.workbook(table.workbook).read_table(table)
    except SheetMissingError:
        if not table.may_lack:
            raise
        return pd.DataFrame(columns=list(table.headings), dtype="object")


def load_dataset(run: Run, cells: Mapping[str, pd.DataFrame]) -> Dataset:
    """Read the cells of all tables and judge them by every rule."""
    return with_rule_issues(read_dataset(cells, run.today))


def to_headings(table: Table, rows: Iterable[Mapping[str, object]]) -> list[dict[str, Cell]]:
    """Turn the keys of rows into the headings of the sheet."""
    return [{table.heading(key): value for key, value in row.items()} for row in rows]  # type: ignore[misc]  # cells by their schema


def store_words(run: Run, dataset: Dataset) -> dict[str, str]:
    """Return the shop's name, address and phone; without a setting its folder bears its name."""
    settings = dataset.settings
    return {
        "name": settings.filled("store_name") or run.store.name,
        "address": settings.filled("store_address"),
        "phone": settings.filled("store_phone"),
    }


def note_line(run: Run, dataset: Dataset, words: str) -> str:
    """Return the line under a title: whose sheet it is, what it shows, and when it was written."""
    return f"{store_words(run, dataset)['name']} · {words} · {run.now:%Y-%m-%d %H:%M} 生成"
