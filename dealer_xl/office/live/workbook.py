"""A workbook that is open in Excel: read in blocks with what is not saved yet, written in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dealer_xl.errors import DealerXlError
from dealer_xl.office.live.blocks import Block, blocks_of
from dealer_xl.office.live.sheet import LiveSheet, Trips
from dealer_xl.office.sheets.addresses import Area, address
from dealer_xl.office.sheets.cell_record import BlockRecord, CellRecord, Formula, TableRecord
from dealer_xl.office.sheets.cells import same
from dealer_xl.office.sheets.gathered import GatheringWorkbook
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


class HalfWrittenError(DealerXlError):
    """Excel stopped answering in the midst of a write, and did not take the old cells back either."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"写到一半时Excel没有响应，打开的《{name}》可能只写了一部分；请不要保存，直接关闭它，再重新打开。"
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
        self._tables_back: list[TableRecord] = []
        self.settle()

    def settle(self) -> None:
        """Forget what was gathered and read: the cells have changed."""
        self.changes = {}
        self._grids: dict[str, Grid] = {}
        self._natives: dict[str, Sequence[NativeTable]] = {}
        self._tables_back = []
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
        """Give the cells of a sheet; each sheet is read once."""
        if sheet not in self._grids:
            self._grids[sheet] = self._sheet(sheet).read()
        return self._grids[sheet]

    def natives(self, sheet: str) -> Sequence[NativeTable]:
        """List the Excel tables of a sheet."""
        if sheet not in self._natives:
            self._natives[sheet] = self._sheet(sheet).natives()
        return self._natives[sheet]

    def takes(self, value: Cell) -> bool:  # noqa: ARG002 - a running program takes formulas, too
        """Tell whether a value can be written here."""
        return True

    def put_back(self, record: CellRecord) -> int:
        """Gather what cells held before they were written, and how far Excel tables reached."""
        self._tables_back = [
            TableRecord(table.sheet, table.name, table.after, table.before)
            for table in record.tables
            if table.sheet in self.sheet_names()
            and any(
                native.name == table.name and str(native.area) == table.after
                for native in self.natives(table.sheet)
            )
        ]
        return super().put_back(record)

    def made_ready(self) -> tuple[list[SheetWrite], CellRecord]:
        """Tell what will be written, and what the cells hold before; see that nothing bars it.

        Raises ReadOnlyBookError, SheetProtectedError, FormulaInTheWayError, MergedCellError.
        """
        self._trips.asks += 1
        if self.book.api.ReadOnly:
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
        return writes, CellRecord(records, [*grown, *self._tables_back])

    def write(self, writes: Sequence[SheetWrite], record: CellRecord) -> None:
        """Put what was made ready into the cells; when anything is not taken, all are put back.

        Raises NotTakenError, HalfWrittenError, and what Excel raises.
        """
        try:
            for write in writes:
                for growth in write.growths:
                    _grow(write.sheet, growth)
                for block in write.blocks:
                    write.sheet.write(block)
                self._see_taken(write)
            for table in self._tables_back:
                _resize(self._sheet(table.sheet), table.name, table.after)
        except BaseException:
            self.restore(record)
            raise
        self.settle()

    def restore(self, record: CellRecord) -> None:
        """Write again what the cells held before.

        Raises HalfWrittenError.
        """
        try:
            for table in record.tables:
                _resize(self._sheet(table.sheet), table.name, table.before)
            for block in record.blocks:
                self._sheet(block.sheet).write(Block(block.row, block.column, block.before))
        except Exception as fault:
            raise HalfWrittenError(self.name) from fault
        self.settle()

    def _sheet(self, name: str) -> LiveSheet:
        self.sheet_names()
        return self._sheets[name]

    def _growth_ready(self, sheet: LiveSheet, change: SheetChange, growth: Growth) -> GrowthWrite:
        left, right, last = growth.rows.left, growth.rows.right, growth.rows.bottom
        model = Area(growth.model_row, left, growth.model_row, right)
        table = None
        if growth.native is not None and last > growth.native.area.bottom:
            area = growth.native.area
            table = TableRecord(sheet.name, growth.native.name, str(area), str(area.down_to(last)))
        first = max(growth.edges) + 1
        if first > last:
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

    def _block_ready(self, sheet: LiveSheet, change: SheetChange, block: Block) -> tuple[Block, BlockRecord]:
        """Give a block with the formulas kept that stand between changed cells, and what its cells hold."""
        grid, area = self.grid(sheet.name), block.area
        before = [
            [grid.cell(row, column) for column in range(area.left, area.right + 1)]
            for row in range(area.top, area.bottom + 1)
        ]
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
                if formulas[at][across].startswith("="):
                    is_changed = not same(value, before[at][across])
                    if is_changed and column not in change.own_columns:
                        raise FormulaInTheWayError(self.name, sheet.name, address(row, column))
                    before[at][across] = Formula(formulas[at][across])
                    after[at][across] = value if is_changed else before[at][across]
        record = BlockRecord(sheet.name, block.row, block.column, before, after)
        return Block(block.row, block.column, after), record

    def _see_taken(self, write: SheetWrite) -> None:
        """Read back what was written where a filter hides rows, and write what is not there cell by cell.

        Raises NotTakenError.
        """
        if not write.blocks or not write.sheet.hides_rows():
            return
        for block in write.blocks:
            for row, column, value in _not_there(write.sheet, block):
                write.sheet.write(Block(row, column, [[value]]))
            if _not_there(write.sheet, block):
                raise NotTakenError(self.name, write.sheet.name)


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
