"""How the figures of rows become numbers: what each row adds, by which day it counts, what they are divided by."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from dealer_xl.dealership import follow_ups
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import FINE, Rows, Weights
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.months import days_of, edate
from dealer_xl.dealership.own_figures import own_value
from dealer_xl.dealership.periods import Period

STAFF_FIGURE = "人员编制"
"""The figure of the shop's own by which output per head is divided."""


def says(column: str, *words: str) -> Weights:
    """Count the rows whose cell says one of the words."""
    return lambda rows, _: rows[column].isin(words)


def at_least_satisfied(column: str) -> Weights:
    """Count the rows whose score is at least `satisfied_from`."""
    return lambda rows, dataset: rows[column] >= dataset.settings.satisfied_from


def open_days(dataset: Dataset, period: Period) -> int:
    """Count the days of the period on which the shop works."""
    return dataset.calendar.open_days(period.first, period.last)


def cars_received(dataset: Dataset, period: Period) -> int:
    """Count the cars received in the period."""
    return int(dataset.tables["Visits"]["came_on"].between(period.first, period.last).sum())


def people(dataset: Dataset, period: Period) -> Fraction | int:
    """Return 人员编制 of 手工指标 in the period's months, else count the rows of 员工."""
    planned = own_value(dataset, STAFF_FIGURE, period)
    return int(dataset.tables["Staff"]["name"].notna().sum()) if planned is None else planned


def first_call_due(dataset: Dataset) -> pd.Series:
    """Date a visit by the last day of its first follow-up."""
    return dataset.calendar.later(dataset.tables["Visits"]["left_on"], dataset.settings.first_call_to)


def second_call_due(dataset: Dataset) -> pd.Series:
    """Date a visit by the last day of its second follow-up; blank while the first was not answered."""
    return follow_ups.orders(dataset)["second_due"].reindex(dataset.tables["Visits"].index)


def called_first_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether any first call for the order lies in its window (FC-01)."""
    return _called_in_window(rows, follow_ups.first_calls(dataset))


def reached_first_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether any first call in the window was answered."""
    return _called_in_window(rows, _answered(follow_ups.first_calls(dataset), dataset))


def called_second_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether any second call for the order lies in its window (FC-02)."""
    return _called_in_window(rows, follow_ups.second_calls(dataset))


def reached_second_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether any second call in the window was answered."""
    return _called_in_window(rows, _answered(follow_ups.second_calls(dataset), dataset))


def in_window(calls: Rows) -> pd.Series:
    """Return which follow-up calls lie in the window of their order."""
    return calls["called_on"].between(calls["earliest"], calls["due"])


def _called_in_window(rows: Rows, calls: Rows) -> pd.Series:
    return rows["order_no"].isin(calls.loc[in_window(calls), "order_no"])


def _answered(calls: Rows, dataset: Dataset) -> Rows:
    answered: pd.Series = dataset.tables["Calls"].loc[calls.index, "result"] == "接通"
    return calls.loc[answered]


def under_warranty(rows: Rows, dataset: Dataset) -> pd.Series:
    """Choose visits of cars that came within `warranty_months` of 购车日期 (FC-13)."""
    cars = dataset.tables["Customers"].dropna(subset=["archive_no"]).drop_duplicates("archive_no")
    bought = days_of(look_up(rows["archive_no"], cars.set_index("archive_no")["bought_on"]))
    until = edate(bought, dataset.settings.warranty_months)
    return pd.Series(days_of(rows["came_on"]) <= until, index=rows.index)


def archived_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether the archive was made within `archive_days` (AR-02)."""
    return rows["archived_on"] <= dataset.calendar.later(rows["came_on"], dataset.settings.archive_days)


def delivered_in_time(rows: Rows, _: Dataset) -> pd.Series:
    """Return whether the car left on the day promised, or before."""
    return rows["left_on"] <= rows["promised_on"]


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


def days_to_solve(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return the days from the acceptance to the solution without those spent waiting for parts, in millionths."""
    taken = dataset.calendar.days_between(rows["received_on"], rows["solved_on"])
    return taken * FINE - (rows["parts_wait_days"].fillna(0) * FINE).round()


def event_start(dataset: Dataset) -> pd.Series:
    """Date a call by the start of the event it tells of."""
    return _starts_of(dataset, dataset.tables["Calls"]["event_no"])


def invitee_event_start(dataset: Dataset) -> pd.Series:
    """Date a row of 活动名单 by the start of its event."""
    return _starts_of(dataset, dataset.tables["Invitees"]["event_no"])


def _starts_of(dataset: Dataset, event_numbers: pd.Series) -> pd.Series:
    starts = dataset.tables["Events"].dropna(subset=["event_no"]).set_index("event_no")["starts_on"]
    return look_up(event_numbers, starts)


def noticed_in_time(rows: Rows, dataset: Dataset) -> pd.Series:
    """Return whether the call came `event_notice_days` before the event (LE-01)."""
    latest = dataset.calendar.later(event_start(dataset)[rows.index], -dataset.settings.event_notice_days)
    return rows["called_on"] <= latest


def promised(dataset: Dataset, period: Period) -> int:
    """Count the invitees who promised to come to the events of the period."""
    rows, wrong = dataset.tables["Invitees"], dataset.error_masks["Invitees"]
    held = invitee_event_start(dataset).between(period.first, period.last)
    sure = ~wrong[["event_no", "promise", "came"]].any(axis=1)
    return int((held & sure & (rows["promise"] == "是")).sum())
