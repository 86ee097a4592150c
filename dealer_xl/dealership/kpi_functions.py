"""How the figures that are more than a count, a sum or a mean become a number."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership import follow_ups
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import Compute, Rows, in_period, share
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.parsers import Unreadable, read_date
from dealer_xl.dealership.periods import Period
from dealer_xl.dealership.tables import BY_NAME

YEAR = 12  # months


def is_yes(column: str) -> Compute:
    """Return the share of rows that say 是."""
    return share(lambda rows, _: rows[column] == "是")


def per_open_day(rows: Rows, dataset: Dataset, period: Period) -> float | None:
    """Divide by the days of the period on which the shop works."""
    days = dataset.calendar.open_days(period.first, period.last)
    return len(rows) / days if days else None


def per_car_received(rows: Rows, dataset: Dataset, period: Period) -> float | None:
    """Divide by the cars received in the period."""
    received = int(in_period(dataset.tables["Visits"]["came_on"], period, dataset).sum())
    return len(rows) / received if received else None


def first_call_due(dataset: Dataset) -> pd.Series:
    """Date a visit by the last day of its first follow-up."""
    return dataset.calendar.later(dataset.tables["Visits"]["left_on"], dataset.settings.first_call_to)


def called_first_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether any first call for the order lies in its window (FC-01)."""
    return _called_in_window(rows, follow_ups.first_calls(dataset))


def first_call_wanted(rows: Rows, dataset: Dataset) -> pd.Series:
    """Choose orders whose first call was made in time, or should have been by today (FC-01)."""
    return called_first_in_time(rows, dataset) | (first_call_due(dataset)[rows.index] < dataset.today)


def second_call_due(dataset: Dataset) -> pd.Series:
    """Date a visit by the last day of its second follow-up; blank while the first was not answered."""
    return follow_ups.orders(dataset)["second_due"].reindex(dataset.tables["Visits"].index)


def called_second_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether any second call for the order lies in its window (FC-02)."""
    return _called_in_window(rows, follow_ups.second_calls(dataset))


def second_call_wanted(rows: Rows, dataset: Dataset) -> pd.Series:
    """Choose orders whose second call was made in time, or should have been by today (FC-02)."""
    return called_second_in_time(rows, dataset) | (second_call_due(dataset)[rows.index] < dataset.today)


def _called_in_window(rows: Rows, calls: Rows) -> pd.Series:
    in_window = calls["called_on"].between(calls["earliest"], calls["due"])
    return rows["order_no"].isin(calls.loc[in_window, "order_no"])


def archived_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether the archive was made within `archive_days` (AR-02)."""
    return rows["archived_on"] <= dataset.calendar.later(rows["came_on"], dataset.settings.archive_days)


def report_wanted(rows: Rows, dataset: Dataset) -> pd.Series:
    """Choose complaints that were reported, or should have been: not those solved in time or not yet due (FC-07)."""
    due = _report_due(rows, dataset)
    return rows["reported_on"].notna() | ((due < dataset.today) & ~(rows["solved_on"] <= due))


def reported_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether a complaint was reported within `report_days` (FC-07)."""
    return rows["reported_on"] <= _report_due(rows, dataset)


def _report_due(rows: Rows, dataset: Dataset) -> pd.Series:
    return dataset.calendar.later(rows["received_on"], dataset.settings.report_days)


def telling_wanted(rows: Rows, dataset: Dataset) -> pd.Series:
    """Choose solutions that were told to the customer, or should have been by today (FC-08)."""
    return rows["told_on"].notna() | (_telling_due(rows, dataset) < dataset.today)


def told_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether a solution was told within `tell_days` (FC-08)."""
    return rows["told_on"] <= _telling_due(rows, dataset)


def _telling_due(rows: Rows, dataset: Dataset) -> pd.Series:
    return dataset.calendar.later(rows["solved_on"], dataset.settings.tell_days)


def event_start(dataset: Dataset) -> pd.Series:
    """Date a call by the start of the event it tells of."""
    starts = dataset.tables["Events"].dropna(subset=["event_no"]).set_index("event_no")["starts_on"]
    return look_up(dataset.tables["Calls"]["event_no"], starts)


def noticed_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether the call came `event_notice_days` before the event (LE-01)."""
    latest = dataset.calendar.later(event_start(dataset)[rows.index], -dataset.settings.event_notice_days)
    return rows["called_on"] <= latest


def in_last_months(day: pd.Series, period: Period, months: int) -> pd.Series:
    """Choose the rows dated in the months up to the period's end."""
    after = period.last + pd.Timedelta(days=1)
    return (day >= after - pd.DateOffset(months=months)) & (day < after)


def last_year(day: pd.Series, period: Period, _: Dataset) -> pd.Series:
    """Choose the rows dated in the twelve months up to the period's end."""
    return in_last_months(day, period, YEAR)


def lost(rows: Rows, dataset: Dataset, period: Period) -> float:
    """Count the cars that came once, but not in the last `lost_months`."""
    recent = rows[in_last_months(rows["came_on"], period, dataset.settings.lost_months)]
    return float(len(set(rows["archive_no"]) - set(recent["archive_no"])))


def loyal(rows: Rows, dataset: Dataset, _: Period) -> float:
    """Count the cars with at least `loyal_visits` visits."""
    return float((rows["archive_no"].value_counts() >= dataset.settings.loyal_visits).sum())


def renewed(rows: Rows, _: Dataset, __: Period) -> float:
    """Count the changes of 保险到期日 to a later day (IN-13)."""
    return float((rows["new"].map(_day) > rows["old"].map(_day)).sum())


def _day(text: object) -> pd.Timestamp:
    try:
        return pd.Timestamp(read_date(text, BY_NAME["Changes"].column("changed_on")))
    except Unreadable:
        return pd.NaT  # type: ignore[return-value]  # NaT is later than nothing
