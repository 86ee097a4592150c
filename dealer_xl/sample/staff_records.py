"""Trainings and tests, rewards and faults, measures, and the figures that no register yields (TR-09, SA-04, RP-03, PT-02)."""

from __future__ import annotations

import random
from collections.abc import Sequence

from dealer_xl.sample.date_span import Span, add_months, later, off_sunday
from dealer_xl.sample.plan_rows import ADVISORS, CARE_LEAD, CLERKS, FOREMAN, SUPERVISOR
from dealer_xl.sample.sample_types import Row

ENGINEER, PARTS_LEAD = "何建军", "吴海波"
TRAINED = {
    "前台技能培训": (*ADVISORS, *CLERKS),
    "专业知识培训": (*ADVISORS, *CLERKS),
    "车间技术培训": (FOREMAN, "郑秀英"),
    "学习讲座": (FOREMAN, *ADVISORS[:2]),
}
TESTS = (
    ("定期考核", "业务知识考试", CLERKS),
    ("定期考核", "接待流程与话术考核", ADVISORS),
    ("不定期考核", "电话话术抽查", CLERKS[:2]),
)
REWARDS = (
    ("奖励", "微笑服务之星", "客户点名表扬，接待细致", 200.0),
    ("奖励", "工作高效率之星", "全月跟踪电话全部按时", 200.0),
    ("违规", "洗车清洁不够", "交车时车内有灰尘，客户提出", 50.0),
    ("奖励", "客户书面表扬", "客户送来感谢信", 100.0),
    ("违规", "维修挑单", "推脱派工，已谈话", 100.0),
    ("违规", "工作不配合", "交接资料不全，已补齐", None),
)
MEASURES = (
    ("客户反映等候时间长", "周会", "高峰时段增加一名接待，预约客户走专用通道", ADVISORS[0]),
    ("交车时间变更没有提前告知", "投诉", "车间预计延误时，服务顾问当时电话告知客户", FOREMAN),
    ("同一故障返修偏多", "检查", "出厂前增加试车，疑难故障会诊", FOREMAN),
    ("首访电话有漏打", "回访", "每天下班前核对今日必做，主管抽查", CLERKS[0]),
    ("配件到货后没有及时通知", "投诉", "到货当天由配件部登记并通知服务顾问", PARTS_LEAD),
    ("车辆清洁不到位", "回访", "质检单增加清洁一项，签字交车", FOREMAN),
    ("预约客户资料准备不足", "周会", "前一天打印来店名单，备好工单和配件", ADVISORS[1]),
)
OWN_FIGURES = (
    ("毛利", 150_000.0, 195_000.0, "合计"),
    ("纯正配件采购", 58_000.0, 82_000.0, "合计"),
    ("配件营销额", 24_000.0, 41_000.0, "合计"),
    ("配件库存", 310_000.0, 360_000.0, "期末"),
    ("精品库存", 92_000.0, 128_000.0, "期末"),
)
HEADCOUNT = 24
MONTHS = 13


def training_rows(dice: random.Random, span: Span, plan: Sequence[Row]) -> list[Row]:
    """Return who took part in the trainings of the work plan that were held, and a test each quarter."""
    rows = [
        {
            "held_on": task["done_on"],
            "name": name,
            "kind": "培训",
            "topic": task["content"],
            "teacher": task["owner"],
        }
        for task in plan
        if task["done_on"]
        for name in TRAINED.get(str(task["kind"]), ())
        if name != task["owner"]
    ]
    for step in range(3, MONTHS, 3):
        kind, topic, names = TESTS[step // 3 % len(TESTS)]
        held_on = off_sunday(later(add_months(span.today, -step), dice.randint(0, 9)), back=True)
        for name in names:
            score = dice.choice((58, 76, 82, 88, 90, 95))
            passed = "是" if score >= 60 else "否"
            rows.append(
                {
                    "held_on": held_on,
                    "name": name,
                    "kind": kind,
                    "topic": topic,
                    "score": score,
                    "teacher": ENGINEER,
                    "passed": passed,
                }
            )
    return sorted(rows, key=lambda row: str(row["held_on"]))


def reward_rows(dice: random.Random, span: Span) -> list[Row]:
    """Return one or two a month."""
    people = (*ADVISORS, *CLERKS, FOREMAN)
    rows: list[Row] = []
    for step in range(MONTHS - 1, -1, -1):
        for _ in range(dice.choice((1, 1, 2))):
            kind, matter, remark, amount = dice.choice(REWARDS)
            given_on = off_sunday(later(add_months(span.yesterday, -step), -dice.randint(0, 20)), back=True)
            rows.append(
                {
                    "given_on": given_on,
                    "name": dice.choice(people),
                    "kind": kind,
                    "matter": matter,
                    "remark": remark,
                    "amount": amount,
                    "recorder": SUPERVISOR,
                }
            )
    return sorted(rows, key=lambda row: str(row["given_on"]))


def measure_rows(dice: random.Random, span: Span) -> list[Row]:
    """Return a measure every few weeks; the last two are still to be done, one of them is due."""
    rows: list[Row] = []
    for place, (problem, source, measure, owner) in enumerate(MEASURES, start=1):
        back = len(MEASURES) - place
        found_on = off_sunday(later(span.today, -back * 26 - 9), back=True)
        due_on = off_sunday(later(found_on, 14 if back else 20))
        is_open = back < 2
        done_on = None if is_open else off_sunday(later(due_on, -dice.randint(0, 4)), back=True)
        rows.append(
            {
                "measure_no": f"ZG{place:03d}",
                "found_on": found_on,
                "problem": problem,
                "source": source,
                "measure": measure,
                "owner": owner,
                "due_on": due_on,
                "done_on": done_on,
                "checker": None if is_open else dice.choice((SUPERVISOR, CARE_LEAD)),
                "verdict": None if is_open else dice.choice(("已落实", "已落实，继续观察一个月")),
            }
        )
    return rows


def own_figure_rows(dice: random.Random, span: Span) -> list[Row]:
    """Return what was noted for each of the months that are over."""
    first = span.today.replace(day=1)
    months = [f"{add_months(first, -step):%Y-%m}" for step in range(MONTHS, 0, -1)]
    rows: list[Row] = []
    for month in months:
        rows += [
            {
                "month": month,
                "label": label,
                "value": float(round(dice.uniform(low, high), -2)),
                "roll_up": roll_up,
            }
            for label, low, high, roll_up in OWN_FIGURES
        ]
        rows.append({"month": month, "label": "人员编制", "value": HEADCOUNT, "roll_up": "期末"})
    return rows
