"""The rules of days that follow each other: no step before the one that it follows."""

from __future__ import annotations

from functools import partial

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.rule import Rule
from dealer_xl.dealership.tables import BY_NAME

CHAINS = (
    ("Complaints", ("received_on", "reported_on")),
    ("Complaints", ("received_on", "solved_on", "told_on", "confirmed_on")),
    ("Events", ("starts_on", "ends_on")),
    ("Staff", ("away_from", "away_to")),
    ("Renewals", ("starts_on", "ends_on")),
    ("Visits", ("came_on", "promised_on")),
)
"""Steps in the order in which they happen."""


def before_its_step(dataset: Dataset, table: str, step: str, earlier: tuple[str, ...]) -> pd.Series:
    """Find steps before the nearest filled one of those before them; one that is unreadable says nothing."""
    rows, wrong = dataset.tables[table], dataset.error_masks[table]
    nearest = pd.Series(pd.NaT, index=rows.index, dtype=rows[step].dtype)
    filled = pd.Series(False, index=rows.index)
    for key in reversed(earlier):
        nearest = nearest.where(filled, rows[key])
        filled |= rows[key].notna() | wrong[key]
    return rows[step] < nearest


def came_before_bought(dataset: Dataset) -> pd.Series:
    """Find visits before the day on which the car was bought."""
    visits = dataset.tables["Visits"]
    archive = dataset.tables["Customers"].dropna(subset=["archive_no"]).drop_duplicates("archive_no")
    bought = look_up(visits["archive_no"], archive.set_index("archive_no")["bought_on"])
    return visits["came_on"] < bought


def _rule(table: str, step: str, earlier: tuple[str, ...]) -> Rule:
    steps = "、".join(BY_NAME[table].heading(key) for key in reversed(earlier))
    return Rule(
        "dates-out-of-order",
        table,
        (step,),
        partial(before_its_step, table=table, step=step, earlier=earlier),
        severity=ERROR,
        uses=tuple(f"{table}.{key}" for key in earlier),
        silenced_by=(step,),
        message=f"早于{steps}，请核对",
    )


DATE_RULES = (
    *(
        _rule(table, step, steps[:place])
        for table, steps in CHAINS
        for place, step in enumerate(steps)
        if place
    ),
    Rule(
        "dates-out-of-order",
        "Visits",
        ("came_on", "archive_no"),
        came_before_bought,
        severity=ERROR,
        also_reads=("Customers.archive_no", "Customers.bought_on"),
        message="早于这辆车的购车日期，请核对",
    ),
)
