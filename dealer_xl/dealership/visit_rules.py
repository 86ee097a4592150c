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


def km_jump(dataset: Dataset) -> pd.Series:
    """Find the one reading that is larger than a later one, while the readings without it never fall."""
    readings = _readings(dataset)
    jumps = pd.Series(False, index=readings.index)
    jumps[list(_jumps(readings).values())] = True
    return jumps


def km_backwards(dataset: Dataset) -> pd.Series:
    """Find visits with fewer kilometres than an earlier one of the same car; a jump in between is no measure."""
    readings = _readings(dataset)
    most_so_far = readings.groupby("archive_no")["km"].cummax()
    less = readings["km"] < most_so_far.groupby(readings["archive_no"]).shift()
    return less & ~readings["archive_no"].isin(list(_jumps(readings)))


def _readings(dataset: Dataset) -> pd.DataFrame:
    """List the readings of all cars as they should grow: by day, those of one day by kilometres."""
    visits = dataset.tables["Visits"].dropna(subset=["archive_no", "came_on", "km"])
    return visits.sort_values(["came_on", "km"], kind="stable")


def _jumps(readings: pd.DataFrame) -> dict[str, int]:
    """Return the row of each car's reading without which its kilometres never fall; cars without one are left out."""
    falling = readings["km"] > readings.groupby("archive_no")["km"].shift(-1)
    suspects = readings[falling].drop_duplicates("archive_no").set_index("archive_no")
    cars = readings[readings["archive_no"].isin(suspects.index)].groupby("archive_no")["km"]
    found = {}
    for car, km in cars:
        row = (km > km.shift(-1)).idxmax()
        if km.drop(row).is_monotonic_increasing:
            found[str(car)] = int(row)  # type: ignore[call-overload]
    return found


def slips_missing(dataset: Dataset) -> pd.Series:
    """Find cars that left without all three slips: 三单合一 (WS-01)."""
    visits = dataset.tables["Visits"]
    return visits["left_on"].notna() & visits[list(SLIPS)].isna().any(axis=1)


def claim_without_result(dataset: Dataset) -> pd.Series:
    """Find warranty claims that left without a result."""
    visits = dataset.tables["Visits"]
    return (visits["kind"] == "保修索赔") & visits["left_on"].notna() & visits["claim"].isna()


VISIT_RULES = (
    Rule(
        "left-before-came",
        "Visits",
        ("left_on", "came_on"),
        left_before_came,
        severity=ERROR,
        message="出厂日期早于进厂日期，请核对这两个日期",
    ),
    Rule(
        "km-backwards",
        "Visits",
        ("km", "came_on", "archive_no"),
        km_backwards,
        message="比这辆车以前进厂时的里程还少，请核对",
    ),
    Rule(
        "km-jump",
        "Visits",
        ("km", "came_on", "archive_no"),
        km_jump,
        message="比这辆车后来的里程还多，是否多打了一位",
    ),
    Rule(
        "slip-missing",
        "Visits",
        (*SLIPS, "left_on"),
        slips_missing,
        one_of=SLIPS,
        message="车已出厂，送修单、派工单、结算单要三单齐全",
        source="WS-01",
    ),
    Rule(
        "claim-result-missing",
        "Visits",
        ("claim", "kind", "left_on"),
        claim_without_result,
        message="索赔车已出厂，请填写索赔结果",
    ),
)
