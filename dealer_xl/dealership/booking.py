"""What the filled lines of 今日必做 become: calls, complaints, dates of steps, consent; and why a line does not.

Pure: the typed lines and today's reminders in, rows to append and cells to fill out. A line is booked once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.day_list import AND, BOOKED, TYPED, task_name, tasks_named
from dealer_xl.dealership.numbering import numbers_after
from dealer_xl.dealership.parsed_table import ParsedTable
from dealer_xl.dealership.reminder_kinds.events import event_of
from dealer_xl.dealership.reminders import Reminder, reminders_of
from dealer_xl.dealership.tables import CALLS, COMPLAINTS, CUSTOMERS
from dealer_xl.dealership.tables.calls import DONE
from dealer_xl.schema import Table

REACHED = "接通"
NOT_ANSWERED = "未接"

REASONS = {
    "result-does-not-fit": "这个结果不适合这件事：电话填通话结果，其他的事办好了填“已办”",
    "unknown-result": "办理结果看不懂，请从下拉列表里选",
    "already-booked": "这一行已经登记过",
    "typed-by-hand": "“电话登记”里已经有今天的这个电话，没有再登记",
    "task-gone": "这件事已经不在今天的名单里，没有登记；请看是不是已经办过",
    "wrong-entry": "填写有误，请改正后再登记",
    "use-letters": "信函请点“生成信函”，会自动登记",
}
"""Why a line, or one of its reasons, is not booked."""


@dataclass(frozen=True)
class Booked:
    """One reason that was booked; `place` is the place among the appended rows of a table, or a row that was there."""

    line: int
    task: Reminder
    record: str | None
    table: Table
    place: int
    is_new: bool


@dataclass(frozen=True)
class Skipped:
    """One line, or one reason of it, that was not."""

    line: int
    reason: str
    message: str


@dataclass
class Booking:
    """What is to be written."""

    booked: list[Booked] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    rows: dict[Table, list[dict[str, object]]] = field(default_factory=dict)
    cells: dict[tuple[Table, str], dict[int, object]] = field(default_factory=dict)
    origins: dict[int, str] = field(default_factory=dict)  # line, what its origin says from now on

    def append(self, table: Table, row: dict[str, object]) -> int:
        """Gather a row; return its place."""
        self.rows.setdefault(table, []).append(row)
        return len(self.rows[table]) - 1

    def fill(self, table: Table, key: str, row: int, value: object) -> None:
        """Gather a cell."""
        self.cells.setdefault((table, key), {})[row] = value

    def skip(self, line: int, reason: str, what: str = "") -> None:
        """Gather why a line is left."""
        self.skipped.append(Skipped(line, reason, f"第{line}行{what}：{REASONS[reason]}。"))


def book_lines(dataset: Dataset, lines: ParsedTable) -> Booking:
    """Return what the filled lines of the list (index = Excel row) become."""
    return _Booker(dataset, lines).booking


class _Booker:
    """Goes through the lines and gathers what they become."""

    def __init__(self, dataset: Dataset, lines: ParsedTable) -> None:
        self._dataset = dataset
        self._tasks = {task_name(task): task for task in reminders_of(dataset)}
        self._call_numbers = numbers_after(dataset.tables["Calls"]["call_no"], "DH")
        self._complaint_numbers = numbers_after(dataset.tables["Complaints"]["complaint_no"], "TS")
        calls = dataset.tables["Calls"]
        self._calls = calls[calls["direction"] == "呼出"]
        self._faults: dict[int, list[str]] = {}
        for issue in lines.issues:
            if issue.column in TYPED:
                self._faults.setdefault(issue.row, []).append(issue.column)
        self.booking = Booking()
        rows = lines.rows.astype("object").where(lines.rows.notna(), None)
        for row, cells in rows.to_dict("index").items():
            self._book(int(row), cells)  # type: ignore[call-overload, arg-type]  # rows are numbers, columns keys

    def _book(self, line: int, cells: Mapping[str, object]) -> None:
        if not any(cells[key] is not None for key in TYPED) and line not in self._faults:
            return
        origin = str(cells["origin"] or "")
        reason = self._fault(line, cells, origin)
        if reason:
            self.booking.skip(line, *reason)
            return
        before = len(self.booking.booked)
        done = [name for name in tasks_named(origin) if self._book_task(line, name, cells, before)]
        self._book_consent(line, cells)
        if done:
            self.booking.origins[line] = f"{BOOKED}：{AND.join(done)}"

    def _fault(self, line: int, cells: Mapping[str, object], origin: str) -> tuple[str, str] | None:
        """Return why nothing of a line can be booked."""
        faults = self._faults.get(line, [])
        if origin.startswith(BOOKED):
            return "already-booked", ""
        if "done" in faults:
            return "unknown-result", ""
        next_on = cells["next_on"]
        if faults or (isinstance(next_on, pd.Timestamp) and next_on < self._dataset.today):
            return "wrong-entry", "的“下次联系日期”等"
        if cells["done"] is None:
            return "wrong-entry", "没有填办理结果"
        return None if tasks_named(origin) else ("task-gone", "")

    def _book_task(self, line: int, name: str, cells: Mapping[str, object], before: int) -> bool:
        """Book one reason of a line; return whether it was."""
        task = self._tasks.get(name)
        if task is None:
            self.booking.skip(line, "typed-by-hand" if self._typed(cells) else "task-gone", f"“{name}”")
            return False
        if task.kind.code == "event-letter":
            self.booking.skip(line, "use-letters", f"“{name}”")
            return False
        kind = _call_kind(self._dataset, task)
        if (kind is None) != (cells["done"] == DONE) or (kind is None and not self._can_fill(task)):
            self.booking.skip(line, "result-does-not-fit", f"“{name}”")
            return False
        if kind is None:
            self._fill_step(line, task)
        elif self._typed_today(task, kind):
            self.booking.skip(line, "typed-by-hand", f"“{name}”")
            return False
        else:
            self._book_call(line, task, kind, cells, is_first=len(self.booking.booked) == before)
        return True

    @staticmethod
    def _can_fill(task: Reminder) -> bool:
        return task.kind.step is not None

    def _typed(self, cells: Mapping[str, object]) -> bool:
        """Return whether the register has a call of today to the customer of a line."""
        today = self._calls[self._calls["called_on"] == self._dataset.today]
        numbers = str(cells["archive_no"] or "").split(AND)
        return bool((today["archive_no"].isin(numbers) | (today["phone"] == cells["phone"])).any())

    def _typed_today(self, task: Reminder, kind: str) -> bool:
        """Return whether the register has this very call already."""
        calls = self._calls[(self._calls["called_on"] == self._dataset.today) & (self._calls["kind"] == kind)]
        same = calls["archive_no"] == task.archive_no if task.archive_no else calls["phone"] == task.phone
        if task.order_no:
            same &= calls["order_no"].isna() | (calls["order_no"] == task.order_no)
        return bool(same.any())

    def _fill_step(self, line: int, task: Reminder) -> None:
        step = task.kind.step
        if step:
            value = step.word or self._dataset.today.date()
            self.booking.fill(task.table, step.column, task.row, value)
            self.booking.booked.append(Booked(line, task, None, task.table, task.row, is_new=False))

    def _book_call(
        self, line: int, task: Reminder, kind: str, cells: Mapping[str, object], *, is_first: bool
    ) -> None:
        number, today = next(self._call_numbers), self._dataset.today.date()
        call = {
            "call_no": number,
            "called_on": today,
            "direction": "呼出",
            "archive_no": task.archive_no,
            "name": task.customer,
            "plate": task.plate,
            "phone": task.phone,
            "kind": kind,
            "order_no": task.order_no,
            "event_no": _event(self._dataset, task),
            "result": cells["done"],
            "points": cells["points"],
            "satisfaction": cells["satisfaction"] if is_first or kind.endswith("跟踪") else None,
            "complaint": cells["complaint"] if is_first else None,
            "next_on": self._next_on(task, kind, cells) if is_first else None,
            "clerk": task.clerk,
            "deputy_for": task.own_clerk if task.own_clerk != task.clerk else None,
        }
        place = self.booking.append(CALLS, call)
        self.booking.booked.append(Booked(line, task, number, CALLS, place, is_new=True))
        if task.kind.step and cells["done"] == REACHED:
            self.booking.fill(task.table, task.kind.step.column, task.row, today)
            if task.kind.code == "complaint-confirm" and cells["satisfaction"] is not None:
                self.booking.fill(COMPLAINTS, "confirmed_score", task.row, cells["satisfaction"])
        if is_first and cells["complaint"] == "是":
            self.booking.append(COMPLAINTS, self._complaint(call))

    def _next_on(self, task: Reminder, kind: str, cells: Mapping[str, object]) -> object:
        """Return the day of the next call: as typed; of an unanswered one the next open day while tries are left."""
        typed = cells["next_on"]
        if isinstance(typed, pd.Timestamp):
            return typed.date()
        if cells["done"] != NOT_ANSWERED or self._tries(task, kind) >= self._dataset.settings.call_tries:
            return None
        return self._dataset.calendar.next_open_day(self._dataset.today).date()

    def _tries(self, task: Reminder, kind: str) -> int:
        """Count the calls of this matter, the one that is booked now among them."""
        calls = self._calls[self._calls["kind"] == kind]
        if task.order_no:
            return int((calls["order_no"] == task.order_no).sum()) + 1
        same = calls["archive_no"] == task.archive_no if task.archive_no else calls["phone"] == task.phone
        return int((same & (calls["called_on"] >= task.earliest)).sum()) + 1

    def _complaint(self, call: Mapping[str, object]) -> dict[str, object]:
        return {
            "complaint_no": next(self._complaint_numbers),
            "call_no": call["call_no"],
            "source": "电话",
            **{key: call[key] for key in ("archive_no", "name", "plate", "phone")},
            "received_on": call["called_on"],
            "nature": "投诉",
            "content": call["points"],
            "acceptor": call["clerk"],
            "status": "处理中",
        }

    def _book_consent(self, line: int, cells: Mapping[str, object]) -> None:
        """Write what the customer said of letters and messages into the archive, with its proof."""
        if cells["consent"] is None or not any(each.line == line for each in self.booking.booked):
            return
        archive = self._dataset.tables["Customers"]
        numbers = str(cells["archive_no"] or "").split(AND)
        for row in archive.index[archive["archive_no"].isin(numbers)]:
            proof = f"{self._dataset.today:%Y-%m-%d} 电话 {cells['clerk'] or ''}".strip()
            self.booking.fill(CUSTOMERS, "consent", int(row), cells["consent"])
            self.booking.fill(CUSTOMERS, "consent_note", int(row), proof)


def _call_kind(dataset: Dataset, task: Reminder) -> str | None:
    """Return the type of the call that a task asks for; None for what is no call."""
    if task.kind.code != "next-contact":
        return task.kind.call or None
    promised = _promise(dataset, task)
    return "其他" if promised is None or pd.isna(promised["kind"]) else str(promised["kind"])


def _event(dataset: Dataset, task: Reminder) -> str | None:
    if task.kind.code == "event-call":
        return event_of(task.record or "")
    promised = _promise(dataset, task) if task.kind.code == "next-contact" else None
    return None if promised is None or pd.isna(promised["event_no"]) else str(promised["event_no"])


def _promise(dataset: Dataset, task: Reminder) -> Mapping[str, Any] | None:
    """Return the call that promised the next one."""
    if task.kind.table != "Calls":
        return None
    calls = dataset.tables["Calls"]
    return {key: calls.loc[task.row, key] for key in ("kind", "event_no")}


def written_keys(
    rows: Sequence[Mapping[str, object]], table: Table, absent: frozenset[str]
) -> Iterator[dict[str, object]]:
    """Yield rows without the columns that the shop's sheet lacks."""
    for row in rows:
        yield {key: value for key, value in row.items() if table.heading(key) not in absent}
