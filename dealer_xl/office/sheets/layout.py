"""Where a table stands on a sheet: its heading row, its columns, how far down its rows go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dealer_xl.heading_text import normal
from dealer_xl.office.sheets.cells import is_blank
from dealer_xl.office.sheets.described_headings import find_described
from dealer_xl.office.sheets.grid import Grid, NativeTable
from dealer_xl.office.sheets.headings import (
    HeadingMissingError,
    HeadingRow,
    find_heading_row,
    read_headings,
)
from dealer_xl.office.sheets.sheet_view import SheetView
from dealer_xl.schema import FilledBy, Table
from dealer_xl.table_sources import Source


@dataclass(frozen=True)
class Layout:
    """A table found on a sheet."""

    table: Table
    sheet: str
    heading_row: int
    columns: Mapping[str, int]  # the schema's heading to the sheet's column number
    last: int  # the last row that can belong to it as the sheet stands
    native: NativeTable | None
    labels: Mapping[str, str]  # the schema's heading to the one that stands there
    shown: Mapping[int, str]  # every heading that stands there, by its column

    @property
    def top(self) -> int:
        """The first row under the headings."""
        return self.heading_row + 1

    @property
    def sides(self) -> tuple[int, int]:
        """The first and the last column over which its rows go, columns of the shop's own among them."""
        columns = list(self.columns.values())
        if self.native is not None:
            columns += [self.native.area.left, self.native.area.right]
        return min(columns), max(columns)

    @property
    def told_columns(self) -> list[int]:
        """The columns that say whether a row holds something: a formula fills blank rows, too."""
        formulas = {column.heading for column in self.table.columns if column.filled_by is FilledBy.FORMULA}
        return [place for heading, place in self.columns.items() if heading not in formulas]

    def filled_by(self, heading: str) -> FilledBy:
        """Return who fills a column."""
        return next(column.filled_by for column in self.table.columns if column.heading == heading)

    def filled_rows(self, grid: Grid) -> list[int]:
        """List the rows that hold something."""
        places = [place - grid.left for place in self.told_columns if grid.left <= place <= grid.right]
        rows = grid.numbered(self.top, self.last)
        return [row for row, cells in rows if not all(is_blank(cells[place]) for place in places)]

    @property
    def known_by(self) -> list[list[int]]:
        """The columns that a record is known by, for each alternative that is there as a whole."""
        headings = [[self.table.heading(key) for key in each] for each in self.table.identity]
        return [
            [self.columns[heading] for heading in each]
            for each in headings
            if each and all(heading in self.columns for heading in each)
        ]


def locate(table: Table, sheet: SheetView, source: Source | None = None) -> Layout:
    """Find a table on its sheet: as staff described it, by the Excel table of its name, or by the row that fits its headings best.

    Raises HeadingMissingError, DescribedHeadingError.
    """
    grid, natives = sheet.grid, sheet.natives
    if source is not None and source.columns:
        block, columns = find_described(sheet, source)
        headings = HeadingRow(block.last, columns, len(columns), block.headings)
    else:
        headings = _headings_of_native(table, grid, natives) or find_heading_row(table, grid, sheet.merged)
        missing = headings.missing(table)
        if missing:
            raise HeadingMissingError(sheet.workbook, sheet.name, missing, headings.found)
    labels = {heading: headings.shown.get(column, heading) for heading, column in headings.columns.items()}
    last, native = _last_row(table, grid, headings, natives), _native_at(headings, natives)
    return Layout(table, sheet.name, headings.row, headings.columns, last, native, labels, headings.shown)


def _headings_of_native(table: Table, grid: Grid, natives: Sequence[NativeTable]) -> HeadingRow | None:
    for native in natives:
        if native.name.casefold() == table.name.casefold():
            area = native.area
            inside = [(column, grid.cell(area.top, column)) for column in range(area.left, area.right + 1)]
            # A column that stands right beside the Excel table counts, too.
            for cells in (inside, inside + [cell for cell in grid.row(area.top) if cell not in inside]):
                headings = read_headings(table, area.top, cells)
                if not headings.missing(table):
                    return headings
    return None


def _native_at(headings: HeadingRow, natives: Iterable[NativeTable]) -> NativeTable | None:
    columns = set(headings.columns.values())
    here = [native for native in natives if native.area.top == headings.row]
    within = {native: len(columns & set(range(native.area.left, native.area.right + 1))) for native in here}
    return max((native for native in here if within[native]), key=lambda native: within[native], default=None)


def _last_row(table: Table, grid: Grid, headings: HeadingRow, natives: Sequence[NativeTable]) -> int:
    """Return how far down the rows may go.

    Staff leave blank rows in a register and write on below its Excel table, so it goes down to the
    sheet's end, or to the next table; what the program writes ends with the Excel table, or at a blank row.
    """
    native = _native_at(headings, natives)
    if native is not None and (table.by_program or native.totals):
        return native.area.bottom - native.totals
    columns = headings.columns.values()
    below = [
        other.area.top - 1
        for other in natives
        if other.area.top > headings.row
        and other.area.left <= max(columns)
        and min(columns) <= other.area.right
    ]
    if below and native is not None:
        return native.area.bottom
    bottom = max(grid.bottom, native.area.bottom if native is not None else 0)
    end = min([bottom, *below])
    return _first_blank(grid, headings, end) - 1 if table.by_program else end


def _first_blank(grid: Grid, headings: HeadingRow, end: int) -> int:
    columns = [grid.column(place, headings.row + 1, end) for place in headings.columns.values()]
    for row, cells in enumerate(zip(*columns, strict=True), start=headings.row + 1):
        if all(map(is_blank, cells)):
            return row
    return end + 1


def sheet_named(name: str, sheets: Iterable[str]) -> str | None:
    """Find a sheet by its name; spaces, full width and traditional script make no difference."""
    names = list(sheets)
    if name in names:
        return name
    return next((sheet for sheet in names if normal(sheet) == normal(name)), None)
