"""Whom to call today, and why: the list 今日必做.

A new kind of reminder is a function from the dataset to rows (archive_no, earliest, due, why; index = the Excel row it
comes from) and an entry in REMINDERS. A reminder vanishes when its row is done; a phone call never counts as a visit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership import follow_ups, service
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.staff import duty_of
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.dealership.topics import topics_for
from dealer_xl.errors import DealerXlError
from dealer_xl.schema import Table


@dataclass(frozen=True)
class ReminderKind:
    """One kind of thing to do."""

    code: str
    label: str
    table: str  # where its rows come from
    found: Callable[[Dataset], pd.DataFrame]
    reads: tuple[str, ...]  # every column it needs, as `Table.key`; where a sheet lacks one, it is not listed
    uses: tuple[str, ...] = ()  # further ones, which it can do without


@dataclass(frozen=True)
class Reminder:
    """One thing to do today: for whom, by whom, why, by when, and the row it comes from."""

    kind: ReminderKind
    earliest: pd.Timestamp
    due: pd.Timestamp
    overdue_days: int
    customer: str | None
    plate: str | None
    phone: str | None
    clerk: str | None
    why: str
    topic: str | None
    archive_no: str | None
    row: int

    @property
    def table(self) -> Table:
        """Return the table its row stands in."""
        return BY_NAME[self.kind.table]


def unfinished_archives(dataset: Dataset) -> pd.DataFrame:
    """Find customers who came and are not archived yet (AR-02)."""
    customers = dataset.tables["Customers"]
    open_ones = customers[customers["came_on"].notna() & _left_blank(dataset, "Customers", "archived_on")]
    return _to_archive(dataset, open_ones, "送修或来访后应在{days}天内建档，建档日期还空着")


def visits_without_archive(dataset: Dataset) -> pd.DataFrame:
    """Find visits whose archive number stands in no archive (AR-02)."""
    visits = dataset.tables["Visits"]
    strangers = visits[visits["came_on"].notna() & visits["archive_no"].isna()]
    return _to_archive(dataset, strangers, "来过厂，但客户档案里没有这辆车，应在{days}天内建档")


def _left_blank(dataset: Dataset, table: str, column: str) -> pd.Series:
    """Choose cells that are blank because nobody typed anything: a wrong entry is not a missing deed."""
    missing = {
        issue.row
        for issue in dataset.issues
        if issue.table.name == table and issue.column == column and issue.code == "missing"
    }
    return pd.Series(dataset.tables[table].index.isin(list(missing)), index=dataset.tables[table].index)


def _to_archive(dataset: Dataset, rows: pd.DataFrame, why: str) -> pd.DataFrame:
    days = dataset.settings.archive_days
    due = dataset.calendar.later(rows["came_on"], days)
    return rows.assign(earliest=rows["came_on"], due=due, why=why.format(days=days))


def first_follow_ups(dataset: Dataset) -> pd.DataFrame:
    """Find orders that left and got no first call yet (FC-01)."""
    orders = follow_ups.orders(dataset)
    waiting = orders[orders["first_on"].isna()]
    return _to_follow_up(waiting, "first", "left_on", "{:%Y-%m-%d} 出厂，还没有第一次跟踪")


def second_follow_ups(dataset: Dataset) -> pd.DataFrame:
    """Find orders whose first call was answered and that got no second yet (FC-02)."""
    orders = follow_ups.orders(dataset)
    waiting = orders[orders["answered_on"].notna() & ~orders["has_second"]]
    return _to_follow_up(waiting, "second", "answered_on", "{:%Y-%m-%d} 第一次跟踪已接通，还没有第二次跟踪")


def _to_follow_up(waiting: pd.DataFrame, which: str, since: str, why: str) -> pd.DataFrame:
    told = zip(waiting["order_no"], waiting[since], strict=True)
    return waiting.assign(
        earliest=waiting[f"{which}_from"],
        due=waiting[f"{which}_due"],
        why=[f"{'' if pd.isna(order) else f'工单{order}：'}{why.format(day)}" for order, day in told],
    )


OF_CALLS = ("Calls.called_on", "Calls.kind", "Calls.direction", "Calls.order_no")

REMINDERS = (
    ReminderKind(
        "archive-due",
        "建立档案",
        "Customers",
        unfinished_archives,
        ("Customers.came_on", "Customers.archived_on"),
    ),
    ReminderKind(
        "archive-due", "建立档案", "Visits", visits_without_archive, ("Visits.came_on", "Visits.archive_no")
    ),
    ReminderKind("first-follow-up", "第一次跟踪", "Visits", first_follow_ups, (*OF_CALLS, "Visits.left_on")),
    ReminderKind(
        "second-follow-up",
        "第二次跟踪",
        "Visits",
        second_follow_ups,
        (*OF_CALLS, "Visits.left_on", "Calls.result"),
    ),
    ReminderKind(
        "service-due",
        "保养提醒",
        "Customers",
        service.due_soon,
        ("Customers.archive_no",),
        (
            "Customers.cycle_months",
            "Customers.cycle_km",
            "Customers.last_service_on",
            "Customers.last_service_km",
            "Visits.came_on",
            "Visits.kind",
            "Visits.km",
            "Calls.called_on",
            "Calls.kind",
            "Calls.direction",
            "Calls.result",
        ),
    ),
)


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
    """List what is to be done today, the longest overdue first."""
    kinds = [kind for kind in REMINDERS if not dataset.lacks(kind.reads)]
    reminders = [reminder for kind in kinds for reminder in _reminders_of_kind(dataset, kind)]
    place = {code: place for place, code in enumerate(dict.fromkeys(kind.code for kind in REMINDERS))}
    return tuple(
        sorted(reminders, key=lambda reminder: (reminder.due, place[reminder.kind.code], reminder.row))
    )


def _reminders_of_kind(dataset: Dataset, kind: ReminderKind) -> Iterator[Reminder]:
    found = kind.found(dataset)
    found = found[found["earliest"] <= dataset.today]
    told = _people(dataset, kind, found).assign(
        earliest=found["earliest"],
        due=found["due"],
        overdue_days=(dataset.today - found["due"]).dt.days.clip(lower=0),
        why=found["why"],
        topic=pd.Series(topics_for(dataset, kind.code, found["archive_no"]), dtype="str"),
        archive_no=found["archive_no"],
        row=found.index,
    )
    for words in told.astype("object").where(told.notna(), None).to_dict("records"):
        yield Reminder(kind=kind, **words)  # type: ignore[arg-type]  # the columns are its fields


SHOWN = ("name", "plate", "phone")
"""What tells a person whom to call; what could not be read is shown as it was typed."""


def _as_typed(dataset: Dataset, table: str) -> pd.DataFrame:
    rows = dataset.tables[table]
    return rows.assign(**{key: dataset.as_typed(table, key) for key in SHOWN if key in rows})


def _people(dataset: Dataset, kind: ReminderKind, found: pd.DataFrame) -> pd.DataFrame:
    """Return customer, plate, phone and who is on duty; from the archive, else from the row itself."""
    own = (
        _as_typed(dataset, kind.table)
        .loc[found.index]
        .reindex(columns=[*SHOWN, "clerk", "advisor"])
        .astype("str")
    )
    archive = _as_typed(dataset, "Customers").dropna(subset=["archive_no"]).set_index("archive_no")
    people = {key: look_up(found["archive_no"], archive[key]).fillna(own[key]) for key in (*SHOWN, "clerk")}
    clerk = people.pop("clerk").fillna(own["advisor"]).map(duty_of(dataset))
    return pd.DataFrame({"customer": people.pop("name"), **people, "clerk": clerk}, index=found.index)
