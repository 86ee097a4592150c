"""Read the words by which staff name a period: 2026-10, 2026年10月, 10月, 上月, 2026Q4, 2026-W45, 11.1 to 11.15."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pandas as pd

from dealer_xl.dealership import formats
from dealer_xl.dealership.periods import DAY, Period, month_of, quarter_of, span_of, week_of, year_of
from dealer_xl.errors import DealerXlError

FORMS = "2026-10（月）、2026（年）、2026Q4（季）、2026-W45（周）、2026-11-01..2026-11-15（任意一段），或 本月、上月、11月"


class PeriodError(DealerXlError):
    """The words for the period cannot be read."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}”看不懂是哪一段时间。请写成 {FORMS}。")


class NotBegunError(DealerXlError):
    """The period lies in the future."""

    def __init__(self, period: Period, today: pd.Timestamp) -> None:
        super().__init__(
            f"{period.label}还没有开始（今天是{today:%Y-%m-%d}），没有可以总结的。请选已经开始的月份，如 {today:%Y-%m}。"
        )


_RELATIVE: dict[str, Callable[[pd.Timestamp], Period]] = {
    "本月": month_of,
    "这个月": month_of,
    "当月": month_of,
    "上月": lambda today: month_of(today).before(),
    "上个月": lambda today: month_of(today).before(),
    "本周": week_of,
    "上周": lambda today: week_of(today).before(),
    "本季": quarter_of,
    "本季度": quarter_of,
    "上季": lambda today: quarter_of(today).before(),
    "上季度": lambda today: quarter_of(today).before(),
    "今年": year_of,
    "本年": year_of,
    "去年": lambda today: year_of(today).before(),
    "上年": lambda today: year_of(today).before(),
    "上半月": lambda today: _half(month_of(today), second=False),
    "下半月": lambda today: _half(month_of(today), second=True),
}
_YEAR = r"(?P<year>20\d\d)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DATE = r"(?:(20\d\d)[-./年])?(1[0-2]|0?[1-9])[-./月](3[01]|[12]\d|0?[1-9])日?"
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}


def period_of(typed: str, today: date | None = None) -> Period:
    """Read a period; words such as 上月 or 11月 are counted from today.

    Raises PeriodError for anything else, and for words counted from today where no day is given.
    """
    text = re.sub(r"\s+", "", formats.plain(typed)).upper()
    now = None if today is None else pd.Timestamp(today)
    try:
        found = _absolute(text) or (_by_today(text, now) if now is not None else None)
    except ValueError:  # a day or a week that the calendar does not have
        found = None
    if found is None:
        raise PeriodError(typed)
    return found


def begun(period: Period, today: pd.Timestamp) -> Period:
    """Return a period that has begun.

    Raises NotBegunError for one that has not.
    """
    if period.first > today:
        raise NotBegunError(period, today)
    return period


def _absolute(text: str) -> Period | None:
    if match := re.fullmatch(rf"{_YEAR}年?", text):
        return year_of(pd.Timestamp(int(match["year"]), 1, 1))
    if match := re.fullmatch(rf"{_YEAR}[-./年]{_MONTH}月?", text):
        return _month(match["year"], match["month"])
    if match := re.fullmatch(rf"{_YEAR}[-年]?(?:Q|第)(?P<quarter>[1-4一二三四])(?:季度?)?", text):
        return _quarter(int(match["year"]), match["quarter"])
    if match := re.fullmatch(rf"{_YEAR}[-年]?(?:W|第)(?P<week>\d\d?)周?", text):
        return week_of(pd.Timestamp(date.fromisocalendar(int(match["year"]), int(match["week"]), 1)))
    if match := re.fullmatch(rf"{_YEAR}[-./年]{_MONTH}月?(?P<half>[上下])半月", text):
        return _half(_month(match["year"], match["month"]), second=match["half"] == "下")
    return _span(text, None)


def _by_today(text: str, today: pd.Timestamp) -> Period | None:
    if text in _RELATIVE:
        return _RELATIVE[text](today)
    if match := re.fullmatch(rf"{_MONTH}月(?:份)?", text):
        return _latest(int(match["month"]), today)
    if match := re.fullmatch(rf"{_MONTH}月(?:份)?(?P<half>[上下])半月", text):
        return _half(_latest(int(match["month"]), today), second=match["half"] == "下")
    if match := re.fullmatch(
        r"(?:Q|第)(?P<quarter>[1-4一二三四])(?:季度?)?|(?P<named>[一二三四])季度?", text
    ):
        return _quarter(today.year, match["quarter"] or match["named"])
    if match := re.fullmatch(r"W(?P<week>\d\d?)|第(?P<named>\d\d?)周", text):
        week = int(match["week"] or match["named"])
        return week_of(pd.Timestamp(date.fromisocalendar(today.isocalendar().year, week, 1)))
    return _span(text, today)


def _span(text: str, today: pd.Timestamp | None) -> Period | None:
    """Read two days; a year that is not typed is that of the day before it, else today's."""
    match = re.fullmatch(
        rf"{_DATE}(?:\.\.+|~|～|至|到|—+|--)(?:{_DATE}|(?P<bare>3[01]|[12]\d|0?[1-9])日?)", text
    )
    if match is None or (match[1] is None and today is None):
        return None
    year = int(match[1] or (today.year if today is not None else 0))
    first = date(year, int(match[2]), int(match[3]))
    if match["bare"]:
        last = first.replace(day=int(match["bare"]))
    else:
        last = date(int(match[4] or year), int(match[5]), int(match[6]))
    return span_of(first, last) if first <= last else None


def _latest(month: int, today: pd.Timestamp) -> Period:
    """Return the latest month of that name that has begun."""
    return _month(str(today.year - (month > today.month)), str(month))


def _month(year: str, month: str) -> Period:
    return month_of(pd.Timestamp(int(year), int(month), 1))


def _quarter(year: int, typed: str) -> Period:
    place = _NUMERALS.get(typed) or int(typed)
    return quarter_of(pd.Timestamp(year, 3 * place - 2, 1))


def _half(month: Period, *, second: bool) -> Period:
    middle = month.first + 14 * DAY
    return span_of(*((middle + DAY, month.last) if second else (month.first, middle)))
