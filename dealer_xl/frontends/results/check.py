"""`check`: show every wrong entry."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.issues import ERROR, Issue, status_text
from dealer_xl.dealership.parsed_table import Normalisation
from dealer_xl.dealership.parsers import as_text
from dealer_xl.frontends.results.outcome import (
    DONE,
    TO_LOOK_AT,
    Outcome,
    cell_object,
    shortened,
    with_files,
)
from dealer_xl.requests import CheckRequest


def check(request: CheckRequest, context: Context) -> Outcome:
    """Find every wrong entry."""
    checked = jobs.check_entries(context, fix=request.fix)
    issues = sorted(checked.issues, key=lambda issue: (issue.table.workbook, issue.table.sheet, issue.row))
    wrong = sum(issue.severity == ERROR for issue in issues)
    lines = [
        f"{issue.table.workbook} {issue.table.sheet} 第{issue.row}行 {status_text(issue)}" for issue in issues
    ]
    lines = shortened(lines, "处，见各表的“校验”列")
    headline = f"共{wrong}处错误、{len(issues) - wrong}处提醒。" if issues else "没有发现填错的地方。"
    lines.append(headline)
    fixable = len(checked.normalisations) + sum(issue.suggestion is not None for issue in issues)
    if fixable and not request.fix:
        lines.append(f"有{fixable}个单元格看得懂但写法不规范，加 --fix 可以改成规范写法（公式不改）。")
    lines += (
        [f"{'将' if context.dry_run else ''}改成规范写法：{checked.fixed}个单元格。"] if checked.fixed else []
    )
    if checked.by_formula:
        lines.append(
            f"另有{checked.by_formula}个单元格是公式算出来的，没有改写；请改公式，或改公式引用的内容。"
        )
    lines += (
        [f"变更记录{'将' if context.dry_run else ''}新增{checked.changes}行。"] if checked.changes else []
    )
    data = {
        "issues": [_issue_object(issue) for issue in issues],
        "counts": dict(sorted(Counter(issue.code for issue in issues).items())),
        "readings": [_reading_object(each) for each in checked.normalisations],
        "fixed": checked.fixed,
        "changes": checked.changes,
    }
    return with_files(Outcome(lines, data, TO_LOOK_AT if issues else DONE, headline), checked.files, context)


def _issue_object(issue: Issue) -> dict[str, Any]:
    return {
        **cell_object(issue.table, issue.row, issue.column),
        "code": issue.code,
        "severity": issue.severity,
        "value": None if issue.value is None else as_text(issue.value),
        "says": issue.message,
        "suggestion": issue.suggestion,
    }


def _reading_object(reading: Normalisation) -> dict[str, Any]:
    return {
        **cell_object(reading.table, reading.row, reading.column),
        "suggestion": as_text(reading.plain),
    }
