"""Read the cells of a sheet, error values by their names."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from html import unescape
from itertools import pairwise
from math import isfinite
from typing import TypeAlias, TypeVar, cast

from python_calamine import CalamineWorkbook

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import LAST_COLUMN, LAST_ROW, column_of
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.xlsx.contents import Contents
from dealer_xl.office.xlsx.file_errors import DamagedError, TooLargeError, UnreadableError
from dealer_xl.office.xlsx.markup import masked
from dealer_xl.office.xlsx.package import Package
from dealer_xl.office.xlsx.strictness import ENCODING, HEAD, MOST_CELLS, NAME, ROOT, is_readable, is_strict

MOST_PLACES = 12_000_000
"""A sheet whose filled corners span more is a mistake or an attack."""

_FAULT = re.compile(rb"<" + NAME + rb"""c\s(?:[^<>]*?\s)?t\s*=\s*["']e["'][^<>]*>""")
_VALUE = re.compile(
    rb"[^<]*(?:<"
    + NAME
    + rb"f(?:\s[^<>]*)?(?:/>|>[^<]*</[^<>]*>)[^<]*)*<"
    + NAME
    + rb"v(?:\s[^<>]*)?>([^<]*)<"
)
_AT_A_TIME = 1_000_000  # bytes
_UNKNOWN_FAULT = "#VALUE!"
_NO_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - what the reader makes of a day that is no number
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,3})\$?([0-9]{1,7})["']""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_PLACED = re.compile(rb"""\sr\s*=""")
_TAG = re.compile(rb"<(/?)" + NAME + rb"(row|c)(?=[\s/>])[^<>]*>")
# A sheet without any of these has fewer than 40,000 rows and 703 columns.
_FAR = re.compile(rb"""r="(?:[A-Za-z]{1,3}(?:[4-9][0-9]{4}|[0-9]{6,})|[A-Za-z]{3,}[0-9])""")

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
        self._workbook = self._guarded(lambda: open_cells(package.content))

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
        if _told_cells(xml) > MOST_CELLS or self._reach(xml) > MOST_PLACES:
            raise TooLargeError(self._package.name)
        found = self._guarded(lambda: self._workbook.get_sheet_by_name(sheet))
        start = found.start
        if start is None:
            return Grid(1, 1, ())
        read = self._guarded(lambda: found.to_python(skip_empty_area=True))
        grid = Grid(start[0] + 1, start[1] + 1, [_plain(cells) for cells in read])
        return self._with_days_below_zero(self._with_faults(grid, xml), xml)

    def _reach(self, xml: bytes) -> int:
        """Return how many cells the sheet's filled corners span; blank cells that only have a format cost nothing."""
        root = ROOT.search(xml)
        prefix = (root[1] or b"") if root else b""
        if _is_usual(xml, prefix):
            if _has_twins(xml, prefix):
                raise DamagedError(self._package.name)
            return _corners(xml, prefix) if _FAR.search(xml) else 0
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
            name = unescape(told[1].decode()) if told else ""
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


def _plain(cells: Sequence[Read]) -> Sequence[Cell]:
    """Return a length of time as the number of days that the cell holds, and name a number that is none."""
    if timedelta in set(map(type, cells)):
        cells = [value / timedelta(days=1) if isinstance(value, timedelta) else value for value in cells]
    if any(type(value) in (float, datetime) and _is_no_number(value) for value in cells):
        cells = ["#NUM!" if _is_no_number(value) else value for value in cells]
    return cast(Sequence[Cell], cells)


def _is_no_number(value: Read) -> bool:
    return value == _NO_DAY or (isinstance(value, float) and not isfinite(value))


def _told_cells(xml: bytes) -> int:
    """Count the start tags of cells, whatever the prefix."""
    return sum(xml.count(start) for start in (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/"))


def _is_usual(xml: bytes, prefix: bytes) -> bool:
    """Return whether rows stand in order, and each row and cell begins with its address."""
    numbers = list(map(int, _row_number(prefix).findall(xml)))
    is_in_order = all(before < after for before, after in pairwise(numbers))
    return is_in_order and not _without_address(prefix).search(xml)


def _has_twins(xml: bytes, prefix: bytes) -> bool:
    """Return whether a usual sheet has two cells of one address: readers do not agree which it is."""
    for start, end in _a_few_rows(xml, prefix):
        places = _place(prefix).findall(xml, start, end)
        if len(set(places)) < len(places):
            return True
    return False


def _a_few_rows(xml: bytes, prefix: bytes) -> Iterator[tuple[int, int]]:
    """Cut a usual sheet into pieces, so that no list of all its cells is made."""
    start = 0
    while start >= 0:
        end = xml.find(b"<" + prefix + b"row ", start + _AT_A_TIME)
        yield start, end if end >= 0 else len(xml)
        start = end


def _corners(xml: bytes, prefix: bytes) -> int:
    """Return how many cells the filled corners of a usual sheet span."""
    columns, rows = set[bytes](), set[int]()
    for start, end in _a_few_rows(xml, prefix):
        found = _filled(prefix).findall(xml, start, end)
        columns.update(letters for letters, _ in found)
        numbers = set(map(int, {number for _, number in found}))  # a cell may claim to be in another row
        rows |= {min(numbers), max(numbers)} if numbers else set()
    if not rows:
        return 0
    places = [column_of(letters.decode()) for letters in columns]
    if max(rows) > LAST_ROW or max(places) > LAST_COLUMN:
        return LAST_ROW * LAST_COLUMN
    return (max(rows) - min(rows) + 1) * (max(places) - min(places) + 1)


@lru_cache(maxsize=16)
def _place(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + rb"""c r="([^"]+)\"""")


@lru_cache(maxsize=16)
def _filled(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + rb"""c r="([A-Z]+)([0-9]+)\"(?:[^<>]*[^<>/])?>""")


@lru_cache(maxsize=16)
def _row_number(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + rb"""row r="([0-9]+)\"""")


@lru_cache(maxsize=16)
def _without_address(prefix: bytes) -> re.Pattern[bytes]:
    """Build the pattern of a row or cell that does not begin with its address, as Excel's do: it may be anywhere."""
    return re.compile(rb"<" + re.escape(prefix) + rb"""(?:row|c)(?:[/>]|\s(?!r="))""")
