"""What the department has planned for itself: 工作计划 and 整改措施."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.reminder_kinds.kind import ReminderKind, Step, rows_left_blank


def planned_work(dataset: Dataset) -> pd.DataFrame:
    """Find planned work that is not done; without a day it is that of its whole month."""
    tasks = dataset.tables["Tasks"]
    rows = tasks[rows_left_blank(dataset, "Tasks", "done_on")]
    first = pd.to_datetime(rows["month"], format="%Y-%m").astype("datetime64[s]")
    last = (first + pd.offsets.MonthEnd(0)).astype("datetime64[s]")
    ahead = dataset.calendar.later(rows["planned_on"], -dataset.settings.plan_ahead_days)
    return _owned(rows.assign(earliest=ahead.fillna(first), due=rows["planned_on"].fillna(last)))


def open_measures(dataset: Dataset) -> pd.DataFrame:
    """Find measures that are not carried out."""
    measures = dataset.tables["Measures"]
    rows = measures[rows_left_blank(dataset, "Measures", "done_on")]
    ahead = dataset.calendar.later(rows["due_on"], -dataset.settings.plan_ahead_days)
    return _owned(rows.assign(earliest=ahead, due=rows["due_on"]))


def _owned(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(archive_no=pd.Series(pd.NA, index=rows.index, dtype="str"), clerk=rows["owner"])


PLAN_KINDS = (
    ReminderKind(
        "plan-task",
        "工作计划",
        "Tasks",
        "task_no",
        15,
        planned_work,
        lambda row: _named(row["kind"], row["content"]),
        ("Tasks.month", "Tasks.planned_on", "Tasks.done_on"),
        ("Tasks.kind", "Tasks.content", "Tasks.owner"),
        step=Step("done_on"),
    ),
    ReminderKind(
        "measure-due",
        "整改措施",
        "Measures",
        "measure_no",
        15,
        open_measures,
        lambda row: _named(row["problem"], row["measure"]),
        ("Measures.due_on", "Measures.done_on"),
        ("Measures.problem", "Measures.measure", "Measures.owner"),
        step=Step("done_on"),
    ),
)


def _named(*words: object) -> str:
    return "：".join(str(word) for word in words if pd.notna(word))  # type: ignore[call-overload]
