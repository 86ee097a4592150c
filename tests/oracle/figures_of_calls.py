"""Figures of follow-up calls, satisfaction and the archive's deadline (section 8)."""

from collections.abc import Iterator
from datetime import date

from oracle.calls import FIRST, SECOND, first_reached, follow_ups, reached, within
from oracle.cells import Row, day, number, readable, text
from oracle.days import add_months
from oracle.period import Figure, Period, Rules, share, total

CALLS = ["日期", "方向", "通话类型", "通话结果"]
NEEDS = {"Visits": ["出厂日期"], "Calls": CALLS}

Window = tuple[Row, list[Row]]  # an order and its calls within the window


def order_calls(period: Period, kind: str) -> list[list[Row]]:
    """Return the calls of each order in the order of the table, without those with an error."""
    calls = follow_ups(period.shop, kind)
    return [
        [call for call in calls[place] if readable(call, *CALLS, "关联工单号", "档案号")]
        for place in sorted(calls)
    ]


def departures(period: Period) -> Iterator[tuple[int, Row, date]]:
    """Yield (place, visit, d) of the visits with 出厂日期 d."""
    for place, visit in enumerate(period.shop.rows("Visits")):
        left = day(visit, "出厂日期")
        if left and readable(visit, "出厂日期"):
            yield place, visit, left


def first_windows(period: Period) -> list[Window]:
    """Return the "visits whose first_call_to day falls in the month" with their calls within from … to."""
    calls, shop = order_calls(period, FIRST), period.shop
    found = []
    for place, visit, left in departures(period):
        last = period.later(left, shop.setting("first_call_to"))
        if period.holds(last):
            first = period.later(left, shop.setting("first_call_from"))
            found.append((visit, within(calls[place], first, last)))
    return found


def second_windows(period: Period) -> list[Window]:
    """Return the orders whose earliest reached first call + 14 falls in the month with their calls within +8…+14."""
    first_calls, second_calls = order_calls(period, FIRST), order_calls(period, SECOND)
    found = []
    for place, visit, left in departures(period):
        called = first_reached(first_calls[place], left)
        last = period.later(called, period.shop.setting("second_call_to")) if called else None
        if called and last and period.holds(last):
            first = period.later(called, period.shop.setting("second_call_from"))
            found.append((visit, within(second_calls[place], first, last)))
    return found


def called_share(windows: list[Window]) -> Figure:
    """Return the share of the orders with a call in the window."""
    return share(sum(bool(calls) for _, calls in windows), len(windows))


def reached_share(windows: list[Window]) -> Figure:
    """Return the share of the orders "whose customer was reached (接通) in the window"."""
    return share(sum(any(reached(call) for call in calls) for _, calls in windows), len(windows))


def first_call_on_time(period: Period) -> Figure:
    """Return "the share with an outbound 第一次跟踪 for the order within first_call_from … first_call_to"."""
    return called_share(first_windows(period))


def second_call_on_time(period: Period) -> Figure:
    """Return, of connected first calls whose date+14 falls in the month, "the share with a second within +8…+14"."""
    return called_share(second_windows(period))


def first_call_reached(period: Period) -> Figure:
    """Return, of the orders of first_call_on_time, the share reached in the window."""
    return reached_share(first_windows(period))


def second_call_reached(period: Period) -> Figure:
    """Return, of the orders of second_call_on_time, the share reached in the window."""
    return reached_share(second_windows(period))


def warranty_callback(period: Period) -> Figure:
    """Return first_call_reached "for cars within warranty_months of 购车日期" (FC-13)."""
    return reached_share([window for window in first_windows(period) if under_warranty(period, window[0])])


def under_warranty(period: Period, visit: Row) -> bool:
    """Return whether the day of the visit is within warranty_months of 购车日期."""
    archive = period.shop.archive.get(text(visit, "档案号"), {})
    bought, came = day(archive, "购车日期"), day(visit, "进厂日期")
    if not bought or not came or not readable(archive, "购车日期"):
        return False
    return came <= add_months(bought, period.shop.setting("warranty_months"))


def scored_calls(period: Period) -> list[Row]:
    """Return the "connected 第一次/第二次跟踪 calls of the month" with a 满意度."""
    rows = period.rows("Calls", "日期", "通话类型", "通话结果", "满意度")
    connected = [
        row for row in rows if text(row, "通话类型") in (FIRST, SECOND) and text(row, "通话结果") == "接通"
    ]
    return [row for row in connected if number(row, "满意度") is not None]


def csi(period: Period) -> Figure:
    """Return "mean 满意度 …, in percent", as a fraction of one (KP-02)."""
    rows = scored_calls(period)
    return share(total(rows, "满意度") / 100, len(rows))


def satisfaction_rate(period: Period) -> Figure:
    """Return "their share with 满意度 ≥ satisfied_from" (KP-03)."""
    rows = scored_calls(period)
    return share(sum(satisfied(period, row, "满意度") for row in rows), len(rows))


def satisfied(period: Period, row: Row, heading: str) -> bool:
    """Return whether a score is at least satisfied_from."""
    score = number(row, heading)
    return score is not None and score >= period.shop.setting("satisfied_from")


def archive_on_time(period: Period) -> Figure:
    """Return, of rows with 建档日期 in the month, the share with 建档日期 − 送修或来访日期 ≤ archive_days (AR-02)."""
    rows = period.rows("Customers", "建档日期", "送修或来访日期")
    pairs = [(built, day(row, "送修或来访日期")) for row in rows if (built := day(row, "建档日期"))]
    known = [(built, came) for built, came in pairs if came]
    on_time = [built <= period.later(came, period.shop.setting("archive_days")) for built, came in known]
    return share(sum(on_time), len(known))


SCORES = {"Calls": ["日期", "通话类型", "通话结果", "满意度"]}

RULES: Rules = {
    "csi": (SCORES, csi),
    "satisfaction_rate": (SCORES, satisfaction_rate),
    "first_call_on_time": (NEEDS, first_call_on_time),
    "second_call_on_time": (NEEDS, second_call_on_time),
    "first_call_reached": (NEEDS, first_call_reached),
    "second_call_reached": (NEEDS, second_call_reached),
    "warranty_callback": (
        {**NEEDS, "Visits": ["出厂日期", "进厂日期"], "Customers": ["购车日期"]},
        warranty_callback,
    ),
    "archive_on_time": ({"Customers": ["建档日期", "送修或来访日期"]}, archive_on_time),
}
