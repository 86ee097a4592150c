from datetime import date

import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.kpis import BY_CODE, KPIS
from dealer_xl.dealership.narrative import PARAGRAPHS, paragraphs
from dealer_xl.dealership.periods import period_of
from dealer_xl.dealership.summary import Summary, summarise

LATER = date(2026, 4, 20)


def told(
    march: str, february: str = "", year_ago: str = "", target: str = "", period: str = "2026-03"
) -> str:
    """Write the paragraph on revenue of a March, each amount being that of one visit."""
    days = {"2026-03-10": march, "2026-02-10": february, "2025-03-10": year_ago}
    rows = [
        f"{row} | {day} | {day} | 维修 | {amount}"
        for row, (day, amount) in enumerate(days.items(), 4)
        if amount
    ]
    tables = {"Visits": "row | came_on | left_on | kind | amount\n" + "\n".join(rows)}
    if target:
        tables["Targets"] = f"row | year | code | target | direction\n4 | 2026 | revenue_total | {target} | ≥"
    return paragraphs(summarise(dataset_of(LATER, **tables), period_of(period)))[0]


@pytest.fixture(scope="module")
def nothing() -> Summary:
    return summarise(dataset_of(), period_of("2026-03"))


def test_every_figure_is_told_in_one_paragraph() -> None:
    codes = [code for _, figures in PARAGRAPHS for code in figures]

    assert sorted(codes) == sorted(BY_CODE)


def test_a_month_of_nothing_is_told_all_the_same(nothing: Summary) -> None:
    text = paragraphs(nothing)

    assert len(text) == len(PARAGRAPHS) + 1
    assert "nan" not in "".join(text)
    assert "None" not in "".join(text)


def test_a_figure_with_nothing_to_measure_is_left_unsaid(nothing: Summary) -> None:
    text = "".join(paragraphs(nothing))

    assert [kpi.code for kpi in KPIS if kpi.label in text] == [
        line.kpi.code for line in nothing.lines if line.value is not None
    ]


def test_every_paragraph_begins_with_its_subject_and_ends_as_a_sentence(nothing: Summary) -> None:
    text = paragraphs(nothing)

    assert [paragraph.split("：")[0] for paragraph in text[:-1]] == [name for name, _ in PARAGRAPHS]
    assert all(
        paragraph.endswith("。") and "。。" not in paragraph and "，。" not in paragraph for paragraph in text
    )


def test_a_rise_and_a_fall_are_told_in_percent_of_the_earlier_value() -> None:
    text = told("110", february="100", year_ago="220")

    assert "比上月上升10.0%" in text
    assert "比去年同月下降50.0%" in text


def test_no_change_worth_telling_is_told_as_none() -> None:
    assert "与上月持平" in told("10000.01", february="10000")


def test_nothing_is_compared_with_nothing() -> None:
    assert "上月" not in told("100")
    assert "去年" not in told("100")


@pytest.mark.parametrize(
    ("target", "verdict"), [("1200", "达到目标100.00元"), ("1201", "未达到目标100.08元")]
)
def test_the_target_of_the_month_is_told_with_the_verdict(target: str, verdict: str) -> None:
    assert f"，{verdict}" in told("100", target=target)


def test_a_year_is_compared_with_the_year_before() -> None:
    text = told("110", year_ago="100", period="2026")

    assert "比上年上升10.0%" in text
    assert "月" not in text


def test_a_share_changes_by_points() -> None:
    dataset = dataset_of(
        LATER,
        Calls="row | called_on | kind | satisfaction\n4 | 2026-02-02 | 第一次跟踪 | 90\n5 | 2026-03-02 | 第一次跟踪 | 92.5",
    )

    assert "比上月上升2.5个百分点" in paragraphs(summarise(dataset, period_of("2026-03")))[3]


def test_the_missed_targets_are_named_after_the_subjects() -> None:
    dataset = dataset_of(
        LATER,
        Visits="row | came_on\n4 | 2026-03-02",
        Targets="row | year | code | target | direction\n4 | 2026 | cars_received | 24 | ≥\n5 | 2026 | complaints | 12 | ≤",
    )
    verdict = paragraphs(summarise(dataset, period_of("2026-03")))[len(PARAGRAPHS)]

    assert BY_CODE["cars_received"].label in verdict
    assert BY_CODE["complaints"].label not in verdict


def test_targets_that_are_all_met_are_told_so() -> None:
    dataset = dataset_of(
        LATER, Targets="row | year | code | target | direction\n4 | 2026 | complaints | 12 | ≤"
    )

    assert "全部达标" in paragraphs(summarise(dataset, period_of("2026-03")))[len(PARAGRAPHS)]


def test_rows_left_out_are_told_last_with_the_figures_they_are_missing_from() -> None:
    dataset = dataset_of(
        LATER, Visits="row | came_on | left_on | kind | amount\n4 | 2026-03-02 | 2026-03-02 | 精品 | 免费"
    )
    *_, last = paragraphs(summarise(dataset, period_of("2026-03")))

    assert f"{BY_CODE['revenue_accessories'].label}1行" in last
    assert BY_CODE["revenue_workshop"].label not in last
