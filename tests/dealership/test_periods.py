from datetime import date

import pandas as pd
import pytest

from dealer_xl.dealership.period_words import NotBegunError, PeriodError, begun, period_of
from dealer_xl.dealership.periods import Period, month_of, year_of

TODAY = date(2026, 11, 18)
"""A Wednesday."""


def ends(period: Period) -> tuple[str, str]:
    return f"{period.first:%Y-%m-%d}", f"{period.last:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("2026-3", "2026-03-01", "2026-03-31"),
        ("2026.03", "2026-03-01", "2026-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026年11月", "2026-11-01", "2026-11-30"),
        ("２０２６-03", "2026-03-01", "2026-03-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026Q4", "2026-10-01", "2026-12-31"),
        ("2026q1", "2026-01-01", "2026-03-31"),
        ("2026年第四季度", "2026-10-01", "2026-12-31"),
        ("2026-W45", "2026-11-02", "2026-11-08"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026年第45周", "2026-11-02", "2026-11-08"),
        ("2026-11-01..2026-11-15", "2026-11-01", "2026-11-15"),
        ("2026年11月1日至11月15日", "2026-11-01", "2026-11-15"),
        ("2026-11-01~2026-11-15", "2026-11-01", "2026-11-15"),
        ("2026年10月下半月", "2026-10-16", "2026-10-31"),
        ("本月", "2026-11-01", "2026-11-30"),
        ("上月", "2026-10-01", "2026-10-31"),
        ("11月", "2026-11-01", "2026-11-30"),
        ("12月", "2025-12-01", "2025-12-31"),
        ("本周", "2026-11-16", "2026-11-22"),
        ("上周", "2026-11-09", "2026-11-15"),
        ("本季度", "2026-10-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("上半月", "2026-11-01", "2026-11-15"),
        ("11月1日到15日", "2026-11-01", "2026-11-15"),
    ],
)
def test_a_period_is_understood_as_staff_write_it(typed: str, first: str, last: str) -> None:
    assert ends(period_of(typed, TODAY)) == (first, last)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2026-13",
        "2026-00",
        "202603",
        "1999",
        "2026-03-01",
        "三月",
        "2026Q5",
        "2026-W54",
        "2025-W53",
        "2026-11-15..2026-11-01",
        "2026-02-01..2026-02-30",
        "去年夏天",
    ],
)
def test_what_is_no_period_is_refused_by_its_own_words(typed: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        period_of(typed, TODAY)

    assert typed in str(refusal.value)


def test_words_that_are_counted_from_today_need_a_day() -> None:
    with pytest.raises(PeriodError):
        period_of("上月")


@pytest.mark.parametrize("typed", ["2026-03", "2026", "2026Q4", "2026-W05", "2026-11-01..2026-11-15"])
def test_a_period_is_written_as_it_was_typed(typed: str) -> None:
    assert period_of(typed).code == typed


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("2026-03", "2026年3月"),
        ("2026", "2026年"),
        ("2026Q4", "2026年第四季度"),
        ("2026-W05", "2026年第5周"),
        ("2026-11-01..2026-11-15", "2026年11月1日至11月15日"),
        ("2025-12-20..2026-01-05", "2025年12月20日至2026年1月5日"),
    ],
)
def test_a_period_is_written_for_staff_without_noughts(typed: str, label: str) -> None:
    assert period_of(typed).label == label


@pytest.mark.parametrize(
    ("typed", "before", "year_before"),
    [
        ("2026-03", "2026-02", "2025-03"),
        ("2026-01", "2025-12", "2025-01"),
        ("2024-02", "2024-01", "2023-02"),
        ("2025-02", "2025-01", "2024-02"),
        ("2026", "2025", "2025"),
        ("2026Q1", "2025Q4", "2025Q1"),
        ("2026-W45", "2026-W44", "2025-W45"),
        ("2026-11-01..2026-11-15", "2026-10-01..2026-10-15", "2025-11-01..2025-11-15"),
        ("2026-10-20..2026-11-08", "2026-09-30..2026-10-19", "2025-10-20..2025-11-08"),
    ],
)
def test_a_period_knows_the_one_before_and_the_same_a_year_ago(
    typed: str, before: str, year_before: str
) -> None:
    period = period_of(typed)

    assert ends(period.before()) == ends(period_of(before))
    assert ends(period.year_before()) == ends(period_of(year_before))


@pytest.mark.parametrize(
    ("typed", "until", "before", "year_before"),
    [
        ("2026-03", "2026-03-10", ("2026-02-01", "2026-02-10"), ("2025-03-01", "2025-03-10")),
        ("2026-03", "2026-03-30", ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-30")),
        ("2026Q4", "2026-11-18", ("2026-07-01", "2026-08-18"), ("2025-10-01", "2025-11-18")),
        ("2026-W47", "2026-11-18", ("2026-11-09", "2026-11-11"), ("2025-11-17", "2025-11-19")),
    ],
)
def test_a_running_period_is_set_against_the_same_span_of_days(
    typed: str, until: str, before: tuple[str, str], year_before: tuple[str, str]
) -> None:
    period, day = period_of(typed), pd.Timestamp(until)

    assert ends(period.before(day)) == before
    assert ends(period.year_before(day)) == year_before


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


def test_a_period_that_has_not_begun_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotBegunError, match=r"2026年12月还没有开始.*2026-11"):
        begun(period_of("2026-12"), pd.Timestamp(TODAY))


def test_a_running_period_is_counted_up_to_today() -> None:
    assert ends(period_of("2026-11").up_to(pd.Timestamp(TODAY))) == ("2026-11-01", "2026-11-18")
