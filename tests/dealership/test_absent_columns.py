"""A shop that keeps fewer columns than ours is judged by those it has; nothing is said of the others."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd
import pytest
from table_fixtures import TODAY, cells_of

from dealer_xl.dealership.dataset import Dataset, read_dataset
from dealer_xl.dealership.kpis import BY_CODE
from dealer_xl.dealership.period_words import period_of
from dealer_xl.dealership.reminders import REMINDERS, reminders_of
from dealer_xl.dealership.rules import RULES, apply_rules
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.sample import make_sample
from dealer_xl.schema import CHECK

DAY = date(2026, 11, 2)
KEPT_ANYHOW = {"archive_no", "plate", "vin", "phone"}
"""From these the archive number is derived where it is absent; they are tried apart."""


def _without(cells: dict[str, pd.DataFrame], table: str, *keys: str) -> dict[str, pd.DataFrame]:
    headings = [BY_NAME[table].heading(key) for key in keys]
    return {**cells, table: cells[table].drop(columns=headings)}


@cache
def _sample_cells() -> dict[str, pd.DataFrame]:
    sample = make_sample(DAY, 3, 25)
    return {
        table.name: pd.DataFrame(
            [
                {table.heading(key): value for key, value in row.items()}
                for row in sample.rows.get(table.name, [])
            ],
            columns=list(table.headings),
            dtype="object",
        ).rename(index=lambda place: place + 4)
        for table in TABLES
    }


VISIT = """
row | order_no | archive_no | plate    | came_on    | left_on    | kind | amount
4   | G1       | A1         | 粤A12345 | 2026-03-02 | 2026-03-03 | 维修 | 100
"""


def test_a_column_that_the_sheet_lacks_is_not_missing() -> None:
    dataset = read_dataset(_without(cells_of(Visits=VISIT), "Visits", "amount", "kind"), TODAY)
    assert dataset.issues == ()


def test_a_table_that_the_shop_does_not_keep_is_empty() -> None:
    cells = cells_of(Visits=VISIT)
    del cells["Complaints"]
    dataset = read_dataset(cells, TODAY)
    assert dataset.tables["Complaints"].empty
    assert dataset.lacks(["Complaints.received_on"]) == ()


def test_a_figure_names_the_columns_that_it_lacks() -> None:
    dataset = read_dataset(_without(cells_of(Visits=VISIT), "Visits", "rework"), TODAY)
    measured = BY_CODE["rework_rate"].measure(dataset, period_of("2026-03"))
    assert (measured.value, measured.lacks) == (None, ("是否返修",))


def test_a_name_that_refers_to_a_table_nobody_keeps_is_not_judged() -> None:
    cells = cells_of(Visits=VISIT)
    del cells["Staff"]
    cells["Visits"].loc[4, "服务顾问"] = "张三"
    assert read_dataset(cells, TODAY).issues == ()


def test_the_plate_stands_for_the_archive_number_where_customers_have_none() -> None:
    customers = "row | name | plate\n4 | 张伟 | 粤A12345"
    cells = _without(cells_of(Customers=customers, Visits=VISIT), "Customers", "archive_no")
    dataset = read_dataset(_without(cells, "Visits", "archive_no"), TODAY)
    numbers = [*dataset.tables["Customers"]["archive_no"], *dataset.tables["Visits"]["archive_no"]]
    assert numbers == ["粤A12345", "粤A12345"]


def test_a_visit_without_the_column_has_the_number_of_the_car_with_its_plate() -> None:
    customers = "row | archive_no | name | plate\n4 | A7 | 张伟 | 粤A12345"
    cells = _without(cells_of(Customers=customers, Visits=VISIT), "Visits", "archive_no")
    assert list(read_dataset(cells, TODAY).tables["Visits"]["archive_no"]) == ["A7"]


def test_a_call_that_names_only_its_order_has_the_number_of_the_order() -> None:
    calls = "row | order_no\n4 | G1"
    cells = _without(cells_of(Visits=VISIT, Calls=calls), "Calls", "archive_no")
    assert list(read_dataset(cells, TODAY).tables["Calls"]["archive_no"]) == ["A1"]


@pytest.mark.parametrize("table", [table.name for table in TABLES if not table.by_program])
def test_whatever_does_not_read_a_column_says_the_same_without_it(table: str) -> None:
    full = _found(read_dataset(_sample_cells(), DAY))
    for column in BY_NAME[table].columns:
        if column.key in KEPT_ANYHOW or not column.heading or column.required:
            continue
        without = _found(read_dataset(_without(_sample_cells(), table, column.key), DAY))
        name = f"{table}.{column.key}"
        for what, (reads, found) in full.items():
            if name not in reads and column.heading != CHECK:
                assert without[what][1] == found, (name, what)


def _found(dataset: Dataset) -> dict[str, tuple[tuple[str, ...], object]]:
    """Return what each rule, figure and kind of reminder finds, with the columns that it reads."""
    period = period_of("2026-10")
    by_kind: dict[str, set[tuple[object, ...]]] = {}
    for each in reminders_of(dataset):
        by_kind.setdefault(f"{each.kind.code} {each.kind.table}", set()).add(
            (each.row, each.due, each.earliest)
        )
    return {
        **{f"rule {rule.code}": (rule.reads, _places(dataset, rule)) for rule in RULES},
        **{
            f"figure {code}": ((*kpi.reads, *kpi.uses), kpi.measure(dataset, period))
            for code, kpi in BY_CODE.items()
        },
        **{
            f"reminder {kind.code}": (
                (*kind.reads, *kind.uses),
                by_kind.get(f"{kind.code} {kind.table}", set()),
            )
            for kind in REMINDERS
        },
    }


def _places(dataset: Dataset, rule: object) -> set[tuple[int, str]]:
    return {(issue.row, issue.column) for issue in apply_rules(dataset, (rule,))}  # type: ignore[arg-type]
