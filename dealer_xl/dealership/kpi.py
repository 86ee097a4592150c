"""What a figure is: a name, the cells it needs, the rows it is about, and how they become a number.

A figure never guesses: a row with a wrong cell among those it needs is left out and counted, and a share or
mean with nothing to measure has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import FIGURE_NAMES
from dealer_xl.dealership.periods import Period
from dealer_xl.schema import Column, Kind

Rows: TypeAlias = pd.DataFrame
Compute: TypeAlias = Callable[[Rows, Dataset, Period], float | None]


@dataclass(frozen=True)
class Measured:
    """A figure of one period; shares as fractions of one, money in yuan."""

    value: float | None
    rows: int  # how many rows it was computed from
    left_out: int  # how many more have an error in a cell it needs
    lacks: tuple[str, ...] = ()  # headings of the columns it needs that the shop does not keep


def in_period(day: pd.Series, period: Period, _: Dataset) -> pd.Series:
    """Choose the rows dated in the period."""
    return day.between(period.first, period.last)


def until_end(day: pd.Series, period: Period, _: Dataset) -> pd.Series:
    """Choose the rows dated up to the period's end."""
    return day <= period.last


def held_by_now(day: pd.Series, period: Period, dataset: Dataset) -> pd.Series:
    """Choose the rows dated in the period and not after today."""
    return in_period(day, period, dataset) & (day <= dataset.today)


@dataclass(frozen=True)
class Kpi:
    """One figure: its code, its words, and how it is computed from the rows of one table."""

    code: str  # one of FIGURE_NAMES
    formula: str  # in words, shown beside the figure
    table: str
    on: str  # the date that puts a row into a period
    compute: Compute
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # only rows whose cell is one of these
    present: tuple[str, ...] = ()  # only rows in which these cells hold something
    needs: tuple[str, ...] = ()  # further cells without which a row cannot be judged
    chosen: Callable[[pd.Series, Period, Dataset], pd.Series] = in_period
    judged: Callable[[Rows, Dataset], pd.Series] | None = None  # which of them can be judged by today
    day: Callable[[Dataset], pd.Series] | None = None  # when not the date `on` itself but one derived from it
    also_reads: tuple[str, ...] = ()  # columns of other tables, as `Table.key`, without which it has no value
    adds_up: bool = False  # twelve months make the year: the year's target is split

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column that the figure needs, as `Table.key`."""
        own = dict.fromkeys((self.on, *self.where, *self.present, *self.needs))
        return (*(f"{self.table}.{key}" for key in own), *self.also_reads)

    @property
    def label(self) -> str:
        """Return the name that staff read."""
        return FIGURE_NAMES[self.code].label

    @property
    def unit(self) -> str:
        """Return the unit of its values."""
        return FIGURE_NAMES[self.code].unit

    def measure(self, dataset: Dataset, period: Period) -> Measured:
        """Compute the figure of a period; it has no value where the shop does not keep a column that it needs."""
        lacks = dataset.lacks(self.reads)
        if lacks:
            return Measured(None, 0, 0, lacks)
        rows, wrong = dataset.tables[self.table], dataset.error_masks[self.table]
        day = self.day(dataset) if self.day else rows[self.on]
        unsure = wrong[[self.on, *self.where, *self.present, *self.needs]].any(axis=1)
        # A row whose date or kind cannot be read may belong here: it is told among those left out.
        possible = self.chosen(day, period, dataset) | wrong[self.on]
        for column, among in self.where.items():
            possible &= rows[column].isin(among) | wrong[column]
        for column in self.present:
            possible &= rows[column].notna() | wrong[column]
        good = rows[possible & ~unsure]
        if self.judged:
            good = good[self.judged(good, dataset)]
        return Measured(self.compute(good, dataset, period), len(good), int((possible & unsure).sum()))


def count(rows: Rows, _: Dataset, __: Period) -> float:
    """Count the rows."""
    return float(len(rows))


def distinct(column: str) -> Compute:
    """Count different values."""
    return lambda rows, _, __: float(rows[column].nunique())


def total(column: Column) -> Compute:
    """Sum a column, in the unit that its cells show: an amount kept in fen gives yuan."""
    return lambda rows, _, __: float(rows[column.key].sum()) / _scale(column)


def mean(column: Column, *, out_of: int = 1) -> Compute:
    """Average a column, in the unit that its cells show; points `out_of` a hundred give a fraction of one.

    One division only, so that a mean of 93 points is 0.93 to the last bit and meets a target of 0.93.
    """
    whole = _scale(column) * out_of
    return lambda rows, _, __: float(rows[column.key].sum()) / (whole * len(rows)) if len(rows) else None


def _scale(column: Column) -> int:
    """Return how many of what is kept in memory make one of what the cell shows: a hundred fen a yuan."""
    return 100 if column.kind is Kind.MONEY else 1


def share(right: Callable[[Rows, Dataset], pd.Series]) -> Compute:
    """Return the share of rows for which something is right."""
    return lambda rows, dataset, _: float(right(rows, dataset).mean()) if len(rows) else None
