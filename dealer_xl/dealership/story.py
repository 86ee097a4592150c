"""What stands behind the figures of a summary, from rows only: what moved the month, complaints, events, promises, plans.

Causes are what people wrote (整改措施, 投诉跟踪), else a line stands empty to be written on.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pandas as pd

from dealer_xl.dealership import decompositions
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.decompositions import Part
from dealer_xl.dealership.kpis import BY_CODE, revenue
from dealer_xl.dealership.periods import DAY, Period
from dealer_xl.dealership.summary import Summary

MOST = 3
EMPTY_LINE = "（请填写）" + "＿" * 20
TEN_THOUSAND = 10_000


def story(dataset: Dataset, summary: Summary) -> tuple[str, ...]:
    """Write what stands behind the figures, one paragraph a string."""
    span = Period(summary.period.first, summary.until, summary.period.step)
    return (
        *_movement(dataset, summary, span),
        *_complaints(dataset, span),
        *_events(dataset, span),
        *_promises(dataset, span),
        _causes(dataset, span),
        _plans(dataset, summary),
    )


def _movement(dataset: Dataset, summary: Summary, span: Period) -> Iterator[str]:
    """Say by how much revenue changed, and which cars, kinds, persons and customers make up the change."""
    line = summary.line("revenue_total")
    part = line.part_year_ago if summary.period.is_year else line.part_before
    earlier = summary.period.before(summary.until)
    if line.value is None or part or not revenue(dataset, earlier):
        return
    change = decompositions.revenue_change(dataset, span, earlier)
    if not change:
        return
    yield f"变动：售后总营业额比{summary.period.step.before}{_signed(change)}。{_split(dataset, span, earlier)}"


def _split(dataset: Dataset, span: Period, earlier: Period) -> str:
    sentences = (
        _parts("按台次和单车产值分", decompositions.by_cars_and_ticket(dataset, span, earlier)),
        _parts("按上班天数分", decompositions.by_open_days(dataset, span, earlier)),
        _parts("按业务类型分", decompositions.by_kind(dataset, span, earlier)),
        _parts("按服务顾问分", decompositions.by_person(dataset, span, earlier)),
        _parts("按客户分", decompositions.by_customers(dataset, span, earlier)),
    )
    return "".join(sentence for sentence in sentences if sentence)


def _parts(how: str, parts: tuple[Part, ...]) -> str:
    """Name the largest parts, and the rest in one, so that they add up."""
    if len(parts) < 2:
        return ""
    shown, rest = parts[:MOST], sum((part.change for part in parts[MOST:]), Fraction(0))
    words = [f"{part.name}{_signed(part.change)}" for part in shown]
    words += [f"其余{_signed(rest)}"] if rest else []
    return f"{how}：{'，'.join(words)}。"


def _signed(change: Fraction) -> str:
    """Write a change of money as more or less, in 万元 where it is long."""
    return f"{'增加' if change >= 0 else '减少'}{money(abs(change))}"


def money(value: Fraction) -> str:
    """Write an amount in yuan, in 万元 where it is long."""
    return f"{float(value) / TEN_THOUSAND:,.2f}万元" if value >= TEN_THOUSAND else f"{float(value):,.2f}元"


def _complaints(dataset: Dataset, span: Period) -> Iterator[str]:
    """Write a line a complaint: when, who, what, and what was done."""
    rows = dataset.tables["Complaints"].loc[list(BY_CODE["complaints"].rows_of(dataset, span))]
    for _, row in rows.iterrows():
        what = _text(row["content"]) or _text(row["category"]) or "内容没有填"
        done = _text(row["solution"]) or _text(row["status"])
        who = _text(row["name"]) or _text(row["archive_no"])
        about = "，".join(word for word in (who, what, _text(row["department"])) if word)
        yield f"投诉{_text(row['complaint_no'])}：{_date(row['received_on'])}，{about}；{done}。"


def _events(dataset: Dataset, span: Period) -> Iterator[str]:
    """Write a line an event: how many were invited, told, promised to come, and came."""
    events, invitees = dataset.tables["Events"], dataset.tables["Invitees"]
    calls = dataset.tables["Calls"]
    told = calls[(calls["kind"] == "活动通知") & (calls["direction"] == "呼出") & (calls["result"] == "接通")]
    for _, event in events[events["starts_on"].between(span.first, span.last)].iterrows():
        mine = invitees[invitees["event_no"] == event["event_no"]]
        came = int((mine["came"] == "是").sum())
        attended = int(event["attended"]) if pd.notna(event["attended"]) else came
        invited = int(event["invited"]) if pd.notna(event["invited"]) else len(mine)
        reached = told.loc[told["event_no"] == event["event_no"], "archive_no"].nunique()
        promised = int((mine["promise"] == "是").sum())
        yield (
            f"活动“{_text(event['name'])}”：{_date(event['starts_on'])}，邀请{invited}位，电话通知到{reached}位，"
            f"承诺参加{promised}位，到场{attended}位。"
        )


def _promises(dataset: Dataset, span: Period) -> Iterator[str]:
    """Say what was promised for the period, and what came of it."""
    measures, tasks = dataset.tables["Measures"], dataset.tables["Tasks"]
    due = measures[measures["due_on"].between(span.first, span.last)]
    for _, row in due.iterrows():
        done = f"{_date(row['done_on'])}完成" if pd.notna(row["done_on"]) else "还没有完成"
        yield f"整改{_text(row['measure_no'])}：{_text(row['measure'])}（{_text(row['owner'])}），{done}。"
    planned = tasks[tasks["month"].between(f"{span.first:%Y-%m}", f"{span.last:%Y-%m}")]
    if len(planned):
        open_ones = planned[planned["done_on"].isna()]
        left = f"，未完成：{_listed(open_ones['content'])}" if len(open_ones) else ""
        yield f"计划完成：计划{len(planned)}项，完成{len(planned) - len(open_ones)}项{left}。"


def _causes(dataset: Dataset, span: Period) -> str:
    """Write the causes that people wrote down, else an empty line."""
    measures, complaints = dataset.tables["Measures"], dataset.tables["Complaints"]
    found = measures.loc[measures["found_on"].between(span.first, span.last), "problem"]
    causes = complaints.loc[complaints["received_on"].between(span.first, span.last), "cause"]
    written = pd.concat([found, causes]).dropna()
    return f"存在问题与原因：{_listed(written, most=len(written)) if len(written) else EMPTY_LINE}。"


def _plans(dataset: Dataset, summary: Summary) -> str:
    """Write the plan of the month after, and the measures that will be due in it."""
    tasks, measures = dataset.tables["Tasks"], dataset.tables["Measures"]
    month = (summary.period.last + DAY).to_period("M")
    planned = tasks.loc[(tasks["month"] == f"{month}") & tasks["done_on"].isna(), "content"]
    coming = measures["due_on"].between(month.start_time, month.end_time) & measures["done_on"].isna()
    words = pd.concat([planned, measures.loc[coming, "measure"]]).dropna()
    return f"下月计划（{month.month}月）：{_listed(words, most=len(words)) if len(words) else EMPTY_LINE}。"


def _listed(words: pd.Series, most: int = 5) -> str:
    shown = "；".join(str(word) for word in words[:most])
    return f"{shown}等{len(words)}项" if len(words) > most else shown


def _text(cell: object) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)  # type: ignore[call-overload]


def _date(day: pd.Timestamp) -> str:
    return f"{day.month}月{day.day}日" if pd.notna(day) else ""
