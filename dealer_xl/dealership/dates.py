"""Days, months and times as clerks type them.

A day without a year is taken only where one year fits: for what has happened the latest such day, for what is to come
the next one within three months. Every other doubt is asked, with the likely day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from dealer_xl.dealership import formats
from dealer_xl.dealership.chinese_numbers import with_digits
from dealer_xl.dealership.unreadable import Unreadable
from dealer_xl.heading_text import simplified
from dealer_xl.schema import Column

EARLIEST = date(1990, 1, 1)
"""No shop of ours has a day before it: what looks like one is a number that was taken for a serial."""

SOON = 92
"""So many days ahead a day without a year is the next one."""

NEAR_YEARS = 5
"""A year of two digits is taken for one of this century if it is so near; else it is asked."""

_SERIAL_ZERO = date(1899, 12, 30)
_LAST_SERIAL = 109_574  # 2199-12-31
_MARK = r"[-/.年月、,_ ]"
_YMD = re.compile(rf"(\d{{4}}){_MARK}(\d{{1,2}}){_MARK}(\d{{1,2}})[日号]?\.?")
_SHORT_YEAR = re.compile(rf"(\d{{2}}){_MARK}(\d{{1,2}}){_MARK}(\d{{1,2}})[日号]?")
_COMPACT = re.compile(r"((?:1\d|20)\d{2})(\d{2})(\d{2})")
_SHORT_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_LOOSE_MONTH_DAY = re.compile(r"(?:今年)?(\d{1,2})[-/.月](\d{1,2})[日号]?")
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)([一二三四五六日天])\)?")
_HALF_DAY = r"(?:上午|下午|中午|早上|晚上|凌晨|傍晚|am|pm)"
_CLOCK = re.compile(
    rf"\s*[T(]?\s*(?:{_HALF_DAY}\)?|{_HALF_DAY}?\s*\d{{1,2}}(?:[:点时](?:\d{{1,2}}|半)?分?)(?::\d{{2}}(?:\.\d+)?)?\s*{_HALF_DAY}?\)?)$",
    re.IGNORECASE,
)
_WEEKDAYS = {sign: place for place, sign in enumerate("一二三四五六日")} | {"天": 6}
_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?")
_TIME = re.compile(rf"({_HALF_DAY})?(\d{{1,2}})[:点时](\d{{1,2}}|半)?分?(?::\d{{2}})?", re.IGNORECASE)
_AFTERNOON = frozenset({"下午", "晚上", "傍晚", "pm"})


def read_date(cell: object, column: Column, today: date | None = None) -> date:
    """Read a day, however it was typed."""
    if isinstance(cell, datetime):
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, time):
        raise Unreadable("not-a-date", "这里只有时间没有日期，请重新填写")
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _date_of_number(cell, today)
    return _plausible(_date_of_text(str(cell), column, today))


def _plausible(day: date) -> date:
    if day < EARLIEST:
        raise Unreadable("date-implausible")
    return day


def _date_of_text(cell: str, column: Column, today: date | None) -> date:
    text, weekday = _without_clock(cell)
    found = _YMD.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _on(weekday, _day(*(int(part) for part in found.groups()[:3])))
    if re.fullmatch(r"\d{5}", text):
        return _date_of_number(float(text), today)
    if today is None:
        raise Unreadable("not-a-date")
    if short := _SHORT_YEAR.fullmatch(text):
        return _on(weekday, _in_this_century(short, text, today))
    if month_day := _MONTH_DAY.fullmatch(text):
        return _on(weekday, _in_fitting_year(int(month_day[1]), int(month_day[2]), column, today))
    raise Unreadable("not-a-date", guess=_likely(text, today))


def _without_clock(cell: str) -> tuple[str, int | None]:
    """Return a text in plain signs, without time and weekday, and which weekday stood there."""
    text = with_digits(simplified(formats.plain(cell)).replace("—", "-").replace("–", "-"))
    found = _WEEKDAY.search(text)
    text = _CLOCK.sub("", _WEEKDAY.sub(" ", text).strip())
    closed_up = re.sub(r"\s*([-/.年月、,_])\s*|\s+(?=[日号])", lambda sign: sign[1] or "", text)
    return closed_up.strip(), _WEEKDAYS[found[1]] if found else None


def _on(weekday: int | None, day: date) -> date:
    """Return a day, unless another weekday was typed beside it."""
    if weekday is not None and day.weekday() != weekday:
        raise Unreadable("not-a-date", "日期和星期几对不上，请核对")
    return day


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise Unreadable("not-a-date") from fault


def _in_this_century(found: re.Match[str], text: str, today: date) -> date:
    """Return the day of a year of two digits, where it is near or 年 stands behind it."""
    year, month, day = (int(part) for part in found.groups())
    typed = _day(2000 + year, month, day)
    if "年" in text or abs(typed.year - today.year) <= NEAR_YEARS:
        return typed
    raise Unreadable("not-a-date", guess=str(typed))


def _in_fitting_year(month: int, day: int, column: Column, today: date) -> date:
    days = _around(month, day, today)
    if column.happened:
        return max(each for each in days if each <= today)
    coming = min(each for each in days if each >= today)
    if (coming - today).days <= SOON:
        return coming
    raise Unreadable("not-a-date", guess=str(_nearest(days, today)))


def _around(month: int, day: int, today: date) -> list[date]:
    """List the days of that name in the years around; four before and after, so that a 29 February is among them."""
    days = []
    for year in range(today.year - 8, today.year + 9):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    if not days:
        raise Unreadable("not-a-date")
    return days


def _nearest(days: list[date], today: date) -> date:
    return min(days, key=lambda each: abs((each - today).days))


def _likely(text: str, today: date) -> str:
    """Return the day that may be meant, "" where nothing suggests one."""
    try:
        if found := _YEAR_LAST.fullmatch(text):
            month, day = int(found[1]), int(found[2])
            return str(_day(int(found[3]), *((month, day) if month <= 12 else (day, month))))
        if found := _SHORT_COMPACT.fullmatch(text):
            return str(_day(2000 + int(found[1]), int(found[2]), int(found[3])))
        if found := _LOOSE_MONTH_DAY.fullmatch(text):
            return str(_nearest(_around(int(found[1]), int(found[2]), today), today))
        if len(inside := _YMD.findall(text)) == 1:
            return str(_day(*(int(part) for part in inside[0])))
    except Unreadable:
        pass
    return ""


def _date_of_number(number: float, today: date | None) -> date:
    """Read a serial, or a number such as 20260105; a number before the first day may be a day and month (11.5)."""
    is_whole = abs(number) < 1e15 and float(number).is_integer()
    if is_whole and (found := _COMPACT.fullmatch(str(int(number)))):
        return _plausible(_day(*(int(part) for part in found.groups())))
    guess = _likely(f"{number:g}" if not is_whole else str(int(number)), today) if today else ""
    if not 0 <= number <= _LAST_SERIAL:
        raise Unreadable("not-a-date", guess=guess)
    day = _SERIAL_ZERO + timedelta(days=int(number))
    if day < EARLIEST:
        short = re.fullmatch(r"\d+\.[123]", f"{number:g}")  # 11.1 may be the 1st or the 10th
        raise Unreadable("date-implausible", guess="" if short else guess)
    return day


def read_month(cell: object, _: Column, today: date | None = None) -> str:
    """Read a month as YYYY-MM."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    text, _weekday = _without_clock(str(cell))
    found = _MONTH.fullmatch(text) or re.fullmatch(r"(\d{2})年(\d{1,2})月", text)
    if found and 1 <= int(found[2]) <= 12:
        return f"{int(found[1]) % 2000 + 2000:04}-{int(found[2]):02}" if len(found[1]) == 2 else _month(found)
    if full := _YMD.fullmatch(text):
        return f"{_day(*(int(part) for part in full.groups())):%Y-%m}"
    named = re.fullmatch(r"(\d{1,2})月份?", text)
    if named and today and 1 <= int(named[1]) <= 12:
        nearest = _nearest(_around(int(named[1]), 15, today), today)
        raise Unreadable("not-a-date", guess=f"{nearest:%Y-%m}")
    raise Unreadable("not-a-date")


def _month(found: re.Match[str]) -> str:
    return f"{found[1]}-{int(found[2]):02}"


def read_time(cell: object, _: Column, __: date | None = None) -> str:
    """Read a time of day as HH:MM: typed, as Excel's part of a day, or a time cell."""
    if isinstance(cell, datetime | time):
        return f"{cell:%H:%M}"
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    found = _TIME.fullmatch(with_digits(formats.plain(str(cell))).replace(" ", ""))
    if found:
        hour = int(found[2]) + (12 if found[1] in _AFTERNOON and int(found[2]) < 12 else 0)
        minute = 30 if found[3] == "半" else int(found[3] or 0)
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    raise Unreadable("not-a-date")
