"""The rows under a table's headings: those that hold a record, and those that people only look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.cells import is_blank
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.layout import Layout
from dealer_xl.office.sheets.row_kinds import RowReader, SkippedRow
from dealer_xl.schema import Kind

Place: TypeAlias = tuple[int, int]
Formulas: TypeAlias = Callable[[Iterable[Place]], Mapping[Place, str]]
"""Returns the formulas of some cells (row, column), without the equals sign."""

_SUM = re.compile(r"(?i)\b(SUM|SUBTOTAL|AGGREGATE|SUMIFS?)\s*\(")
_COUNTED = (Kind.NUMBER, Kind.MONEY)
_NUMBER = re.compile(r"[^:：共第合小总本]?[^:：\u4e00-\u9fff]*[0-9０-９][^:：\u4e00-\u9fff]*[\u4e00-\u9fff]?")
"""A plate or a number of a record; no total, footer or hint looks so."""

_MAY_BE_TOTAL = frozenset("合总總小共本累全")


@dataclass(frozen=True)
class TableRows:
    """The filled rows of a table by their Excel numbers."""

    records: Sequence[int]
    skipped: Sequence[SkippedRow]

    @property
    def last(self) -> int:
        """The last record; 0 when there is none."""
        return self.records[-1] if self.records else 0

    def below(self) -> SkippedRow | None:
        """Return the first row below all records that is none, such as a total."""
        return next((each for each in self.skipped if each.row > self.last), None)


def sort_rows(layout: Layout, grid: Grid, formulas: Formulas) -> TableRows:
    """Return which rows are records, and which are totals, footers, hints, sections and repeated headings; what the program writes has records only."""
    filled = layout.filled_rows(grid)
    if layout.table.by_program:
        return TableRows(filled, ())
    known = [[place - grid.left for place in each] for each in layout.known_by]
    unclear = [row for row in filled if not _is_plain_record(grid.rows[row - grid.top], known)]
    sums = _sums(layout, grid, unclear, formulas)
    identity = sorted({place for each in layout.known_by for place in each})
    reader = RowReader(layout.shown, identity, frozenset(sums))
    kinds = {row: kind for row in unclear if (kind := reader.kind(grid, row)) is not None}
    return TableRows(
        [row for row in filled if row not in kinds],
        [SkippedRow(row, kind) for row, kind in kinds.items()],
    )


def _is_plain_record(cells: Sequence[Cell], known: Sequence[Sequence[int]]) -> bool:
    """Return quickly whether a row is known by numbers or days, as no total, footer or heading is."""
    lead = next((cell for cell in cells if not is_blank(cell)), None)
    if isinstance(lead, str) and lead.strip()[:1] in _MAY_BE_TOTAL:
        return False
    width = len(cells)
    for places in known:
        values = [cells[place] if 0 <= place < width else None for place in places]
        if not any(map(is_blank, values)) and all(map(_is_telling, values[:1])):
            return True
    return False


def _is_telling(value: Cell) -> bool:
    return not isinstance(value, str) or _NUMBER.fullmatch(value.strip()) is not None


def _sums(layout: Layout, grid: Grid, rows: Sequence[int], formulas: Formulas) -> set[int]:
    """Return the rows without an identity in which a sum of other rows is computed."""
    nameless = {
        (row, column)
        for row in rows
        if not any(not is_blank(grid.cell(row, place)) for each in layout.known_by for place in each)
        for column, value in grid.row(row)
        if not is_blank(value) and not isinstance(value, str)
    }
    found = formulas(nameless) if nameless else {}
    return {row for (row, _), formula in found.items() if _SUM.search(formula)}


def filled_down(
    layout: Layout, rows: Sequence[int], grid: Grid, areas: Iterable[Area]
) -> Mapping[Place, Cell]:
    """Return what cells hold that are merged with a filled one above them; never numbers, which would count twice."""
    counted = {column.heading for column in layout.table.columns if column.kind in _COUNTED}
    places = {place for heading, place in layout.columns.items() if heading not in counted}
    records = set(rows)
    return {
        (row, area.left): grid.cell(area.top, area.left)
        for area in areas
        if area.bottom > area.top > layout.heading_row and area.left in places
        for row in range(area.top + 1, area.bottom + 1)
        if row in records
    }


def may_be_merged(layout: Layout, rows: Sequence[int], grid: Grid) -> bool:
    """Return whether a record lacks something that it is known by or must have, so that it pays to look for merged cells."""
    needed = {column.heading for column in layout.table.columns if column.required}
    places = {place for each in layout.known_by for place in each}
    places |= {place for heading, place in layout.columns.items() if heading in needed}
    return any(is_blank(grid.cell(row, place)) for place in places for row in rows)
