"""The two calls after a visit, and the one after a consultation (FC-01, FC-02)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.follow_ups import FIRST, SECOND
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.reminder_kinds.customer_calls import (
    DECISIVE,
    REACHED,
    Counts,
    count_since,
    moments,
    outbound,
    settled_since,
)
from dealer_xl.dealership.reminder_kinds.kind import ReminderKind, day_of

CONSULTATION = "咨询"


def first_of_visits(dataset: Dataset) -> pd.DataFrame:
    """Find orders that left and whose first call is not settled since (FC-01)."""
    left = _left(dataset)
    calls = _calls_of_visits(dataset, FIRST)
    return _first_window(dataset, left[~_settled(dataset, left, calls, moments(left["left_on"]))], "left_on")


def second_of_visits(dataset: Dataset) -> pd.DataFrame:
    """Find orders whose customer was reached by a first call and whose second one is not settled (FC-02)."""
    left = _left(dataset)
    firsts = _calls_of_visits(dataset, FIRST)
    since_left = firsts["called_on"] >= look_up(firsts["visit"], left["left_on"])
    reached = firsts[since_left & firsts["result"].isin(REACHED)].groupby("visit")["called_on"].min()
    left = left.assign(reached_on=look_up(pd.Series(left.index, index=left.index), reached))
    left = left[left["reached_on"].notna()]
    settled = _settled(dataset, left, _calls_of_visits(dataset, SECOND), np.zeros(len(left), dtype="int64"))
    waiting = left[~settled]
    later, settings = dataset.calendar.later, dataset.settings
    return waiting.assign(
        earliest=later(waiting["reached_on"], settings.second_call_from),
        due=later(waiting["reached_on"], settings.second_call_to),
    )


def first_of_consultations(dataset: Dataset) -> pd.DataFrame:
    """Find inbound consultations after which nobody settled a first call with the customer."""
    calls = dataset.tables["Calls"]
    rows = calls[_is_consultation(calls) & calls["called_on"].notna()]
    return _first_window(dataset, rows[~settled_since(dataset, rows, FIRST, rows["called_on"])], "called_on")


def first_of_visitors(dataset: Dataset) -> pd.DataFrame:
    """Find customers who came to ask, never for a repair, and whom nobody called since.

    Who also consulted by phone on that day or later is followed up for that call.
    """
    customers = dataset.tables["Customers"]
    never = customers["archive_no"].notna() & ~customers["archive_no"].isin(
        dataset.tables["Visits"]["archive_no"].dropna()
    )
    rows = customers[never & customers["came_on"].notna()]
    calls = dataset.tables["Calls"]
    asked_on = calls[_is_consultation(calls)].groupby("archive_no")["called_on"].max()
    rows = rows[~(look_up(rows["archive_no"], asked_on) >= rows["came_on"])]
    return _first_window(dataset, rows[~settled_since(dataset, rows, FIRST, rows["came_on"])], "came_on")


def _left(dataset: Dataset) -> pd.DataFrame:
    visits = dataset.tables["Visits"]
    return visits[visits["left_on"].notna()]


def _is_consultation(calls: pd.DataFrame) -> pd.Series:
    return (calls["kind"] == CONSULTATION) & (calls["direction"] == "呼入")


def _first_window(dataset: Dataset, rows: pd.DataFrame, since: str) -> pd.DataFrame:
    later, settings = dataset.calendar.later, dataset.settings
    return rows.assign(
        earliest=later(rows[since], settings.first_call_from), due=later(rows[since], settings.first_call_to)
    )


@lru_cache(maxsize=4)
def _calls_of_visits(dataset: Dataset, kind: str) -> pd.DataFrame:
    """Return the outbound calls of a type with the Excel row of the visit they are of, as `visit`.

    A call without an order is of the visit of the same archive number that left last on or before its day, of two
    the lower one; a call whose order number is wrong is of none.
    """
    calls = outbound(dataset, kind)
    visits = dataset.tables["Visits"]
    rows = pd.Series(visits.index, index=visits["order_no"])
    named = look_up(calls["order_no"], rows[rows.index.notna()])
    unnamed = calls[calls["order_no"].isna() & ~dataset.error_masks["Calls"].loc[calls.index, "order_no"]]
    return calls.assign(visit=named.fillna(_latest_visits(unnamed, visits))).dropna(subset=["visit"])


def _latest_visits(calls: pd.DataFrame, visits: pd.DataFrame) -> pd.Series:
    known = calls.dropna(subset=["archive_no"])[["archive_no", "called_on"]]
    left = visits.dropna(subset=["archive_no", "left_on"])[["archive_no", "left_on"]]
    matched = pd.merge_asof(
        known.sort_values("called_on", kind="stable").reset_index(names="call"),
        left.sort_values("left_on", kind="stable").reset_index(names="visit"),
        left_on="called_on",
        right_on="left_on",
        by="archive_no",
    )
    return matched.set_index("call")["visit"].astype("float64")


def _settled(dataset: Dataset, visits: pd.DataFrame, calls: pd.DataFrame, since: Counts) -> pd.Series:
    """Return whether calls settled each visit's matter since a moment."""
    keys = pd.Series(visits.index, index=visits.index).astype("float64")
    decisive = calls[calls["result"].isin(DECISIVE)]
    done = count_since(keys, since, decisive["visit"], moments(decisive["called_on"])) > 0
    tried = count_since(keys, since, calls["visit"], moments(calls["called_on"]))
    return pd.Series(done | (tried >= dataset.settings.call_tries), index=visits.index, dtype="bool")


def _order(row: Mapping[str, Any]) -> str:
    return "" if pd.isna(row["order_no"]) else f"工单{row['order_no']}："


_CALLS = ("Calls.called_on", "Calls.kind", "Calls.direction", "Calls.result")
_OF_ORDERS = ("Visits.order_no", "Calls.order_no", "Calls.archive_no", "Visits.archive_no")

FOLLOW_UP_KINDS = (
    ReminderKind(
        "first-follow-up",
        "第一次跟踪",
        "Visits",
        "order_no",
        5,
        first_of_visits,
        lambda row: f"{_order(row)}{day_of(row['left_on'])} 出厂，请问用车情况",
        (*_CALLS, "Visits.left_on"),
        _OF_ORDERS,
        drop="follow_up_drop_days",
        call=FIRST,
    ),
    ReminderKind(
        "first-follow-up",
        "第一次跟踪",
        "Calls",
        "call_no",
        5,
        first_of_consultations,
        lambda row: f"{day_of(row['called_on'])} 来电咨询，请回访",
        _CALLS,
        ("Calls.archive_no", "Calls.phone"),
        drop="consult_drop_days",
        call=FIRST,
    ),
    ReminderKind(
        "first-follow-up",
        "第一次跟踪",
        "Customers",
        "archive_no",
        5,
        first_of_visitors,
        lambda row: f"{day_of(row['came_on'])} 来访咨询，没有进厂维修，请回访",
        (*_CALLS, "Customers.came_on", "Visits.archive_no"),
        ("Calls.archive_no", "Calls.phone", "Customers.phone"),
        drop="consult_drop_days",
        call=FIRST,
    ),
    ReminderKind(
        "second-follow-up",
        "第二次跟踪",
        "Visits",
        "order_no",
        6,
        second_of_visits,
        lambda row: f"{_order(row)}{day_of(row['reached_on'])} 第一次跟踪已接通，该第二次跟踪了",
        (*_CALLS, "Visits.left_on"),
        _OF_ORDERS,
        drop="follow_up_drop_days",
        call=SECOND,
    ),
)
