"""One task of 今日必做, and when it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from oracle.cells import Row, day, text
from oracle.days import add_months
from oracle.defaults import SHEETS
from oracle.persons import persons, refused_persons
from oracle.shop import Needs, Shop

Task = dict[str, object]

RANKS = {
    "complaint-tell": 1,
    "complaint-report": 2,
    "complaint-confirm": 3,
    "next-contact": 4,
    "pickup": 4,
    "first-follow-up": 5,
    "second-follow-up": 6,
    "archive-due": 7,
    "event-letter": 8,
    "appointment-confirm": 8,
    "parts-missing": 8,
    "event-call": 9,
    "first-service-due": 10,
    "service-due": 11,
    "renewal-due": 12,
    "class-visit": 13,
    "lost-customer": 14,
    "plan-task": 15,
    "measure-due": 15,
}


@dataclass(frozen=True)
class Subject:
    """Where a task's row stands and what it is called."""

    kind: str
    record: str
    table: str
    row: Row
    archive_no: str = ""
    staff: str = ""


Rule = Callable[[Shop], list[Task]]


def listed(shop: Shop, subject: Subject, earliest: date, due: date, last: date | None = None) -> list[Task]:
    """Return the task if today it is shown: "from earliest on", through `last` (None: it never drops)."""
    if shop.today < earliest or (last is not None and shop.today > last):
        return []
    workbook, sheet = SHEETS[subject.table]
    return [
        {
            "kind": subject.kind,
            "record": subject.record,
            "earliest": earliest,
            "due": due,
            "overdue_days": max(0, shop.calendar.between(due, shop.today)),
            "archive_no": subject.archive_no,
            "clerk": deputy(shop, clerk(shop, subject)),
            "workbook": subject.row.get("_workbook", workbook),
            "sheet": subject.row.get("_sheet", sheet),
            "row": subject.row.get("_row"),
            "rank": RANKS[subject.kind],
        }
    ]


def dropped(due: date, days: int) -> date:
    """Return the last day of a task: "still listed on due + the kind's drop days and gone the day after" (calendar)."""
    return due + timedelta(days=days)


def clerk(shop: Shop, subject: Subject) -> str:
    """Return who does a task: the person named for it, else the archive's 业务员, else the row's own."""
    named = subject.staff or text(shop.archive.get(subject.archive_no, {}), "业务员")
    return named or text(subject.row, "业务员") or text(subject.row, "服务顾问")


def away(shop: Shop, row: Row) -> bool:
    """Return whether a row of 员工 is away today: 离岗自 … 离岗至, both included; without an end still away."""
    gone, back = day(row, "离岗自"), day(row, "离岗至")
    return gone is not None and gone <= shop.today and (back is None or shop.today <= back)


def deputy(shop: Shop, name: str) -> str:
    """Return "the deputy while the clerk is away", else the clerk (RO-03)."""
    for row in shop.rows("Staff"):
        if text(row, "姓名") == name and name and away(shop, row):
            return text(row, "代理人") or name
    return name


def lost_since(shop: Shop, archive_no: str) -> tuple[date, date] | None:
    """Return (l, l + lost_months) of a lost customer, None of others.

    "Lost = the later of the last visit and 上次保养日期, + lost_months ≤ today; who has neither is not lost."
    """
    days = shop.visit_days(archive_no)
    serviced = day(shop.archive.get(archive_no, {}), "上次保养日期")
    last = max([*days, *([serviced] if serviced else [])], default=None)
    if last is None:
        return None
    gone = add_months(last, shop.setting("lost_months"))
    return (last, gone) if gone <= shop.today else None


def customers(shop: Shop) -> list[tuple[str, str, Row]]:
    """Return (档案号, 联系电话, row) of each archive row."""
    return [(text(row, "档案号"), text(row, "联系电话"), row) for row in shop.rows("Customers")]


def willing_customers(shop: Shop) -> list[tuple[str, str, Row]]:
    """Return those who are no person "one of whose rows says 营销同意 拒绝"."""
    refused, person = refused_persons(shop), persons(shop.rows("Customers"))
    return [found for found, who in zip(customers(shop), person, strict=True) if who not in refused]


def consenting_customers(shop: Shop) -> list[tuple[str, str, Row]]:
    """Return those with "同意 on the row and 拒绝 on none of the person's"."""
    return [found for found in willing_customers(shop) if text(found[2], "营销同意") == "同意"]


CALL: Needs = {"Calls": ["日期", "方向", "通话类型", "通话结果"]}
