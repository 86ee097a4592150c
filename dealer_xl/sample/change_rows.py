"""The change log: insurances renewed with the shop, new telephones, addresses and contacts (AR-10)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

from dealer_xl.sample import call_notes
from dealer_xl.sample.call_rows import Call
from dealer_xl.sample.cars import Bond, Car
from dealer_xl.sample.date_span import Span, add_months, later, off_sunday
from dealer_xl.sample.people import mobile_numbers, person_name, street_address
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Row

INSURANCE = "保险到期日"


def change_rows(dice: random.Random, span: Span, cars: Sequence[Car]) -> list[Row]:
    """Write the changes of the past year, day by day."""
    changes = [*_renewals(dice, span, cars), *_moves(dice, span, cars)]
    return sorted(changes, key=lambda row: str(row["changed_on"]))


def renewal_calls(dice: random.Random, changes: Sequence[Row], cars: Sequence[Car]) -> Iterator[Call]:
    """Make the calls that led to the renewals."""
    by_number = {car.archive_no: car for car in cars}
    for row in changes:
        if row["field"] == INSURANCE and isinstance(row["changed_on"], date):
            car = by_number[str(row["archive_no"])]
            called_on = off_sunday(later(row["changed_on"], -dice.randint(3, 15)), back=True)
            yield Call(max(called_on, car.archived_on), car, "续保提醒", call_notes.RENEWAL[1])


def _renewals(dice: random.Random, span: Span, cars: Sequence[Car]) -> Iterator[Row]:
    """Prolong some of the insurances by the year that now runs."""
    for car in cars:
        if car.insured_until is None or car.bond is Bond.LOST or dice.random() > 0.18:
            continue
        old = add_months(car.insured_until, -12)
        changed_on = later(old, -dice.randint(1, 40))
        if car.archived_on < changed_on <= span.yesterday:
            yield _change(changed_on, car, INSURANCE, f"{old}", f"{car.insured_until}")


def _moves(dice: random.Random, span: Span, cars: Sequence[Car]) -> Iterator[Row]:
    """Note new telephones, addresses and contacts: the archive holds the new value."""
    fresh = mobile_numbers(dice)
    for car in dice.sample(cars, min(number_of(len(cars), 0.06, 4), len(cars))):
        changed_on = later(span.dense_from, dice.randint(0, (span.yesterday - span.dense_from).days))
        owner = car.owner
        if changed_on <= car.archived_on:
            continue
        if owner.contact and dice.random() < 0.5:
            yield _change(changed_on, car, "联系人", person_name(dice), owner.contact)
        elif owner.address and dice.random() < 0.35:
            old = street_address(dice, owner.region, firm=owner.kind == "单位")
            yield _change(changed_on, car, "地址", old, owner.address)
        else:
            yield _change(changed_on, car, "联系电话", next(fresh), owner.phone)


def _change(changed_on: date, car: Car, field: str, old: str, new: str) -> Row:
    """Write one change."""
    return {"changed_on": changed_on, "archive_no": car.archive_no, "field": field, "old": old, "new": new}
