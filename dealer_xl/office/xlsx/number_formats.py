"""The number formats of a workbook's styles: what each shows, and the one that a new value needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dealer_xl.office.xlsx.markup import attributes, end_tag, quoted, start_tag, with_attribute

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}  # 46 shows a length of time
_BUILT_IN_TEXT = 49
_LAST_WITH_MEANING = 81
LAST_BUILT_IN = 163
"""Numbers up to it are Excel's own."""
_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_SHOWS_TIME = re.compile(r"[ymdhs]", re.IGNORECASE)
_SHOWS_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_GENERAL_CODE = re.compile(r"general", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """A number format that a value needs: its own number in Excel, and its code where that number means something else."""

    number: int
    code: str


GENERAL = Wanted(0, "General")
SHORT_DATE = Wanted(14, "yyyy-mm-dd")
SHORT_TIME = Wanted(20, "h:mm")
DATE_AND_TIME = Wanted(22, "yyyy-mm-dd h:mm")


class NumberFormats:
    """The number formats that a styles part defines; some are added when none fits."""

    def __init__(self, prefix: bytes, seen: bytes) -> None:
        """Read the definitions; `seen` is the part without its comments."""
        self._prefix = prefix
        self._list = start_tag(prefix, b"numFmts").search(
            seen
        )  # rules for colours define formats of their own elsewhere
        self._end = end_tag(prefix, b"numFmts").search(seen, self._list.end()) if self._list else None
        between = (self._list.end(), self._end.start()) if self._list and self._end else (0, 0)
        tags = [attributes(tag[0]) for tag in start_tag(prefix, b"numFmt").finditer(seen, *between)]
        self._defined = len(tags)
        self._codes: dict[int, str] = {
            int(each[b"numFmtId"]): each.get(b"formatCode", b"").decode()
            for each in tags
            if each.get(b"numFmtId", b"").isdigit()
        }
        self._added: dict[int, str] = {}

    @property
    def codes(self) -> Mapping[int, str]:
        """The codes by number, those added among them."""
        return self._codes | self._added

    def shows_moment(self, number: int) -> bool:
        """Return whether a number shows as a day, a time, or both, in every program.

        As hours beyond a day's it shows as a number. A file may define Excel's own numbers anew, which some
        programs heed and others do not.
        """
        return all(self._views(number))

    def may_show_moment(self, number: int) -> bool:
        """Return whether a number shows so in some program."""
        return any(self._views(number))

    def _views(self, number: int) -> list[bool]:
        views = [number in _BUILT_IN_DATES] if number <= _LAST_WITH_MEANING else []
        if number in self.codes:
            code = _NOT_A_CODE.sub("", _GENERAL_CODE.sub("", self.codes[number]))
            views.append(_SHOWS_TIME.search(code) is not None and _SHOWS_LENGTH.search(code) is None)
        return views or [False]

    def is_text(self, number: int) -> bool:
        """Return whether whatever is entered stays a text."""
        return self.codes.get(number, "@" if number == _BUILT_IN_TEXT else "") == "@"

    def number_of(self, wanted: Wanted) -> int:
        """Return the number of a format: of the shop's own with that code, else Excel's, else of one added."""
        own = (number for number, code in self.codes.items() if code.replace("\\", "") == wanted.code)
        candidates = [*own, wanted.number]
        number = next((each for each in candidates if self._serves(each, wanted)), None)
        if number is None:
            number = max(LAST_BUILT_IN, *self.codes) + 1
            self._added[number] = wanted.code
        return number

    def _serves(self, number: int, wanted: Wanted) -> bool:
        """Return whether every program shows under a number what is wanted."""
        if wanted == GENERAL:
            return number > LAST_BUILT_IN or number not in self._codes
        return self.shows_moment(number)

    def change(self) -> list[tuple[int, int, bytes]]:
        """Return what to exchange in the part for the formats added: they are only where others redefine Excel's."""
        if not self._added or self._list is None or self._end is None:
            return []
        counted = with_attribute(self._list[0], b"count", str(self._defined + len(self._added)))
        added = b"".join(map(self._definition, self._added))
        return [(*self._list.span(), counted), (self._end.start(), self._end.start(), added)]

    def _definition(self, number: int) -> bytes:
        code = quoted(self._added[number]).encode()
        return b"<" + self._prefix + b'numFmt numFmtId="%d" formatCode="%b"/>' % (number, code)
