"""The two follow-up calls after a visit: when each may be made, is due, and was made (FC-01, FC-02).

An order is followed up from the day its car left the shop. The first call counts whether or not it was
answered; the second is counted from the day on which the first was answered.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up

FIRST, SECOND = "第一次跟踪", "第二次跟踪"


@lru_cache(maxsize=2)  # many figures and rules of one dataset ask for it
def orders(dataset: Dataset) -> pd.DataFrame:
    """Return, for each visit whose car has left, what happened to it.

    Index: Excel row of the visit. Columns: order_no, archive_no, left_on; first_from, first_due, first_on (earliest
    first call on or after left_on), answered_on (earliest such call that was answered); second_from, second_due,
    second_on (earliest second call on or after answered_on), has_second (any second call, even a hasty one).
    """
    visits = dataset.tables["Visits"]
    left = visits.loc[visits["left_on"].notna(), ["order_no", "archive_no", "left_on"]].copy()
    order = left["order_no"]
    left["first_from"] = dataset.calendar.later(left["left_on"], dataset.settings.first_call_from)
    left["first_due"] = dataset.calendar.later(left["left_on"], dataset.settings.first_call_to)
    firsts = _since(_calls(dataset, FIRST), _by_order(left, "left_on"))
    left["first_on"] = look_up(order, _earliest(firsts))
    left["answered_on"] = look_up(order, _earliest(firsts[firsts["result"] == "接通"]))
    left["second_from"] = dataset.calendar.later(left["answered_on"], dataset.settings.second_call_from)
    left["second_due"] = dataset.calendar.later(left["answered_on"], dataset.settings.second_call_to)
    seconds = _calls(dataset, SECOND)
    left["second_on"] = look_up(order, _earliest(_since(seconds, _by_order(left, "answered_on"))))
    left["has_second"] = order.isin(seconds["order_no"])
    return left


@lru_cache(maxsize=2)
def first_calls(dataset: Dataset) -> pd.DataFrame:
    """List the first calls that are of an order: called_on, order_no, earliest, due, is_earliest (of its order)."""
    return _against_window(_calls(dataset, FIRST), orders(dataset), ("first_from", "first_due", "first_on"))


@lru_cache(maxsize=2)
def second_calls(dataset: Dataset) -> pd.DataFrame:
    """List the second calls that are of an order, as `first_calls` does; no window while no first was answered."""
    return _against_window(
        _calls(dataset, SECOND), orders(dataset), ("second_from", "second_due", "second_on")
    )


@lru_cache(maxsize=2)
def calls_with_orders(dataset: Dataset) -> pd.DataFrame:
    """Return the calls, follow-ups without an order under the order for which they count.

    That is the order of the same archive number with the latest left_on on or before the call's day; of two, the
    lower row. A call whose order number is wrong is of no order.
    """
    calls = dataset.tables["Calls"]
    unnamed = calls["kind"].isin((FIRST, SECOND)) & calls["order_no"].isna()
    unnamed &= ~dataset.error_masks["Calls"]["order_no"]
    found = _latest_orders(calls[unnamed], dataset.tables["Visits"])
    return calls.assign(order_no=calls["order_no"].fillna(found))


def _latest_orders(calls: pd.DataFrame, visits: pd.DataFrame) -> pd.Series:
    """Return the number of the order that left last before each call, under the calls' index."""
    known = calls.dropna(subset=["archive_no", "called_on"])[["archive_no", "called_on"]]
    left = visits.dropna(subset=["archive_no", "left_on"])[["archive_no", "left_on", "order_no"]]
    if known.empty or left.empty:
        return pd.Series(pd.NA, index=calls.index, dtype="str")
    matched = pd.merge_asof(
        known.sort_values("called_on", kind="stable").reset_index(names="row"),
        left.sort_values("left_on", kind="stable"),
        left_on="called_on",
        right_on="left_on",
        by="archive_no",
    )
    return matched.set_index("row")["order_no"].reindex(calls.index).astype("str")


def _calls(dataset: Dataset, kind: str) -> pd.DataFrame:
    """List the outbound calls of a kind that are of an order."""
    calls = calls_with_orders(dataset)
    asked = calls[(calls["kind"] == kind) & (calls["direction"] == "呼出")]
    return asked.dropna(subset=["order_no", "called_on"])


def _since(calls: pd.DataFrame, start: pd.Series) -> pd.DataFrame:
    """Keep the calls made on or after their order's start."""
    return calls[calls["called_on"] >= look_up(calls["order_no"], start)]


def _earliest(calls: pd.DataFrame) -> pd.Series:
    """Find the day of each order's earliest call."""
    return calls.groupby("order_no")["called_on"].min()


def _by_order(left: pd.DataFrame, column: str) -> pd.Series:
    """Put a column under the order numbers; a visit without a number of its own is named by no call."""
    return left.dropna(subset=["order_no"]).set_index("order_no")[column]


def _against_window(calls: pd.DataFrame, left: pd.DataFrame, window: tuple[str, str, str]) -> pd.DataFrame:
    start, due, made_on = (look_up(calls["order_no"], _by_order(left, name)) for name in window)
    first_row = calls[calls["called_on"] == made_on].drop_duplicates("order_no").index
    return calls[["called_on", "order_no"]].assign(
        earliest=start, due=due, is_earliest=calls.index.isin(first_row)
    )
