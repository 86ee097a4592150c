"""The list of an event, who was told, and the two task kinds of events (section 7)."""

from datetime import date, timedelta

from oracle import words
from oracle.calls import TOLD, calls_of, of_kind, reached
from oracle.cells import Row, day, number, text
from oracle.days import add_months
from oracle.shop import Shop
from oracle.tasks import CALL, Subject, Task, consenting_customers, listed

NOTICE = "活动通知"


def coming_events(shop: Shop) -> list[tuple[str, date, Row]]:
    """Return (活动编号, s, row) of each "event that begins on s > today"."""
    found = []
    for row in shop.rows("Events"):
        begins = day(row, "开始日期")
        if begins and begins > shop.today and text(row, "活动编号"):
            found.append((text(row, "活动编号"), begins, row))
    return found


def call_days(shop: Shop, begins: date) -> tuple[date, date]:
    """Return f = s − event_notice_days − event_call_days (these in calendar days) and s − event_notice_days."""
    due = shop.later(begins, -shop.setting("event_notice_days"))
    return due - timedelta(days=shop.setting("event_call_days")), due


def loyal(shop: Shop, archive_no: str, first: date) -> bool:
    """Return whether there are "at least loyal_visits visits with f − 12 months ≤ day < f"."""
    days = [came for came in shop.visit_days(archive_no) if add_months(first, -12) <= came < first]
    return len(days) >= shop.setting("loyal_visits")


def whole_list(shop: Shop, begins: date) -> list[tuple[str, str, Row]]:
    """Return "the archive rows with consent 同意 and a 联系电话", in order.

    "loyal first, then last visit before f, latest first, those without one last, then 档案号 ascending".
    """
    first, _ = call_days(shop, begins)

    def place(found: tuple[str, str, Row]) -> tuple[bool, int, str]:
        before = [came for came in shop.visit_days(found[0]) if came < first]
        return (not loyal(shop, found[0], first), -before[-1].toordinal() if before else 0, found[0])

    return sorted((found for found in consenting_customers(shop) if words.phone(found[1])), key=place)


def event_list(shop: Shop, event: Row, begins: date) -> list[tuple[str, str, Row]]:
    """Return "the first 目标邀约数 of them (blank: all …), told or not"."""
    wanted = number(event, "目标邀约数")
    people = whole_list(shop, begins)
    return people if wanted is None else people[: max(0, int(wanted))]


def notices(shop: Shop, event_no: str, archive_no: str, phone: str) -> list[Row]:
    """Return the outbound 活动通知 calls of an event to a customer."""
    calls = of_kind(calls_of(shop, archive_no, phone), NOTICE)
    return [call for call in calls if text(call, "活动编号") == event_no]


def event_call(shop: Shop) -> list[Task]:
    """List a task for each of the list not yet told: "no outbound 活动通知 call of the event with 接通, 拒接 or 空号".

    The k-th of n (from 0): f + ⌊k × (event_call_days + 1) ÷ n⌋ (calendar days); due s − event_notice_days (LE-01).
    """
    needs = {
        "Events": ["活动编号", "开始日期"],
        "Customers": ["营销同意", "联系电话"],
        "Visits": ["进厂日期"],
    }
    found: list[Task] = []
    if not shop.can_list({**needs, "Calls": [*CALL["Calls"], "活动编号"]}):
        return found
    for event_no, begins, event in coming_events(shop):
        people = event_list(shop, event, begins)
        first, due = call_days(shop, begins)
        for place, (archive_no, phone, row) in enumerate(people):
            if any(text(call, "通话结果") in TOLD for call in notices(shop, event_no, archive_no, phone)):
                continue
            days = place * (shop.setting("event_call_days") + 1) // len(people)
            subject = Subject("event-call", f"{event_no}/{archive_no}", "Customers", row, archive_no)
            found += listed(shop, subject, first + timedelta(days=days), due)
    return found


def event_letter(shop: Shop) -> list[Task]:
    """List a letter for each reached 活动通知 call for an event that begins after today, on c (the earliest); c, c + letter_days (LE-02).

    "consent 同意, address there, no row in 信函登记 with that 活动编号 and 档案号 but a 退回; 活动计划.寄信 not 否".
    """
    needs = {
        "Events": ["活动编号", "开始日期"],
        "Customers": ["营销同意", "地址"],
        "Letters": ["活动编号", "档案号"],
    }
    found: list[Task] = []
    if not shop.can_list({**needs, "Calls": [*CALL["Calls"], "活动编号"]}):
        return found
    for event_no, _, event in coming_events(shop):
        if text(event, "寄信") == "否":
            continue
        for archive_no, phone, row in consenting_customers(shop):
            calls = [call for call in notices(shop, event_no, archive_no, phone) if reached(call)]
            told = min((when for call in calls if (when := day(call, "日期"))), default=None)
            if told and words.usable_address(text(row, "地址")) and not written(shop, event_no, archive_no):
                subject = Subject("event-letter", f"{event_no}/{archive_no}", "Customers", row, archive_no)
                found += listed(shop, subject, told, shop.later(told, shop.setting("letter_days")))
    return found


def written(shop: Shop, event_no: str, archive_no: str) -> bool:
    """Return whether 信函登记 has a row of that 活动编号 and 档案号 that did not come back."""
    rows = [row for row in shop.rows("Letters") if text(row, "活动编号") == event_no]
    return any(text(row, "档案号") == archive_no and text(row, "状态") != "退回" for row in rows)


RULES = (event_call, event_letter)
