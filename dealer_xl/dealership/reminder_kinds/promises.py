"""Calls that were promised: 下次联系日期 of a call, 下次通话日期 of the archive (FC-03)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.reminder_kinds.customer_calls import (
    REACHED,
    count_of_customers,
    moments,
    reached_since,
    times_reached,
)
from dealer_xl.dealership.reminder_kinds.kind import ReminderKind, day_of


def promised_in_calls(dataset: Dataset) -> pd.DataFrame:
    """Find calls with a day for the next one, which nobody kept or put off since."""
    calls = dataset.tables["Calls"]
    rows = calls[calls["next_on"].notna()]
    reached = times_reached(dataset, rows, rows["next_on"])
    itself = (
        (rows["direction"] == "呼出") & rows["result"].isin(REACHED) & (rows["called_on"] >= rows["next_on"])
    )
    kept = reached > itself.to_numpy()
    waiting = rows[~kept & ~_put_off(calls, rows)]
    return waiting.assign(earliest=waiting["next_on"], due=waiting["next_on"])


def _put_off(calls: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Return whether a later row of the same customer has a day of its own; of one day the lower is the later."""
    order = np.lexsort((np.arange(len(calls)), moments(calls["called_on"])))
    moment = np.empty(len(calls), dtype="int64")
    moment[order] = np.arange(len(calls))
    place = calls.index.get_indexer(rows.index)
    later = count_of_customers(rows, moment[place] + 1, rows, moment[place])
    return pd.Series(later > 0, index=rows.index, dtype="bool") & rows["called_on"].notna()


def promised_in_archive(dataset: Dataset) -> pd.DataFrame:
    """Find customers with a day for the next call on which, or after which, nobody reached them."""
    customers = dataset.tables["Customers"]
    rows = customers[customers["next_call_on"].notna()]
    waiting = rows[~reached_since(dataset, rows, rows["next_call_on"])]
    return waiting.assign(earliest=waiting["next_call_on"], due=waiting["next_call_on"])


def _of_call(row: Mapping[str, Any]) -> str:
    points = "" if pd.isna(row["points"]) else f"（{row['points']}）"
    when = "" if pd.isna(row["called_on"]) else f"{day_of(row['called_on'])} "
    kind = "通话" if pd.isna(row["kind"]) else row["kind"]
    return f"{when}{kind}时约好 {day_of(row['next_on'])} 再联系{points}"


def _of_archive(row: Mapping[str, Any]) -> str:
    topic = "" if pd.isna(row["next_topic"]) else f"：{row['next_topic']}"
    return f"档案里定了 {day_of(row['next_call_on'])} 通话{topic}"


_REACHED = ("Calls.called_on", "Calls.direction", "Calls.result")

PROMISE_KINDS = (
    ReminderKind(
        "next-contact",
        "约定联系",
        "Calls",
        "call_no",
        4,
        promised_in_calls,
        _of_call,
        (*_REACHED, "Calls.next_on"),
        ("Calls.archive_no", "Calls.phone", "Calls.points", "Calls.kind"),
        drop="promise_drop_days",
    ),
    ReminderKind(
        "next-contact",
        "约定联系",
        "Customers",
        "archive_no",
        4,
        promised_in_archive,
        _of_archive,
        (*_REACHED, "Customers.next_call_on"),
        ("Calls.archive_no", "Calls.phone", "Customers.phone", "Customers.next_topic"),
        drop="promise_drop_days",
    ),
)
