from datetime import date

import pytest
from table_fixtures import TODAY, dataset_of

from dealer_xl.dealership.reminders import (
    REMINDERS,
    Reminder,
    UnknownReminderError,
    customers_with,
    reminders_of,
)
from dealer_xl.dealership.report_rows import today_rows
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.dealership.tables import TODAY as LIST
from dealer_xl.schema import FilledBy

LEFT = "row | order_no | archive_no | came_on | left_on\n4 | G1 | A1 | 2026-02-27 | 2026-03-01"
ANSWERED = "4 | 第一次跟踪 | G1 | 2026-03-05 | 接通 | 呼出"
CALLS = "row | kind | order_no | called_on | result | direction"

NOT_LISTED_YET = {"last_call", "archive_no", "order_no"}
"""Columns of 今日必做 that no reminder has a word for yet."""


def reminders(today: date = TODAY, **tables: str) -> tuple[Reminder, ...]:
    return reminders_of(dataset_of(today, **tables))


def kinds(today: date = TODAY, **tables: str) -> list[tuple[str, str, int]]:
    """Return what is to be done: kind, table, row."""
    return [
        (reminder.kind.code, reminder.kind.table, reminder.row) for reminder in reminders(today, **tables)
    ]


def march(day: int) -> date:
    return date(2026, 3, day)


FIRST, SECOND = ("first-follow-up", "Visits", 4), ("second-follow-up", "Visits", 4)


def test_an_empty_store_has_nothing_to_do() -> None:
    assert kinds() == []


@pytest.mark.parametrize(
    ("today", "overdue"),
    [(march(3), None), (march(4), 0), (march(8), 0), (march(9), 1), (march(18), 10)],
    ids=str,
)
def test_a_first_follow_up_is_shown_from_the_third_day_and_due_on_the_seventh(
    today: date, overdue: int | None
) -> None:
    found = reminders(today, Visits=LEFT)

    assert [reminder.overdue_days for reminder in found] == ([] if overdue is None else [overdue])
    assert all((reminder.earliest.date(), reminder.due.date()) == (march(4), march(8)) for reminder in found)


@pytest.mark.parametrize(
    ("today", "overdue"), [(march(12), None), (march(13), 0), (march(19), 0), (march(20), 1)], ids=str
)
def test_a_second_follow_up_is_shown_from_the_eighth_day_after_the_first_and_due_on_the_fourteenth(
    today: date, overdue: int | None
) -> None:
    found = reminders(today, Visits=LEFT, Calls=f"{CALLS}\n{ANSWERED}")

    assert [(reminder.kind.code, reminder.overdue_days) for reminder in found] == (
        [] if overdue is None else [("second-follow-up", overdue)]
    )
    assert all(
        (reminder.earliest.date(), reminder.due.date()) == (march(13), march(19)) for reminder in found
    )


@pytest.mark.parametrize(
    ("call", "left_to_do"),
    [
        ("第一次跟踪 | G1 | 2026-03-01 | 未接 | 呼出", []),  # whether or not it was answered
        ("第一次跟踪 | G1 | 2026-03-10 | 空号 | 呼出", []),
        ("第一次跟踪 | G1 | 2026-02-28 | 接通 | 呼出", [FIRST]),  # while the car was still in the shop
        ("第一次跟踪 | G2 | 2026-03-05 | 接通 | 呼出", [FIRST]),  # of another order
        ("第一次跟踪 | G1 | 2026-03-05 | 接通 | 呼入", [FIRST]),
        ("咨询       | G1 | 2026-03-05 | 接通 | 呼出", [FIRST]),
        ("第二次跟踪 | G1 | 2026-03-05 | 接通 | 呼出", [FIRST]),
        ("第一次跟踪 |    | 2026-03-05 | 接通 | 呼出", [FIRST]),
    ],
)
def test_a_first_follow_up_vanishes_when_the_call_is_entered(
    call: str, left_to_do: list[tuple[str, str, int]]
) -> None:
    visits = f"{LEFT}\n5 | G2 | A1 | 2026-03-17 |"

    assert kinds(march(12), Visits=visits, Calls=f"{CALLS}\n4 | {call}") == left_to_do


@pytest.mark.parametrize(
    ("call", "left_to_do"),
    [
        ("第二次跟踪 | G1 | 2026-03-13 | 接通 | 呼出", []),
        ("第二次跟踪 | G1 | 2026-03-13 | 未接 | 呼出", []),
        ("第二次跟踪 | G1 | 2026-03-03 | 接通 | 呼出", []),  # even a hasty one
        ("第二次跟踪 | G1 | 2026-03-13 | 接通 | 呼入", [SECOND]),
        ("第一次跟踪 | G1 | 2026-03-13 | 接通 | 呼出", [SECOND]),
    ],
)
def test_a_second_follow_up_vanishes_when_the_call_is_entered(
    call: str, left_to_do: list[tuple[str, str, int]]
) -> None:
    assert kinds(Visits=LEFT, Calls=f"{CALLS}\n{ANSWERED}\n5 | {call}") == left_to_do


def test_an_unanswered_first_call_asks_for_no_second_and_the_answered_one_starts_its_window() -> None:
    unanswered = "4 | 第一次跟踪 | G1 | 2026-03-04 | 未接 | 呼出"
    again = "5 | 第一次跟踪 | G1 | 2026-03-08 | 接通 | 呼出\n6 | 第一次跟踪 | G1 | 2026-03-09 | 接通 | 呼出"

    assert reminders(march(31), Visits=LEFT, Calls=f"{CALLS}\n{unanswered}") == ()
    (reminder,) = reminders(march(31), Visits=LEFT, Calls=f"{CALLS}\n{unanswered}\n{again}")
    assert (reminder.earliest.date(), reminder.due.date()) == (march(16), march(22))


def test_a_car_that_has_not_left_needs_no_follow_up() -> None:
    assert kinds(Visits="row | order_no | left_on\n4 | G1 |") == []


def test_every_order_of_a_customer_is_followed_up() -> None:
    visits = f"{LEFT}\n5 | G2 | A1 | 2026-03-01 | 2026-03-02"

    assert kinds(march(9), Visits=visits) == [FIRST, ("first-follow-up", "Visits", 5)]


@pytest.mark.parametrize(("today", "overdue"), [(march(10), 0), (march(12), 0), (march(13), 1)], ids=str)
def test_an_archive_is_due_two_days_after_the_customer_came(today: date, overdue: int) -> None:
    (reminder,) = reminders(today, Customers="row | came_on | archived_on | name\n4 | 2026-03-10 | | 李四")

    assert (reminder.kind.code, reminder.table, reminder.row) == ("archive-due", BY_NAME["Customers"], 4)
    assert (reminder.overdue_days, reminder.customer) == (overdue, "李四")


def test_an_archive_that_is_made_or_whose_day_is_only_mistyped_is_not_due() -> None:
    assert (
        kinds(Customers="row | came_on | archived_on\n4 | 2026-03-10 | 2026-03-18\n5 | 2026-03-10 | 三月")
        == []
    )


def test_a_visit_of_a_car_without_an_archive_asks_for_one() -> None:
    visits = "row | archive_no | came_on | name | plate\n4 | A9 | 2026-03-10 | 李四 | 粤B12345\n5 | | 2026-03-11 | |\n6 | A1 | 2026-03-11 | |"

    assert kinds(Visits=visits, Customers="row | archive_no\n4 | A1") == [
        ("archive-due", "Visits", 4),
        ("archive-due", "Visits", 5),
    ]


def test_a_task_tells_whom_to_call_from_the_archive() -> None:
    (reminder,) = reminders(
        march(4),
        Visits=f"{LEFT} ",
        Customers="row | archive_no | name | plate | phone | clerk\n4 | A1 | 李四 | 粤B12345 | 13800001234 | 张三",
    )

    assert (reminder.customer, reminder.plate, reminder.phone, reminder.clerk, reminder.archive_no) == (
        "李四",
        "粤B12345",
        "13800001234",
        "张三",
        "A1",
    )


def test_of_a_car_without_an_archive_it_tells_what_the_repair_order_says() -> None:
    (reminder,) = reminders(
        Visits="row | archive_no | came_on | name | plate | advisor\n4 | A9 | 2026-03-10 | 李四 | 粤B12345 | 王五",
        Customers="row | archive_no\n4 | A1",
    )

    assert (reminder.customer, reminder.plate, reminder.phone, reminder.clerk, reminder.archive_no) == (
        "李四",
        "粤B12345",
        None,
        "王五",
        None,
    )


def test_the_deputy_calls_while_the_clerk_is_away() -> None:
    staff = (
        "row | name | deputy | away_from | away_to\n4 | 张三 | 李四 | 2026-03-04 | 2026-03-05\n5 | 李四 | | |"
    )

    assert [reminders(march(day), Visits=LEFT, Staff=staff)[0].clerk for day in (4, 5, 6)] == [
        "李四",
        "李四",
        "张三",
    ]


def test_the_suggested_topic_is_not_one_of_the_last_call() -> None:
    visits = f"{LEFT}"
    calls = "row | archive_no | kind | called_on | points\n4 | A1 | 咨询 | 2026-03-02 | 问了用车情况"

    (plain,) = reminders(march(4), Visits=visits)
    (other,) = reminders(march(4), Visits=visits, Calls=calls)
    assert plain.topic is not None
    assert "用车情况" in plain.topic
    assert other.topic not in {None, plain.topic}


def test_the_longest_overdue_comes_first() -> None:
    found = reminders(
        Visits=f"{LEFT}\n5 | G2 | A1 | 2026-02-20 | 2026-02-20\n6 | G3 | A1 | 2026-03-12 | 2026-03-12",
        Customers="row | archive_no | came_on | archived_on\n4 | A1 | 2025-01-02 | 2025-01-02\n5 | A2 | 2026-03-10 |",
    )

    assert [(reminder.row, reminder.overdue_days) for reminder in found] == [(5, 19), (4, 10), (5, 6), (6, 0)]


def test_windows_count_working_days_when_the_shop_says_so() -> None:
    """A car that left on Friday the 6th is called from Wednesday the 11th to Tuesday the 17th."""
    (reminder,) = reminders(
        Visits="row | left_on\n4 | 2026-03-06", Settings="row | key | value\n4 | day_count | 工作日"
    )

    assert (reminder.earliest.date(), reminder.due.date()) == (march(11), march(17))


def test_the_windows_are_those_of_the_settings() -> None:
    (reminder,) = reminders(
        Visits=LEFT, Settings="row | key | value\n4 | first_call_from | 1\n5 | first_call_to | 30"
    )

    assert (reminder.earliest.date(), reminder.due.date(), reminder.overdue_days) == (march(2), march(31), 0)


def test_a_wrong_cell_makes_no_task() -> None:
    assert kinds(Visits="row | order_no | left_on\n4 | G1 | 三月一日") == []


def test_a_visit_without_a_number_of_its_own_is_followed_up_all_the_same() -> None:
    visits = "row | order_no | left_on\n4 | G1 | 2026-03-01\n5 | | 2026-03-01\n6 | G1 | 2026-03-01"

    assert kinds(
        march(9), Visits=visits, Calls=f"{CALLS}\n4 | 第一次跟踪 | G1 | 2026-03-05 | 接通 | 呼出"
    ) == [
        ("first-follow-up", "Visits", 5),
        ("first-follow-up", "Visits", 6),
    ]


def test_a_kind_of_task_may_have_several_sources_but_has_one_label() -> None:
    labels = {
        kind.code: {other.label for other in REMINDERS if other.code == kind.code} for kind in REMINDERS
    }

    assert all(len(names) == 1 for names in labels.values())


def test_the_printed_list_has_the_columns_of_its_sheet_but_those_for_the_pen() -> None:
    (row,) = today_rows(reminders(march(4), Visits=LEFT))

    for_the_pen = {column.key for column in LIST.columns if column.filled_by is FilledBy.STAFF}
    assert set(row) == {column.key for column in LIST.columns} - for_the_pen - NOT_LISTED_YET
    assert (row["place"], row["due"], row["overdue_days"]) == (1, march(8), None)
    assert row["origin"] == "维修记录 第4行"


def test_a_kind_of_task_that_does_not_exist_is_told() -> None:
    with pytest.raises(UnknownReminderError, match="service-due"):
        customers_with(dataset_of(), "service")


def test_the_customers_of_a_kind_of_task_are_named_once() -> None:
    assert customers_with(dataset_of(), "service-due") == ()
