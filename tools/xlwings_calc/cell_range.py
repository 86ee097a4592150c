"""A rectangle of cells: values, formulas, formats, copies, merged areas and filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import xlwings
from xlwings import base_classes

from xlwings_calc.areas import runs_of
from xlwings_calc.block_read import read_formulas, read_values
from xlwings_calc.block_write import CONTENTS, NOTES, Block
from xlwings_calc.com import ComError, com_errors
from xlwings_calc.formulas import Formula
from xlwings_calc.program import Uno, load_uno

if TYPE_CHECKING:
    from xlwings_calc.sheet import Sheet


class Range(base_classes.Range):
    """A rectangle of cells."""

    def __init__(self, sheet: Sheet, xl: Uno, where: tuple[int, int, int, int] | None = None) -> None:
        self.sheet = sheet
        self.xl = xl
        self.engine = sheet.engine
        self._where = where
        self.options: Mapping[str, object] = {}

    @classmethod
    def of(cls, sheet: Sheet, row: int, column: int, height: int, width: int) -> Range:
        """Return the cells from a row and column, counted from 1."""
        with com_errors():
            xl = sheet.xl.getCellRangeByPosition(column - 1, row - 1, column + width - 2, row + height - 2)
        return cls(sheet, xl, (row, column, height, width))

    @property
    def where(self) -> tuple[int, int, int, int]:
        """Row and column from 1, height and width; asked once."""
        if self._where is None:
            at = self.xl.RangeAddress
            size = (at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1)
            self._where = (at.StartRow + 1, at.StartColumn + 1, *size)
        return self._where

    @property
    def coords(self) -> tuple[object, ...]:
        return (self.sheet, *self.where)

    @property
    def api(self) -> RangeApi:
        return RangeApi(self)

    @property
    def row(self) -> int:
        return self.where[0]

    @property
    def column(self) -> int:
        return self.where[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.where[2:]

    @property
    def last_row(self) -> int:
        """The number of its last row."""
        return self.row + self.shape[0] - 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (each + 1 for each in divmod(row - 1, self.shape[1]))
        return Range.of(self.sheet, self.row + row - 1, self.column + column - 1, 1, 1)

    def joined(self, other: Range) -> Range:
        """Return the smallest rectangle with both, whichever corners they are."""
        top, left = min(self.row, other.row), min(self.column, other.column)
        bottom = max(self.last_row, other.last_row)
        right = max(each.column + each.shape[1] - 1 for each in (self, other))
        return Range.of(self.sheet, top, left, bottom - top + 1, right - left + 1)

    @property
    def raw_value(self) -> Any:  # noqa: ANN401 - one value or rows of them
        self.engine.counted.reads += 1
        self.engine.meet()
        return self.values()

    @raw_value.setter
    def raw_value(self, data: Any) -> None:  # noqa: ANN401
        self.engine.counted.writes += 1
        self.engine.meet()
        if not isinstance(data, list | tuple):
            self._fill(data)
            return
        skips = self.engine.quirks.skips_hidden_rows and self.shape != (
            1,
            1,
        )  # a single cell is always written
        hidden = filtered_rows(self) if skips else frozenset()
        self._write(data, frozenset(row - self.row for row in hidden))

    def values(self) -> Any:  # noqa: ANN401 - one value or rows of them
        """Return what COM tells of the cells."""
        rows = read_values(self.xl, self.sheet.book.formats, self.sheet.book.null_date)
        return rows[0][0] if self.shape == (1, 1) else rows

    def _write(self, rows: Any, skipped: frozenset[int] = frozenset()) -> None:  # noqa: ANN401
        block = Block(self.xl, self.sheet.book.formats, self.sheet.book.null_date, self.engine.today)
        with com_errors():
            block.write(rows, skipped)
        if self.engine.quirks.grows_tables:
            self.sheet.tables.grow(self)

    def _fill(self, value: object) -> None:
        """Set every cell to the same value; a formula is shifted from the first cell on."""
        height, width = self.shape
        if not (isinstance(value, str) and value.startswith("=")):
            self._write([[value] * width] * height)
            return
        first = self(1, 1)
        first._write([[value]])
        if first.api.HasFormula:
            tokens = first.xl.getCellByPosition(0, 0).getTokens()
            for place in range(1, len(self)):
                self.xl.getCellByPosition(place % width, place // width).setTokens(tokens)

    @property
    def formula(self) -> Any:  # noqa: ANN401 - one text or rows of them
        self.engine.counted.reads += 1
        rows = read_formulas(self.xl)
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, value: Any) -> None:  # noqa: ANN401
        self.raw_value = value

    formula2 = formula

    @property
    def has_array(self) -> bool:
        return False

    @property
    def number_format(self) -> str | None:
        self.engine.counted.asks += 1
        formats = self.sheet.book.formats
        told = {formats.text(key) for key, _ in formats.groups(self.xl)}
        return told.pop() if len(told) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.engine.counted.writes += 1
        self.xl.NumberFormat = self.sheet.book.formats.key(value)

    def clear_contents(self) -> None:
        self.engine.counted.writes += 1
        if self.sheet.xl.isProtected() and self.xl.CellProtection.IsLocked:
            raise ComError("the sheet is protected")
        self.xl.clearContents(CONTENTS)

    def copy(self, destination: xlwings.Range | None = None) -> None:
        """Copy onto another range; a destination of several times the height is filled, as Excel does."""
        if destination is None:
            raise NotImplementedError("there is no clipboard here")
        self.engine.counted.writes += 1
        target: Range = destination.impl
        height, width = self.shape
        times = target.shape[0] // height if target.shape[0] % height == 0 else 1
        first = Range.of(target.sheet, target.row, target.column, height, width)
        with com_errors():
            _copy(self, first)
            done = 1
            while done < times:
                more = min(done, times - done)
                source = Range.of(target.sheet, target.row, target.column, more * height, width)
                _copy(source, Range.of(target.sheet, target.row + done * height, target.column, 1, 1))
                done += more

    def get_address(
        self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False
    ) -> str:
        height, width = self.shape
        rows, columns = ("$" if row_absolute else ""), ("$" if col_absolute else "")
        ends = ((self.row, self.column), (self.last_row, self.column + width - 1))
        names = [f"{columns}{_letters(column)}{rows}{row}" for row, column in ends]
        place = names[0] if (height, width) == (1, 1) else ":".join(names)
        return f"[{self.sheet.book.name}]{self.sheet.name}!{place}" if external else place

    @property
    def address(self) -> str:
        return self.get_address()

    @property
    def merge_cells(self) -> bool | None:
        """True inside of one merged area, False where none is, None for a mixture."""
        self.engine.counted.asks += 1
        cursor = self.sheet.xl.createCursorByRange(self(1, 1).xl)
        cursor.collapseToMergedArea()
        area = Range(self.sheet, cursor)
        if len(area) > 1 and area.joined(self).where == area.where:
            return True
        cursor = self.sheet.xl.createCursorByRange(self.xl)
        cursor.collapseToMergedArea()
        return None if self.xl.IsMerged or Range(self.sheet, cursor).where != self.where else False

    @property
    def merge_area(self) -> Range:
        cursor = self.sheet.xl.createCursorByRange(self(1, 1).xl)
        cursor.collapseToMergedArea()
        return Range(self.sheet, cursor)

    def merge(self, across: bool) -> None:
        for part in (
            [self(at + 1, 1).joined(self(at + 1, self.shape[1])) for at in range(self.shape[0])]
            if across
            else [self]
        ):
            part.xl.merge(True)

    def unmerge(self) -> None:
        self.xl.merge(False)

    def select(self) -> None:
        self.sheet.activate()
        self.sheet.book.xl.CurrentController.select(self.xl)


def _letters(column: int) -> str:
    return str(xlwings.utils.col_name(column))  # type: ignore[no-untyped-call]


def _copy(source: Range, target: Range) -> None:
    """Copy cells with all that belongs to them, within a workbook."""
    cell = load_uno().createUnoStruct("com.sun.star.table.CellAddress")
    cell.Sheet, cell.Row, cell.Column = target.sheet.index - 1, target.row - 1, target.column - 1
    source.sheet.xl.copyRange(cell, source.xl.RangeAddress)


def filtered_rows(area: Range) -> frozenset[int]:
    """Return which rows of a range a filter hides; a run of hidden rows is judged by its first."""
    seen: set[int] = set()
    for each in area.xl.queryVisibleCells().RangeAddresses:
        seen.update(range(each.StartRow + 1, each.EndRow + 2))
    hidden = runs_of(row for row in range(area.row, area.last_row + 1) if row not in seen)
    rows = area.sheet.xl.Rows
    return frozenset(
        row
        for first, last in hidden
        if rows.getByIndex(first - 1).IsFiltered
        for row in range(first, last + 1)
    )


class RangeApi:
    """What the add-in asks of a Range itself."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    @property
    def HasFormula(self) -> bool | None:  # noqa: N802
        """True where every cell is a formula, False where none is, None for a mixture."""
        self._cells.engine.counted.asks += 1
        cells = [isinstance(told, Formula) for row in read_formulas(self._cells.xl) for told in row]
        return cells[0] if len(set(cells)) == 1 else None

    def ClearComments(self) -> None:  # noqa: N802
        """Take the notes away."""
        self._cells.engine.counted.asks += 1
        self._cells.xl.clearContents(NOTES)
