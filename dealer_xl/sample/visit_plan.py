"""The days on which each vehicle comes in: services by its cycle, everything else by chance."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dealer_xl.sample.cars import Bond, Car
from dealer_xl.sample.date_span import THIN, Span, later

OTHERS_A_YEAR = 3.0  # visits of a faithful customer besides services
APART = 6  # days between two visits of one car
WARRANTY_DAYS = 3 * 365
OTHER_KINDS = ("维修", "保险理赔", "保修索赔", "精品")
OTHER_WEIGHTS = (50, 25, 8, 17)


@dataclass(frozen=True)
class PlannedVisit:
    """One car comes in for one thing."""

    day: date
    car: Car
    kind: str
    first_service: bool = False


def planned_visits(dice: random.Random, span: Span, cars: Sequence[Car]) -> list[PlannedVisit]:
    """Return who comes in when and for what, day by day."""
    draws = span.visits_ahead(OTHERS_A_YEAR)
    found: list[PlannedVisit] = []
    for car in cars:
        if car.bond is Bond.NEW:
            found += _accessories(dice, span, car)
        else:
            services = list(_services(dice, span, car))
            found += services + list(_others(dice, span, car, services, draws))
    return sorted(found, key=lambda planned_visit: planned_visit.day)


def _accessories(dice: random.Random, span: Span, car: Car) -> Iterator[PlannedVisit]:
    """Plan accessories for every third new car soon after the purchase."""
    day = later(car.bought_on, dice.randint(1, 12))
    if int(car.vin[-1]) % 3 == 0 and day <= span.today:
        yield PlannedVisit(day, car, "精品")


def _services(dice: random.Random, span: Span, car: Car) -> Iterator[PlannedVisit]:
    """Step back from the last service, cycle by cycle; in the thin months most are not entered."""
    bought_in_records = car.bought_here and car.bought_on >= span.first_day
    earliest = later(car.bought_on, 90) if bought_in_records else max(car.came_on, span.first_day)
    day = last = _last_service(dice, span, car, earliest)
    days = [last]
    while (day := later(day, -car.cycle_days - _lateness(dice))) > earliest:
        days.append(day)

    for day in reversed(days):
        first = bought_in_records and day == days[-1]
        if first or day in {last, car.came_on} or day >= span.dense_from or dice.random() < THIN:
            yield PlannedVisit(day, car, "保养", first)


def _lateness(dice: random.Random) -> float:
    """Draw by how many days a service comes late; most come a little early, having been reminded."""
    return dice.triangular(-20, 8, -4)


def _last_service(dice: random.Random, span: Span, car: Car, earliest: date) -> date:
    """Return when the car was serviced last."""
    if car.bond is Bond.LOST:
        return later(span.today, -dice.randint(390, 760))
    if car.bond is Bond.DRIFTING:
        return max(later(span.today, -car.cycle_days - dice.randint(4, 120)), earliest)
    ago = dice.random() * (car.cycle_days + _lateness(dice))
    return max(later(span.today, -ago), later(earliest, dice.randint(0, 75)))


def _others(
    dice: random.Random, span: Span, car: Car, services: Iterable[PlannedVisit], draws: float
) -> Iterator[PlannedVisit]:
    """Plan repairs, claims and accessories, some days apart from the car's other visits."""
    taken = [planned_visit.day for planned_visit in services]
    first_seen = max(car.came_on, span.first_day)
    last_seen = span.today if car.bond is Bond.FAITHFUL else taken[-1]
    for day in span.busy_days(dice, int(dice.gammavariate(2, draws / 2) + dice.random())):
        if first_seen < day <= last_seen and all(abs((day - other).days) >= APART for other in taken):
            taken.append(day)
            yield PlannedVisit(day, car, _kind(dice, car, day))


def _kind(dice: random.Random, car: Car, day: date) -> str:
    """Draw what the car comes for; warranty claims end with the warranty."""
    kind = dice.choices(OTHER_KINDS, OTHER_WEIGHTS)[0]
    if kind == "保修索赔" and (day - car.bought_on).days > WARRANTY_DAYS:
        return "维修"
    return kind
