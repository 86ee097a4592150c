"""Who was invited to each event: told, written to, promised, came (LE-07, LE-08, KP-19)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from dealer_xl.sample.call_rows import Call
from dealer_xl.sample.event_rows import Event
from dealer_xl.sample.letter_rows import Letter
from dealer_xl.sample.sample_types import Row

CAME = 0.68
FEEDBACK = (
    "内容实用，希望多办",
    "现场等候时间稍长",
    "检测仔细，讲解清楚",
    "希望安排在周末",
    "礼品满意",
    "希望增加新能源车内容",
)


def invitee_rows(
    dice: random.Random,
    today: date,
    events: Sequence[Event],
    calls: Iterable[Call],
    letters: Iterable[Letter],
) -> list[Row]:
    """Return the lists of all events; to those that are over about two thirds of the guests came."""
    told = [call for call in calls if call.event_no]
    posted: dict[tuple[str | None, str], date] = {
        (letter.event_no, letter.car.archive_no): letter.sent_on for letter in letters if letter.event_no
    }
    rows: list[Row] = []
    for event in events:
        guests = [_row(call, posted) for call in told if call.event_no == event.event_no]
        reached = [row for row in guests if row["result"] == "接通"]
        over = event.ends_on < today
        for row in reached:
            row.update(_answer(dice, over=over, came=over and dice.random() < CAME))
        rows += guests
    return rows


def with_attendance(events: Sequence[Row], guests: Sequence[Row]) -> list[Row]:
    """Return the event plan with how many came to each event that is over."""
    came = Counter(row["event_no"] for row in guests if row.get("came") == "是")
    return [row | {"attended": row["attended"] and came[row["event_no"]]} for row in events]


def _row(call: Call, posted: dict[tuple[str | None, str], date]) -> Row:
    return {
        "event_no": call.event_no,
        "archive_no": call.car.archive_no,
        "name": call.car.owner.name,
        "phoned_on": call.called_on,
        "result": call.result,
        "posted_on": posted.get((call.event_no, call.car.archive_no)),
    }


def _answer(dice: random.Random, *, over: bool, came: bool) -> Row:
    """Return what a guest who was reached promised, did and said."""
    if not over:
        return {"promise": dice.choices(("是", "未定", "否"), (50, 35, 15))[0]}
    if not came:
        return {"promise": dice.choices(("是", "未定", "否"), (30, 40, 30))[0], "came": "否"}
    said = dice.choice(FEEDBACK) if dice.random() < 0.25 else None
    return {"promise": "是", "came": "是", "feedback": said}
