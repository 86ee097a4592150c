"""Task kinds that follow from calls and visits: promises, follow-ups, cars ready (section 7)."""

from datetime import date

from oracle.calls import (
    FIRST,
    SECOND,
    calls_of,
    calls_of_archive,
    first_reached,
    follow_ups,
    of_kind,
    reached,
    settled,
    since,
)
from oracle.cells import Row, day, text
from oracle.shop import Shop
from oracle.tasks import CALL, Subject, Task, customers, dropped, listed


def next_contact_of_calls(shop: Shop) -> list[Task]:
    """List each call row with 下次联系日期 n; n and n; drops after promise_drop_days."""
    needs = {"Calls": ["日期", "下次联系日期", "方向", "通话结果"]}
    found: list[Task] = []
    for place, call in enumerate(shop.rows("Calls") if shop.can_list(needs) else []):
        promised = day(call, "下次联系日期")
        if promised and not promise_kept(shop, place, call, promised):
            subject = Subject("next-contact", text(call, "登记号"), "Calls", call, text(call, "档案号"))
            found += listed(
                shop, subject, promised, promised, dropped(promised, shop.setting("promise_drop_days"))
            )
    return found


def promise_kept(shop: Shop, place: int, call: Row, promised: date) -> bool:
    """Return whether "the customer … is reached in another row on a day ≥ n, or a later row … has a 下次联系日期 of its own".

    Later: "later 日期, or the same and lower down".
    """
    places = shop.call_places
    own_day = day(call, "日期")
    others = [row for row in calls_of(shop, text(call, "档案号"), text(call, "联系电话")) if row is not call]
    for other in others:
        when = day(other, "日期")
        if when is None:
            continue
        if reached(other) and when >= promised:
            return True
        later = own_day is not None and (when, places[id(other)]) > (own_day, place)
        if later and day(other, "下次联系日期"):
            return True
    return False


def next_contact_of_archive(shop: Shop) -> list[Task]:
    """客户档案.下次通话日期 n likewise: only being reached on a day ≥ n ends it."""
    needs = {"Customers": ["下次通话日期"], "Calls": ["日期", "方向", "通话结果"]}
    found: list[Task] = []
    for number, phone, row in customers(shop) if shop.can_list(needs) else []:
        planned = day(row, "下次通话日期")
        if planned and not any(reached(call) for call in since(calls_of(shop, number, phone), planned)):
            subject = Subject("next-contact", number, "Customers", row, number)
            found += listed(
                shop, subject, planned, planned, dropped(planned, shop.setting("promise_drop_days"))
            )
    return found


def first_follow_up_of_visits(shop: Shop) -> list[Task]:
    """List each visit with 出厂日期 d, first call not settled by outbound 第一次跟踪 of that order on or after d (FC-01)."""
    found: list[Task] = []
    if not shop.can_list({"Visits": ["出厂日期"], **CALL}):
        return found
    calls = follow_ups(shop, FIRST)
    for place, visit in enumerate(shop.rows("Visits")):
        left = day(visit, "出厂日期")
        if left and not settled(shop, since(calls[place], left)):
            subject = Subject(
                "first-follow-up", text(visit, "工单号"), "Visits", visit, text(visit, "档案号")
            )
            found += first_window(shop, subject, left, shop.setting("follow_up_drop_days"))
    return found


def first_window(shop: Shop, subject: Subject, start: date, drop_days: int) -> list[Task]:
    """D + 3 … d + 7 (first_call_from, first_call_to)."""
    due = shop.later(start, shop.setting("first_call_to"))
    return listed(
        shop, subject, shop.later(start, shop.setting("first_call_from")), due, dropped(due, drop_days)
    )


def first_follow_up_of_inquiries(shop: Shop) -> list[Task]:
    """List each consultation on d: an inbound 咨询 call; "done when settled by any 第一次跟踪 of the customer on or after d"."""
    found: list[Task] = []
    for call in shop.rows("Calls") if shop.can_list(CALL) else []:
        asked = day(call, "日期")
        if asked and is_inquiry(call):
            number = text(call, "档案号")
            calls = of_kind(calls_of(shop, number, text(call, "联系电话")), FIRST)
            if not settled(shop, since(calls, asked)):
                subject = Subject("first-follow-up", text(call, "登记号"), "Calls", call, number)
                found += first_window(shop, subject, asked, shop.setting("consult_drop_days"))
    return found


def is_inquiry(call: Row) -> bool:
    """Return whether it is "an inbound 咨询 call"."""
    return text(call, "方向") == "呼入" and text(call, "通话类型") == "咨询"


def first_follow_up_of_visitors(shop: Shop) -> list[Task]:
    """List each 客户档案 row with 送修或来访日期 d whose 档案号 has no visit at all.

    "an archive row whose 档案号 has an inbound 咨询 on or after d gives none of its own"; drops after consult_drop_days.
    """
    found: list[Task] = []
    if not shop.can_list({"Customers": ["送修或来访日期"], **CALL}):
        return found
    for number, phone, row in customers(shop):
        came = day(row, "送修或来访日期")
        if not came or shop.visits_by_number.get(number):
            continue
        asked = any(
            is_inquiry(call) and text(call, "档案号") == number for call in since(shop.rows("Calls"), came)
        )
        if not asked and not settled(shop, since(of_kind(calls_of(shop, number, phone), FIRST), came)):
            subject = Subject("first-follow-up", number, "Customers", row, number)
            found += first_window(shop, subject, came, shop.setting("consult_drop_days"))
    return found


def second_follow_up(shop: Shop) -> list[Task]:
    """List each order: the earliest reached first call (on or after d) of an order is on c; c + 8 … c + 14 (FC-02).

    Done when "settled by outbound 第二次跟踪 on any day"; "an order without 出厂日期 has neither follow-up".
    """
    found: list[Task] = []
    if not shop.can_list({"Visits": ["出厂日期"], **CALL}):
        return found
    first_calls, second_calls = follow_ups(shop, FIRST), follow_ups(shop, SECOND)
    for place, visit in enumerate(shop.rows("Visits")):
        left = day(visit, "出厂日期")
        called = first_reached(first_calls[place], left) if left else None
        if called and not settled(shop, second_calls[place]):
            subject = Subject(
                "second-follow-up", text(visit, "工单号"), "Visits", visit, text(visit, "档案号")
            )
            due = shop.later(called, shop.setting("second_call_to"))
            earliest = shop.later(called, shop.setting("second_call_from"))
            found += listed(shop, subject, earliest, due, dropped(due, shop.setting("follow_up_drop_days")))
    return found


def pickup(shop: Shop) -> list[Task]:
    """维修记录 with 完工日期 c and no 出厂日期; done when reached by 取车通知 since c (RF-25); c and c."""
    found: list[Task] = []
    for visit in shop.rows("Visits") if shop.can_list({"Visits": ["完工日期", "出厂日期"], **CALL}) else []:
        ready, number = day(visit, "完工日期"), text(visit, "档案号")
        if ready and not day(visit, "出厂日期"):
            calls = since(of_kind(calls_of_archive(shop, number), "取车通知"), ready)
            if not any(reached(call) for call in calls):
                subject = Subject("pickup", text(visit, "工单号"), "Visits", visit, number)
                found += listed(shop, subject, ready, ready)
    return found


RULES = (
    next_contact_of_calls,
    next_contact_of_archive,
    first_follow_up_of_visits,
    first_follow_up_of_inquiries,
    first_follow_up_of_visitors,
    second_follow_up,
    pickup,
)
