"""What each 业务员 and 服务顾问 did in a period; a deputy's work counts for who did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from dealer_xl.dealership import follow_ups
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import Flow, Measured, Rows, ratio
from dealer_xl.dealership.kpi_functions import in_window
from dealer_xl.dealership.kpis import BY_CODE, REVENUE_TOTAL
from dealer_xl.dealership.periods import Period

ANSWERED = "接通"
PERSON_FIGURES = {
    "calls": ("打出电话", "个"),
    "reached": ("接通率", "%"),
    "in_time": ("按时跟踪", "单"),
    "csi": ("客户满意度CSI", "%"),
    "visits": ("接车台次", "台"),
    "revenue": ("产值", "元"),
    "ticket": ("单车产值", "元"),
    "rework": ("返修率", "%"),
    "complaints": ("投诉", "件"),
}
"""Code to name and unit, in the order of the sheet."""

Figures = Mapping[str, Measured]


@dataclass(frozen=True)
class Person:
    """One member of the staff and what he or she did."""

    name: str
    figures: Figures


def person_figures(dataset: Dataset, period: Period) -> tuple[Person, ...]:
    """Return everyone who phoned, took cars in or had a complaint in a period, by name; up to today."""
    span = period.up_to(dataset.today)
    counted: dict[str, dict[str, Measured]] = {}
    for code, found in (*_of_calls(dataset, span), *_of_visits(dataset, span), *_complaints(dataset, span)):
        for name, measured in found.items():
            counted.setdefault(name, {})[code] = measured
    return tuple(
        Person(name, {code: counted[name].get(code, _nothing(code)) for code in PERSON_FIGURES})
        for name in sorted(counted)
    )


def _nothing(code: str) -> Measured:
    shares = code in {"reached", "csi", "ticket", "rework"}
    return ratio(Fraction(0), Fraction(0), 0, 0) if shares else Measured(0.0, 0, 0)


_Found = tuple[str, dict[str, Measured]]


def _of_calls(dataset: Dataset, span: Period) -> list[_Found]:
    """Return what callers did: calls made, answered, in time, and the scores they were given."""
    calls = _sure(dataset, "Calls", "called_on", "direction", "kind", "result", "clerk")
    inside = calls[calls["called_on"].between(span.first, span.last)]
    made = inside[inside["direction"] == "呼出"]
    answered = made["result"] == ANSWERED
    return [
        ("calls", _counts(made["clerk"])),
        ("reached", _shares(made["clerk"], answered)),
        ("in_time", _in_time(dataset, calls, span)),
        ("csi", _means(dataset, "csi", "clerk", span)),
    ]


def _in_time(dataset: Dataset, calls: Rows, span: Period) -> dict[str, Measured]:
    """Count the orders whose first and second call each caller made in the window that ends in the span."""
    windows = pd.concat(
        [
            each.assign(clerk=calls["clerk"].reindex(each.index), which=which)
            for which, each in enumerate((follow_ups.first_calls(dataset), follow_ups.second_calls(dataset)))
        ]
    )
    kept = windows[in_window(windows) & windows["due"].between(span.first, span.last)]
    return _counts(kept.drop_duplicates(["which", "order_no", "clerk"])["clerk"])


def _of_visits(dataset: Dataset, span: Period) -> list[_Found]:
    """Return what advisers did: cars taken in, their money by 出厂日期, and repairs done again."""
    visits = _sure(dataset, "Visits", "came_on", "advisor", "rework")
    received = visits[visits["came_on"].between(span.first, span.last)]
    money = _grouped(dataset, REVENUE_TOTAL, "advisor", span)
    scale = REVENUE_TOTAL.scale
    return [
        ("visits", _counts(received["advisor"])),
        ("revenue", {name: Measured(added / scale, rows, 0) for name, (added, rows) in money.items()}),
        (
            "ticket",
            {
                name: ratio(Fraction(added, scale), Fraction(rows), rows, 0)
                for name, (added, rows) in money.items()
            },
        ),
        ("rework", _shares(received["advisor"], received["rework"] == "是")),
    ]


def _complaints(dataset: Dataset, span: Period) -> list[_Found]:
    """Count the complaints of cars whose latest visit before an adviser had taken in."""
    complaints = BY_CODE["complaints"]
    rows = dataset.tables["Complaints"].loc[list(complaints.rows_of(dataset, span))]
    visits = (
        dataset.tables["Visits"]
        .dropna(subset=["archive_no", "came_on"])
        .sort_values("came_on", kind="stable")
    )
    known = rows.dropna(subset=["archive_no"]).sort_values("received_on", kind="stable")
    if known.empty or visits.empty:
        return [("complaints", {})]
    found = pd.merge_asof(
        known[["received_on", "archive_no"]],
        visits[["came_on", "archive_no", "advisor"]],
        left_on="received_on",
        right_on="came_on",
        by="archive_no",
    )
    return [("complaints", _counts(found["advisor"]))]


def _sure(dataset: Dataset, table: str, *keys: str) -> Rows:
    return dataset.tables[table][~dataset.error_masks[table][list(keys)].any(axis=1)]


def _counts(names: pd.Series) -> dict[str, Measured]:
    return {str(name): Measured(float(count), int(count), 0) for name, count in names.value_counts().items()}


def _shares(names: pd.Series, right: pd.Series) -> dict[str, Measured]:
    groups = right.groupby(names)
    return {
        str(name): ratio(Fraction(int(above)), Fraction(int(below)), int(below), 0)
        for name, above, below in zip(groups.sum().index, groups.sum(), groups.count(), strict=True)
    }


def _grouped(dataset: Dataset, flow: Flow, column: str, span: Period) -> dict[str, tuple[int, int]]:
    """Return what a figure's rows add, and how many they are, under each name of a column."""
    rows = dataset.tables[flow.table].loc[list(flow.rows_of(dataset, span))]
    added = flow.adds(rows, dataset) if flow.adds else pd.Series(1, index=rows.index)
    groups = added.groupby(rows[column])
    return {
        str(name): (int(total), int(count))
        for name, total, count in zip(groups.sum().index, groups.sum(), groups.count(), strict=True)
    }


def _means(dataset: Dataset, code: str, column: str, span: Period) -> dict[str, Measured]:
    flow = BY_CODE[code]
    assert isinstance(flow, Flow)  # noqa: S101 - csi is a mean of rows
    return {
        name: ratio(Fraction(added, flow.scale), Fraction(rows), rows, 0)
        for name, (added, rows) in _grouped(dataset, flow, column, span).items()
    }
