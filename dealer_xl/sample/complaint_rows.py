"""Complaints: who telephoned, when it was reported, solved, told and confirmed (FC-07, FC-08, CP-05, CP-09)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dealer_xl.sample import call_notes
from dealer_xl.sample.call_rows import IN, Call, call_no
from dealer_xl.sample.date_span import Span, later, off_sunday
from dealer_xl.sample.plan_rows import ADVISORS, CARE_LEAD, FOREMAN, SUPERVISOR
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Row
from dealer_xl.sample.visit_rows import Visit

CATEGORIES = {
    "等候": ("等候时间", "前台"),
    "交车": ("交车延误", "车间"),
    "再次": ("维修质量", "车间"),
    "费用": ("价格费用", "前台"),
    "配件": ("配件供应", "配件部"),
    "清洁": ("车辆清洁", "车间"),
}


@dataclass(frozen=True)
class Case:
    """One complaint and how far it has come; a step that is still to come has no day."""

    call: Call
    reported_on: date | None
    solved_on: date | None
    told_on: date | None
    confirmed_on: date | None

    @property
    def status(self) -> str:
        """Return the state in the words of the form."""
        if self.confirmed_on:
            return "已关闭"
        return "已解决" if self.told_on else "处理中"


def complaint_calls(dice: random.Random, span: Span, visits: Sequence[Visit]) -> Iterator[Call]:
    """Invent complaints by phone after a visit, two or three of them in the last days."""
    left = [(visit.left_on, visit) for visit in visits if visit.left_on and visit.left_on < span.yesterday]
    dense = [(left_on, visit) for left_on, visit in left if left_on >= span.dense_from]
    newest = [(left_on, visit) for left_on, visit in left if left_on >= later(span.today, -5)]
    count = number_of(len({visit.car.archive_no for visit in visits}), 0.045, 14)
    for left_on, visit in dice.sample(dense, min(count, len(dense))) + dice.sample(
        newest, min(3, len(newest))
    ):
        yield Call(
            called_on=min(later(left_on, dice.randint(1, 6)), span.yesterday),
            car=visit.car,
            kind="投诉",
            points=dice.choice(call_notes.GRUMBLES),
            direction=IN,
            order_no=visit.order_no,
            satisfaction=dice.randint(6, 14) * 5,
            complains=True,
        )


def cases_of(dice: random.Random, span: Span, calls: Iterable[Call]) -> list[Case]:
    """Follow each complaint as far as it has come by today; the last solution still has to be told."""
    cases = [_case(dice, span, call) for call in calls if call.complains]
    open_cases = [place for place, case in enumerate(cases) if case.reported_on and case.told_on is None]
    for place in open_cases[-1:]:
        cases[place] = Case(cases[place].call, cases[place].reported_on, span.today, None, None)
    return cases


def confirming_calls(dice: random.Random, cases: Iterable[Case]) -> Iterator[Call]:
    """Make the calls that ask once more whether all is well (CP-05)."""
    for case in cases:
        if case.confirmed_on:
            said = call_notes.AGAIN.format(mood=dice.choice(call_notes.MOODS))
            yield Call(case.confirmed_on, case.call.car, "投诉回访", said)


def complaint_rows(dice: random.Random, cases: Iterable[Case], calls: Iterable[Call]) -> list[Row]:
    """Write the cases as rows; calls are the register in its order."""
    numbers = {call: call_no(place) for place, call in enumerate(calls)}
    in_order = sorted(cases, key=lambda case: numbers[case.call])
    return [_row(dice, place, case, numbers[case.call]) for place, case in enumerate(in_order, start=1)]


def _case(dice: random.Random, span: Span, call: Call) -> Case:
    """Draw the days of one complaint, up to yesterday."""
    steps = (0, 0, 1, 1, 2), (0, 1, 1, 2, 3, 5), (2, 3, 3, 4, 5)
    reported_on, solved_on, confirmed_on = None, None, None
    if (day := later(call.called_on, dice.choice(steps[0]))) <= span.yesterday:
        reported_on = day
    if reported_on and (day := later(reported_on, dice.choice(steps[1]))) <= span.yesterday:
        solved_on = day
    if solved_on and (day := off_sunday(later(solved_on, dice.choice(steps[2])))) <= span.yesterday:
        confirmed_on = day
    return Case(call, reported_on, solved_on, solved_on, confirmed_on)


def _row(dice: random.Random, place: int, case: Case, call: str) -> Row:
    """Write one case."""
    category, department = next(
        kind for word, kind in CATEGORIES.items() if word in case.call.points or word == "清洁"
    )
    return {
        "complaint_no": f"TS{place:04d}",
        "call_no": call,
        "archive_no": case.call.car.archive_no,
        "received_on": case.call.called_on,
        "category": category,
        "acceptor": case.call.car.clerk,
        "handler": dice.choice(ADVISORS) if department == "前台" else FOREMAN,
        "informant": case.call.car.clerk,
        "tracker": CARE_LEAD,
        "recorder": dice.choice((CARE_LEAD, SUPERVISOR)),
        "department": department,
        "reported_on": case.reported_on,
        "solved_on": case.solved_on,
        "told_on": case.told_on,
        "confirmed_on": case.confirmed_on,
        "confirmed_score": dice.choice((85, 90, 90, 95, 100)) if case.confirmed_on else None,
        "parts_wait_days": dice.randint(1, 9) if department == "配件部" else 0,
        "status": case.status,
    }
