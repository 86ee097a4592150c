"""What was said to a customer last (FC-04)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dealer_xl.dealership.dataset import Dataset


@dataclass(frozen=True)
class LastCall:
    """The latest call of a customer, of any direction and result."""

    day: pd.Timestamp
    kind: str | None
    result: str | None
    points: str | None
    row: int


def last_call_of(dataset: Dataset) -> Callable[[str | None, str | None], LastCall | None]:
    """Return a function from an archive number and a phone to the customer's latest call.

    Calls of the same number count, and those of the phone where either has no number.
    """
    by_number, by_phone, by_phone_unnamed = _last_calls(dataset)

    def last_call(number: str | None, phone: str | None) -> LastCall | None:
        if number is None:
            return by_phone.get(phone or "")
        found = [call for call in (by_number.get(number), by_phone_unnamed.get(phone or "")) if call]
        return max(found, key=lambda call: (call.day, call.row), default=None)

    return last_call


@lru_cache(maxsize=2)
def _last_calls(dataset: Dataset) -> tuple[dict[str, LastCall], ...]:
    """Return the latest call of each archive number, of each phone, and of each phone without a number.

    Of one day the lower row is the later.
    """
    calls = dataset.tables["Calls"].dropna(subset=["called_on"]).sort_values("called_on", kind="stable")
    return (
        _latest(calls, "archive_no"),
        _latest(calls, "phone"),
        _latest(calls[calls["archive_no"].isna()], "phone"),
    )


def _latest(calls: pd.DataFrame, key: str) -> dict[str, LastCall]:
    latest = calls.dropna(subset=[key]).drop_duplicates(key, keep="last")
    cells = latest[["called_on", "kind", "result", "points"]].astype("object")
    cells = cells.where(cells.notna(), None).assign(row=latest.index)
    return {
        number: LastCall(*row) for number, row in zip(latest[key], cells.itertuples(index=False), strict=True)
    }
