"""Repair orders: what was done, for how much, and when the car left."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dealer_xl.sample.cars import Car
from dealer_xl.sample.date_span import Span, later
from dealer_xl.sample.sample_types import Row
from dealer_xl.sample.visit_plan import PlannedVisit

STAYS = {
    "保养": (0, 0, 0, 0, 0, 0, 1),
    "维修": (0, 0, 1, 1, 2, 3),
    "保险理赔": (2, 3, 4, 5, 7),
    "保修索赔": (0, 1, 1, 2),
    "精品": (0, 0, 0, 1),
}
WORK = {
    "保养": ("常规保养：机油、机滤", "常规保养：三滤、机油", "保养及轮胎换位", "保养及空调滤芯更换", "大保养：更换变速箱油"),
    "维修": ("更换前刹车片", "更换蓄电池", "检修发动机异响", "检修空调不制冷", "更换轮胎两条", "四轮定位", "更换火花塞", "检修底盘异响", "更换雨刮电机"),
    "保险理赔": ("前保险杠钣喷", "左侧车门钣喷", "后保险杠更换喷漆", "右前翼子板钣金喷漆", "前大灯更换", "前风挡玻璃更换"),
    "保修索赔": ("质保更换水泵", "质保更换车窗升降器", "质保更换减震器", "质保更换氧传感器"),
    "精品": ("加装行车记录仪", "贴膜", "更换座垫、脚垫", "加装倒车影像", "底盘装甲"),
}  # fmt: skip
ELECTRIC_SERVICES = ("三电系统检查保养", "常规保养：空调滤芯、制动液", "保养及轮胎换位")
CHEAPEST, DEAREST = {"维修": 300, "保险理赔": 500, "保修索赔": 150, "精品": 80}, 15_000
MEAN = {"维修": 830, "保险理赔": 1800, "保修索赔": 650, "精品": 420}


@dataclass(frozen=True)
class Visit:
    """One repair order."""

    order_no: str
    car: Car
    came_on: date
    left_on: date | None
    kind: str
    work: str
    first_service: bool


def visits_of(dice: random.Random, span: Span, planned: Iterable[PlannedVisit]) -> list[Visit]:
    """Make an order for each coming, numbered within its day."""
    visits: list[Visit] = []
    day, place = span.first_day, 0
    for planned_visit in planned:
        place = place + 1 if planned_visit.day == day else 1
        day = planned_visit.day
        left_on = later(day, dice.choice(STAYS[planned_visit.kind]))
        still_here = left_on > span.today or (day == span.today and dice.random() < 0.6)
        visits.append(
            Visit(
                order_no=f"GD{day:%y%m%d}{place:02d}",
                car=planned_visit.car,
                came_on=day,
                left_on=None if still_here else left_on,
                kind=planned_visit.kind,
                work=_work(dice, planned_visit),
                first_service=planned_visit.first_service,
            )
        )
    return visits


def visit_rows(
    dice: random.Random, span: Span, visits: Sequence[Visit], advisors: Sequence[str]
) -> list[Row]:
    """Write the orders as rows of the repair record."""
    return [
        _order(dice, visit)
        | _handling(dice, span, visit, advisors)
        | _slips(serial, left=visit.left_on is not None)
        for serial, visit in enumerate(visits, start=1)
    ]


def last_services(visits: Iterable[Visit]) -> dict[str, date]:
    """Return by archive number when each car came for its last service."""
    return {visit.car.archive_no: visit.came_on for visit in visits if visit.kind == "保养"}


def _order(dice: random.Random, visit: Visit) -> Row:
    """Write what was done to which car, and for how much."""
    return {
        "order_no": visit.order_no,
        "archive_no": visit.car.archive_no,
        "name": visit.car.owner.name,
        "plate": visit.car.plate,
        "came_on": visit.came_on,
        "left_on": visit.left_on,
        "km": visit.car.km_on(visit.came_on),
        "kind": visit.kind,
        "first_service": "是" if visit.first_service else "否",
        "services": visit.work,
        "amount": _amount(dice, visit),
    }


def _handling(dice: random.Random, span: Span, visit: Visit, advisors: Sequence[str]) -> Row:
    """Write how the order was handled."""
    ready_on = visit.left_on or max(visit.came_on, span.today)
    return {
        "booked": "是" if dice.random() < 0.35 else "否",
        "rework": "是" if visit.kind == "维修" and dice.random() < 0.03 else "否",
        "advisor": dice.choice(advisors),
        "promised_on": later(ready_on, dice.choice((0, 0, 0, 0, 1, 1))),
        "claim": _claim(dice, span, visit),
    }


def _slips(serial: int, *, left: bool) -> Row:
    """Return the numbers of the three slips (WS-01); the settlement slip is written when the car leaves."""
    return {
        "repair_slip": f"SX{serial:07d}",
        "dispatch_slip": f"PG{serial:07d}",
        "settlement_slip": f"{serial:07d}" if left else None,
    }


def _work(dice: random.Random, planned_visit: PlannedVisit) -> str:
    """Draw what was done to the car."""
    if planned_visit.first_service:
        return "首次保养"
    if planned_visit.kind == "保养" and planned_visit.car.model.name.startswith("云电 EV"):
        return dice.choice(ELECTRIC_SERVICES)
    return dice.choice(WORK[planned_visit.kind])


def _amount(dice: random.Random, visit: Visit) -> float:
    """Draw the amount in yuan: many small orders, few large ones."""
    if visit.kind == "保养":
        amount = dice.triangular(390, 920, 560)
    else:
        least = CHEAPEST[visit.kind]
        most = 2500 if visit.kind == "维修" else DEAREST
        amount = min(least + dice.gammavariate(1.4, (MEAN[visit.kind] - least) / 1.4), most)
    return float(round(amount / 5) * 5) if dice.random() < 0.6 else round(amount, 2)


def _claim(dice: random.Random, span: Span, visit: Visit) -> str | None:
    """Draw what the maker said to a warranty claim; the newest are still open."""
    if visit.kind != "保修索赔" or visit.left_on is None:
        return None
    if visit.left_on > later(span.today, -8):
        return "待定"
    return "通过" if dice.random() < 0.965 else "未通过"
