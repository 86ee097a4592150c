"""Texts that Excel takes for a formula when a cell is entered anew, or when a .csv is opened."""

from __future__ import annotations

import re
import unicodedata

# Blanks, tabs and line breaks before the sign are passed over; full-width signs count as the others do.
_FORMULA_LIKE = re.compile(r"[\s\x00-\x20\u200b\ufeff]*[=+\-@]")


def looks_like_formula(text: str) -> bool:
    """Return whether Excel would take a text for a formula: it begins with =, +, - or @."""
    return _FORMULA_LIKE.match(unicodedata.normalize("NFKC", text[:64])) is not None


def guarded_for_csv(text: str) -> str:
    """Return a text for a cell of a .csv: one that looks like a formula is led by an apostrophe."""
    return f"'{text}" if looks_like_formula(text) else text
