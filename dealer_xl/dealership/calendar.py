"""How the shop counts days: by the calendar, or by its working days (setting `day_count`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from dealer_xl.dealership.settings import WORKING_DAYS, Settings

_YEARS = range(2004, 2101)
_EVERY_DAY = "1111111"


@dataclass(frozen=True)
class ShopCalendar:
    """Counts days for deadlines, and knows on which days the shop works."""

    deadlines: np.busdaycalendar
    opening: np.busdaycalendar
    estimated_from: date | None  # from here on the State Council's notice is not known yet

    def later(self, days: pd.Series, count: int) -> pd.Series:
        """Shift dates by a count of days; blank stays blank.

        On a day off nothing is counted: two working days after a Sunday is Tuesday, none is Monday.
        """
        known = days.notna()
        roll: Literal["backward", "forward"] = "backward" if count > 0 else "forward"
        shifted = np.busday_offset(
            days[known].to_numpy("datetime64[D]"), count, roll=roll, busdaycal=self.deadlines
        )
        result = pd.Series(pd.NaT, index=days.index, dtype="datetime64[s]")
        result[known] = shifted.astype("datetime64[s]")
        return result

    def days_between(self, first: pd.Series, last: pd.Series) -> pd.Series:
        """Count the days after each first day up to each last one, as deadlines count; both must be known."""
        one, other = (days.to_numpy("datetime64[D]") + 1 for days in (first, last))
        days = np.busday_count(np.minimum(one, other), np.maximum(one, other), busdaycal=self.deadlines)
        return pd.Series(np.where(other < one, -days, days), index=first.index, dtype="int64")

    def open_days(self, first: pd.Timestamp, last: pd.Timestamp) -> int:
        """Count the days on which the shop works, both ends included."""
        ends = (first.to_numpy().astype("datetime64[D]"), last.to_numpy().astype("datetime64[D]") + 1)
        return int(np.busday_count(*ends, busdaycal=self.opening))


def shop_calendar(settings: Settings, own_days: pd.DataFrame) -> ShopCalendar:
    """Make the calendar: statutory days only when working days count; the sheet 日历 overrides.

    With natural days every day counts for a deadline, and the shop works but on the days 日历 calls 休息.
    """
    working = settings.day_count == WORKING_DAYS
    statutory, estimated_from = _statutory_days_off() if working else (frozenset(), None)
    off = _overridden(statutory, own_days)
    opening = np.busdaycalendar(_EVERY_DAY, holidays=sorted(off))
    deadlines = opening if working else np.busdaycalendar(_EVERY_DAY)
    return ShopCalendar(deadlines, opening, estimated_from)


def _overridden(off: Iterable[date], own_days: pd.DataFrame) -> set[date]:
    days = {
        day.date(): kind for day, kind in zip(own_days["day"], own_days["kind"], strict=True) if pd.notna(day)
    }
    closed = {day for day, kind in days.items() if kind == "休息"}
    opened = {day for day, kind in days.items() if kind == "上班"}
    return (set(off) | closed) - opened


def _statutory_days_off() -> tuple[frozenset[date], date | None]:
    """List the statutory days off, make-up days regarded; where no notice is known yet, the weekends."""
    import chinese_calendar  # noqa: PLC0415 - only shops that count working days pay for it

    known = {day.year for day in chinese_calendar.holidays}
    days = (
        date(year, 1, 1) + timedelta(days=place) for year in _YEARS for place in range(365 + _is_leap(year))
    )
    off = frozenset(
        day for day in days if (chinese_calendar.is_holiday(day) if day.year in known else day.weekday() >= 5)
    )
    return off, date(max(known) + 1, 1, 1)


def _is_leap(year: int) -> int:
    return (date(year, 12, 31) - date(year, 1, 1)).days - 364
