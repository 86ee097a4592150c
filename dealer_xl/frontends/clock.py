"""The shop's own clock: the only place in which the front ends read it."""

from __future__ import annotations

from datetime import date, datetime


def now(day: date | None = None) -> datetime:
    """Return the time that stands for now: the clock's, on the day that stands for today if one is named."""
    clock = datetime.now()  # noqa: DTZ005 - the shop's own clock
    return datetime.combine(day, clock.time()) if day else clock
