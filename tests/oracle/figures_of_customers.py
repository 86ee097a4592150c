"""Figures of customers: base, active, lost, loyal, and renewals (section 8)."""

from datetime import date, timedelta

from oracle.cells import Row, day, number, readable, text
from oracle.days import add_months
from oracle.period import Figure, Period, Rules, count, share, total

VISITS = {"Visits": ["档案号", "进厂日期"]}
RENEWAL_STEP = 300  # "only a step of 300 days or more is a renewal"


def base_customers(period: Period) -> Figure:
    """Return the distinct 档案号 at month end (建档日期 ≤) (KP-04)."""
    rows = period.shop.clean("Customers", "档案号", "建档日期")
    built = {text(row, "档案号") for row in rows if (when := day(row, "建档日期")) and when <= period.until}
    return count(len(built - {""}))


def histories(period: Period) -> dict[str, list[date]]:
    """Return the days of the visits of each 档案号 up to the last day counted, earliest first."""
    found: dict[str, list[date]] = {}
    for row in period.shop.clean("Visits", "档案号", "进厂日期"):
        came, number = day(row, "进厂日期"), text(row, "档案号")
        if came and came <= period.until and number:
            found.setdefault(number, []).append(came)
    return {number: sorted(days) for number, days in found.items()}


def recent(period: Period, days: list[date]) -> list[date]:
    """Return the visits of the last 12 months: a visit that is 12 months old to the day is none of them."""
    return [came for came in days if add_months(came, 12) > period.until]


def is_lost(period: Period, days: list[date]) -> bool:
    """Return whether there is "a visit ever, none in lost_months": the last + lost_months ≤ the day (section 7)."""
    return add_months(days[-1], period.shop.setting("lost_months")) <= period.until


def number_of(*checks: bool) -> Figure:
    """Return how many of the checks hold."""
    return count(sum(checks))


def active_customers(period: Period) -> Figure:
    """Return those "with a visit in the last 12 months"."""
    return number_of(*(bool(recent(period, days)) for days in histories(period).values()))


def loyal_customers(period: Period) -> Figure:
    """Return those with "≥ loyal_visits visits in 12 months" (LL-01)."""
    least = period.shop.setting("loyal_visits")
    return number_of(*(len(recent(period, days)) >= least for days in histories(period).values()))


def lost_customers(period: Period) -> Figure:
    """Return those "with a visit ever, none in lost_months"."""
    return number_of(*(is_lost(period, days) for days in histories(period).values()))


def drifting_customers(period: Period) -> Figure:
    """Return those whose "last visit more than drifting_months ago and not lost" (LL-05)."""
    months = period.shop.setting("drifting_months")
    checks = [
        add_months(days[-1], months) < period.until and not is_lost(period, days)
        for days in histories(period).values()
    ]
    return number_of(*checks)


def lost_by_cycle(period: Period) -> Figure:
    """Return those whose "last visit more than twice the car's own 保养周期(月) ago"."""
    found = 0
    for archive_no, days in histories(period).items():
        row = period.shop.archive.get(archive_no, {})
        months = number(row, "保养周期(月)") if readable(row, "保养周期(月)") else None
        found += bool(months and add_months(days[-1], int(2 * months)) < period.until)
    return count(found)


def lost_after_first(period: Period) -> Figure:
    """Return those who "came once, not again within lost_months"."""
    return number_of(*(len(days) == 1 and is_lost(period, days) for days in histories(period).values()))


def lost_loyal(period: Period) -> Figure:
    """Return those "lost, and loyal in the year before the last visit" (LL-04)."""
    least = period.shop.setting("loyal_visits")
    checks = []
    for days in histories(period).values():
        last = days[-1]
        before = [came for came in days if add_months(last, -12) <= came < last]
        checks.append(is_lost(period, days) and len(before) >= least)
    return number_of(*checks)


def starts(row: Row) -> date | None:
    """Return 生效日期 ("blank: 到期日期 − 12 months + 1 day")."""
    begins, ends = day(row, "生效日期"), day(row, "到期日期")
    if begins:
        return begins
    return add_months(ends, -12) + timedelta(days=1) if ends else None


def own_renewals(period: Period) -> list[Row]:
    """Return the rows of 续保 by 日期 with 是否本店 是."""
    rows = period.rows("Renewals", "日期", "档案号", "是否本店", "生效日期", "到期日期")
    return [row for row in rows if text(row, "是否本店") == "是"]


def renewals(period: Period) -> Figure:
    """Return the distinct 档案号 + 生效日期 of these; without a row in 续保 the reading from 变更记录."""
    if not period.shop.rows("Renewals"):
        return count(sum(is_renewal(row) for row in period.rows("Changes", "日期")))
    if lacks := period.shop.lacks(RENEWALS):
        return Figure(None, lacks=tuple(lacks))
    return count(len({(text(row, "档案号"), starts(row)) for row in own_renewals(period)}))


def is_renewal(row: Row) -> bool:
    """Return whether 字段 is 保险到期日 and 新值 "a step of 300 days or more" later than 原值."""
    old, new = written_day(row, "原值"), written_day(row, "新值")
    return text(row, "字段") == "保险到期日" and bool(old and new and (new - old).days >= RENEWAL_STEP)


def written_day(row: Row, heading: str) -> date | None:
    """Return the date of a cell that may hold it as text."""
    try:
        return day(row, heading) or date.fromisoformat(text(row, heading)[:10])
    except ValueError:
        return None


def renewal_premium(period: Period) -> Figure:
    """Return Σ保费 of these rows."""
    return count(total([row for row in own_renewals(period) if readable(row, "保费")], "保费"))


def renewal_rate(period: Period) -> Figure:
    """Return distinct 档案号 renewed here with 生效日期 in the month ÷ distinct 档案号 due in it.

    Due: "保险到期日 in the month, or a 续保 row with 生效日期 in it".
    """
    rows = period.shop.clean("Renewals", "档案号", "是否本店", "生效日期", "到期日期")
    begun = [row for row in rows if period.holds(starts(row))]
    here = {text(row, "档案号") for row in begun if text(row, "是否本店") == "是"}
    ending = {text(row, "档案号") for row in period.rows("Customers", "保险到期日", "档案号")}
    return share(len(here - {""}), len((ending | {text(row, "档案号") for row in begun}) - {""}))


RENEWALS = {"Renewals": ["日期", "档案号", "是否本店", "到期日期"]}

RULES: Rules = {
    "base_customers": ({"Customers": ["档案号", "建档日期"]}, base_customers),
    "active_customers": (VISITS, active_customers),
    "lost_customers": (VISITS, lost_customers),
    "loyal_customers": (VISITS, loyal_customers),
    "drifting_customers": (VISITS, drifting_customers),
    "lost_by_cycle": ({**VISITS, "Customers": ["保养周期(月)"]}, lost_by_cycle),
    "lost_after_first": (VISITS, lost_after_first),
    "lost_loyal": (VISITS, lost_loyal),
    "renewals": ({}, renewals),
    "renewal_premium": ({"Renewals": ["日期", "是否本店", "保费"]}, renewal_premium),
    "renewal_rate": ({**RENEWALS, "Customers": ["保险到期日"]}, renewal_rate),
}
