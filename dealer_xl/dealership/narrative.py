"""The written text of a summary (RP-04, RP-05, RP-06): finished sentences in the house's words, one idea a paragraph.

What a reader need not know is left out: a nought that was one before, growth of a handful or against part of a period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dealer_xl.dealership.figure_names import OWN, PERCENT
from dealer_xl.dealership.summary import Line, Summary

PARAGRAPHS = (
    (
        "产值",
        (
            "revenue_total",
            "revenue_insurance",
            "revenue_workshop",
            "revenue_accessories",
            "bodypaint_share",
            "output_per_head",
        ),
    ),
    (
        "进厂",
        (
            "cars_received",
            "cars_per_day",
            "lube_services",
            "first_services",
            "appointment_rate",
            "appointments_kept",
            "ticket_repair",
            "ticket_insurance",
        ),
    ),
    ("质量", ("rework_rate", "claim_pass_rate", "delivered_on_time")),
    (
        "满意度与跟踪",
        (
            "csi",
            "satisfaction_rate",
            "first_call_on_time",
            "second_call_on_time",
            "first_call_reached",
            "second_call_reached",
            "warranty_callback",
            "archive_on_time",
        ),
    ),
    (
        "投诉",
        (
            "complaints",
            "requests",
            "complaints_closed",
            "complaint_report_on_time",
            "complaint_told_on_time",
            "complaint_days",
            "confirm_satisfied",
        ),
    ),
    (
        "客户",
        (
            "base_customers",
            "active_customers",
            "loyal_customers",
            "drifting_customers",
            "lost_customers",
            "lost_by_cycle",
            "lost_after_first",
            "lost_loyal",
        ),
    ),
    ("续保", ("renewals", "renewal_rate", "renewal_premium")),
    ("活动", ("events_held", "lectures_done", "event_came_rate", "event_notice_on_time", "letters_sent")),
    (
        "培训",
        (
            "trainings_done",
            "trainings_frontdesk",
            "trainings_basic",
            "trainings_workshop",
            "problem_sessions",
            "technical_lectures",
            "activities_done",
        ),
    ),
)
"""Which figure is told in which paragraph; the first of each is compared, the others are named."""

FEW = 20
"""A count of fewer is compared in pieces, not in percent."""

LEFT_UNDONE = ("_on_time", "_reached")
"""Ends of the codes of which a nought means that nobody did it."""

WORST = 3
"""So many missed targets are named."""


def paragraphs(summary: Summary) -> tuple[str, ...]:
    """Write the figures of a summary, one paragraph a string: first what was reached."""
    shown = (_paragraph(summary, name, codes) for name, codes in PARAGRAPHS)
    own = _own(summary)
    return (_verdict(summary), *(text for text in shown if text), *own, *_left_out(summary.lines))


def _paragraph(summary: Summary, name: str, codes: tuple[str, ...]) -> str:
    """Return a paragraph of figures; those with nothing to tell are left out, and so is an empty paragraph."""
    first, *others = (summary.line(code) for code in codes)
    head = f"{_named(first)}{_against_target(first)}{_compared(summary, first)}" if _tells(first) else ""
    tail = "，".join(_named(line) for line in others if _tells(line))
    parts = [part for part in (head, tail) if part]
    return f"{name}：{'。'.join(parts)}。" if parts else ""


def _own(summary: Summary) -> Iterator[str]:
    """Write a paragraph of the figures of the shop's own."""
    own = [line for line in summary.lines if line.kpi.code.startswith(OWN) and line.value is not None]
    if own:
        yield f"本店指标：{'，'.join(f'{_named(line)}{_against_target(line)}' for line in own)}。"


def _tells(line: Line) -> bool:
    """Return whether a figure is worth telling: not a nought that was one before, but of work left undone."""
    if line.value is None or (line.value and line.bare(line.value) == "0.0"):
        return False
    if line.kpi.code.endswith(LEFT_UNDONE):
        return True
    return bool(line.value or line.last_month or line.last_year or line.meets is False)


def _named(line: Line) -> str:
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
    words = [
        "" if line.part_before else _change(summary.period.step.before, line, line.last_month),
        "" if line.part_year_ago else _change(_year_ago(summary), line, line.last_year),
    ]
    return "".join(f"，{word}" for word in words if word)


def _year_ago(summary: Summary) -> str:
    """Return what the period a year ago is called."""
    return "上年" if summary.period.is_year and not summary.runs else "去年同期"


def _change(than: str, line: Line, earlier: float | None) -> str:
    value = line.value
    if value is None or not earlier:
        return ""
    if line.kpi.unit == PERCENT:
        change = f"{abs(value - earlier) * 100:.1f}个百分点"
    elif earlier < FEW:
        change = line.shown(abs(value - earlier))
    else:
        change = f"{abs(value / earlier - 1):.1%}"
    if change.startswith("0.0") or value == earlier:
        return f"与{than}持平"
    return f"比{than}{'上升' if value > earlier else '下降'}{change}"


def _verdict(summary: Summary) -> str:
    """Say how many targets were met, and which were missed most."""
    if not summary.has_targets:
        year = summary.period.first.year
        return (
            f"达标：“年度目标”表里没有{year}年的目标，本期不评达标。"
            f"要照抄上年的目标，请点“本年计划”，年份填{year}。"
        )
    judged = [line for line in summary.lines if line.meets is not None]
    if not judged:
        return "达标：没有可比的目标，请在“年度目标”表填写。"
    missed = sorted((line for line in judged if not line.meets), key=_shortfall, reverse=True)
    so_far = "，目标按已过的上班天数折算" if summary.runs else ""
    head = f"达标：{summary.label}有目标的指标{len(judged)}项，达标{len(judged) - len(missed)}项{so_far}"
    if not missed:
        return f"{head}，全部达标。"
    names = "、".join(
        f"{line.kpi.label}（{line.shown(line.value)}，目标{line.shown(line.target)}）"
        for line in missed[:WORST]
    )
    return f"{head}；差得最多的是：{names}。"


def _shortfall(line: Line) -> float:
    """Return how far a figure is from its target, as a part of the larger of the two."""
    value, target = line.value or 0, line.target or 0
    return abs(value - target) / max(abs(value), abs(target), 1e-9)


def _left_out(lines: Iterable[Line]) -> tuple[str, ...]:
    """Say in one sentence that rows are left out."""
    spoilt = [line for line in lines if line.left_out]
    if not spoilt:
        return ()
    most = max(line.left_out for line in spoilt)
    return (
        f"未计入：有的行填写有误，{len(spoilt)}项指标各有最多{most}行没有计入；改好各表“校验”列所说的以后再算一次。",
    )
