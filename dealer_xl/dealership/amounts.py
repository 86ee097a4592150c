"""Numbers and amounts as clerks type them: with units, in ten thousands, in words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dealer_xl.dealership import formats
from dealer_xl.dealership.chinese_numbers import number_of
from dealer_xl.dealership.unreadable import Unreadable
from dealer_xl.heading_text import simplified
from dealer_xl.schema import Column, Kind

UNIT_WORDS: Mapping[str, tuple[str, ...]] = {
    "公里": ("公里", "千米", "km", "kms", "公里数"),
    "月": ("个月", "月"),
    "分": ("分",),
    "人": ("人", "位", "名", "个人"),
    "天": ("天", "日"),
    "元": ("元", "块", "块钱", "圆", "元整", "元正", "圆整", "整", "rmb", "人民币"),
}
"""The words for a unit behind a number."""

UNIT_OF: Mapping[str, str] = {
    "km": "公里",
    "last_service_km": "公里",
    "cycle_km": "公里",
    "cycle_months": "月",
    "satisfaction": "分",
    "confirmed_score": "分",
    "score": "分",
    "invited": "人",
    "attended": "人",
    "parts_wait_days": "天",
}
"""The unit of a column's numbers, by its key; amounts are in yuan."""

FREE = frozenset({"免费", "免单", "免收", "免费服务"})
MULTIPLES: Mapping[str, int] = {"万": 10_000, "千": 1000}
YEARS: Mapping[str, str] = {
    "半年": "6",
    "一年": "12",
    "两年": "24",
    "二年": "24",
    "三年": "36",
    "一年半": "18",
}
CURRENCY = re.compile(r"^(¥|rmb|cny|人民币)", re.IGNORECASE)

_PLAIN = r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?"
_NUMBER = re.compile(rf"[+-]?{_PLAIN}(?:[eE][+-]?\d{{1,2}})?")
_INSIDE = re.compile(rf"(?<![\d.]){_PLAIN}(?![\d.,])")
_MOST_YUAN = 10**12  # more would not fit whole fen


def read_number(cell: object, column: Column, _: date | None = None) -> float:
    """Read a number; thousands may be parted by commas, and the column's unit may stand behind it.

    Raises Unreadable.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _finite(cell)
    if isinstance(cell, bool | date) or not isinstance(cell, str):
        raise Unreadable("not-a-number")
    text = CURRENCY.sub("", simplified(formats.plain(cell)).replace(" ", "")).replace("\n", "")
    bare, multiple = _without_unit(text, column)
    if not _NUMBER.fullmatch(bare):
        raise Unreadable("not-a-number", guess=_likely(text, bare))
    plain = bare.replace(",", "")
    return _finite(plain) if multiple == 1 else _finite(str(Decimal(plain) * multiple))


def _without_unit(text: str, column: Column) -> tuple[str, int]:
    """Return what stands before the column's unit, and by how much it is to be multiplied."""
    unit = "元" if column.kind is Kind.MONEY else UNIT_OF.get(column.key, "")
    if unit == "元" and text in FREE:
        return "0", 1
    if unit == "月":
        text = _months(text)
    lower = text.lower()
    endings = (word for word in UNIT_WORDS.get(unit, ()) if lower.endswith(word) and lower != word)
    bare = text[: len(text) - len(max(endings, key=len, default=""))]
    chinese = number_of(bare) if bare != text else None  # 六个月, but 八百 alone is asked
    if chinese is not None:
        return str(chinese), 1
    multiple = MULTIPLES.get(bare[-1:], 1)
    return (bare[:-1], multiple) if multiple != 1 and _NUMBER.fullmatch(bare[:-1]) else (bare, 1)


def _months(text: str) -> str:
    years = re.fullmatch(r"(\d{1,2})年", text)
    return str(int(years[1]) * 12) if years else YEARS.get(text, text)


def _likely(text: str, bare: str) -> str:
    """Return the number that may be meant: written in words, or the only one in the text; "" for anything else."""
    words = number_of(bare)
    if words is None:
        words = number_of(re.sub(r"^(约|大约|大概)|(左右|上下|多|余)$", "", bare))
    if words is not None:
        return str(words)
    with_point = text.replace("。", ".")
    found = list(_INSIDE.finditer(with_point))
    if len(found) != 1 or re.search(r"[$%()]|[-+]\d|美元|港币|\d[-~至到]", with_point):
        return with_point[: with_point.index("%")] if re.fullmatch(r"\d{1,3}(\.\d+)?%", with_point) else ""
    number = found[0][0].replace(",", "")
    behind = with_point[found[0].end() :][:1]
    multiple = MULTIPLES.get("万" if behind in ("w", "W") else behind, 1)
    return (
        f"{Decimal(number) * multiple:f}".rstrip("0").rstrip(".")
        if multiple != 1 and "." in number
        else str(Decimal(number) * multiple)
    )


def _finite(number: float | str) -> float:
    try:
        value = float(number)
    except OverflowError as fault:  # a whole number that is longer than any amount
        raise Unreadable("not-a-number") from fault
    if not math.isfinite(value):
        raise Unreadable("not-a-number")
    return value


def read_money(cell: object, column: Column, today: date | None = None) -> int:
    """Read an amount in yuan as whole fen, rounded half up.

    Raises Unreadable.
    """
    in_yuan = column if column.kind is Kind.MONEY else Column(column.key, column.heading, Kind.MONEY)
    yuan = Decimal(repr(read_number(cell, in_yuan, today)))
    if abs(yuan) > _MOST_YUAN:
        raise Unreadable("out-of-range")
    return int((yuan * 100).to_integral_value(ROUND_HALF_UP))
