"""The month or the year that a summary is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from dealer_xl.errors import DealerXlError


class PeriodError(DealerXlError):
    """The words for the period are neither a month nor a year."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}”不是月份或年份。请写成 2026-03（月）或 2026（年）。")


@dataclass(frozen=True)
class Period:
    """A month or a year, both ends included."""

    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def is_year(self) -> bool:
        """Return whether it is a whole year."""
        return self.first.month != self.last.month

    @property
    def code(self) -> str:
        """Write it as the command line does: 2026-03 or 2026."""
        return f"{self.first:%Y}" if self.is_year else f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """Write it as staff do: 2026年3月 or 2026年."""
        return f"{self.first.year}年" if self.is_year else f"{self.first.year}年{self.first.month}月"

    def before(self) -> Period:
        """Find the month before a month, or the year before a year."""
        return self.year_before() if self.is_year else month_of(self.first - pd.Timedelta(days=1))

    def year_before(self) -> Period:
        """Find the same period a year earlier."""
        last = self.last - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)
        return Period(self.first - pd.DateOffset(years=1), last)

    def months(self, count: int = 12) -> tuple[Period, ...]:
        """List the months that end with its last one, oldest first."""
        return tuple(month_of(self.last - pd.DateOffset(months=ago)) for ago in reversed(range(count)))


def month_of(day: pd.Timestamp) -> Period:
    """Find the month in which a day lies."""
    first = day.normalize().replace(day=1)
    return Period(first, first + pd.offsets.MonthEnd(0))


def year_of(day: pd.Timestamp) -> Period:
    """Find the year in which a day lies."""
    return Period(pd.Timestamp(day.year, 1, 1), pd.Timestamp(day.year, 12, 31))


def period_of(typed: str) -> Period:
    """Read a period as the command line writes it.

    Raises PeriodError for anything but YYYY-MM and YYYY.
    """
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", typed):
        return month_of(pd.Timestamp(f"{typed}-01"))
    if re.fullmatch(r"20\d\d", typed):
        return year_of(pd.Timestamp(int(typed), 1, 1))
    raise PeriodError(typed)
