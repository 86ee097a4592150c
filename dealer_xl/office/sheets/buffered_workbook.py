"""What the hosts of closed and remembered workbooks share: reads see what is saved, writes are gathered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

import pandas as pd

from dealer_xl.errors import DealerXlError
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import LAST_ROW, Area, address
from dealer_xl.office.sheets.cell_record import (
    BlockRecord,
    CellRecord,
    Formula,
    TableRecord,
    Written,
    holds_still,
)
from dealer_xl.office.sheets.cells import checked, is_blank, plain, same
from dealer_xl.office.sheets.grid import Grid, NativeTable
from dealer_xl.office.sheets.headings import HeadingMissingError, SheetMissingError
from dealer_xl.office.sheets.layout import Layout, locate, sheet_named
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange
from dealer_xl.schema import FilledBy, Table

Place: TypeAlias = tuple[int, int]  # row and column


class NoRoomError(DealerXlError):
    """New rows would run into something that stands below the table."""

    def __init__(self, workbook: str, sheet: str, title: str, row: int) -> None:
        super().__init__(
            f"《{workbook}》“{sheet}”表里“{title}”的下方第{row}行已有内容，新行放不下，没有写入；"
            "请把下方的内容移开后再试。"
        )


class StrayCellError(DealerXlError):
    """A cell far below a table takes the sheet's last rows."""

    def __init__(self, workbook: str, sheet: str, cell: str) -> None:
        super().__init__(
            f"《{workbook}》“{sheet}”表的{cell}单元格有内容，下面放不下新行，没有写入；请看看这个单元格，不需要就删去整行后再试。"
        )


class TotalsRowError(DealerXlError):
    """The Excel table has a totals row, under which nothing can be put."""

    def __init__(self, workbook: str, sheet: str) -> None:
        super().__init__(
            f"《{workbook}》的“{sheet}”表带有汇总行，没有写入；请在Excel的“表设计”里取消“汇总行”后再试。"
        )


class BufferedWorkbook(ABC):
    """A workbook whose writes wait until its store is saved."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.changes: dict[str, SheetChange] = {}
        self._layouts: dict[str, Layout] = {}

    @abstractmethod
    def sheet_names(self) -> Sequence[str]:
        """List the sheets."""

    @abstractmethod
    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet."""

    @abstractmethod
    def natives(self, sheet: str) -> Sequence[NativeTable]:
        """List the Excel tables of a sheet."""

    @abstractmethod
    def formula_places(self, sheet: str, places: Collection[Place]) -> set[Place]:
        """Return which of some cells of a sheet hold a formula."""

    def read_table(self, table: Table) -> pd.DataFrame:
        """Read the table's rows, blank rows left out."""
        layout = self.layout(table)
        return layout.read(self.grid(layout.sheet))

    def headings_of(self, table: Table) -> frozenset[str]:
        """Return which of the table's headings its sheet has."""
        return frozenset(self.layout(table).columns)

    def formula_cells(self, table: Table, cells: Mapping[str, Collection[int]]) -> set[tuple[str, int]]:
        """Return which of some cells (heading to rows) hold a formula: it is the shop's, and not to be written over."""
        layout = self.layout(table)
        places = {
            (row, layout.columns[heading]): (heading, row)
            for heading, rows in cells.items()
            if heading in layout.columns
            for row in rows
        }
        return {places[place] for place in self.formula_places(layout.sheet, places)}

    def write_cells(self, table: Table, heading: str, values: Mapping[int, Cell]) -> None:
        """Put values into one column of rows that are there; only cells whose value differs change."""
        layout = self.layout(table)
        self._put_column(layout, heading, values)

    def append_rows(self, table: Table, rows: Sequence[Mapping[str, Cell]]) -> None:
        """Put rows under the last row that holds something; the native table grows."""
        layout = self.layout(table)
        growth = self._change(layout).growths.get(table.name)
        filled = layout.filled_rows(self.grid(layout.sheet))
        last = max([layout.heading_row, *filled])
        if filled and last + len(rows) > LAST_ROW and len(filled) < last - layout.heading_row:
            self._refuse_stray(layout, last)
        if growth is not None:
            last = max(last, growth.rows.bottom)
        self._put_rows(layout, last + 1, rows)

    def replace_rows(self, table: Table, rows: Sequence[Mapping[str, Cell]]) -> None:
        """Put rows in the place of all rows of a table that the program writes."""
        layout = self.layout(table)
        grid = self.grid(layout.sheet)
        stale = [row for row in layout.filled_rows(grid) if row >= layout.top + len(rows)]
        there = layout.last - layout.top + 1
        written = [_row_of(layout, row) for row in rows[:there]] + [{} for _ in stale]
        numbers = [*range(layout.top, layout.top + len(rows[:there])), *stale]
        for heading in layout.columns:
            if layout.filled_by(heading) is not FilledBy.FORMULA:
                self._put_column(
                    layout,
                    heading,
                    {number: row.get(heading) for number, row in zip(numbers, written, strict=True)},
                )
        self._put_rows(layout, layout.last + 1, rows[there:])

    def write_note(self, table: Table, text: str) -> None:
        """Put a line into the row between the table's title and its headings, where there is one."""
        layout = self.layout(table)
        row, column = layout.heading_row - 1, min(layout.columns.values())
        if row > 1 and not same(self.grid(layout.sheet).cell(row, column), text):
            self._change(layout).notes[row, column] = str(checked(text, layout.sheet, row, column) or "")

    def put_back(self, record: CellRecord) -> int:
        """Gather what cells held before they were written; return how many hold something else by now and are left.

        A formula that was there, and the reach an Excel table had, only a running program can put back.
        """
        left = 0
        for sheet, rows in record.by_row().items():
            if sheet not in self.sheet_names():
                left += sum(map(len, rows.values()))
                continue
            change = self.changes.setdefault(sheet, SheetChange())
            change.bodies.update(block.first_row for block in record.blocks if block.sheet == sheet)
            left += sum(self._put_row_back(sheet, change, row, cells) for row, cells in rows.items())
        return left

    def _put_row_back(self, sheet: str, change: SheetChange, row: int, cells: Sequence[Written]) -> int:
        """Gather what a row held; a row that was new goes as a whole or not at all: staff may have sorted since."""
        grid = self.grid(sheet)
        now = [_none_if_empty(grid.cell(row, cell.column)) for cell in cells]
        holds = [holds_still(value, cell.after) for value, cell in zip(now, cells, strict=True)]
        if all(cell.before is None for cell in cells) and not all(holds):
            return sum(value is not None for value in now)
        left = 0
        for value, still, cell in zip(now, holds, cells, strict=True):
            if same(value, cell.before):
                continue
            if not still or not self.takes(cell.before):
                left += 1
                continue
            change.put(row, cell.column, cell.before)
            change.own_columns.add(cell.column)
        return left

    def recorded(self) -> CellRecord:
        """Return what the cells hold that are about to be written, and how far Excel tables reach."""
        blocks: list[BlockRecord] = []
        tables: list[TableRecord] = []
        for sheet, change in self.changes.items():
            grid = self.grid(sheet)
            for area, values in change.areas():
                before = [list(map(_none_if_empty, cells)) for cells in grid.area(area)]
                blocks.append(BlockRecord(sheet, area.top, area.left, before, values))
            grown = (TableRecord.of(sheet, growth) for growth in change.growths.values())
            tables += [table for table in grown if table]
        return CellRecord(blocks, tables)

    def takes(self, value: Cell) -> bool:
        """Return whether a value can be written here: a formula cannot."""
        return not isinstance(value, Formula)

    def forget(self) -> None:
        """Forget where tables stand: the workbook has changed."""
        self._layouts.clear()

    def layout(self, table: Table) -> Layout:
        """Find a table.

        Raises SheetMissingError, HeadingMissingError.
        """
        if table.name not in self._layouts:
            sheet = sheet_named(table.sheet, self.sheet_names())
            if sheet is None:
                raise SheetMissingError(self.name, table.sheet, self.sheet_names())
            self._layouts[table.name] = locate(table, self.name, sheet, self.grid(sheet), self.natives(sheet))
        return self._layouts[table.name]

    def _change(self, layout: Layout) -> SheetChange:
        change = self.changes.setdefault(layout.sheet, SheetChange())
        left, right = layout.sides
        change.bodies.add(Area(layout.top, left, layout.top, right))
        for heading, place in layout.columns.items():
            if layout.table.by_program or layout.filled_by(heading) is FilledBy.PROGRAM:
                change.own_columns.add(place)
        return change

    def _put_column(self, layout: Layout, heading: str, values: Mapping[int, Cell]) -> None:
        place = layout.columns.get(heading)
        if place is None:
            if any(plain(value) is not None for value in values.values()):
                raise HeadingMissingError(self.name, layout.sheet, [heading], list(layout.columns))
            return
        change, grid = self._change(layout), self.grid(layout.sheet)
        for row, value in values.items():
            if row < layout.top:
                raise ValueError(f"row {row} is above the rows of {layout.table.name}")
            cell = checked(value, layout.sheet, row, place)
            if not same(cell, _none_if_empty(grid.cell(row, place))) or place in change.cells.get(row, ()):
                change.put(row, place, cell)

    def _put_rows(self, layout: Layout, first: int, rows: Sequence[Mapping[str, Cell]]) -> None:
        """Put rows where none is yet."""
        if not rows:
            return
        change, last = self._change(layout), first + len(rows) - 1
        self._make_room(layout, first, last)
        columns = [
            (heading, place)
            for heading, place in layout.columns.items()
            if layout.filled_by(heading) is not FilledBy.FORMULA
        ]
        for number, row in enumerate(rows, start=first):
            given = _row_of(layout, row)
            for heading in given.keys() - layout.columns.keys():
                self._put_column(layout, heading, {number: given[heading]})
            cells = change.cells.setdefault(number, {})
            for heading, place in columns:
                cells[place] = checked(given.get(heading), layout.sheet, number, place)
        change.grow(layout.table.name, _growth(layout, self.grid(layout.sheet), first, last))

    def _refuse_stray(self, layout: Layout, row: int) -> None:
        cells = self.grid(layout.sheet).row(row)
        column = next(
            column for column, value in cells if column in layout.told_columns and not is_blank(value)
        )
        raise StrayCellError(self.name, layout.sheet, address(row, column))

    def _make_room(self, layout: Layout, first: int, last: int) -> None:
        """Raise if new rows would run into something.

        Raises NoRoomError, TotalsRowError.
        """
        native, grid = layout.native, self.grid(layout.sheet)
        area = Area(first, layout.sides[0], last, layout.sides[1])
        if native is not None and native.totals:
            raise TotalsRowError(self.name, layout.sheet)
        for row in range(first, min(last, grid.bottom) + 1):
            if not all(is_blank(grid.cell(row, place)) for place in layout.told_columns):
                raise NoRoomError(self.name, layout.sheet, layout.table.title, row)
        for other in self.natives(layout.sheet):
            if other != native and other.area.meets(area):
                raise NoRoomError(self.name, layout.sheet, layout.table.title, other.area.top)


def _row_of(layout: Layout, row: Mapping[str, Cell]) -> Mapping[str, Cell]:
    unknown = row.keys() - set(layout.table.headings)
    if unknown:
        raise ValueError(f"{layout.table.name} has no column {sorted(unknown)}")
    return row


def _growth(layout: Layout, grid: Grid, first: int, last: int) -> Growth:
    left, right = layout.sides
    edges = {max([layout.top, *layout.filled_rows(grid)])}
    if layout.native is not None:
        edges.add(max(layout.top, layout.native.area.bottom))
    return Growth(Area(first, left, last, right), layout.top, tuple(sorted(edges)), layout.native)


def _none_if_empty(value: Cell) -> Cell:
    return None if value == "" else value
