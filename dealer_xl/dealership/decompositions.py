"""What moved a figure from one period to another: parts that add up to the whole change, exactly.

Each part is a share of the change in yuan, as a fraction. The words come from them; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import tally_of
from dealer_xl.dealership.kpis import REVENUE_TOTAL
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.periods import Period

NEW, KNOWN, UNKNOWN = "新客户", "老客户", "没有填"


@dataclass(frozen=True)
class Part:
    """One cause of a change, and how much of it is due to it."""

    name: str
    change: Fraction  # yuan


def revenue_change(dataset: Dataset, now: Period, before: Period) -> Fraction:
    """Return by how much revenue_total changed."""
    return _revenue(dataset, now)[0] - _revenue(dataset, before)[0]


def by_cars_and_ticket(dataset: Dataset, now: Period, before: Period) -> tuple[Part, ...]:
    """Split the change of revenue into more or fewer cars, and more or less a car.

    Cars at the earlier ticket, the ticket at the cars of now: (n1 − n0) × t0 + n1 × (t1 − t0) = n1 t1 − n0 t0.
    """
    (money, cars), (money_before, cars_before) = _revenue(dataset, now), _revenue(dataset, before)
    if not cars or not cars_before:
        return ()
    ticket = money_before / cars_before
    by_cars = (cars - cars_before) * ticket
    return (Part("台次", by_cars), Part("单车产值", money - money_before - by_cars))


def by_open_days(dataset: Dataset, now: Period, before: Period) -> tuple[Part, ...]:
    """Split the change of revenue into more or fewer open days, and more or less a day."""
    (money, _), (money_before, _) = _revenue(dataset, now), _revenue(dataset, before)
    days, days_before = (dataset.calendar.open_days(each.first, each.last) for each in (now, before))
    if not days or not days_before:
        return ()
    by_days = (days - days_before) * money_before / days_before
    return (Part("上班天数", by_days), Part("每天产值", money - money_before - by_days))


def by_kind(dataset: Dataset, now: Period, before: Period) -> tuple[Part, ...]:
    """Split the change of revenue by 业务类型."""
    return _by_group(dataset, now, before, dataset.tables["Visits"]["kind"])


def by_person(dataset: Dataset, now: Period, before: Period) -> tuple[Part, ...]:
    """Split the change of revenue by 服务顾问."""
    return _by_group(dataset, now, before, dataset.tables["Visits"]["advisor"])


def by_customers(dataset: Dataset, now: Period, before: Period) -> tuple[Part, ...]:
    """Split the change of revenue by whether it was the car's first visit or a later one."""
    visits = dataset.tables["Visits"]
    firsts = visits.groupby("archive_no")["came_on"].min()
    first = look_up(visits["archive_no"], firsts)
    groups = pd.Series(KNOWN, index=visits.index).mask(visits["came_on"] == first, NEW)
    return _by_group(dataset, now, before, groups.mask(visits["archive_no"].isna() | first.isna(), UNKNOWN))


def _revenue(dataset: Dataset, period: Period) -> tuple[Fraction, int]:
    """Return revenue_total in yuan, and of how many orders."""
    added, rows, _ = tally_of(REVENUE_TOTAL, dataset).between(period)
    return Fraction(added, REVENUE_TOTAL.scale), rows


def _by_group(dataset: Dataset, now: Period, before: Period, groups: pd.Series) -> tuple[Part, ...]:
    """Return the change of each group, the largest first; groups without a change are left out."""
    named = groups.fillna(UNKNOWN)
    after, earlier = (_sums(dataset, each, named) for each in (now, before))
    changes = {name: after.get(name, 0) - earlier.get(name, 0) for name in {**after, **earlier}}
    parts = [Part(name, Fraction(change, REVENUE_TOTAL.scale)) for name, change in changes.items() if change]
    return tuple(sorted(parts, key=lambda part: (-abs(part.change), part.name)))


def _sums(dataset: Dataset, period: Period, groups: pd.Series) -> Mapping[str, int]:
    """Return the fen of each group in a period."""
    rows = list(REVENUE_TOTAL.rows_of(dataset, period))
    amounts = dataset.tables["Visits"].loc[rows, "amount"]
    return {str(name): int(total) for name, total in amounts.groupby(groups[rows]).sum().items()}
