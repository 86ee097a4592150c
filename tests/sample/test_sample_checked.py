from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import pytest

from dealer_xl.dealership.dataset import read_dataset
from dealer_xl.dealership.rules import apply_rules
from dealer_xl.dealership.tables import TABLES
from dealer_xl.sample import Cell, make_sample
from dealer_xl.schema import Table

FIRST_ROW = 4


def as_cells(table: Table, rows: Sequence[Mapping[str, Cell]]) -> pd.DataFrame:
    cells = {column.heading: [row.get(column.key) for row in rows] for column in table.columns}
    return pd.DataFrame(cells, index=range(FIRST_ROW, FIRST_ROW + len(rows)), dtype="object")


@pytest.mark.parametrize("today", [date(2026, 3, 18), date(2024, 2, 29), date(2026, 1, 1)], ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_check_finds_the_planted_mistakes_and_nothing_else(today: date, seed: int) -> None:
    sample = make_sample(today, seed, vehicles=120)
    dataset = read_dataset(
        {table.name: as_cells(table, sample.rows.get(table.name, ())) for table in TABLES}, today
    )

    found = [
        (issue.table.name, issue.row - FIRST_ROW, issue.column, issue.code)
        for issue in (*dataset.issues, *apply_rules(dataset))
    ]

    assert sorted(found) == sorted(
        (each.table, each.place, each.column, each.code) for each in sample.planted
    )
