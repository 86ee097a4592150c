"""What a figure is: a name, the cells it needs, the rows it is about, and how they become a number.

A figure never guesses: a row with a wrong cell among those it needs is left out and counted, and a share or
mean with nothing to measure has no value. A period that is not over is measured up to today.

What rows add to a figure is found once a dataset (`Tally`), in whole numbers; each month, quarter or span is then two
look-ups in running sums.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import FIGURE_NAMES
from dealer_xl.dealership.months import Days, days_of
from dealer_xl.dealership.periods import Period
from dealer_xl.schema import Column, Kind

Rows: TypeAlias = pd.DataFrame
Weights: TypeAlias = Callable[[Rows, Dataset], pd.Series]

BLANK = ""
"""Among the values of `where`: a blank cell counts as well, so that a sheet may lack the column."""

FINE = 10**6
"""Numbers that may have decimals are summed in millionths, so that no sum drifts."""


@dataclass(frozen=True)
class Measured:
    """A figure of one period; shares as fractions of one, money in yuan."""

    value: float | None
    rows: int  # how many rows it was computed from
    left_out: int  # how many more have an error in a cell it needs
    lacks: tuple[str, ...] = ()  # headings of the columns it needs that the shop does not keep
    numerator: Fraction | None = None  # of a share or mean, exact
    denominator: Fraction | None = None


def ratio(above: Fraction, below: Fraction, rows: int, left_out: int) -> Measured:
    """Return a share or mean; without anything below it has no value."""
    return Measured(float(above / below) if below else None, rows, left_out, (), above, below)


@dataclass(frozen=True)
class Tally:
    """What the rows of a figure add, by the day on which they count, earliest first."""

    days: Days
    rows: npt.NDArray[np.int64]  # Excel rows
    sums: npt.NDArray[np.int64]  # what the first n rows add together
    unsure: Days  # days of the rows left out
    undated: int  # rows left out of which the day itself cannot be read

    def places(self, period: Period) -> slice:
        """Return where the rows of a period stand."""
        return _between(self.days, period)

    def between(self, period: Period) -> tuple[int, int, int]:
        """Return what the rows of a period add, how many they are, and how many are left out."""
        found, unsure = self.places(period), _between(self.unsure, period)
        added = int(self.sums[found.stop] - self.sums[found.start])
        return added, found.stop - found.start, unsure.stop - unsure.start + self.undated


def _between(days: Days, period: Period) -> slice:
    first, last = (np.datetime64(day, "D") for day in (period.first, period.last))
    start = int(np.searchsorted(days, first, "left"))
    return slice(start, max(start, int(np.searchsorted(days, last, "right"))))


@dataclass(frozen=True, eq=False)
class Kpi(ABC):
    """One figure: its code, its words, and the rows of one table that it is about."""

    code: str  # one of FIGURE_NAMES, or a shop's own
    formula: str  # in words, shown beside the figure
    table: str
    on: str  # the date that puts a row into a period
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # only rows whose cell is one of these
    present: tuple[str, ...] = ()  # only rows in which these cells hold something
    needs: tuple[str, ...] = ()  # further cells without which a row cannot be judged
    also_reads: tuple[str, ...] = ()  # columns of other tables, as `Table.key`, without which it has no value
    may_lack: tuple[str, ...] = ()  # columns of the table of which blank has a meaning
    adds_up: bool = False  # twelve months make the year: the year's target is split

    @property
    def cells(self) -> list[str]:
        """Return the keys of the cells that it looks at in a row."""
        return list(dict.fromkeys((self.on, *self.where, *self.present, *self.needs, *self.may_lack)))

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column that the figure needs, as `Table.key`."""
        own = (f"{self.table}.{key}" for key in self.cells)
        return (*(column for column in own if column not in self.uses), *self.also_reads)

    @property
    def uses(self) -> tuple[str, ...]:
        """Return the columns that it looks at but can do without, as `Table.key`."""
        blank_counts = (key for key, among in self.where.items() if BLANK in among)
        return tuple(f"{self.table}.{key}" for key in (*self.may_lack, *blank_counts))

    @property
    def label(self) -> str:
        """Return the name that staff read."""
        return FIGURE_NAMES[self.code].label

    @property
    def unit(self) -> str:
        """Return the unit of its values."""
        return FIGURE_NAMES[self.code].unit

    def measure(self, dataset: Dataset, period: Period) -> Measured:
        """Compute the figure of a period, up to today; without a column that it needs it has no value."""
        lacks = dataset.lacks(self.reads)
        if lacks:
            return Measured(None, 0, 0, lacks)
        return self._measure(dataset, period.up_to(dataset.today))

    @abstractmethod
    def _measure(self, dataset: Dataset, period: Period) -> Measured:
        """Compute the figure of a period all of whose days are counted."""

    @abstractmethod
    def rows_of(self, dataset: Dataset, period: Period) -> Sequence[int]:
        """Return the Excel rows of its table that are counted in a period."""

    def eligible(self, dataset: Dataset, day: pd.Series) -> tuple[Rows, pd.Series]:
        """Return the rows that can be judged, and which other rows may belong to the figure but cannot."""
        rows, wrong = dataset.tables[self.table], dataset.error_masks[self.table]
        unsure = wrong[self.cells].any(axis=1)
        # A row whose date or kind cannot be read may belong here: it is among those left out.
        possible = day.notna() | wrong[self.on]
        for column, among in self.where.items():
            possible &= rows[column].fillna(BLANK).isin(among) | wrong[column]
        for column in self.present:
            possible &= rows[column].notna() | wrong[column]
        return rows[possible & ~unsure], possible & unsure


@dataclass(frozen=True, eq=False)
class Flow(Kpi):
    """A figure to which each row adds something on one day: a count, a sum, a share or a mean."""

    adds: Weights | None = None  # what each row adds, in whole parts of `scale`; one, if None
    scale: int = 1
    of_rows: bool = False  # a share or mean: divided by the number of rows
    per: Callable[[Dataset, Period], Fraction | int] | None = None  # divided by something else
    judged: Callable[[Rows, Dataset], pd.Series] | None = None  # which rows can be judged by today
    day: Callable[[Dataset], pd.Series] | None = None  # when not the date `on` itself but one derived from it

    def _measure(self, dataset: Dataset, period: Period) -> Measured:
        added, rows, left_out = tally_of(self, dataset).between(period)
        above = Fraction(added, self.scale)
        if self.of_rows:
            return ratio(above, Fraction(rows), rows, left_out)
        if self.per:
            return ratio(above, Fraction(self.per(dataset, period)), rows, left_out)
        return Measured(float(above), rows, left_out)

    def rows_of(self, dataset: Dataset, period: Period) -> Sequence[int]:
        """Return the Excel rows of its table that are counted in a period."""
        tally = tally_of(self, dataset)
        return [int(row) for row in tally.rows[tally.places(period.up_to(dataset.today))]]


@lru_cache(maxsize=256)  # a figure is asked for many periods of one dataset
def tally_of(flow: Flow, dataset: Dataset) -> Tally:
    """Return what the rows add to a figure."""
    day = flow.day(dataset) if flow.day else dataset.tables[flow.table][flow.on]
    good, unsure = flow.eligible(dataset, day)
    if flow.judged:
        good = good[flow.judged(good, dataset)]
    weights = flow.adds(good, dataset) if flow.adds else pd.Series(1, index=good.index)
    days = days_of(day[good.index])
    order = np.argsort(days, kind="stable")
    left_out = days_of(day[unsure])
    known = ~np.isnat(left_out)
    return Tally(
        days[order],
        good.index.to_numpy("int64")[order],
        np.concatenate(([0], np.cumsum(weights.to_numpy("int64")[order]))),
        np.sort(left_out[known]),
        int((~known).sum()),
    )


@dataclass(frozen=True, eq=False)
class Level(Kpi):
    """A figure of how things stand at the end of a period: the customers, or policies, that `counted` finds."""

    counted: Callable[[Rows, Dataset, Period], Rows] = lambda rows, _, __: rows
    all_before: bool = True  # reads all rows up to the period's end, not only those dated in it

    def _found(self, dataset: Dataset, period: Period) -> tuple[Rows, int]:
        """Return the rows counted, one a customer or policy, and how many rows are left out."""
        day = dataset.tables[self.table][self.on]
        good, unsure = self.eligible(dataset, day)
        chosen = day <= period.last
        if not self.all_before:
            chosen &= day >= period.first
        # Of a row left out the day may be blank.
        left_out = int((unsure & (chosen | day.isna())).sum())
        return self.counted(good[chosen[good.index]], dataset, period), left_out

    def _measure(self, dataset: Dataset, period: Period) -> Measured:
        rows, left_out = self._found(dataset, period)
        return Measured(float(len(rows)), len(rows), left_out)

    def rows_of(self, dataset: Dataset, period: Period) -> Sequence[int]:
        """Return the Excel rows of its table that are counted: the last visit of a customer."""
        return [int(row) for row in self._found(dataset, period.up_to(dataset.today))[0].index]


def total(column: Column) -> Weights:
    """Sum a column: an amount is kept in fen, any other number becomes millionths."""
    if column.kind is Kind.MONEY:
        return lambda rows, _: rows[column.key].fillna(0)
    return lambda rows, _: (rows[column.key] * FINE).round()


def scale_of(column: Column) -> int:
    """Return how many of what `total` adds make one of what the cell shows."""
    return 100 if column.kind is Kind.MONEY else FINE
