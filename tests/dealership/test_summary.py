from datetime import date

import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.figure_names import PERCENT, YUAN
from dealer_xl.dealership.kpis import KPIS
from dealer_xl.dealership.period_words import period_of
from dealer_xl.dealership.report_rows import report_words, summary_rows
from dealer_xl.dealership.summary import NOTHING, Summary, bare, last_full_month, summarise
from dealer_xl.dealership.tables import SUMMARY, TREND

LATER = date(2026, 4, 20)


@pytest.fixture(scope="module")
def march() -> Summary:
    dataset = dataset_of(
        LATER,
        Visits="""
            row | came_on    | left_on    | kind     | amount
            4   | 2025-03-10 | 2025-03-10 | 保险理赔 | 50
            5   | 2026-02-10 | 2026-02-10 | 保险理赔 | 200
            6   | 2026-03-10 | 2026-03-10 | 保险理赔 | 0.10
            7   | 2026-03-11 | 2026-03-11 | 保险理赔 | 0.20
            8   | 2026-03-11 | 2026-03-11 | 保险理赔 | 一百
            9   | 2026-04-01 | 2026-04-01 | 保险理赔 | 900
        """,
        Targets="""
            row | year | code              | target | direction
            4   | 2026 | revenue_insurance | 1200   | ≥
            5   | 2026 | cars_received     | 36     | ≥
            6   | 2026 | csi               | 0.93   | ≥
        """,
    )
    return summarise(dataset, period_of("2026-03"))


def test_a_summary_has_a_line_for_every_figure_in_their_order(march: Summary) -> None:
    assert [line.kpi for line in march.lines] == list(KPIS)


def test_a_line_sets_the_figure_against_its_target_the_month_before_and_the_year_before(
    march: Summary,
) -> None:
    line = march.line("revenue_insurance")

    assert (line.value, line.target, line.last_month, line.last_year) == (0.3, 100, 200, 50)
    assert (line.meets, line.rows, line.left_out) == (False, 2, 1)


def test_a_reached_target_is_met(march: Summary) -> None:
    assert march.line("cars_received").meets is True


def test_nothing_measured_meets_and_misses_nothing(march: Summary) -> None:
    line = march.line("csi")

    assert (line.value, line.target, line.meets, line.last_month) == (None, 0.93, None, None)


def test_a_figure_without_a_target_is_not_judged(march: Summary) -> None:
    assert march.line("revenue_workshop").meets is None


def test_the_trend_shows_twelve_months_from_the_first_entry_on(march: Summary) -> None:
    assert [row["month"] for row in march.trend] == [f"2025-{month:02}" for month in range(4, 13)] + [
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert [row["revenue_insurance"] for row in march.trend][-3:] == [0, 200, 0.3]
    assert {row["csi"] for row in march.trend} == {None}
    assert [row["cars_target"] for row in march.trend][-4:] == [None, 3, 3, 3]


def test_a_month_before_the_first_entry_has_no_bar() -> None:
    dataset = dataset_of(
        LATER, Visits="row | came_on | left_on | kind | amount\n4 | 2026-02-10 | 2026-02-10 | 保险理赔 | 1"
    )
    trend = summarise(dataset, period_of("2026-03")).trend

    assert [row["revenue_insurance"] for row in trend][-3:] == [None, 1, 0]


def test_the_trend_has_the_columns_of_its_table(march: Summary) -> None:
    assert all(set(row) == {column.key for column in TREND.columns} for row in march.trend)


def test_the_rows_of_the_sheet_have_its_columns_and_a_dash_where_there_is_nothing(march: Summary) -> None:
    rows = {row["code"]: row for row in summary_rows(march)}

    assert all(set(row) == {column.key for column in SUMMARY.columns} for row in rows.values())
    assert rows["csi"]["value"] == NOTHING
    assert rows["revenue_insurance"]["value"] == 0.3
    assert [rows[code]["meets"] for code in ("cars_received", "revenue_insurance", "csi")] == [
        "达标",
        "未达标",
        NOTHING,
    ]


def test_the_report_has_a_row_for_every_figure(march: Summary) -> None:
    words = report_words(march, ["一", "二"], "演示店", LATER)

    assert len(words["指标"]) == len(KPIS)  # type: ignore[arg-type]
    assert (words["店名"], words["期间"], words["小结"], words["编制日期"]) == (
        "演示店",
        "2026年3月",
        ["一", "二"],
        "2026年4月20日",
    )


def test_the_report_says_so_when_rows_were_left_out_and_when_none_was(march: Summary) -> None:
    clean = summarise(dataset_of(), period_of("2026-03"))

    assert report_words(march, [], "", LATER)["剔除说明"] != report_words(clean, [], "", LATER)["剔除说明"]


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (None, PERCENT, "–"),
        (0.934, PERCENT, "93.4%"),
        (1.0, PERCENT, "100.0%"),
        (0.0, PERCENT, "0.0%"),
        (1234567.5, YUAN, "1,234,567.50"),
        (0.0, YUAN, "0.00"),
        (1234.0, "台", "1,234"),
        (3.0, "件", "3"),
        (20.96, "台/天", "21.0"),
        (2.2, "台/天", "2.2"),
    ],
)
def test_a_value_is_written_as_staff_read_it(value: float | None, unit: str, written: str) -> None:
    assert bare(value, unit) == written


def test_a_unit_follows_a_value_but_a_share_has_its_own_sign(march: Summary) -> None:
    assert march.line("revenue_total").shown(0.3) == "0.30元"
    assert march.line("csi").shown(0.934) == "93.4%"
    assert march.line("revenue_total").shown(None) == NOTHING


@pytest.mark.parametrize(
    ("today", "month"), [("2026-03-18", "2026-02"), ("2026-01-01", "2025-12"), ("2026-03-31", "2026-02")]
)
def test_a_summary_is_usually_about_the_month_that_ended_last(today: str, month: str) -> None:
    assert last_full_month(date.fromisoformat(today)).code == month
