"""`check`: tell every wrong entry."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from typing import Any

from dealer_xl import jobs
from dealer_xl.commands.outcome import (
    DONE,
    TO_LOOK_AT,
    Occasion,
    Outcome,
    outcome_of,
    place_object,
    shortened,
)
from dealer_xl.dealership.issues import ERROR, Issue, status_text
from dealer_xl.dealership.parsed_table import Normalisation
from dealer_xl.dealership.parsers import as_text


def check(asked: Namespace, occasion: Occasion) -> Outcome:
    """Find every wrong entry."""
    checked = jobs.check_entries(occasion.run(asked), fix=asked.fix)
    issues = sorted(checked.issues, key=lambda issue: (issue.table.workbook, issue.table.sheet, issue.row))
    wrong = sum(issue.severity == ERROR for issue in issues)
    told = [
        f"{issue.table.workbook} {issue.table.sheet} 第{issue.row}行 {status_text(issue)}" for issue in issues
    ]
    told = shortened(told, "处，见各表的“校验”列")
    gist = f"共{wrong}处错误、{len(issues) - wrong}处提醒。" if issues else "没有发现填错的地方。"
    told.append(gist)
    fixable = len(checked.normalisations) + sum(issue.suggestion is not None for issue in issues)
    if fixable and not asked.fix:
        told.append(f"有{fixable}个单元格看得懂但写法不规范，加 --fix 可以改成规范写法（公式不改）。")
    told += [f"改成规范写法：{checked.fixed}个单元格。"] if checked.fixed else []
    if checked.by_formula:
        told.append(
            f"另有{checked.by_formula}个单元格是公式算出来的，没有改写；请改公式，或改公式引用的内容。"
        )
    told += [f"变更记录新增{checked.changes}行。"] if checked.changes else []
    data = {
        "issues": [_issue_object(issue) for issue in issues],
        "counts": dict(sorted(Counter(issue.code for issue in issues).items())),
        "readings": [_reading_object(each) for each in checked.normalisations],
        "fixed": checked.fixed,
        "changes": checked.changes,
    }
    return outcome_of(told, gist, data, checked.files, TO_LOOK_AT if issues else DONE)


def _issue_object(issue: Issue) -> dict[str, Any]:
    return {
        **place_object(issue.table, issue.row, issue.column),
        "code": issue.code,
        "severity": issue.severity,
        "value": None if issue.value is None else as_text(issue.value),
        "says": issue.message,
        "suggestion": issue.suggestion,
    }


def _reading_object(normalisation: Normalisation) -> dict[str, Any]:
    return {
        **place_object(normalisation.table, normalisation.row, normalisation.column),
        "suggestion": as_text(normalisation.plain),
    }
