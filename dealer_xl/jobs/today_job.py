"""Button 今日必做: list what is to be done today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import pandas as pd

from dealer_xl.context import Context
from dealer_xl.dealership.reminders import Reminder, reminders_of
from dealer_xl.dealership.report_rows import today_rows
from dealer_xl.dealership.tables import TODAY
from dealer_xl.jobs.row_headings import note_line, to_headings
from dealer_xl.office.protocols import Cell


@dataclass(frozen=True)
class Listed:
    """What `list_today` found and wrote."""

    reminders: tuple[Reminder, ...]
    files: Sequence[PurePath]


def list_today(context: Context) -> Listed:
    """List what is to be done today on the sheet 今日必做."""
    dataset = context.dataset()

    reminders = reminders_of(dataset)

    overdue = sum(reminder.overdue_days > 0 for reminder in reminders)
    book = context.store.workbook(TODAY.workbook)
    rows = to_headings(TODAY, today_rows(reminders))
    book.replace_rows(TODAY, _with_results(book.read_table(TODAY), rows))
    book.write_note(
        TODAY,
        note_line(context, dataset, f"{context.today:%Y-%m-%d} · 共{len(reminders)}项，其中逾期{overdue}项"),
    )
    return Listed(reminders, context.save("today", keep=dataset.settings.backup_keep))


def _with_results(before: pd.DataFrame, rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """Carry over what staff noted beside a task that is still on the list."""
    done = TODAY.heading("done")
    known = [TODAY.heading(key) for key in ("kind", "customer", "origin")]
    noted = {
        tuple(row[heading] for heading in known): row[done]
        for row in before.to_dict("records")
        if row[done] is not None
    }
    return [{**row, done: noted.get(tuple(row.get(heading) for heading in known))} for row in rows]
