from __future__ import annotations

from datetime import date

import pytest
from table_fixtures import TODAY, dataset_of, drawn

from dealer_xl.dealership.booking import Booking, book_lines
from dealer_xl.dealership.parsed_table import parse_table
from dealer_xl.dealership.tables import CALLS, COMPLAINTS
from dealer_xl.dealership.tables import TODAY as LIST

STORE = {
    "Customers": """
        row | archive_no | name | phone       | plate    | clerk | insured_until
        4   | A1         | 张伟 | 13800001111 | 粤A12345 | 张三  | 2026-04-20
        5   | A2         | 李芳 | 13800002222 | 粤A12346 | 张三  |
    """,
    "Visits": "row | order_no | archive_no | came_on | left_on\n4 | G1 | A2 | 2026-03-10 | 2026-03-12",
    "Tasks": "row | task_no | month | content | planned_on\n4 | P1 | 2026-03 | 讲堂 | 2026-03-20",
    "Complaints": """
        row | complaint_no | archive_no | received_on | solved_on  | told_on
        4   | T1           | A1         | 2026-03-16  |            |
        5   | T2           | A2         | 2026-03-16  | 2026-03-18 |
    """,
}
RENEWAL, FOLLOW_UP, PLAN = "续保提醒 A1", "第一次跟踪 G1", "工作计划 P1"


def booked(line: str, today: date = TODAY, **tables: str) -> Booking:
    """Book one line, drawn under origin, done and other columns, in row 4."""
    cells = drawn(
        f"row | origin | done | points | satisfaction | complaint | next_on | consent | archive_no | clerk\n4 | {line}"
    )
    cells = cells.rename(columns={column.key: column.heading for column in LIST.columns})
    dataset = dataset_of(today, **{**STORE, **tables})
    return book_lines(dataset, parse_table(cells, LIST, today))


def reasons(booking: Booking) -> list[str]:
    return [each.reason for each in booking.skipped]


def test_an_answered_call_becomes_a_row_of_the_register() -> None:
    booking = booked(f"{FOLLOW_UP} | 接通 | 很满意 | 95 | | | | A2 | 张三")

    (call,) = booking.rows[CALLS]
    assert {
        key: call[key] for key in ("called_on", "direction", "archive_no", "kind", "order_no", "result")
    } == {
        "called_on": TODAY,
        "direction": "呼出",
        "archive_no": "A2",
        "kind": "第一次跟踪",
        "order_no": "G1",
        "result": "接通",
    }
    assert (call["points"], call["satisfaction"], call["clerk"]) == ("很满意", 95, "张三")
    assert booking.origins == {4: f"已登记：{FOLLOW_UP}"}


def test_each_reason_of_a_line_becomes_a_call_and_the_day_of_the_next_stands_on_one() -> None:
    booking = booked(f"{RENEWAL}、{FOLLOW_UP} | 接通 | 好 | | | 2026-03-25 | | A1、A2 | 张三")

    calls = booking.rows[CALLS]
    assert [(call["kind"], call["next_on"]) for call in calls] == [
        ("续保提醒", date(2026, 3, 25)),
        ("第一次跟踪", None),
    ]
    assert len({call["call_no"] for call in calls}) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"{RENEWAL} | 已办 | | | | | | A1 |", "result-does-not-fit"),
        (f"{PLAN} | 接通 | | | | | | |", "result-does-not-fit"),
        (f"{RENEWAL} | 打通了 | | | | | | A1 |", "unknown-result"),
        (f"已登记：{RENEWAL} | 接通 | | | | | | A1 |", "already-booked"),
        (f"{RENEWAL} | | 好 | | | | | A1 |", "wrong-entry"),
        (f"{RENEWAL} | 接通 | | 300 | | | | A1 |", "wrong-entry"),
        (f"{RENEWAL} | 接通 | | | | 2026-03-17 | | A1 |", "wrong-entry"),
        ("续保提醒 A9 | 接通 | | | | | | A9 |", "task-gone"),
        ("| 接通 | | | | | | A1 |", "task-gone"),
    ],
)
def test_a_line_that_cannot_be_booked_says_why_and_writes_nothing(line: str, reason: str) -> None:
    booking = booked(line)

    assert reasons(booking) == [reason]
    assert (booking.rows, booking.cells, booking.origins) == ({}, {}, {})
    assert "第4行" in booking.skipped[0].message


def test_a_call_that_was_typed_by_hand_today_is_not_booked_twice() -> None:
    calls = "row | archive_no | called_on | kind | result\n4 | A1 | 2026-03-18 | 续保提醒 | 未接"

    assert reasons(booked(f"{RENEWAL} | 未接 | | | | | | A1 |", Calls=calls)) == ["typed-by-hand"]


def test_a_task_that_a_typed_call_settled_is_said_to_be_typed_by_hand() -> None:
    calls = "row | archive_no | called_on | kind | result\n4 | A1 | 2026-03-18 | 续保提醒 | 接通"

    assert reasons(booked(f"{RENEWAL} | 接通 | | | | | | A1 |", Calls=calls)) == ["typed-by-hand"]


def test_an_unanswered_call_is_made_again_on_the_next_open_day() -> None:
    (call,) = booked(
        f"{RENEWAL} | 未接 | | | | | | A1 |", Calendar="row | day | kind\n4 | 2026-03-19 | 休息"
    ).rows[CALLS]

    assert call["next_on"] == date(2026, 3, 20)


def test_the_last_try_asks_for_no_other() -> None:
    calls = """
        row | archive_no | called_on  | kind     | result
        4   | A1         | 2026-03-16 | 续保提醒 | 未接
        5   | A1         | 2026-03-17 | 续保提醒 | 未接
    """
    (call,) = booked(f"{RENEWAL} | 未接 | | | | | | A1 |", Calls=calls).rows[CALLS]

    assert call["next_on"] is None


def test_a_complaint_opens_a_row_of_its_own() -> None:
    booking = booked(f"{FOLLOW_UP} | 接通 | 车没洗干净 | | 是 | | | A2 | 张三")

    (complaint,) = booking.rows[COMPLAINTS]
    assert (complaint["call_no"], complaint["content"], complaint["status"]) == (
        booking.rows[CALLS][0]["call_no"],
        "车没洗干净",
        "处理中",
    )
    assert complaint["complaint_no"] == "T3"


@pytest.mark.parametrize(
    ("origin", "table", "column", "row"),
    [(PLAN, "Tasks", "done_on", 4), ("上报投诉 T1", "Complaints", "reported_on", 4)],
)
def test_what_is_no_call_is_done_by_its_date(origin: str, table: str, column: str, row: int) -> None:
    booking = booked(f"{origin} | 已办 | | | | | | |")

    assert {(key[0].name, key[1]): cells for key, cells in booking.cells.items()} == {
        (table, column): {row: TODAY}
    }
    assert booking.booked[0].record is None


@pytest.mark.parametrize(("result", "told"), [("接通", True), ("未接", False)])
def test_a_solution_counts_as_told_only_when_the_customer_was_reached(result: str, told: bool) -> None:
    booking = booked(f"告知解决办法 T2 | {result} | | | | | | A2 | 张三")

    assert booking.rows[CALLS][0]["kind"] == "投诉回访"
    assert bool(booking.cells) is told


def test_consent_is_written_into_the_archive_with_its_proof() -> None:
    booking = booked(f"{RENEWAL} | 接通 | | | | | 拒绝 | A1、A2 | 张三")

    found = {key: cells for (_, key), cells in booking.cells.items()}
    assert found["consent"] == {4: "拒绝", 5: "拒绝"}
    assert found["consent_note"][4] == "2026-03-18 电话 张三"


def test_a_letter_is_left_to_the_letters() -> None:
    customers = "row | archive_no | name | consent | address\n4 | A1 | 张 | 同意 | 和平路1号"
    tables = {
        "Customers": customers,
        "Events": "row | event_no | starts_on\n4 | H1 | 2026-04-11",
        "Calls": "row | archive_no | kind | event_no | called_on\n4 | A1 | 活动通知 | H1 | 2026-03-17",
    }

    assert reasons(booked("寄活动信函 H1/A1 | 已办 | | | | | | A1 |", TODAY, **tables)) == ["use-letters"]


def test_an_untouched_line_is_left_alone() -> None:
    booking = booked(f"{RENEWAL} | | | | | | | A1 | 张三")

    assert (booking.booked, booking.skipped) == ([], [])


def test_numbers_go_on_from_the_last_of_the_register() -> None:
    calls = "row | call_no | archive_no | called_on\n4 | T-0099 | A2 | 2026-01-01"
    (call,) = booked(f"{RENEWAL} | 接通 | | | | | | A1 |", Calls=calls).rows[CALLS]

    assert call["call_no"] == "T-0100"
