"""Customers by their visits at the end of a period: active, loyal, drifting, lost (LL-01 to LL-05).

Each function takes the visits up to the last day counted and returns the last visit of every customer that it finds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import Rows
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.months import Days, days_of, edate
from dealer_xl.dealership.periods import Period

YEAR = 12  # months


def active(visits: Rows, _: Dataset, period: Period) -> Rows:
    """Find those with a visit in the last 12 months."""
    return _last(visits[_recent(visits, period)])


def loyal(visits: Rows, dataset: Dataset, period: Period) -> Rows:
    """Find those with at least `loyal_visits` visits in the last 12 months."""
    recent = visits[_recent(visits, period)]
    often = recent["archive_no"].map(recent["archive_no"].value_counts()) >= dataset.settings.loyal_visits
    return _last(recent[often])


def lost(visits: Rows, dataset: Dataset, period: Period) -> Rows:
    """Find those who came once, but not in the last `lost_months`."""
    last = _last(visits)
    return last[_is_lost(last, dataset, period)]


def lost_after_first(visits: Rows, dataset: Dataset, period: Period) -> Rows:
    """Find those who came once only, and are lost."""
    last = lost(visits, dataset, period)
    return last[last["archive_no"].map(visits["archive_no"].value_counts()) == 1]


def lost_loyal(visits: Rows, dataset: Dataset, period: Period) -> Rows:
    """Find the lost who came `loyal_visits` times in the year before their last visit."""
    gone = lost(visits, dataset, period)
    last = days_of(look_up(visits["archive_no"], gone.set_index("archive_no")["came_on"]))
    came = days_of(visits["came_on"])
    before = visits[(edate(last, -YEAR) <= came) & (came < last)]
    counts = gone["archive_no"].map(before["archive_no"].value_counts()).fillna(0)
    return gone[counts >= dataset.settings.loyal_visits]


def drifting(visits: Rows, dataset: Dataset, period: Period) -> Rows:
    """Find those whose last visit is more than `drifting_months` ago and who are not lost."""
    last = _last(visits)
    long_ago = edate(days_of(last["came_on"]), dataset.settings.drifting_months) < _end(period)
    return last[long_ago & ~_is_lost(last, dataset, period)]


def lost_by_cycle(visits: Rows, dataset: Dataset, period: Period) -> Rows:
    """Find those whose last visit is more than twice the car's own 保养周期(月) ago."""
    cars = dataset.tables["Customers"].dropna(subset=["archive_no"]).drop_duplicates("archive_no")
    last = _last(visits)
    months = look_up(last["archive_no"], cars.set_index("archive_no")["cycle_months"])
    last, months = last[months.notna()], months.dropna()
    twice = (2 * months).to_numpy("float64").astype("int64")
    return last[edate(days_of(last["came_on"]), twice) < _end(period)]


def base(customers: Rows, _: Dataset, __: Period) -> Rows:
    """Find the archive numbers that are filed by then."""
    return customers.dropna(subset=["archive_no"]).drop_duplicates("archive_no")


def _last(visits: Rows) -> Rows:
    known = visits.dropna(subset=["archive_no"]).sort_values("came_on", kind="stable")
    return known.drop_duplicates("archive_no", keep="last")


def _end(period: Period) -> np.datetime64:
    return np.datetime64(period.last, "D")


def _is_lost(last: Rows, dataset: Dataset, period: Period) -> npt.NDArray[np.bool_]:
    return edate(days_of(last["came_on"]), dataset.settings.lost_months) <= _end(period)


def _recent(visits: Rows, period: Period) -> pd.Series:
    """Choose the visits of the last 12 months: one that is 12 months old to the day is none of them."""
    came: Days = days_of(visits["came_on"])
    return pd.Series(edate(came, YEAR) > _end(period), index=visits.index)
