"""The rules of the call log and of complaints: windows, deadlines, roles, and nothing forgotten."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dealer_xl.dealership import follow_ups, kpi_functions
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR
from dealer_xl.dealership.rule import Rule
from dealer_xl.dealership.settings import Settings

ROLES = ("acceptor", "handler", "informant", "tracker", "recorder")


def first_call_early(dataset: Dataset) -> pd.Series:
    """Find first follow-up calls before `first_call_from` days after the car left (FC-01)."""
    calls = follow_ups.first_calls(dataset)
    return calls["called_on"] < calls["earliest"]


def first_call_late(dataset: Dataset) -> pd.Series:
    """Find orders' earliest first follow-up calls after `first_call_to` days (FC-01)."""
    calls = follow_ups.first_calls(dataset)
    return (calls["called_on"] > calls["due"]) & calls["is_earliest"]


def second_call_early(dataset: Dataset) -> pd.Series:
    """Find second follow-up calls before `second_call_from` days after the first was answered (FC-02)."""
    calls = follow_ups.second_calls(dataset)
    return calls["called_on"] < calls["earliest"]


def second_call_late(dataset: Dataset) -> pd.Series:
    """Find orders' earliest second follow-up calls after `second_call_to` days (FC-02)."""
    calls = follow_ups.second_calls(dataset)
    return (calls["called_on"] > calls["due"]) & calls["is_earliest"]


def notice_late(dataset: Dataset) -> pd.Series:
    """Find calls that told of an event less than `event_notice_days` before it (LE-01)."""
    calls = dataset.tables["Calls"]
    told = calls[(calls["kind"] == "活动通知") & (calls["direction"] == "呼出")]
    known = told[kpi_functions.event_start(dataset)[told.index].notna()]
    return ~kpi_functions.noticed_in_time(known, dataset) & known["called_on"].notna()


def complaint_not_tracked(dataset: Dataset) -> pd.Series:
    """Find calls with a complaint that 投诉跟踪 does not know (FC-05, CP-01)."""
    calls = dataset.tables["Calls"]
    return (calls["complaint"] == "是") & ~calls["call_no"].isin(
        dataset.tables["Complaints"]["call_no"].dropna()
    )


def reported_late(dataset: Dataset) -> pd.Series:
    """Find complaints not reported within `report_days` (FC-07)."""
    complaints = dataset.tables["Complaints"]
    return kpi_functions.report_wanted(complaints, dataset) & ~kpi_functions.reported_in_time(
        complaints, dataset
    )


def told_late(dataset: Dataset) -> pd.Series:
    """Find solutions not told within `tell_days` (FC-08)."""
    complaints = dataset.tables["Complaints"]
    late = kpi_functions.telling_wanted(complaints, dataset) & ~kpi_functions.told_in_time(
        complaints, dataset
    )
    return late & complaints["solved_on"].notna()


def roles_missing(dataset: Dataset) -> pd.Series:
    """Find complaints in which one of the five roles has no name (CP-09)."""
    return dataset.tables["Complaints"][list(ROLES)].isna().any(axis=1)


def closed_unconfirmed(dataset: Dataset) -> pd.Series:
    """Find complaints closed before the customer confirmed (CP-05)."""
    complaints = dataset.tables["Complaints"]
    return (complaints["status"] == "已关闭") & complaints["confirmed_on"].isna()


def _first_window(settings: Settings) -> Mapping[str, object]:
    return {"start": settings.first_call_from, "end": settings.first_call_to}


def _second_window(settings: Settings) -> Mapping[str, object]:
    return {"start": settings.second_call_from, "end": settings.second_call_to}


CALL_RULES = (
    Rule("first-call-early", "Calls", ("called_on", "order_no"), first_call_early, _first_window),
    Rule("first-call-late", "Calls", ("called_on", "order_no"), first_call_late, _first_window),
    Rule("second-call-early", "Calls", ("called_on", "order_no"), second_call_early, _second_window),
    Rule("second-call-late", "Calls", ("called_on", "order_no"), second_call_late, _second_window),
    Rule(
        "notice-late",
        "Calls",
        ("called_on", "event_no"),
        notice_late,
        lambda settings: {"days": settings.event_notice_days},
    ),
    Rule("complaint-not-tracked", "Calls", ("complaint", "call_no"), complaint_not_tracked, severity=ERROR),
    Rule(
        "report-late",
        "Complaints",
        ("reported_on", "received_on", "solved_on"),
        reported_late,
        lambda settings: {"days": settings.report_days},
    ),
    Rule(
        "told-late",
        "Complaints",
        ("told_on", "solved_on"),
        told_late,
        lambda settings: {"days": settings.tell_days},
    ),
    Rule("roles-missing", "Complaints", ROLES, roles_missing, one_of=ROLES),
    Rule("confirm-missing", "Complaints", ("confirmed_on", "status"), closed_unconfirmed),
)
