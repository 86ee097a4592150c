"""The letter register: invitations after the telephone notice, service notices, replies to complaints (LE-02 to LE-04)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dealer_xl.sample.call_rows import Call
from dealer_xl.sample.cars import Car
from dealer_xl.sample.complaint_rows import Case
from dealer_xl.sample.date_span import SUNDAY, Span, later
from dealer_xl.sample.event_rows import Event
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Row

GAP_DAYS = 30  # between two letters to one customer
NOTICES = {"保养到期提醒": "保养提醒", "免费检测服务通知": None, "保险到期提醒": "续保通知"}
"""What a notice is about, and the template that it was written by."""


@dataclass(frozen=True)
class Letter:
    """One letter sent."""

    sent_on: date
    kind: str
    car: Car
    subject: str
    event_no: str | None = None
    phoned_on: date | None = None
    template: str | None = None
    case: Case | None = None


def may_be_written_to(cars: Iterable[Car]) -> list[Car]:
    """List one car of each customer who consents to letters and whose address is known."""
    willing = {car.owner.phone: car for car in cars if car.owner.consent == "同意" and car.owner.address}
    return list(willing.values())


def invitations(dice: random.Random, events: Sequence[Event], calls: Iterable[Call]) -> Iterator[Letter]:
    """Send invitations within two days of the call; the coming event's letters are still to be written."""
    names = {event.event_no: event.name for event in events[:-1]}
    for call in calls:
        if call.event_no in names:
            sent_on = _post_day(dice, call.called_on)
            yield Letter(
                sent_on, "邀请函", call.car, names[call.event_no], call.event_no, call.called_on, "邀请函"
            )


def replies_of(
    dice: random.Random, span: Span, cases: Iterable[Case], cars: Sequence[Car]
) -> Iterator[Letter]:
    """Answer some of the complaints in writing."""
    willing = {car.archive_no for car in cars}
    for case in cases:
        if case.told_on and case.call.car.archive_no in willing and dice.random() < 0.6:
            sent_on = min(_post_day(dice, case.told_on), span.yesterday)
            yield Letter(
                sent_on,
                "答复函",
                case.call.car,
                "对您所反映问题的答复",
                phoned_on=case.told_on,
                template="投诉答复函",
                case=case,
            )


def service_notices(
    dice: random.Random, span: Span, cars: Sequence[Car], sent: Iterable[Letter]
) -> Iterator[Letter]:
    """Send notices without an event, not too soon after another letter."""
    days: dict[str, list[date]] = {}
    for letter in sent:
        days.setdefault(letter.car.archive_no, []).append(letter.sent_on)
    recorded = (span.yesterday - span.dense_from).days
    vehicles = len({car.archive_no for car in cars})
    for _ in range(number_of(vehicles, 0.22, 8) if cars else 0):
        car, day = dice.choice(cars), later(span.dense_from, dice.randint(0, recorded))
        known = days.setdefault(car.archive_no, [])
        if (
            day.weekday() != SUNDAY
            and car.archived_on < day
            and all(abs((day - other).days) > GAP_DAYS for other in known)
        ):
            known.append(day)
            subject = dice.choice(tuple(NOTICES))
            yield Letter(day, "通知", car, subject, template=NOTICES[subject])


def letter_rows(
    dice: random.Random, span: Span, letters: Iterable[Letter], cases: Mapping[Case, str]
) -> list[Row]:
    """Write the letters in the order in which they were sent; replies name the number of the case."""
    in_order = sorted(letters, key=lambda letter: letter.sent_on)
    return [
        _row(dice, span, place, letter) | {"complaint_no": cases[letter.case] if letter.case else None}
        for place, letter in enumerate(in_order, start=1)
    ]


def _row(dice: random.Random, span: Span, place: int, letter: Letter) -> Row:
    """Write one letter."""
    number = f"XH{place:05d}"
    fresh = letter.sent_on >= later(span.today, -2)
    return {
        "letter_no": number,
        "sent_on": letter.sent_on,
        "kind": letter.kind,
        "event_no": letter.event_no,
        "archive_no": letter.car.archive_no,
        "name": letter.car.owner.name,
        "address": letter.car.owner.address,
        "phoned_on": letter.phoned_on,
        "subject": letter.subject,
        "template": letter.template,
        "file": f"{number} {letter.kind} {letter.car.owner.name}.docx",
        "clerk": letter.car.clerk,
        "status": "待寄" if fresh else dice.choices(("已寄", "退回"), (98, 2))[0],
    }


def _post_day(dice: random.Random, phoned_on: date) -> date:
    """Draw the day of posting, within two days of the telephone call."""
    day = later(phoned_on, dice.choice((0, 0, 1, 1, 2)))
    return phoned_on if day.weekday() == SUNDAY else day
