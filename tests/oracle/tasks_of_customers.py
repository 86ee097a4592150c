"""Task kinds that follow from an archive row: service, renewal, class, lost (section 7)."""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from oracle.calls import calls_of, of_kind, reached, settled, since
from oracle.cells import Row, day, number, text
from oracle.days import add_months
from oracle.shop import Shop
from oracle.tasks import CALL, Subject, Task, customers, dropped, listed, lost_since, willing_customers


def called(shop: Shop, row: Row, kind: str, first: date) -> bool:
    """Return whether the customer of an archive row is settled by calls of a type since a day."""
    calls = of_kind(calls_of(shop, text(row, "档案号"), text(row, "联系电话")), kind)
    return settled(shop, since(calls, first))


def first_service_due(shop: Shop) -> list[Task]:
    """购车日期 b, no visit with 业务类型 保养 or 是否首保 是, today ≤ b + 12 months, not lost (FC-17).

    due = b + first_service_months, earliest = due − service_ahead_days; "done when settled by 保养提醒 since earliest".
    """
    needs = {"Customers": ["购车日期"], "Visits": ["业务类型", "是否首保", "进厂日期"], **CALL}
    found: list[Task] = []
    for archive_no, _, row in customers(shop) if shop.can_list(needs) else []:
        bought = day(row, "购车日期")
        if (
            not bought
            or shop.today > add_months(bought, 12)
            or lost_since(shop, archive_no)
            or serviced(shop, archive_no)
        ):
            continue
        due = add_months(bought, shop.setting("first_service_months"))
        earliest = shop.later(due, -shop.setting("service_ahead_days"))
        if not called(shop, row, "保养提醒", earliest):
            found += listed(
                shop, Subject("first-service-due", archive_no, "Customers", row, archive_no), earliest, due
            )
    return found


def serviced(shop: Shop, archive_no: str) -> bool:
    """Return whether there is a "visit with 业务类型 保养 or 是否首保 是"."""
    visits = shop.visits_by_number.get(archive_no, [])
    return any(text(visit, "业务类型") == "保养" or text(visit, "是否首保") == "是" for visit in visits)


def next_service(shop: Shop, row: Row) -> date | None:
    """Return 下次保养日期 where it is typed, else the earlier of the day by the cycle's months and by its kilometres."""
    if day(row, "下次保养日期"):
        return day(row, "下次保养日期")
    last, km = last_service(shop, row)
    months, cycle = number(row, "保养周期(月)"), number(row, "保养周期(公里)")
    by_months = add_months(last, int(months)) if last and months and months > 0 else None
    by_km = day_of_km(shop, row, km + cycle) if km is not None and cycle else None
    return min((due for due in (by_months, by_km) if due), default=None)


def last_service(shop: Shop, row: Row) -> tuple[date | None, Fraction | None]:
    """Return day and kilometres of the last service: 上次保养日期 or a later 保养, of two on one day the lower."""
    last, km = day(row, "上次保养日期"), number(row, "上次保养里程")
    done = [each for each in shop.visits_of(text(row, "档案号")) if text(each, "业务类型") == "保养"]
    latest = max([came for each in done if (came := day(each, "进厂日期"))], default=None)
    if latest is None or (last is not None and last > latest):
        return last, km
    read = number([each for each in done if day(each, "进厂日期") == latest][-1], "进厂里程")
    return (last, km if km is not None else read) if last == latest else (latest, read)


def day_of_km(shop: Shop, row: Row, aim: Fraction) -> date | None:
    """Return the day on which the car reaches so many kilometres, going on as from its first to its last reading."""
    read = [
        (came, km)
        for each in shop.visits_of(text(row, "档案号"))
        if (came := day(each, "进厂日期")) and (km := number(each, "进厂里程")) is not None
    ]
    read.sort(key=lambda reading: reading[0])
    if not read or read[-1][0] == read[0][0] or read[-1][1] <= read[0][1]:
        return None
    (first, first_km), (last, last_km) = read[0], read[-1]
    days = max(aim - last_km, Fraction(0)) * (last - first).days / (last_km - first_km)
    return last + timedelta(days=ceil(days))


def service_due(shop: Shop) -> list[Task]:
    """List the next service: day − service_ahead_days … day; "not for a lost customer, and drops after service_drop_days".

    "done when settled by 保养提醒 since earliest". A visit of 保养 moves the next service itself.
    """
    needs = {"Customers": ["档案号"]}
    found: list[Task] = []
    for archive_no, _, row in customers(shop) if shop.can_list(needs) else []:
        due = next_service(shop, row)
        if not due or lost_since(shop, archive_no):
            continue
        earliest = shop.later(due, -shop.setting("service_ahead_days"))
        if not called(shop, row, "保养提醒", earliest):
            subject = Subject("service-due", archive_no, "Customers", row, archive_no)
            found += listed(shop, subject, earliest, due, dropped(due, shop.setting("service_drop_days")))
    return found


def renewal_due(shop: Shop) -> list[Task]:
    """保险到期日 x: x − renewal_ahead_days, x − renewal_call_days; drops after renewal_drop_days (IN-09).

    "done when settled by 续保提醒, or by any row in 续保 of that 档案号 with 日期 since earliest".
    """
    needs = {"Customers": ["保险到期日"], "Renewals": ["日期"], **CALL}
    found: list[Task] = []
    for archive_no, _, row in willing_customers(shop) if shop.can_list(needs) else []:
        ends = day(row, "保险到期日")
        if not ends:
            continue
        earliest = shop.later(ends, -shop.setting("renewal_ahead_days"))
        due = shop.later(ends, -shop.setting("renewal_call_days"))
        if not renewed(shop, archive_no, earliest) and not called(shop, row, "续保提醒", earliest):
            subject = Subject("renewal-due", archive_no, "Customers", row, archive_no)
            found += listed(shop, subject, earliest, due, dropped(due, shop.setting("renewal_drop_days")))
    return found


def renewed(shop: Shop, archive_no: str, first: date) -> bool:
    """Return whether there is a row in 续保 of that 档案号 with 日期 since a day."""
    rows = [row for row in shop.rows("Renewals") if text(row, "档案号") == archive_no and archive_no]
    return any(when >= first for row in rows if (when := day(row, "日期")))


def class_visit(shop: Shop) -> list[Task]:
    """VIP and 一级: last = latest reached 客户拜访, else 建档日期 (CV-02, CV-03); "done when settled … since earliest"."""
    months = {"VIP": shop.setting("vip_visit_months"), "一级": shop.setting("level1_visit_months")}
    found: list[Task] = []
    if not shop.can_list({"Customers": ["客户等级", "建档日期"], **CALL}):
        return found
    for archive_no, phone, row in willing_customers(shop):
        visits = [call for call in of_kind(calls_of(shop, archive_no, phone), "客户拜访") if reached(call)]
        days = [when for call in visits if (when := day(call, "日期"))]
        last = max(days, default=day(row, "建档日期"))
        if last is None or text(row, "客户等级") not in months:
            continue
        due = visit_day(last, months[text(row, "客户等级")], shop.today)
        earliest = shop.later(due, -shop.setting("visit_ahead_days"))
        if not called(shop, row, "客户拜访", earliest):
            found += listed(
                shop, Subject("class-visit", archive_no, "Customers", row, archive_no), earliest, due
            )
    return found


def visit_day(last: date, months: int, today: date) -> date:
    """Return last + k × months, k ≥ 1: "the latest such day that is not after today, else the first"."""
    steps = 1
    while add_months(last, (steps + 1) * months) <= today:
        steps += 1
    return add_months(last, steps * months)


def lost_customer(shop: Shop) -> list[Task]:
    """Gone = l + lost_months ≤ today ≤ gone + lost_drop_months; gone, gone + lost_call_days (LL-03).

    "done when settled by 流失回访 since gone"; "never listed for a person … one of whose rows says 营销同意 拒绝".
    """
    needs = {"Customers": ["档案号"], "Visits": ["进厂日期"], **CALL}
    found: list[Task] = []
    for archive_no, _, row in willing_customers(shop) if shop.can_list(needs) else []:
        lost = lost_since(shop, archive_no)
        if lost and not called(shop, row, "流失回访", lost[1]):
            last_day = add_months(lost[0], shop.setting("lost_months") + shop.setting("lost_drop_months"))
            subject = Subject("lost-customer", archive_no, "Customers", row, archive_no)
            found += listed(
                shop, subject, lost[1], shop.later(lost[1], shop.setting("lost_call_days")), last_day
            )
    return found


RULES = (first_service_due, service_due, renewal_due, class_visit, lost_customer)
