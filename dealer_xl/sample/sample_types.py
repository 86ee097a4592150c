"""What a sample store is: rows a table, and a list of the mistakes put into them on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Cell: TypeAlias = str | float | date | None
Row: TypeAlias = dict[str, Cell]
Rows: TypeAlias = dict[str, list[Row]]


@dataclass(frozen=True)
class Planted:
    """One wrong entry put in on purpose: its table, its place among the rows, its column key, its code."""

    table: str
    place: int
    column: str
    code: str


@dataclass(frozen=True)
class Sample:
    """A store's rows a table (column key to cell, a blank cell absent or None) and its planted mistakes."""

    rows: Mapping[str, tuple[Mapping[str, Cell], ...]]
    planted: tuple[Planted, ...]

    def next_event(self, today: date) -> str:
        """Return the number of the event to which people are to be invited next."""
        return next(str(row["event_no"]) for row in self.rows["Events"] if str(row["starts_on"]) > str(today))
