import contextlib

import pandas as pd
import pytest

from dealer_xl.dealership.periods import Period, PeriodError, month_of, period_of, year_of


def ends(period: Period) -> tuple[str, str]:
    return f"{period.first:%Y-%m-%d}", f"{period.last:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_includes_both_ends(typed: str, first: str, last: str) -> None:
    assert ends(period_of(typed)) == (first, last)


@pytest.mark.parametrize(
    "typed", ["", "2026-13", "2026-00", "2026-3", "202603", "26-03", "1999", "2026-03-01", "三月", "2026-03 "]
)
def test_what_is_neither_a_month_nor_a_year_is_refused(typed: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        period_of(typed)

    assert typed in str(refusal.value)


@pytest.mark.parametrize("typed", ["20２６-03", "20２６", "２０２６"])
def test_digits_in_full_width_are_read_or_refused(typed: str) -> None:
    with contextlib.suppress(PeriodError):
        assert period_of(typed).code.startswith("2026")


@pytest.mark.parametrize("typed", ["2026-03", "2026"])
def test_a_period_is_written_as_it_was_typed(typed: str) -> None:
    assert period_of(typed).code == typed


def test_a_period_is_written_for_staff_without_noughts() -> None:
    assert period_of("2026-03").label == "2026年3月"
    assert period_of("2026").label == "2026年"


@pytest.mark.parametrize(
    ("typed", "before", "year_before"),
    [
        ("2026-03", "2026-02", "2025-03"),
        ("2026-01", "2025-12", "2025-01"),
        ("2024-02", "2024-01", "2023-02"),
        ("2025-02", "2025-01", "2024-02"),
        ("2026", "2025", "2025"),
    ],
)
def test_a_period_knows_the_one_before_and_the_same_a_year_ago(
    typed: str, before: str, year_before: str
) -> None:
    period = period_of(typed)

    assert period.before() == period_of(before)
    assert period.year_before() == period_of(year_before)


@pytest.mark.parametrize("typed", ["2026-03", "2024-02", "2025-12"])
def test_a_month_ends_the_twelve_that_its_charts_show(typed: str) -> None:
    months = period_of(typed).months()

    assert len({month.code for month in months}) == 12
    assert months[-1] == period_of(typed)
    assert [month.before() for month in months[1:]] == list(months[:-1])


def test_the_charts_of_a_year_show_its_own_months() -> None:
    assert [month.code for month in period_of("2026").months()] == [
        f"2026-{month:02}" for month in range(1, 13)
    ]


def test_a_day_lies_in_its_month_and_year() -> None:
    day = pd.Timestamp("2024-02-29 13:00")

    assert month_of(day) == period_of("2024-02")
    assert year_of(day) == period_of("2024")
    assert year_of(day).is_year
    assert not month_of(day).is_year
