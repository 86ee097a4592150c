from datetime import date

import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.reminders import Reminder, reminders_of

CAR = "row | archive_no | cycle_months | cycle_km | last_service_on | last_service_km"
VISITS = "row | archive_no | came_on | km | kind"


def due(today: str = "2026-03-18", **tables: str) -> list[tuple[int, str, int]]:
    """Return which services are due: row, day, days overdue."""
    return [
        (reminder.row, f"{reminder.due:%Y-%m-%d}", reminder.overdue_days)
        for reminder in services(today, **tables)
    ]


def services(today: str = "2026-03-18", **tables: str) -> list[Reminder]:
    dataset = dataset_of(date.fromisoformat(today), **tables)
    return [reminder for reminder in reminders_of(dataset) if reminder.kind.code == "service-due"]


@pytest.mark.parametrize(
    ("today", "overdue"), [("2026-03-17", None), ("2026-03-18", 0), ("2026-04-01", 0), ("2026-04-02", 1)]
)
def test_a_service_is_told_of_two_weeks_before_its_months_are_over(today: str, overdue: int | None) -> None:
    found = due(today, Customers=f"{CAR}\n4 | A1 | 6 | | 2025-10-01 |")

    assert found == ([] if overdue is None else [(4, "2026-04-01", overdue)])


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert due("2026-02-28", Customers=f"{CAR}\n4 | A1 | 6 | | 2025-08-31 |") == [(4, "2026-02-28", 0)]


def test_a_car_without_a_cycle_or_a_last_service_is_never_due() -> None:
    assert (
        due(
            Customers=f"{CAR}\n4 | A1 | | | 2020-01-01 | 100\n5 | A2 | 6 | 10000 | |\n6 | A3 | 半年 | | 2020-01-01 |"
        )
        == []
    )


def test_kilometres_reached_earlier_than_the_months_make_the_day() -> None:
    """10 000 km at the service, 13 000 a hundred days later: 30 a day, so 20 000 on the 333rd day at the earliest."""
    customers = f"{CAR}\n4 | A1 | 12 | 10000 | 2025-06-01 | 10000"
    visits = f"{VISITS}\n4 | A1 | 2025-06-01 | 10000 | 保养\n5 | A1 | 2025-09-09 | 13000 | 维修"

    assert due("2026-04-30", Customers=customers, Visits=visits) == [(4, "2026-05-01", 0)]


def test_months_over_earlier_than_the_kilometres_make_the_day() -> None:
    customers = f"{CAR}\n4 | A1 | 9 | 10000 | 2025-06-01 | 10000"
    visits = f"{VISITS}\n4 | A1 | 2025-06-01 | 10000 | 保养\n5 | A1 | 2025-09-09 | 13000 | 维修"

    assert due(Customers=customers, Visits=visits) == [(4, "2026-03-01", 17)]


def test_kilometres_alone_are_enough() -> None:
    customers = f"{CAR}\n4 | A1 | | 5000 | 2025-12-01 | 10000"
    visits = f"{VISITS}\n4 | A1 | 2025-12-01 | 10000 | 保养\n5 | A1 | 2026-03-11 | 15000 | 维修"

    assert due(Customers=customers, Visits=visits) == [(4, "2026-03-11", 7)]


def test_one_reading_tells_nothing_of_the_kilometres_a_day() -> None:
    customers = f"{CAR}\n4 | A1 | | 5000 | 2025-12-01 | 10000"

    assert due(Customers=customers, Visits=f"{VISITS}\n4 | A1 | 2026-03-11 | 99999 | 维修") == []


def test_readings_that_run_backwards_or_stand_on_one_day_tell_nothing() -> None:
    customers = f"{CAR}\n4 | A1 | | 5000 | 2025-12-01 | 10000\n5 | A2 | | 5000 | 2025-12-01 | 10000"
    visits = """
        row | archive_no | came_on    | km    | kind
        4   | A1         | 2025-12-01 | 20000 | 维修
        5   | A1         | 2026-03-11 | 15000 | 维修
        6   | A2         | 2026-03-11 | 15000 | 维修
        7   | A2         | 2026-03-11 | 16000 | 维修
    """

    assert due(Customers=customers, Visits=visits) == []


def test_a_car_s_kilometres_are_its_own() -> None:
    customers = f"{CAR}\n4 | A1 | | 5000 | 2025-12-01 | 10000\n5 | A2 | | 5000 | 2025-12-01 | 10000"
    visits = f"{VISITS}\n4 | A1 | 2025-12-01 | 10000 | 维修\n5 | A2 | 2026-03-11 | 15000 | 维修"

    assert due(Customers=customers, Visits=visits) == []


def test_the_last_service_is_the_later_of_the_archive_s_and_the_repair_orders() -> None:
    customers = f"{CAR}\n4 | A1 | 6 | | 2025-09-01 |\n5 | A2 | 6 | | 2025-09-20 |\n6 | A3 | 6 | | |"
    visits = """
        row | archive_no | came_on    | kind | km
        4   | A1         | 2025-12-01 | 保养 |
        5   | A2         | 2025-01-01 | 保养 |
        6   | A3         | 2025-09-19 | 保养 |
        7   | A3         | 2025-12-19 | 维修 |
    """

    assert due(Customers=customers, Visits=visits) == [(6, "2026-03-19", 0), (5, "2026-03-20", 0)]


@pytest.mark.parametrize(
    ("call", "still"),
    [
        ("2026-03-18 | 保养提醒 | 接通 | 呼出", False),
        ("2026-03-20 | 保养提醒 | 接通 | 呼出", False),
        ("2026-03-17 | 保养提醒 | 接通 | 呼出", True),  # before the time: of the service before
        ("2026-03-20 | 保养提醒 | 未接 | 呼出", True),
        ("2026-03-20 | 保养提醒 | 接通 | 呼入", True),
        ("2026-03-20 | 咨询     | 接通 | 呼出", True),
    ],
)
def test_a_service_vanishes_when_the_customer_was_reminded_and_answered(call: str, still: bool) -> None:
    calls = f"row | archive_no | called_on | kind | result | direction\n4 | A1 | {call}"

    assert bool(due("2026-03-21", Customers=f"{CAR}\n4 | A1 | 6 | | 2025-10-01 |", Calls=calls)) is still


def test_how_far_ahead_is_a_setting() -> None:
    customers = f"{CAR}\n4 | A1 | 6 | | 2025-10-01 |"

    assert due(
        "2026-03-02", Customers=customers, Settings="row | key | value\n4 | service_ahead_days | 30"
    ) == [(4, "2026-04-01", 0)]


def test_a_phone_call_is_no_service() -> None:
    calls = "row | archive_no | called_on | kind\n4 | A1 | 2026-03-01 | 其他"

    assert due("2026-04-02", Customers=f"{CAR}\n4 | A1 | 6 | | 2025-10-01 |", Calls=calls) == [
        (4, "2026-04-01", 1)
    ]


def test_the_reason_says_whether_months_or_kilometres_made_the_day() -> None:
    by_km = f"{VISITS}\n4 | A1 | 2025-12-01 | 10000 | 保养\n5 | A1 | 2026-03-11 | 15000 | 维修"
    customers = f"{CAR}\n4 | A1 | 12 | 5000 | 2025-12-01 | 10000\n5 | A2 | 3 | | 2025-12-01 |"

    first, second = services(Customers=customers, Visits=by_km)
    assert first.why != second.why
    assert "2025-12-01" in first.why
