"""A workbook that is open in Excel: read in blocks with what is not saved yet, written in blocks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dealer_xl.errors import DealerXlError
from dealer_xl.office.live.blocks import Block, blocks_of
from dealer_xl.office.live.native import asked
from dealer_xl.office.live.sheet import LiveSheet, Trips
from dealer_xl.office.live.whole_book import read_whole
from dealer_xl.office.sheets.addresses import Area, address
from dealer_xl.office.sheets.cell_record import BlockRecord, CellRecord, Formula, TableRecord
from dealer_xl.office.sheets.cells import is_blank, same
from dealer_xl.office.sheets.gathered import GatheringWorkbook, Place
from dealer_xl.office.sheets.grid import Grid, NativeTable
from dealer_xl.office.sheets.refusals import FormulaInTheWayError, MergedCellError, SheetProtectedError
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange
from dealer_xl.office.workbook import Cell

if TYPE_CHECKING:  # xlwings is slow to load
    import xlwings


class ReadOnlyBookError(DealerXlError):
    """The workbook was opened for reading only."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》是以只读方式打开的，没有写入；请关闭后用可以编辑的方式打开（受保护的视图请点“启用编辑”），再点一次。"
        )


class NotTakenError(DealerXlError):
    """Excel did not take what was written."""

    def __init__(self, name: str, sheet: str) -> None:
        super().__init__(
            f"《{name}》的“{sheet}”表没有收下写入的内容，已恢复原样；请取消筛选、结束单元格编辑后再点一次。"
        )


@dataclass(frozen=True)
class SheetWrite:
    """What is to be written into one sheet, made ready."""

    sheet: LiveSheet
    growths: Sequence[GrowthWrite]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class GrowthWrite:
    """New rows under a table, made ready."""

    model: Area  # the row they take their looks and formulas from
    rows: Area | None  # those that have no looks yet
    formulas: Sequence[Area]  # columns of them that the model fills by a formula
    blanks: Sequence[Area]  # columns of them that nobody fills
    table: TableRecord | None


class LiveWorkbook(GatheringWorkbook):
    """A workbook that is open; writes are gathered, and put into its cells when the store is saved."""

    def __init__(self, book: xlwings.Book, trips: Trips) -> None:
        super().__init__(book.name)
        self.book = book
        self._trips = trips
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
        """Tell whether anything is gathered."""
        return bool(self._tables_back) or any(self.changes.values())

    def sheet_names(self) -> Sequence[str]:
        """List the sheets."""
        if not self._sheets:
            sheets = [LiveSheet(sheet, self.name, self._trips) for sheet in self.book.sheets]
            self._sheets = {sheet.name: sheet for sheet in sheets}
            self._trips.asks += 1 + len(sheets)
        return list(self._sheets)

    def grid(self, sheet: str) -> Grid:
        """Give the cells of a sheet; each is read once, with the others of the workbook if it can be."""
        if not self._grids:
            self._grids = read_whole(self.book, self._trips)
        if sheet not in self._grids:
            self._grids[sheet] = self._sheet(sheet).read()
        return self._grids[sheet]

    def natives(self, sheet: str) -> Sequence[NativeTable]:
        """List the Excel tables of a sheet."""
        if sheet not in self._natives:
            self._natives[sheet] = self._sheet(sheet).natives()
        return self._natives[sheet]

    def formula_places(self, sheet: str, places: Collection[Place]) -> set[Place]:
        """Tell which of some cells of a sheet hold a formula."""
        rows: dict[int, list[int]] = {}
        for row, column in places:
            rows.setdefault(column, []).append(row)
        return {
            (row, column)
            for column, numbers in rows.items()
            for row in self._formula_rows(sheet, column, numbers)
        }

    def takes(self, value: Cell) -> bool:  # noqa: ARG002 - a running program takes formulas, too
        """Tell whether a value can be written here."""
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
        self._trips.asks += 1
        if asked(self.book.api, "ReadOnly"):
            raise ReadOnlyBookError(self.name)
        writes: list[SheetWrite] = []
        records: list[BlockRecord] = []
        for name, change in self.changes.items():
            sheet = self._sheet(name)
            if change and sheet.is_protected():
                raise SheetProtectedError(self.name, name)
            growths = [self._growth_ready(sheet, change, growth) for growth in change.growths.values()]
            ready = [self._block_ready(sheet, change, block) for block in blocks_of(change, self.grid(name))]
            writes.append(SheetWrite(sheet, growths, [block for block, _ in ready]))
            records += [record for _, record in ready]
            records += [_filled(name, area) for growth in growths for area in growth.formulas]
        grown = [growth.table for write in writes for growth in write.growths if growth.table]
        self._writes, self._record = writes, CellRecord(records, [*grown, *self._tables_back])
        self._is_begun = False

    def recorded(self) -> CellRecord:
        """Tell what the cells hold that are about to be written, and how far Excel tables reach."""
        return self._record

    def write(self) -> None:
        """Put what was made ready into the cells.

        Raises NotTakenError, and what Excel raises.
        """
        self._is_begun = True
        for write in self._writes:
            for growth in write.growths:
                _grow(write.sheet, growth)
            for block in write.blocks:
                write.sheet.write(block)
            self._see_taken(write.sheet, write.blocks)
        for table in self._tables_back:
            _resize(self._sheet(table.sheet), table.name, table.after)

    def take_back(self) -> bool:
        """Write again what the cells held before, as far as they were written; tell whether Excel took it."""
        if not self._is_begun:
            return True
        try:
            for table in self._record.tables:
                _resize(self._sheet(table.sheet), table.name, table.before)
            for record in self._record.blocks:
                sheet, block = self._sheet(record.sheet), Block(record.row, record.column, record.before)
                sheet.write(block)
                self._see_taken(sheet, [block])
        except Exception:  # noqa: BLE001 - whatever it is, staff are told, and undo can try again
            return False
        self._is_begun = False
        self.settle()
        return True

    def _can_shrink(self, table: TableRecord) -> bool:
        """Tell whether a table still reaches as far as it was written, and its new rows will all be blank."""
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

    def _growth_ready(self, sheet: LiveSheet, change: SheetChange, growth: Growth) -> GrowthWrite:
        left, right, last = growth.rows.left, growth.rows.right, growth.rows.bottom
        model = Area(growth.model_row, left, growth.model_row, right)
        table = TableRecord.of(sheet.name, growth)
        first = max(growth.edges) + 1
        if first > last or self._is_filled(sheet, change, Area(first, left, last, right)):
            return GrowthWrite(model, None, (), (), table)
        others = [column for column in range(left, right + 1) if column not in change.cells[last]]
        told = sheet.formulas(model)[0] if others else []
        columns = {column: Area(first, column, last, column) for column in others}
        by_formula = {column for column in others if told[column - left].startswith("=")}
        return GrowthWrite(
            model,
            Area(first, left, last, right),
            [area for column, area in columns.items() if column in by_formula],
            [area for column, area in columns.items() if column not in by_formula],
            table,
        )

    def _formula_rows(self, sheet: str, column: int, rows: Sequence[int]) -> list[int]:
        area = Area(min(rows), column, max(rows), column)
        if not self._sheet(sheet).has_formula(area):
            return []
        typed, shown = self._sheet(sheet).formulas(area), self.grid(sheet).area(area)
        return [row for row in rows if _is_formula(typed[row - area.top][0], shown[row - area.top][0])]

    def _is_filled(self, sheet: LiveSheet, change: SheetChange, rows: Area) -> bool:
        """Tell whether the shop has something of its own where the new rows come: then no looks are copied over it."""
        grid = self.grid(sheet.name)
        return any(
            not is_blank(grid.cell(row, column)) and column not in change.cells.get(row, {})
            for row in range(rows.top, min(rows.bottom, grid.bottom) + 1)
            for column in range(rows.left, rows.right + 1)
        )

    def _block_ready(self, sheet: LiveSheet, change: SheetChange, block: Block) -> tuple[Block, BlockRecord]:
        """Give a block with the formulas kept that stand between changed cells, and what its cells hold."""
        area = block.area
        before = self.grid(sheet.name).area(area)
        after = [list(row) for row in block.rows]
        if sheet.has_merged(area):
            for row, column, value in block.cells():
                is_changed = not same(value, before[row - area.top][column - area.left])
                if is_changed and sheet.is_hidden_in_merged(row, column):
                    raise MergedCellError(self.name, sheet.name, address(row, column))
        if sheet.has_formula(area):
            formulas = sheet.formulas(area)
            for row, column, value in block.cells():
                at, across = row - area.top, column - area.left
                if _is_formula(formulas[at][across], before[at][across]):
                    is_changed = not same(value, before[at][across])
                    if is_changed and column not in change.own_columns:
                        raise FormulaInTheWayError(self.name, sheet.name, address(row, column))
                    before[at][across] = Formula(formulas[at][across])
                    after[at][across] = value if is_changed else before[at][across]
        record = BlockRecord(sheet.name, block.row, block.column, before, after)
        return Block(block.row, block.column, after), record

    def _see_taken(self, sheet: LiveSheet, blocks: Sequence[Block]) -> None:
        """Read back what was written where a filter hides rows, and write what is not there cell by cell.

        Raises NotTakenError.
        """
        if not blocks or not sheet.hides_rows():
            return
        for block in blocks:
            for row, column, value in _not_there(sheet, block):
                sheet.write(Block(row, column, [[value]]))
            if _not_there(sheet, block):
                raise NotTakenError(self.name, sheet.name)


def _is_formula(typed: str, shown: Cell) -> bool:
    """Tell a formula from a text that begins like one, whose apostrophe is not shown."""
    return typed.startswith("=") and typed != shown


def _not_there(sheet: LiveSheet, block: Block) -> list[tuple[int, int, Cell]]:
    found = sheet.read_area(block.area)
    return [
        (row, column, value)
        for row, column, value in block.cells()
        if not isinstance(value, Formula) and not same(value, found[row - block.row][column - block.column])
    ]


def _grow(sheet: LiveSheet, growth: GrowthWrite) -> None:
    if growth.rows is not None:
        sheet.copy_row(growth.model, growth.rows)
        for area in growth.blanks:
            sheet.clear(area)
    if growth.table is not None:
        _resize(sheet, growth.table.name, growth.table.after)


def _resize(sheet: LiveSheet, table: str, to: str) -> None:
    area = Area.of(to)
    if area is not None:
        sheet.resize(table, area)


def _filled(sheet: str, area: Area) -> BlockRecord:
    """Tell of cells that were blank and that a formula fills now."""
    height = area.bottom - area.top + 1
    return BlockRecord(sheet, area.top, area.left, [[None]] * height, [[Formula("=")]] * height)
