"""Events of the past year and the one about to come, and whom the clerks telephoned about them (LE-01)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dealer_xl.sample import call_notes
from dealer_xl.sample.call_rows import Call, missed
from dealer_xl.sample.cars import Car
from dealer_xl.sample.date_span import SUNDAY, Span, later, off_sunday
from dealer_xl.sample.plan_rows import CARE_LEAD, SUPERVISOR
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Row

NOTICE_DAYS = 14
DAYS_APART = 42
SATURDAY = 5
HALL, YARD, CLASSROOM = "本店展厅（泰安市云岭路66号）", "本店维修车间", "本店二楼培训室"
CONTINGENCIES = {
    HALL: "客户多时分两场进行；下雨改在展厅内",
    YARD: "工位不够时改约次日，先登记后通知",
    CLASSROOM: "座位不够时加开一场；投影故障用讲义",
}
SEASONS = ("冬季", "春季", "夏季", "秋季")  # December, January and February are the first
PLANS = (
    ("{season}免费检测周", "免费服务", YARD, "免费检测全车二十四项，赠送玻璃水一瓶", 7),
    ("汽车讲堂：{season}用车", "汽车讲堂", CLASSROOM, "讲解{season}胎压、空调与行车安全，现场答疑", 1),
    ("{season}客户联谊会", "联谊活动", HALL, "新老客户座谈、亲子游戏、现场抽奖", 1),
    ("{season}优惠服务月", "优惠服务", YARD, "保养工时八折，机油买四送一", 28),
    ("汽车讲堂：新车主课堂", "汽车讲堂", CLASSROOM, "讲解首次保养、仪表指示与保险常识", 1),
    ("自驾联谊一日行", "联谊活动", HALL, "自驾出行一日，出发前免费检查车辆", 1),
    ("{season}轮胎免费检测周", "免费服务", YARD, "免费检测轮胎与四轮定位，换胎优惠", 7),
    ("汽车讲堂：汽车新知识晚会", "汽车讲堂", CLASSROOM, "介绍新能源与辅助驾驶知识，现场演示", 1),
    ("老客户答谢会", "联谊活动", HALL, "客户座谈、维修车间开放参观、赠送礼品", 1),
    ("{season}安全检测周", "免费服务", YARD, "免费检测制动、轮胎、灯光，赠送检测报告", 7),
)


@dataclass(frozen=True)
class Event:
    """One event of the plan."""

    event_no: str
    name: str
    kind: str
    place: str
    content: str
    starts_on: date
    ends_on: date


def events_around(today: date) -> tuple[Event, ...]:
    """Plan the events: the last one begins on a Saturday about three weeks ahead."""
    coming = later(today, 19)
    coming = later(coming, (SATURDAY - coming.weekday()) % 7)
    first = later(coming, -DAYS_APART * (len(PLANS) - 1))
    return tuple(_event(place, later(first, DAYS_APART * place)) for place in range(len(PLANS)))


def _event(place: int, starts_on: date) -> Event:
    """Name one event after its season."""
    name, kind, where, content, days = PLANS[place]
    season = SEASONS[starts_on.month % 12 // 3]
    return Event(
        event_no=f"HD{place + 1:02d}",
        name=name.format(season=season),
        kind=kind,
        place=where,
        content=content.format(season=season),
        starts_on=starts_on,
        ends_on=later(starts_on, days - 1),
    )


def event_rows(dice: random.Random, span: Span, events: Sequence[Event], vehicles: int) -> list[Row]:
    """Write the event plan."""
    return [
        {
            "event_no": event.event_no,
            "name": event.name,
            "kind": event.kind,
            "starts_on": event.starts_on,
            "ends_on": event.ends_on,
            "place": event.place,
            "content": event.content,
            "invited": guests_wanted(vehicles),
            "attended": round(guests_wanted(vehicles) * dice.uniform(0.45, 0.85))
            if event.ends_on < span.today
            else None,
            "owner": CARE_LEAD if event.kind == "汽车讲堂" else SUPERVISOR,
            "posted": "是",
            "contingency": CONTINGENCIES[event.place],
        }
        for event in events
    ]


def guests_wanted(vehicles: int) -> int:
    """Return how many customers are invited to an event."""
    return number_of(vehicles, 0.034, 4)


def past_notices(
    dice: random.Random, events: Sequence[Event], cars: Sequence[Car], guests: int
) -> Iterator[Call]:
    """Telephone the guests of past events two weeks ahead and sooner."""
    for event in events[:-1]:
        filed = [car for car in cars if car.archived_on < later(event.starts_on, -28)]
        for car in dice.sample(filed, min(guests, len(filed))):
            ahead = dice.randint(NOTICE_DAYS + 1, 26)
            yield _notice(dice, event, car, off_sunday(later(event.starts_on, -ahead), back=True))


def newest_notices(
    dice: random.Random, span: Span, event: Event, cars: Sequence[Car], guests: int
) -> Iterator[Call]:
    """Telephone the first guests of the coming event, just now: their letters are still to be written."""
    days = [day for day in (span.yesterday, later(span.today, -2)) if day.weekday() != SUNDAY]
    filed = [car for car in cars if car.archived_on < later(span.today, -3)]
    for car in dice.sample(filed, min(guests, len(filed))):
        yield _notice(dice, event, car, dice.choice(days))


def _notice(dice: random.Random, event: Event, car: Car, called_on: date) -> Call:
    """Make one call about an event."""
    said = call_notes.EVENT.format(name=event.name, answer=dice.choice(call_notes.EVENT_ANSWERS))
    result = "接通" if dice.random() < 0.88 else missed(dice)
    return Call(called_on, car, "活动通知", said, event_no=event.event_no, result=result)
