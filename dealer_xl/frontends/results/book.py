"""`book`: show what became of the filled lines."""

from __future__ import annotations

from typing import Any

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.frontends.results.outcome import DONE, TO_LOOK_AT, Outcome, shortened, with_files
from dealer_xl.jobs.book_job import Recorded
from dealer_xl.requests import BookRequest


def book(_: BookRequest, context: Context) -> Outcome:
    """Book the results of today's list."""
    registered = jobs.book_results(context)
    lines = shortened([each.message for each in registered.skipped], "处没有登记")
    lost = len({each.line for each in registered.skipped})
    headline = f"登记了{len(registered.recorded)}项" + (f"，有{lost}行没有全部登记。" if lost else "。")
    data = {
        "booked": [_booked_object(each) for each in registered.recorded],
        "skipped": [
            {"line": each.line, "reason": each.reason, "says": each.message} for each in registered.skipped
        ],
    }
    status = TO_LOOK_AT if registered.skipped else DONE
    return with_files(Outcome([*lines, headline], data, status, headline), registered.files, context)


def _booked_object(recorded: Recorded) -> dict[str, Any]:
    booked = recorded.booked
    return {
        "line": booked.line,
        "kind": booked.task.kind.code,
        "task": booked.task.record,
        "record": booked.record,
        "workbook": recorded.place.workbook,
        "sheet": recorded.place.sheet,
        "row": recorded.place.row,
    }
