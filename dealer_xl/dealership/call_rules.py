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


OF_ORDERS = ("Calls.kind", "Calls.direction", "Visits.order_no", "Visits.left_on")
"""What the windows of follow-up calls are counted from."""


def _first_window(settings: Settings) -> Mapping[str, object]:
    return {"start": settings.first_call_from, "end": settings.first_call_to}


def _second_window(settings: Settings) -> Mapping[str, object]:
    return {"start": settings.second_call_from, "end": settings.second_call_to}


CALL_RULES = (
    Rule(
        "first-call-early",
        "Calls",
        ("called_on", "order_no"),
        first_call_early,
        _first_window,
        also_reads=OF_ORDERS,
        message="第一次跟踪早了：应在出厂后第{start}到第{end}天",
        source="FC-01",
    ),
    Rule(
        "first-call-late",
        "Calls",
        ("called_on", "order_no"),
        first_call_late,
        _first_window,
        also_reads=OF_ORDERS,
        message="第一次跟踪晚了：应在出厂后第{start}到第{end}天",
        source="FC-01",
    ),
    Rule(
        "second-call-early",
        "Calls",
        ("called_on", "order_no"),
        second_call_early,
        _second_window,
        also_reads=(*OF_ORDERS, "Calls.result"),
        message="第二次跟踪早了：应在第一次接通后第{start}到第{end}天",
        source="FC-02",
    ),
    Rule(
        "second-call-late",
        "Calls",
        ("called_on", "order_no"),
        second_call_late,
        _second_window,
        also_reads=(*OF_ORDERS, "Calls.result"),
        message="第二次跟踪晚了：应在第一次接通后第{start}到第{end}天",
        source="FC-02",
    ),
    Rule(
        "notice-late",
        "Calls",
        ("called_on", "event_no"),
        notice_late,
        lambda settings: {"days": settings.event_notice_days},
        also_reads=("Calls.kind", "Calls.direction", "Events.event_no", "Events.starts_on"),
        message="通知晚了：应在活动开始前至少{days}天",
        source="LE-01",
    ),
    Rule(
        "complaint-not-tracked",
        "Calls",
        ("complaint", "call_no"),
        complaint_not_tracked,
        severity=ERROR,
        also_reads=("Complaints.call_no",),
        message="是投诉，但“投诉跟踪”表里没有这个登记号，请登记",
        source="FC-05, CP-01",
    ),
    Rule(
        "report-late",
        "Complaints",
        ("reported_on", "received_on", "solved_on"),
        reported_late,
        lambda settings: {"days": settings.report_days},
        message="应在受理后{days}天内报告业务主管",
        source="FC-07",
    ),
    Rule(
        "told-late",
        "Complaints",
        ("told_on", "solved_on"),
        told_late,
        lambda settings: {"days": settings.tell_days},
        message="应在得到解决办法后{days}天内告知客户（0天为当日）",
        source="FC-08",
    ),
    Rule(
        "roles-missing",
        "Complaints",
        ROLES,
        roles_missing,
        one_of=ROLES,
        message="受理、处理、反馈、跟踪、记录五个人都要写明",
        source="CP-09",
    ),
    Rule(
        "confirm-missing",
        "Complaints",
        ("confirmed_on", "status"),
        closed_unconfirmed,
        message="关闭前要再次与客户确认，请填写再次确认日期",
        source="CP-05",
    ),
)
