"""What is seen and done at intake and in the workshop: the walk-round, parts, body and paint, who took over (RF-21 to RF-24)."""

from __future__ import annotations

import random
from collections.abc import Sequence

from dealer_xl.sample.date_span import Span, later
from dealer_xl.sample.sample_types import Row
from dealer_xl.sample.visit_rows import Visit

FORM_DAYS = 60  # the intake form was brought in so many days ago
MECHANICS = ("丁志远", "曹建国", "袁海涛")
INSPECTORS = ("何建军", "邓永刚")
FUEL = ("1/4", "1/2", "1/2", "3/4", "满")
OUTSIDE = ("完好", "完好", "完好", "前保险杠左侧划痕", "右后门凹陷一处", "左前轮毂划伤", "后保险杠掉漆")
INSIDE = ("整洁", "整洁", "整洁", "座椅有污渍", "脚垫破损", "中控屏有划痕")
BELONGINGS = ("无", "无", "雨伞一把", "儿童座椅", "停车卡、充电线", "后备箱有工具箱")
PARTS = {
    "刹车片": "前刹车片",
    "蓄电池": "蓄电池",
    "轮胎": "轮胎两条",
    "火花塞": "火花塞四只",
    "雨刮": "雨刮电机",
    "前大灯": "前大灯总成",
    "风挡": "前风挡玻璃",
    "后保险杠": "后保险杠",
    "水泵": "水泵",
    "升降器": "车窗升降器",
    "减震器": "减震器",
    "氧传感器": "氧传感器",
    "空调滤芯": "空调滤芯",
    "三滤": "机滤、空滤、燃油滤",
    "机滤": "机滤",
    "变速箱油": "变速箱油、滤网",
}
BODY_WORDS = ("钣喷", "喷漆", "钣金")


def with_intake(dice: random.Random, span: Span, rows: Sequence[Row], visits: Sequence[Visit]) -> list[Row]:
    """Return the rows of the orders with what the workshop wrote on them."""
    since = later(span.today, -FORM_DAYS)
    return [
        row | _work(dice, span, visit, row) | (_walk_round(dice) if visit.came_on >= since else {})
        for row, visit in zip(rows, visits, strict=True)
    ]


def _work(dice: random.Random, span: Span, visit: Visit, row: Row) -> Row:
    """Return when the work was done, the parts that were changed, and the share of body and paint."""
    body = any(word in visit.work for word in BODY_WORDS)
    amount = row["amount"]
    cost = round(amount * dice.uniform(0.55, 0.9), 2) if body and isinstance(amount, float) else None
    finished_on = visit.left_on
    if finished_on is None and visit.came_on < span.today and dice.random() < 0.3:
        finished_on = span.today
    parts = next((part for word, part in PARTS.items() if word in visit.work), None)
    return {"finished_on": finished_on, "bodypaint": cost, "parts": parts}


def _walk_round(dice: random.Random) -> Row:
    return {
        "fuel": dice.choice(FUEL),
        "exterior": dice.choice(OUTSIDE),
        "interior": dice.choice(INSIDE),
        "belongings": dice.choice(BELONGINGS),
        "receiver": dice.choice(MECHANICS),
        "inspector": dice.choice(INSPECTORS),
    }
