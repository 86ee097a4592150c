"""Cells that can be written in their plain form: where, from what, to what, and whether that is a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import Issue
from dealer_xl.dealership.parsed_table import Normalisation
from dealer_xl.dealership.parsers import READERS, as_text
from dealer_xl.schema import Table

GUESS = "（推测，没有改，请核对）"


@dataclass(frozen=True)
class Mending:
    """One cell to be written plainly."""

    table: Table
    row: int
    column: str  # key
    typed: object
    plain: str | float | int | None
    is_guess: bool = False

    def __str__(self) -> str:
        """Write it as a line of the list: row, column, from, to; a guess is marked."""
        place = f"{self.table.sheet} 第{self.row}行【{self.table.heading(self.column)}】"
        return f"{place}{as_text(self.typed)} → {as_text(self.plain)}{GUESS if self.is_guess else ''}"


def mendings_of(dataset: Dataset, cells: Mapping[str, pd.DataFrame]) -> tuple[Mending, ...]:
    """List what can be mended, by workbook, sheet and row; cells: name to cells as they stand, columns = headings."""
    found = (*_understood(dataset, cells), *_suggested(dataset))
    return tuple(sorted(found, key=lambda each: (each.table.workbook, each.table.sheet, each.row)))


def _understood(dataset: Dataset, cells: Mapping[str, pd.DataFrame]) -> Iterator[Mending]:
    for reading in dataset.normalisations:
        typed = cells[reading.table.name].loc[reading.row, reading.table.heading(reading.column)]
        yield Mending(reading.table, reading.row, reading.column, typed, reading.plain)  # type: ignore[arg-type]  # a date is written, too


def _suggested(dataset: Dataset) -> Iterator[Mending]:
    for issue in dataset.issues:
        if issue.suggestion is not None:
            plain = _plain(issue, dataset)
            yield Mending(issue.table, issue.row, issue.column, issue.value, plain, issue.is_guess)  # type: ignore[arg-type]  # a date is written, too


def _plain(issue: Issue, dataset: Dataset) -> object:
    """Return a suggestion as its cell holds it: a day as a day, an amount as a number."""
    column = issue.table.column(issue.column)
    value = READERS[column.kind](issue.suggestion, column, dataset.today.date())
    return Normalisation(issue.table, issue.row, issue.column, value).plain
