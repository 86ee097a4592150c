"""What a call is for whom: reached, settled, of a customer, of an order (section 7)."""

from datetime import date

from oracle import words
from oracle.cells import Row, day, text
from oracle.shop import Shop

FIRST, SECOND = "第一次跟踪", "第二次跟踪"
TOLD = ("接通", "拒接", "空号")


def outbound(call: Row) -> bool:
    """Return whether the shop called (方向 呼出)."""
    return text(call, "方向") == "呼出"


def reached(call: Row) -> bool:
    """Return whether it is "an outbound call (方向 呼出) with 通话结果 接通"."""
    return outbound(call) and text(call, "通话结果") == "接通"


def since(calls: list[Row], first: date) -> list[Row]:
    """Return the calls on or after a day ("Since" includes the day itself)."""
    return [call for call in calls if (when := day(call, "日期")) and when >= first]


def of_kind(calls: list[Row], kind: str) -> list[Row]:
    """Return the outbound calls of a type."""
    return [call for call in calls if outbound(call) and text(call, "通话类型") == kind]


def settled(shop: Shop, calls: list[Row]) -> bool:
    """Return whether outbound calls of one type in one window settle it: one with 接通, 拒接 or 空号, or call_tries."""
    return any(text(call, "通话结果") in TOLD for call in calls) or len(calls) >= shop.setting("call_tries")


def calls_of(shop: Shop, archive_no: str, phone: str) -> list[Row]:
    """Return the calls of a customer: "same 档案号 (if either is blank: same 联系电话)"."""
    same_phone = shop.calls_by_phone.get(words.phone(phone), []) if words.phone(phone) else []
    if not archive_no:
        return same_phone
    return shop.calls_by_number.get(archive_no, []) + [
        call for call in same_phone if not text(call, "档案号")
    ]


def calls_of_archive(shop: Shop, archive_no: str) -> list[Row]:
    """Return the calls of the customer of an archive number, whose phone is that of the archive."""
    return calls_of(shop, archive_no, text(shop.archive.get(archive_no, {}), "联系电话"))


def visits_of_call(shop: Shop, call: Row) -> list[Row]:
    """Return the orders (one; more only where a 工单号 stands twice) for which a follow-up call counts.

    "A follow-up call without 关联工单号 counts, for every purpose, for the order of the same 档案号 with the greatest
    出厂日期 on or before the call's day (of two, the lower row), even if that order already has such a call."
    """
    order, when = text(call, "关联工单号"), day(call, "日期")
    if order:
        return shop.visits_by_order.get(order, [])
    best: Row | None = None
    for visit in shop.visits_by_number.get(text(call, "档案号"), []):
        left, best_left = day(visit, "出厂日期"), day(best, "出厂日期") if best else None
        if left and when and left <= when and (best_left is None or left >= best_left):
            best = visit
    return [best] if best else []


def follow_ups(shop: Shop, kind: str) -> dict[int, list[Row]]:
    """Return the outbound calls of a follow-up type by the order they count for (the visit's place in the table)."""
    places = {id(visit): place for place, visit in enumerate(shop.rows("Visits"))}
    found: dict[int, list[Row]] = {place: [] for place in places.values()}
    for call in of_kind(shop.rows("Calls"), kind):
        for visit in visits_of_call(shop, call):
            found[places[id(visit)]].append(call)
    return found


def first_reached(first_calls: list[Row], left: date) -> date | None:
    """Return c: the day of "the earliest reached first call (on or after d)" of an order, None without one."""
    days = [when for call in since(first_calls, left) if reached(call) and (when := day(call, "日期"))]
    return min(days, default=None)


def within(calls: list[Row], first: date, last: date) -> list[Row]:
    """Return the calls from first to last, both ends included."""
    return [call for call in calls if (when := day(call, "日期")) and first <= when <= last]
