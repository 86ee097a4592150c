from __future__ import annotations

from datetime import date

import pytest
from table_fixtures import TODAY, dataset_of

from dealer_xl.dealership.day_list import TYPED, day_list, list_rows, week_rows, with_typed
from dealer_xl.dealership.reminders import becoming_due, reminders_of
from dealer_xl.dealership.tables import TODAY as LIST

FLEET = """
    row | archive_no | name     | phone       | insured_until | clerk
    4   | A1         | 顺达公司 | 13800001111 | 2026-04-20    | 张三
    5   | A2         | 顺达公司 | 13800001111 | 2026-04-10    | 张三
    6   | A3         | 李芳     | 13800002222 | 2026-04-20    | 李四
    7   | A4         | 王强     | 13800003333 | 2026-04-01    | 张三
"""


def rows_of(today: date = TODAY, **tables: str) -> list[dict[str, object]]:
    dataset = dataset_of(today, **tables)
    return list_rows(day_list(dataset, reminders_of(dataset)))


def test_a_person_with_two_cars_has_one_line_that_names_both() -> None:
    row = next(row for row in rows_of(Customers=FLEET) if row["customer"] == "顺达公司")

    assert (row["kind"], row["archive_no"]) == ("续保提醒", "A2、A1")
    assert row["due"] == date(2026, 3, 11)
    assert row["origin"] == "续保提醒 A2、续保提醒 A1"


def test_the_lines_stand_by_clerk_and_are_counted_for_each() -> None:
    found = [(row["clerk"], row["place"], row["customer"]) for row in rows_of(Customers=FLEET)]

    assert found == [("张三", 1, "王强"), ("张三", 2, "顺达公司"), ("李四", 1, "李芳")]


def test_a_clerk_who_is_away_without_a_deputy_is_named_on_the_line() -> None:
    staff = "row | name | deputy | away_from\n4 | 张三 | | 2026-03-01\n5 | 李四 | |"
    whys = {str(row["customer"]): str(row["why"]) for row in rows_of(Customers=FLEET, Staff=staff)}

    assert "张三离岗" in whys["王强"]
    assert "离岗" not in whys["李芳"]


def test_a_phone_that_cannot_be_read_is_shown_as_it_was_typed() -> None:
    customers = "row | archive_no | phone | plate | insured_until\n4 | A1 | 1380000转老张 | 临牌 | 2026-04-20"
    (row,) = rows_of(Customers=customers)

    assert (row["phone"], row["plate"]) == ("1380000转老张", "临牌")


def test_the_last_words_stand_on_the_line() -> None:
    calls = "row | archive_no | called_on | result | points\n4 | A3 | 2026-03-01 | 接通 | 问了价格"
    row = next(row for row in rows_of(Customers=FLEET, Calls=calls) if row["customer"] == "李芳")

    assert row["last_call"] == "03-01 其他：问了价格"


def test_the_list_fills_every_column_of_the_program_and_none_of_staff() -> None:
    (row, *_) = rows_of(Customers=FLEET)

    assert set(row) == {column.key for column in LIST.columns} - set(TYPED)


def test_what_staff_typed_stays_beside_its_task_on_a_new_list() -> None:
    rows = rows_of(Customers=FLEET)
    before = [{**row, "done": "接通", "points": "好"} if row["customer"] == "李芳" else row for row in rows]

    again = with_typed(rows, before)

    assert [(row["customer"], row.get("done")) for row in again] == [
        ("王强", None),
        ("顺达公司", None),
        ("李芳", "接通"),
    ]


def test_a_typed_line_whose_task_is_gone_stays_at_the_end() -> None:
    typed: dict[str, object] = {"customer": "周八", "done": "接通", "origin": "续保提醒 A9"}

    assert with_typed(rows_of(Customers=FLEET), [typed])[-1] == typed


def test_a_line_that_was_booked_is_not_carried_over() -> None:
    typed: dict[str, object] = {"customer": "周八", "done": "接通", "origin": "已登记：续保提醒 A9"}

    assert typed not in with_typed([], [typed])


@pytest.mark.parametrize(
    ("ends", "listed"),
    [("2026-04-17", False), ("2026-04-18", True), ("2026-04-24", True), ("2026-04-25", False)],
)
def test_the_week_is_what_becomes_due_in_the_seven_days_after_today(ends: str, listed: bool) -> None:
    dataset = dataset_of(TODAY, Customers=f"row | archive_no | insured_until\n4 | A1 | {ends}")

    assert bool(becoming_due(dataset)) is listed


def test_the_week_counts_each_day_and_clerk_first() -> None:
    dataset = dataset_of(TODAY, Customers=FLEET)
    rows = week_rows(becoming_due(dataset))

    assert [(row["clerk"], row["kind"], row["why"]) for row in rows[:2]] == [
        ("张三", "合计", "1项"),
        ("李四", "合计", "1项"),
    ]
    assert rows[0]["weekday"] == "星期六"
    assert len(rows) == 4
