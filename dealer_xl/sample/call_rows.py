"""The call register: every call in and out, numbered by its day (FC-10)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dealer_xl.sample import call_notes
from dealer_xl.sample.cars import Car
from dealer_xl.sample.plan_rows import Absence
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Row

CONNECTED = "接通"
OUT, IN = "呼出", "呼入"


@dataclass(frozen=True, eq=False)  # two calls alike in all are still two calls
class Call:
    """One telephone call about one vehicle."""

    called_on: date
    car: Car
    kind: str
    points: str
    direction: str = OUT
    result: str = CONNECTED
    order_no: str | None = None
    event_no: str | None = None
    wishes: str | None = None
    satisfaction: int | None = None
    complains: bool = False
    next_on: date | None = None
    answered: str | None = None
    lost_reason: str | None = None

    @property
    def connected(self) -> bool:
        """Return whether somebody was reached."""
        return self.result == CONNECTED


def missed(dice: random.Random) -> str:
    """Draw why nobody was reached."""
    return dice.choices(("未接", "拒接", "空号", "其他"), (82, 12, 0, 6))[0]


def in_order(calls: Iterable[Call]) -> list[Call]:
    """Put the calls in the order of the register."""
    return sorted(calls, key=lambda call: call.called_on)


def call_no(place: int) -> str:
    """Return a call's number by its place in the register."""
    return f"DH{place + 1:06d}"


def with_answers(dice: random.Random, calls: Sequence[Call]) -> list[Call]:
    """Return the calls with what became of wishes, a few of which could not be answered at once (FC-06), and why customers stay away."""
    unanswered = [call for call in calls if call.wishes and call.kind == "第一次跟踪" and call.connected]
    chosen = set(map(id, dice.sample(unanswered, min(number_of(len(unanswered), 0.06, 2), len(unanswered)))))
    return [_with_answer(call, is_open=id(call) in chosen) for call in calls]


def _with_answer(call: Call, *, is_open: bool) -> Call:
    answered = ("否" if is_open else "是") if call.wishes and call.connected else None
    reason = next((reason for said, reason in call_notes.LOST_REASONS.items() if said in call.points), "不明")
    return replace(
        call,
        answered=answered,
        lost_reason=reason if call.kind == "流失回访" and call.connected else None,
    )


def call_rows(calls: Iterable[Call], absence: Absence) -> list[Row]:
    """Write calls that are in order as rows of the register."""
    return [_row(call, call_no(place), absence) for place, call in enumerate(calls)]


def _row(call: Call, number: str, absence: Absence) -> Row:
    """Write one call; while a clerk is away the deputy calls (RO-03)."""
    away = absence.covers(call.car.clerk, call.called_on)
    return {
        "call_no": number,
        "called_on": call.called_on,
        "direction": call.direction,
        "archive_no": call.car.archive_no,
        "name": call.car.owner.name,
        "plate": call.car.plate,
        "phone": call.car.owner.phone,
        "kind": call.kind,
        "order_no": call.order_no,
        "event_no": call.event_no,
        "result": call.result,
        "points": call.points if call.connected else call_notes.UNANSWERED[call.result],
        "wishes": call.wishes,
        "answered": call.answered,
        "lost_reason": call.lost_reason,
        "satisfaction": call.satisfaction,
        "complaint": "是" if call.complains else "否",
        "next_on": call.next_on,
        "clerk": absence.deputy if away else call.car.clerk,
        "deputy_for": call.car.clerk if away else None,
    }
