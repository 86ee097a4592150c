"""The figures and four kinds of task once more: a second computation that shares no line with the program.

It knows what the frame says and nothing of the house: rows as staff typed them, loops, dates and fractions.
Settings are the defaults; days are natural days.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections import Counter, defaultdict
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
EVENT_NOTICE_DAYS = 14
YEAR_MONTHS, LOST_MONTHS, LOYAL_VISITS = 12, 12, 4
SATISFIED_FROM = 80

INSURANCE = ("保险理赔",)
WORKSHOP = ("保养", "维修", "保修索赔", "其他")
TRAININGS = ("前台技能培训", "专业知识培训", "车间技术培训")
FIRST, SECOND = "第一次跟踪", "第二次跟踪"
OUT, CONNECTED = "呼出", "接通"

DRAWN_AS_BARS = {"revenue_insurance": "left_on", "revenue_workshop": "left_on", "cars_received": "came_on"}
"""Sums and counts of the trend, and the day of an order from which on there is something to draw."""
DRAWN_AS_POINTS = ("csi", "first_call_on_time", "second_call_on_time")
"""Means and shares of the trend: where there is nothing to measure they have no value anyhow."""


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


def twelve_months(last: Span) -> list[Span]:
    """Return the twelve months that end with the span's last one, oldest first."""
    first_day = last.last.replace(day=1)
    firsts = [add_months(first_day, -ago) for ago in range(11, -1, -1)]
    return [month(first.year, first.month) for first in firsts]


# Which rows a figure is about

Condition: TypeAlias = Callable[[Line], bool | None]
"""Whether a row belongs; None when a cell that decides it holds an error."""


def dated(key: str, span: Span) -> Condition:
    """Want a date in the span."""
    return lambda line: None if key in line.wrong else line.day(key) in span


def one_of(key: str, *choices: str) -> Condition:
    """Want one of the choices."""
    return lambda line: None if key in line.wrong else line.text(key) in choices


def filled(key: str) -> Condition:
    """Want something in the cell."""
    return lambda line: None if key in line.wrong else line.cell(key) is not None


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


def sift(lines: Iterable[Line], *conditions: Condition, needs: tuple[str, ...] = ()) -> Sifted:
    """Part the rows that belong from those that cannot be judged for an error in a needed cell."""
    kept, left_out = [], set()
    for line in lines:
        answers = [condition(line) for condition in conditions]
        if False in answers:
            continue
        if None in answers or line.wrong.intersection(needs):
            left_out.add(line.row)
        else:
            kept.append(line)
    return Sifted(tuple(kept), frozenset(left_out))


class Figure(NamedTuple):
    """The value of a figure, None when there is nothing to measure, and how many rows were left out."""

    value: Fraction | None
    left_out: int


def ratio(part: Fraction | int, whole: int) -> Fraction | None:
    """Divide; a share of nothing has no value."""
    return Fraction(part) / whole if whole else None


def counted(sifted: Sifted) -> Figure:
    """Count the rows."""
    return Figure(Fraction(len(sifted.kept)), len(sifted.left_out))


def summed(sifted: Sifted, key: str) -> Figure:
    """Sum a column."""
    return Figure(sifted.total(key), len(sifted.left_out))


def averaged(sifted: Sifted, key: str) -> Figure:
    """Divide a column's sum by the rows."""
    return Figure(ratio(sifted.total(key), len(sifted.kept)), len(sifted.left_out))


def shared(sifted: Sifted, right: Callable[[Line], bool]) -> Figure:
    """Return the share of the rows that are right."""
    return Figure(ratio(sum(map(right, sifted.kept)), len(sifted.kept)), len(sifted.left_out))


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


# The figures


def figures_of(store: Store, span: Span) -> dict[str, Figure]:
    """Compute every figure of a month or a year."""
    return {
        **money(store, span),
        **traffic(store, span),
        **satisfaction(store, span),
        **calls_in_time(store, span),
        **complaints(store, span),
        **letters_and_events(store, span),
        **customer_base(store, span),
        **plan(store, span),
    }


def money(store: Store, span: Span) -> dict[str, Figure]:
    """Compute what goes by the day on which the car left, in yuan."""
    visits, left = store.lines("Visits"), dated("left_on", span)

    def sold(*kinds: str) -> Sifted:
        return sift(visits, left, one_of("kind", *kinds), needs=("amount",))

    return {
        "revenue_insurance": summed(sold(*INSURANCE), "amount"),
        "revenue_workshop": summed(sold(*WORKSHOP), "amount"),
        "revenue_total": summed(sold(*INSURANCE, *WORKSHOP), "amount"),
        "revenue_accessories": summed(sold("精品"), "amount"),
        "ticket_repair": averaged(sold(*WORKSHOP), "amount"),
        "ticket_insurance": averaged(sold(*INSURANCE), "amount"),
        "claim_pass_rate": shared(
            sift(visits, left, one_of("kind", "保修索赔"), one_of("claim", "通过", "未通过")),
            lambda visit: visit.text("claim") == "通过",
        ),
        "first_services": counted(sift(visits, left, one_of("first_service", "是"))),
    }


def traffic(store: Store, span: Span) -> dict[str, Figure]:
    """Compute what is measured by the cars that came."""
    visits = store.lines("Visits")
    came = sift(visits, dated("came_on", span))
    reworked = sift(visits, dated("left_on", span), one_of("rework", "是"), needs=("came_on",))
    return {
        "cars_received": counted(came),
        "cars_per_day": Figure(ratio(len(came.kept), store.open_days(span)), len(came.left_out)),
        "appointment_rate": shared(
            sift(visits, dated("came_on", span), needs=("booked",)),
            lambda visit: visit.text("booked") == "是",
        ),
        "rework_rate": Figure(
            ratio(len(reworked.kept), len(came.kept)), len(reworked.left_out | came.left_out)
        ),
    }


def satisfaction(store: Store, span: Span) -> dict[str, Figure]:
    """Compute what customers said of the shop in the follow-up calls."""
    calls = sift(
        store.lines("Calls"),
        dated("called_on", span),
        one_of("kind", FIRST, SECOND),
        one_of("result", CONNECTED),
        filled("satisfaction"),
    )
    mean = averaged(calls, "satisfaction")
    return {
        "csi": mean._replace(value=None if mean.value is None else mean.value / 100),
        "satisfaction_rate": shared(calls, lambda call: (call.number("satisfaction") or 0) >= SATISFIED_FROM),
    }


def calls_in_time(store: Store, span: Span) -> dict[str, Figure]:
    """Compute how punctual the follow-up calls and the archive are."""
    return {
        "first_call_on_time": first_call_on_time(store, span),
        "second_call_on_time": second_call_on_time(store, span),
        "archive_on_time": shared(
            sift(store.lines("Customers"), dated("archived_on", span), needs=("came_on",)),
            archived_in_time,
        ),
    }


def first_call_on_time(store: Store, span: Span) -> Figure:
    """Return the share of the orders due in the span that were called from the third to the seventh day."""
    left = Span(later(span.first, -FIRST_CALL_TO), later(span.last, -FIRST_CALL_TO))

    def in_time(visit: Line) -> bool:
        day = visit.day("left_on") or date.min
        window = Span(later(day, FIRST_CALL_FROM), later(day, FIRST_CALL_TO))
        return any(called in window for called, _ in store.firsts.get(visit.text("order_no"), ()))

    def is_judged(visit: Line) -> bool:
        return in_time(visit) or later(visit.day("left_on") or date.min, FIRST_CALL_TO) < store.today

    due = sift(store.lines("Visits"), dated("left_on", left), needs=("order_no",))
    return shared(due.only(is_judged), in_time)


def second_call_on_time(store: Store, span: Span) -> Figure:
    """Return the share of the answered first calls that a second one followed from day eight to fourteen."""
    answered = Span(later(span.first, -SECOND_CALL_TO), later(span.last, -SECOND_CALL_TO))

    def due(visit: Line) -> bool:
        return store.answered(visit) in answered

    def in_time(visit: Line) -> bool:
        day = store.answered(visit) or date.min
        window = Span(later(day, SECOND_CALL_FROM), later(day, SECOND_CALL_TO))
        return any(called in window for called, _ in store.seconds.get(visit.text("order_no"), ()))

    def is_judged(visit: Line) -> bool:
        return in_time(visit) or later(store.answered(visit) or date.min, SECOND_CALL_TO) < store.today

    return shared(sift(store.lines("Visits"), due).only(is_judged), in_time)


def archived_in_time(customer: Line) -> bool:
    """Return whether a customer was filed within two days."""
    came, archived = customer.day("came_on"), customer.day("archived_on")
    return bool(came and archived and archived <= later(came, ARCHIVE_DAYS))


def complaints(store: Store, span: Span) -> dict[str, Figure]:
    """Compute what became of the complaints received in the span."""
    rows, received = store.lines("Complaints"), dated("received_on", span)
    heard = sift(rows, received, needs=("reported_on", "solved_on"))
    solved = sift(rows, received, filled("solved_on"), needs=("told_on",))
    return {
        "complaints": counted(sift(rows, received)),
        "complaints_closed": counted(sift(rows, received, one_of("status", "已关闭"))),
        "complaint_report_on_time": shared(
            heard.only(lambda line: report_is_judged(line, store.today)), reported_in_time
        ),
        "complaint_told_on_time": shared(
            solved.only(lambda line: telling_is_judged(line, store.today)), told_in_time
        ),
    }


def report_deadline(line: Line) -> date:
    """Return by when a complaint has to be reported."""
    return later(line.day("received_on") or date.min, REPORT_DAYS)


def report_is_judged(line: Line, today: date) -> bool:
    """Return whether it can be said that the report was in time or late."""
    deadline, solved = report_deadline(line), line.day("solved_on")
    unsolved = solved is None or solved > deadline
    return line.day("reported_on") is not None or (deadline < today and unsolved)


def reported_in_time(line: Line) -> bool:
    """Return whether the complaint was reported within two days."""
    reported = line.day("reported_on")
    return reported is not None and reported <= report_deadline(line)


def telling_is_judged(line: Line, today: date) -> bool:
    """Return whether it can be said that the customer was told in time or late."""
    deadline = later(line.day("solved_on") or date.max, TELL_DAYS)
    return line.day("told_on") is not None or deadline < today


def told_in_time(line: Line) -> bool:
    """Return whether the customer was told on the day of the solution."""
    solved, told = line.day("solved_on"), line.day("told_on")
    return bool(solved and told and told <= later(solved, TELL_DAYS))


def letters_and_events(store: Store, span: Span) -> dict[str, Figure]:
    """Compute what went out to customers and what took place."""

    def event_in_span(call: Line) -> bool | None:
        return None if "event_no" in call.wrong else store.begins.get(call.text("event_no")) in span

    def in_time(call: Line) -> bool:
        begins, called = store.begins[call.text("event_no")], call.day("called_on")
        return bool(begins and called and called <= later(begins, -EVENT_NOTICE_DAYS))

    notices = sift(
        store.lines("Calls"),
        one_of("kind", "活动通知"),
        one_of("direction", OUT),
        event_in_span,
        needs=("called_on",),
    )
    so_far = Span(span.first, min(span.last, store.today))
    return {
        "letters_sent": counted(sift(store.lines("Letters"), dated("sent_on", span))),
        "event_notice_on_time": shared(notices, in_time),
        "events_held": counted(sift(store.lines("Events"), dated("starts_on", so_far))),
    }


def customer_base(store: Store, span: Span) -> dict[str, Figure]:
    """Compute how many customers there are at the end of the span, and how faithful they are."""

    def visits(of: Span) -> Sifted:
        return sift(store.lines("Visits"), dated("came_on", of), needs=("archive_no",))

    filed = sift(store.lines("Customers"), dated("archived_on", span.all_so_far), needs=("archive_no",))
    ever, lately, this_year = visits(span.all_so_far), visits(span.until(LOST_MONTHS)), visits(span.until(12))
    times = Counter(visit.text("archive_no") for visit in this_year.kept)
    loyal = [number for number, count in times.items() if count >= LOYAL_VISITS]
    return {
        "base_customers": Figure(Fraction(len(filed.numbers())), len(filed.left_out)),
        "active_customers": Figure(Fraction(len(this_year.numbers())), len(this_year.left_out)),
        "lost_customers": Figure(Fraction(len(ever.numbers() - lately.numbers())), len(ever.left_out)),
        "loyal_customers": Figure(Fraction(len(loyal)), len(this_year.left_out)),
    }


def plan(store: Store, span: Span) -> dict[str, Figure]:
    """Compute what was done of the plan, and the insurances that were renewed."""

    def done(*kinds: str) -> Figure:
        return counted(sift(store.lines("Tasks"), dated("done_on", span), one_of("kind", *kinds)))

    def prolonged(change: Line) -> bool:
        old, new = change.day("old"), change.day("new")
        return bool(old and new and new > old)

    insured = one_of("field", "保险到期日")
    return {
        "trainings_done": done(*TRAININGS),
        "lectures_done": done("汽车讲堂"),
        "activities_done": done("部门活动"),
        "renewals": counted(sift(store.lines("Changes"), dated("changed_on", span), insured, prolonged)),
    }


def trend_of(store: Store, span: Span) -> list[dict[str, Fraction | None]]:
    """Compute the charted figures of the twelve months that end with the span."""
    return [charted(store, each) for each in twelve_months(span)]


def charted(store: Store, span: Span) -> dict[str, Fraction | None]:
    """Compute the charted figures of a month; before the first order of all there is nothing to draw."""
    figures = {**money(store, span), **traffic(store, span), **satisfaction(store, span)}
    figures |= calls_in_time(store, span)
    bars = {
        code: figures[code].value if sift(store.lines("Visits"), dated(key, span.all_so_far)).kept else None
        for code, key in DRAWN_AS_BARS.items()
    }
    return bars | {code: figures[code].value for code in DRAWN_AS_POINTS}
