"""A sheet: its cells, its used range, its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings_calc.cell_range import Range, filtered_rows
from xlwings_calc.com import com_errors
from xlwings_calc.program import Uno
from xlwings_calc.table import Tables

if TYPE_CHECKING:
    from xlwings_calc.book import Book


class Sheet:
    """A sheet."""

    def __init__(self, book: Book, xl: Uno) -> None:
        self.book = book
        self.xl = xl
        self.engine = book.app.engine

    @property
    def api(self) -> SheetApi:
        return SheetApi(self)

    @property
    def name(self) -> str:
        return str(self.xl.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.xl.Name = value

    @property
    def index(self) -> int:
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.xl.IsVisible = value

    def range(self, arg1: Any, arg2: Any = None) -> Range:  # noqa: ANN401 - addresses, tuples, ranges
        first = self._corner(arg1)
        return first if arg2 is None else first.joined(self._corner(arg2))

    def _corner(self, arg: Any) -> Range:  # noqa: ANN401
        if isinstance(arg, Range):
            return arg
        if isinstance(arg, str):
            with com_errors():
                return Range(self, self.xl.getCellRangeByName(arg))
        if 0 in arg[:2]:
            raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
        row, column, height, width = (*arg, 1, 1)[:4]
        return Range.of(self, row, column, height, width)

    @property
    def cells(self) -> Range:
        return Range(self, self.xl)

    @property
    def used_range(self) -> Range:
        """The cells that hold something, and all between them."""
        self.engine.counted.asks += 1
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        used = Range(self, cursor)
        return used.joined(self._formatted(used)) if self.engine.quirks.uses_formats else used

    def _formatted(self, used: Range) -> Range:
        """Add the cells with a format of their own; what reaches to the last row or column is a whole column's or row's."""
        end = self.xl.RangeAddress
        for group in self.xl.getUniqueCellFormatRanges():
            areas = group.RangeAddresses
            if all(area.EndRow < end.EndRow and area.EndColumn < end.EndColumn for area in areas):
                for area in areas:
                    used = used.joined(Range.of(self, area.EndRow + 1, area.EndColumn + 1, 1, 1))
        return used

    @property
    def tables(self) -> Tables:
        return Tables(self)

    def activate(self) -> None:
        self.book.activate()
        self.book.xl.CurrentController.setActiveSheet(self.xl)

    select = activate

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def delete(self) -> None:
        self.book.xl.Sheets.removeByName(self.name)


class SheetApi:
    """What the add-in asks of a Worksheet itself."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:  # noqa: N802
        self._sheet.engine.counted.asks += 1
        return bool(self._sheet.xl.isProtected())

    @property
    def FilterMode(self) -> bool:  # noqa: N802
        self._sheet.engine.counted.asks += 1
        return bool(filtered_rows(self._sheet.used_range))
