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

from lxml import etree
from python_calamine import CalamineWorkbook

from dealer_xl.office.sheets.addresses import LAST_COLUMN, LAST_ROW, column_of
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.workbook import Cell
from dealer_xl.office.xlsx.contents import MAIN_NAMESPACES, Contents
from dealer_xl.office.xlsx.markup import masked, start_tag
from dealer_xl.office.xlsx.package import Package
from dealer_xl.office.xlsx.refusals import DamagedError, TooLargeError, UnreadableError

MOST_PLACES = 12_000_000
"""A sheet whose filled corners span more is a mistake or an attack."""
MOST_CELLS = 4_000_000
"""As many as 150,000 rows of 26 columns have; with more, memory would go beyond one GiB."""

_NAME = rb"(?:[\w.\-]+:)?"
_FAULT = re.compile(rb"<" + _NAME + rb"""c\s(?:[^<>]*?\s)?t\s*=\s*["']e["'][^<>]*>""")
_ROOT = re.compile(rb"<([\w.\-]+:)?worksheet(?=[\s/>])[^<>]*>")
_ROW = re.compile(rb"<" + _NAME + rb"row(?=[\s/>])")
_DATA = re.compile(rb"<" + _NAME + rb"sheetData(?=[\s/>])")
# A text stands first in its item, run or spoken form but for the run's format; a run, after the item's text or a run;
# an item, after another.
_STRAY_TEXT = re.compile(
    rb"<(?!@(?:(?:si|is|r|rPh)[\s>]|rPr\s*/>)|/@rPr\s*>)[^<>]*>[^<]*<@t[\s/>]"
    rb"|<(?!@(?:(?:si|is)[\s>]|t\s*/>)|/@[tr]\s*>)[^<>]*>[^<]*<@r[\s/>]"
    rb"|</@r\s*>[^<]*</@r\s*>"
    rb"|<(?!@(?:sst[\s>]|si\s*/>)|/@si\s*>)[^<>]*>[^<]*<@si[\s/>]".replace(b"@", _NAME)
)
_ENCODING = re.compile(
    rb"""<\?xml[^<>]*\sencoding\s*=\s*["'](?!utf-?(?:8|16)|(?:us-)?ascii)""", re.IGNORECASE
)
_COUNTED = re.compile(rb"<" + _NAME + rb"sst\s[^<>]*>")
_COUNT = re.compile(rb"""\suniqueCount\s*=\s*["']([^"']*)["']""")
_BROKEN_UP = re.compile(rb"<" + _NAME + rb"[vt](?:\s[^<>]*)?>[^<]*(?:<!--|<\?)")
_VALUE = re.compile(
    rb"[^<]*(?:<"
    + _NAME
    + rb"f(?:\s[^<>]*)?(?:/>|>[^<]*</[^<>]*>)[^<]*)*<"
    + _NAME
    + rb"v(?:\s[^<>]*)?>([^<]*)<"
)
_AT_A_TIME = 1_000_000  # bytes
_HEAD = 10_000  # bytes in which a part says what it is
_UNKNOWN_FAULT = "#VALUE!"
_NO_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - what the reader makes of a day that is no number
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,3})\$?([0-9]{1,7})["']""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_PLACED = re.compile(rb"""\sr\s*=""")
_TAG = re.compile(rb"<(/?)" + _NAME + rb"(row|c)(?=[\s/>])[^<>]*>")
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
        if contents.texts is not None and not _is_readable(package.read(contents.texts)):
            raise UnreadableError(package.name)
        self._workbook = self._guarded(lambda: open_cells(package.content))

    def _finds(self, part: str | None, name: str) -> bool:
        """Tell whether the reader takes the part that the package names: it goes by a name beside the workbook's part."""
        place = posixpath.join(posixpath.dirname(self._contents.part), name)
        return (part or "").casefold() == (place.casefold() if self._package.has(place) else "")

    def grid(self, sheet: str) -> Grid:
        """Read a sheet.

        Raises UnreadableError, DamagedError, TooLargeError.
        """
        part = self._contents.sheet(sheet)
        content = self._package.read(part.part) if part is not None else b""
        xml = masked(content)
        if b"<!DOCTYPE" in xml or _ENCODING.search(content, 0, _HEAD):
            raise UnreadableError(self._package.name)
        if content and not _is_sound(content):
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
        """Tell how many cells the sheet's filled corners span; blank cells that only have a format cost nothing."""
        root = _ROOT.search(xml)
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
        """Give every cell's row, column and start tag; one without an address stands behind the one before."""
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
        """Give a number below 0 in a day's format as it is: the reader makes a time of day of it, Excel a row of #."""
        if b"v>-" not in xml or not any(time in set(map(type, cells)) for cells in grid.rows):
            return grid
        for row, column, tag in self._cells(xml):
            told = _VALUE.match(xml, tag.end())
            if told and told[1].startswith(b"-") and isinstance(grid.cell(row, column), time):
                cast(list[Cell], grid.rows[row - grid.top])[column - grid.left] = float(told[1])
        return grid

    def _faults(self, xml: bytes) -> Iterator[tuple[int, int, re.Match[bytes]]]:
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
    """Give a length of time as the number of days that the cell holds, and name a number that is none."""
    if timedelta in set(map(type, cells)):
        cells = [value / timedelta(days=1) if isinstance(value, timedelta) else value for value in cells]
    if any(type(value) in (float, datetime) and _is_no_number(value) for value in cells):
        cells = ["#NUM!" if _is_no_number(value) else value for value in cells]
    return cast(Sequence[Cell], cells)


def _is_no_number(value: Read) -> bool:
    return value == _NO_DAY or (isinstance(value, float) and not isfinite(value))


def _is_sound(xml: bytes) -> bool:
    """Tell whether a part is a worksheet with one value a cell: readers disagree about others."""
    root = _ROOT.search(masked(xml))
    is_sheet = root is not None and any(name in root[0] for name in MAIN_NAMESPACES)
    data = [found.start() for found in _DATA.finditer(xml)]
    is_sheet = is_sheet and len(data) <= 1 and not _ROW.search(xml, 0, *data)
    prefix = (root[1] or b"") if root else b""
    data_end = max(xml.rfind(b"sheetData>"), *data, 0)
    is_sheet = is_sheet and not start_tag(prefix, b"row").search(xml, data_end)
    is_sheet = is_sheet and not any(odd.search(xml) for odd in _odd(prefix))
    is_sheet = is_sheet and not (_reference(prefix).search(xml) and _referring_number(prefix).search(xml))
    is_sheet = is_sheet and (_texts_are_alone(xml, prefix) or not _STRAY_TEXT.search(masked(xml)))
    return is_sheet and not _is_broken_up(xml) and _is_xml(xml)


class _Nowhere:
    """Where the parser sends what it finds when only its judgement is asked for: no tree is built."""

    def close(self) -> None:
        """End, as every target of a parser can."""


def _is_xml(part: bytes) -> bool:
    """Tell whether a part is XML at all: the reader of cells does not ask, and what it then makes of it nobody can tell."""
    nowhere = cast("etree.ParserTarget", _Nowhere())  # the stubs ask for more than lxml does
    parser = etree.XMLParser(target=nowhere, resolve_entities=False, no_network=True)
    try:
        etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        return False
    return not parser.error_log.filter_from_errors()  # such as a prefix that stands for nothing


def _texts_are_alone(xml: bytes, prefix: bytes) -> bool:
    """Tell quickly whether each text is the whole of an inline one; False may only mean that there are formatted runs."""
    start = b"<" + prefix + b"t"
    return xml.count(b"<" + prefix + b"is>" + start) == xml.count(start + b">") + xml.count(start + b" ")


def _told_cells(xml: bytes) -> int:
    """Count the start tags of cells, whatever the prefix."""
    return sum(xml.count(start) for start in (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/"))


def _is_readable(xml: bytes) -> bool:
    """Tell whether the shared texts are as many as may be: the reader makes room for the number told, and dies of it."""
    lists = _COUNTED.findall(xml)
    told = _COUNT.findall(b"".join(lists))
    is_list = len(lists) == 1 and any(name in lists[0] for name in MAIN_NAMESPACES)
    are_possible = is_list and all(count.isdigit() and int(count) <= MOST_CELLS for count in told)
    seen = masked(xml)
    are_possible = are_possible and b"<!DOCTYPE" not in seen and not _STRAY_TEXT.search(seen) and _is_xml(xml)
    return are_possible and not _is_broken_up(xml) and not _ENCODING.search(xml, 0, _HEAD)


def _is_broken_up(xml: bytes) -> bool:
    """Tell whether a comment stands inside a value, of which the reader would take the part before it only."""
    return (b"<!--" in xml or xml.count(b"<?") > 1) and _BROKEN_UP.search(xml) is not None


def _is_usual(xml: bytes, prefix: bytes) -> bool:
    """Tell whether rows stand in order, and each row and cell begins with its address."""
    numbers = list(map(int, _row_number(prefix).findall(xml)))
    is_in_order = all(before < after for before, after in pairwise(numbers))
    return is_in_order and not _without_address(prefix).search(xml)


def _has_twins(xml: bytes, prefix: bytes) -> bool:
    """Tell whether a usual sheet has two cells of one address: readers do not agree which it is."""
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
    """Tell how many cells the filled corners of a usual sheet span."""
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
def _odd(prefix: bytes) -> tuple[re.Pattern[bytes], ...]:
    """Build the patterns of what readers make different things of."""
    name = re.escape(prefix)
    patterns = (
        rb"""t="s"[^<>]*>[^<]*(?:<(?!/?@[vc][\s>])[^<]*)*<@v>(?!\s*[0-9]+\s*</)""",  # a shared text is told by its number
        rb"</@row>\s*<@c[\s>]",  # a cell in no row, or inside a text
        rb"<@is>[^<]*(?:<(?!/@is>|@(?:c|row|is)[\s>])[^<]*)*<@(?:c|row|is)[\s>]",
        rb"<@v[\s/>][^<]*<(?!/@[vc][\s>])",  # an element or CDATA inside a value, or two values
        rb"</@v>(?!</@c>)[^<]*<(?!/@c[\s>]|@(?:is|extLst)[\s/>])",
        rb"</@is>(?!</@c>)[^<]*<(?!/@c[\s>]|@extLst[\s/>])",
    )
    return tuple(re.compile(pattern.replace(b"@", name)) for pattern in patterns)


@lru_cache(maxsize=16)
def _reference(prefix: bytes) -> re.Pattern[bytes]:
    """Build the pattern of a value with a character written as a reference, which a text may have."""
    return re.compile(rb"<" + re.escape(prefix) + rb"v>[^<&]*&")


@lru_cache(maxsize=16)
def _referring_number(prefix: bytes) -> re.Pattern[bytes]:
    """Build the pattern of a number with such a character: the reader would leave it out, and `4&#50;` be a 4."""
    pattern = rb"""<@c(?=[\s>])(?![^<>]*\st\s*=\s*["'](?:str|e)["'])[^<>]*>"""
    pattern += rb"[^<]*(?:<@f(?:\s[^<>]*)?(?:/>|>[^<]*</[^<>]*>)[^<]*)*<@v>[^<&]*&"
    return re.compile(pattern.replace(b"@", re.escape(prefix)))


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
