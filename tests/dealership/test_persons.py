from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_fixtures import dataset_of, drawn

from dealer_xl.dealership.persons import bare_name, persons, refused, usable_address


def grouped(text: str) -> list[list[int]]:
    """Return the rows of each person."""
    people = drawn(text)
    return [list(rows) for rows in people.groupby(persons(people)).groups.values()]


@pytest.mark.parametrize(
    ("first", "second", "one_person"),
    [
        ("张伟 | 13800001111 | ", "张伟 | 13800001111 | ", True),
        ("张伟 | 13800001111 | ", "张 伟先生 | 13800001111 | ", True),
        ("张伟 | 13800001111 | ", "张伟 | 13800002222 | ", False),
        ("张伟 | 13800001111 | ", "李芳 | 13800001111 | ", False),
        ("张伟 | 13800001111 | 和平路1号", "李芳 | 13800001111 | 和平路 1号", True),
        ("张伟 | 13800001111 | 和平路1号", "李芳 | 13800002222 | 和平路1号", False),
        ("张伟 | 13800001111 | 同上", "李芳 | 13800001111 | 同上", False),
        ("张伟 | 13800001111 | --", "李芳 | 13800001111 | --", False),
        ("张伟 | 0531-88886666 | ", "张伟 | 053188886666 | ", True),
        ("张伟 | 0531-88886666 | ", "张伟 | (0531)8888 6666 | ", True),
        ("张伟 | | 和平路1号", "张伟 | | 和平路1号", False),
        ("| 13800001111 | ", "| 13800001111 | ", False),
    ],
)
def test_a_person_is_the_same_name_and_phone_or_the_same_phone_and_address(
    first: str, second: str, one_person: bool
) -> None:
    found = grouped(f"row | name | phone | address\n4 | {first}\n5 | {second}")

    assert found == ([[4, 5]] if one_person else [[4], [5]])


def test_a_person_is_taken_transitively() -> None:
    found = grouped("""
        row | name | phone       | address
        4   | 张伟 | 13800001111 |
        5   | 王强 | 13800001111 | 和平路1号
        6   | 李芳 | 13800003333 | 和平路1号
        7   | 张伟 | 13800001111 | 和平路1号
    """)

    assert found == [[4, 5, 7], [6]]


@given(st.permutations(range(4, 9)))
def test_the_order_of_the_rows_makes_no_other_persons(order: list[int]) -> None:
    people = drawn("""
        row | name | phone       | address
        4   | 张伟 | 13800001111 |
        5   | 王强 | 13800001111 | 和平路1号
        6   | 王强 | 13800003333 | 和平路1号
        7   | 张伟 | 13800001111 | 和平路1号
        8   | 张伟 | 13800003333 |
    """)
    moved = people.loc[order]

    assert {frozenset(rows) for rows in moved.groupby(persons(moved)).groups.values()} == {
        frozenset({4, 5, 7}),
        frozenset({6}),
        frozenset({8}),
    }


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("张伟先生", "张伟"),
        ("何经理", "何"),
        ("张总", "张"),
        ("先生", "先生"),
        ("张伟", "张伟"),
        ("李 芳 女士", "李芳"),
    ],
)
def test_a_title_is_no_part_of_a_name(typed: str, bare: str) -> None:
    assert bare_name(typed) == bare


@pytest.mark.parametrize("typed", ["无", "不详", "同上", "-", "——", " ", "暂无"])
def test_a_word_for_no_address_is_none(typed: str) -> None:
    assert usable_address(typed) is None


def test_a_refusal_on_any_car_of_a_person_is_a_refusal() -> None:
    customers = dataset_of(
        Customers="""
            row | archive_no | name     | phone       | consent
            4   | A1         | 张伟     | 13800001111 | 同意
            5   | A2         | 张伟先生 | 13800001111 | 拒绝
            6   | A3         | 张伟     | 13800002222 | 同意
            7   | A4         | 李芳     | 13800003333 |
        """
    ).tables["Customers"]

    assert list(refused(customers)) == [True, True, False, False]


def test_an_empty_archive_has_no_person() -> None:
    assert list(refused(dataset_of().tables["Customers"])) == []
