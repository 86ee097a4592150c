"""The list 今日必做: one line a person, by clerk, by rank and day; what staff typed beside it is carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.last_calls import LastCall
from dealer_xl.dealership.persons import persons
from dealer_xl.dealership.reminders import Reminder
from dealer_xl.dealership.staff import away_without_deputy
from dealer_xl.dealership.tables import TODAY
from dealer_xl.table_sources import part_number, row_number

TYPED = tuple(column.key for column in TODAY.entered)
"""The keys of the cells that staff fill."""

BOOKED = "已登记"
"""How the origin of a line begins whose result stands in the registers."""

AND = "、"


@dataclass(frozen=True)
class Line:
    """What is to be done about one person: the first reminder is of the lowest rank."""

    reminders: tuple[Reminder, ...]
    remark: str = ""

    @property
    def first(self) -> Reminder:
        """Return the reminder that decides the line's place."""
        return self.reminders[0]


def day_list(dataset: Dataset, reminders: Sequence[Reminder]) -> tuple[Line, ...]:
    """Return the lines of a day: by clerk (nobody last), by rank, by the earliest day that something is due."""
    groups: dict[int, list[Reminder]] = {}
    for number, reminder in zip(_persons_of(dataset, reminders), reminders, strict=True):
        groups.setdefault(number, []).append(reminder)
    alone = away_without_deputy(dataset)
    lines = [
        Line(tuple(group), f"（{group[0].clerk}离岗，还没有代理人）" if group[0].clerk in alone else "")
        for group in groups.values()
    ]
    return tuple(sorted(lines, key=_place))


def _place(line: Line) -> tuple[bool, str, int, pd.Timestamp]:
    clerk = line.first.clerk
    return clerk is None, clerk or "", line.first.kind.rank, min(each.due for each in line.reminders)


def _persons_of(dataset: Dataset, reminders: Sequence[Reminder]) -> list[int]:
    """Return the number of each reminder's person; what is about nobody is alone."""
    keys = ["name", "phone", "address"]
    archive = dataset.tables["Customers"]
    place_of = {number: place for place, number in enumerate(archive["archive_no"]) if pd.notna(number)}
    strangers = [each for each in reminders if each.archive_no not in place_of]
    own = pd.DataFrame(
        [(each.customer, each.phone, each.address) for each in strangers], columns=keys, dtype="str"
    )
    numbers = persons(pd.concat([archive[keys], own], ignore_index=True)).tolist()
    of_strangers = iter(numbers[len(archive) :])
    return [
        numbers[place_of[each.archive_no]] if each.archive_no in place_of else next(of_strangers)
        for each in reminders
    ]


def list_rows(lines: Iterable[Line]) -> list[dict[str, object]]:
    """Write the rows of the sheet; the places are counted for each clerk."""
    rows: list[dict[str, object]] = []
    counts: dict[str | None, int] = {}
    for line in lines:
        counts[line.first.clerk] = counts.get(line.first.clerk, 0) + 1
        rows.append({"place": counts[line.first.clerk], **_cells(line)})
    return rows


def _cells(line: Line) -> dict[str, object]:
    first, tasks = line.first, line.reminders
    return {
        "clerk": first.clerk,
        "kind": _joined(task.kind.label for task in tasks),
        "customer": first.customer,
        "plate": _joined(task.plate for task in tasks),
        "phone": first.phone,
        "due": min(task.due for task in tasks).date(),
        "overdue_days": max(task.overdue_days for task in tasks) or None,
        "why": _joined((task.why for task in tasks), "；") + line.remark,
        "last_call": _said(next((task.last_call for task in tasks if task.last_call), None)),
        "topic": next((task.topic for task in tasks if task.topic), None),
        "archive_no": _joined(task.archive_no for task in tasks) or None,
        "order_no": _joined(task.order_no for task in tasks) or None,
        "origin": _joined(task_name(task) for task in tasks),
    }


def _joined(words: Iterable[str | None], by: str = AND) -> str:
    return by.join(dict.fromkeys(word for word in words if word))


def _said(call: LastCall | None) -> str | None:
    if call is None:
        return None
    result = f"（{call.result}）" if call.result and call.result != "接通" else ""
    return f"{call.day:%m-%d} {call.kind or ''}{result}{'：' if call.points else ''}{call.points or ''}"


def task_name(task: Reminder) -> str:
    """Return what the origin calls a task: its kind and its number, else the row it comes from."""
    return f"{task.kind.label} {task.record or _row_words(task)}"


def _row_words(task: Reminder) -> str:
    part = f"第{part_number(task.row) + 1}张" if part_number(task.row) else ""
    return f"{task.table.sheet}{part}第{row_number(task.row)}行"


def tasks_named(origin: str | None) -> tuple[str, ...]:
    """Return the names of the tasks in an origin."""
    return tuple((origin or "").split(AND)) if origin else ()


def with_typed(
    rows: Sequence[Mapping[str, object]], before: Sequence[Mapping[str, object]]
) -> list[dict[str, object]]:
    """Return a new list with what staff typed beside the one before and have not booked yet.

    A typed line whose tasks are gone stays at the end as it was, so that nothing is lost.
    """
    typed = [row for row in before if any(row.get(key) is not None for key in TYPED) and not is_booked(row)]
    carried = {name: row for row in typed for name in tasks_named(_origin(row))}
    taken: set[int] = set()
    carried_rows = []
    for row in rows:
        old = next((carried[name] for name in tasks_named(_origin(row)) if name in carried), None)
        fresh = old is not None and id(old) not in taken
        taken |= {id(old)} if old is not None else set()
        carried_rows.append({**row, **({key: old.get(key) for key in TYPED} if old and fresh else {})})
    return carried_rows + [dict(row) for row in typed if id(row) not in taken]


def is_booked(row: Mapping[str, object]) -> bool:
    """Return whether the result of a line stands in the registers already."""
    return (_origin(row) or "").startswith(BOOKED)


def _origin(row: Mapping[str, object]) -> str | None:
    origin = row.get("origin")
    return origin if isinstance(origin, str) else None


def week_rows(reminders: Iterable[Reminder]) -> list[dict[str, object]]:
    """Write the rows of 本周: how many a day and clerk, then each of them."""
    tasks = sorted(
        reminders, key=lambda task: (task.due, task.clerk is None, task.clerk or "", task.kind.rank)
    )
    counts: dict[tuple[pd.Timestamp, str | None], int] = {}
    for task in tasks:
        counts[task.due, task.clerk] = counts.get((task.due, task.clerk), 0) + 1
    totals = [
        {**_day(day), "clerk": clerk, "kind": "合计", "why": f"{count}项"}
        for (day, clerk), count in counts.items()
    ]
    return totals + [
        {
            **_day(task.due),
            "clerk": task.clerk,
            "kind": task.kind.label,
            "customer": task.customer,
            "plate": task.plate,
            "phone": task.phone,
            "why": task.why,
            "origin": task_name(task),
        }
        for task in tasks
    ]


def _day(day: pd.Timestamp) -> dict[str, object]:
    return {"day": day.date(), "weekday": f"星期{'一二三四五六日'[day.weekday()]}"}
