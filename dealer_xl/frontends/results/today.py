"""`today`: show what is to be done today."""

from __future__ import annotations

from typing import Any

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.reminders import Reminder
from dealer_xl.frontends.results.outcome import Outcome, shortened, with_files
from dealer_xl.requests import TodayRequest


def today(_: TodayRequest, context: Context) -> Outcome:
    """List what is to be done today."""
    listed = jobs.list_today(context)
    lines = shortened([_task_line(task) for task in listed.reminders], "项，见“今日必做”表")
    headline = f"今天共{len(listed.reminders)}项，其中逾期{sum(task.overdue_days > 0 for task in listed.reminders)}项。"
    data = {"date": f"{context.now:%Y-%m-%d}", "tasks": [_task_object(task) for task in listed.reminders]}
    return with_files(Outcome([*lines, headline], data, headline=headline), listed.files, context)


def _task_line(task: Reminder) -> str:
    overdue = f"，逾期{task.overdue_days}天" if task.overdue_days else ""
    who = " ".join(word for word in (task.customer, task.plate, task.phone) if word)
    return f"{task.kind.label} {who}（{task.clerk or '未指定业务员'}）{task.why}，{task.due:%Y-%m-%d} 到期{overdue}"


def _task_object(task: Reminder) -> dict[str, Any]:
    return {
        "kind": task.kind.code,
        "earliest": f"{task.earliest:%Y-%m-%d}",
        "due": f"{task.due:%Y-%m-%d}",
        "overdue_days": task.overdue_days,
        "customer": task.customer,
        "plate": task.plate,
        "phone": task.phone,
        "clerk": task.clerk,
        "why": task.why,
        "topic": task.topic,
        "archive_no": task.archive_no,
        "workbook": task.table.workbook,
        "sheet": task.table.sheet,
        "row": task.row,
    }
