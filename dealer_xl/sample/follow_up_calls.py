"""First and second follow-up calls of every visit, in time (FC-01, FC-02) but for a few never made."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dealer_xl.sample import call_notes
from dealer_xl.sample.call_rows import Call, missed
from dealer_xl.sample.date_span import Span, later, off_sunday
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.visit_rows import Visit

FIRST, SECOND = "第一次跟踪", "第二次跟踪"
FIRST_DAYS, FIRST_WEIGHTS = (3, 4, 5, 6, 7), (52, 28, 11, 6, 3)
SECOND_DAYS, SECOND_WEIGHTS = (8, 9, 10, 11, 12, 13, 14), (48, 25, 12, 7, 4, 3, 1)
REACHED, RETRIED = 0.85, 0.4
COMPLAINING = 0.007
SCORES = (100, 98, 96, 95, 92, 90, 88, 85, 80, 70, 60)
SCORE_WEIGHTS = (24, 17, 14, 14, 10, 8, 5, 4, 2, 1, 1)


def follow_ups_of(dice: random.Random, span: Span, visits: Sequence[Visit]) -> Iterator[Call]:
    """Make the follow-up calls that were due up to yesterday, a few forgotten."""
    forgotten = _forgotten(dice, span, visits)
    for visit in visits:
        if visit.left_on is not None and forgotten.get(visit.order_no) != FIRST:
            first = list(_attempts(dice, span, _first_call(dice, visit, visit.left_on)))
            yield from _with_next(dice, span, first, forgotten=visit.order_no in forgotten)


def _with_next(dice: random.Random, span: Span, first: list[Call], *, forgotten: bool) -> Iterator[Call]:
    """Yield the first calls and, when one was connected, the second ones that follow."""
    yield from first[:-1]
    if not first:
        return
    reached = first[-1]
    second = (
        [] if forgotten or not reached.connected else list(_attempts(dice, span, _second_call(dice, reached)))
    )
    yield replace(reached, next_on=second[0].called_on) if second and dice.random() < 0.6 else reached
    yield from second


def _forgotten(dice: random.Random, span: Span, visits: Sequence[Visit]) -> dict[str, str]:
    """Choose orders of the last weeks of which the first or the second call was never made."""
    since, until = later(span.today, -70), later(span.today, -24)
    vehicles = len({visit.car.archive_no for visit in visits})
    firsts, seconds = number_of(vehicles, 0.006), number_of(vehicles, 0.0027)
    recent = [visit.order_no for visit in visits if visit.left_on and since <= visit.left_on <= until]
    chosen = dice.sample(recent, min(firsts + seconds, len(recent)))
    return {order_no: FIRST if place < firsts else SECOND for place, order_no in enumerate(chosen)}


def _first_call(dice: random.Random, visit: Visit, left_on: date) -> Call:
    """Make the first call as it goes when the customer is reached."""
    complains = dice.random() < COMPLAINING
    return Call(
        called_on=_within(dice, left_on, FIRST_DAYS, FIRST_WEIGHTS),
        car=visit.car,
        kind=FIRST,
        points=dice.choice(call_notes.GRUMBLES if complains else call_notes.FIRST),
        order_no=visit.order_no,
        wishes=dice.choice(call_notes.WISHES) if dice.random() < 0.06 else None,
        satisfaction=dice.randint(8, 15) * 5 if complains else dice.choices(SCORES, SCORE_WEIGHTS)[0],
        complains=complains,
    )


def _second_call(dice: random.Random, first: Call) -> Call:
    """Make the second call, on another topic, as it goes when the customer is reached."""
    return Call(
        called_on=_within(dice, first.called_on, SECOND_DAYS, SECOND_WEIGHTS),
        car=first.car,
        kind=SECOND,
        points=dice.choice(call_notes.SECOND),
        order_no=first.order_no,
        satisfaction=dice.choices(SCORES, SCORE_WEIGHTS)[0],
    )


def _within(dice: random.Random, after: date, days: Sequence[int], weights: Sequence[int]) -> date:
    """Draw a day of the window, no Sunday."""
    chosen = dice.choices(days, weights)[0]
    return off_sunday(later(after, chosen), back=chosen == days[-1])


def _attempts(dice: random.Random, span: Span, call: Call) -> Iterator[Call]:
    """Yield the call, or an attempt in vain and perhaps a better one some days later."""
    if call.called_on > span.yesterday:
        return
    if dice.random() < REACHED:
        yield call
        return
    yield replace(call, result=missed(dice), satisfaction=None, complains=False, wishes=None)
    again = off_sunday(later(call.called_on, dice.randint(1, 2)))
    if dice.random() < RETRIED and again <= span.yesterday:
        yield replace(call, called_on=again)
