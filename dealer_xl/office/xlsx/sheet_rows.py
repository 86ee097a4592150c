"""Find rows and cells in the bytes of a sheet's part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dealer_xl.office.sheets.addresses import LAST_COLUMN, column_of
from dealer_xl.office.xlsx.markup import attribute, attributes, closes_itself, end_tag, masked, start_tag

_ROOT = re.compile(rb"<([A-Za-z_][\w.\-]*:)?worksheet[\s>]")
_ENCODING = re.compile(rb"""^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9_\-]+)["']""")
_ADDRESS = re.compile(rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_EXCELS_PLACES = re.compile(rb"""<(?:row|c) r="([A-Z]*)([0-9]+)\"""")
_CELL_ROW = re.compile(rb"""<(?:[\w.\-]+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']\$?[A-Za-z]+\$?([0-9]+)["']""")
_READABLE = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


class UnusualSheetError(Exception):
    """The part is written in a way that cannot be spliced without a risk."""


@dataclass(frozen=True)
class CellSpan:
    """One cell of a row: where its bytes are, counted from the start of the part."""

    column: int
    start: int
    inner: int  # where its start tag ends
    end: int
    tag: bytes

    @property
    def is_filled(self) -> bool:
        """Return whether the cell has any content."""
        return self.inner != self.end

    @property
    def style(self) -> bytes:
        """The number of its format; 0 when it has none of its own."""
        return attributes(self.tag).get(b"s", b"0")


class SheetRows:
    """A sheet's part with the places of its rows."""

    def __init__(self, xml: bytes) -> None:
        """Find the rows.

        Raises UnusualSheetError.
        """
        self.xml = xml
        self.seen = masked(_in_utf8(xml))
        root = _ROOT.search(self.seen)
        if root is None:
            raise UnusualSheetError
        self.prefix = root[1] or b""
        self._find_data(root.end())
        self.numbers, self._starts = self._find_rows()
        self._see_that_cells_are_in_their_rows()

    def _find_data(self, after: int) -> None:
        tag = start_tag(self.prefix, b"sheetData").search(self.seen, after)
        if tag is None:
            raise UnusualSheetError
        self.data_tag, self.data_start = tag.start(), tag.end()
        self.data_end = self.tail_start = self.data_start
        self.data_closing = b"</" + self.prefix + b"sheetData>"
        if not closes_itself(tag[0]):
            self.data_end = self.seen.rfind(b"</" + self.prefix + b"sheetData")
            closing = end_tag(self.prefix, b"sheetData").match(self.seen, max(self.data_end, 0))
            if closing is None or self.data_end < self.data_start:
                raise UnusualSheetError
            self.data_closing, self.tail_start = closing[0], closing.end()

    def _find_rows(self) -> tuple[list[int], list[int]]:
        numbers: list[int] = []
        starts: list[int] = []
        number = 0
        own_number = attribute(b"r")
        for tag in start_tag(self.prefix, b"row").finditer(self.seen, self.data_start, self.data_end):
            told = own_number.search(tag[0])
            following = int(told[2][1:-1]) if told else number + 1
            if following <= number:
                raise UnusualSheetError
            number = following
            numbers.append(number)
            starts.append(tag.start())
        return numbers, starts

    def _see_that_cells_are_in_their_rows(self) -> None:
        """Look for a cell that claims to be in another row: readers would find it where no writer looks."""
        if not self._is_in_order_as_excel_writes_it():
            ends = [*self._starts[1:], self.data_end]
            for known, start, end in zip(self.numbers, self._starts, ends, strict=True):
                if any(int(told) != known for told in _CELL_ROW.findall(self.seen, start, end)):
                    raise UnusualSheetError

    def _is_in_order_as_excel_writes_it(self) -> bool:
        """Look quickly; False may only mean that it is written in another manner."""
        found = _EXCELS_PLACES.findall(self.seen, self.data_start, self.data_end)
        tags = (
            self.seen.count(name, self.data_start, self.data_end)
            for name in (b"<row", b"<c ", b"<c>", b"<c/")
        )
        if self.prefix or len(found) != sum(tags):
            return False
        row = b""
        for letters, number in found:
            if not letters:
                row = number
            elif number != row:
                return False
        return True

    def place(self, number: int) -> tuple[int, bool]:
        """Return where a row starts, or would have to start, and whether it is there."""
        index = bisect_left(self.numbers, number)
        if index == len(self.numbers):
            return self.data_end, False
        return self._starts[index], self.numbers[index] == number

    def row_tag(self, start: int) -> bytes:
        """Return the start tag of the row that begins there."""
        tag = start_tag(self.prefix, b"row").match(self.seen, start)
        if tag is None:
            raise UnusualSheetError
        return self.xml[start : tag.end()]

    def row_ends(self, start: int) -> tuple[int, int]:
        """Return where the content of the row that begins there ends, and where the row itself does."""
        inner = start + len(self.row_tag(start))
        if closes_itself(self.row_tag(start)):
            return inner, inner
        index = bisect_left(self._starts, start) + 1
        limit = self._starts[index] if index < len(self._starts) else self.data_end
        content_end = self.seen.rfind(b"</" + self.prefix + b"row", inner, limit)
        closing = end_tag(self.prefix, b"row").match(self.seen, max(content_end, 0))
        if closing is None:
            raise UnusualSheetError
        return content_end, closing.end()

    def cells(self, start: int) -> Iterator[CellSpan]:
        """Yield the cells of the row that begins there."""
        position = start + len(self.row_tag(start))
        content_end, _ = self.row_ends(start)
        column = 0
        opening, closing = start_tag(self.prefix, b"c"), end_tag(self.prefix, b"c")
        while tag := opening.search(self.seen, position, content_end):
            before, column = column, _column(tag[0], column)
            if column <= before:  # a cell put between others would be there twice
                raise UnusualSheetError
            position = tag.end()
            if not closes_itself(tag[0]):
                closed = closing.search(self.seen, position, content_end)
                if closed is None:
                    raise UnusualSheetError
                position = closed.end()
            yield CellSpan(column, tag.start(), tag.end(), position, tag[0])

    def column_styles(self) -> Mapping[int, bytes]:
        """Return which columns have a format for cells that are not there yet."""
        styles: dict[int, bytes] = {}
        for tag in start_tag(self.prefix, b"col").finditer(self.seen, 0, self.data_tag):
            told = attributes(tag[0])
            if told.get(b"style", b"0") != b"0":
                columns = range(_number(told, b"min"), min(_number(told, b"max"), LAST_COLUMN) + 1)
                styles |= dict.fromkeys(columns, told[b"style"])
        return styles


def _number(told: Mapping[bytes, bytes], name: bytes) -> int:
    if not told.get(name, b"").isdigit():
        raise UnusualSheetError
    return int(told[name])


def _column(tag: bytes, before: int) -> int:
    told = attribute(b"r").search(tag)
    if told is None:
        return before + 1
    found = _ADDRESS.fullmatch(told[2][1:-1])
    if found is None:
        raise UnusualSheetError
    return column_of(found[1].decode().upper())


def _in_utf8(xml: bytes) -> bytes:
    told = _ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf"))
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or (told and told[1].lower() not in _READABLE):
        raise UnusualSheetError
    return xml
