"""A sheet as it was read: its cells under their Excel row and column numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area


@dataclass(frozen=True)
class NativeTable:
    """An Excel table (ListObject) of a sheet: its name, its reach with the heading row, its totals row."""

    name: str
    area: Area
    totals: bool = False


@dataclass(frozen=True)
class Grid:
    """The filled part of a sheet; every row has the same number of cells."""

    top: int
    left: int
    rows: Sequence[Sequence[Cell]]
    blank: Sequence[Cell] | None = (
        None  # the one row that stands for all blank ones, where cells are far apart
    )

    @classmethod
    def of(cls, cells: Mapping[tuple[int, int], Cell]) -> Self:
        """Lay out cells that are kept one by one."""
        if not cells:
            return cls(1, 1, ())
        top, bottom = min(row for row, _ in cells), max(row for row, _ in cells)
        left, right = min(column for _, column in cells), max(column for _, column in cells)
        rows: list[list[Cell]] = [[None] * (right - left + 1) for _ in range(top, bottom + 1)]
        for (row, column), value in cells.items():
            rows[row - top][column - left] = value
        return cls(top, left, rows)

    @property
    def bottom(self) -> int:
        """The last row that was read; above the first when the sheet is empty."""
        return self.top + len(self.rows) - 1

    @property
    def right(self) -> int:
        """The last column that was read."""
        return self.left + len(self.rows[0]) - 1 if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """Return what stands in a cell; outside the filled part nothing does."""
        if self.top <= row <= self.bottom and self.left <= column <= self.right:
            return self.rows[row - self.top][column - self.left]
        return None

    def area(self, area: Area) -> list[list[Cell]]:
        """Return the cells of an area, row by row."""
        columns = range(area.left, area.right + 1)
        return [[self.cell(row, column) for column in columns] for row in range(area.top, area.bottom + 1)]

    def row(self, row: int) -> Iterator[tuple[int, Cell]]:
        """Yield the filled part of a row: column number, value."""
        if self.top <= row <= self.bottom:
            yield from enumerate(self.rows[row - self.top], start=self.left)

    def numbered(self, first: int, last: int) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Return some rows, first and last included, with their numbers; of those outside and those known to be blank none."""
        top = max(first, self.top)
        rows = enumerate(self.rows[top - self.top : max(last - self.top + 1, 0)], start=top)
        return ((number, row) for number, row in rows if row is not self.blank)

    def column(self, column: int, first: int, last: int) -> list[Cell]:
        """Return a column's cells of some rows, first and last included."""
        if last < first:
            return []
        if not self.left <= column <= self.right:
            return [None] * (last - first + 1)
        before = [None] * (min(self.top, last + 1) - first)
        place = column - self.left
        inside = [row[place] for row in self.rows[max(first - self.top, 0) : max(last - self.top + 1, 0)]]
        filled: list[Cell] = [*before, *inside]
        return filled + [None] * (last - first + 1 - len(filled))
