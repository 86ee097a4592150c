"""`new` and `demo`: make workbooks, empty or with an invented year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from rich.table import Table as Listing

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.frontends.results.check import check
from dealer_xl.frontends.results.letters import letters
from dealer_xl.frontends.results.outcome import Outcome, cell_object
from dealer_xl.frontends.results.plan import plan
from dealer_xl.frontends.results.summary import summary
from dealer_xl.frontends.results.today import today
from dealer_xl.frontends.results.undo import undo
from dealer_xl.requests import (
    CheckRequest,
    DemoRequest,
    LettersRequest,
    NewRequest,
    PlanRequest,
    SummaryRequest,
    TodayRequest,
    UndoRequest,
)
from dealer_xl.sample import Planted

Step: TypeAlias = tuple[str, Callable[[Context], Outcome]]
"""What a step of the demo is called, and how it runs."""


def new(request: NewRequest, context: Context) -> Outcome:
    """Put the blank workbooks into a folder that lacks them."""
    books = jobs.make_books(request.folder, context.now.year, request.with_tables, dry_run=context.dry_run)
    did = "将新建" if context.dry_run else "已新建"
    lines = [f"{did}：{'、'.join(books.made)}"] if books.made else []
    lines += [f"原有的没有改动：{'、'.join(books.left)}"] if books.left else []
    return Outcome(
        [*lines, f"文件夹：{request.folder}"],
        {"made": books.made, "left": books.left},
        headline="\n".join(lines),
    )


def demo(request: DemoRequest, context: Context) -> Outcome:
    """Make a sample store and run every job on it."""
    sample = jobs.make_sample_store(request.folder, context.now, context.progress)
    event = sample.next_event(context.today)
    listing = Listing(title="演示：一年的虚构数据，每项操作各跑一遍", show_lines=True)
    for heading in ("操作", "结果", "写在哪里"):
        listing.add_column(heading, overflow="fold")
    for name, run in _steps(request.folder, context.now, event):
        outcome = run(replace(context))  # each step opens the store anew
        listing.add_row(name, outcome.headline.partition("\n")[0], "\n".join(outcome.written))
    place = request.folder.resolve()
    data = {
        "folder": str(place),
        "event": event,
        "planted": [_planted_object(each) for each in sample.planted],
    }
    return Outcome(
        [listing, f"文件都在：{place}", f"其中故意填错{len(sample.planted)}处，供“校验”来找。"], data
    )


def _steps(folder: Path, now: datetime, event: str) -> tuple[Step, ...]:
    month, year = jobs.last_full_month(now).code, now.year
    return (
        ("校验", lambda context: check(CheckRequest(folder), context)),
        ("今日必做", lambda context: today(TodayRequest(folder), context)),
        ("撤销", lambda context: undo(UndoRequest(folder), context)),
        ("再列今日必做", lambda context: today(TodayRequest(folder), context)),
        (f"{month} 月度总结", lambda context: summary(SummaryRequest(folder, month), context)),
        (f"{year} 年度总结", lambda context: summary(SummaryRequest(folder, f"{year}"), context)),
        (
            f"为活动 {event} 生成邀请函",
            lambda context: letters(LettersRequest(folder, "邀请函", event), context),
        ),
        (f"{year} 计划", lambda context: plan(PlanRequest(folder, year), context)),
    )


def _planted_object(planted: Planted) -> dict[str, Any]:
    place = cell_object(BY_NAME[planted.table], jobs.FIRST_ROW + planted.place, planted.column)
    return {**place, "code": planted.code}
