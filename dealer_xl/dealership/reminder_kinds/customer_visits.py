"""When a customer came last, and since when one who stays away is lost (LL-03)."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.months import days_of, edate

OF_LOSS = ("Customers.last_service_on", "Visits.came_on", "Visits.archive_no")
"""What tells whether a customer is lost."""


def known_customers(dataset: Dataset) -> pd.DataFrame:
    """Return the rows of the archive that have a number."""
    return dataset.tables["Customers"].dropna(subset=["archive_no"])


def last_visits(dataset: Dataset) -> pd.Series:
    """Look up the day on which each customer (archive number) came last."""
    return dataset.tables["Visits"].groupby("archive_no")["came_on"].max()


def last_seen(dataset: Dataset, customers: pd.DataFrame) -> pd.Series:
    """Return the later of each customer's last visit and 上次保养日期."""
    came_on = look_up(customers["archive_no"], last_visits(dataset))
    return pd.concat([came_on, customers["last_service_on"]], axis=1).max(axis=1).astype("datetime64[s]")


def gone_on(dataset: Dataset, customers: pd.DataFrame) -> pd.Series:
    """Return the day on which each customer counts as lost unless they come; blank for who never came."""
    return months_after(last_seen(dataset, customers), dataset.settings.lost_months)


def not_lost(dataset: Dataset, customers: pd.DataFrame) -> pd.Series:
    """Choose the customers who are not lost today."""
    return ~(gone_on(dataset, customers) <= dataset.today)


def months_after(days: pd.Series, months: int) -> pd.Series:
    """Return days some months later, as EDATE does."""
    return pd.Series(edate(days_of(days), months).astype("datetime64[s]"), index=days.index)
