"""A period in figures: each against its target, the period before and the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import PERCENT, YUAN
from dealer_xl.dealership.kpi import Kpi
from dealer_xl.dealership.kpis import BY_CODE, KPIS
from dealer_xl.dealership.own_figures import own_kpis
from dealer_xl.dealership.period_words import begun
from dealer_xl.dealership.periods import Period, month_of
from dealer_xl.dealership.targets import aim_of, has_targets

NOTHING = "–"
"""Shown where there was nothing to measure."""


@dataclass(frozen=True)
class Line:
    """One figure of the summary; `None` where there is nothing to measure or to compare with."""

    kpi: Kpi
    value: float | None
    target: float | None
    last_month: float | None  # the period before; of a year that is `last_year`
    last_year: float | None
    meets: bool | None
    rows: int
    left_out: int
    at_most: bool = False  # the target is not to be exceeded
    lacks: tuple[str, ...] = ()  # headings of the columns it needs that the shop does not keep
    numerator: Fraction | None = None  # of a share or mean
    denominator: Fraction | None = None
    part_before: bool = False  # the shop's rows begin after the period before began: no growth
    part_year_ago: bool = False  # likewise the period a year ago

    def bare(self, value: float | None) -> str:
        """Write one of its values, to stand beside the unit."""
        return bare(value, self.kpi.unit)

    def shown(self, value: float | None) -> str:
        """Write one of its values with its unit."""
        return self.bare(value) + ("" if value is None or self.kpi.unit == PERCENT else self.kpi.unit)


@dataclass(frozen=True)
class Summary:
    """All figures of a period, and the last twelve months for the charts."""

    period: Period
    until: pd.Timestamp  # the last day counted
    lines: tuple[Line, ...]
    trend: tuple[Mapping[str, float | str | None], ...]
    has_targets: bool = True  # whether 年度目标 has any for the year

    @property
    def runs(self) -> bool:
        """Return whether the period is not over."""
        return self.until < self.period.last

    @property
    def label(self) -> str:
        """Write the period as staff do, and up to which day it is counted while it runs."""
        until = f"（截至{self.until.month}月{self.until.day}日）" if self.runs else ""
        return f"{self.period.label}{until}"

    def line(self, code: str) -> Line:
        """Find a figure by its code."""
        return next(line for line in self.lines if line.kpi.code == code)


def summarise(dataset: Dataset, period: Period) -> Summary:
    """Compute every figure of a period.

    Raises NotBegunError for a period that lies in the future.
    """
    until = begun(period, dataset.today).up_to(dataset.today).last
    lines = tuple(_line(dataset, kpi, period, until) for kpi in figures_of(dataset))
    trend = tuple(_trend_row(dataset, month) for month in period.months())
    return Summary(period, until, lines, trend, has_targets(dataset, period.first.year))


def figures_of(dataset: Dataset) -> tuple[Kpi, ...]:
    """Return the figures of every shop, and those of its own."""
    return (*KPIS, *own_kpis(dataset))


def _line(dataset: Dataset, kpi: Kpi, period: Period, until: pd.Timestamp) -> Line:
    measured, aim = kpi.measure(dataset, period), aim_of(dataset, kpi, period)
    year_ago = _earlier(dataset, kpi, period.year_before(until))
    return Line(
        kpi,
        measured.value,
        aim.value if aim else None,
        None if period.is_year else _earlier(dataset, kpi, period.before(until)),
        year_ago,
        aim.met_by(measured.value) if aim else None,
        measured.rows,
        measured.left_out,
        aim.at_most if aim else False,
        measured.lacks,
        measured.numerator,
        measured.denominator,
        _begins_in(dataset, kpi, period.before(until)),
        _begins_in(dataset, kpi, period.year_before(until)),
    )


def _earlier(dataset: Dataset, kpi: Kpi, period: Period) -> float | None:
    """Compute a figure of an earlier period; one before the shop's first row is nothing to compare with."""
    return kpi.measure(dataset, period).value if _has_rows_by(dataset, kpi, period) else None


def began(dataset: Dataset, kpi: Kpi) -> pd.Timestamp | None:
    """Return the day of a figure's first row, None without any."""
    days = dataset.tables[kpi.table][kpi.on]
    if not pd.api.types.is_datetime64_any_dtype(days.dtype):
        days = pd.to_datetime(days, format="%Y-%m", errors="coerce")
    first = days.min()
    return None if pd.isna(first) else first


def _has_rows_by(dataset: Dataset, kpi: Kpi, period: Period) -> bool:
    """Return whether the figure's first row is dated by the period's end."""
    if not pd.api.types.is_datetime64_any_dtype(dataset.tables[kpi.table][kpi.on].dtype):
        return True  # dated by an event or a month: without rows it has no value of itself
    first = began(dataset, kpi)
    return first is not None and first <= period.last


def _begins_in(dataset: Dataset, kpi: Kpi, period: Period) -> bool:
    """Return whether a figure's first row lies in a period, which then is known in part only."""
    first = began(dataset, kpi)
    return first is not None and period.first < first <= period.last


def _charted(dataset: Dataset, kpi: Kpi, month: Period) -> float | None:
    """Compute a figure for a chart: a month before the first entry, or to come, has no bar rather than an empty one."""
    return None if month.first > dataset.today else _earlier(dataset, kpi, month)


TREND = (
    "revenue_insurance",
    "revenue_workshop",
    "cars_received",
    "csi",
    "first_call_on_time",
    "second_call_on_time",
)
TREND_TARGETS = {"revenue_target": "revenue_total", "cars_target": "cars_received", "csi_target": "csi"}


def _trend_row(dataset: Dataset, month: Period) -> Mapping[str, float | str | None]:
    aims = {name: aim_of(dataset, BY_CODE[code], month) for name, code in TREND_TARGETS.items()}
    return {
        "month": month.code,
        **{code: _charted(dataset, BY_CODE[code], month) for code in TREND},
        **{name: aim.value if aim else None for name, aim in aims.items()},
    }


def bare(value: float | None, unit: str) -> str:
    """Write a value as staff read it beside its unit: money to the fen, shares in percent."""
    if value is None:
        return NOTHING
    if unit == PERCENT:
        return f"{value:.1%}"
    if unit == YUAN:
        return f"{value:,.2f}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def last_full_month(today: date) -> Period:
    """Find the month that ended last: the one a summary is usually about."""
    return month_of(pd.Timestamp(today)).before()
