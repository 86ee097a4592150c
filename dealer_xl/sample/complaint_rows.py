"""Complaints: who telephoned, when it was reported, solved, told and confirmed (FC-07, FC-08, CP-05, CP-09)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dealer_xl.sample import call_notes
from dealer_xl.sample.call_rows import IN, Call, call_no
from dealer_xl.sample.date_span import Span, later, off_sunday
from dealer_xl.sample.plan_rows import ADVISORS, CARE_LEAD, FOREMAN, SUPERVISOR
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Row
from dealer_xl.sample.visit_rows import Visit


@dataclass(frozen=True)
class Trouble:
    """What a complaint is about, where it comes from and how it is put right."""

    category: str
    department: str
    content: str
    cause: str
    solution: str


TROUBLES = {
    "等候": Trouble(
        "等候时间",
        "前台",
        "按约定时间到店，等了一个多小时才接车",
        "到店集中，接待人手不够",
        "致歉并赠送工时券，下次优先安排",
    ),
    "交车": Trouble(
        "交车延误",
        "车间",
        "交车比承诺的时间晚了半天，没有人提前告知",
        "临时增加项目，没有通知客户",
        "致歉说明，今后变更时间先打电话",
    ),
    "再次": Trouble(
        "维修质量",
        "车间",
        "出厂后同一故障再次出现",
        "检修时没有查到接触不良的插头",
        "免费返修，试车确认后交车",
    ),
    "费用": Trouble(
        "价格费用", "前台", "结算金额比报价高，事先没有说明", "增加项目没有先征得同意", "核对清单，退还差额"
    ),
    "配件": Trouble(
        "配件供应", "配件部", "配件等了多日还没有到", "订货后没有跟踪到货", "催货并每天告知进度，到货当日安装"
    ),
    "清洁": Trouble(
        "车辆清洁", "车间", "交车时车内没有清洁干净", "洗车后没有复查", "重新清洗，质检单增加清洁一项"
    ),
}
WISHES = {
    "周末": ("周末保养", "已在周六上午为客户留出时段"),
    "取送车": ("取送车", "已安排服务顾问上门取车"),
    "费用": ("事先报价", "已在档案注明，动工前先报价"),
    "原来的": ("服务顾问", "已在档案注明由原服务顾问接待"),
    "活动": ("活动通知", "已加入活动邀请名单"),
}
SOURCES, SOURCE_WEIGHTS = ("当面", "厂家热线", "12315", "网络"), (55, 25, 8, 12)


@dataclass(frozen=True)
class Case:
    """One complaint and how far it has come; a step that is still to come has no day."""

    call: Call
    source: str
    nature: str
    reported_on: date | None
    solved_on: date | None
    told_on: date | None
    confirmed_on: date | None

    @property
    def status(self) -> str:
        """Return the state in the words of the form."""
        if self.confirmed_on:
            return "已关闭"
        return "已解决" if self.told_on else "处理中"


def complaint_calls(dice: random.Random, span: Span, visits: Sequence[Visit]) -> Iterator[Call]:
    """Invent complaints by phone after a visit, two or three of them in the last days."""
    left = [(visit.left_on, visit) for visit in visits if visit.left_on and visit.left_on < span.yesterday]
    dense = [(left_on, visit) for left_on, visit in left if left_on >= span.dense_from]
    newest = [(left_on, visit) for left_on, visit in left if left_on >= later(span.today, -5)]
    count = number_of(len({visit.car.archive_no for visit in visits}), 0.045, 14)
    for left_on, visit in dice.sample(dense, min(count, len(dense))) + dice.sample(
        newest, min(3, len(newest))
    ):
        yield Call(
            called_on=min(later(left_on, dice.randint(1, 6)), span.yesterday),
            car=visit.car,
            kind="投诉",
            points=dice.choice(call_notes.GRUMBLES),
            direction=IN,
            order_no=visit.order_no,
            satisfaction=dice.randint(6, 14) * 5,
            complains=True,
        )


def walk_ins(dice: random.Random, span: Span, visits: Sequence[Visit]) -> list[Case]:
    """Return complaints that came by another way than the telephone; no call in the register tells of them."""
    left = [(visit.left_on, visit) for visit in visits if visit.left_on and visit.left_on < span.yesterday]
    dense = [(left_on, visit) for left_on, visit in left if left_on >= span.dense_from]
    count = number_of(len({visit.car.archive_no for visit in visits}), 0.01, 3)
    cases = []
    for left_on, visit in dice.sample(dense, min(count, len(dense))):
        came_on = min(later(left_on, dice.randint(0, 5)), span.yesterday)
        said = Call(came_on, visit.car, "投诉", dice.choice(call_notes.GRUMBLES), IN, complains=True)
        cases.append(_case(dice, span, said, dice.choices(SOURCES, SOURCE_WEIGHTS)[0]))
    return cases


def requests_of(dice: random.Random, span: Span, calls: Iterable[Call]) -> list[Case]:
    """Return the wishes that could not be answered in the call (FC-06)."""
    open_wishes = [call for call in calls if call.answered == "否"]
    return [
        _case(dice, span, call, "电话", "希望" if "活动" in str(call.wishes) else "要求")
        for call in open_wishes
    ]


def numbers_of(cases: Iterable[Case]) -> dict[Case, str]:
    """Return the number of each case in the order in which they came in."""
    in_order = sorted(cases, key=lambda case: case.call.called_on)
    return {case: f"TS{place:04d}" for place, case in enumerate(in_order, start=1)}


def cases_of(dice: random.Random, span: Span, calls: Iterable[Call]) -> list[Case]:
    """Follow each complaint as far as it has come by today; the last solution still has to be told."""
    cases = [_case(dice, span, call) for call in calls if call.complains]
    open_cases = [place for place, case in enumerate(cases) if case.reported_on and case.told_on is None]
    for place in open_cases[-1:]:
        cases[place] = replace(cases[place], solved_on=span.today, told_on=None, confirmed_on=None)
    return cases


def confirming_calls(dice: random.Random, cases: Iterable[Case]) -> Iterator[Call]:
    """Make the calls that ask once more whether all is well (CP-05)."""
    for case in cases:
        if case.confirmed_on:
            said = call_notes.AGAIN.format(mood=dice.choice(call_notes.MOODS))
            yield Call(case.confirmed_on, case.call.car, "投诉回访", said)


def complaint_rows(dice: random.Random, cases: Iterable[Case], calls: Iterable[Call]) -> list[Row]:
    """Write the cases as rows; calls are the register in its order."""
    call_numbers = {call: call_no(place) for place, call in enumerate(calls)}
    return [
        _row(dice, number, case, call_numbers.get(case.call)) for case, number in numbers_of(cases).items()
    ]


def _case(dice: random.Random, span: Span, call: Call, source: str = "电话", nature: str = "投诉") -> Case:
    """Draw the days of one complaint, up to yesterday."""
    steps = (0, 0, 1, 1, 2), (0, 1, 1, 2, 3, 5), (2, 3, 3, 4, 5)
    reported_on, solved_on, confirmed_on = None, None, None
    if (day := later(call.called_on, dice.choice(steps[0]))) <= span.yesterday:
        reported_on = day
    if reported_on and (day := later(reported_on, dice.choice(steps[1]))) <= span.yesterday:
        solved_on = day
    if solved_on and (day := off_sunday(later(solved_on, dice.choice(steps[2])))) <= span.yesterday:
        confirmed_on = day
    return Case(call, source, nature, reported_on, solved_on, solved_on, confirmed_on)


def _trouble(case: Case) -> Trouble:
    """Return what a case is about: a complaint, or a wish that a dataset has to see to."""
    if case.nature == "投诉":
        return next(
            trouble for word, trouble in TROUBLES.items() if word in case.call.points or word == "清洁"
        )
    wish = str(case.call.wishes)
    category, solution = next(said for word, said in WISHES.items() if word in wish)
    return Trouble(category, "前台", wish, "", solution)


def _row(dice: random.Random, number: str, case: Case, call: str | None) -> Row:
    """Write one case."""
    trouble = _trouble(case)
    department = trouble.department
    return {
        "complaint_no": number,
        "call_no": call,
        "source": case.source,
        "archive_no": case.call.car.archive_no,
        "name": case.call.car.owner.name,
        "plate": case.call.car.plate,
        "phone": case.call.car.owner.phone,
        "received_on": case.call.called_on,
        "nature": case.nature,
        "category": trouble.category,
        "content": trouble.content,
        "cause": (trouble.cause or None) if case.reported_on else None,
        "solution": trouble.solution if case.solved_on else None,
        "acceptor": case.call.car.clerk,
        "handler": dice.choice(ADVISORS) if department == "前台" else FOREMAN,
        "informant": case.call.car.clerk,
        "tracker": CARE_LEAD,
        "recorder": dice.choice((CARE_LEAD, SUPERVISOR)),
        "department": department,
        "reported_on": case.reported_on,
        "solved_on": case.solved_on,
        "told_on": case.told_on,
        "confirmed_on": case.confirmed_on,
        "confirmed_score": dice.choice((85, 90, 90, 95, 100)) if case.confirmed_on else None,
        "parts_wait_days": dice.randint(1, 9) if department == "配件部" else 0,
        "status": case.status,
    }
