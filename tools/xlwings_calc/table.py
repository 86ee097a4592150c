"""The tables of a sheet: Calc's named database ranges with headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import xlwings
from xlwings import base_classes

from xlwings_calc.cell_range import Range
from xlwings_calc.com import ComError, com_errors
from xlwings_calc.program import Uno

if TYPE_CHECKING:
    from xlwings_calc.sheet import Sheet, SheetApi


class Tables(base_classes.Tables):
    """The tables of a sheet: Calc's named database ranges with headings."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __iter__(self) -> Iterator[Table]:
        self.sheet.engine.counted.asks += 1
        found = [Table(self.sheet, each) for each in self.sheet.book.xl.DatabaseRanges]
        return iter([table for table in found if table.xl.DataArea.Sheet == self.sheet.index - 1])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> Table:
        for place, table in enumerate(self, start=1):
            if name_or_index == place or str(name_or_index).lower() == table.name.lower():
                return table
        raise ComError(f"no table {name_or_index}")

    def __contains__(self, name: str) -> bool:
        return any(table.name.lower() == name.lower() for table in self)

    def grow(self, written: Range) -> None:
        """Take what was written right under a table into it."""
        for table in self:
            body = table.range
            beside = (
                written.column < body.column + body.shape[1]
                and body.column < written.column + written.shape[1]
            )
            if beside and not table.show_totals and written.row == body.last_row + 1:
                table.extend(body.joined(Range.of(written.sheet, written.last_row, body.column, 1, 1)))


class Table:
    """A table."""

    def __init__(self, parent: Sheet, xl: Uno) -> None:
        self.parent = parent
        self.xl = xl

    @property
    def api(self) -> TableApi:
        return TableApi(self)

    @property
    def name(self) -> str:
        return str(self.xl.Name)

    @property
    def display_name(self) -> str:
        return self.name

    @property
    def range(self) -> Range:
        self.parent.engine.counted.asks += 1
        at = self.xl.DataArea
        size = (at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1)
        return Range.of(self.parent, at.StartRow + 1, at.StartColumn + 1, *size)

    @property
    def header_row_range(self) -> Range | None:
        cells = self.range
        return (
            Range.of(self.parent, cells.row, cells.column, 1, cells.shape[1]) if self.show_headers else None
        )

    @property
    def data_body_range(self) -> Range | None:
        cells = self.range
        top, bottom = cells.row + self.show_headers, cells.last_row - self.show_totals
        height = bottom - top + 1
        return Range.of(self.parent, top, cells.column, height, cells.shape[1]) if height > 0 else None

    @property
    def totals_row_range(self) -> Range | None:
        cells = self.range
        return (
            Range.of(self.parent, cells.last_row, cells.column, 1, cells.shape[1])
            if self.show_totals
            else None
        )

    @property
    def show_headers(self) -> bool:
        return bool(self.xl.ContainsHeader)

    @property
    def show_totals(self) -> bool:
        return bool(self.xl.TotalsRow)

    @property
    def show_autofilter(self) -> bool:
        return bool(self.xl.AutoFilter)

    def resize(self, range: xlwings.Range) -> None:  # noqa: A002 - the name in xlwings
        """Resize the table; like Excel, only from the same heading row on and with a row of data."""
        wanted: Range = range.impl
        if wanted.row != self.range.row or wanted.shape[0] < 2 or wanted.sheet.index != self.parent.index:
            raise ComError("the headings must stay in their row, and the table needs a row of data")
        self.parent.engine.counted.writes += 1
        self.extend(wanted)

    def extend(self, wanted: Range) -> None:
        """Set the table's cells."""
        with com_errors():
            self.xl.setDataArea(wanted.xl.RangeAddress)


class TableApi:
    """What the add-in asks of a ListObject itself."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def ShowTotals(self) -> bool:  # noqa: N802
        return self._table.show_totals

    @property
    def AutoFilter(self) -> SheetApi | None:  # noqa: N802
        """The table's filter, which tells its mode as a sheet does; None without arrows."""
        self._table.parent.engine.counted.asks += 1
        return self._table.parent.api if self._table.xl.AutoFilter else None
