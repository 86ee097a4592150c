"""Addresses of cells and areas: `C4`, `A3:Z900`, and lists of areas as a rule's reach is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Self

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


@lru_cache(maxsize=2048)
def letters_of(column: int) -> str:
    """Return a column's letters: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


@lru_cache(maxsize=2048)
def column_of(letters: str) -> int:
    """Return a column's number: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """Return a cell's address as staff read it, such as C4."""
    return f"{letters_of(column)}{row}"


def runs_of(numbers: Iterable[int]) -> Iterator[range]:
    """Yield rows or columns in runs without a gap."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        places = [number for _, number in run]
        yield range(places[0], places[-1] + 1)


@dataclass(frozen=True)
class Area:
    """A rectangle of cells; all four sides belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Read A3:Z900 or A3, or None when it is something else, such as a whole column."""
        found = _AREA.fullmatch(text.upper())
        if found is None:
            return None
        rows = sorted((int(found[2]), int(found[4] or found[2])))
        columns = sorted((column_of(found[1]), column_of(found[3] or found[1])))
        if rows[0] < 1 or rows[1] > LAST_ROW or columns[1] > LAST_COLUMN:
            return None
        return cls(rows[0], columns[0], rows[1], columns[1])

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Return whether the two have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def down_to(self, bottom: int) -> Area:
        """Return the area with another last row."""
        return Area(self.top, self.left, bottom, self.right)

    def with_area(self, other: Area) -> Area:
        """Return the smallest area that holds both."""
        return Area(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )

    def __str__(self) -> str:
        first = address(self.top, self.left)
        last = address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"
