"""Codes of 电话登记 (section 6)."""

from collections.abc import Iterator
from datetime import date

from oracle import words
from oracle.calls import FIRST, SECOND, first_reached, follow_ups, outbound
from oracle.cells import Row, day, number, readable, text
from oracle.findings import Check, Issue, issue, rows
from oracle.shop import Shop

FOLLOW_UPS = (FIRST, SECOND)
CALL = ("日期", "方向", "通话类型", "通话结果")


def judged(calls: list[Row]) -> list[Row]:
    """Return the calls that can be judged, earliest first."""
    dated = [
        (when, call) for call in calls if readable(call, *CALL, "关联工单号") and (when := day(call, "日期"))
    ]
    return [call for _, call in sorted(dated, key=lambda found: found[0])]


def outside(call: Row, first: date, last: date, codes: tuple[str, str]) -> Iterator[Issue]:
    """Yield a call before the first or after the last day of its window."""
    when = day(call, "日期")
    if when and when < first:
        yield issue("Calls", call, "日期", codes[0])
    if when and when > last:
        yield issue("Calls", call, "日期", codes[1])


def call_windows(shop: Shop) -> Iterator[Issue]:
    """Yield first-call-early, -late and second-call-early, -late: the earliest call of its type for an order.

    First: d + first_call_from … first_call_to (FC-01); second: c + second_call_from … second_call_to (FC-02).
    """
    if not shop.has("Visits", "出厂日期") or not shop.has("Calls", *CALL):
        return
    first_calls, second_calls = follow_ups(shop, FIRST), follow_ups(shop, SECOND)
    for place, visit in enumerate(shop.rows("Visits")):
        left = day(visit, "出厂日期")
        if left is None or not readable(visit, "出厂日期"):
            continue
        for call in judged(first_calls[place])[:1]:
            window = [shop.later(left, shop.setting(name)) for name in ("first_call_from", "first_call_to")]
            yield from outside(call, window[0], window[1], ("first-call-early", "first-call-late"))
        called = first_reached(judged(first_calls[place]), left)
        for call in judged(second_calls[place])[:1] if called else []:
            window = [
                shop.later(called, shop.setting(name))
                for name in ("second_call_from", "second_call_to")
                if called
            ]
            yield from outside(call, window[0], window[1], ("second-call-early", "second-call-late"))


def tracked(shop: Shop) -> set[str] | None:
    """Return the 登记号 that 投诉跟踪 names, None where it cannot name any."""
    if not shop.has("Complaints", "登记号"):
        return None
    return {text(row, "登记号") for row in shop.rows("Complaints")}


def complaint_not_tracked(shop: Shop) -> Iterator[Issue]:
    """Yield 是否投诉=是 without a 投诉跟踪 row."""
    known = tracked(shop)
    for row in rows(shop, "Calls", "登记号", "是否投诉") if known is not None else []:
        if text(row, "是否投诉") == "是" and text(row, "登记号") not in (known or ()):
            yield issue("Calls", row, "是否投诉", "complaint-not-tracked")


def request_not_tracked(shop: Shop) -> Iterator[Issue]:
    """Yield 客户要求 filled, 当时答复 否, "no 投诉跟踪 row of that 登记号" (FC-05, FC-06)."""
    known = tracked(shop)
    for row in rows(shop, "Calls", "登记号", "客户要求", "当时答复") if known is not None else []:
        unanswered = bool(text(row, "客户要求")) and text(row, "当时答复") == "否"
        if unanswered and text(row, "登记号") not in (known or ()):
            yield issue("Calls", row, "客户要求", "request-not-tracked")


def order_mismatch(shop: Shop) -> Iterator[Issue]:
    """Yield 关联工单号 that "belongs to another 档案号"."""
    for table in ("Calls", "Appointments"):
        for row in (
            rows(shop, table, "关联工单号", "档案号") if shop.has("Visits", "工单号", "档案号") else []
        ):
            orders = shop.visits_by_order.get(text(row, "关联工单号"), []) if text(row, "关联工单号") else []
            owners = {text(order, "档案号") for order in orders if readable(order, "工单号", "档案号")} - {""}
            if owners and text(row, "档案号") and text(row, "档案号") not in owners:
                yield issue(table, row, "关联工单号", "order-mismatch")


def order_missing(shop: Shop) -> Iterator[Issue]:
    """Yield an outbound 第一次/第二次跟踪 without 关联工单号.

    "of a customer with a visit whose 出厂日期 is on or before the call's day, where that column exists".
    """
    for row in (
        rows(shop, "Calls", *CALL[:3], "关联工单号", "档案号")
        if shop.has("Visits", "出厂日期", "档案号")
        else []
    ):
        when = day(row, "日期")
        if (
            text(row, "关联工单号")
            or not outbound(row)
            or text(row, "通话类型") not in FOLLOW_UPS
            or not when
        ):
            continue
        left = [
            day(visit, "出厂日期") for visit in visits_of_caller(shop, row) if readable(visit, "出厂日期")
        ]
        if any(day_left <= when for day_left in left if day_left):
            yield issue("Calls", row, "关联工单号", "order-missing")


def visits_of_caller(shop: Shop, call: Row) -> list[Row]:
    """Return the visits of the call's customer: "same 档案号 (if either is blank: same 联系电话)"."""
    if text(call, "档案号"):
        return shop.visits_by_number.get(text(call, "档案号"), [])
    phone = words.phone(text(call, "联系电话"))
    numbers = [
        text(row, "档案号")
        for row in shop.rows("Customers")
        if words.phone(text(row, "联系电话")) == phone and phone
    ]
    return [visit for number_ in dict.fromkeys(numbers) for visit in shop.visits_by_number.get(number_, [])]


def event_missing(shop: Shop) -> Iterator[Issue]:
    """Yield 活动通知 without 活动编号."""
    for row in rows(shop, "Calls", "通话类型", "活动编号"):
        if text(row, "通话类型") == "活动通知" and not text(row, "活动编号"):
            yield issue("Calls", row, "活动编号", "event-missing")


def points_missing(shop: Shop) -> Iterator[Issue]:
    """Yield "接通 without 通话要点, for 第一次/第二次跟踪" (FC-05)."""
    for row in rows(shop, "Calls", "通话类型", "通话结果", "通话要点"):
        connected = text(row, "通话类型") in FOLLOW_UPS and text(row, "通话结果") == "接通"
        if connected and not text(row, "通话要点"):
            yield issue("Calls", row, "通话要点", "points-missing")


def complaint_not_ticked(shop: Shop) -> Iterator[Issue]:
    """Yield "通话类型 投诉 with 是否投诉 not 是"."""
    for row in rows(shop, "Calls", "通话类型", "是否投诉"):
        if text(row, "通话类型") == "投诉" and text(row, "是否投诉") != "是":
            yield issue("Calls", row, "是否投诉", "complaint-not-ticked")


def scale_doubtful(shop: Shop) -> Iterator[Issue]:
    """Yield "all 满意度 ≤ 10; one message for the column", on the first score."""
    scored = [(row, number(row, "满意度")) for row in rows(shop, "Calls", "满意度")]
    scores = [(row, score) for row, score in scored if score is not None]
    if scores and all(score <= 10 for _, score in scores):
        yield issue("Calls", scores[0][0], "满意度", "scale-doubtful")


CHECKS: tuple[Check, ...] = (
    call_windows,
    complaint_not_tracked,
    request_not_tracked,
    order_mismatch,
    order_missing,
    event_missing,
    points_missing,
    complaint_not_ticked,
    scale_doubtful,
)
