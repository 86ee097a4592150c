"""Read the cells of a sheet, error values by their names."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from math import isfinite
from typing import TypeAlias, TypeVar, cast

from python_calamine import CalamineWorkbook

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import LAST_COLUMN, LAST_ROW, column_of
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.xlsx.alternates import UnclearStylesError, plain_styles
from dealer_xl.office.xlsx.contents import Contents
from dealer_xl.office.xlsx.far_cells import ClosedUp, closed_up, farthest, opened_up
from dealer_xl.office.xlsx.file_errors import DamagedError, TooLargeError, UnreadableError
from dealer_xl.office.xlsx.markup import masked, text_of
from dealer_xl.office.xlsx.package import Package, PackageError
from dealer_xl.office.xlsx.strictness import ENCODING, HEAD, MOST_CELLS, NAME, is_readable, is_strict
from dealer_xl.office.xlsx.usual_sheets import has_twins, is_usual, prefix_of, reach, told_cells

MOST_PLACES = 12_000_000
"""A sheet whose filled corners span more is not read as a whole."""
_FEW_PLACES, _SPARSE = (
    500_000,
    4,
)  # with fewer places, or more of them filled, blank rows cost less than closing them up

_FAULT = re.compile(rb"<" + NAME + rb"""c\s(?:[^<>]*?\s)?t\s*=\s*["']e["'][^<>]*>""")
_VALUE = re.compile(
    rb"[^<]*(?:<"
    + NAME
    + rb"f(?:\s[^<>]*)?(?:/>|>[^<]*</[^<>]*>)[^<]*)*<"
    + NAME
    + rb"v(?:\s[^<>]*)?>([^<]*)<"
)
_UNKNOWN_FAULT = "#VALUE!"
_NO_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - what the reader makes of a day that is no number
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,3})\$?([0-9]{1,7})["']""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_PLACED = re.compile(rb"""\sr\s*=""")
_TAG = re.compile(rb"<(/?)" + NAME + rb"(row|c)(?=[\s/>])[^<>]*>")

T = TypeVar("T")
Read: TypeAlias = Cell | timedelta


def open_cells(content: bytes) -> CalamineWorkbook:
    """Hand a file's content to the reader."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


class CellReader:
    """Reads the sheets of one workbook."""

    def __init__(self, package: Package, contents: Contents) -> None:
        """Open the workbook.

        Raises UnreadableError.
        """
        self._package, self._contents = package, contents
        if not (
            self._finds(contents.texts, "sharedStrings.xml") and self._finds(contents.styles, "styles.xml")
        ):
            raise UnreadableError(package.name)
        if contents.texts is not None and not is_readable(package.read(contents.texts)):
            raise UnreadableError(package.name)
        content = self._content({})
        self._workbook = self._guarded(lambda: open_cells(content))

    def _content(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the file for the reader of cells with other parts; formats that are written twice over it would count as two."""
        part = self._contents.styles
        styles = self._package.read(part) if part else b""
        try:
            plain = plain_styles(styles)
            changed = {**parts, part: plain} if part and plain != styles else parts
            return self._package.rewritten(changed) if changed else self._package.content
        except (UnclearStylesError, PackageError) as error:
            raise UnreadableError(self._package.name) from error

    def _finds(self, part: str | None, name: str) -> bool:
        """Return whether the reader takes the part that the package names: it goes by a name beside the workbook's part."""
        place = posixpath.join(posixpath.dirname(self._contents.part), name)
        return (part or "").casefold() == (place.casefold() if self._package.has(place) else "")

    def grid(self, sheet: str) -> Grid:
        """Read a sheet.

        Raises UnreadableError, DamagedError, TooLargeError.
        """
        part = self._contents.sheet(sheet)
        content = self._package.read(part.part) if part is not None else b""
        xml = masked(content)
        if b"<!DOCTYPE" in xml or ENCODING.search(content, 0, HEAD):
            raise UnreadableError(self._package.name)
        if content and not is_strict(content):
            raise DamagedError(self._package.name)
        told, reach = told_cells(xml), self._reach(xml)
        if told > MOST_CELLS:
            raise TooLargeError(self._package.name, sheet)
        closed = _closed_up(content) if reach > max(_FEW_PLACES, _SPARSE * told) else None
        if closed is not None and closed.places <= MOST_PLACES:
            return self._far_grid(sheet, closed)
        if reach > MOST_PLACES:
            filled = (cell for *cell, tag in self._cells(xml) if not tag[0].endswith(b"/>"))
            raise TooLargeError(self._package.name, sheet, farthest((row, column) for row, column in filled))
        return self._read(self._workbook, sheet, xml)

    def _read(self, workbook: CalamineWorkbook, sheet: str, xml: bytes) -> Grid:
        found = self._guarded(lambda: workbook.get_sheet_by_name(sheet))
        start = found.start
        if start is None:
            return Grid(1, 1, ())
        read = self._guarded(lambda: found.to_python(skip_empty_area=True))
        grid = Grid(start[0] + 1, start[1] + 1, [_plain(cells) for cells in read])
        return self._with_days_below_zero(self._with_faults(grid, xml), xml)

    def _far_grid(self, sheet: str, closed: ClosedUp) -> Grid:
        """Read a sheet with cells far apart: the reader would make room for all that lies between."""
        part = self._contents.sheet(sheet)
        content = self._content({part.part: closed.xml} if part else {})
        workbook = self._guarded(lambda: open_cells(content))
        return opened_up(self._read(workbook, sheet, closed.xml), closed.rows)

    def _reach(self, xml: bytes) -> int:
        """Return how many cells the sheet's filled corners span; blank cells that only have a format cost nothing."""
        prefix = prefix_of(xml)
        if is_usual(xml, prefix):
            if has_twins(xml, prefix):
                raise DamagedError(self._package.name)
            return reach(xml, prefix)
        top, left, bottom, right = LAST_ROW, LAST_COLUMN, 0, 0
        last, in_order = (0, 0), True
        for row, column, tag in self._cells(xml):
            in_order = in_order and last < (row, column)
            last = (row, column)
            if not tag[0].endswith(b"/>"):
                top, left = min(top, row), min(left, column)
                bottom, right = max(bottom, row), max(right, column)
        if not in_order:
            self._see_that_each_is_there_once(xml)
        return max(bottom - top + 1, 0) * max(right - left + 1, 0)

    def _see_that_each_is_there_once(self, xml: bytes) -> None:
        """Readers do not agree which of two cells of one address it is."""
        seen: set[tuple[int, int]] = set()
        for row, column, _ in self._cells(xml):
            if (row, column) in seen:
                raise DamagedError(self._package.name)
            seen.add((row, column))

    def _cells(self, xml: bytes) -> Iterator[tuple[int, int, re.Match[bytes]]]:
        """Yield every cell's row, column and start tag; one without an address stands behind the one before."""
        row = column = 0
        is_open = False
        for tag in _TAG.finditer(xml):
            if tag[1]:
                is_open = is_open and tag[2] != b"row"
                continue
            if is_open is (tag[2] == b"row"):  # a row inside another, or a cell in none
                raise DamagedError(self._package.name)
            is_placed = _PLACED.search(tag[0]) is not None
            if tag[2] == b"row":
                is_open = not tag[0].endswith(b"/>")
                told = _NUMBER.search(tag[0])
                row, column = int(told[1]) if told else row + 1, 0
                at = row
                is_known = told is not None or not is_placed
            else:
                place = _ADDRESS.search(tag[0])
                # A cell may claim to be in another row; the next one without an address is in this one all the same.
                at, column = (
                    (int(place[2]), column_of(place[1].decode().upper())) if place else (row, column + 1)
                )
                is_known = place is not None or not is_placed
            if not is_known or at > LAST_ROW or column > LAST_COLUMN:
                raise UnreadableError(self._package.name)
            if tag[2] == b"c":
                yield at, column, tag

    def _with_faults(self, grid: Grid, xml: bytes) -> Grid:
        """Name the error values, which come as blanks."""
        for row, column, tag in self._faults(xml):
            told = _VALUE.match(xml, tag.end())
            name = text_of(told[1]) if told else ""
            at, place = row - grid.top, column - grid.left
            if 0 <= at < len(grid.rows) and 0 <= place < len(grid.rows[at]):
                cast(list[Cell], grid.rows[at])[place] = name or _UNKNOWN_FAULT
            elif name:  # the reader knows no such error and left the cell out
                raise UnreadableError(self._package.name)
        return grid

    def _with_days_below_zero(self, grid: Grid, xml: bytes) -> Grid:
        """Return a number below 0 in a day's format as it is: the reader makes a time of day of it, Excel a row of #."""
        if b"v>-" not in xml or not any(time in set(map(type, cells)) for cells in grid.rows):
            return grid
        for row, column, tag in self._cells(xml):
            told = _VALUE.match(xml, tag.end())
            if told and told[1].startswith(b"-") and isinstance(grid.cell(row, column), time):
                cast(list[Cell], grid.rows[row - grid.top])[column - grid.left] = float(told[1])
        return grid

    def _faults(self, xml: bytes) -> Iterator[tuple[int, int, re.Match[bytes]]]:
        if b'"e"' not in xml and b"'e'" not in xml:  # most sheets have none, and this is fifty times as fast
            return iter(())
        tags = list(_FAULT.finditer(xml))
        places = [_ADDRESS.search(tag[0]) for tag in tags]
        if None in places:  # one of them can only be placed by counting
            cells = self._cells(xml)
            return ((row, column, tag) for row, column, tag in cells if _FAULT.match(tag[0]))
        told = ((place, tag) for place, tag in zip(places, tags, strict=True) if place is not None)
        return ((int(place[2]), column_of(place[1].decode().upper()), tag) for place, tag in told)

    def _guarded(self, read: Callable[[], T]) -> T:
        """Turn whatever goes wrong inside the reader into one sentence; its panics are no Exceptions."""
        try:
            return read()
        except (KeyboardInterrupt, SystemExit):
            raise
        except MemoryError as error:
            raise TooLargeError(self._package.name) from error
        except BaseException as error:
            raise UnreadableError(self._package.name) from error


def _closed_up(xml: bytes) -> ClosedUp | None:
    prefix = prefix_of(xml)
    is_usual_throughout = masked(xml) == xml and is_usual(xml, prefix)
    return closed_up(xml, prefix) if is_usual_throughout else None


def _plain(cells: Sequence[Read]) -> Sequence[Cell]:
    """Return a length of time as the number of days that the cell holds, and name a number that is none."""
    if timedelta in set(map(type, cells)):
        cells = [value / timedelta(days=1) if isinstance(value, timedelta) else value for value in cells]
    if any(type(value) in (float, datetime) and _is_no_number(value) for value in cells):
        cells = ["#NUM!" if _is_no_number(value) else value for value in cells]
    return cast(Sequence[Cell], cells)


def _is_no_number(value: Read) -> bool:
    return value == _NO_DAY or (isinstance(value, float) and not isfinite(value))
