from datetime import date

import pandas as pd
import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.calendar import ShopCalendar

WORKING = "row | key | value\n4 | day_count | 工作日"


def on(day: str) -> pd.Timestamp:
    return pd.Timestamp(day)


def later(calendar: ShopCalendar, day: str, count: int) -> pd.Timestamp:
    """Return the one day that is later by so many."""
    return pd.Timestamp(calendar.later(pd.Series([on(day)]), count).iloc[0])


@pytest.fixture(scope="module")
def natural() -> ShopCalendar:
    return dataset_of().calendar


@pytest.fixture(scope="module")
def working() -> ShopCalendar:
    return dataset_of(Settings=WORKING).calendar


@pytest.fixture(scope="module")
def overridden() -> ShopCalendar:
    return dataset_of(
        Settings=WORKING,
        Calendar="""
            row | day        | kind
            4   | 2026-02-22 | 上班
            5   | 2026-02-24 | 休息
            6   | 2026-03-08 |
        """,
    ).calendar


@pytest.mark.parametrize(
    ("day", "count", "shifted"),
    [
        ("2026-02-13", 2, "2026-02-15"),
        ("2026-02-27", 2, "2026-03-01"),
        ("2026-03-01", 0, "2026-03-01"),
        ("2026-03-10", -14, "2026-02-24"),
    ],
)
def test_natural_days_all_count(natural: ShopCalendar, day: str, count: int, shifted: str) -> None:
    assert later(natural, day, count) == on(shifted)


@pytest.mark.parametrize(
    ("day", "count", "shifted"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday on which the State Council lets people work
        ("2026-02-14", 0, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),  # over Spring Festival, 15 to 23 February
        ("2026-02-15", 0, "2026-02-24"),  # what must be done on a day off is due on the next working day
        ("2026-02-15", 1, "2026-02-24"),  # nothing is counted on a day off
        ("2026-02-27", 1, "2026-02-28"),  # the make-up Saturday after it
        ("2026-03-06", 1, "2026-03-09"),  # an ordinary weekend
        ("2026-03-09", -1, "2026-03-06"),
    ],
)
def test_working_days_leave_out_the_days_off_and_count_the_make_up_days(
    working: ShopCalendar, day: str, count: int, shifted: str
) -> None:
    assert later(working, day, count) == on(shifted)


@pytest.mark.parametrize(
    ("day", "count", "shifted"),
    [
        ("2026-02-14", 1, "2026-02-22"),  # opened
        ("2026-02-22", 1, "2026-02-25"),  # closed on the 24th
        ("2026-03-06", 1, "2026-03-09"),  # a day without a kind changes nothing
    ],
)
def test_the_shop_s_own_calendar_overrides_the_statutory_one(
    overridden: ShopCalendar, day: str, count: int, shifted: str
) -> None:
    assert later(overridden, day, count) == on(shifted)


def test_the_shop_s_own_days_off_do_not_move_deadlines_counted_in_natural_days() -> None:
    calendar = dataset_of(Calendar="row | day | kind\n4 | 2026-03-08 | 休息").calendar

    assert later(calendar, "2026-03-07", 1) == on("2026-03-08")


def test_with_natural_days_the_shop_works_but_on_its_own_days_off() -> None:
    calendar = dataset_of(Calendar="row | day | kind\n4 | 2026-03-08 | 休息\n5 | 2026-03-09 | 上班").calendar

    assert calendar.open_days(on("2026-03-01"), on("2026-03-31")) == 30


def test_open_days_include_both_ends(natural: ShopCalendar) -> None:
    assert natural.open_days(on("2026-03-01"), on("2026-03-01")) == 1


def test_february_2026_had_sixteen_working_days(working: ShopCalendar) -> None:
    """Of 28 days 2026 had 4 weekend days off (1, 7, 8, and none of 14, 28) and the 9 of Spring Festival."""
    assert working.open_days(on("2026-02-01"), on("2026-02-28")) == 28 - 3 - 9


def test_a_wrong_day_of_the_shop_s_calendar_changes_nothing() -> None:
    calendar = dataset_of(Calendar="row | day | kind\n4 | 三月八日 | 休息\n5 | 2026-03-09 | 放假").calendar

    assert calendar.open_days(on("2026-03-01"), on("2026-03-31")) == 31


def test_blank_days_stay_blank_and_keep_their_rows(working: ShopCalendar) -> None:
    days = pd.Series([pd.NaT, on("2026-03-06")], index=[7, 9], dtype="datetime64[s]")

    shifted = working.later(days, 1)

    assert list(shifted.index) == [7, 9]
    assert pd.isna(shifted[7])
    assert shifted[9] == on("2026-03-09")


def test_no_days_have_no_later_days(working: ShopCalendar) -> None:
    assert working.later(pd.Series([], dtype="datetime64[s]"), 3).empty


def test_a_year_without_a_notice_falls_back_to_weekends_and_the_days_fixed_by_law(
    working: ShopCalendar,
) -> None:
    assert working.estimated_from is not None
    year = working.estimated_from.year
    first, last = on(f"{year}-01-01"), on(f"{year}-12-31")

    fixed = {"01-01", "05-01", "05-02", "10-01", "10-02", "10-03"}
    weekdays = sum(day.weekday() < 5 and f"{day:%m-%d}" not in fixed for day in pd.date_range(first, last))
    assert working.open_days(first, last) == weekdays


def test_the_last_year_with_a_notice_has_days_off_that_are_no_weekend(working: ShopCalendar) -> None:
    assert working.estimated_from is not None
    assert working.estimated_from > date(2026, 12, 31)
    assert later(working, "2026-10-01", 0) == on("2026-10-08")


def test_natural_days_are_never_estimated(natural: ShopCalendar) -> None:
    assert natural.estimated_from is None


def test_the_days_that_the_law_fixes_are_off_in_a_year_without_a_notice(working: ShopCalendar) -> None:
    assert later(working, "2027-12-31", 1) == on("2028-01-03")  # Saturday 1 and Sunday 2 January, too
    assert later(working, "2031-12-31", 1) == on("2032-01-02")  # Thursday 1 January


@pytest.mark.parametrize(
    ("today", "is_told"), [("2026-10-01", False), ("2026-11-28", True), ("2027-01-20", True)]
)
def test_estimated_working_days_are_told_of_when_they_come_near(
    working: ShopCalendar, today: str, *, is_told: bool
) -> None:
    assert bool(working.estimates_about(on(today))) == is_told


def test_where_every_day_counts_nothing_is_estimated(natural: ShopCalendar) -> None:
    assert natural.estimates_about(on("2030-01-01")) == ""
