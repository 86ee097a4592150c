"""Who does the work: the clerk, or the deputy while the clerk is away (RO-03)."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dealer_xl.dealership.dataset import Dataset


def duty_of(dataset: Dataset) -> Callable[[object], object]:
    """Return a function from the clerk of a row to who stands in for them today; deputies' deputies, too."""
    away = _away(dataset).dropna(subset=["deputy"])
    deputies = dict(zip(away["name"], away["deputy"], strict=True))

    def on_duty(clerk: object) -> object:
        asked = set()
        while clerk in deputies and clerk not in asked:
            asked.add(clerk)
            clerk = deputies[clerk]
        return None if pd.isna(clerk) else clerk  # type: ignore[call-overload]

    return on_duty


def away_without_deputy(dataset: Dataset) -> frozenset[str]:
    """Return who is away today and has nobody to stand in."""
    away = _away(dataset)
    return frozenset(away.loc[away["deputy"].isna(), "name"])


def _away(dataset: Dataset) -> pd.DataFrame:
    staff = dataset.tables["Staff"].dropna(subset=["name"])
    return staff[(staff["away_from"] <= dataset.today) & ~(staff["away_to"] < dataset.today)]
