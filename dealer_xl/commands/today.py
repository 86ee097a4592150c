"""`today`: tell what is to be done today."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from dealer_xl import jobs
from dealer_xl.commands.outcome import Occasion, Outcome, outcome_of, shortened
from dealer_xl.dealership.reminders import Reminder


def today(asked: Namespace, occasion: Occasion) -> Outcome:
    """List what is to be done today."""
    listed = jobs.list_today(occasion.run(asked))
    told = shortened([_task_line(reminder) for reminder in listed.reminders], "项，见“今日必做”表")
    gist = f"今天共{len(listed.reminders)}项，其中逾期{sum(reminder.overdue_days > 0 for reminder in listed.reminders)}项。"
    data = {
        "date": f"{occasion.now:%Y-%m-%d}",
        "tasks": [_task_object(reminder) for reminder in listed.reminders],
    }
    return outcome_of([*told, gist], gist, data, listed.files)


def _task_line(reminder: Reminder) -> str:
    overdue = f"，逾期{reminder.overdue_days}天" if reminder.overdue_days else ""
    who = " ".join(word for word in (reminder.customer, reminder.plate, reminder.phone) if word)
    return f"{reminder.kind.label} {who}（{reminder.clerk or '未指定业务员'}）{reminder.why}，{reminder.due:%Y-%m-%d} 到期{overdue}"


def _task_object(reminder: Reminder) -> dict[str, Any]:
    return {
        "kind": reminder.kind.code,
        "earliest": f"{reminder.earliest:%Y-%m-%d}",
        "due": f"{reminder.due:%Y-%m-%d}",
        "overdue_days": reminder.overdue_days,
        "customer": reminder.customer,
        "plate": reminder.plate,
        "phone": reminder.phone,
        "clerk": reminder.clerk,
        "why": reminder.why,
        "topic": reminder.topic,
        "archive_no": reminder.archive_no,
        "workbook": reminder.table.workbook,
        "sheet": reminder.table.sheet,
        "row": reminder.row,
    }
