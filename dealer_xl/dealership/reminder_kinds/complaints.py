"""Complaints: report them, tell the solution, ask whether it satisfies (FC-07, FC-08, CP-05)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.reminder_kinds.kind import ReminderKind, Step, day_of, rows_left_blank

CALL_BACK = "投诉回访"


def to_tell(dataset: Dataset) -> pd.DataFrame:
    """Find solutions that the customer does not know yet (FC-08)."""
    rows = _open(dataset, "told_on")
    rows = rows[rows["solved_on"].notna()]
    due = dataset.calendar.later(rows["solved_on"], dataset.settings.tell_days)
    return rows.assign(earliest=rows["solved_on"], due=due)


def to_report(dataset: Dataset) -> pd.DataFrame:
    """Find complaints that are neither reported nor solved (FC-07)."""
    rows = _open(dataset, "reported_on", "solved_on")
    rows = rows[rows["received_on"].notna()]
    due = dataset.calendar.later(rows["received_on"], dataset.settings.report_days)
    return rows.assign(earliest=rows["received_on"], due=due)


def to_confirm(dataset: Dataset) -> pd.DataFrame:
    """Find told solutions of which nobody asked yet whether they satisfy (CP-05)."""
    rows = _open(dataset, "confirmed_on")
    rows = rows[rows["told_on"].notna()]
    later = dataset.calendar.later
    return rows.assign(
        earliest=later(rows["told_on"], 1), due=later(rows["told_on"], dataset.settings.confirm_days)
    )


def _open(dataset: Dataset, *blank: str) -> pd.DataFrame:
    """Return the complaints that are not closed, with some cells blank."""
    rows = dataset.tables["Complaints"]
    kept = rows["status"] != "已关闭"
    for column in blank:
        kept &= rows_left_blank(dataset, "Complaints", column)
    return rows[kept]


def _about(row: Mapping[str, Any]) -> str:
    """Return what the complaint is about, as far as it is written."""
    words = row["content"] if pd.notna(row["content"]) else row["category"]
    return "" if pd.isna(words) else f"（{words}）"


def _tell(row: Mapping[str, Any]) -> str:
    solution = "" if pd.isna(row["solution"]) else f"：{row['solution']}"
    return f"投诉{_about(row)}{day_of(row['solved_on'])} 有了解决办法，请告知客户{solution}"


def _report(row: Mapping[str, Any]) -> str:
    return f"{day_of(row['received_on'])} 受理的投诉{_about(row)}还没有报业务主管"


def _confirm(row: Mapping[str, Any]) -> str:
    return f"{day_of(row['told_on'])} 已告知投诉{_about(row)}的解决办法，请再次确认客户是否满意"


_STATUS = "Complaints.status"
_WORDS = ("Complaints.content", "Complaints.category")

COMPLAINT_KINDS = (
    ReminderKind(
        "complaint-tell",
        "告知解决办法",
        "Complaints",
        "complaint_no",
        1,
        to_tell,
        _tell,
        (_STATUS, "Complaints.solved_on", "Complaints.told_on"),
        (*_WORDS, "Complaints.solution"),
        call=CALL_BACK,
        step=Step("told_on"),
    ),
    ReminderKind(
        "complaint-report",
        "上报投诉",
        "Complaints",
        "complaint_no",
        2,
        to_report,
        _report,
        (_STATUS, "Complaints.received_on", "Complaints.reported_on", "Complaints.solved_on"),
        _WORDS,
        step=Step("reported_on"),
    ),
    ReminderKind(
        "complaint-confirm",
        "再次确认投诉",
        "Complaints",
        "complaint_no",
        3,
        to_confirm,
        _confirm,
        (_STATUS, "Complaints.told_on", "Complaints.confirmed_on"),
        _WORDS,
        call=CALL_BACK,
        step=Step("confirmed_on"),
    ),
)
