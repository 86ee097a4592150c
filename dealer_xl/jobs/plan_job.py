"""Button 本年计划: share the year's targets out over its months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.annual_plan import Plan, plan_year
from dealer_xl.dealership.tables import BREAKDOWN
from dealer_xl.jobs.row_headings import to_headings


@dataclass(frozen=True)
class Planned:
    """What `plan_months` decided and wrote."""

    plan: Plan
    files: Sequence[PurePath]


def plan_months(context: Context, year: int) -> Planned:
    """Fill 月度分解 for a year, months that staff typed left as they are, and hold the targets against each other.

    Raises NoTargetsError.
    """
    dataset = context.dataset()

    plan = plan_year(dataset, year)

    book = context.store.workbook(BREAKDOWN.workbook)
    for key, values in plan.changed.items():
        book.write_cells(BREAKDOWN, BREAKDOWN.heading(key), values)
    book.append_rows(BREAKDOWN, to_headings(BREAKDOWN, plan.added))
    return Planned(plan, context.save("plan", keep=dataset.settings.backup_keep))
