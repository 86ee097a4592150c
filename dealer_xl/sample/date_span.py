"""The sample's calendar: 26 months of records, the last 13 complete ones and the current one dense."""

from __future__ import annotations

import calendar
import random
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

RECORDED_MONTHS = 26
DENSE_MONTHS = 13  # so that last month has a full last year's month to stand beside
THIN = 0.12  # the shop had just begun to enter its orders
WEEKEND = 1.08
SUNDAY = 6
SEASON = (1.12, 0.78, 1.0, 0.98, 1.05, 1.0, 1.08, 1.06, 1.0, 1.02, 0.95, 1.1)  # before and after the holidays


def add_months(day: date, months: int) -> date:
    """Step whole months, the day held back to the month's last as Excel's EDATE does."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def later(day: date, days: float) -> date:
    """Step a number of days, part days dropped."""
    return day + timedelta(days=int(days))


def off_sunday(day: date, *, back: bool = False) -> date:
    """Move a Sunday to the day beside it: the clerks do not call on Sundays."""
    if day.weekday() != SUNDAY:
        return day
    return later(day, -1 if back else 1)


def day_between(dice: random.Random, earliest: date, latest: date) -> date:
    """Draw a day, a Sunday only when nothing else is left."""
    day = later(earliest, dice.randint(0, (latest - earliest).days))
    choices = (off_sunday(day), off_sunday(day, back=True), day)
    return next(choice for choice in choices if earliest <= choice <= latest)


@dataclass(frozen=True)
class Span:
    """The days from which the sample has records."""

    today: date

    @cached_property
    def first_day(self) -> date:
        """The day on which the shop began to enter its orders."""
        return add_months(self.today.replace(day=1), -RECORDED_MONTHS)

    @cached_property
    def dense_from(self) -> date:
        """The day from which every order is entered."""
        return add_months(self.today.replace(day=1), -DENSE_MONTHS)

    @property
    def yesterday(self) -> date:
        """The last day on which clerks have called: today's list is still to be done."""
        return later(self.today, -1)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of the records."""
        return tuple(later(self.first_day, n) for n in range((self.today - self.first_day).days + 1))

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """How busy each day is, summed up to and including it."""
        return tuple(accumulate(self._busy(day) for day in self.days))

    def _busy(self, day: date) -> float:
        """Return how busy a day is beside a plain weekday."""
        weight = SEASON[day.month - 1] * (WEEKEND if day.weekday() >= 5 else 1.0)
        if day == self.today:
            return weight * 0.4  # the day has just begun
        return weight * (THIN if day < self.dense_from else 1.0)

    def visits_ahead(self, a_year: float) -> float:
        """Return how many draws give so many visits in a dense year."""
        place = bisect_left(self.days, self.dense_from)
        dense = self.weights[-1] - self.weights[place - 1]
        return a_year * (len(self.days) - place) / 365 * self.weights[-1] / dense

    def busy_days(self, dice: random.Random, count: int) -> list[date]:
        """Draw days on which somebody comes, busy days more often."""
        return dice.choices(self.days, cum_weights=self.weights, k=count)
