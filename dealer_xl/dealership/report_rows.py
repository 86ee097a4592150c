"""The rows of the sheets and reports that the program writes, by the keys of their tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dealer_xl.dealership.summary import NOTHING, Line, Summary

MEETS = {True: "达标", False: "未达标", None: NOTHING}


def summary_rows(summary: Summary) -> list[dict[str, object]]:
    """Write the rows of a summary's figures."""
    return [
        {
            "code": line.kpi.code,
            "label": line.kpi.label,
            "unit": line.kpi.unit,
            "value": _or_dash(line.value),
            "target": _or_dash(line.target),
            "meets": MEETS[line.meets],
            "last_month": _or_dash(line.last_month),
            "last_year": _or_dash(line.last_year),
            "rows": line.rows,
            "left_out": line.left_out,
            "formula": line.kpi.formula,
        }
        for line in summary.lines
    ]


def report_words(summary: Summary, text: Sequence[str], store: str, today: date) -> dict[str, object]:
    """Fill the fields of the Word report."""
    left_out = sum(line.left_out for line in summary.lines)
    return {
        "店名": store,
        "期间": summary.period.label,
        "小结": list(text),
        "指标": [_report_row(line) for line in summary.lines],
        "剔除说明": "有的行填写有误，没有计入相应指标，详见上文“未计入”。"
        if left_out
        else "没有因填写有误而剔除的行。",
        "编制日期": f"{today.year}年{today.month}月{today.day}日",
    }


def _report_row(line: Line) -> dict[str, str]:
    return {
        "名称": line.kpi.label,
        "单位": line.kpi.unit,
        "本期": line.bare(line.value),
        "目标": line.bare(line.target),
        "达标": MEETS[line.meets],
        "上期": line.bare(line.last_month),
        "去年同期": line.bare(line.last_year),
    }


def _or_dash(value: float | None) -> float | str:
    return NOTHING if value is None else value
