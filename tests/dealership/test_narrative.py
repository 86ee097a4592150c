from datetime import date

import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.kpis import BY_CODE
from dealer_xl.dealership.narrative import PARAGRAPHS, paragraphs
from dealer_xl.dealership.period_words import period_of
from dealer_xl.dealership.summary import Summary, summarise

LATER = date(2026, 4, 20)


def told(
    march: str, february: str = "", year_ago: str = "", target: str = "", period: str = "2026-03"
) -> str:
    """Write the paragraph on revenue of a March, each amount being that of one visit."""
    days = {"2026-03-10": march, "2026-02-10": february, "2025-03-10": year_ago, "2024-01-10": "1"}
    rows = [
        f"{row} | {day} | {day} | 维修 | {amount}"
        for row, (day, amount) in enumerate(days.items(), 4)
        if amount
    ]
    tables = {"Visits": "row | came_on | left_on | kind | amount\n" + "\n".join(rows)}
    if target:
        tables["Targets"] = f"row | year | code | target | direction\n4 | 2026 | revenue_total | {target} | ≥"
    text = paragraphs(summarise(dataset_of(LATER, **tables), period_of(period)))
    return next(each for each in text if each.startswith("产值"))


@pytest.fixture(scope="module")
def nothing() -> Summary:
    return summarise(dataset_of(), period_of("2026-03"))


def test_every_figure_is_told_in_one_paragraph() -> None:
    codes = [code for _, figures in PARAGRAPHS for code in figures]

    assert sorted(codes) == sorted(BY_CODE)


def test_a_month_of_nothing_is_told_in_one_sentence_on_its_targets(nothing: Summary) -> None:
    text = paragraphs(nothing)

    assert [paragraph.split("：")[0] for paragraph in text] == ["达标"]
    assert "2026年" in text[0]


def test_every_paragraph_begins_with_its_subject_and_ends_as_a_sentence() -> None:
    dataset = dataset_of(LATER, Visits="row | came_on | left_on | amount\n4 | 2026-03-02 | 2026-03-02 | 100")
    text = paragraphs(summarise(dataset, period_of("2026-03")))

    assert [paragraph.split("：")[0] for paragraph in text] == [
        "达标",
        "产值",
        "进厂",
        "满意度与跟踪",
        "客户",
    ]
    assert all(
        paragraph.endswith("。") and "。。" not in paragraph and "，。" not in paragraph for paragraph in text
    )


def test_a_year_without_targets_is_judged_by_none_and_says_what_to_do() -> None:
    dataset = dataset_of(LATER, Targets="row | year | code | target\n4 | 2025 | cars_received | 12")
    verdict, *_ = paragraphs(summarise(dataset, period_of("2026-03")))

    assert "没有2026年的目标" in verdict
    assert "本年计划" in verdict


def test_a_running_month_says_up_to_which_day_it_is_counted() -> None:
    dataset = dataset_of(LATER, Targets="row | year | code | target\n4 | 2026 | cars_received | 1200")
    verdict, *_ = paragraphs(summarise(dataset, period_of("2026-04")))

    assert "截至4月20日" in verdict
    assert "折算" in verdict


def test_a_handful_is_compared_in_pieces_not_in_percent() -> None:
    letters = "".join(f"{row} | 2026-03-02\n" for row in range(4, 16)) + "20 | 2026-02-02\n21 | 2026-01-02"
    dataset = dataset_of(LATER, Complaints=f"row | received_on\n{letters}")
    text = "".join(paragraphs(summarise(dataset, period_of("2026-03"))))

    assert "比上月上升11件" in text


def test_growth_is_not_told_against_a_part_of_a_month() -> None:
    visits = "row | came_on | left_on | kind | amount\n4 | 2026-02-10 | 2026-02-10 | 维修 | 100\n5 | 2026-03-02 | 2026-03-02 | 维修 | 300"
    text = paragraphs(summarise(dataset_of(LATER, Visits=visits), period_of("2026-03")))

    assert "上月" not in next(each for each in text if each.startswith("产值"))


def test_a_rise_and_a_fall_are_told_in_percent_of_the_earlier_value() -> None:
    text = told("110", february="100", year_ago="220")

    assert "比上月上升10.0%" in text
    assert "比去年同期下降50.0%" in text


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

    assert "比去年同期上升10.0%" in text
    assert "上月" not in text


def test_a_share_changes_by_points() -> None:
    dataset = dataset_of(
        LATER,
        Calls="row | called_on | kind | satisfaction\n4 | 2026-01-02 | 第一次跟踪 | 90\n5 | 2026-02-02 | 第一次跟踪 | 90\n6 | 2026-03-02 | 第一次跟踪 | 92.5",
    )

    assert "比上月上升2.5个百分点" in "".join(paragraphs(summarise(dataset, period_of("2026-03"))))


def test_the_missed_targets_are_named_first() -> None:
    dataset = dataset_of(
        LATER,
        Visits="row | came_on\n4 | 2026-03-02",
        Targets="row | year | code | target | direction\n4 | 2026 | cars_received | 24 | ≥\n5 | 2026 | complaints | 12 | ≤",
    )
    verdict, *_ = paragraphs(summarise(dataset, period_of("2026-03")))

    assert BY_CODE["cars_received"].label in verdict
    assert BY_CODE["complaints"].label not in verdict


def test_targets_that_are_all_met_are_told_so() -> None:
    dataset = dataset_of(
        LATER, Targets="row | year | code | target | direction\n4 | 2026 | complaints | 12 | ≤"
    )

    assert "全部达标" in paragraphs(summarise(dataset, period_of("2026-03")))[0]


def test_rows_left_out_are_told_last_in_one_sentence() -> None:
    dataset = dataset_of(
        LATER, Visits="row | came_on | left_on | kind | amount\n4 | 2026-03-02 | 2026-03-02 | 精品 | 免费"
    )
    *_, last = paragraphs(summarise(dataset, period_of("2026-03")))

    assert last.startswith("未计入")
    assert last.count("。") == 1
