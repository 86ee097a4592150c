"""Who does the work: the clerk, or the deputy while the clerk is away (RO-03)."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dealer_xl.dealership.dataset import Dataset


def duty_of(dataset: Dataset) -> Callable[[object], object]:
    """Return a function from the clerk of a row to who stands in for them today; deputies' deputies, too."""
    staff = dataset.tables["Staff"].dropna(subset=["name", "deputy"])
    away = staff[(staff["away_from"] <= dataset.today) & ~(staff["away_to"] < dataset.today)]
    deputies = dict(zip(away["name"], away["deputy"], strict=True))

    def on_duty(clerk: object) -> object:
        asked = set()
        while clerk in deputies and clerk not in asked:
            asked.add(clerk)
            clerk = deputies[clerk]
        return None if pd.isna(clerk) else clerk  # type: ignore[call-overload]

    return on_duty
