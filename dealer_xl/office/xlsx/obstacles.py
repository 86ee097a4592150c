"""What stands in the way of writing a cell: formulas of the shop, merged cells, protection."""

from __future__ import annotations

from collections.abc import Sequence

from dealer_xl.office.sheets.addresses import Area, address
from dealer_xl.office.sheets.sheet_errors import FormulaInTheWayError, MergedCellError, SheetProtectedError
from dealer_xl.office.xlsx.markup import attributes, start_tag
from dealer_xl.office.xlsx.sheet_formulas import spread_areas
from dealer_xl.office.xlsx.sheet_rows import SheetRows


class Obstacles:
    """The areas of a sheet in which a single cell cannot be written."""

    def __init__(self, workbook: str, sheet: str, rows: SheetRows, top: int, bottom: int) -> None:
        """Find what lies between two rows.

        Raises SheetProtectedError.
        """
        self._workbook, self._sheet = workbook, sheet
        protection = start_tag(rows.prefix, b"sheetProtection").search(rows.seen, rows.data_end)
        if protection and attributes(protection[0]).get(b"sheet") in (b"1", b"true"):
            raise SheetProtectedError(workbook, sheet)
        self._spread = _within(spread_areas(rows), top, bottom)
        self._merged = _within(_merged_areas(rows), top, bottom)

    def refuse_formula(self, row: int, column: int) -> FormulaInTheWayError:
        """Return the error for a cell whose formula is not the program's."""
        return FormulaInTheWayError(self._workbook, self._sheet, address(row, column))

    def meet(self, row: int) -> bool:
        """Return whether anything stands in a row."""
        return any(area.top <= row <= area.bottom for area in (*self._spread, *self._merged))

    def bar(self, row: int, column: int, *, blank: bool) -> bool:
        """Return whether a cell must be left alone: to clear it is passed over, to fill it is refused.

        Raises FormulaInTheWayError, MergedCellError.
        """
        cell = (row, column)
        spread = any(cell in area for area in self._spread)
        hidden = any(cell in area and cell != (area.top, area.left) for area in self._merged)
        if spread and not blank:
            raise self.refuse_formula(row, column)
        if hidden and not blank:
            raise MergedCellError(self._workbook, self._sheet, address(row, column))
        return spread or hidden


def _merged_areas(rows: SheetRows) -> list[Area]:
    tags = start_tag(rows.prefix, b"mergeCell").finditer(rows.seen, rows.data_end)
    areas = (Area.of(attributes(tag[0]).get(b"ref", b"").decode()) for tag in tags)
    return [area for area in areas if area is not None]


def _within(areas: Sequence[Area], top: int, bottom: int) -> list[Area]:
    return [area for area in areas if area.top <= bottom and area.bottom >= top]
