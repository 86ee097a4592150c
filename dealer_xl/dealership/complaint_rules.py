"""The rules of complaints: deadlines, roles, and no case closed that is not settled."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership import kpi_functions
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.rule import Rule

ROLES = ("acceptor", "handler", "informant", "tracker", "recorder")
CLOSED = "已关闭"


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
    return (complaints["status"] == CLOSED) & complaints["confirmed_on"].isna()


def solved_without_date(dataset: Dataset) -> pd.Series:
    """Find complaints that are solved without the day of the solution."""
    complaints = dataset.tables["Complaints"]
    return complaints["status"].isin(("已解决", CLOSED)) & complaints["solved_on"].isna()


def closed_unsatisfied(dataset: Dataset) -> pd.Series:
    """Find complaints closed although the customer's second score is below `satisfied_from`."""
    complaints = dataset.tables["Complaints"]
    return (complaints["status"] == CLOSED) & (
        complaints["confirmed_score"] < dataset.settings.satisfied_from
    )


COMPLAINT_RULES = (
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
    Rule(
        "solved-without-date",
        "Complaints",
        ("solved_on", "status"),
        solved_without_date,
        message="已经解决，请填写解决办法日期",
        source="CP-05",
    ),
    Rule(
        "closed-unsatisfied",
        "Complaints",
        ("confirmed_score", "status"),
        closed_unsatisfied,
        lambda settings: {"score": settings.satisfied_from},
        message="不到{score}分就关闭了，请继续处理",
        source="CP-05",
    ),
)
