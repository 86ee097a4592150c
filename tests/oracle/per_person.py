"""Figures of each 业务员 and 服务顾问 (section 8): "the deputy's work counts for who did it"."""

from collections.abc import Mapping
from datetime import date

from oracle.calls import outbound, reached
from oracle.cells import Row, number, text
from oracle.figures_of_calls import first_windows, scored_calls, second_windows
from oracle.figures_of_visits import WORKSHOP
from oracle.period import Figure, Period, count, share, total
from oracle.shop import Columns, Tables, open_shop


def calls_figures(period: Period, name: str) -> dict[str, Figure]:
    """Return calls made, reached, in time and csi of a 业务员, who is who phoned, not whom he stood in for."""
    rows = period.rows("Calls", "日期", "方向", "通话类型", "通话结果", "业务员")
    made = [row for row in rows if outbound(row) and text(row, "业务员") == name]
    scores = [row for row in scored_calls(period) if text(row, "业务员") == name]
    return {
        "calls": count(len(made)),
        "reached": share(sum(reached(row) for row in made), len(made)),
        "in_time": count(in_time(period, name)),
        "csi": share(total(scores, "满意度") / 100, len(scores)),
    }


def in_time(period: Period, name: str) -> int:
    """Return how many orders of first_call_on_time and second_call_on_time the 业务员 called in the window."""
    windows = first_windows(period) + second_windows(period)
    return sum(any(text(call, "业务员") == name for call in calls) for _, calls in windows)


def visits_figures(period: Period, name: str) -> dict[str, Figure]:
    """Return visits, revenue, ticket and rework of a 服务顾问."""
    received = [
        row
        for row in period.rows("Visits", "进厂日期", "服务顾问", "是否返修")
        if text(row, "服务顾问") == name
    ]
    rows = period.rows("Visits", "出厂日期", "服务顾问", "业务类型", "金额")
    paid = [row for row in rows if text(row, "服务顾问") == name and is_revenue(row)]
    return {
        "visits": count(len(received)),
        "revenue": count(total(paid, "金额")),
        "ticket": share(total(paid, "金额"), len(paid)),
        "rework": share(sum(text(row, "是否返修") == "是" for row in received), len(received)),
    }


def is_revenue(row: Row) -> bool:
    """Return whether the visit's money is part of revenue_total."""
    return text(row, "业务类型") in ("保险理赔", *WORKSHOP) and number(row, "金额") is not None


def per_person(
    tables: Tables,
    settings: Mapping[str, object],
    days: tuple[date, date],
    until: date | None = None,
    columns: Columns | None = None,
) -> dict[str, dict[str, Figure]]:
    """Return name → code → figure of everyone named as 业务员 of a call or 服务顾问 of a visit in the period."""
    start, end = days
    last = min(end, until or end)
    period = Period(open_shop(tables, settings, last, columns), start, end, last)
    callers = {text(row, "业务员") for row in period.rows("Calls", "日期")}
    visits = [*period.rows("Visits", "进厂日期"), *period.rows("Visits", "出厂日期")]
    advisers = {text(row, "服务顾问") for row in visits}
    names = sorted((callers | advisers) - {""})
    return {name: {**calls_figures(period, name), **visits_figures(period, name)} for name in names}
