"""Figures of the shop's own, typed by hand on the sheet 手工指标: what no register yields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import OWN
from dealer_xl.dealership.kpi import Kpi, Measured
from dealer_xl.dealership.periods import Period

SUM, LAST = "合计", "期末"


@dataclass(frozen=True, eq=False)
class OwnKpi(Kpi):
    """A figure of which each month has a value typed by hand."""

    own_unit: str = ""

    @property
    def label(self) -> str:
        """Return the name that staff gave it."""
        return self.code.removeprefix(OWN)

    @property
    def unit(self) -> str:
        """Return the unit that 年度目标 gives it."""
        return self.own_unit

    def _measure(self, dataset: Dataset, period: Period) -> Measured:
        value = own_value(dataset, self.label, period)
        rows, left_out = _months_of(dataset, self.label, period)
        return Measured(None if value is None else float(value), len(rows), left_out)

    def rows_of(self, dataset: Dataset, period: Period) -> Sequence[int]:
        """Return the Excel rows of its months."""
        return [int(row) for row in _months_of(dataset, self.label, period)[0].index]


def own_kpis(dataset: Dataset) -> tuple[OwnKpi, ...]:
    """Return the figures of 手工指标, in the order in which they first stand there."""
    rows = dataset.tables["OwnFigures"]
    names = rows["label"].dropna().unique()
    return tuple(_own_kpi(dataset, str(name)) for name in names)


def _own_kpi(dataset: Dataset, name: str) -> OwnKpi:
    targets, rows = dataset.tables["Targets"], dataset.tables["OwnFigures"]
    units = targets.loc[targets["code"] == f"{OWN}{name}", "unit"].dropna()
    return OwnKpi(
        f"{OWN}{name}",
        "“手工指标”里各月填的数",
        "OwnFigures",
        "month",
        needs=("label", "value"),
        may_lack=("roll_up",),
        adds_up=_roll_up(rows[rows["label"] == name]) == SUM,
        own_unit="" if units.empty else str(units.iloc[-1]),
    )


def own_value(dataset: Dataset, name: str, period: Period) -> Fraction | None:
    """Return the value of a figure over the months that the period touches, None without one."""
    rows, _ = _months_of(dataset, name, period)
    values = [Fraction(Decimal(repr(float(value)))) for value in rows["value"]]
    if not values:
        return None
    how = _roll_up(rows)
    if how == LAST:
        return values[-1]
    return sum(values, Fraction(0)) / (1 if how == SUM else len(values))


def _months_of(dataset: Dataset, name: str, period: Period) -> tuple[pd.DataFrame, int]:
    """Return the rows of a figure in the period's months, earliest first, and how many are left out."""
    rows, wrong = dataset.tables["OwnFigures"], dataset.error_masks["OwnFigures"]
    touched = rows["month"].between(f"{period.first:%Y-%m}", f"{period.last:%Y-%m}") | wrong["month"]
    mine = (rows["label"] == name) & touched
    unsure = wrong[["month", "label", "value", "roll_up"]].any(axis=1) | rows["value"].isna()
    return rows[mine & ~unsure].sort_values("month", kind="stable"), int((mine & unsure).sum())


def _roll_up(rows: pd.DataFrame) -> str:
    """Return how months make a longer period: as the latest of them says; blank is 合计."""
    typed = rows["roll_up"].dropna()
    return SUM if typed.empty else str(typed.iloc[-1])
