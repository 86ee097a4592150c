"""A workbook that is open in Excel: read in blocks with what is not saved yet, written in blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from dealer_xl.errors import DealerXlError
from dealer_xl.office.live.live_sheet import CallCounter, LiveSheet
from dealer_xl.office.live.merge_areas import merged_in
from dealer_xl.office.live.native import asked
from dealer_xl.office.live.read_all_sheets import read_used_ranges
from dealer_xl.office.live.sheet_write import (
    SheetWrite,
    formulas_in,
    made_ready,
    put_blocks,
    resize,
    way_back,
)
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook, Place
from dealer_xl.office.sheets.cell_record import CellRecord, TableRecord
from dealer_xl.office.sheets.cells import is_blank
from dealer_xl.office.sheets.grid import Grid, NativeTable

if TYPE_CHECKING:  # xlwings is slow to load
    import xlwings


class ReadOnlyBookError(DealerXlError):
    """The workbook was opened for reading only."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》是以只读方式打开的，没有写入；请关闭后用可以编辑的方式打开（受保护的视图请点“启用编辑”），再点一次。"
        )


class LiveWorkbook(BufferedWorkbook):
    """A workbook that is open; writes are gathered, and put into its cells when the store is saved."""

    def __init__(self, book: xlwings.Book, calls: CallCounter) -> None:
        super().__init__(book.name)
        self.book = book
        self._calls = calls
        self._sheets: dict[str, LiveSheet] = {}
        self._writes: list[SheetWrite] = []
        self._record = CellRecord(())
        self._is_begun = False
        self.settle()

    def settle(self) -> None:
        """Forget what was gathered and read: the cells have changed."""
        self.changes = {}
        self._grids: dict[str, Grid] = {}
        self._natives: dict[str, Sequence[NativeTable]] = {}
        self._tables_back: list[TableRecord] = []
        self.forget()

    @property
    def is_changed(self) -> bool:
        """Return whether anything is gathered."""
        return bool(self._tables_back) or any(self.changes.values())

    def sheet_names(self) -> Sequence[str]:
        """List the sheets."""
        if not self._sheets:
            sheets = [LiveSheet(sheet, self.name, self._calls) for sheet in self.book.sheets]
            self._sheets = {sheet.name: sheet for sheet in sheets}
            self._calls.asks += 1 + len(sheets)
        return list(self._sheets)

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet; each is read once, with the others of the workbook if it can be."""
        if not self._grids:
            self._grids = read_used_ranges(self.book, self._calls)
        if sheet not in self._grids:
            self._grids[sheet] = self._sheet(sheet).read()
        return self._grids[sheet]

    def natives(self, sheet: str) -> Sequence[NativeTable]:
        """List the Excel tables of a sheet."""
        if sheet not in self._natives:
            self._natives[sheet] = self._sheet(sheet).natives()
        return self._natives[sheet]

    def formula_places(self, sheet: str, places: Collection[Place]) -> set[Place]:
        """Return which of some cells of a sheet hold a formula."""
        wanted, found = set(places), set[Place]()
        for column in {column for _, column in places}:
            rows = [row for row, place in places if place == column]
            area = Area(min(rows), column, max(rows), column)
            found |= formulas_in(self._sheet(sheet), area, self.grid(sheet).area(area)).keys() & wanted
        return found

    def formulas(self, sheet: str, places: Iterable[Place]) -> Mapping[Place, str]:
        """Return the formulas of some cells of a sheet, without the equals sign."""
        found: dict[Place, str] = {}
        for row, column in places:
            area = Area(row, column, row, column)
            found |= formulas_in(self._sheet(sheet), area, self.grid(sheet).area(area))
        return {place: formula.removeprefix("=") for place, formula in found.items()}

    def merged(self, sheet: str, top: int, bottom: int) -> Sequence[Area]:
        """List the merged cells of a sheet that meet some rows, first and last included."""
        grid = self.grid(sheet)
        rows = max(top, grid.top), min(bottom, grid.bottom)
        if rows[0] > rows[1]:
            return []
        return merged_in(self._sheet(sheet), Area(rows[0], grid.left, rows[1], max(grid.right, grid.left)))

    def takes(self, value: Cell) -> bool:  # noqa: ARG002 - a running program takes formulas, too
        """Return whether a value can be written here."""
        return True

    def put_back(self, record: CellRecord) -> int:
        """Gather what cells held before they were written, and how far Excel tables reached."""
        left = super().put_back(record)
        self._tables_back = [
            TableRecord(table.sheet, table.name, table.after, table.before)
            for table in record.tables
            if table.sheet in self.sheet_names() and self._can_shrink(table)
        ]
        return left

    def make_ready(self) -> None:
        """Settle what will be written, and what the cells hold before; see that nothing bars it.

        Raises ReadOnlyBookError, SheetProtectedError, FormulaInTheWayError, MergedCellError.
        """
        self._calls.asks += 1
        if asked(self.book.api, "ReadOnly"):
            raise ReadOnlyBookError(self.name)
        self._writes = [
            made_ready(self.name, self._sheet(name), change, self.grid(name))
            for name, change in self.changes.items()
        ]
        records = [record for write in self._writes for record in write.records]
        grown = [table for write in self._writes for table in write.tables]
        self._record = CellRecord(records, [*grown, *self._tables_back])
        self._is_begun = False

    def recorded(self) -> CellRecord:
        """Return what the cells hold that are about to be written, and how far Excel tables reach."""
        return self._record

    def write(self) -> None:
        """Put what was made ready into the cells.

        Raises NotTakenError, and what Excel raises.
        """
        self._is_begun = True
        for write in self._writes:
            write.put(self.name)
        for table in self._tables_back:
            resize(self._sheet(table.sheet), table.name, table.after)

    def take_back(self) -> bool:
        """Write again what the cells held before, as far as they were written; return whether Excel took it."""
        if not self._is_begun:
            return True
        try:
            for table in self._record.tables:
                resize(self._sheet(table.sheet), table.name, table.before)
            for record in self._record.blocks:
                put_blocks(self.name, self._sheet(record.sheet), [way_back(record)])
        except Exception:  # noqa: BLE001 - whatever it is, staff are told, and undo can try again
            return False
        self._is_begun = False
        self.settle()
        return True

    def _can_shrink(self, table: TableRecord) -> bool:
        """Return whether a table still reaches as far as it was written, and its new rows will all be blank."""
        natives = {native.name: str(native.area) for native in self.natives(table.sheet)}
        before, after = Area.of(table.before), Area.of(table.after)
        if natives.get(table.name) != table.after or before is None or after is None:
            return False
        grid, cells = self.grid(table.sheet), self.changes[table.sheet].cells
        return all(
            is_blank(grid.cell(row, column)) or column in cells.get(row, {})
            for row in range(before.bottom + 1, after.bottom + 1)
            for column in range(after.left, after.right + 1)
        )

    def _sheet(self, name: str) -> LiveSheet:
        self.sheet_names()
        return self._sheets[name]
