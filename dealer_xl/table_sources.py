"""Where a shop keeps the rows of a table: workbooks and sheets by name or pattern, headings, words. Both rooms use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath

from dealer_xl.heading_text import normal
from dealer_xl.schema import CHECK, Table

ROWS_OF_A_SHEET = 2**21
"""More than any sheet has rows; the id of a row is its Excel row plus this many for each part before its own."""


def row_number(row_id: int) -> int:
    """Return the Excel row of a row id."""
    return row_id % ROWS_OF_A_SHEET


def part_number(row_id: int) -> int:
    """Return which part of its table a row stands in; the first is 0."""
    return row_id // ROWS_OF_A_SHEET


@dataclass(frozen=True)
class Place:
    """Where a row stands, as staff find it."""

    workbook: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Source:
    """Where a table stands: a workbook and a sheet, each a name or a pattern such as 客户台账*.xlsx or *月.

    Without `columns` the headings are ours or other names of them, found wherever they stand.
    """

    workbook: str
    sheet: str
    heading_rows: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)  # our heading to the sheet's
    constants: Mapping[str, str] = field(default_factory=dict)  # our heading to the value of every row
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # our heading to {shop's word: ours}
    scales: Mapping[str, float] = field(
        default_factory=dict
    )  # our heading to what its numbers are multiplied by
    adopted: bool = False  # staff have confirmed what stands where

    @property
    def marks(self) -> bool:
        """Return whether a column 校验 may be written there."""
        return not self.adopted or CHECK in self.columns


@dataclass(frozen=True)
class Catalogue:
    """Where all tables stand. A table without a source of its own stands where a shop without workbooks gets it."""

    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)  # by the table's name
    own_book: str = ""  # of an adopted shop: the workbook with the program's own sheets

    @classmethod
    def ours(cls) -> Catalogue:
        """Return the catalogue of a shop that uses the workbooks of this program."""
        return cls()

    @property
    def adopted(self) -> bool:
        """Return whether the shop has workbooks of its own."""
        return bool(self.own_book)

    def described(self, table: Table) -> tuple[Source, ...]:
        """Return where staff said that a table stands; nothing where they did not."""
        return self.sources.get(table.name, ())

    def usual(self, table: Table) -> tuple[Source, ...]:
        """Return where a table stands that nobody described, the likelier place first."""
        ours = Source(table.workbook, table.sheet)
        own = Source(self.own_book, table.sheet)
        return (ours, own) if self.adopted and own != ours else (ours,)


def is_pattern(name: str) -> bool:
    """Return whether a name stands for several."""
    return "*" in name


def matching(pattern: str, names: Iterable[str]) -> list[str]:
    """Return the names that a pattern stands for, as people count: 2月 before 10月."""
    form = _compiled(pattern)
    return sorted((name for name in names if form.fullmatch(normal(name))), key=_natural)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(normal(piece)) for piece in pattern.split("*")))


def _natural(name: str) -> list[tuple[bool, int, str]]:
    pieces = re.split(r"(\d+)", PurePath(name).stem)
    return [(each.isdecimal(), int(each) if each.isdecimal() else 0, each) for each in pieces if each]
