"""Whether the targets of a year fit each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_xl.dealership.kpis import BY_CODE
from dealer_xl.dealership.target_check import TOLERANCE, check_targets
from dealer_xl.dealership.targets import TARGETS

FITTING = {
    "revenue_total": 6_000_000.0,
    "revenue_insurance": 1_800_000.0,
    "revenue_workshop": 4_200_000.0,
    "cars_received": 6_250.0,  # 1000 claims of 1800 yuan and 5250 repairs of 800
    "cars_per_day": 17.0,
    "ticket_repair": 800.0,
    "ticket_insurance": 1_800.0,
}


def test_the_default_targets_clash_as_the_sources_do() -> None:
    # Section 4 of the domain notes: point 3, 20 a day against 650 a month; point 4, 650 × 12 × 800 = 6.24 million and
    # 2.2 million ÷ 1800 = 1222 claims a year, 102 a month. 220 + 380 = 600 adds up.
    a_day, tickets = check_targets({target.code: target.target for target in TARGETS}, 365)

    assert a_day.message == (
        "日均接车20台/天 × 全年上班365天 = 7,300台，与进厂台次7,800台（每月约650台）相差6.4%。"
        "请改其中一个：日均接车21.4台/天，或进厂台次7,300台。"
    )
    assert tickets.message == (
        "进厂台次7,800台 × 维修单车产值800元 = 6,240,000元；"
        "保险理赔产值2,200,000元 ÷ 保险单车产值1,800元 = 1,222台（每月约102台），"
        "其余6,578台维修是5,262,222元，与车间维修及索赔产值3,800,000元相差27.8%。"
        "请改其中一个：进厂台次5,972台，维修单车产值578元，或车间维修及索赔产值5,262,222元。"
    )


def test_targets_that_fit_are_not_spoken_of() -> None:
    assert check_targets(FITTING, 365) == ()


@pytest.mark.parametrize("code", ["cars_received", "ticket_repair", "cars_per_day"])
def test_a_check_is_silent_within_its_tolerance_and_speaks_beyond_it(code: str) -> None:
    exact = {**FITTING, "cars_per_day": FITTING["cars_received"] / 365}
    # The repairs are 5250 of 6250 cars: these move the revenue by more than their own part.
    near, far = 1 + TOLERANCE / 2, 1 + TOLERANCE * 2

    assert check_targets({**exact, code: exact[code] * near}, 365) == ()
    assert check_targets({**exact, code: exact[code] * far}, 365)


@pytest.mark.parametrize("missing", FITTING)
def test_a_check_of_which_a_target_is_missing_is_silent(missing: str) -> None:
    apart = {**FITTING, "cars_per_day": 40.0, "ticket_repair": 100.0, "revenue_total": 1.0}
    told = check_targets({code: target for code, target in apart.items() if code != missing}, 365)

    assert all(missing not in finding.codes for finding in told)


def test_parts_that_do_not_make_their_total_are_told_to_the_yuan() -> None:
    (finding,) = check_targets({**FITTING, "revenue_total": 6_000_100.0}, 365)

    assert finding.codes == ("revenue_total", "revenue_insurance", "revenue_workshop")
    assert finding.message == (
        "保险理赔产值1,800,000元 + 车间维修及索赔产值4,200,000元 = 6,000,000元，"
        "与售后总营业额6,000,100元相差100元。请改其中一个。"
    )


def test_insurance_that_takes_more_cars_than_come_is_told() -> None:
    (finding,) = check_targets({**FITTING, "cars_received": 900.0, "cars_per_day": 900 / 365}, 365)

    assert "没有留下维修的台次" in finding.message


def test_a_share_of_more_than_all_is_told() -> None:
    (finding,) = check_targets({"csi": 93.0, "rework_rate": 1.0}, 365)

    assert (finding.codes, "比例不会超过100%" in finding.message) == (("csi",), True)


@given(st.dictionaries(st.sampled_from(list(BY_CODE)), st.floats(0, 1e12)), st.integers(0, 366))
def test_whatever_the_targets_each_finding_is_a_sentence(targets: dict[str, float], days: int) -> None:
    assert all(
        finding.message.endswith("。") and "nan" not in finding.message
        for finding in check_targets(targets, days)
    )
