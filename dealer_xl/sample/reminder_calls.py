"""Calls that no repair order brings about: reminders, visits by class, lost customers, enquiries."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dealer_xl.sample import call_notes
from dealer_xl.sample.call_rows import IN, OUT, Call
from dealer_xl.sample.cars import Bond, Car
from dealer_xl.sample.date_span import Span, add_months, day_between, later, off_sunday
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.visit_rows import Visit

SERVICE_AHEAD, RENEWAL_AHEAD, LOST_MONTHS = 14, 60, 12
VISIT_EVERY = {"VIP": (25, 29), "一级": (50, 58)}  # days; CV-02 monthly, CV-03 every two months


def past_service_reminders(dice: random.Random, span: Span, visits: Sequence[Visit]) -> Iterator[Call]:
    """Remind some of those who then came for their service."""
    for visit in visits:
        called_on = off_sunday(later(visit.came_on, -dice.randint(3, 12)), back=True)
        if (
            visit.kind == "保养"
            and dice.random() < 0.15
            and span.first_day <= called_on
            and visit.car.archived_on < called_on
        ):
            yield Call(called_on, visit.car, "保养提醒", dice.choice(call_notes.SERVICE))


def open_service_reminders(
    dice: random.Random, span: Span, cars: Sequence[Car], serviced: Mapping[str, date]
) -> Iterator[Call]:
    """Remind most of those who are overdue, since they became due, and half of those soon due."""
    for car in cars:
        due = car.due_after(serviced.get(car.archive_no, car.bought_on))
        soon = span.today <= due < later(span.today, SERVICE_AHEAD - 2)
        since = later(due, -SERVICE_AHEAD + 1 if soon else 3)
        if since <= span.yesterday and dice.random() < (0.5 if soon else 0.88):
            called_on = day_between(dice, since, min(span.yesterday, later(since, 20)))
            yield Call(called_on, car, "保养提醒", dice.choice(call_notes.SERVICE))


def renewal_reminders(dice: random.Random, span: Span, cars: Sequence[Car]) -> Iterator[Call]:
    """Remind nearly all whose insurance ends within the days ahead."""
    for car in cars:
        if car.insured_until is None or car.insured_until > later(span.today, RENEWAL_AHEAD - 6):
            continue
        since = max(later(car.insured_until, -RENEWAL_AHEAD + 1), car.archived_on)
        if since <= span.yesterday and dice.random() < 0.94:
            yield Call(
                day_between(dice, since, span.yesterday), car, "续保提醒", dice.choice(call_notes.RENEWAL)
            )


def class_visits(dice: random.Random, span: Span, cars: Sequence[Car]) -> Iterator[Call]:
    """Visit the customers of the two upper classes in turn; one in eight is a little overdue."""
    for car in cars:
        if car.grade not in VISIT_EVERY:
            continue
        least, most = VISIT_EVERY[car.grade]
        day = later(span.today, -dice.randint(1, least) - (12 if dice.random() < 0.12 else 0))
        while day > max(span.dense_from, car.archived_on):
            yield Call(off_sunday(day, back=True), car, "客户拜访", dice.choice(call_notes.CARE))
            day = later(day, -dice.randint(least, most))


def lost_customer_calls(dice: random.Random, span: Span, visits: Sequence[Visit]) -> Iterator[Call]:
    """Ask most of the lost customers why they no longer come (LL-03)."""
    for visit in {visit.car.archive_no: visit for visit in visits}.values():
        lost_on = add_months(visit.came_on, LOST_MONTHS)
        since = later(lost_on, 8)  # a week for the stay in the shop
        if visit.car.bond is Bond.LOST and since <= span.yesterday and dice.random() < 0.85:
            called_on = day_between(dice, since, min(span.yesterday, later(since, 30)))
            yield Call(called_on, visit.car, "流失回访", dice.choice(call_notes.LOST))


def everyday_calls(dice: random.Random, span: Span, cars: Sequence[Car]) -> Iterator[Call]:
    """Make enquiries and sundry calls of the past months."""
    if not cars:
        return
    kinds = (("咨询", IN, 0.17, 24, call_notes.ENQUIRIES), ("其他", OUT, 0.07, 16, call_notes.OTHERS))
    for kind, direction, share, least, said in kinds:
        for _ in range(number_of(len(cars), share, least)):
            car = dice.choice(cars)
            called_on = day_between(dice, max(car.archived_on, span.dense_from), span.yesterday)
            yield Call(called_on, car, kind, dice.choice(said), direction)


def ring_backs(dice: random.Random, span: Span, cars: Sequence[Car]) -> Iterator[Call]:
    """Leave a few calls of the last days of which the customer asked to be called again."""
    filed = [car for car in cars if car.archived_on < later(span.today, -10)]
    for car in dice.sample(filed, min(number_of(len(cars), 0.006, 2), len(filed))):
        yield Call(
            off_sunday(later(span.today, -dice.randint(2, 7)), back=True),
            car,
            "其他",
            dice.choice(call_notes.RING_BACK),
            wishes="改日再联系",
            next_on=later(span.today, dice.randint(-1, 4)),
        )
