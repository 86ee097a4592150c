"""`new` and `demo`: make workbooks, empty or with an invented year."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from rich.table import Table as Listing

from dealer_xl import jobs
from dealer_xl.commands.check import check
from dealer_xl.commands.letters import letters
from dealer_xl.commands.outcome import Command, Occasion, Outcome, place_object
from dealer_xl.commands.plan import plan
from dealer_xl.commands.summary import summary
from dealer_xl.commands.today import today
from dealer_xl.commands.undo import take_back
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.sample import Planted


def new(asked: Namespace, occasion: Occasion) -> Outcome:
    """Put the blank workbooks into a folder that lacks them."""
    made, left = jobs.make_books(asked.folder, occasion.now.year)
    told = [f"已新建：{'、'.join(made)}"] if made else []
    told += [f"原有的没有改动：{'、'.join(left)}"] if left else []
    return Outcome([*told, f"文件夹：{asked.folder}"], {"made": made, "left": left})


def demo(asked: Namespace, occasion: Occasion) -> Outcome:
    """Make a sample store and run every job on it."""
    now = occasion.now
    sample = jobs.make_sample_store(asked.folder, now, occasion.tell)
    event = sample.next_event(now.date())
    month = jobs.last_full_month(now).code
    steps: tuple[tuple[str, Command, dict[str, Any]], ...] = (
        ("校验", check, {"fix": False}),
        ("今日必做", today, {}),
        ("撤销", take_back, {"list": False, "redo": False}),
        ("再列今日必做", today, {}),
        (f"{month} 月度总结", summary, {"period": month}),
        (f"{now.year} 年度总结", summary, {"period": f"{now.year}"}),
        (
            f"为活动 {event} 生成邀请函",
            letters,
            {"template": "邀请函", "event": event, "archive": None, "task": None, "pdf": False},
        ),
        (f"{now.year} 计划", plan, {"year": now.year}),
    )
    listing = Listing(title="演示：一年的虚构数据，每项操作各跑一遍", show_lines=True)
    for heading in ("操作", "结果", "写在哪里"):
        listing.add_column(heading, overflow="fold")
    for name, command, words in steps:
        outcome = command(Namespace(folder=asked.folder, dry_run=False, **words), occasion)
        listing.add_row(name, outcome.gist.partition("\n")[0], "\n".join(outcome.places))
    place = asked.folder.resolve()
    data = {
        "folder": str(place),
        "event": event,
        "planted": [_planted_object(each) for each in sample.planted],
    }
    return Outcome(
        [listing, f"文件都在：{place}", f"其中故意填错{len(sample.planted)}处，供“校验”来找。"], data
    )


def _planted_object(planted: Planted) -> dict[str, Any]:
    place = place_object(BY_NAME[planted.table], jobs.FIRST_ROW + planted.place, planted.column)
    return {**place, "code": planted.code}
