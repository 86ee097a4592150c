"""Every figure computed by hand on a small store. All stores are seen on 20 April 2026 unless they say otherwise."""

from datetime import date
from typing import TypeAlias

import pytest
from table_fixtures import TODAY, Drawing, dataset_of

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import Measured
from dealer_xl.dealership.kpis import BY_CODE, KPIS
from dealer_xl.dealership.period_words import period_of

LATER = date(2026, 4, 20)
COUNTS_AND_SUMS = {
    "revenue_total",
    "revenue_insurance",
    "revenue_workshop",
    "revenue_accessories",
    "cars_received",
    "lube_services",
    "requests",
    "complaints",
    "complaints_closed",
    "letters_sent",
    "events_held",
    "base_customers",
    "active_customers",
    "lost_customers",
    "loyal_customers",
    "drifting_customers",
    "lost_by_cycle",
    "lost_after_first",
    "lost_loyal",
    "renewal_premium",
    "trainings_frontdesk",
    "trainings_basic",
    "trainings_workshop",
    "problem_sessions",
    "technical_lectures",
    "first_services",
    "renewals",
    "trainings_done",
    "lectures_done",
    "activities_done",
}
SHARES_AND_MEANS = {
    "appointment_rate",
    "ticket_repair",
    "ticket_insurance",
    "rework_rate",
    "claim_pass_rate",
    "csi",
    "satisfaction_rate",
    "first_call_on_time",
    "second_call_on_time",
    "archive_on_time",
    "complaint_report_on_time",
    "complaint_told_on_time",
    "event_notice_on_time",
    "bodypaint_share",
    "delivered_on_time",
    "output_per_head",
    "first_call_reached",
    "second_call_reached",
    "warranty_callback",
    "complaint_days",
    "confirm_satisfied",
    "event_came_rate",
    "renewal_rate",
    "appointments_kept",
}


Seen: TypeAlias = tuple[float | None, int, int]


def figure(dataset: Dataset, code: str, period: str = "2026-03") -> Measured:
    return BY_CODE[code].measure(dataset, period_of(period))


def seen(dataset: Dataset, code: str, period: str = "2026-03") -> Seen:
    """Return the value, from how many rows, and how many were left out."""
    found = figure(dataset, code, period)
    return found.value, found.rows, found.left_out


def values(dataset: Dataset, *codes: str, period: str = "2026-03") -> dict[str, float | None]:
    return {code: figure(dataset, code, period).value for code in codes}


@pytest.fixture(scope="module")
def empty() -> Dataset:
    return dataset_of()


def test_every_figure_has_its_row_in_these_sets() -> None:
    assert {kpi.code for kpi in KPIS} == COUNTS_AND_SUMS | SHARES_AND_MEANS | {"cars_per_day"}
    assert len(BY_CODE) == len(KPIS)


@pytest.mark.parametrize("code", sorted(COUNTS_AND_SUMS))
def test_a_count_or_sum_of_nothing_is_nought(empty: Dataset, code: str) -> None:
    assert seen(empty, code) == (0, 0, 0)
    assert seen(empty, code, "2026") == (0, 0, 0)


@pytest.mark.parametrize("code", sorted(SHARES_AND_MEANS))
def test_a_share_or_mean_of_nothing_has_no_value(empty: Dataset, code: str) -> None:
    assert seen(empty, code) == (None, 0, 0)
    assert seen(empty, code, "2026") == (None, 0, 0)


@pytest.fixture(scope="module")
def visits() -> Dataset:
    return dataset_of(
        LATER,
        Visits="""
            row | came_on    | left_on    | kind     | amount   | booked | rework | claim  | first_service
            4   | 2026-03-01 | 2026-03-02 | 保险理赔 | 0.10     | 是     | 否     |        |
            5   | 2026-03-03 | 2026-03-03 | 保险理赔 | 0.20     |        |        |        |
            6   | 2026-02-27 | 2026-03-01 | 保养     | 300      | 是     |        |        | 是
            7   | 2026-03-10 | 2026-03-31 | 维修     | 1,000.50 |        | 是     |        | 否
            8   | 2026-03-11 | 2026-03-12 | 保修索赔 | 200      |        |        | 通过   |
            9   | 2026-03-12 | 2026-03-13 | 保修索赔 | 0        | 否     |        | 未通过 |
            10  | 2026-03-12 | 2026-03-13 | 保修索赔 | 50       |        |        | 待定   |
            11  | 2026-03-31 | 2026-04-01 | 维修     | 999      |        | 是     |        | 是
            12  | 2026-03-20 |            | 精品     | 77       |        |        |        |
            13  | 2026-03-20 | 2026-03-20 | 精品     | 88       |        |        | 通过   |
        """,
    )


def test_revenue_is_that_of_the_visits_that_left_in_the_month(visits: Dataset) -> None:
    assert values(
        visits, "revenue_insurance", "revenue_workshop", "revenue_total", "revenue_accessories"
    ) == {
        "revenue_insurance": 0.3,
        "revenue_workshop": 300 + 1000.5 + 200 + 0 + 50,
        "revenue_total": 1550.8,
        "revenue_accessories": 88,
    }


def test_a_ticket_is_revenue_a_visit(visits: Dataset) -> None:
    assert values(visits, "ticket_repair", "ticket_insurance") == {
        "ticket_repair": 1550.5 / 5,
        "ticket_insurance": 0.15,
    }


def test_traffic_is_that_of_the_visits_that_came_in_the_month(visits: Dataset) -> None:
    assert values(visits, "cars_received", "cars_per_day", "appointment_rate") == {
        "cars_received": 9,
        "cars_per_day": 9 / 31,
        "appointment_rate": 1 / 9,
    }


def test_quality_is_that_of_the_visits_that_left_in_the_month(visits: Dataset) -> None:
    assert values(visits, "rework_rate", "claim_pass_rate", "first_services") == {
        "rework_rate": 1 / 9,
        "claim_pass_rate": 1 / 2,
        "first_services": 1,
    }


def test_a_figure_tells_from_how_many_rows_it_was_computed(visits: Dataset) -> None:
    assert seen(visits, "revenue_workshop") == (1550.5, 5, 0)
    assert seen(visits, "claim_pass_rate") == (0.5, 2, 0)


def test_a_year_is_the_sum_of_its_months(visits: Dataset) -> None:
    months = [figure(visits, "revenue_total", f"2026-{month:02}").value for month in range(1, 13)]

    assert figure(visits, "revenue_total", "2026").value == 2549.8 == sum(each or 0 for each in months)


@pytest.mark.parametrize("amount", ["0.10", "0.01", "0.07", "19.99"])
@pytest.mark.parametrize("count", [3, 7, 300])
def test_money_never_drifts(amount: str, count: int) -> None:
    rows = "\n".join(f"{row} | 2026-03-02 | 保险理赔 | {amount}" for row in range(4, 4 + count))
    dataset = dataset_of(LATER, Visits=f"row | left_on | kind | amount\n{rows}")

    fen = int(amount.replace(".", "")) * count
    assert figure(dataset, "revenue_insurance").value == fen / 100
    assert figure(dataset, "ticket_insurance").value == float(amount)


def test_the_shop_s_days_off_do_not_count_as_days_on_which_it_works() -> None:
    dataset = dataset_of(
        LATER,
        Visits="row | came_on\n4 | 2026-03-02\n5 | 2026-03-02\n6 | 2026-03-31",
        Calendar="row | day | kind\n4 | 2026-03-08 | 休息",
    )

    assert figure(dataset, "cars_per_day").value == 3 / 30


@pytest.mark.parametrize(("score", "share"), [("93", 0.93), ("90", 0.9), ("100", 1), ("0", 0)])
@pytest.mark.parametrize("count", [1, 3, 7, 13])
def test_a_mean_of_equal_scores_is_the_score(score: str, share: float, count: int) -> None:
    """Else seven calls of 93 points miss the target of 93."""
    rows = "\n".join(f"{row} | 2026-03-02 | 第一次跟踪 | {score}" for row in range(4, 4 + count))
    dataset = dataset_of(LATER, Calls=f"row | called_on | kind | satisfaction\n{rows}")

    assert figure(dataset, "csi").value == share


def test_a_row_with_an_error_in_a_cell_the_figure_needs_is_left_out_and_counted() -> None:
    dataset = dataset_of(
        LATER,
        Visits="""
            row | came_on    | left_on    | kind | amount | booked
            4   | 2026-03-01 | 2026-03-02 | 维修 | 100    | 是
            5   | 2026-03-01 | 2026-03-02 | 维修 | 一百   | 是
            6   | 2026-03-01 | 2026-03-02 | 洗车 | 100    | 也许
            7   | 2026-03-01 | 三月二日   | 维修 | 100    | 否
            8   | 2026-02-01 | 2026-02-02 | 维修 | 二百   | 也许
            9   | 2026-03-01 | 2026-03-02 | 精品 | 免费   | 是
        """,
    )

    assert seen(dataset, "revenue_workshop") == (100, 1, 3)
    assert seen(dataset, "revenue_accessories") == (0, 0, 2)
    assert seen(dataset, "ticket_insurance") == (None, 0, 1)
    assert seen(dataset, "cars_received") == (5, 5, 0)
    assert seen(dataset, "appointment_rate") == (3 / 4, 4, 1)


def test_a_row_that_is_wrong_where_the_figure_does_not_look_is_not_left_out() -> None:
    dataset = dataset_of(
        LATER, Visits="row | left_on | kind | amount | km | booked\n4 | 2026-03-02 | 维修 | 100 | 远 | 也许"
    )

    assert seen(dataset, "revenue_workshop") == (100, 1, 0)


@pytest.fixture(scope="module")
def calls() -> Dataset:
    return dataset_of(
        LATER,
        Calls="""
            row | called_on  | kind       | result | satisfaction
            4   | 2026-03-01 | 第一次跟踪 | 接通   | 90
            5   | 2026-03-31 | 第二次跟踪 | 接通   | 80
            6   | 2026-03-15 | 第一次跟踪 | 接通   | 79
            7   | 2026-03-15 | 第一次跟踪 | 接通   |
            8   | 2026-03-15 | 第一次跟踪 | 未接   | 10
            9   | 2026-03-15 | 咨询       | 接通   | 0
            10  | 2026-02-28 | 第一次跟踪 | 接通   | 0
            11  | 2026-03-15 | 第一次跟踪 | 接通   | 很好
        """,
    )


def test_satisfaction_is_that_of_the_answered_follow_up_calls_that_tell_it(calls: Dataset) -> None:
    assert seen(calls, "csi") == ((90 + 80 + 79) / 300, 3, 1)
    assert seen(calls, "satisfaction_rate") == (2 / 3, 3, 1)


def test_who_is_satisfied_is_a_setting() -> None:
    dataset = dataset_of(
        LATER,
        Calls="row | called_on | kind | satisfaction\n4 | 2026-03-01 | 第一次跟踪 | 85\n5 | 2026-03-01 | 第一次跟踪 | 90",
        Settings="row | key | value\n4 | satisfied_from | 90",
    )

    assert figure(dataset, "satisfaction_rate").value == 1 / 2


def test_a_first_call_is_in_time_from_the_third_to_the_seventh_day() -> None:
    dataset = dataset_of(
        LATER,
        Visits="""
            row | order_no | left_on
            4   | G1       | 2026-02-22
            5   | G2       | 2026-03-24
            6   | G3       | 2026-03-25
            7   | G4       | 2026-02-21
            8   | G5       | 2026-03-05
            9   | G6       | 2026-03-06
            10  | G7       | 2026-03-07
            11  | G8       |
        """,
        Calls="""
            row | order_no | called_on  | kind       | result | direction
            4   | G1       | 2026-03-01 | 第一次跟踪 | 未接   | 呼出
            5   | G2       | 2026-03-27 | 第一次跟踪 | 接通   | 呼出
            6   | G3       | 2026-03-28 | 第一次跟踪 | 接通   | 呼出
            7   | G4       | 2026-02-24 | 第一次跟踪 | 接通   | 呼出
            8   | G5       | 2026-03-09 | 第一次跟踪 | 接通   | 呼入
            9   | G6       | 2026-03-14 | 第一次跟踪 | 接通   | 呼出
            10  | G7       | 2026-03-09 | 第一次跟踪 | 未接   | 呼出
            11  | G7       | 2026-03-10 | 第一次跟踪 | 接通   | 呼出
        """,
    )

    # Due in March: G1 (in time, on the last day), G2 (in time, on the first), G5 (called in only), G6 (a day late), G7.
    assert seen(dataset, "first_call_on_time") == (3 / 5, 5, 0)


def test_a_second_call_is_in_time_from_the_eighth_to_the_fourteenth_day_after_the_first_answered() -> None:
    dataset = dataset_of(
        LATER,
        Visits="""
            row | order_no | left_on
            4   | G1       | 2026-02-25
            5   | G2       | 2026-02-25
            6   | G3       | 2026-02-25
            7   | G4       | 2026-02-25
            8   | G5       | 2026-03-10
        """,
        Calls="""
            row | order_no | called_on  | kind       | result
            4   | G1       | 2026-03-01 | 第一次跟踪 | 接通
            5   | G2       | 2026-03-01 | 第一次跟踪 | 接通
            6   | G3       | 2026-03-01 | 第一次跟踪 | 接通
            7   | G4       | 2026-03-01 | 第一次跟踪 | 未接
            8   | G5       | 2026-03-18 | 第一次跟踪 | 接通
            9   | G1       | 2026-03-09 | 第二次跟踪 | 接通
            10  | G2       | 2026-03-15 | 第二次跟踪 | 未接
            11  | G3       | 2026-03-16 | 第二次跟踪 | 接通
        """,
    )

    # G4 was not answered; G5 was, and its second call is due in April.
    assert seen(dataset, "second_call_on_time") == (2 / 3, 3, 0)
    assert seen(dataset, "second_call_on_time", "2026-04") == (0, 1, 0)


def test_a_follow_up_that_is_not_due_yet_is_not_missed() -> None:
    dataset = dataset_of(
        date(2026, 3, 17),
        Visits="""
            row | order_no | left_on
            4   | G1       | 2026-03-09
            5   | G2       | 2026-03-10
            6   | G3       | 2026-03-11
            7   | G4       | 2026-03-01
        """,
        Calls="""
            row | order_no | called_on  | kind       | result | direction
            4   | G3       | 2026-03-14 | 第一次跟踪 | 未接   | 呼出
            5   | G4       | 2026-03-04 | 第一次跟踪 | 接通   | 呼出
        """,
    )

    # Due by today, the last day counted: G1, G2 and G4, which was called. G3 and the second call of G4 are still open.
    assert seen(dataset, "first_call_on_time") == (1 / 3, 3, 0)
    assert seen(dataset, "second_call_on_time") == (None, 0, 0)


def test_an_archive_is_in_time_within_two_days() -> None:
    dataset = dataset_of(
        LATER,
        Customers="""
            row | archive_no | came_on    | archived_on
            4   | A1         | 2026-02-27 | 2026-03-01
            5   | A2         | 2026-03-29 | 2026-03-31
            6   | A3         | 2026-03-10 | 2026-03-13
            7   | A4         | 2026-03-31 | 2026-04-01
            8   | A5         |            | 2026-03-13
        """,
    )

    assert seen(dataset, "archive_on_time") == (2 / 3, 3, 1)


def test_a_complaint_is_reported_in_time_within_two_days_unless_it_is_solved_by_then() -> None:
    dataset = dataset_of(
        TODAY,
        Complaints="""
            row | received_on | reported_on | solved_on  | told_on    | status
            4   | 2026-03-02  | 2026-03-04  |            |            | 处理中
            5   | 2026-03-02  | 2026-03-05  | 2026-03-06 | 2026-03-06 | 已关闭
            6   | 2026-03-05  |             | 2026-03-07 | 2026-03-08 | 已关闭
            7   | 2026-03-05  |             |            |            | 处理中
            8   | 2026-03-16  |             | 2026-03-18 |            | 已解决
            9   | 2026-03-10  |             | 2026-03-13 |            | 已解决
            10  | 2026-02-28  | 2026-02-28  |            |            | 已关闭
        """,
    )

    assert values(dataset, "complaints", "complaints_closed") == {"complaints": 6, "complaints_closed": 2}
    # 4 in time; 5 a day late; 6 solved in time; 7 never; 8 not yet due; 9 solved a day late and not reported.
    assert figure(dataset, "complaint_report_on_time").value == 1 / 4
    # 5 on the day; 6 a day late; 8 has until tonight; 9 never.
    assert figure(dataset, "complaint_told_on_time").value == 1 / 3


def test_a_figure_of_complaints_in_which_none_is_to_be_judged_has_no_value() -> None:
    dataset = dataset_of(TODAY, Complaints="row | received_on\n4 | 2026-03-17")

    assert values(dataset, "complaint_report_on_time", "complaint_told_on_time", "complaints") == {
        "complaint_report_on_time": None,
        "complaint_told_on_time": None,
        "complaints": 1,
    }


def test_an_event_is_told_of_in_time_two_weeks_ahead() -> None:
    dataset = dataset_of(
        LATER,
        Events="row | event_no | starts_on\n4 | H1 | 2026-03-15\n5 | H2 | 2026-04-15\n6 | H3 | 2026-04-30",
        Calls="""
            row | called_on  | kind     | event_no | direction
            4   | 2026-03-01 | 活动通知 | H1       | 呼出
            5   | 2026-03-02 | 活动通知 | H1       | 呼出
            6   | 2026-02-10 | 活动通知 | H1       | 呼出
            7   | 2026-02-10 | 活动通知 | H1       | 呼入
            8   | 2026-02-10 | 咨询     | H1       | 呼出
            9   | 2026-04-02 | 活动通知 | H2       | 呼出
            10  | 2026-03-03 | 活动通知 |          | 呼出
        """,
    )

    assert seen(dataset, "event_notice_on_time") == (2 / 3, 3, 0)
    assert seen(dataset, "event_notice_on_time", "2026-04") == (0, 1, 0)


def test_an_event_is_held_once_its_day_has_come() -> None:
    dataset = dataset_of(
        TODAY, Events="row | starts_on\n4 | 2026-03-01\n5 | 2026-03-18\n6 | 2026-03-19\n7 | 2026-02-28"
    )

    assert figure(dataset, "events_held").value == 2


def test_letters_are_counted_by_the_day_they_were_sent() -> None:
    dataset = dataset_of(
        LATER, Letters="row | sent_on\n4 | 2026-03-01\n5 | 2026-03-31\n6 | 2026-04-01\n7 | 三月"
    )

    assert seen(dataset, "letters_sent") == (2, 2, 1)


@pytest.fixture(scope="module")
def customers() -> Dataset:
    visits = {
        "A1": ["2025-04-01", "2025-10-01", "2026-01-01", "2026-03-31"],  # loyal: four in the twelve months
        "A2": ["2025-03-31", "2025-10-01", "2026-01-01", "2026-03-31"],  # one of them a day too early
        "A3": ["2025-03-31"],  # lost: twelve months ago
        "A4": ["2025-04-01"],  # not yet lost
        "A5": ["2026-04-01"],  # came after the month
    }
    rows = [f"{number} | {day}" for number, days in visits.items() for day in days]
    tables: dict[str, Drawing] = {
        "Visits": "row | archive_no | came_on\n"
        + "\n".join(f"{row} | {words}" for row, words in enumerate(rows, 4)),
        "Customers": """
            row | archive_no | came_on    | archived_on
            4   | A1         | 2024-01-02 | 2024-01-02
            5   | A2         | 2024-01-02 | 2024-01-02
            6   | A3         | 2024-01-02 | 2024-01-02
            7   | A4         | 2024-01-02 | 2026-03-31
            8   | A5         | 2024-01-02 | 2026-04-01
            9   | A5         | 2024-01-02 | 2024-01-02
        """,
    }
    return dataset_of(LATER, **tables)


def test_the_base_is_every_archive_made_by_the_end_of_the_month(customers: Dataset) -> None:
    assert seen(customers, "base_customers") == (4, 4, 1)
    assert figure(customers, "base_customers", "2026-02").value == 3


def test_active_customers_came_within_twelve_months(customers: Dataset) -> None:
    assert figure(customers, "active_customers").value == 3


def test_lost_customers_came_once_but_not_within_twelve_months(customers: Dataset) -> None:
    assert figure(customers, "lost_customers").value == 1


def test_loyal_customers_came_four_times_within_twelve_months(customers: Dataset) -> None:
    assert figure(customers, "loyal_customers").value == 1


def test_a_phone_call_is_no_visit() -> None:
    dataset = dataset_of(
        TODAY,
        Visits="row | archive_no | came_on\n4 | A1 | 2024-01-02",
        Calls="row | archive_no | called_on\n4 | A1 | 2026-03-02",
    )

    assert values(dataset, "lost_customers", "active_customers") == {
        "lost_customers": 1,
        "active_customers": 0,
    }


def test_who_is_lost_and_who_is_loyal_are_settings() -> None:
    dataset = dataset_of(
        LATER,
        Visits="row | archive_no | came_on\n4 | A1 | 2025-12-31\n5 | A1 | 2025-06-01\n6 | A2 | 2026-01-01",
        Settings="row | key | value\n4 | lost_months | 3\n5 | loyal_visits | 2",
    )

    assert values(dataset, "lost_customers", "loyal_customers") == {"lost_customers": 1, "loyal_customers": 1}


def test_an_insurance_is_renewed_when_its_last_day_becomes_a_later_one() -> None:
    dataset = dataset_of(
        LATER,
        Changes="""
            row | changed_on | archive_no | field      | old        | new
            4   | 2026-03-01 | A1         | 保险到期日 | 2026-04-01 | 2027-04-01
            5   | 2026-03-31 | A1         | 保险到期日 | 2026.4.1   | 2027年4月1日
            6   | 2026-03-02 | A1         | 保险到期日 | 2027-04-01 | 2026-04-01
            7   | 2026-03-02 | A1         | 保险到期日 | 2026-04-01 | 2026-04-01
            8   | 2026-03-02 | A1         | 保险到期日 |            | 2027-04-01
            9   | 2026-03-02 | A1         | 保险到期日 | 明年       | 2027-04-01
            10  | 2026-03-02 | A1         | 联系电话   | 2026-04-01 | 2027-04-01
            11  | 2026-04-01 | A1         | 保险到期日 | 2026-04-01 | 2027-04-01
        """,
    )

    assert figure(dataset, "renewals").value == 2


def test_trainings_lectures_and_activities_count_on_the_day_they_are_done() -> None:
    dataset = dataset_of(
        LATER,
        Tasks="""
            row | kind         | done_on
            4   | 前台技能培训 | 2026-03-01
            5   | 专业知识培训 | 2026-03-02
            6   | 车间技术培训 | 2026-03-31
            7   | 车间技术培训 |
            8   | 疑难问题探讨 | 2026-03-02
            9   | 汽车讲堂     | 2026-03-02
            10  | 学习讲座     | 2026-03-02
            11  | 部门活动     | 2026-03-02
            12  | 部门活动     | 2026-04-01
            13  |              | 2026-03-02
        """,
    )

    assert values(dataset, "trainings_done", "lectures_done", "activities_done") == {
        "trainings_done": 3,
        "lectures_done": 1,
        "activities_done": 1,
    }


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.code)
def test_every_figure_says_what_it_is_and_how_it_is_computed(kpi: object) -> None:
    assert all(getattr(kpi, words) for words in ("code", "label", "unit", "formula"))
