"""How many policies were renewed here, and of how many that ended (IN-09, IN-13).

A shop that keeps 续保 is read from it; another one from 变更记录, where a step of 保险到期日 of 300 days or more is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import Kpi, Level, Measured, Rows, ratio
from dealer_xl.dealership.months import days_of, edate
from dealer_xl.dealership.parsers import Unreadable, read_date
from dealer_xl.dealership.periods import Period
from dealer_xl.dealership.tables import BY_NAME

STEP = 300  # days


def starts(rows: Rows) -> pd.Series:
    """Return 生效日期 of policies; blank: a year before 到期日期, and a day."""
    ends = days_of(rows["ends_on"])
    year_before = pd.Series(edate(ends, -12) + np.timedelta64(1, "D"), index=rows.index)
    return rows["starts_on"].fillna(year_before.astype("datetime64[s]"))


def policies(rows: Rows, _: Dataset, __: Period) -> Rows:
    """Find one row a car and start: two policies of a car are one renewal."""
    return rows[~pd.DataFrame({"car": rows["archive_no"], "start": starts(rows)}).duplicated()]


def steps(rows: Rows, _: Dataset, __: Period) -> Rows:
    """Find the changes of 保险到期日 to a day at least 300 days later."""
    later = rows["new"].map(_day) - rows["old"].map(_day)
    return rows[later >= pd.Timedelta(days=STEP)]


def _day(text: object) -> pd.Timestamp:
    try:
        return pd.Timestamp(read_date(text, BY_NAME["Changes"].column("changed_on")))
    except Unreadable:
        return pd.NaT  # type: ignore[return-value]  # NaT is later than nothing


RENEWED = Level(
    "renewals",
    "“续保”里在本店办的，按日期；一车同一生效日期的两张保单算一次",
    "Renewals",
    "signed_on",
    where={"ours": ("是",)},
    needs=("archive_no", "ends_on"),
    may_lack=("starts_on",),
    counted=policies,
    all_before=False,
    adds_up=True,
)
CHANGED = Level(
    "renewals",
    "变更记录中保险到期日推后300天以上的行",
    "Changes",
    "changed_on",
    where={"field": ("保险到期日",)},
    present=("old", "new"),
    counted=steps,
    all_before=False,
    adds_up=True,
)


@dataclass(frozen=True, eq=False)
class Renewals(Kpi):
    """The renewals, from the table that the shop keeps of them."""

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column that the figure needs in either table."""
        return (*RENEWED.reads, *CHANGED.reads)

    def _source(self, dataset: Dataset) -> Level:
        return CHANGED if dataset.tables["Renewals"].empty else RENEWED

    def measure(self, dataset: Dataset, period: Period) -> Measured:
        """Compute the figure of a period, up to today."""
        return self._source(dataset).measure(dataset, period)

    def _measure(self, dataset: Dataset, period: Period) -> Measured:
        return self.measure(dataset, period)

    def rows_of(self, dataset: Dataset, period: Period) -> Sequence[int]:
        """Return the rows counted, of the table that the shop keeps."""
        return self._source(dataset).rows_of(dataset, period)


@dataclass(frozen=True, eq=False)
class RenewalRate(Kpi):
    """Of the cars whose insurance ends in a period, the share that renewed here."""

    def _measure(self, dataset: Dataset, period: Period) -> Measured:
        rows = self._begun(dataset, period)
        here = rows.loc[rows["ours"] == "是", "archive_no"]
        ending, wrong = self._ending(dataset, period)
        due = {*rows["archive_no"].dropna(), *ending.dropna()}
        return ratio(Fraction(here.nunique()), Fraction(len(due)), len(due), wrong)

    def _begun(self, dataset: Dataset, period: Period) -> Rows:
        """Return the policies that begin in the period."""
        rows, wrong = dataset.tables[self.table], dataset.error_masks[self.table]
        sure = rows[~wrong[self.cells].any(axis=1)]
        return sure[starts(sure).between(period.first, period.last)]

    def _ending(self, dataset: Dataset, period: Period) -> tuple[pd.Series, int]:
        """Return the archive numbers whose 保险到期日 lies in the period, and how many rows are left out."""
        rows, wrong = dataset.tables["Customers"], dataset.error_masks["Customers"]
        unsure = wrong[["archive_no", "insured_until"]].any(axis=1)
        ends = rows["insured_until"].between(period.first, period.last)
        left_out = unsure & (ends | wrong["insured_until"])
        spoilt = int(dataset.error_masks[self.table][self.cells].any(axis=1).sum())
        return rows.loc[ends & ~unsure, "archive_no"], int(left_out.sum()) + spoilt

    def rows_of(self, dataset: Dataset, period: Period) -> Sequence[int]:
        """Return the rows of 续保 that begin in the period here."""
        rows = self._begun(dataset, period.up_to(dataset.today))
        return [int(row) for row in rows.index[rows["ours"] == "是"]]
