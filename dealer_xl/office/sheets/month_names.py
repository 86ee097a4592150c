"""Which of several sheets or workbooks is for a day, by the year and the month in their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dealer_xl.heading_text import normal

_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d{3})")
_YEAR_AND_MONTH = re.compile(r"(?<!\d)(20\d\d)[-年./_]?(0?[1-9]|1[0-2])(?!\d)")
_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])月")
_WRITTEN = re.compile(r"(十[一二]?|[一二三四五六七八九])月")


def best_for(day: date | None, names: Sequence[str], otherwise: int) -> int:
    """Return the place of the name that bears the day's month, and its year if years are told; else the other one."""
    if day is None:
        return otherwise
    told = [year_and_month(name) for name in names]
    fits = [
        place
        for place, (year, month) in enumerate(told)
        if year in (day.year, None) and month in (day.month, None) and (year, month) != (None, None)
    ]
    return max(fits, key=lambda place: sum(each is not None for each in told[place]), default=otherwise)


def year_and_month(name: str) -> tuple[int | None, int | None]:
    """Return the year and the month that a name bears, as far as it does."""
    text = normal(name)
    both = _YEAR_AND_MONTH.search(text)
    if both:
        return int(both[1]), int(both[2])
    year = _YEAR.search(text)
    return int(year[1]) if year else None, _month(text)


def _month(text: str) -> int | None:
    if found := _MONTH.search(text):
        return int(found[1])
    if found := _WRITTEN.search(text):
        return _MONTHS.index(found[1]) + 1
    return None
