"""Which order a follow-up call counts for."""

import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.follow_ups import calls_with_orders

VISITS = """
    row | order_no | archive_no | left_on
    4   | G1       | A1         | 2026-03-01
    5   | G2       | A1         | 2026-03-05
    6   | G3       | A1         | 2026-03-05
    7   | G4       | A1         | 2026-03-09
    8   | G5       | A2         | 2026-03-01
    9   | G6       | A1         |
"""


def order_of(call: str) -> object:
    """Return the order of a call: archive number, day, type, order."""
    calls = calls_with_orders(
        dataset_of(Visits=VISITS, Calls=f"row | archive_no | called_on | kind | order_no\n4 | {call}")
    )
    found = calls["order_no"].astype("object")
    return found.where(found.notna(), None)[4]


@pytest.mark.parametrize(
    ("call", "order"),
    [
        ("A1 | 2026-03-04 | 第一次跟踪 |", "G1"),
        ("A1 | 2026-03-05 | 第一次跟踪 |", "G3"),  # the day itself counts; of two, the lower row
        ("A1 | 2026-03-08 | 第二次跟踪 |", "G3"),
        ("A1 | 2026-03-18 | 第二次跟踪 |", "G4"),
    ],
)
def test_a_follow_up_without_an_order_is_of_the_one_that_left_last(call: str, order: str) -> None:
    assert order_of(call) == order


@pytest.mark.parametrize(
    "call",
    ["A1 | 2026-02-28 | 第一次跟踪 |", "A3 | 2026-03-08 | 第一次跟踪 |", "| 2026-03-08 | 第一次跟踪 |"],
)
def test_a_follow_up_before_any_car_left_is_of_no_order(call: str) -> None:
    assert order_of(call) is None


def test_a_call_of_another_kind_is_of_no_order() -> None:
    assert order_of("A1 | 2026-03-08 | 客户拜访 |") is None


def test_a_call_that_names_its_order_keeps_it() -> None:
    assert order_of("A1 | 2026-03-08 | 第一次跟踪 | G1") == "G1"


def test_a_follow_up_whose_order_number_is_unknown_is_of_no_order() -> None:
    calls = "row | archive_no | called_on | kind | 关联工单号\n4 | A1 | 2026-03-08 | 第一次跟踪 | G0"
    dataset = dataset_of(Visits=VISITS, Calls=calls)
    assert calls_with_orders(dataset)["order_no"].isna().all()
