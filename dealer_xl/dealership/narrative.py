"""The written text of a summary (RP-04, RP-05, RP-06): finished sentences in the house's words, one idea a paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from dealer_xl.dealership.figure_names import PERCENT
from dealer_xl.dealership.summary import Line, Summary

PARAGRAPHS = (
    ("产值", ("revenue_total", "revenue_insurance", "revenue_workshop", "revenue_accessories")),
    ("进厂", ("cars_received", "cars_per_day", "appointment_rate", "ticket_repair", "ticket_insurance")),
    ("质量", ("rework_rate", "claim_pass_rate")),
    (
        "满意度与跟踪",
        ("csi", "satisfaction_rate", "first_call_on_time", "second_call_on_time", "archive_on_time"),
    ),
    ("投诉", ("complaints", "complaints_closed", "complaint_report_on_time", "complaint_told_on_time")),
    (
        "客户",
        (
            "base_customers",
            "active_customers",
            "lost_customers",
            "loyal_customers",
            "first_services",
            "renewals",
        ),
    ),
    (
        "活动与培训",
        (
            "letters_sent",
            "events_held",
            "event_notice_on_time",
            "trainings_done",
            "lectures_done",
            "activities_done",
        ),
    ),
)
"""Which figure is told in which paragraph; the first of each is compared, the others are named."""


def paragraphs(summary: Summary) -> tuple[str, ...]:
    """Write the text of a summary, one paragraph a string."""
    told = (_paragraph(summary, name, codes) for name, codes in PARAGRAPHS)
    return (*told, _verdict(summary), *_left_out(summary.lines))


def _paragraph(summary: Summary, name: str, codes: tuple[str, ...]) -> str:
    """Return a paragraph of figures; those with nothing to measure are left out."""
    first, *others = (summary.line(code) for code in codes)
    head = (
        f"{_told(first)}{_against_target(first)}{_compared(summary, first)}"
        if first.value is not None
        else ""
    )
    tail = "，".join(_told(line) for line in others if line.value is not None)
    return f"{name}：{'。'.join(part for part in (head, tail) if part) or '本期没有数据'}。"


def _told(line: Line) -> str:
    """Name a figure and its value; a label that ends in Latin letters is set off."""
    gap = " " if line.kpi.label[-1].isascii() else ""
    return f"{line.kpi.label}{gap}{line.shown(line.value)}"


def _against_target(line: Line) -> str:
    if line.target is None or line.value is None:
        return ""
    if line.at_most:
        return f"，{'没有超过' if line.meets else '超过'}上限{line.shown(line.target)}"
    return f"，{'达到' if line.meets else '未达到'}目标{line.shown(line.target)}"


def _compared(summary: Summary, line: Line) -> str:
    before = "上年" if summary.period.is_year else "上月"
    words = [_change(before, line.value, line.last_month, line.kpi.unit)]
    if not summary.period.is_year:
        words.append(_change("去年同月", line.value, line.last_year, line.kpi.unit))
    return "".join(f"，{word}" for word in words if word)


def _change(than: str, value: float | None, earlier: float | None, unit: str) -> str:
    if value is None or not earlier:
        return ""
    share = unit == PERCENT
    change = f"{abs(value - earlier) * 100:.1f}个百分点" if share else f"{abs(value / earlier - 1):.1%}"
    if change.startswith("0.0"):
        return f"与{than}持平"
    return f"比{than}{'上升' if value > earlier else '下降'}{change}"


def _verdict(summary: Summary) -> str:
    judged = [line for line in summary.lines if line.meets is not None]
    if not judged:
        return "达标：没有可比的目标，请在“年度目标”表填写。"
    missed = [line for line in judged if not line.meets]
    head = f"达标：有目标的指标{len(judged)}项，达标{len(judged) - len(missed)}项"
    if not missed:
        return f"{head}，全部达标。"
    names = "、".join(
        f"{line.kpi.label}（{line.shown(line.value)}，目标{line.shown(line.target)}）" for line in missed
    )
    return f"{head}，未达标的有：{names}。"


def _left_out(lines: Iterable[Line]) -> tuple[str, ...]:
    spoilt = [line for line in lines if line.left_out]
    if not spoilt:
        return ()
    names = "、".join(f"{line.kpi.label}{line.left_out}行" for line in spoilt)
    return (f"未计入：有的行填写有误，没有计入相应指标：{names}。请先点“校验”改正。",)
