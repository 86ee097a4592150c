"""`summary`: tell the month's or the year's figures."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from dealer_xl import jobs
from dealer_xl.commands.outcome import Occasion, Outcome, outcome_of
from dealer_xl.dealership.periods import period_of
from dealer_xl.dealership.summary import Line


def summary(asked: Namespace, occasion: Occasion) -> Outcome:
    """Compute and write the month's or the year's figures."""
    period = period_of(asked.period)
    made = jobs.write_summary(occasion.run(asked), period)
    data = {
        "month": period.code,
        "kpis": [_line_object(line) for line in made.summary.lines],
        "text": list(made.text),
    }
    judged = [line.meets for line in made.summary.lines if line.meets is not None]
    gist = f"{period.label}有目标的指标{len(judged)}项，达标{sum(judged)}项。"
    return outcome_of([f"{period.label}工作总结", *made.text], gist, data, made.files)


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
