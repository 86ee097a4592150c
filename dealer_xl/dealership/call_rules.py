"""The rules of the call log: windows, what a call must name, and complaints that are not forgotten."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dealer_xl.dealership import follow_ups, kpi_functions
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR
from dealer_xl.dealership.persons import phone_digits
from dealer_xl.dealership.rule import Rule
from dealer_xl.dealership.settings import Settings


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


def order_missing(dataset: Dataset) -> pd.Series:
    """Find follow-up calls that name no order although a car of the customer has left on or before that day."""
    calls = dataset.tables["Calls"]
    unnamed = _follow_ups(calls) & (calls["direction"] == "呼出") & calls["order_no"].isna()
    asked = calls[unnamed].dropna(subset=["called_on"])
    left = dataset.tables["Visits"].groupby("archive_no")["left_on"].min()
    by_number = left.reindex(asked["archive_no"]).set_axis(asked.index)
    by_phone = _first_left_by_phone(dataset, left).reindex(
        asked["phone"].map(phone_digits, na_action="ignore")
    )
    earliest = by_number.where(asked["archive_no"].notna(), by_phone.set_axis(asked.index))
    return earliest <= asked["called_on"]


def _first_left_by_phone(dataset: Dataset, left: pd.Series) -> pd.Series:
    """Return when the first car of each phone of the archive left the shop."""
    customers = dataset.tables["Customers"].dropna(subset=["archive_no", "phone"])
    days = left.reindex(customers["archive_no"]).set_axis(customers.index)
    return days.groupby(customers["phone"].map(phone_digits)).min()


def event_missing(dataset: Dataset) -> pd.Series:
    """Find calls about an event that do not say which."""
    calls = dataset.tables["Calls"]
    return (calls["kind"] == "活动通知") & calls["event_no"].isna()


def points_missing(dataset: Dataset) -> pd.Series:
    """Find follow-up calls that were answered and of which nothing is noted (FC-05)."""
    calls = dataset.tables["Calls"]
    return _follow_ups(calls) & (calls["result"] == "接通") & calls["points"].isna()


def complaint_not_ticked(dataset: Dataset) -> pd.Series:
    """Find complaint calls that are not marked as a complaint."""
    calls = dataset.tables["Calls"]
    return (calls["kind"] == "投诉") & (calls["complaint"] != "是")


def request_not_tracked(dataset: Dataset) -> pd.Series:
    """Find requests that were not answered on the call and that nobody pursues (FC-05, FC-06)."""
    calls = dataset.tables["Calls"]
    tracked = dataset.tables["Complaints"]["call_no"].dropna()
    open_request = calls["wishes"].notna() & (calls["answered"] == "否")
    return open_request & ~calls["call_no"].isin(tracked)


def scale_doubtful(dataset: Dataset) -> pd.Series:
    """Find the first score where no score is above ten: the shop may count in five or ten points."""
    scores = dataset.tables["Calls"]["satisfaction"].dropna()
    return pd.Series(bool((scores <= TEN_POINTS).all()), index=scores.index[:1], dtype=bool)


def _follow_ups(calls: pd.DataFrame) -> pd.Series:
    return calls["kind"].isin((follow_ups.FIRST, follow_ups.SECOND))


TEN_POINTS = 10

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
        "order-missing",
        "Calls",
        ("order_no", "kind", "direction", "called_on", "archive_no"),
        order_missing,
        also_reads=("Visits.archive_no", "Visits.left_on"),
        uses=("Calls.phone", "Customers.archive_no", "Customers.phone"),
        silenced_by=("order_no", "kind", "direction", "called_on", "archive_no"),
        message="请填写这次跟踪的工单号，才算得准是否按时",
        source="FC-01, FC-02",
    ),
    Rule(
        "event-missing",
        "Calls",
        ("event_no", "kind"),
        event_missing,
        message="请填写通知的是哪个活动的编号",
        source="LE-01",
    ),
    Rule(
        "points-missing",
        "Calls",
        ("points", "kind", "result"),
        points_missing,
        message="接通了，请写下谈话要点",
        source="FC-05",
    ),
    Rule(
        "complaint-not-ticked",
        "Calls",
        ("complaint", "kind"),
        complaint_not_ticked,
        message="是投诉电话，请填“是”并登记投诉跟踪",
        source="CP-01",
    ),
    Rule(
        "request-not-tracked",
        "Calls",
        ("wishes", "answered", "call_no"),
        request_not_tracked,
        also_reads=("Complaints.call_no",),
        message="当时没有答复，请登记到“投诉跟踪”",
        source="FC-05, FC-06",
    ),
    Rule(
        "scale-doubtful",
        "Calls",
        ("satisfaction",),
        scale_doubtful,
        message="整列都不超过10分，是否用了5分、10分制",
    ),
)
