"""What a kind of reminder is; the kinds themselves stand in the modules beside this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR

RECORD = "record"
"""The column of what is found that names a task which no single row does, as a customer's of an event."""


@dataclass(frozen=True)
class Step:
    """A cell that 已办, or an answered call, fills: the key of a column of the reminder's table, and a word or today."""

    column: str
    word: str | None = None  # None: the day


@dataclass(frozen=True)
class ReminderKind:
    """One kind of thing to do.

    `found` returns rows of the table (index = Excel row, not necessarily once) with earliest, due, archive_no and the
    key; where the last day on which a task is listed is no count of days behind `due`, also `until`.
    """

    code: str
    label: str
    table: str  # where its rows come from
    key: str  # the column that names a task; RECORD where `found` makes the name
    rank: int
    found: Callable[[Dataset], pd.DataFrame]
    why: Callable[[Mapping[Any, Any]], str]  # from what was found of one row
    reads: tuple[str, ...]  # every column it needs, as `Table.key`; where a sheet lacks one, it is not listed
    uses: tuple[str, ...] = ()  # further ones, which it can do without
    drop: str = ""  # the setting of the days after `due` after which it is listed no more
    call: str = ""  # the type of the call that it asks for; blank: no call, or not always the same
    step: Step | None = None  # what is filled in when it is done


def rows_left_blank(dataset: Dataset, table: str, column: str) -> pd.Series:
    """Choose the rows in which a cell is blank because nobody typed anything: a wrong entry is no missing deed."""
    wrong = {
        issue.row
        for issue in dataset.issues
        if issue.table.name == table
        and issue.column == column
        and issue.severity == ERROR
        and issue.code != "missing"
    }
    rows = dataset.tables[table]
    return rows[column].isna() & ~rows.index.isin(list(wrong))


def day_of(day: object) -> str:
    """Write a day for staff."""
    return f"{day:%Y-%m-%d}"
