"""Days and months as the rules count them."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar


def add_months(first: date, months: int) -> date:
    """Return the same day some months on, or the last of a shorter month ("A month's step is EDATE's")."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def month_start(month: str) -> date | None:
    """Return the first day of a month written YYYY-MM, None for anything else."""
    try:
        return date.fromisoformat(f"{month[:7]}-01")
    except ValueError:
        return None


def month_end(first: date) -> date:
    """Return the last day of the month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def span(start: date, end: date) -> list[date]:
    """Return every day from start to end, both ends included."""
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


@cache
def statutory(day: date) -> bool:
    """Return whether people work that day by law; beyond the known years Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


@dataclass(frozen=True)
class Calendar:
    """How the shop counts days: 自然日, or 工作日 by the statutory calendar; 日历 overrides it."""

    day_count: str = "自然日"
    typed: dict[date, bool] = field(default_factory=dict)

    def working(self, day: date) -> bool:
        """Return whether the day is a 工作日."""
        return self.typed[day] if day in self.typed else statutory(day)

    def works(self, day: date) -> bool:
        """Return whether the shop works that day: under 自然日 every day that 日历 does not call 休息."""
        if self.day_count == "工作日":
            return self.working(day)
        return self.typed.get(day, True)

    def counted(self, day: date) -> bool:
        """Return whether a day count counts the day ("All day counts follow day_count")."""
        return self.day_count != "工作日" or self.working(day)

    def later(self, first: date, days: int) -> date:
        """Return the day some counted days on (back, if negative); none on a day that does not count is the next one."""
        step = timedelta(days=1 if days > 0 else -1)
        day, left = first, abs(days)
        while not days and not self.counted(day):
            day += timedelta(days=1)
        while left:
            day += step
            left -= self.counted(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Return the number of counted days after first up to last; negative where last comes first."""
        if last < first:
            return -self.between(last, first)
        return sum(self.counted(day) for day in span(first, last)[1:])

    def open_days(self, start: date, end: date) -> int:
        """Return on how many days from start to end the shop works."""
        return sum(self.works(day) for day in span(start, end))
