"""Button 本年计划: share the year's targets out over its months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.dealership.annual_plan import Plan, plan_year
from dealer_xl.dealership.tables import BREAKDOWN
from dealer_xl.jobs.run import Run, load_dataset, read_tables, to_headings


@dataclass(frozen=True)
class Planned:
    """What `plan_months` decided and wrote."""

    plan: Plan
    files: Sequence[PurePath]


def plan_months(run: Run, year: int) -> Planned:
    """Fill 月度分解 for a year, months that staff typed left as they are, and hold the targets against each other.

    Raises NoTargetsError.
    """
    dataset = load_dataset(run, read_tables(run))

    plan = plan_year(dataset, year)

    book = run.store.workbook(BREAKDOWN.workbook)
    for key, values in plan.changed.items():
        book.write_cells(BREAKDOWN, BREAKDOWN.heading(key), values)
    book.append_rows(BREAKDOWN, to_headings(BREAKDOWN, plan.added))
    return Planned(plan, run.store.save("plan", keep=dataset.settings.backup_keep))
