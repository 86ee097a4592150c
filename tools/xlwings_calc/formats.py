"""The number formats of a document: their keys and kinds, and where they stand in a block."""

from __future__ import annotations

import re

from xlwings_calc.program import Uno, load_uno
from xlwings_calc.typed_text import GENERAL

# com.sun.star.util.NumberFormat
DATE, TIME, CURRENCY, TEXT, LOGICAL = 2, 4, 8, 256, 1024


class Formats:
    """The number formats of one document: their keys and kinds, each asked once."""

    def __init__(self, document: Uno) -> None:
        self.formats = document.NumberFormats
        self.locale = load_uno().createUnoStruct("com.sun.star.lang.Locale")
        self.locale.Language, self.locale.Country = "en", "US"
        self.kinds: dict[int, int] = {}
        self.keys: dict[str, int] = {}
        self.texts: dict[int, str] = {}

    def kind(self, key: int) -> int:
        """Return what kind of format a key is."""
        if key not in self.kinds:
            self.kinds[key] = self.formats.getByKey(key).Type
        return self.kinds[key]

    def key(self, text: str) -> int:
        """Return the key of a format as Excel writes it."""
        if text not in self.keys:
            found = self.formats.queryKey(text, self.locale, False)
            self.keys[text] = found if found >= 0 else self.formats.addNew(text, self.locale)
        return self.keys[text]

    def text(self, key: int) -> str:
        """Write a format as Excel does: letters of a date are small, and a truth stands in General."""
        if key not in self.texts:
            told = str(self.formats.getByKey(key).FormatString)
            if self.kind(key) & (DATE | TIME):
                told = re.sub(r'"[^"]*"|\[\$[^]]*\]|AM/PM|[YMDHS]+', _small_letters, told)
            self.texts[key] = GENERAL if told == "BOOLEAN" else told
        return self.texts[key]

    def taken_on(self, key: int, wanted: str | None) -> bool:
        """Return whether a cell of a format takes on the one that comes with its new value."""
        if wanted is None or wanted == GENERAL:
            return wanted is not None and bool(self.kind(key) & LOGICAL)
        # Calc knows a truth by its format only.
        return wanted == "BOOLEAN" or self.text(key) == GENERAL

    def groups(self, cells: Uno) -> list[tuple[int, tuple[Uno, ...]]]:
        """Return which formats a block has, and where."""
        return [(each.NumberFormat, each.RangeAddresses) for each in cells.getUniqueCellFormatRanges()]


def _small_letters(found: re.Match[str]) -> str:
    return found[0] if found[0][0] in '"[A' else found[0].lower()
