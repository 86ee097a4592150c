"""`summary`: show the figures of a period."""

from __future__ import annotations

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.period_words import period_of
from dealer_xl.dealership.summary_json import summary_object
from dealer_xl.frontends.results.outcome import Outcome, with_files
from dealer_xl.requests import SummaryRequest


def summary(request: SummaryRequest, context: Context) -> Outcome:
    """Compute and write the figures of a period."""
    made = jobs.write_summary(context, period_of(request.period, context.today))
    data = {**summary_object(made.summary, made.people), "text": list(made.text)}
    judged = [line.meets for line in made.summary.lines if line.meets is not None]
    lines = [f"{made.summary.label}{made.summary.period.report}", *made.text]
    headline = f"{made.summary.label}有目标的指标{len(judged)}项，达标{sum(judged)}项。"
    if made.edited:
        lines.append(f"“{made.edited}”里有您改过的内容，没有动；这次的报告另存为“{made.report}”。")
    return with_files(Outcome(lines, data, headline=headline), made.files, context)
