"""Read the cells of a sheet, error values by their names."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeAlias, TypeVar, cast

from python_calamine import CalamineWorkbook

from dealer_xl.office.sheets.addresses import column_of
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.workbook import Cell
from dealer_xl.office.xlsx.contents import Contents
from dealer_xl.office.xlsx.markup import masked
from dealer_xl.office.xlsx.package import Package
from dealer_xl.office.xlsx.refusals import TooLargeError, UnreadableError

MOST_CELLS = 32_000_000
"""A full register of a million rows; a sheet that reaches further is a mistake or an attack."""

_FAULT = re.compile(rb"""\st\s*=\s*["']e["']""")
_FAULT_TAG = re.compile(rb"""<(?:[\w.\-]+:)?c\s[^>]*>""")
_VALUE = re.compile(rb"\s*(?:<(?:[\w.\-]+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</[^>]*>)\s*)?<(?:[\w.\-]+:)?v>([^<]*)<")
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
# Blank cells that only have a format may reach anywhere and cost nothing.
_FILLED = re.compile(
    rb"""<(?:[\w.\-]+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>"""
)
# A sheet without any of these has fewer than 40,000 rows and 703 columns; other ways to write `r="` are rare.
_FAR = re.compile(rb"""r="(?:[A-Z]{1,3}(?:[4-9][0-9]{4}|[0-9]{6,7})|[A-Z]{3}[0-9])""")
_OTHER_WAYS = (b"r='", b"r =", b"r= ")

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
        self._workbook = self._guarded(lambda: open_cells(package.content))

    def grid(self, sheet: str) -> Grid:
        """Read a sheet.

        Raises UnreadableError, TooLargeError.
        """
        part = self._contents.sheet(sheet)
        xml = masked(self._package.read(part.part)) if part is not None else b""
        if _reach(xml) > MOST_CELLS:
            raise TooLargeError(self._package.name)
        found = self._guarded(lambda: self._workbook.get_sheet_by_name(sheet))
        start = found.start
        if start is None:
            return Grid(1, 1, ())
        read = self._guarded(lambda: found.to_python(skip_empty_area=True))
        grid = Grid(start[0] + 1, start[1] + 1, [_plain(cells) for cells in read])
        return _with_faults(grid, xml)

    def _guarded(self, read: Callable[[], T]) -> T:
        """Turn whatever goes wrong inside the reader into one sentence; its panics are no Exceptions."""
        try:
            return read()
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:
            raise UnreadableError(self._package.name) from error


def _plain(cells: Sequence[Read]) -> Sequence[Cell]:
    """Give a length of time as the number of days that the cell holds."""
    if timedelta not in set(map(type, cells)):
        return cast(Sequence[Cell], cells)
    return [value / timedelta(days=1) if isinstance(value, timedelta) else value for value in cells]


def _reach(xml: bytes) -> int:
    """Tell how many cells the sheet's filled corners span."""
    if not _FAR.search(xml) and not any(way in xml for way in _OTHER_WAYS):
        return 0
    places = [(int(found[2]), column_of(found[1].decode())) for found in _FILLED.finditer(xml)]
    if not places:
        return 0
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _with_faults(grid: Grid, xml: bytes) -> Grid:
    """Name the error values, which come as blanks."""
    if b't="e"' not in xml and b"'e'" not in xml:
        return grid
    for found in _FAULT.finditer(xml):
        tag = _FAULT_TAG.match(xml, xml.rfind(b"<", 0, found.start()))
        if tag is None or tag.end() < found.end():
            continue  # the words stand in a text
        place, value = _ADDRESS.search(tag[0]), _VALUE.match(xml, tag.end())
        if place and value:
            row, column = int(place[2]) - grid.top, column_of(place[1].decode()) - grid.left
            if 0 <= row < len(grid.rows) and 0 <= column < len(grid.rows[row]):
                cast(list[Cell], grid.rows[row])[column] = value[1].decode()
    return grid
