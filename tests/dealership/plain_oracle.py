"""The figures and four kinds of task once more: a second computation that shares no line with the program.

It knows what the frame says and nothing of the house: rows as staff typed them, loops, dates and fractions.
Settings are the defaults; days are natural days.
"""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, TypeAlias

Cell: TypeAlias = str | float | date | None
Tables: TypeAlias = Mapping[str, Iterable[Mapping[str, Cell]]]
Wrong: TypeAlias = tuple[str, int, str, str]  # table, place among its rows, column key, code

FIRST_ROW = 4
WARNINGS = {
    "vin-check-digit",
    "archive-late",
    "first-call-early",
    "first-call-late",
    "second-call-early",
    "second-call-late",
}

ARCHIVE_DAYS = 2
FIRST_CALL_FROM, FIRST_CALL_TO = 3, 7
SECOND_CALL_FROM, SECOND_CALL_TO = 8, 14
REPORT_DAYS, TELL_DAYS = 2, 0
YEAR_MONTHS, LOST_MONTHS, LOYAL_VISITS = 12, 12, 4
SERVICE_AHEAD_DAYS = 14

FIRST, SECOND = "第一次跟踪", "第二次跟踪"
OUT, CONNECTED = "呼出", "接通"


# What stands in a cell


def read_day(cell: Cell) -> date | None:
    """Read a date however it was typed: 2026-01-05, 2026.1.5, 2026年1月5日, 20260105."""
    if cell is None or isinstance(cell, date):
        return cell
    parts = re.fullmatch(r"(\d{4})\D?(\d\d?)\D?(\d\d?)\D?", unicodedata.normalize("NFKC", str(cell)))
    return date(int(parts[1]), int(parts[2]), int(parts[3])) if parts else None


def read_number(cell: Cell) -> Fraction | None:
    """Read a number however it was typed, exactly."""
    if cell is None or isinstance(cell, date):
        return None
    return Fraction(unicodedata.normalize("NFKC", str(cell)).replace(",", ""))


def later(day: date, days: int) -> date:
    """Step days."""
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """Step months; a day that the month lacks becomes its last, as EDATE does."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Line:
    """One row: its number in Excel, its cells as typed, and the columns in which it holds an error."""

    row: int
    cells: Mapping[str, Cell]
    wrong: frozenset[str]

    def cell(self, key: str) -> Cell:
        """Take a cell; one that holds an error counts as blank."""
        return None if key in self.wrong else self.cells.get(key)

    def day(self, key: str) -> date | None:
        """Take a cell as a date."""
        return read_day(self.cell(key))

    def number(self, key: str) -> Fraction | None:
        """Take a cell as a number."""
        return read_number(self.cell(key))

    def text(self, key: str) -> str:
        """Take a cell as text."""
        return str(self.cell(key) or "")


@dataclass(frozen=True)
class Span:
    """A month or a year, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        """Return whether a day lies in it; no day lies in nothing."""
        return day is not None and self.first <= day <= self.last

    @property
    def days(self) -> int:
        """Count its days."""
        return (self.last - self.first).days + 1

    def until(self, months: int) -> Span:
        """Return so many calendar months that end with its last day."""
        return Span(add_months(later(self.last, 1), -months), self.last)

    @property
    def all_so_far(self) -> Span:
        """Return all time up to its last day."""
        return Span(date.min, self.last)


def month(year: int, number: int) -> Span:
    """Return a month."""
    first = date(year, number, 1)
    return Span(first, later(add_months(first, 1), -1))


def year(number: int) -> Span:
    """Return a year."""
    return Span(date(number, 1, 1), date(number, 12, 31))


# Which rows a figure is about

Condition: TypeAlias = Callable[[Line], bool | None]
"""Whether a row belongs; None when a cell that decides it holds an error."""


@dataclass(frozen=True)
class Sifted:
    """The rows that belong to a figure, and those that may belong but hold an error."""

    kept: tuple[Line, ...]
    left_out: frozenset[int]

    def total(self, key: str) -> Fraction:
        """Sum a column."""
        return sum((line.number(key) or Fraction(0) for line in self.kept), Fraction(0))

    def only(self, wanted: Callable[[Line], bool]) -> Sifted:
        """Keep fewer of the rows."""
        return Sifted(tuple(filter(wanted, self.kept)), self.left_out)

    def numbers(self) -> set[str]:
        """Return the distinct archive numbers."""
        return {line.text("archive_no") for line in self.kept}


# The store


class Store:
    """All tables on a day."""

    def __init__(self, tables: Tables, planted: Iterable[Wrong], today: date) -> None:
        self.today = today
        wrong: dict[tuple[str, int], set[str]] = defaultdict(set)
        for table, place, column, code in planted:
            if code not in WARNINGS:
                wrong[table, place].add(column)
        self._lines = {
            table: [
                Line(place + FIRST_ROW, row, frozenset(wrong[table, place])) for place, row in enumerate(rows)
            ]
            for table, rows in tables.items()
        }

    def lines(self, table: str) -> list[Line]:
        """Return the rows of a table."""
        return self._lines[table]

    @cached_property
    def customers(self) -> dict[str, Line]:
        """Return the rows of the archive by their number."""
        return {line.text("archive_no"): line for line in self.lines("Customers") if line.text("archive_no")}

    @cached_property
    def begins(self) -> dict[str, date | None]:
        """Return when each event begins."""
        return {line.text("event_no"): line.day("starts_on") for line in self.lines("Events")}

    @cached_property
    def closed(self) -> set[date | None]:
        """Return the days that the calendar calls days off."""
        return {line.day("day") for line in self.lines("Calendar") if line.text("kind") == "休息"}

    def open_days(self, span: Span) -> int:
        """Count the days on which the shop works."""
        return span.days - sum(day in span for day in self.closed)

    @cached_property
    def firsts(self) -> dict[str, list[tuple[date, bool]]]:
        """Return the outbound first calls of each order."""
        return self._calls(FIRST)

    @cached_property
    def seconds(self) -> dict[str, list[tuple[date, bool]]]:
        """Return the outbound second calls of each order."""
        return self._calls(SECOND)

    def _calls(self, kind: str) -> dict[str, list[tuple[date, bool]]]:
        """Return the outbound calls of a kind by order: the day, and whether somebody answered."""
        calls = defaultdict(list)
        for line in self.lines("Calls"):
            day, order = line.day("called_on"), line.text("order_no")
            if day and order and line.text("kind") == kind and line.text("direction") == OUT:
                calls[order].append((day, line.text("result") == CONNECTED))
        return calls

    def answered(self, visit: Line) -> date | None:
        """Find the day of an order's earliest first call that was answered, on or after the car left."""
        left = visit.day("left_on")
        calls = self.firsts.get(visit.text("order_no"), ())
        return min((day for day, answered in calls if answered and left and day >= left), default=None)

    def on_duty(self, clerk: str) -> str | None:
        """Return who works for a clerk today."""
        for line in self.lines("Staff"):
            away_from, away_to = line.day("away_from"), line.day("away_to")
            away = away_from and away_to and away_from <= self.today <= away_to
            if away and line.text("name") == clerk and line.text("deputy"):
                return line.text("deputy")
        return clerk or None


# The tasks


class Task(NamedTuple):
    """One thing to do today, and the row it comes from."""

    kind: str
    row: int
    earliest: date
    due: date
    clerk: str | None


def tasks_of(store: Store) -> list[Task]:
    """List what is to be archived, whom to follow up, and whose service is due."""
    tasks = [*to_archive(store), *first_follow_ups(store), *second_follow_ups(store), *services(store)]
    return sorted((task for task in tasks if task.earliest <= store.today), key=lambda task: task[:2])


def clerk_for(store: Store, visit: Line) -> str | None:
    """Return who works today for the customer of a visit; for a stranger the adviser of the order does."""
    customer = store.customers.get(visit.text("archive_no"))
    return store.on_duty((customer.text("clerk") if customer else "") or visit.text("advisor"))


def to_archive(store: Store) -> list[Task]:
    """List customers who came and are not filed, and visits of customers who are not in the archive."""
    unfiled = [line for line in store.lines("Customers") if not line.cells.get("archived_on")]
    strangers = [line for line in store.lines("Visits") if not line.text("archive_no")]
    people = [(line, store.on_duty(line.text("clerk"))) for line in unfiled]
    people += [(line, clerk_for(store, line)) for line in strangers]
    return [
        Task("archive-due", line.row, came, later(came, ARCHIVE_DAYS), clerk)
        for line, clerk in people
        if (came := line.day("came_on"))
    ]


def first_follow_ups(store: Store) -> list[Task]:
    """List the orders that nobody has telephoned about since the car left."""
    tasks = []
    for visit in store.lines("Visits"):
        left, calls = visit.day("left_on"), store.firsts.get(visit.text("order_no"), ())
        if left and not any(day >= left for day, _ in calls):
            window = later(left, FIRST_CALL_FROM), later(left, FIRST_CALL_TO)
            tasks.append(Task("first-follow-up", visit.row, *window, clerk_for(store, visit)))
    return tasks


def second_follow_ups(store: Store) -> list[Task]:
    """List the orders whose first call was answered and that had no second one."""
    tasks = []
    for visit in store.lines("Visits"):
        answered = store.answered(visit)
        if answered and not store.seconds.get(visit.text("order_no")):
            window = later(answered, SECOND_CALL_FROM), later(answered, SECOND_CALL_TO)
            tasks.append(Task("second-follow-up", visit.row, *window, clerk_for(store, visit)))
    return tasks


def services(store: Store) -> list[Task]:
    """List the cars whose next service is near or past and of which nobody has reminded yet."""
    visits = defaultdict(list)
    for visit in store.lines("Visits"):
        visits[visit.text("archive_no")].append(visit)
    tasks = []
    for archive_no, customer in store.customers.items():
        due = service_due(customer, visits[archive_no])
        earliest = due and later(due, -SERVICE_AHEAD_DAYS)
        if due and earliest and not reminded(store, archive_no, earliest):
            clerk = store.on_duty(customer.text("clerk"))
            tasks.append(Task("service-due", customer.row, earliest, due, clerk))
    return tasks


def service_due(customer: Line, visits: list[Line]) -> date | None:
    """Find the earlier of the day by the calendar and the day by the kilometres."""
    day, km = last_service(customer, visits)
    months, cycle_km = customer.number("cycle_months"), customer.number("cycle_km")
    by_months = add_months(day, int(months)) if day and months is not None else None
    by_km = day_of_km(readings(visits), km + cycle_km) if km is not None and cycle_km is not None else None
    return min((due for due in (by_months, by_km) if due), default=None)


def last_service(customer: Line, visits: list[Line]) -> tuple[date | None, Fraction | None]:
    """Find the day and the kilometres of the last service: what the archive or the orders say, the later."""
    noted = customer.day("last_service_on"), customer.number("last_service_km")
    done = [(visit.day("came_on"), visit.number("km")) for visit in visits if visit.text("kind") == "保养"]
    known = [(day, km) for day, km in (noted, *done) if day]
    return max(known, key=lambda service: (service[0], service[1] or -1), default=noted)


def readings(visits: list[Line]) -> list[tuple[date, Fraction]]:
    """Return the days on which the kilometres were read, in order."""
    read = [(visit.day("came_on"), visit.number("km")) for visit in visits]
    return sorted((day, km) for day, km in read if day and km is not None)


def day_of_km(read: list[tuple[date, Fraction]], aim: Fraction) -> date | None:
    """Project the day on which a car reaches so many kilometres, if it has been seen to move."""
    if not read:
        return None
    (first_day, first_km), (last_day, last) = read[0], read[-1]
    passed, driven = (last_day - first_day).days, last - first_km
    if passed <= 0 or driven <= 0:
        return None
    return later(last_day, math.ceil(max(aim - last, Fraction(0)) * passed / driven))


def reminded(store: Store, archive_no: str, since: date) -> bool:
    """Return whether somebody was reached with a reminder since the day on which it was time."""
    return any(
        (call.day("called_on") or date.min) >= since
        for call in store.lines("Calls")
        if call.text("archive_no") == archive_no
        and call.text("kind") == "保养提醒"
        and call.text("direction") == OUT
        and call.text("result") == CONNECTED
    )
