"""Steps of whole months, as EDATE takes them: the same day, or the last of a shorter month."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Days: TypeAlias = npt.NDArray[np.datetime64]


def days_of(dates: pd.Series) -> Days:
    """Return dates as whole days; blank ones are NaT."""
    return dates.to_numpy("datetime64[D]")


def edate(days: Days, months: int | npt.NDArray[np.int64]) -> Days:
    """Return each day some months later (earlier, if negative)."""
    first = days.astype("datetime64[M]") + months
    place = days - days.astype("datetime64[M]").astype("datetime64[D]")
    length = (first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")
    last_place = length - np.timedelta64(1, "D")
    later: Days = first.astype("datetime64[D]") + np.minimum(place, last_place)
    return later
