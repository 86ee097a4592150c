"""How wide text is in a cell, in widths of a digit, by which Excel measures columns."""

from __future__ import annotations

from unicodedata import east_asian_width


def width_in_digits(text: str) -> int:
    """Return how many digits are as wide as a text: a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a column."""
    return max(1, -int(-width_in_digits(text) // width))
