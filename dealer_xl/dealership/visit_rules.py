"""The rules of the repair orders: days in order, kilometres that grow, slips and claims complete."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR
from dealer_xl.dealership.rule import Rule

SLIPS = ("repair_slip", "dispatch_slip", "settlement_slip")


def left_before_came(dataset: Dataset) -> pd.Series:
    """Find cars that left before they came."""
    visits = dataset.tables["Visits"]
    return visits["left_on"] < visits["came_on"]


def km_backwards(dataset: Dataset) -> pd.Series:
    """Find visits with fewer kilometres than an earlier one of the same car."""
    visits = dataset.tables["Visits"].dropna(subset=["archive_no", "came_on", "km"])
    visits = visits.sort_values(["came_on", "km"], kind="stable")
    most_so_far = visits.groupby("archive_no")["km"].cummax()
    return visits["km"] < most_so_far.groupby(visits["archive_no"]).shift()


def slips_missing(dataset: Dataset) -> pd.Series:
    """Find cars that left without all three slips: 三单合一 (WS-01)."""
    visits = dataset.tables["Visits"]
    return visits["left_on"].notna() & visits[list(SLIPS)].isna().any(axis=1)


def claim_without_result(dataset: Dataset) -> pd.Series:
    """Find warranty claims that left without a result."""
    visits = dataset.tables["Visits"]
    return (visits["kind"] == "保修索赔") & visits["left_on"].notna() & visits["claim"].isna()


VISIT_RULES = (
    Rule("left-before-came", "Visits", ("left_on", "came_on"), left_before_came, severity=ERROR),
    Rule("km-backwards", "Visits", ("km", "came_on", "archive_no"), km_backwards),
    Rule("slip-missing", "Visits", (*SLIPS, "left_on"), slips_missing, one_of=SLIPS),
    Rule("claim-result-missing", "Visits", ("claim", "kind", "left_on"), claim_without_result),
)
