from datetime import date

import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import FIGURE_NAMES, OWN
from dealer_xl.dealership.kpis import BY_CODE
from dealer_xl.dealership.period_words import period_of
from dealer_xl.dealership.targets import AT_LEAST, AT_MOST, TARGETS, Aim, aim_of

SOURCES = {
    "revenue_total": 6_000_000,
    "revenue_insurance": 2_200_000,
    "revenue_workshop": 3_800_000,
    "revenue_accessories": 300_000,
    "cars_per_day": 20,
    "cars_received": 650 * 12,
    "ticket_repair": 800,
    "ticket_insurance": 1800,
    "claim_pass_rate": 0.95,
    "csi": 0.93,
    "base_customers": 1500,
    "lectures_done": 4,
}
PLAN = """
    row | year | code            | target  | direction
    4   | 2025 | cars_received   | 6000    | ≥
    5   | 2026 | cars_received   | 7800    | ≥
    6   | 2026 | rework_rate     | 0.02    | ≤
    7   | 2026 | csi             | 0.93    |
    8   | 2026 | lectures_done   | 4       | ≥
    9   | 2026 | trainings_done  | 12      | ≥
    10  | 2026 | complaints      |         | ≤
    11  | 2026 | revenue_total   | 六百万  | ≥
"""


def aim(dataset: Dataset, code: str, period: str) -> Aim | None:
    return aim_of(dataset, BY_CODE[code], period_of(period))


@pytest.fixture(scope="module")
def planned() -> Dataset:
    return dataset_of(
        date(2028, 1, 1),
        Targets=PLAN,
        Breakdown="row | year | code | month_3 | month_4\n4 | 2026 | cars_received | 700 |\n5 | 2026 | lectures_done | 1 |",
    )


@pytest.mark.parametrize("code", SOURCES)
def test_the_default_targets_are_those_of_the_sources(code: str) -> None:
    (target,) = [each for each in TARGETS if each.code == code]

    assert (target.target, target.direction) == (SOURCES[code], AT_LEAST)


def test_rework_alone_is_to_stay_below_its_target() -> None:
    assert [(each.code, each.target) for each in TARGETS if each.direction == AT_MOST] == [
        ("rework_rate", 0.02)
    ]


def test_each_default_target_is_of_one_figure() -> None:
    codes = [each.code for each in TARGETS]

    assert len(set(codes)) == len(codes)
    assert {code for code in codes if not code.startswith(OWN)} <= set(FIGURE_NAMES)


def test_insurance_and_workshop_make_the_whole() -> None:
    target = {each.code: each.target for each in TARGETS}

    assert target["revenue_insurance"] + target["revenue_workshop"] == target["revenue_total"]


@pytest.mark.parametrize(
    ("code", "period", "expected"),
    [
        ("cars_received", "2026", Aim(7800, at_most=False)),
        ("cars_received", "2026-03", Aim(700, at_most=False)),  # as 月度分解 says
        ("cars_received", "2026-04", Aim(650, at_most=False)),  # blank there: a twelfth
        ("cars_received", "2025-03", Aim(500, at_most=False)),
        ("cars_received", "2027-03", None),  # a year without targets is judged by none
        ("cars_received", "2026Q1", Aim(650 + 650 + 700, at_most=False)),
        ("cars_received", "2026-03-01..2026-04-15", Aim(700 + 325, at_most=False)),
        ("cars_received", "2026-W15", Aim(650 * 7 / 30, at_most=False)),
        ("csi", "2026-W15", Aim(0.93, at_most=False)),
        ("cars_received", "2024-03", None),
        ("rework_rate", "2026-03", Aim(0.02, at_most=True)),  # a share is not split
        ("csi", "2026-03", Aim(0.93, at_most=False)),
        ("lectures_done", "2026", Aim(4, at_most=False)),
        ("lectures_done", "2026-03", Aim(1, at_most=False)),
        ("lectures_done", "2026-04", None),  # no third of a lecture a month
        ("trainings_done", "2026-04", Aim(1, at_most=False)),
        ("complaints", "2026", None),
        ("revenue_total", "2026", None),  # wrong in 年度目标
        ("letters_sent", "2026", None),
    ],
)
def test_a_month_goes_by_its_own_target_or_by_its_part_of_the_year_s(
    planned: Dataset, code: str, period: str, expected: Aim | None
) -> None:
    assert aim(planned, code, period) == expected


@pytest.mark.parametrize(
    ("value", "at_most", "met"),
    [
        (10, False, True),
        (9.99, False, False),
        (11, False, True),
        (10, True, True),
        (10.01, True, False),
        (None, False, None),
        (0, True, True),
    ],
)
def test_a_target_is_met_by_reaching_it(value: float | None, at_most: bool, met: bool | None) -> None:
    assert Aim(10, at_most).met_by(value) is met


@pytest.mark.parametrize(
    ("period", "days", "of"), [("2026-03", 18, 31), ("2026", 77, 365), ("2026-W12", 3, 7)]
)
def test_a_flow_s_target_is_taken_pro_rata_by_open_days_while_the_period_runs(
    period: str, days: int, of: int
) -> None:
    running = dataset_of(
        date(2026, 3, 18), Targets="row | year | code | target\n4 | 2026 | cars_received | 36500"
    )
    whole = dataset_of(
        date(2028, 3, 18), Targets="row | year | code | target\n4 | 2026 | cars_received | 36500"
    )

    full, so_far = aim(whole, "cars_received", period), aim(running, "cars_received", period)
    assert full
    assert so_far
    assert so_far.value == pytest.approx(full.value * days / of)


def test_a_level_is_asked_whole_while_the_period_runs() -> None:
    running = dataset_of(
        date(2026, 3, 18), Targets="row | year | code | target\n4 | 2026 | base_customers | 1500"
    )
    assert aim(running, "base_customers", "2026-03") == Aim(1500, at_most=False)
