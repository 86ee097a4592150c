"""The shop's own words for 设置, staff with a clerk away, the month's tasks, and the days on which the shop keeps its own hours."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from dealer_xl.sample.date_span import Span, add_months, later, off_sunday
from dealer_xl.sample.sample_types import Row

SHOP = {
    "store_name": "泰安示例汽车销售服务店",
    "store_address": "泰安市示例路1号",
    "store_phone": "0538-2000000",
}
CLERKS = ("孙晓梅", "陈立新", "周雨婷")
ADVISORS = ("马志强", "高文博", "刘思雨", "许国栋")
SUPERVISOR, FOREMAN, CARE_LEAD = "王慧敏", "赵铁民", "林若兰"
STAFF = (
    (SUPERVISOR, "业务主管", "业务部"),
    (CLERKS[0], "跟踪业务员", "业务部"),
    (CLERKS[1], "跟踪业务员", "业务部"),
    (CLERKS[2], "跟踪业务员", "业务部"),
    *((name, "服务顾问", "前台") for name in ADVISORS),
    (FOREMAN, "车间主管", "车间"),
    ("何建军", "技术主管", "车间"),
    ("郑秀英", "索赔员", "车间"),
    ("吴海波", "配件主管", "配件部"),
    ("黄丽娜", "续保专员", "保险部"),
    (CARE_LEAD, "客服主管", "客服部"),
)
WORK_PLAN = (
    ("前台技能培训", "前台接车业务技巧培训", ADVISORS[0]),
    ("车间技术培训", "车间维修技术培训：发动机电控", FOREMAN),
    ("部门活动", "部门内部活动：登山", SUPERVISOR),
    ("汽车讲堂", "汽车讲堂：新车主用车知识", CARE_LEAD),
    ("专业知识培训", "专业技术基础知识培训", "何建军"),
    ("车间技术培训", "车间维修技术培训：底盘与制动", FOREMAN),
    ("疑难问题探讨", "疑难技术问题探讨：变速箱顿挫", "何建军"),
    ("前台技能培训", "前台接待礼仪与报价演练", ADVISORS[1]),
    ("其他", "客户档案核对与整理", SUPERVISOR),
    ("车间技术培训", "车间维修技术培训：新能源高压安全", FOREMAN),
    ("学习讲座", "有针对性的专业技术讲座：空调系统", "何建军"),
    ("汽车讲堂", "汽车讲堂：换季保养", CARE_LEAD),
)
TASK_COUNT, TASKS_AHEAD, DAYS_APART = 40, 6, 11


@dataclass(frozen=True)
class Absence:
    """A clerk who is away and the colleague who calls in the meantime (RO-03)."""

    clerk: str
    deputy: str
    away_from: date
    away_to: date

    def covers(self, clerk: str, day: date) -> bool:
        """Return whether the deputy works for this clerk on a day."""
        return clerk == self.clerk and self.away_from <= day <= self.away_to


def absence_around(today: date) -> Absence:
    """Make one clerk be away right now."""
    return Absence(CLERKS[2], CLERKS[0], later(today, -3), later(today, 4))


def staff_rows(absence: Absence) -> list[Row]:
    """Write the list of staff."""
    rows: list[Row] = [{"name": name, "post": post, "department": part} for name, post, part in STAFF]
    for row in rows:
        if row["name"] == absence.clerk:
            row |= {"deputy": absence.deputy, "away_from": absence.away_from, "away_to": absence.away_to}
    return rows


def work_plan_rows(dice: random.Random, span: Span) -> list[Row]:
    """Write the tasks of the past year and the coming weeks; one of the past is not done yet."""
    return [_plan_item(dice, span, place) for place in range(TASK_COUNT)]


def _plan_item(dice: random.Random, span: Span, place: int) -> Row:
    """Write one task; the last few lie ahead."""
    kind, content, owner = WORK_PLAN[place % len(WORK_PLAN)]
    to_come = place - (TASK_COUNT - TASKS_AHEAD)
    planned_on = off_sunday(later(span.today, to_come * DAYS_APART + 5), back=True)
    done_on = later(planned_on, dice.choice((0, 0, 0, 1, 2)))
    forgotten = to_come == -2
    return {
        "task_no": f"RW{place + 1:03d}",
        "month": f"{planned_on:%Y-%m}",
        "kind": kind,
        "content": content,
        "owner": owner,
        "planned_on": planned_on,
        "done_on": None if forgotten or done_on > span.today else done_on,
    }


def calendar_rows(span: Span) -> list[Row]:
    """Write the days on which the shop departs from the statutory calendar."""
    month = span.today.replace(day=1)
    sundays = [second_sunday(add_months(month, step)) for step in (-8, -5, -2, 1)]
    rows: list[Row] = [{"day": day, "kind": "上班", "remark": "客户活动月，周日照常营业"} for day in sundays]
    stocktaking = later(sundays[-1], 3)
    return [*rows, {"day": stocktaking, "kind": "休息", "remark": "配件盘点，车间停工一天"}]


def second_sunday(month: date) -> date:
    """Find the second Sunday of a month."""
    return later(month, 6 - month.weekday() + 7)
