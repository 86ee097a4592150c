"""A sheet with a cell far from all others: its blank rows are closed up before it is read, and opened again after."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dealer_xl.office.sheets.addresses import LAST_COLUMN, LAST_ROW, address, column_of
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.xlsx.usual_sheets import filled


@dataclass(frozen=True)
class ClosedUp:
    """A sheet's part without its blank rows, the others numbered from 1 on."""

    xml: bytes
    rows: Sequence[int]  # the numbers they have
    places: int  # how many cells they span


def closed_up(xml: bytes, prefix: bytes) -> ClosedUp | None:
    """Close up a sheet whose rows and cells stand in order and begin with their addresses; None when a cell is in another row or in none."""
    starts = [tag.start() for tag in _row(prefix).finditer(xml)]
    end = xml.rfind(b"</" + prefix + b"sheetData")
    pieces, rows, columns = [xml[: starts[0]]], list[int](), set[bytes]()
    for start, following in pairwise([*starts, end]):
        row = xml[start:following]
        cells = filled(prefix).findall(row)
        if cells:
            rows.append(int(cells[0][1]))
            columns.update(letters for letters, _ in cells)
            pieces.append(_address(prefix).sub(rb'\g<1>"\g<2>%d"' % len(rows), row))
        if len({number for _, number in _any_address(prefix).findall(row)}) > 1:
            return None
    places = [column_of(letters.decode()) for letters in columns]
    if max(rows, default=0) > LAST_ROW or max(places, default=0) > LAST_COLUMN:
        return None
    width = max(places, default=0) - min(places, default=0) + 1
    return ClosedUp(b"".join([*pieces, xml[end:]]), rows, len(rows) * width)


def opened_up(grid: Grid, rows: Sequence[int]) -> Grid:
    """Return the cells of a sheet that was closed up under the numbers its rows have; all blank rows are one and the same."""
    if not grid.rows:  # what looked filled had no values
        return grid
    numbers = rows[grid.top - 1 : grid.bottom]
    blank = (None,) * len(grid.rows[0])
    own: list[Sequence[object]] = [blank] * (numbers[-1] - numbers[0] + 1)
    for number, cells in zip(numbers, grid.rows, strict=True):
        own[number - numbers[0]] = cells
    return Grid(numbers[0], grid.left, own, blank)  # type: ignore[arg-type]  # cells, as they came


def farthest(cells: Iterable[tuple[int, int]]) -> str:
    """Return the address of the cell (row, column) that stands apart from the others: behind the widest gap."""
    known = sorted(cells)
    row_gap, row = _widest_gap({row for row, _ in known}, LAST_ROW)
    column_gap, column = _widest_gap({column for _, column in known}, LAST_COLUMN)
    by_row = (cell for cell in known if cell[0] == row)
    by_column = (cell for cell in known if cell[1] == column)
    return address(*next(by_row if row_gap >= column_gap else by_column))


def _widest_gap(places: Collection[int], most: int) -> tuple[float, int]:
    """Return the widest gap as a part of the sheet, and where it ends."""
    ordered = sorted(places)
    gaps = [(place - before, place) for before, place in pairwise(ordered)]
    gap, place = max(gaps, default=(0, ordered[-1]))
    return gap / most, place


@lru_cache(maxsize=16)
def _row(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + rb"""row r=\"""")


@lru_cache(maxsize=16)
def _address(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(<" + re.escape(prefix) + rb"""(?:row|c) r=)"([A-Z]*)[0-9]+\"""")


@lru_cache(maxsize=16)
def _any_address(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + rb"""(?:row|c) r="([A-Za-z]*)([^"]*)\"""")
