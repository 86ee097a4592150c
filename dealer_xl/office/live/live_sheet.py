"""One sheet of an open workbook; every call that crosses over to Excel stands here, and is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dealer_xl.errors import DealerXlError
from dealer_xl.office.live.blocks import Block, as_read, as_typed, without_blank_edges
from dealer_xl.office.live.native import ON_A_MAC, asked, clear_notes, values_of
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area, address
from dealer_xl.office.sheets.grid import Grid, NativeTable

if TYPE_CHECKING:  # xlwings is slow to load
    import xlwings

MOST_CELLS = 5_000_000
"""More than any register has; a used range beyond it is formatting down to the last row."""


class UsedTooFarError(DealerXlError):
    """Excel counts far more rows or columns as used than any register has."""

    def __init__(self, workbook: str, sheet: str, cell: str) -> None:
        super().__init__(
            f"《{workbook}》的“{sheet}”表占用的行列过多（一直到{cell}），程序不读；请在Excel里选中表格以下的空行、以右的空列，"
            "删除后保存，再点一次。"
        )


@dataclass
class CallCounter:
    """How often a click crossed over to Excel."""

    reads: int = 0  # blocks of cells read
    writes: int = 0  # blocks of cells written
    asks: int = 0  # small questions and orders: which tables, is it protected

    def __str__(self) -> str:
        return f"{self.reads} reads, {self.writes} writes, {self.asks} asks"


class LiveSheet:
    """A sheet of an open workbook, in blocks."""

    def __init__(self, sheet: xlwings.Sheet, workbook: str, calls: CallCounter) -> None:
        self._sheet = sheet
        self._workbook = workbook
        self._calls = calls
        self.name: str = sheet.name

    def read(self) -> Grid:
        """Read the used part in one block.

        Raises UsedTooFarError.
        """
        used = self._sheet.used_range
        self._calls.asks += 3
        top, left, (height, width) = used.row, used.column, used.shape
        if height * width > MOST_CELLS:
            last = address(top + height - 1, left + width - 1)
            raise UsedTooFarError(self._workbook, self.name, last)
        return Grid(top, left, without_blank_edges(self._values(used)))

    def read_area(self, area: Area) -> list[list[Cell]]:
        """Read some cells in one block."""
        return self._values(self._range(area))

    def formulas(self, area: Area) -> list[list[str]]:
        """Read what some cells hold as one would type it, in one block."""
        self._calls.reads += 1
        found = self._range(area).formula
        if not isinstance(found, (tuple, list)):
            return [[str(found)]]
        rows = found if isinstance(found[0], (tuple, list)) else [[each] for each in found]
        if area.bottom == area.top and not isinstance(found[0], (tuple, list)):
            rows = [found]
        return [[str(each) for each in row] for row in rows]

    def write(self, block: Block) -> None:
        """Write a rectangle in one block."""
        self._calls.writes += 1
        self._range(block.area).value = [[as_typed(value) for value in row] for row in block.rows]

    def natives(self) -> list[NativeTable]:
        """List the Excel tables."""
        found = []
        for table in self._sheet.tables:
            area = table.range
            rows, columns = area.shape
            place = Area(area.row, area.column, area.row + rows - 1, area.column + columns - 1)
            found.append(NativeTable(table.name, place, bool(table.show_totals)))
            self._calls.asks += 5
        self._calls.asks += 1
        return found

    def resize(self, table: str, area: Area) -> None:
        """Resize an Excel table to an area."""
        self._calls.asks += 1
        self._sheet.tables[table].resize(self._range(area))

    def copy_row(self, row: Area, to: Area) -> None:
        """Copy a row's formulas, drop-downs and colours to other rows; its notes stay where they are."""
        self._calls.asks += 2
        target = self._range(to)
        self._range(row).copy(target)
        clear_notes(target)

    def clear(self, area: Area) -> None:
        """Empty cells, whatever they hold."""
        self._calls.writes += 1
        self._range(area).clear_contents()

    def is_protected(self) -> bool:
        """Return whether locked cells cannot be written."""
        return bool(self._asked("ProtectContents"))

    def hides_rows(self) -> bool:
        """Return whether a filter hides rows: the sheet's own, or that of an Excel table, which the sheet may not tell."""
        return bool(self._asked("FilterMode")) or any(map(self._is_filtered, self._sheet.tables))

    def _is_filtered(self, table: xlwings.main.Table) -> bool:
        self._calls.asks += 1
        if ON_A_MAC:
            return bool(table.show_autofilter)
        found = table.api.AutoFilter
        return bool(found is not None and found.FilterMode)

    def has_formula(self, area: Area) -> bool:
        """Return whether any of some cells holds a formula; Excel says neither yes nor no when some do."""
        self._calls.asks += 1
        return asked(self._range(area).api, "HasFormula") is not False

    def has_merged(self, area: Area) -> bool:
        """Return whether any of some cells is part of a merged one."""
        self._calls.asks += 1
        return self._range(area).merge_cells is not False

    def merge_area(self, row: int, column: int) -> Area:
        """Return the area of the merged cell that a cell is part of."""
        self._calls.asks += 3
        whole = self._sheet.range((row, column)).merge_area
        height, width = whole.shape
        return Area(whole.row, whole.column, whole.row + height - 1, whole.column + width - 1)

    def is_hidden_in_merged(self, row: int, column: int) -> bool:
        """Return whether a cell lies under another with which it is merged."""
        self._calls.asks += 3
        whole = self._sheet.range((row, column)).merge_area
        return (whole.row, whole.column) != (row, column)

    def _values(self, cells: xlwings.Range) -> list[list[Cell]]:
        self._calls.reads += 1
        return [[as_read(value) for value in row] for row in values_of(cells)]

    def _range(self, area: Area) -> xlwings.Range:
        return self._sheet.range((area.top, area.left), (area.bottom, area.right))

    def _asked(self, name: str) -> Any:  # noqa: ANN401 - COM has no types
        self._calls.asks += 1
        return asked(self._sheet.api, name)
