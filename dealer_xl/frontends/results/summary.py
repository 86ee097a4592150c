"""`summary`: show the month's or the year's figures."""

from __future__ import annotations

from typing import Any

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.periods import period_of
from dealer_xl.dealership.summary import Line
from dealer_xl.frontends.results.outcome import Outcome, with_files
from dealer_xl.requests import SummaryRequest


def summary(request: SummaryRequest, context: Context) -> Outcome:
    """Compute and write the month's or the year's figures."""
    period = period_of(request.period)
    made = jobs.write_summary(context, period)
    data = {
        "month": period.code,
        "kpis": [_line_object(line) for line in made.summary.lines],
        "text": list(made.text),
    }
    judged = [line.meets for line in made.summary.lines if line.meets is not None]
    lines = [f"{period.label}工作总结", *made.text]
    headline = f"{period.label}有目标的指标{len(judged)}项，达标{sum(judged)}项。"
    return with_files(Outcome(lines, data, headline=headline), made.files, context)


def _line_object(line: Line) -> dict[str, Any]:
    return {
        "code": line.kpi.code,
        "label": line.kpi.label,
        "unit": line.kpi.unit,
        "value": line.value,
        "target": line.target,
        "last_month": line.last_month,
        "last_year": line.last_year,
        "meets": line.meets,
        "rows": line.rows,
        "left_out": line.left_out,
        "lacks": list(line.lacks),
        "formula": line.kpi.formula,
    }
