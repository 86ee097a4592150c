"""The days that a summary is about: a month, a year, a quarter, a week or any span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

import pandas as pd

DAY = pd.Timedelta(days=1)


class Step(Enum):
    """What a period is, which decides what stands before it."""

    WEEK = "上周"
    MONTH = "上月"
    QUARTER = "上季"
    YEAR = "上年"
    SPAN = "上期"

    @property
    def before(self) -> str:
        """Return the word for the period before."""
        return self.value


@dataclass(frozen=True)
class Period:
    """A span of days, both ends included."""

    first: pd.Timestamp
    last: pd.Timestamp
    step: Step = Step.MONTH

    @property
    def is_year(self) -> bool:
        """Return whether it is a whole year."""
        return self.step is Step.YEAR

    @property
    def code(self) -> str:
        """Write it as the command line does: 2026-03, 2026, 2026Q4, 2026-W45, 2026-11-01..2026-11-15."""
        week = self.first.isocalendar()
        return {
            Step.YEAR: f"{self.first:%Y}",
            Step.QUARTER: f"{self.first:%Y}Q{self.first.quarter}",
            Step.MONTH: f"{self.first:%Y-%m}",
            Step.WEEK: f"{week.year}-W{week.week:02}",
            Step.SPAN: f"{self.first:%Y-%m-%d}..{self.last:%Y-%m-%d}",
        }[self.step]

    @property
    def label(self) -> str:
        """Write it as staff do: 2026年3月, 2026年, 2026年第四季度, 2026年第45周, 2026年11月1日至11月15日."""
        year, week = f"{self.first.year}年", self.first.isocalendar()
        return {
            Step.YEAR: year,
            Step.QUARTER: f"{year}第{'一二三四'[self.first.quarter - 1]}季度",
            Step.MONTH: f"{year}{self.first.month}月",
            Step.WEEK: f"{week.year}年第{week.week}周",
            Step.SPAN: f"{_day(self.first)}至{_day(self.last, of=self.first)}",
        }[self.step]

    @property
    def report(self) -> str:
        """Write what its report is called: 月度总结, 周报, 季报, 年度总结."""
        return {
            Step.YEAR: "年度总结",
            Step.QUARTER: "季报",
            Step.MONTH: "月度总结",
            Step.WEEK: "周报",
            Step.SPAN: "小结",
        }[self.step]

    @property
    def in_one_month(self) -> bool:
        """Return whether all its days lie in one month."""
        return self.first.to_period("M") == self.last.to_period("M")

    def up_to(self, today: pd.Timestamp) -> Period:
        """Return the part of it that is not after today; its `last` is the last day counted."""
        return self if self.last <= today else Period(self.first, today.normalize(), self.step)

    def runs(self, today: pd.Timestamp) -> bool:
        """Return whether it has days after today."""
        return self.last > today

    def before(self, until: pd.Timestamp | None = None) -> Period:
        """Return the month before a month, the week before a week; of a running one the same span of days.

        A span within a month is set against the same days of the month before, a longer one against as many days.
        """
        if self.step is Step.WEEK or (self.step is Step.SPAN and not self.in_one_month):
            days = 7 * DAY if self.step is Step.WEEK else self.last - self.first + DAY
            return Period(self.first - days, min(until or self.last, self.last) - days, self.step)
        months = {Step.QUARTER: 3, Step.YEAR: 12}.get(self.step, 1)
        return self._earlier(months, until)

    def year_before(self, until: pd.Timestamp | None = None) -> Period:
        """Return the same period a year earlier, a week by its number; of a running one the same span of days."""
        if self.step is Step.WEEK:
            days = 364 * DAY if _same_week(self.first - 364 * DAY, self.first) else 371 * DAY
            return Period(self.first - days, min(until or self.last, self.last) - days, self.step)
        return self._earlier(12, until)

    def _earlier(self, months: int, until: pd.Timestamp | None) -> Period:
        last = self.last - pd.DateOffset(months=months)
        if self.last.is_month_end and self.step is not Step.SPAN:
            last += pd.offsets.MonthEnd(0)
        if until is not None and until < self.last:
            last = min(last, until - pd.DateOffset(months=months))
        return Period(self.first - pd.DateOffset(months=months), last, self.step)

    def months(self, count: int = 12) -> tuple[Period, ...]:
        """List the months that end with its last one, oldest first."""
        return tuple(month_of(self.last - pd.DateOffset(months=ago)) for ago in reversed(range(count)))

    def own_months(self) -> tuple[Period, ...]:
        """List the months in which it has days."""
        starts = pd.period_range(self.first, self.last, freq="M")
        return tuple(month_of(each.start_time) for each in starts)

    def within(self, other: Period) -> Period | None:
        """Return its days that lie in another period, None without any."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last, Step.SPAN) if first <= last else None


def _same_week(one: pd.Timestamp, other: pd.Timestamp) -> bool:
    return one.isocalendar().week == other.isocalendar().week


def _day(day: pd.Timestamp, of: pd.Timestamp | None = None) -> str:
    year = "" if of is not None and of.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def month_of(day: pd.Timestamp) -> Period:
    """Find the month in which a day lies."""
    first = day.normalize().replace(day=1)
    return Period(first, first + pd.offsets.MonthEnd(0))


def year_of(day: pd.Timestamp) -> Period:
    """Find the year in which a day lies."""
    return Period(pd.Timestamp(day.year, 1, 1), pd.Timestamp(day.year, 12, 31), Step.YEAR)


def quarter_of(day: pd.Timestamp) -> Period:
    """Find the quarter in which a day lies."""
    first = pd.Timestamp(day.year, 3 * day.quarter - 2, 1)
    return Period(first, first + pd.offsets.MonthEnd(3), Step.QUARTER)


def week_of(day: pd.Timestamp) -> Period:
    """Find the week in which a day lies, Monday to Sunday (ISO 8601)."""
    first = day.normalize() - day.weekday() * DAY
    return Period(first, first + 6 * DAY, Step.WEEK)


def span_of(first: date, last: date) -> Period:
    """Return any span of days."""
    return Period(pd.Timestamp(first), pd.Timestamp(last), Step.SPAN)
