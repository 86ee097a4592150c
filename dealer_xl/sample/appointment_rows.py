"""The appointments of the last weeks and the next days, those kept tied to their orders (AP-01 to AP-07)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

from dealer_xl.sample.cars import Car
from dealer_xl.sample.date_span import SUNDAY, Span, later, off_sunday
from dealer_xl.sample.intake_rows import PARTS
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Row
from dealer_xl.sample.visit_rows import Visit

KEPT_DAYS = 45
TIMES = {
    "上午": ("08:30", "09:00", "09:30", "10:00", "10:30"),
    "下午": ("13:30", "14:00", "14:30", "15:30"),
    "晚间": ("18:00", "18:30"),
}
SLOT_WEIGHTS = (55, 40, 5)
WISHED = (
    "常规保养",
    "保养及轮胎换位",
    "更换前刹车片",
    "检修空调不制冷",
    "四轮定位",
    "更换蓄电池",
    "保养及空调滤芯更换",
)
FAILED, FAILED_WEIGHTS = ("失约", "取消"), (60, 40)


def appointment_rows(  # noqa: PLR0913, PLR0917 - all that appointments are about
    dice: random.Random,
    span: Span,
    orders: Sequence[Row],
    visits: Sequence[Visit],
    cars: Sequence[Car],
    advisors: Sequence[str],
) -> list[Row]:
    """Return the appointments in the order in which they are due."""
    rows = [
        *_kept(dice, span, orders, visits),
        *_failed(dice, span, cars, advisors),
        *_to_come(dice, span, cars, advisors),
    ]
    rows.sort(key=lambda row: (str(row["due_on"]), str(row["at"])))
    return [{"appointment_no": f"YY{place:05d}", **row} for place, row in enumerate(rows, start=1)]


def _kept(dice: random.Random, span: Span, orders: Sequence[Row], visits: Sequence[Visit]) -> Iterator[Row]:
    """Yield an appointment for each order of the last weeks that says it was booked."""
    since = later(span.today, -KEPT_DAYS)
    for order, visit in zip(orders, visits, strict=True):
        if order["booked"] == "是" and visit.came_on >= since and visit.car.archived_on < visit.came_on:
            yield _row(dice, span, visit.car, visit.came_on, visit.work) | {
                "advisor": order["advisor"],
                "parts_state": "齐",
                "status": "已到店",
                "order_no": visit.order_no,
            }


def _failed(dice: random.Random, span: Span, cars: Sequence[Car], advisors: Sequence[str]) -> Iterator[Row]:
    """Yield some to which nobody came."""
    for car in _filed(dice, span, cars, number_of(len(cars), 0.02, 2)):
        due_on = off_sunday(later(span.today, -dice.randint(2, KEPT_DAYS)), back=True)
        if car.archived_on < later(due_on, -6):
            yield _row(dice, span, car, due_on, dice.choice(WISHED)) | {
                "advisor": dice.choice(advisors),
                "parts_state": "齐",
                "status": dice.choices(FAILED, FAILED_WEIGHTS)[0],
            }


def _to_come(dice: random.Random, span: Span, cars: Sequence[Car], advisors: Sequence[str]) -> Iterator[Row]:
    """Yield those of the next days, most of them of tomorrow; for a few a part is missing."""
    for car in _filed(dice, span, cars, number_of(len(cars), 0.012, 4)):
        due_on = later(span.today, dice.choice((1, 1, 1, 2, 2, 3, 4, 5)))
        due_on = later(due_on, 1) if due_on.weekday() == SUNDAY else due_on
        row = _row(dice, span, car, due_on, dice.choice(WISHED))
        states = ("齐", "齐", "已订", "缺") if row["parts"] else ("齐",)
        yield row | {
            "advisor": dice.choice(advisors),
            "parts_state": dice.choice(states),
            "status": "待到店",
        }


def _filed(dice: random.Random, span: Span, cars: Sequence[Car], count: int) -> list[Car]:
    filed = [car for car in cars if car.archived_on < later(span.today, -20)]
    return dice.sample(filed, min(count, len(filed)))


def _row(dice: random.Random, span: Span, car: Car, due_on: date, work: str) -> Row:
    """Return what was agreed; it was so some days before, and yesterday at the latest."""
    slot = dice.choices(tuple(TIMES), SLOT_WEIGHTS)[0]
    return {
        "booked_on": max(min(later(due_on, -dice.randint(1, 5)), span.yesterday), car.archived_on),
        "due_on": due_on,
        "slot": slot,
        "at": dice.choice(TIMES[slot]),
        "archive_no": car.archive_no,
        "name": car.owner.name,
        "plate": car.plate,
        "phone": car.owner.phone,
        "services": work,
        "parts": next((part for word, part in PARTS.items() if word in work), None),
    }
