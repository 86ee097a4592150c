"""A store drawn by chance in which all that reminders lean on happens within a few weeks, on the edges of windows.

Its cells are clean: rows map keys to typed values, and every number that is named stands in its table.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

import pandas as pd

from dealer_xl.dealership.tables import TABLES
from dealer_xl.dealership.tables.archive import GRADES, VISIT_KINDS
from dealer_xl.dealership.tables.calls import (
    APPOINTMENT_STATES,
    CALL_KINDS,
    COMPLAINT_STATES,
    PARTS_STATES,
)
from dealer_xl.dealership.tables.letter_register import LETTER_STATES
from dealer_xl.dealership.tables.words import CALL_RESULTS

Value: TypeAlias = Any
Row: TypeAlias = dict[str, Value]
Rows: TypeAlias = dict[str, list[Row]]

FIRST_ROW = 4
STAFF = ("甲", "乙", "丙")
NAMES = ("张伟", "李芳", "张伟先生", "王强")
PHONES = tuple(f"1380000{place:04}" for place in range(9))
ADDRESSES = ("和平路1号", "和平路2号", "无", None)


@dataclass(frozen=True)
class Crowd:
    """A store on a day."""

    today: date
    seed: int
    cars: int = 12
    working_days: bool = False
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Seed the dice."""
        object.__setattr__(self, "dice", random.Random(self.seed))  # noqa: S311 - repeatable chance, no secrecy

    def rows(self) -> Rows:
        """Write all tables; each call draws anew."""
        visits = [self.visit(place) for place in range(self.cars * 2)]
        events = [self.event(place) for place in range(3)]
        empty: Rows = {table.name: [] for table in TABLES}
        return empty | {
            "Customers": [self.customer(place) for place in range(self.cars)],
            "Visits": visits,
            "Calls": list(self.calls(visits, events)),
            "Renewals": [self.renewal(place) for place in range(self.cars // 2)],
            "Complaints": [self.complaint(place) for place in range(self.cars)],
            "Appointments": [self.appointment(place) for place in range(self.cars // 2)],
            "Events": events,
            "Letters": [self.letter(place, events) for place in range(4)],
            "Tasks": [self.task(place) for place in range(6)],
            "Measures": [self.measure(place) for place in range(4)],
            "Staff": [{"name": "甲", "deputy": "乙", "away_from": self.day(2), "away_to": self.day(2)}]
            + [{"name": name} for name in STAFF[1:]],
            "Settings": [{"key": "天数算法", "value": "工作日"}] if self.working_days else [],
        }

    def day(self, most: int, least: int | None = None) -> date:
        """Draw a day about today, from `least` (by default as far back as `most` is ahead) to `most` days after it."""
        return self.today + timedelta(days=self.dice.randint(-most if least is None else least, most))

    def past(self, most: int) -> date:
        """Draw a day of the past, or today."""
        return self.day(0, -most)

    def maybe(self, value: Value, chance: float = 0.5) -> Value:
        """Take a value or leave the cell blank."""
        return value if self.dice.random() < chance else None

    def one(self, values: Sequence[Value]) -> Value:
        """Draw one of some values."""
        return self.dice.choice(list(values))

    def car(self) -> str:
        """Draw an archive number."""
        return f"DA{self.dice.randrange(self.cars)}"

    def edge(self, months: Sequence[int], ahead: int = 2) -> date:
        """Draw a day so many months ago that something of it is due about today."""
        month = pd.Timestamp(self.today) - pd.DateOffset(months=self.dice.choice(list(months)))
        return min(self.today, (month + pd.Timedelta(days=self.dice.randint(-ahead, ahead))).date())

    def customer(self, place: int) -> Row:
        """Draw a vehicle."""
        came_on = self.one((self.past(12), self.past(75), self.past(500)))
        return {
            "archive_no": f"DA{place}",
            "name": self.one(NAMES),
            "phone": self.one(PHONES),
            "address": self.one(ADDRESSES),
            "plate": f"鲁J{place:05d}",
            "model": "云电",
            "bought_on": self.maybe(self.edge((2, 3, 3, 12, 30), 16)),
            "came_on": came_on,
            "archived_on": self.one((came_on, None, self.edge((1, 2, 3), 8))),
            "clerk": self.one(STAFF),
            "grade": self.one((*GRADES, "VIP", "一级")),
            "next_call_on": self.maybe(self.one((self.day(3), self.past(95))), 0.3),
            "cycle_months": self.one((3, 6, 12, None)),
            "cycle_km": self.one((3000, 5000, None)),
            "last_service_on": self.maybe(self.edge((3, 4, 6, 12, 13, 24), 15)),
            "last_service_km": self.one((1000, 2000, None)),
            "insured_until": self.maybe(self.one((self.day(3, -3), self.day(62, 28), self.past(125)))),
            "consent": self.one(("同意", "同意", "同意", "未知", None, "拒绝")) if place % 4 else "同意",
        }

    def visit(self, place: int) -> Row:
        """Draw an order."""
        came_on = self.one((self.past(20), self.past(60), self.edge((11, 12, 12, 23, 24), 3)))
        left_on = min(self.today, came_on + timedelta(days=self.dice.randint(0, 2)))
        return {
            "order_no": f"GD{place}",
            "archive_no": self.car(),
            "came_on": came_on,
            "left_on": self.maybe(left_on, 0.8),
            "finished_on": self.maybe(left_on, 0.6),
            "km": self.dice.randint(0, 9) * 500,
            "kind": self.one(VISIT_KINDS),
            "amount": 100,
            "first_service": self.one(("是", "否", None)),
            "advisor": self.one(STAFF),
        }

    def calls(self, visits: list[Row], events: list[Row]) -> Iterator[Row]:
        """Draw calls: of orders, of events, and of any customer."""
        for place in range(self.cars * 8):
            kind = self.one(CALL_KINDS)
            visit = self.dice.choice(visits)
            follow_up = str(kind).endswith("跟踪")
            since = visit["left_on"] if follow_up and visit["left_on"] else self.past(70)
            called_on = min(self.today, since + timedelta(days=self.dice.randint(-1, 16)))
            yield {
                "call_no": f"DH{place}",
                "called_on": called_on,
                "direction": self.one(("呼出", "呼出", "呼出", "呼入")),
                "archive_no": self.maybe(visit["archive_no"], 0.8),
                "name": self.one(NAMES),
                "phone": self.maybe(self.one(PHONES)),
                "kind": kind,
                "order_no": self.maybe(visit["order_no"], 0.7) if follow_up else None,
                "event_no": self.one(events)["event_no"] if kind == "活动通知" else None,
                "result": self.one((*CALL_RESULTS, "接通", "未接")),
                "points": self.one(("满意", None)),
                "next_on": self.maybe(self.one((called_on, self.day(3), self.past(95))), 0.25),
                "clerk": self.one(STAFF),
            }

    def renewal(self, place: int) -> Row:
        """Draw a policy."""
        signed_on = self.past(70)
        return {
            "renewal_no": f"XB{place}",
            "signed_on": signed_on,
            "archive_no": self.car(),
            "premium": 3000,
            "ends_on": signed_on + timedelta(days=365),
            "ours": self.one(("是", "否")),
        }

    def complaint(self, place: int) -> Row:
        """Draw a complaint whose steps follow each other within days."""
        received_on = self.past(6)
        solved_on = self.maybe(min(self.today, received_on + timedelta(days=self.dice.randint(0, 2))), 0.7)
        told_on = solved_on and self.maybe(min(self.today, solved_on + timedelta(days=1)))
        return {
            "complaint_no": f"TS{place}",
            "archive_no": self.maybe(self.car(), 0.8),
            "received_on": received_on,
            "acceptor": "甲",
            "reported_on": self.maybe(received_on, 0.3),
            "solved_on": solved_on,
            "told_on": told_on,
            "confirmed_on": told_on and self.maybe(told_on, 0.3),
            "status": self.one(COMPLAINT_STATES),
        }

    def appointment(self, place: int) -> Row:
        """Draw an appointment of these days."""
        due_on = self.day(4)
        return {
            "appointment_no": f"YY{place}",
            "booked_on": self.maybe(min(self.today, due_on - timedelta(days=self.dice.randint(0, 5)))),
            "due_on": due_on,
            "archive_no": self.maybe(self.car()),
            "name": self.one(NAMES),
            "phone": self.one(PHONES),
            "services": "保养",
            "parts_state": self.one((*PARTS_STATES, None)),
            "advisor": self.one(STAFF),
            "status": self.one((*APPOINTMENT_STATES, "待到店")),
        }

    def event(self, place: int) -> Row:
        """Draw an event of the coming weeks."""
        return {
            "event_no": f"HD{place}",
            "name": f"讲堂{place}",
            "starts_on": self.day(24, -1),
            "place": "本店",
            "content": "讲座",
            "invited": self.one((None, 2, 5, 0)),
            "posted": self.one(("是", "否", None)),
        }

    def letter(self, place: int, events: list[Row]) -> Row:
        """Draw a letter."""
        return {
            "letter_no": f"XH{place}",
            "sent_on": self.past(9),
            "kind": "邀请函",
            "event_no": self.one(events)["event_no"],
            "archive_no": self.car(),
            "name": "客户",
            "clerk": "甲",
            "status": self.one((*LETTER_STATES, None)),
        }

    def task(self, place: int) -> Row:
        """Draw something planned."""
        planned_on = self.day(10)
        return {
            "task_no": f"JH{place}",
            "month": f"{self.day(40):%Y-%m}",
            "content": "接待",
            "owner": self.one((*STAFF, None)),
            "planned_on": self.maybe(planned_on),
            "done_on": self.maybe(self.past(3), 0.3),
        }

    def measure(self, place: int) -> Row:
        """Draw a measure."""
        return {
            "measure_no": f"ZG{place}",
            "found_on": self.past(9),
            "problem": "等候久",
            "measure": "加人",
            "owner": self.one(STAFF),
            "due_on": self.day(9),
            "done_on": self.maybe(self.past(3), 0.3),
        }


def cells_of(rows: Rows) -> dict[str, pd.DataFrame]:
    """Lay the rows out as they stand in the workbooks."""
    return {
        table.name: pd.DataFrame(
            [[row.get(column.key) for column in table.columns] for row in rows[table.name]],
            index=range(FIRST_ROW, FIRST_ROW + len(rows[table.name])),
            columns=list(table.headings),
            dtype=object,
        )
        for table in TABLES
    }


def oracle_tables(rows: Rows) -> dict[str, list[dict[str, object]]]:
    """Write the rows as the second reading takes them."""
    return {
        table.name: [
            {"_row": place, **{column.heading: row.get(column.key) for column in table.columns}}
            for place, row in enumerate(rows[table.name], FIRST_ROW)
        ]
        for table in TABLES
    }
