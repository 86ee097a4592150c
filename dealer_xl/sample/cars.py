"""The vehicles of the archive: models, cycles, how far they drive and how faithful their owners are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from dealer_xl.sample.date_span import Span, add_months, later
from dealer_xl.sample.people import Owner
from dealer_xl.sample.plates import green_plates, plates, vin_for
from dealer_xl.sample.random_streams import number_of

NEW_DAYS = 168  # a car this young waits for its first service
MONTH_DAYS = 30.44


class Bond(Enum):
    """How a customer stands with the shop."""

    FAITHFUL = "常来"
    NEW = "新车"
    DRIFTING = "飘移"  # LL-05: service overdue, other workshops court them
    LOST = "流失"  # LL-03


@dataclass(frozen=True)
class Model:
    """One model of the marque, which is invented."""

    name: str
    kind: str
    code: str
    cycles: tuple[tuple[int, int], ...]  # months, km
    weight: int


MODELS = (
    Model("轻舟 1.5L 手动舒适型", "轿车", "AA15M", ((6, 5000), (6, 7500)), 17),
    Model("轻舟 1.6L 自动豪华型", "轿车", "AA16A", ((6, 5000), (6, 7500), (12, 10_000)), 22),
    Model("远山 1.5T 两驱", "SUV", "BS15T", ((6, 5000), (6, 7500), (12, 10_000)), 20),
    Model("远山 2.0T 四驱", "SUV", "BS20T", ((6, 7500), (12, 10_000)), 11),
    Model("家和 2.0T 七座", "MPV", "CM20T", ((6, 5000), (6, 7500)), 10),
    Model("云电 EV500", "新能源", "DE500", ((12, 10_000),), 8),
    Model("云电 DM 1.5L 混动", "新能源", "DH15D", ((6, 7500), (12, 10_000)), 5),
    Model("捷运 2.0T 轻客", "商用车", "EV20D", ((6, 5000), (6, 7500)), 5),
    Model("捷运 1.5L 皮卡", "其他", "FP15D", ((6, 5000),), 2),
)


@dataclass(frozen=True)
class Car:
    """One vehicle, that is one row of the archive."""

    archive_no: str
    owner: Owner
    model: Model
    plate: str
    vin: str
    bond: Bond
    bought_on: date
    bought_here: bool
    came_on: date
    archived_on: date
    clerk: str
    grade: str
    cycle_months: int
    cycle_km: int
    km_a_day: float
    insured_until: date | None

    def km_on(self, day: date) -> int:
        """Return what the odometer shows on a day."""
        return 12 + int((day - self.bought_on).days * self.km_a_day)

    @property
    def days_by_km(self) -> float:
        """Days in which the car drives its service cycle."""
        return self.cycle_km / self.km_a_day

    @property
    def cycle_days(self) -> float:
        """Days from one service to the next, by months or by km, whichever is sooner."""
        return min(self.cycle_months * MONTH_DAYS, self.days_by_km)

    def due_after(self, serviced_on: date) -> date:
        """Return when the service after the given one is due."""
        return min(add_months(serviced_on, self.cycle_months), later(serviced_on, self.days_by_km))


def make_cars(
    dice: random.Random, span: Span, owners: Sequence[Owner], clerks: Sequence[str]
) -> tuple[Car, ...]:
    """Make a vehicle for every owner, numbered in the order in which they were filed."""
    usual, green = plates(dice), green_plates(dice)
    bonds = _bonds(dice, len(owners))
    cars = []
    for serial, (owner, bond) in enumerate(zip(owners, bonds, strict=True), start=1):
        car = _car(dice, span, owner, bond)
        plate = next(green if car.model.kind == "新能源" else usual)
        vin = vin_for(dice, car.model.code, car.bought_on.year, 1000 + serial * 37)
        cars.append(replace(car, plate=plate, vin=vin, clerk=dice.choice(clerks)))
    cars.sort(key=lambda car: car.archived_on)
    return tuple(replace(car, archive_no=f"DA{place:05d}") for place, car in enumerate(cars, start=1))


def _bonds(dice: random.Random, vehicles: int) -> list[Bond]:
    """Deal out how the customers stand with the shop."""
    bonds = [Bond.NEW] * number_of(vehicles, 0.03, 6)
    bonds += [Bond.LOST] * number_of(vehicles, 0.06, 2) + [Bond.DRIFTING] * number_of(vehicles, 0.04, 2)
    bonds = (bonds + [Bond.FAITHFUL] * vehicles)[:vehicles]
    dice.shuffle(bonds)
    return bonds


def _car(dice: random.Random, span: Span, owner: Owner, bond: Bond) -> Car:
    """Make one vehicle without its numbers."""
    model = dice.choices(MODELS, [model.weight for model in MODELS])[0]
    months, km = dice.choice(
        [cycle for cycle in model.cycles if bond is not Bond.DRIFTING or cycle[0] == 6] or [(6, 7500)]
    )
    came_on, here = _came_on(dice, span, bond), bond is Bond.NEW or dice.random() < 0.6
    bought_on = came_on if here else later(came_on, -dice.randint(200, 1500))
    return Car(
        archive_no="",
        owner=owner,
        model=model,
        plate="",
        vin="",
        bond=bond,
        bought_on=bought_on,
        bought_here=here,
        came_on=came_on,
        archived_on=min(later(came_on, dice.choice((0, 0, 1, 1, 2))), span.today),
        clerk="",
        grade=_grade(dice, bond),
        cycle_months=months,
        cycle_km=km,
        km_a_day=_km_a_day(dice, months, km),
        insured_until=_insured_until(dice, span, bought_on),
    )


def _came_on(dice: random.Random, span: Span, bond: Bond) -> date:
    """Draw the day on which the customer first came; three in four are older than the records."""
    if bond is Bond.NEW:
        return later(span.today, -dice.randint(1, NEW_DAYS))
    if bond is Bond.LOST or dice.random() < 0.75:
        return later(span.first_day, -dice.randint(30, 1500))
    return later(span.first_day, dice.randint(0, (span.today - span.first_day).days - NEW_DAYS - 5))


def _grade(dice: random.Random, bond: Bond) -> str:
    """Draw the customer's class (CV-01); only those who come are visited by plan."""
    if bond is Bond.FAITHFUL:
        return dice.choices(("VIP", "一级", "二级", "其他"), (1, 4, 25, 70))[0]
    return dice.choices(("二级", "其他"), (1, 4))[0]


def _km_a_day(dice: random.Random, months: int, km: int) -> float:
    """Draw how far the car drives: with nine in ten the months are up before the kilometres."""
    share = dice.uniform(0.35, 0.92) if dice.random() < 0.9 else dice.uniform(1.15, 1.8)
    return share * km / (months * MONTH_DAYS)


def _insured_until(dice: random.Random, span: Span, bought_on: date) -> date | None:
    """Return the next anniversary of the purchase; of three cars in ten the shop does not know it."""
    if dice.random() < 0.3:
        return None
    this_year = bought_on.replace(year=span.today.year, day=min(bought_on.day, 28))
    return this_year if this_year > span.today else this_year.replace(year=span.today.year + 1)
