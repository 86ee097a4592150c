"""The customer archive: one row a vehicle, its last service taken from the repair orders (AR-04)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date

from dealer_xl.sample.cars import Bond, Car
from dealer_xl.sample.date_span import later
from dealer_xl.sample.sample_types import Row
from dealer_xl.sample.visit_rows import Visit

SERVICES = ("定期保养", "保养、维修", "保养、轮胎", "钣喷、保养", "保养、精品")
WISHES = ("周末预约", "上门取送车", "提前告知费用", "免费检测通知", "保养优惠通知")
FEMALE = frozenset("芳敏静丽娟艳霞英玉梅红燕欣悦佳琳雪嘉怡")
POSTCODES = {
    "泰山区": "271000",
    "岱岳区": "271000",
    "新泰市": "271200",
    "肥城市": "271600",
    "宁阳县": "271400",
    "东平县": "271500",
}
QUALITIES = {
    Bond.FAITHFUL: (40, 45, 13, 2),
    Bond.NEW: (25, 60, 15, 0),
    Bond.DRIFTING: (5, 35, 45, 15),
    Bond.LOST: (5, 30, 45, 20),
}
NEXT_TOPICS = ("介绍换季检测", "提醒轮胎换位", "了解新车使用情况", "介绍保养套餐")
PAPERS = ("行驶证复印件", "行驶证复印件、送修单", "行驶证复印件、购车发票复印件", "送修单、结算单")
CONSENT_NOTES = {
    "同意": ("{day} 建档时当面同意", "{day} 电话中同意", "{day} 签署同意书"),
    "拒绝": ("{day} 电话中表示不接收", "{day} 当面表示不接收"),
}


def customer_rows(dice: random.Random, cars: Sequence[Car], visits: Iterable[Visit]) -> list[Row]:
    """Write the archive."""
    last = {visit.car.archive_no: visit for visit in visits if visit.kind == "保养"}
    return [_row(dice, car, last.get(car.archive_no)) for car in cars]


def with_conduct(dice: random.Random, today: date, rows: Sequence[Row], cars: Sequence[Car]) -> list[Row]:
    """Return the archive with how to address a customer, their quality, and the next call that was thought of (AR-08)."""
    return [row | _conduct(dice, today, car) for row, car in zip(rows, cars, strict=True)]


def _conduct(dice: random.Random, today: date, car: Car) -> Row:
    """Return what a clerk adds while filing; of one person in ten nobody noted the title."""
    person = car.owner.kind == "个人" and int(car.owner.phone[-1]) != 0
    title = "女士" if set(car.owner.name[1:]) & FEMALE else "先生"
    plans = dice.random() < 0.02
    return {
        "postcode": POSTCODES[car.owner.region] if car.owner.address else None,
        "title": title if person else None,
        "quality": dice.choices(("优", "良", "中", "差"), QUALITIES[car.bond])[0],
        "next_topic": dice.choice(NEXT_TOPICS) if plans else None,
        "next_call_on": later(today, dice.randint(0, 20)) if plans else None,
        "attachments": dice.choice(PAPERS) if dice.random() < 0.5 else None,
    }


def _row(dice: random.Random, car: Car, service: Visit | None) -> Row:
    """Write one vehicle."""
    return {
        "archive_no": car.archive_no,
        "name": car.owner.name,
        "customer_kind": car.owner.kind,
        "contact": car.owner.contact or None,
        "phone": car.owner.phone,
        "region": car.owner.region,
        "address": car.owner.address or None,
        "plate": car.plate,
        "vin": car.vin,
        "model": car.model.name,
        "vehicle_kind": car.model.kind,
        "bought_on": car.bought_on,
        "came_on": car.came_on,
        "archived_on": car.archived_on,
        "clerk": car.clerk,
        "grade": car.grade,
        "services": dice.choice(SERVICES),
        "cycle_months": car.cycle_months,
        "cycle_km": car.cycle_km,
        "last_service_on": service.came_on if service else None,
        "last_service_km": car.km_on(service.came_on) if service else None,
        "insured_until": car.insured_until,
        "wishes": dice.choice(WISHES) if dice.random() < 0.3 else None,
        "consent": car.owner.consent,
        "consent_note": _consent_note(dice, car),
    }


def _consent_note(dice: random.Random, car: Car) -> str | None:
    """Return when and how the customer agreed or refused."""
    notes = CONSENT_NOTES.get(car.owner.consent)
    return dice.choice(notes).format(day=car.archived_on) if notes else None
