"""Button 今日必做: list what is to be done today, and what becomes due this week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.day_list import day_list, list_rows, week_rows, with_typed
from dealer_xl.dealership.reminders import Reminder, becoming_due, reminders_of
from dealer_xl.dealership.tables import THIS_WEEK, TODAY
from dealer_xl.jobs.row_headings import note_line, to_headings, to_keys


@dataclass(frozen=True)
class Listed:
    """What `list_today` found and wrote."""

    reminders: tuple[Reminder, ...]
    files: Sequence[PurePath]


def list_today(context: Context) -> Listed:
    """List what is to be done today on the sheet 今日必做, and the days ahead on 本周 where that sheet is."""
    dataset = context.dataset()

    reminders = reminders_of(dataset)
    rows = list_rows(day_list(dataset, reminders))
    coming = becoming_due(dataset)

    overdue = sum(reminder.overdue_days > 0 for reminder in reminders)
    sheet = context.table(TODAY)
    before = to_keys(TODAY, sheet.read().frame)
    sheet.replace_rows(to_headings(TODAY, with_typed(rows, before)))
    sheet.write_note(
        note_line(
            context,
            dataset,
            f"{context.today:%Y-%m-%d} · 共{len(rows)}行{len(reminders)}项，其中逾期{overdue}项",
        ),
    )
    week = context.table(THIS_WEEK)
    if not week.absent:
        week.replace_rows(to_headings(THIS_WEEK, week_rows(coming)))
        week.write_note(note_line(context, dataset, f"今后七天到期{len(coming)}项"))
    return Listed(reminders, context.save("today", keep=dataset.settings.backup_keep))
