"""Codes of 客户档案 and 员工 (section 6)."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from oracle import words
from oracle.calls import outbound
from oracle.cells import Row, day, text
from oracle.findings import Check, Issue, issue, rows
from oracle.persons import persons
from oracle.shop import Shop
from oracle.tasks import away

CAR = ("车牌号", "VIN码")


def contact_missing(shop: Shop) -> Iterator[Issue]:
    """Yield 单位 without 联系人."""
    for row in rows(shop, "Customers", "客户类型", "联系人"):
        if text(row, "客户类型") == "单位" and not text(row, "联系人"):
            yield issue("Customers", row, "联系人", "contact-missing")


def archive_late(shop: Shop) -> Iterator[Issue]:
    """Yield 建档日期 after 送修或来访日期 + archive_days (AR-02)."""
    for row in rows(shop, "Customers", "建档日期", "送修或来访日期"):
        built, came = day(row, "建档日期"), day(row, "送修或来访日期")
        if built and came and built > shop.later(came, shop.setting("archive_days")):
            yield issue("Customers", row, "建档日期", "archive-late")


def shared(found: list[Row], key: Callable[[Row], str], other: Callable[[Row], str]) -> list[Row]:
    """Return the rows whose key stands also beside another value."""
    beside: dict[str, set[str]] = defaultdict(set)
    for row in found:
        if key(row) and other(row):
            beside[key(row)].add(other(row))
    return [row for row in found if other(row) and len(beside.get(key(row), ())) > 1]


def plate(row: Row) -> str:
    """Return the plate in one spelling."""
    return words.plate(text(row, "车牌号"))


def vin(row: Row) -> str:
    """Return the VIN in one spelling."""
    return words.plate(text(row, "VIN码"))


def phone(row: Row) -> str:
    """Return the phone in one spelling."""
    return words.phone(text(row, "联系电话"))


def name(row: Row) -> str:
    """Return the customer's name without a title."""
    return words.bare_name(text(row, "客户名称"))


def plate_of_two_vins(shop: Shop) -> Iterator[Issue]:
    """Yield every row of a plate that stands beside two VINs."""
    for row in shared(rows(shop, "Customers", *CAR), plate, vin):
        yield issue("Customers", row, "车牌号", "plate-of-two-vins")


def vin_of_two_plates(shop: Shop) -> Iterator[Issue]:
    """Yield every row of a VIN that stands beside two plates."""
    for row in shared(rows(shop, "Customers", *CAR), vin, plate):
        yield issue("Customers", row, "VIN码", "vin-of-two-plates")


def phone_shared(shop: Shop) -> Iterator[Issue]:
    """Yield every row of a phone with "different customer names"."""
    for row in shared(rows(shop, "Customers", "联系电话", "客户名称"), phone, name):
        yield issue("Customers", row, "联系电话", "phone-shared")


def archived_twice(shop: Shop) -> Iterator[Issue]:
    """Yield "same 车牌号 or same VIN码 in two rows of one person …, or both the same in rows of two; the later row"."""
    found = rows(shop, "Customers", *CAR)
    person = dict(zip(map(id, shop.rows("Customers")), persons(shop.rows("Customers")), strict=True))
    cars = [(plate(row), vin(row), person[id(row)]) for row in found]
    for place, (row, car) in enumerate(zip(found, cars, strict=True)):
        for earlier in cars[:place]:
            same_plate = bool(car[0]) and car[0] == earlier[0]
            same_vin = bool(car[1]) and car[1] == earlier[1]
            same_person = car[2] == earlier[2]
            if (same_plate and same_vin) or (same_person and (same_plate or same_vin)):
                yield issue("Customers", row, "车牌号", "archived-twice")


def phone_dead(shop: Shop) -> Iterator[Issue]:
    """Yield 联系电话 where "the latest outbound call to that phone was 空号"."""
    latest: dict[str, tuple[int, int, str]] = {}
    for place, call in enumerate(rows(shop, "Calls", "日期", "方向", "通话结果", "联系电话")):
        when = day(call, "日期")
        if when and outbound(call) and phone(call):
            new = (when.toordinal(), place, text(call, "通话结果"))
            latest[phone(call)] = max(latest.get(phone(call), new), new)
    for row in rows(shop, "Customers", "联系电话"):
        if phone(row) in latest and latest[phone(row)][2] == "空号":
            yield issue("Customers", row, "联系电话", "phone-dead")


def deputy_missing(shop: Shop) -> Iterator[Issue]:
    """Yield who is "away today without 代理人" (RO-03)."""
    for row in rows(shop, "Staff", "离岗自", "离岗至", "代理人"):
        if away(shop, row) and not text(row, "代理人"):
            yield issue("Staff", row, "代理人", "deputy-missing")


CHECKS: tuple[Check, ...] = (
    contact_missing,
    archive_late,
    plate_of_two_vins,
    vin_of_two_plates,
    phone_shared,
    archived_twice,
    phone_dead,
    deputy_missing,
)
