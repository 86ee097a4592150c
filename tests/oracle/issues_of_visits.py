"""Codes of 维修记录, and of records that do not fit their archive row (section 6)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from oracle import words
from oracle.cells import Row, day, number, text
from oracle.findings import Check, Issue, archive_of, issue, rows
from oracle.shop import Shop

SLIPS = ("送修单号", "派工单号", "结算单号")
Reading = tuple[date, Fraction, Row]


def left_before_came(shop: Shop) -> Iterator[Issue]:
    """Yield 出厂日期 before 进厂日期."""
    for row in rows(shop, "Visits", "进厂日期", "出厂日期"):
        came, left = day(row, "进厂日期"), day(row, "出厂日期")
        if came and left and left < came:
            yield issue("Visits", row, "出厂日期", "left-before-came")


def odometer(shop: Shop) -> Iterator[Issue]:
    """Yield km-jump and km-backwards of each car."""
    cars: dict[str, list[Reading]] = defaultdict(list)
    for row in rows(shop, "Visits", "档案号", "进厂日期", "进厂里程"):
        came, km = day(row, "进厂日期"), number(row, "进厂里程")
        if came and km is not None and text(row, "档案号"):
            cars[text(row, "档案号")].append((came, km, row))
    for readings in cars.values():
        yield from odometer_of_car(sorted(readings, key=lambda reading: reading[:2]))


def odometer_of_car(readings: list[Reading]) -> Iterator[Issue]:
    """Yield "a reading larger than a later one, while the readings without it never fall", else those that fall.

    "it is named, and the later ones are not km-backwards; one that is too small stays km-backwards".
    """
    km = [reading[1] for reading in readings]
    for place, (_, value, row) in enumerate(readings):
        rest = km[:place] + km[place + 1 :]
        if any(later < value for later in km[place + 1 :]) and rest == sorted(rest):
            yield issue("Visits", row, "进厂里程", "km-jump")
            return
    for place, (_, value, row) in enumerate(readings):
        if any(earlier > value for earlier in km[:place]):
            yield issue("Visits", row, "进厂里程", "km-backwards")


def slip_missing(shop: Shop) -> Iterator[Issue]:
    """Yield each blank slip of a car that "left, but not all three slips" (WS-01)."""
    for row in rows(shop, "Visits", "出厂日期", *SLIPS):
        if day(row, "出厂日期"):
            for slip in SLIPS:
                if not text(row, slip):
                    yield issue("Visits", row, slip, "slip-missing")


def claim_result_missing(shop: Shop) -> Iterator[Issue]:
    """Yield 保修索赔 without 索赔结果."""
    for row in rows(shop, "Visits", "业务类型", "索赔结果"):
        if text(row, "业务类型") == "保修索赔" and not text(row, "索赔结果"):
            yield issue("Visits", row, "索赔结果", "claim-result-missing")


def bought_after_visit(shop: Shop) -> Iterator[Issue]:
    """Yield dates-out-of-order: "购车 ≤ 进厂 on 维修记录.进厂日期"."""
    for row in rows(shop, "Visits", "档案号", "进厂日期"):
        archive = archive_of(shop, row, "购车日期")
        bought, came = day(archive or {}, "购车日期"), day(row, "进厂日期")
        if bought and came and came < bought:
            yield issue("Visits", row, "进厂日期", "dates-out-of-order")


def mismatch(
    shop: Shop, tables: tuple[str, ...], heading: str, code: str, spell: Callable[[str], str]
) -> Iterator[tuple[Issue, Row]]:
    """Yield the records whose cell differs from "the archive row of its 档案号, blank on either side is silent"."""
    for table in tables:
        for row in rows(shop, table, "档案号", heading):
            archive = archive_of(shop, row, heading)
            own, known = spell(text(row, heading)), spell(text(archive or {}, heading))
            if archive and own and known and own != known:
                yield issue(table, row, heading, code), archive


def name_mismatch(shop: Shop) -> Iterator[Issue]:
    """Yield 客户名称 that differs ("titles cut off on both sides")."""
    tables = ("Visits", "Renewals", "Calls", "Complaints", "Appointments", "Letters", "Invitees")
    for found, _ in mismatch(shop, tables, "客户名称", "name-mismatch", words.bare_name):
        yield found


def plate_mismatch(shop: Shop) -> Iterator[Issue]:
    """Yield 车牌号 that differs."""
    tables = ("Visits", "Renewals", "Calls", "Complaints", "Appointments")
    for found, _ in mismatch(shop, tables, "车牌号", "plate-mismatch", words.plate):
        yield found


def phone_mismatch(shop: Shop) -> Iterator[Issue]:
    """Yield 联系电话 that differs ("a company's contact may differ in phone")."""
    tables = ("Calls", "Complaints", "Appointments")
    for found, archive in mismatch(shop, tables, "联系电话", "phone-mismatch", words.phone):
        if not words.is_company(text(archive, "客户类型"), text(archive, "客户名称")):
            yield found


CHECKS: tuple[Check, ...] = (
    left_before_came,
    odometer,
    slip_missing,
    claim_result_missing,
    bought_after_visit,
    name_mismatch,
    plate_mismatch,
    phone_mismatch,
)
