"""The days a figure looks at, and what a figure is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from oracle.cells import Row, day, number
from oracle.shop import Needs, Shop


@dataclass(frozen=True)
class Period:
    """From start to end, judged "as far as it has gone": until is the last day counted."""

    shop: Shop
    start: date
    end: date
    until: date

    def holds(self, when: date | None) -> bool:
        """Return whether the day is one of those counted."""
        return when is not None and self.start <= when <= self.until

    def rows(self, table: str, by: str, *headings: str) -> list[Row]:
        """Return the rows whose day falls in the period; those "with an error in a cell the figure needs are left out"."""
        return [row for row in self.shop.clean(table, by, *headings) if self.holds(day(row, by))]

    def later(self, first: date, days: int) -> date:
        """Return the day some counted days on."""
        return self.shop.later(first, days)


@dataclass(frozen=True)
class Figure:
    """A value; numerator and denominator where it is a share or mean; what is absent where it has no value for that."""

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    lacks: tuple[tuple[str, str], ...] = ()


Measure = Callable[[Period], Figure]
Rules = Mapping[str, tuple[Needs, Measure]]


def count(value: Fraction | int) -> Figure:
    """Return a count or sum ("counts and sums of nothing are 0")."""
    return Figure(Fraction(value))


def share(numerator: Fraction | int, denominator: Fraction | int) -> Figure:
    """Return a share or mean ("with nothing to measure has no value")."""
    above, below = Fraction(numerator), Fraction(denominator)
    return Figure(above / below if below else None, above, below)


def total(rows: list[Row], heading: str) -> Fraction:
    """Return the sum of a column."""
    return sum((value for row in rows if (value := number(row, heading)) is not None), Fraction(0))
