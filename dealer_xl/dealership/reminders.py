"""Whom to call today, and why: the list 今日必做.

The kinds stand in `reminder_kinds`. A reminder is listed from `earliest` to the last day of its kind, is overdue after
`due`, and vanishes when its row is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.last_calls import LastCall, last_call_of
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.parsers import as_text
from dealer_xl.dealership.reminder_kinds import REMINDERS, ReminderKind
from dealer_xl.dealership.staff import duty_of
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.dealership.topics import topics_for
from dealer_xl.errors import DealerXlError
from dealer_xl.schema import Table

WEEK = 7


@dataclass(frozen=True)
class Reminder:
    """One thing to do: for whom, by whom, why, by when, and the row it comes from."""

    kind: ReminderKind
    record: str | None
    earliest: pd.Timestamp
    due: pd.Timestamp
    overdue_days: int
    customer: str | None
    plate: str | None
    phone: str | None
    address: str | None
    clerk: str | None  # who is on duty
    own_clerk: str | None  # whom the customer belongs to
    why: str
    topic: str | None
    last_call: LastCall | None
    archive_no: str | None
    order_no: str | None
    row: int

    @property
    def table(self) -> Table:
        """Return the table its row stands in."""
        return BY_NAME[self.kind.table]


class UnknownReminderError(DealerXlError):
    """There is no such kind of task."""

    def __init__(self, code: str) -> None:
        known = "、".join(
            f"{kind.code}（{kind.label}）" for kind in {kind.code: kind for kind in REMINDERS}.values()
        )
        super().__init__(f"没有“{code}”这类事项，可以写：{known}。")


def customers_with(dataset: Dataset, code: str) -> tuple[str, ...]:
    """List the archive numbers that today's list names for a kind of task.

    Raises UnknownReminderError.
    """
    if code not in {kind.code for kind in REMINDERS}:
        raise UnknownReminderError(code)
    named = (reminder.archive_no for reminder in reminders_of(dataset) if reminder.kind.code == code)
    return tuple(dict.fromkeys(number for number in named if number))


def reminders_of(dataset: Dataset) -> tuple[Reminder, ...]:
    """List what is to be done today, by rank, within a rank by the day it is due."""
    return _sorted(
        reminder
        for kind, found in _found(dataset)
        for reminder in _reminders(
            dataset, kind, found[(found["earliest"] <= dataset.today) & (dataset.today <= found["until"])]
        )
    )


def becoming_due(dataset: Dataset, days: int = WEEK) -> tuple[Reminder, ...]:
    """List what becomes due within some days after today, by the day."""
    last = dataset.today + pd.Timedelta(days=days)
    coming = _sorted(
        reminder
        for kind, found in _found(dataset)
        for reminder in _reminders(
            dataset, kind, found[(found["due"] > dataset.today) & (found["due"] <= last)]
        )
    )
    return tuple(sorted(coming, key=lambda reminder: reminder.due))


def _sorted(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    return tuple(sorted(reminders, key=lambda reminder: (reminder.kind.rank, reminder.due)))


def _found(dataset: Dataset) -> Iterator[tuple[ReminderKind, pd.DataFrame]]:
    """Return, for each kind whose columns the shop has, what is found: rows beside their numbers, as `row`."""
    for kind in REMINDERS:
        if not dataset.lacks(kind.reads):
            found = kind.found(dataset).rename_axis("row").reset_index()
            yield kind, found.assign(until=_last_days(dataset, kind, found))


def _last_days(dataset: Dataset, kind: ReminderKind, found: pd.DataFrame) -> pd.Series:
    """Return the last day on which each reminder is listed."""
    if "until" in found:
        return found["until"]
    if not kind.drop:
        return pd.Series(pd.Timestamp.max.floor("s"), index=found.index).astype("datetime64[s]")
    return found["due"] + pd.Timedelta(days=getattr(dataset.settings, kind.drop))


def _reminders(dataset: Dataset, kind: ReminderKind, found: pd.DataFrame) -> Iterator[Reminder]:
    found = found.reset_index(drop=True)
    last_call = last_call_of(dataset)
    today = pd.Series(dataset.today, index=found.index)
    cells = _people(dataset, kind, found).assign(
        record=found[kind.key],
        earliest=found["earliest"],
        due=found["due"],
        overdue_days=dataset.calendar.days_between(found["due"], today).clip(lower=0),
        topic=pd.Series(topics_for(dataset, kind.code, found["archive_no"]), dtype="str"),
        archive_no=found["archive_no"],
        order_no=_orders(found),
        row=found["row"],
    )
    whys = [kind.why(row) for row in found.to_dict("records")]
    rows = cells.astype("object").where(cells.notna(), None).to_dict("records")
    for why, words in zip(whys, rows, strict=True):
        last = last_call(words["archive_no"], words["phone"])
        yield Reminder(kind=kind, why=why, last_call=last, **words)  # type: ignore[arg-type]  # the columns are its fields


def _people(dataset: Dataset, kind: ReminderKind, found: pd.DataFrame) -> pd.DataFrame:
    """Return customer, plate, phone, address and who is on duty; from the archive, else from the row itself.

    A phone or plate that cannot be read is shown as it was typed: staff can often make it out.
    """
    keys = ["name", "plate", "phone", "address", "clerk", "advisor", "owner"]
    rows = _as_typed(dataset, kind.table).loc[found["row"]].set_axis(found.index)
    own = rows.reindex(columns=keys).astype("str")
    archive = _as_typed(dataset, "Customers").dropna(subset=["archive_no"]).set_index("archive_no")
    people = {
        key: look_up(found["archive_no"], archive[key]).fillna(own[key])
        for key in ("name", "plate", "phone", "address", "clerk")
    }
    clerk = people.pop("clerk").fillna(own["advisor"]).fillna(own["owner"])
    duty = {"clerk": clerk.map(duty_of(dataset)), "own_clerk": clerk}
    return pd.DataFrame({"customer": people.pop("name"), **people, **duty}, index=found.index)


def _orders(found: pd.DataFrame) -> pd.Series:
    """Return the repair order that each reminder is about."""
    return found.get("order_no", pd.Series(pd.NA, index=found.index, dtype="str"))


def _as_typed(dataset: Dataset, table: str) -> pd.DataFrame:
    """Return the rows of a table, phones and plates that cannot be read as they were typed."""
    rows = dataset.tables[table]
    unreadable = [
        issue
        for issue in dataset.issues
        if issue.table.name == table and issue.code in {"phone-format", "plate-format"}
    ]
    if not unreadable:
        return rows
    rows = rows.copy()
    for issue in unreadable:
        rows.loc[issue.row, issue.column] = as_text(issue.value)
    return rows
