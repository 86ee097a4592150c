import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeAlias

import pandas as pd
import plain_oracle
import pytest

from dealer_xl.dealership.dataset import Dataset, read_dataset
from dealer_xl.dealership.issues import ERROR, Issue
from dealer_xl.dealership.reminders import reminders_of
from dealer_xl.dealership.rules import RULES, apply_rules
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.dealership.targets import TARGETS
from dealer_xl.sample import Cell, make_sample
from dealer_xl.schema import Column, Kind

Rows: TypeAlias = dict[str, list[dict[str, Cell]]]

FIRST_ROW = 4
FIRST_PLANNED_YEAR = 2021
TASKS = {"archive-due", "first-follow-up", "second-follow-up", "service-due"}

SPOILABLE = {
    "Customers": "came_on archived_on clerk cycle_months cycle_km last_service_on last_service_km",
    "Visits": "came_on left_on km kind first_service amount booked rework claim archive_no advisor",
    "Calls": "called_on direction kind order_no event_no result satisfaction archive_no",
    "Complaints": "received_on reported_on solved_on told_on status",
    "Letters": "sent_on",
    "Events": "starts_on",
    "Tasks": "kind done_on",
    "Changes": "changed_on",
}
"""Columns that figures and tasks lean on, but for the numbers by which rows are found."""
SPOILT_CODES = {
    Kind.DATE: "not-a-date",
    Kind.NUMBER: "not-a-number",
    Kind.MONEY: "not-a-number",
    Kind.CHOICE: "not-in-list",
}


@dataclass(frozen=True)
class Case:
    """A store of the sample on a day; in a spoilt one a share of the cells of many columns is wrong as well.

    A crowded one is no sample: all that deadlines and windows lean on happens within a few weeks, by chance.
    """

    today: date
    seed: int
    vehicles: int = 120
    spoilt: float = 0
    crowded: bool = False

    def __str__(self) -> str:
        """Name it in the report of the tests."""
        return f"{self.today} seed {self.seed}{' spoilt' * bool(self.spoilt)}{' crowded' * self.crowded}"

    @cached_property
    def rows_and_wrong(self) -> tuple[Rows, list[plain_oracle.Wrong]]:
        """Make the rows, and list the wrong cells among them."""
        if self.crowded:
            return Crowd(self.today, random.Random(self.seed), self.vehicles).rows(), []  # noqa: S311 - as below
        sample = make_sample(self.today, self.seed, self.vehicles)
        rows = {name: [dict(row) for row in table] for name, table in sample.rows.items()}
        wrong = [(each.table, each.place, each.column, each.code) for each in sample.planted]
        wrong += spoil(rows, {each[:3] for each in wrong}, self.spoilt) if self.spoilt else []
        return rows, wrong

    @cached_property
    def store(self) -> plain_oracle.Store:
        """Hand it to plain Python."""
        rows, wrong = self.rows_and_wrong
        return plain_oracle.Store(rows, wrong, self.today)

    @cached_property
    def dataset(self) -> Dataset:
        """Hand it to the program."""
        return read_dataset(cells_of(self.rows_and_wrong[0]), self.today)

    @property
    def issues(self) -> list[Issue]:
        """Return what the program's check finds."""
        return [*self.dataset.issues, *apply_rules(self.dataset)]


PLANTED = (Case(date(2026, 3, 18), 1), Case(date(2024, 2, 29), 2), Case(date(2025, 10, 5), 3))
SPOILT = (Case(date(2026, 3, 18), 4, spoilt=0.03), Case(date(2026, 1, 1), 5, 80, spoilt=0.2))
CROWDED = (Case(date(2026, 3, 1), 12, 60, crowded=True), Case(date(2025, 8, 31), 17, 60, crowded=True))


@dataclass(frozen=True)
class Crowd:
    """A store without mistakes in which days fall close together, on the edges of windows more often than not.

    The days of services noted in the archive are odd, those of orders even: of two on one day none is the later.
    """

    today: date
    dice: random.Random
    vehicles: int

    def rows(self) -> Rows:
        """Write all tables."""
        visits = [self.visit(place) for place in range(self.vehicles * 6)]
        calls = [call for visit in visits for call in self.follow_ups(visit)]
        calls += [self.reminder() for _ in range(self.vehicles * 2)]
        for place, call in enumerate(calls):
            call |= {"call_no": f"DH{place}", "name": "客户", "clerk": "乙"}
        empty: Rows = {table.name: [] for table in TABLES}
        return empty | {
            "Customers": [self.customer(place) for place in range(self.vehicles)],
            "Visits": visits,
            "Calls": calls,
            "Complaints": [self.complaint(place) for place in range(self.vehicles)],
            "Staff": [
                {"name": "甲", "deputy": "乙", "away_from": self.today, "away_to": self.today},
                {"name": "乙", "deputy": "甲", "away_from": self.back(9, 2), "away_to": self.back(1, 1)},
                {
                    "name": "丙",
                    "deputy": "甲",
                    "away_from": later(self.today, 1),
                    "away_to": later(self.today, 9),
                },
            ],
        }

    def back(self, most: int, least: int = 0, step: int = 1) -> date:
        """Draw a day of the past."""
        return later(self.today, -self.dice.randint(least, most) * step)

    def perhaps(self, day: date) -> date | None:
        """Take a day in most cases, if it has come."""
        return day if day <= self.today and self.dice.random() < 0.8 else None

    def customer(self, place: int) -> dict[str, Cell]:
        """Write a vehicle whose service may be due one of these days."""
        came_on, odd_day = self.back(60, 7), self.back(120) if self.dice.random() < 0.3 else None
        serviced_on = odd_day and later(odd_day, (self.today - odd_day).days % 2 - 1)
        return {
            "archive_no": f"DA{place}",
            "name": "客户",
            "phone": "13800001111",
            "plate": f"鲁J{place:05d}",
            "model": "云电",
            "came_on": came_on,
            "archived_on": later(came_on, self.dice.randint(0, 4)),
            "clerk": self.dice.choice("甲乙丙"),
            "cycle_months": self.dice.choice((1, 2, 3, 12, None)),
            "cycle_km": self.dice.choice((900, 1000, 2100, None)),
            "last_service_on": serviced_on,
            "last_service_km": serviced_on and self.km(place, serviced_on),
        }

    def km(self, place: int, day: date) -> int:
        """Read a car's kilometres; every seventh car stands still."""
        return 9000 - (self.today - day).days * (place % 7) * 7

    def visit(self, place: int) -> dict[str, Cell]:
        """Write an order of one of the vehicles."""
        car, came_on = place % self.vehicles, self.back(60, step=2)
        return {
            "order_no": f"GD{place}",
            "archive_no": f"DA{car}",
            "came_on": came_on,
            "left_on": self.perhaps(later(came_on, self.dice.randint(0, 2))),
            "km": self.km(car, came_on),
            "kind": self.dice.choice(("保养", "维修", "保险理赔", "保修索赔", "精品")),
            "amount": self.dice.randint(1, 99_999) / 100,
            "first_service": self.dice.choice("是否"),
            "booked": self.dice.choice("是否"),
            "rework": self.dice.choice("是否"),
            "claim": self.dice.choice(("通过", "未通过", "待定", None)),
        }

    def follow_ups(self, visit: dict[str, Cell]) -> Iterator[dict[str, Cell]]:
        """Make first calls about the day on which the car left, and a second one after the first answer."""
        left_on = visit["left_on"]
        if not isinstance(left_on, date):
            return
        days = [self.perhaps(later(left_on, each)) for each in self.dice.sample(range(-1, 9), 2)]
        firsts = [(day, self.call(visit, "第一次跟踪", day)) for day in days if day]
        yield from (call for _, call in firsts)
        answered = [day for day, call in firsts if day >= left_on and is_answered(call)]
        second_on = answered and self.perhaps(later(min(answered), self.dice.randint(7, 15)))
        if second_on:
            yield self.call(visit, "第二次跟踪", second_on)

    def call(self, visit: dict[str, Cell], kind: str, day: date) -> dict[str, Cell]:
        """Make a call about an order, as it may go."""
        return {
            "called_on": day,
            "direction": self.dice.choice(("呼出", "呼出", "呼出", "呼入")),
            "archive_no": visit["archive_no"],
            "kind": kind,
            "order_no": visit["order_no"],
            "result": self.dice.choice(("接通", "接通", "未接", "其他")),
            "satisfaction": self.dice.choice((None, 79, 80, 81, 100)),
        }

    def reminder(self) -> dict[str, Cell]:
        """Remind somebody of a service."""
        who: dict[str, Cell] = {"archive_no": f"DA{self.dice.randrange(self.vehicles)}", "order_no": None}
        return self.call(who, "保养提醒", self.back(20))

    def complaint(self, place: int) -> dict[str, Cell]:
        """Write a complaint whose steps follow each other within days."""
        received_on = self.back(40)
        solved_on = self.perhaps(later(received_on, self.dice.randint(0, 4)))
        told_on = solved_on and self.perhaps(later(solved_on, self.dice.randint(0, 1)))
        return {
            "complaint_no": f"TS{place}",
            "call_no": "DH0",
            "received_on": received_on,
            "acceptor": "甲",
            "reported_on": self.perhaps(later(received_on, self.dice.randint(1, 5))) if place % 2 else None,
            "solved_on": solved_on,
            "told_on": told_on,
            "status": self.dice.choice(("处理中", "已解决", "已关闭")),
        }


def is_answered(call: dict[str, Cell]) -> bool:
    """Return whether the shop called and somebody answered."""
    return (call["direction"], call["result"]) == ("呼出", "接通")


def later(day: date, days: int) -> date:
    """Step days."""
    return day + timedelta(days=days)


def cells_of(rows: Rows) -> dict[str, pd.DataFrame]:
    """Lay the rows out as they stand in the workbooks."""
    targets: list[dict[str, Cell]] = [
        {"year": FIRST_PLANNED_YEAR, "code": each.code, "target": each.target, "direction": each.direction}
        for each in TARGETS
    ]
    tables: Rows = {**rows, "Settings": [], "Targets": targets}
    return {
        table.name: pd.DataFrame(
            [[row.get(column.key) for column in table.columns] for row in tables[table.name]],
            index=range(FIRST_ROW, FIRST_ROW + len(tables[table.name])),
            columns=list(table.headings),
            dtype=object,
        )
        for table in TABLES
    }


def spoil(rows: Rows, taken: set[tuple[str, int, str]], share: float) -> Iterator[plain_oracle.Wrong]:
    """Type nonsense into a share of the cells of many columns, two at least in each."""
    dice = random.Random(share)  # noqa: S311 - repeatable chance, no secrecy
    for table, key in ((table, key) for table, keys in SPOILABLE.items() for key in keys.split()):
        fit = [
            place
            for place, row in enumerate(rows[table])
            if row.get(key) is not None and (table, place, key) not in taken
        ]
        for place in dice.sample(fit, min(len(fit), max(2, int(len(fit) * share)))):
            rows[table][place][key] = "看不清"
            yield table, place, key, spoilt_code(BY_NAME[table].column(key))


def spoilt_code(column: Column) -> str:
    """Return which issue nonsense makes in a column."""
    if column.refers_to:
        return "unknown-staff" if column.refers_to == "Staff" else "unknown-reference"
    return SPOILT_CODES[column.kind]


@pytest.mark.parametrize("case", PLANTED, ids=str)
def test_the_check_finds_every_planted_mistake_and_nothing_else(case: Case) -> None:
    found = Counter((it.table.name, it.row - FIRST_ROW, it.column, it.code) for it in case.issues)

    assert found == Counter(case.rows_and_wrong[1])


@pytest.mark.parametrize("case", SPOILT, ids=str)
def test_the_check_finds_every_error_among_very_many_and_nothing_else(case: Case) -> None:
    over_several_cells = {rule.code for rule in RULES}
    errors = [it for it in case.issues if it.severity == ERROR and it.code not in over_several_cells]

    found = Counter((it.table.name, it.row - FIRST_ROW, it.column, it.code) for it in errors)
    assert found == Counter(each for each in case.rows_and_wrong[1] if each[3] not in plain_oracle.WARNINGS)


@pytest.mark.parametrize("case", [*PLANTED, *SPOILT, *CROWDED], ids=str)
def test_the_tasks_of_the_day_are_those_found_by_hand(case: Case) -> None:
    tasks = [task for task in reminders_of(case.dataset) if task.kind.code in TASKS]

    told = [(it.kind.code, it.row, it.earliest.date(), it.due.date(), it.clerk) for it in tasks]
    assert told
    assert Counter(told) == Counter(map(tuple, plain_oracle.tasks_of(case.store)))
