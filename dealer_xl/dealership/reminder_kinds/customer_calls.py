"""Whether a customer was reached, or a matter settled, since a day.

"Of a customer" is the same 档案号; if either has none, the same 联系电话. "Reached" is an outbound call that was
answered; "settled" one that was answered, refused or of a dead number, or `call_tries` calls of any result (section 7).
Calls are counted by binary search in their sorted days, so that all of it is linear but for sorting.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.months import days_of

Counts = npt.NDArray[np.int64]

REACHED = ("接通",)
DECISIVE = ("接通", "拒接", "空号")
"""Results after which nobody is called again for the same matter."""

_SPAN = 1 << 40
_ZERO = np.datetime64("1600-01-01")


def moments(days: pd.Series) -> Counts:
    """Return days as whole numbers that grow with them, blank ones as 0."""
    since = (days_of(days) - _ZERO).astype("int64")
    return np.where(days.isna(), 0, since)


def outbound(dataset: Dataset, kind: str | None = None) -> pd.DataFrame:
    """Return the outbound calls of a type, or of any, whose day is known."""
    calls = dataset.tables["Calls"]
    asked = (calls["direction"] == "呼出") & calls["called_on"].notna()
    return calls[asked & (calls["kind"] == kind)] if kind else calls[asked]


def settled_since(dataset: Dataset, subjects: pd.DataFrame, kind: str, since: pd.Series) -> pd.Series:
    """Return whether outbound calls of a type settled the matter of each subject since a day.

    subjects: columns archive_no and phone.
    """
    calls = outbound(dataset, kind)
    decisive = calls[calls["result"].isin(DECISIVE)]
    start = moments(since)
    settled = _of_customers(subjects, start, decisive) > 0
    return _as_mask(
        settled | (_of_customers(subjects, start, calls) >= dataset.settings.call_tries), subjects
    )


def reached_since(
    dataset: Dataset, subjects: pd.DataFrame, since: pd.Series, kind: str | None = None
) -> pd.Series:
    """Return whether each subject was reached since a day, by calls of a type or of any."""
    return _as_mask(times_reached(dataset, subjects, since, kind) > 0, subjects)


def times_reached(
    dataset: Dataset, subjects: pd.DataFrame, since: pd.Series, kind: str | None = None
) -> Counts:
    """Count the calls that reached each subject since a day."""
    calls = outbound(dataset, kind)
    return _of_customers(subjects, moments(since), calls[calls["result"].isin(REACHED)])


def _of_customers(subjects: pd.DataFrame, since: Counts, calls: pd.DataFrame) -> Counts:
    return count_of_customers(subjects, since, calls, moments(calls["called_on"]))


def count_of_customers(subjects: pd.DataFrame, since: Counts, calls: pd.DataFrame, moment: Counts) -> Counts:
    """Count the calls of each subject's customer whose moment is `since` or later."""
    named, stranger = calls["archive_no"].notna().to_numpy(), subjects["archive_no"].isna().to_numpy()
    by_number = count_since(subjects["archive_no"], since, calls["archive_no"][named], moment[named])
    by_phone = count_since(subjects["phone"], since, calls["phone"][~named], moment[~named])
    of_named = count_since(subjects["phone"], since, calls["phone"][named], moment[named])
    return by_number + by_phone + np.where(stranger, of_named, 0)


def count_since(keys: pd.Series, since: Counts, call_keys: pd.Series, moment: Counts) -> Counts:
    """Count, for each key, the calls under it whose moment is `since` or later; a blank key has none."""
    codes, _ = pd.factorize(pd.concat([call_keys, keys], ignore_index=True))
    of_calls, asked = codes[: len(call_keys)], codes[len(call_keys) :]
    marks = np.sort((of_calls.astype("int64") * _SPAN + moment)[of_calls >= 0])
    start = asked.astype("int64") * _SPAN
    counts = np.searchsorted(marks, start + _SPAN) - np.searchsorted(marks, start + since)
    return np.where(asked >= 0, counts, 0)


def _as_mask(values: npt.NDArray[np.bool_], subjects: pd.DataFrame) -> pd.Series:
    return pd.Series(values, index=subjects.index, dtype="bool")
