"""Check that a value shows, and stays, what it is: where a cell's format does otherwise, it gets a twin that does.

A day shows as a day and a number as a number; a text that begins like a formula stays a text even when staff
enter the cell anew (F2, Enter), which is what Excel's `quotePrefix` says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from dealer_xl.office.sheets.formula_like import looks_like_formula
from dealer_xl.office.xlsx.alternates import UnclearStylesError, plain_styles
from dealer_xl.office.xlsx.cell_xml import CellContent, Formula
from dealer_xl.office.xlsx.markup import (
    attributes,
    closes_itself,
    end_tag,
    masked,
    replaced,
    start_tag,
    with_attribute,
)
from dealer_xl.office.xlsx.number_formats import (
    DATE_AND_TIME,
    GENERAL,
    SHORT_DATE,
    SHORT_TIME,
    NumberFormats,
    Wanted,
)
from dealer_xl.office.xlsx.sheet_rows import UnusualSheetError

_ROOT = re.compile(rb"<([A-Za-z_][\w.\-]*:)?styleSheet[\s>]")
_MARK = re.compile(rb"""\squotePrefix\s*=\s*(?:"[^"]*"|'[^']*')""")


class CellFormats:
    """The formats of a workbook's cells; twins are added at the end and change no other."""

    def __init__(self, xml: bytes) -> None:
        """Read the part; one of an unusual form adds nothing.

        Raises UnusualSheetError where it cannot be told which formats count.
        """
        self._xml, self._seen = xml, masked(xml)
        root = _ROOT.search(self._seen)
        self._prefix = (root[1] or b"") if root else b""
        self._numbers = NumberFormats(self._prefix, self._seen)
        self._formats, self._end = self._read_formats()
        self._added: list[bytes] = []
        self._known: dict[bytes, tuple[int, bool]] = {}
        self._twins: dict[tuple[bytes, Wanted | None, bool], bytes] = {}

    def fit(self, style: bytes, value: CellContent) -> bytes:
        """Return the format under which a value shows as what it is and stays it.

        Raises UnusualSheetError when there is no such format and none can be added.
        """
        if value is None:
            return style
        if int(style) >= len(self._formats):
            if isinstance(value, (date, time)):
                raise UnusualSheetError
            return style
        number, is_marked = self._traits(style)
        wanted, mark = self._wanted(number, value), self._mark(number, value, is_marked=is_marked)
        if wanted is None and mark == is_marked:
            return style
        key = (style, wanted, mark)
        if key not in self._twins:
            self._twins[key] = self._index_of(self._twin(self._formats[int(style)], wanted, mark=mark))
        return self._twins[key]

    @property
    def is_grown(self) -> bool:
        """Whether there are any twins."""
        return bool(self._added)

    @property
    def xml(self) -> bytes:
        """The part with the twins."""
        tag = start_tag(self._prefix, b"cellXfs").search(self._seen)
        if not self._added or tag is None:
            return self._xml
        counted = with_attribute(tag[0], b"count", str(len(self._formats) + len(self._added)))
        twins = [(*tag.span(), counted), (self._end, self._end, b"".join(self._added))]
        return replaced(self._xml, sorted([*twins, *self._numbers.change()]))

    def _read_formats(self) -> tuple[Sequence[bytes], int]:
        opening = start_tag(self._prefix, b"cellXfs").search(self._seen)
        closing = end_tag(self._prefix, b"cellXfs").search(self._seen)
        if opening is None or closing is None:
            return (), 0
        try:
            xml = plain_styles(self._xml[opening.end() : closing.start()])
        except UnclearStylesError as error:
            raise UnusualSheetError from error
        seen = masked(xml)
        formats: list[bytes] = []
        ending = end_tag(self._prefix, b"xf")
        for tag in start_tag(self._prefix, b"xf").finditer(seen):
            end = None if closes_itself(tag[0]) else ending.search(seen, tag.end())
            formats.append(xml[tag.start() : end.end() if end else tag.end()])
        return formats, closing.start()

    def _traits(self, style: bytes) -> tuple[int, bool]:
        """Return a format's number format, and whether it marks what is entered as a text; each is read once."""
        if style not in self._known:
            told = attributes(_tag(self._formats[int(style)]))
            is_marked = told.get(b"quotePrefix") in (b"1", b"true")
            self._known[style] = (int(told.get(b"numFmtId", b"0")), is_marked)
        return self._known[style]

    def _wanted(self, number: int, value: CellContent) -> Wanted | None:
        """Choose the number format that the cell needs in the place of its own."""
        if value is None or isinstance(value, (str, bool, Formula)):
            return None
        if not isinstance(value, (date, time)):
            return GENERAL if self._numbers.may_show_moment(number) else None
        if self._numbers.shows_moment(number):
            return None
        if isinstance(value, time):
            return SHORT_TIME
        return DATE_AND_TIME if isinstance(value, datetime) and value.time() != time() else SHORT_DATE

    def _mark(self, number: int, value: CellContent, *, is_marked: bool) -> bool:
        """Return whether the cell has to be marked as a text; a number entered anew under the mark would be one, too."""
        if not isinstance(value, str):
            return False
        return is_marked or (looks_like_formula(value) and not self._numbers.is_text(number))

    def _twin(self, form: bytes, wanted: Wanted | None, *, mark: bool) -> bytes:
        tag = _tag(form)
        inside = form[len(tag) :]
        if wanted is not None:
            tag = with_attribute(tag, b"numFmtId", str(self._numbers.number_of(wanted)))
            tag = with_attribute(tag, b"applyNumberFormat", "1")
        tag = with_attribute(tag, b"quotePrefix", "1") if mark else _MARK.sub(b"", tag)
        return tag + inside

    def _index_of(self, twin: bytes) -> bytes:
        """Return the number of a format: of one that is there and says the same, else of one added."""
        same = _sameness(twin)
        for index, form in enumerate([*self._formats, *self._added]):
            if _sameness(form) == same:
                return str(index).encode()
        self._added.append(twin)
        return str(len(self._formats) + len(self._added) - 1).encode()


def _tag(form: bytes) -> bytes:
    return form[: form.index(b">") + 1]


def _sameness(form: bytes) -> tuple[frozenset[tuple[bytes, bytes]], bytes]:
    """Return what makes two formats the same: their attributes in any order, and what stands inside."""
    tag = _tag(form)
    return frozenset(attributes(tag).items()), form[len(tag) :]
