"""See that a day shows as a day and a number as a number: where a cell's format does otherwise, it gets a twin that does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from dealer_xl.office.xlsx.cell_xml import CellContent, Formula
from dealer_xl.office.xlsx.markup import attributes, closes_itself, end_tag, masked, start_tag, with_attribute
from dealer_xl.office.xlsx.sheet_rows import UnusualSheetError

_ROOT = re.compile(rb"<([A-Za-z_][\w.\-]*:)?styleSheet[\s>]")
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}  # 46 shows a length of time
_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_SHOWS_TIME = re.compile(r"[ymdhs]", re.IGNORECASE)
_SHOWS_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_HOUSE_DATE = "yyyy-mm-dd"
_GENERAL, _SHORT_DATE, _SHORT_TIME, _DATE_AND_TIME = 0, 14, 20, 22


class CellFormats:
    """The formats of a workbook's cells; twins are added at the end and change no other."""

    def __init__(self, xml: bytes) -> None:
        """Read the part; one of an unusual form adds nothing."""
        self._xml, self._seen = xml, masked(xml)
        root = _ROOT.search(self._seen)
        self._prefix = (root[1] or b"") if root else b""
        self._codes = self._read_codes()
        self._formats, self._end = self._read_formats()
        self._added: list[bytes] = []
        self._twins: dict[tuple[bytes, int], bytes] = {}

    def fit(self, style: bytes, value: CellContent) -> bytes:
        """Return the format under which a value shows as what it is: a day as a day, a number as a number.

        Raises UnusualSheetError when there is no such format and none can be added.
        """
        if value is None or isinstance(value, (str, bool, Formula)):
            return style
        number = self._number_for(style, value)
        if number is None:
            return style
        if (style, number) not in self._twins:
            self._twins[style, number] = str(len(self._formats) + len(self._added)).encode()
            self._added.append(_twin(self._formats[int(style)], number))
        return self._twins[style, number]

    @property
    def xml(self) -> bytes:
        """The part with the twins."""
        tag = start_tag(self._prefix, b"cellXfs").search(self._seen)
        if not self._added or tag is None:
            return self._xml
        counted = with_attribute(tag[0], b"count", str(len(self._formats) + len(self._added)))
        before, between = self._xml[: tag.start()], self._xml[tag.end() : self._end]
        return b"".join([before, counted, between, *self._added, self._xml[self._end :]])

    def _read_codes(self) -> dict[bytes, str]:
        tags = start_tag(self._prefix, b"numFmt").finditer(self._seen)
        told = (attributes(tag[0]) for tag in tags)
        return {each.get(b"numFmtId", b""): each.get(b"formatCode", b"").decode() for each in told}

    def _read_formats(self) -> tuple[Sequence[bytes], int]:
        opening = start_tag(self._prefix, b"cellXfs").search(self._seen)
        closing = end_tag(self._prefix, b"cellXfs").search(self._seen)
        if opening is None or closing is None:
            return (), 0
        formats: list[bytes] = []
        ending = end_tag(self._prefix, b"xf")
        for tag in start_tag(self._prefix, b"xf").finditer(self._seen, opening.end(), closing.start()):
            end = None if closes_itself(tag[0]) else ending.search(self._seen, tag.end())
            formats.append(self._xml[tag.start() : end.end() if end else tag.end()])
        return formats, closing.start()

    def _number_for(self, style: bytes, value: float | date | time) -> int | None:
        """Choose the number format that the cell needs in the place of its own."""
        is_there = int(style) < len(self._formats)
        shows_moment = is_there and self._shows_moment(self._formats[int(style)])
        if not isinstance(value, (date, time)):
            return _GENERAL if shows_moment else None
        if shows_moment:
            return None
        if not is_there:
            raise UnusualSheetError
        if isinstance(value, time):
            return _SHORT_TIME
        if isinstance(value, datetime) and value.time() != time():
            return _DATE_AND_TIME
        house = (number for number, code in self._codes.items() if code.replace("\\", "") == _HOUSE_DATE)
        return int(next(house, str(_SHORT_DATE).encode()))

    def _shows_moment(self, form: bytes) -> bool:
        """Return whether a number shows as a day, a time, or both; as hours beyond a day's it shows as a number."""
        number = attributes(form[: form.index(b">") + 1]).get(b"numFmtId", b"0")
        if number not in self._codes:
            return int(number) in _BUILT_IN_DATES
        code = _NOT_A_CODE.sub("", self._codes[number].replace("&quot;", '"'))
        return _SHOWS_TIME.search(code) is not None and _SHOWS_LENGTH.search(code) is None


def _twin(form: bytes, number: int) -> bytes:
    end = form.index(b">") + 1
    tag = with_attribute(form[:end], b"numFmtId", str(number))
    return with_attribute(tag, b"applyNumberFormat", "1") + form[end:]
