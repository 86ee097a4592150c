"""`plan`: show how the year's targets were shared out, and which do not fit each other."""

from __future__ import annotations

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.frontends.results.outcome import Outcome, with_files
from dealer_xl.requests import PlanRequest


def plan(request: PlanRequest, context: Context) -> Outcome:
    """Fill 月度分解 for a year, and check its targets."""
    planned = jobs.plan_months(context, request.year)
    plan = planned.plan
    lines = [
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
    return with_files(Outcome(lines, data, headline="\n".join(lines)), planned.files, context)
