"""Find a table's headings in a sheet, under whatever name and in whatever order the shop keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dealer_xl.errors import DealerXlError
from dealer_xl.heading_text import normal
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.heading_blocks import DEEPEST_HEADING_ROW, heading_blocks
from dealer_xl.office.sheets.sheet_view import Merged, none_merged
from dealer_xl.schema import Column, Table


class SheetMissingError(DealerXlError):
    """The workbook has no sheet of that name."""

    def __init__(self, workbook: str, sheet: str, found: Sequence[str]) -> None:
        super().__init__(
            f"《{workbook}》里没有“{sheet}”表，现有：{'、'.join(found) or '无'}；"
            f"其中有它的，请把工作表改名为“{sheet}”，或点“接入本店表格”；没有的，请从空白工作簿（dealer-xl new）里把这张表移过来。"
        )


class HeadingMissingError(DealerXlError):
    """A sheet lacks headings that the table needs."""

    def __init__(self, workbook: str, sheet: str, missing: Sequence[str], found: Sequence[str]) -> None:
        super().__init__(
            f"《{workbook}》的“{sheet}”表缺少{'、'.join(f'“{heading}”' for heading in missing)}列，"
            f"现有的表头：{'、'.join(found) or '无'}；请补上缺少的列，或把意思相同的表头改成这个名字。"
        )


@dataclass(frozen=True)
class HeadingRow:
    """The row of a sheet that fits a table best, and the sheet columns of the table's headings."""

    row: int  # the lower of two
    columns: Mapping[str, int]  # the schema's heading to the sheet's column number
    exact: int  # how many bear the very heading, not another name of it
    shown: Mapping[int, str]  # the headings as they stand there, by the sheet's columns

    @property
    def found(self) -> tuple[str, ...]:
        """The headings as they stand there."""
        return tuple(self.shown.values())

    def missing(self, table: Table) -> list[str]:
        """List the headings that the row lacks and that must be there: those that a record is known by.

        Of what the program writes itself every column must be there.
        """
        if not table.identity or table.by_program:
            needed = [column.heading for column in table.columns if not column.may_lack]
            return [heading for heading in needed if heading not in self.columns]
        lacking = [
            [heading for heading in map(table.heading, alternative) if heading not in self.columns]
            for alternative in table.identity
        ]
        return min(lacking, key=len)

    @property
    def fit(self) -> tuple[int, int]:
        """Return how well the row fits: all headings found, then those found by their own name."""
        return len(self.columns), self.exact


def read_headings(table: Table, row: int, cells: Iterable[tuple[int, Cell]]) -> HeadingRow:
    """Match one row of a sheet with the table's headings; each sheet column serves once, the first wins."""
    shown = {column: text.strip() for column, text in cells if isinstance(text, str) and text.strip()}
    free: dict[str, int] = {}
    for column, text in shown.items():
        free.setdefault(normal(text), column)
    columns: dict[str, int] = {}
    for schema_column in table.columns:
        _take(schema_column, (schema_column.heading,), free, columns)
    exact = len(columns)
    for schema_column in table.columns:
        if schema_column.heading not in columns:
            _take(schema_column, schema_column.aliases, free, columns)
    return HeadingRow(row, columns, exact, shown)


def _take(column: Column, names: Iterable[str], free: dict[str, int], columns: dict[str, int]) -> None:
    for name in names:
        if normal(name) in free:
            columns[column.heading] = free.pop(normal(name))
            return


def find_heading_row(table: Table, grid: Grid, merged: Merged = none_merged) -> HeadingRow:
    """Find the row, or the two rows merged with each other, that fit the table's headings best; of equals the first."""
    last = min(grid.bottom, DEEPEST_HEADING_ROW)
    rows = (read_headings(table, row, grid.row(row)) for row in range(grid.top, last + 1))
    best = max(rows, key=lambda row: row.fit, default=HeadingRow(1, {}, 0, {}))
    areas = merged(best.row - 1, best.row + 1) if best.columns else ()
    pairs = [
        read_headings(table, block.last, block.headings.items())
        for block in heading_blocks(grid, areas, range(best.row - 1, best.row + 1))
        if len(block.rows) > 1
    ]
    return max([best, *pairs], key=lambda row: row.fit)
