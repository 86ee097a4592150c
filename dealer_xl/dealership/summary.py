"""The month or the year in figures: each against its target, the period before and the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import PERCENT, YUAN
from dealer_xl.dealership.kpi import Kpi
from dealer_xl.dealership.kpis import BY_CODE, KPIS
from dealer_xl.dealership.periods import Period, month_of
from dealer_xl.dealership.targets import aim_of

NOTHING = "–"
"""Shown where there was nothing to measure."""


@dataclass(frozen=True)
class Line:
    """One figure of the summary; `None` where there is nothing to measure or to compare with."""

    kpi: Kpi
    value: float | None
    target: float | None
    last_month: float | None  # the year before, in a yearly summary
    last_year: float | None
    meets: bool | None
    rows: int
    left_out: int
    at_most: bool = False  # the target is not to be exceeded
    lacks: tuple[str, ...] = ()  # headings of the columns it needs that the shop does not keep

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
    lines: tuple[Line, ...]
    trend: tuple[Mapping[str, float | str | None], ...]

    def line(self, code: str) -> Line:
        """Find a figure by its code."""
        return next(line for line in self.lines if line.kpi.code == code)


def summarise(dataset: Dataset, period: Period) -> Summary:
    """Compute every figure of a period."""
    lines = tuple(_line(dataset, kpi, period) for kpi in KPIS)
    return Summary(period, lines, tuple(_trend_row(dataset, month) for month in period.months()))


def _line(dataset: Dataset, kpi: Kpi, period: Period) -> Line:
    measured, aim = kpi.measure(dataset, period), aim_of(dataset, kpi, period)
    return Line(
        kpi,
        measured.value,
        aim.value if aim else None,
        kpi.measure(dataset, period.before()).value,
        kpi.measure(dataset, period.year_before()).value,
        aim.met_by(measured.value) if aim else None,
        measured.rows,
        measured.left_out,
        aim.at_most if aim else False,
        measured.lacks,
    )


def _charted(dataset: Dataset, kpi: Kpi, month: Period) -> float | None:
    """Compute a figure for a chart: a month before the first entry has no bar, rather than an empty one."""
    first = dataset.tables[kpi.table][kpi.on].min()
    return kpi.measure(dataset, month).value if first <= month.last else None


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
