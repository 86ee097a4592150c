"""The rule of the staff: who is away has a deputy."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.rule import Rule


def away_without_deputy(dataset: Dataset) -> pd.Series:
    """Find staff who are away today while nobody stands in (RO-03)."""
    staff = dataset.tables["Staff"]
    away = (staff["away_from"] <= dataset.today) & ~(staff["away_to"] < dataset.today)
    return away & staff["deputy"].isna()


STAFF_RULES = (
    Rule(
        "deputy-missing",
        "Staff",
        ("deputy", "away_from", "away_to"),
        away_without_deputy,
        message="今天不在岗，请填写代理人",
        source="RO-03",
    ),
)
