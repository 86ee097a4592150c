"""What is to be written into one sheet of an open workbook: made ready, with what bars it; then put into its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealer_xl.errors import DealerXlError
from dealer_xl.office.live.blocks import Block, blocks_of, rectangles
from dealer_xl.office.live.live_sheet import LiveSheet
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area, address
from dealer_xl.office.sheets.cell_record import BlockRecord, Formula, TableRecord
from dealer_xl.office.sheets.cells import is_blank, same
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange
from dealer_xl.office.sheets.sheet_errors import FormulaInTheWayError, MergedCellError, SheetProtectedError


class NotTakenError(DealerXlError):
    """Excel did not take what was written."""

    def __init__(self, name: str, sheet: str) -> None:
        super().__init__(
            f"《{name}》的“{sheet}”表没有收下写入的内容，已恢复原样；请取消筛选、结束单元格编辑后再点一次。"
        )


@dataclass(frozen=True)
class GrowthWrite:
    """New rows under a table, made ready."""

    model: Area  # the row they take their looks and formulas from
    rows: Area | None  # those that have no looks yet
    formulas: Sequence[Area]  # columns of them that the model fills by a formula
    blanks: Sequence[Area]  # columns of them that nobody fills
    table: TableRecord | None

    def put(self, sheet: LiveSheet) -> None:
        """Format the new rows like the others, and resize the Excel table to hold them."""
        if self.rows is not None:
            sheet.copy_row(self.model, self.rows)
            for area in self.blanks:
                sheet.clear(area)
        if self.table is not None:
            resize(sheet, self.table.name, self.table.after)

    def records(self, sheet: str) -> list[BlockRecord]:
        """Return the records of cells that were blank and that a formula fills now."""
        return [
            BlockRecord(sheet, area.top, area.left, [[None]] * height, [[Formula("=")]] * height)
            for area in self.formulas
            for height in [area.bottom - area.top + 1]
        ]


@dataclass(frozen=True)
class SheetWrite:
    """What is to be written into one sheet, made ready."""

    sheet: LiveSheet
    growths: Sequence[GrowthWrite]
    blocks: Sequence[tuple[Block, BlockRecord]]  # each with what its cells hold before

    @property
    def records(self) -> list[BlockRecord]:
        """Return what the cells hold that are about to be written."""
        grown = [record for growth in self.growths for record in growth.records(self.sheet.name)]
        return [*(record for _, record in self.blocks), *grown]

    @property
    def tables(self) -> list[TableRecord]:
        """Return which Excel tables grow, and how far."""
        return [growth.table for growth in self.growths if growth.table]

    def put(self, workbook: str) -> None:
        """Put it into the cells.

        Raises NotTakenError, and what Excel raises.
        """
        for growth in self.growths:
            growth.put(self.sheet)
        put_blocks(workbook, self.sheet, self.blocks)


def made_ready(workbook: str, sheet: LiveSheet, change: SheetChange, grid: Grid) -> SheetWrite:
    """Settle what will be written into a sheet, and what its cells hold before; see that nothing bars it.

    Raises SheetProtectedError, FormulaInTheWayError, MergedCellError.
    """
    if change and sheet.is_protected():
        raise SheetProtectedError(workbook, sheet.name)
    growths = [_growth_ready(sheet, change, growth, grid) for growth in change.growths.values()]
    blocks = blocks_of(change, grid)
    ready = [piece for block in blocks for piece in _block_ready(workbook, sheet, change, block, grid)]
    return SheetWrite(sheet, growths, ready)


def put_blocks(workbook: str, sheet: LiveSheet, blocks: Sequence[tuple[Block, BlockRecord]]) -> None:
    """Put blocks into the cells; where a filter hides rows, read back and write cell by cell what was left out.

    Raises NotTakenError, and what Excel raises.
    """
    for block, _ in blocks:
        sheet.write(block)
    if not blocks or not sheet.hides_rows():
        return
    for block, record in blocks:
        for row, column, value in _left_out(sheet, block, record):
            sheet.write(Block(row, column, [[value]]))
        if _left_out(sheet, block, record):
            raise NotTakenError(workbook, sheet.name)


def way_back(record: BlockRecord) -> tuple[Block, BlockRecord]:
    """Return the block that takes a written one back."""
    back = BlockRecord(record.sheet, record.row, record.column, record.after, record.before)
    return Block(record.row, record.column, record.before), back


def resize(sheet: LiveSheet, table: str, to: str) -> None:
    """Resize an Excel table to an address."""
    area = Area.of(to)
    if area is not None:
        sheet.resize(table, area)


def formulas_in(sheet: LiveSheet, area: Area, shown: Sequence[Sequence[Cell]]) -> dict[tuple[int, int], str]:
    """Return the formulas among some cells by row and column; a text that begins like one is shown as it is typed."""
    if not sheet.has_formula(area):
        return {}
    return {
        (row, column): typed
        for row, cells in enumerate(zip(sheet.formulas(area), shown, strict=True), start=area.top)
        for column, (typed, value) in enumerate(zip(*cells, strict=True), start=area.left)
        if typed.startswith("=") and typed != value
    }


def _growth_ready(sheet: LiveSheet, change: SheetChange, growth: Growth, grid: Grid) -> GrowthWrite:
    left, right, last = growth.rows.left, growth.rows.right, growth.rows.bottom
    model = Area(growth.model_row, left, growth.model_row, right)
    table = TableRecord.of(sheet.name, growth)
    first = max(growth.edges) + 1
    if first > last or _is_filled(grid, change, Area(first, left, last, right)):
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


def _is_filled(grid: Grid, change: SheetChange, rows: Area) -> bool:
    """Return whether the shop has something of its own where the new rows come: then no looks are copied over it."""
    return any(
        not is_blank(grid.cell(row, column)) and column not in change.cells.get(row, {})
        for row in range(rows.top, min(rows.bottom, grid.bottom) + 1)
        for column in range(rows.left, rows.right + 1)
    )


def _block_ready(
    workbook: str, sheet: LiveSheet, change: SheetChange, block: Block, grid: Grid
) -> list[tuple[Block, BlockRecord]]:
    """Return a block in pieces that leave out formulas which stay, each with what its cells hold."""
    before = grid.area(block.area)
    if sheet.has_merged(block.area):
        _refuse_hidden(workbook, sheet, block, before)
    formulas = formulas_in(sheet, block.area, before)
    if not formulas:
        return [(block, _record(sheet, block, before))]
    pieces: dict[int, dict[int, Cell]] = {}
    for row, column, value in block.cells():
        at, across = row - block.row, column - block.column
        if (row, column) in formulas:
            if same(value, before[at][across]):
                continue
            if column not in change.own_columns:
                raise FormulaInTheWayError(workbook, sheet.name, address(row, column))
            before[at][across] = Formula(formulas[row, column])
        pieces.setdefault(column, {})[row] = value
    return [(piece, _record(sheet, piece, _part(before, block, piece))) for piece in rectangles(pieces)]


def _refuse_hidden(workbook: str, sheet: LiveSheet, block: Block, before: Sequence[Sequence[Cell]]) -> None:
    for row, column, value in block.cells():
        is_changed = not same(value, before[row - block.row][column - block.column])
        if is_changed and sheet.is_hidden_in_merged(row, column):
            raise MergedCellError(workbook, sheet.name, address(row, column))


def _part(values: Sequence[Sequence[Cell]], whole: Block, piece: Block) -> list[list[Cell]]:
    down, across = piece.row - whole.row, piece.column - whole.column
    return [list(row[across : across + len(piece.rows[0])]) for row in values[down : down + len(piece.rows)]]


def _record(sheet: LiveSheet, block: Block, before: Sequence[Sequence[Cell]]) -> BlockRecord:
    return BlockRecord(sheet.name, block.row, block.column, before, [list(row) for row in block.rows])


def _left_out(sheet: LiveSheet, block: Block, record: BlockRecord) -> list[tuple[int, int, Cell]]:
    """List the cells that hold still what they held; one that shows a value in its own way was written."""
    found = sheet.read_area(block.area)
    left = []
    for row, column, value in block.cells():
        at, across = row - block.row, column - block.column
        now, before = found[at][across], record.before[at][across]
        is_as_before = isinstance(before, Formula) or same(now, before)
        if is_as_before and not isinstance(value, Formula) and not same(value, now):
            left.append((row, column, value))
    return left
