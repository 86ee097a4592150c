from datetime import date

import pytest

from oracle.days import Calendar, add_months


@pytest.mark.parametrize(
    ("first", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 1, 15), -12, date(2025, 1, 15)),
    ],
)
def test_months_step_as_edate_does(first: date, months: int, then: date) -> None:
    assert add_months(first, months) == then


def test_natural_days_count_holidays() -> None:
    assert Calendar().later(date(2026, 9, 30), 3) == date(2026, 10, 3)


def test_working_days_leave_out_the_national_holiday() -> None:
    # 1 to 7 October 2026 are free, the 8th and 9th (Thursday, Friday) are worked, so is Saturday the 10th
    assert Calendar("工作日").later(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_a_make_up_saturday_is_a_working_day() -> None:
    assert Calendar("工作日").later(date(2026, 2, 13), 1) == date(2026, 2, 14)


def test_working_days_are_counted_back() -> None:
    assert Calendar("工作日").later(date(2026, 10, 8), -1) == date(2026, 9, 30)


def test_the_shops_calendar_overrides_the_statutory_one() -> None:
    typed = {date(2026, 10, 1): True, date(2026, 10, 8): False}
    assert Calendar("工作日", typed).later(date(2026, 9, 30), 2) == date(2026, 10, 9)


def test_no_day_on_is_the_day_itself_even_a_free_one() -> None:
    assert Calendar("工作日").later(date(2026, 10, 1), 0) == date(2026, 10, 1)


def test_beyond_the_known_years_monday_to_friday_are_worked() -> None:
    assert Calendar("工作日").later(date(2040, 1, 6), 1) == date(2040, 1, 9)  # a Friday, then Monday


def test_days_between_leave_out_the_first_and_count_the_last() -> None:
    assert Calendar().between(date(2026, 2, 27), date(2026, 3, 1)) == 2


def test_days_back_are_negative() -> None:
    assert Calendar().between(date(2026, 3, 1), date(2026, 2, 27)) == -2


def test_under_natural_days_the_shop_works_unless_its_calendar_says_otherwise() -> None:
    typed = {date(2026, 2, 17): False}
    assert Calendar("自然日", typed).open_days(date(2026, 2, 1), date(2026, 2, 28)) == 27


def test_under_working_days_october_2026_has_eighteen_days() -> None:
    # 22 weekdays less the five of 1, 2, 5, 6, 7 October, and Saturday the 10th besides
    assert Calendar("工作日").open_days(date(2026, 10, 1), date(2026, 10, 31)) == 18
