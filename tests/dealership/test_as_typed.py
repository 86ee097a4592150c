"""What could not be read is shown to people as it was typed."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_fixtures import TODAY, cells_of, dataset_of, drawn

from dealer_xl.dealership.dataset import read_dataset
from dealer_xl.dealership.parsers import as_text, is_blank
from dealer_xl.dealership.reminders import reminders_of
from dealer_xl.dealership.rules import with_rule_issues
from dealer_xl.dealership.tables import BY_NAME

CUSTOMERS = """
row | name | phone              | plate    | vin               | bought_on  | cycle_km
4   | 张三 | 138 0013 8000      | 粤a12345 |                   | 2025.1.2   | 5千公里
5   | 李四 | 1380013800/三号   | 未上牌   | LDC613P23A1305189 | 去年       | 五千左右
6   | 王五 |                    |          | LSJA24U62JG269225 |            |
"""


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("phone", ["13800138000", "1380013800/三号", None]),
        ("plate", ["粤A12345", "未上牌", None]),
        ("bought_on", ["2025-01-02", "去年", None]),
        ("cycle_km", ["5000", "五千左右", None]),
    ],
)
def test_a_column_shows_what_was_read_and_what_was_typed(key: str, shown: list[str | None]) -> None:
    seen = dataset_of(Customers=CUSTOMERS).as_typed("Customers", key)

    assert [None if pd.isna(each) else each for each in seen] == shown


def test_a_reminder_shows_a_phone_and_a_plate_that_could_not_be_read() -> None:
    dataset = dataset_of(
        Customers="row | archive_no | phone | plate | vin\n4 | A1 | 1380013800 | 未上牌 | LDC613P23A1305189",
        Visits="row | archive_no | came_on | left_on\n4 | A1 | 2026-03-09 | 2026-03-10",
    )

    assert ("1380013800", "未上牌") in {(each.phone, each.plate) for each in reminders_of(dataset)}


typed_cells = st.one_of(
    st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times()
)


@given(
    st.sampled_from(
        [(name, column.key) for name in ("Customers", "Visits", "Calls") for column in BY_NAME[name].entered]
    ),
    typed_cells,
)
@settings(max_examples=40, deadline=None)
def test_no_value_in_any_cell_stops_the_check_or_is_blanked_in_silence(
    where: tuple[str, str], cell: object
) -> None:
    name, key = where
    cells = cells_of(**{name: drawn("row | note\n4 | x")})
    cells[name].loc[4, BY_NAME[name].heading(key)] = cell  # type: ignore[call-overload]
    dataset = with_rule_issues(read_dataset(cells, TODAY))

    assert is_blank(cell) or not as_text(cell) or dataset.as_typed(name, key).notna().all()
