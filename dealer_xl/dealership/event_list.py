"""Whom an event's list holds, and in which order: those who agreed and have a phone, the loyal first (section 7, LE-07)."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.as_typed import with_typed
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.persons import phone_digits, refused

AGREED = "同意"


def first_call_day(dataset: Dataset, begins: pd.Timestamp) -> pd.Timestamp:
    """Return the day on which the calls of an event that begins on a day start."""
    settings = dataset.settings
    noticed: pd.Timestamp = dataset.calendar.later(pd.Series([begins]), -settings.event_notice_days).iloc[0]
    return noticed - pd.Timedelta(days=settings.event_call_days)


def event_list(dataset: Dataset, begins: pd.Timestamp) -> pd.Index:
    """Return the rows of the archive that can be invited to an event, in their order, told or not.

    Loyal first (loyal_visits in the year before the first call), then the latest visit before it, then by number.
    """
    first = first_call_day(dataset, begins)
    customers = with_typed(dataset, "Customers", {"phone"})
    phones = customers["phone"].map(phone_digits, na_action="ignore").fillna("")
    may = (customers["consent"] == AGREED) & (phones != "") & ~refused(dataset.tables["Customers"])
    people = customers[may & customers["archive_no"].notna()]
    visits = dataset.tables["Visits"].dropna(subset=["archive_no", "came_on"])
    before = visits[visits["came_on"] < first]
    year = before[before["came_on"] >= first - pd.DateOffset(months=12)]
    came = look_up(people["archive_no"], before.groupby("archive_no")["came_on"].max())
    often = look_up(people["archive_no"], year["archive_no"].value_counts()).fillna(0)
    order = pd.DataFrame(
        {
            "rank": (often < dataset.settings.loyal_visits).astype(int),
            "days": -(came - pd.Timestamp(0)).dt.days.fillna(0),
            "number": people["archive_no"],
        }
    )
    return order.sort_values(["rank", "days", "number"], kind="stable").index
