"""`plan`: tell how the year's targets were shared out, and which do not fit each other."""

from __future__ import annotations

from argparse import Namespace

from dealer_xl import jobs
from dealer_xl.commands.outcome import Occasion, Outcome, outcome_of


def plan(asked: Namespace, occasion: Occasion) -> Outcome:
    """Fill 月度分解 for a year, and check its targets."""
    planned = jobs.plan_months(occasion.run(asked), asked.year)
    plan = planned.plan
    told = [
        plan.gist,
        *(f"目标核对：{finding.message}" for finding in plan.findings),
        *(kept.message for kept in plan.kept),
    ]
    data = {
        "year": plan.year,
        "rows": [dict(row) for row in plan.rows],
        "findings": [finding.message for finding in plan.findings],
        "kept": [{"code": kept.kpi.code, "row": kept.row, "says": kept.message} for kept in plan.kept],
    }
    return outcome_of(told, "\n".join(told), data, planned.files)
