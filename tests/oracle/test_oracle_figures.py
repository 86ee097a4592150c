"""Figures of March 2026, counted by hand."""

from datetime import date
from fractions import Fraction

import pytest

from oracle.cells import Row
from oracle.drawn import table
from oracle.figures import figures, pro_rata
from oracle.per_person import per_person
from oracle.period import Figure
from oracle.shop import open_shop

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def figure(
    code: str, *settings: tuple[str, object], until: date | None = None, **tables: list[Row]
) -> Figure:
    """Return a figure of March."""
    return figures(tables, dict(settings), MARCH, until)[code]


def parts(found: Figure) -> tuple[object, object, object]:
    """Return value, numerator and denominator."""
    return (found.value, found.numerator, found.denominator)


VISITS = """
工单号 | 档案号 | 进厂日期   | 出厂日期   | 业务类型 | 金额 | 是否首保 | 是否预约 | 是否返修 | 索赔结果 | 承诺交车日期 | 钣喷金额 | 服务顾问
W1     | A1     | 2026-02-28 | 2026-03-01 | 保养     | 300  | 是       | 是       | 是       |          | 2026-03-01   |          | 周明
W2     | A2     | 2026-03-01 | 2026-03-31 | 维修     | 500  | 否       | 是       | 否       |          | 2026-03-30   |          | 周明
W3     | A2     | 2026-03-31 | 2026-04-01 | 保险理赔 | 2000 | 否       | 否       | 是       |          |              | 900      | 周明
W4     | A3     | 2026-03-10 | 2026-03-12 | 保险理赔 | 1000 | 否       |          | 否       |          |              | 400      | 何静
W5     | A3     | 2026-03-10 | 2026-03-12 | 保修索赔 | 100  | 否       | 否       | 否       | 通过     |              |          | 何静
W6     | A3     | 2026-03-10 | 2026-03-12 | 保修索赔 | 100  | 否       | 否       | 否       | 待定     |              |          | 何静
W7     | A3     | 2026-03-10 | 2026-03-12 | 精品     | 80   | 否       | 否       | 否       |          |              |          | 何静
W8     | A3     | 2026-03-10 | 2026-03-12 | 其他     | 50   | 否       | 否       | 否       |          |              |          | 何静
"""


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("revenue_insurance", 1000),
        ("revenue_workshop", 300 + 500 + 100 + 100 + 50),
        ("revenue_total", 2050),
        ("revenue_accessories", 80),
        ("cars_received", 7),
        ("first_services", 1),
        ("lube_services", 1),
    ],
)
def test_sums_and_counts_of_visits(code: str, value: int) -> None:
    assert figure(code, Visits=table(VISITS)).value == value


@pytest.mark.parametrize(
    ("code", "above", "below"),
    [
        ("cars_per_day", 7, 31),
        ("appointment_rate", 1, 7),
        ("rework_rate", 1, 7),
        ("ticket_repair", 1050, 5),
        ("ticket_insurance", 1000, 1),
        ("claim_pass_rate", 1, 1),
        ("bodypaint_share", 400, 2050),
        ("delivered_on_time", 1, 2),
    ],
)
def test_shares_and_means_of_visits(code: str, above: int, below: int) -> None:
    assert parts(figure(code, Visits=table(VISITS))) == (Fraction(above, below), above, below)


def test_a_share_of_nothing_has_no_value() -> None:
    assert parts(figure("claim_pass_rate", Visits=[])) == (None, 0, 0)


def test_a_sum_of_nothing_is_nought() -> None:
    assert figure("revenue_total", Visits=[]).value == 0


def test_a_row_with_a_wrong_cell_is_left_out_where_the_cell_is_needed() -> None:
    rows = table(VISITS)
    rows[1]["_errors"] = {"金额"}
    found = figures({"Visits": rows}, {}, MARCH)
    assert [found["revenue_total"].value, found["cars_received"].value] == [1550, 7]


def test_a_figure_that_reads_an_absent_column_says_what_it_lacks() -> None:
    found = figures(
        {"Visits": table(VISITS)}, {}, MARCH, columns={"Visits": {"进厂日期", "出厂日期", "业务类型"}}
    )
    assert (found["revenue_total"].value, found["revenue_total"].lacks) == (None, (("Visits", "金额"),))


def test_a_running_period_is_judged_as_far_as_it_has_gone() -> None:
    found = figure("cars_per_day", until=date(2026, 3, 10), Visits=table(VISITS))
    assert parts(found) == (Fraction(6, 10), 6, 10)


def test_a_period_may_have_run_for_one_day() -> None:
    found = figure("cars_per_day", until=date(2026, 3, 1), Visits=table(VISITS))
    assert parts(found) == (1, 1, 1)


def test_a_departure_with_a_wrong_cell_is_left_out() -> None:
    visits = table(DEPARTURES)
    visits[2]["_errors"] = {"出厂日期"}
    found = figure("first_call_on_time", Visits=visits, Calls=table(CALLS))
    assert parts(found) == (1, 1, 1)


def test_a_period_that_has_not_begun_is_refused() -> None:
    with pytest.raises(ValueError, match="has not begun"):
        figure("csi", until=date(2026, 2, 28))


def test_a_flows_target_is_taken_pro_rata_by_open_days() -> None:
    # March 2026 has 22 working days, ten of them by Friday the 13th
    shop = open_shop({}, {"day_count": "工作日"}, date(2026, 3, 13))
    assert pro_rata(shop, Fraction(660), *MARCH, date(2026, 3, 13)) == 300


def test_output_per_head_is_taken_from_the_shops_own_headcount() -> None:
    own = table("月份 | 指标 | 值 | 汇总\n2026-02 | 人员编制 | 9 | 期末\n2026-03 | 人员编制 | 5 | 期末")
    assert figure("output_per_head", Visits=table(VISITS), OwnFigures=own).value == 410


def test_output_per_head_counts_the_staff_otherwise() -> None:
    staff = table("姓名\n周明\n何静")
    assert figure("output_per_head", Visits=table(VISITS), Staff=staff).value == 1025


@pytest.mark.parametrize(("how", "value"), [("", 12), ("合计", 12), ("期末", 4), ("平均", 6)])
def test_a_figure_of_the_shops_own_over_two_months(how: str, value: int) -> None:
    own = table(
        f"月份 | 指标 | 值 | 汇总\n2026-02 | 毛利 | 8 | {how}\n2026-03 | 毛利 | 4 | {how}\n2026-04 | 毛利 | 1 | {how}"
    )
    found = figures({"OwnFigures": own}, {}, (date(2026, 2, 1), date(2026, 3, 31)))
    assert found["own:毛利"].value == value


# The first call of W1 … W4 is due by 28 February, 1 March, 31 March and 1 April: only W2 and W3 are judged in March.
DEPARTURES = """
工单号 | 档案号 | 进厂日期   | 出厂日期
W1     | A1     | 2026-02-20 | 2026-02-21
W2     | A2     | 2026-02-20 | 2026-02-22
W3     | A3     | 2026-03-20 | 2026-03-24
W4     | A4     | 2026-03-20 | 2026-03-25
"""
CALLS = """
日期       | 方向 | 档案号 | 通话类型   | 关联工单号 | 通话结果 | 满意度 | 业务员
2026-02-25 | 呼出 | A2     | 第一次跟踪 | W2         | 未接     |        | 何静
2026-03-01 | 呼出 | A2     | 第一次跟踪 |            | 接通     | 90     | 何静
2026-03-26 | 呼出 | A3     | 第一次跟踪 | W3         | 接通     | 60     | 周明
2026-03-09 | 呼出 | A2     | 第二次跟踪 | W2         | 拒接     | 100    | 何静
2026-03-15 | 呼入 | A2     | 第二次跟踪 | W2         | 接通     | 80     | 何静
"""


@pytest.mark.parametrize(
    ("code", "above", "below"),
    [
        ("first_call_on_time", 1, 2),
        ("first_call_reached", 1, 2),
        ("second_call_on_time", 1, 1),
        ("second_call_reached", 0, 1),
        ("satisfaction_rate", 2, 3),
    ],
)
def test_shares_of_calls(code: str, above: int, below: int) -> None:
    found = figure(code, Visits=table(DEPARTURES), Calls=table(CALLS))
    assert parts(found) == (Fraction(above, below), above, below)


def test_csi_is_a_fraction_of_one() -> None:
    found = figure("csi", Visits=table(DEPARTURES), Calls=table(CALLS))
    assert parts(found) == (Fraction(230, 300), Fraction(23, 10), 3)


@pytest.mark.parametrize(("bought", "below"), [(date(2023, 2, 20), 1), (date(2023, 2, 19), 0)])
def test_a_car_is_under_warranty_for_36_months_to_the_day(bought: date, below: int) -> None:
    archive: list[Row] = [{"档案号": "A2", "购车日期": bought}]
    found = figure("warranty_callback", Visits=table(DEPARTURES), Calls=table(CALLS), Customers=archive)
    assert parts(found)[1:] == (below, below)


def test_archives_built_in_time() -> None:
    rows = table(
        "档案号 | 送修或来访日期 | 建档日期\nA1 | 2026-02-27 | 2026-03-01\nA2 | 2026-02-26 | 2026-03-01\nA3 | 2026-03-30 | 2026-04-01"
    )
    assert parts(figure("archive_on_time", Customers=rows)) == (Fraction(1, 2), 1, 2)


# At 31 March 2026: A1 came 12 months ago to the day, A2 a day later, A3 four times, A4 nine months ago and a day.
HISTORY = """
工单号 | 档案号 | 进厂日期
W1     | A1     | 2025-03-31
W2     | A2     | 2025-04-01
W3     | A3     | 2025-05-01
W4     | A3     | 2025-06-01
W5     | A3     | 2025-07-01
W6     | A3     | 2026-03-01
W7     | A4     | 2025-06-29
W8     | A5     | 2024-01-31
W9     | A5     | 2024-02-01
W10    | A5     | 2024-03-01
W11    | A5     | 2024-04-01
W12    | A5     | 2025-01-31
W13    | A6     | 2026-04-01
"""


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("active_customers", 3),  # A2, A3, A4
        ("loyal_customers", 1),  # A3
        ("lost_customers", 2),  # A1, A5
        ("drifting_customers", 2),  # A2, A4
        ("lost_after_first", 1),  # A1
        ("lost_loyal", 1),  # A5: four visits from 2024-01-31 on, before 2025-01-31
    ],
)
def test_customers_by_their_visits(code: str, value: int) -> None:
    assert figure(code, Visits=table(HISTORY)).value == value


def test_a_visit_on_the_last_day_counts() -> None:
    visits = table("档案号 | 进厂日期\nA1 | 2026-03-31")
    assert figure("active_customers", Visits=visits).value == 1


@pytest.mark.parametrize(("until", "value"), [(date(2026, 3, 30), 0), (date(2026, 3, 31), 1)])
def test_a_customer_drifts_after_more_than_nine_months(until: date, value: int) -> None:
    visits = table("档案号 | 进厂日期\nA1 | 2025-06-30")
    assert figure("drifting_customers", until=until, Visits=visits).value == value


def test_who_came_twice_was_not_lost_after_the_first_visit() -> None:
    visits = table("档案号 | 进厂日期\nA1 | 2024-01-01\nA1 | 2024-02-01")
    assert figure("lost_after_first", Visits=visits).value == 0


def test_the_last_visit_does_not_make_a_lost_customer_loyal() -> None:
    visits = table("档案号 | 进厂日期\nA1 | 2024-01-01\nA1 | 2024-02-01\nA1 | 2024-03-01\nA1 | 2024-04-01")
    assert figure("lost_loyal", Visits=visits).value == 0


@pytest.mark.parametrize(("months", "value"), [(6, 1), (5, 2), (4, 3)])
def test_lost_by_the_cars_own_cycle(months: int, value: int) -> None:
    # twice the cycle after the last visit, more than: A1 12 months to the day, A4 nine and a day, A5 fourteen
    archive: list[Row] = [{"档案号": number, "保养周期(月)": months} for number in ("A1", "A4", "A5")]
    assert figure("lost_by_cycle", Visits=table(HISTORY), Customers=archive).value == value


def test_the_base_counts_each_archive_number_once() -> None:
    rows = table("档案号 | 建档日期\nA1 | 2026-03-31\nA2 | 2026-01-01\nA2 | 2020-01-01\nA3 | 2026-04-01")
    assert figure("base_customers", Customers=rows).value == 2


RENEWALS = """
续保号 | 日期       | 档案号 | 是否本店 | 生效日期   | 到期日期   | 保费
X1     | 2026-03-01 | A1     | 是       | 2026-03-10 | 2027-03-09 | 1000
X2     | 2026-03-31 | A1     | 是       |            | 2027-03-09 | 3000
X3     | 2026-03-05 | A2     | 否       | 2026-03-20 | 2027-03-19 | 700
X4     | 2026-03-05 | A3     | 是       | 2026-04-01 | 2027-03-31 | 500
X5     | 2026-02-28 | A4     | 是       | 2026-03-31 | 2027-03-30 | 400
"""
ENDINGS = "档案号 | 保险到期日\nA1 | 2027-03-09\nA5 | 2026-03-15\nA6 | 2026-04-01"


def test_two_policies_of_a_car_are_one_renewal() -> None:
    assert figure("renewals", Renewals=table(RENEWALS)).value == 2


def test_the_premium_is_that_of_all_policies() -> None:
    assert figure("renewal_premium", Renewals=table(RENEWALS)).value == 4500


def test_renewed_here_of_those_due() -> None:
    # begun in March here: A1, A4; due: A5 by the archive, A1, A2, A4 by their rows
    found = figure("renewal_rate", Renewals=table(RENEWALS), Customers=table(ENDINGS))
    assert parts(found) == (Fraction(2, 4), 2, 4)


@pytest.mark.parametrize(("new", "value"), [("2026-12-26", 0), ("2026-12-27", 1)])
def test_without_renewals_a_step_of_300_days_is_one(new: str, value: int) -> None:
    changes = table(f"日期 | 档案号 | 字段 | 原值 | 新值\n2026-03-02 | A1 | 保险到期日 | 2026-03-02 | {new}")
    assert figure("renewals", Changes=changes).value == value


COMPLAINTS = """
投诉号 | 性质 | 受理日期   | 上报主管日期 | 解决办法日期 | 告知客户日期 | 再次确认日期 | 再次满意度 | 等待配件天数 | 状态
T1     |      | 2026-03-01 | 2026-03-03   | 2026-03-09   | 2026-03-09   | 2026-03-12   | 80         | 3            | 已关闭
T2     | 投诉 | 2026-03-31 | 2026-04-03   |              |              |              |            |              | 处理中
T3     | 要求 | 2026-03-10 |              | 2026-03-11   | 2026-03-12   | 2026-03-15   | 79         |              | 已解决
T4     | 投诉 | 2026-02-28 | 2026-02-28   | 2026-03-01   | 2026-03-01   | 2026-03-31   | 100        |              | 已关闭
"""


@pytest.mark.parametrize(
    ("code", "value"),
    [("complaints", 2), ("requests", 1), ("complaints_closed", 1)],
)
def test_counts_of_complaints(code: str, value: int) -> None:
    assert figure(code, Complaints=table(COMPLAINTS)).value == value


@pytest.mark.parametrize(
    ("code", "above", "below"),
    [
        ("complaint_report_on_time", 1, 2),
        ("complaint_told_on_time", 1, 2),
        ("complaint_days", 5 + 1, 2),
        ("confirm_satisfied", 2, 3),
    ],
)
def test_shares_and_means_of_complaints(code: str, above: int, below: int) -> None:
    assert parts(figure(code, Complaints=table(COMPLAINTS))) == (Fraction(above, below), above, below)


EVENTS = """
活动编号 | 活动名称 | 活动类型 | 开始日期
E1       | 春季讲堂 | 汽车讲堂 | 2026-03-01
E2       | 联谊     | 联谊活动 | 2026-03-31
E3       | 夏季讲堂 | 汽车讲堂 | 2026-04-01
"""
PLANS = """
编号 | 类别         | 内容         | 完成日期
G1   | 汽车讲堂     | 办好春季讲堂 | 2026-03-01
G2   | 汽车讲堂     | 轮胎知识     | 2026-03-31
G3   | 汽车讲堂     | 夏季讲堂预备 | 2026-03-20
G4   | 前台技能培训 | 礼仪         | 2026-03-20
G5   | 车间技术培训 | 变速箱       | 2026-04-01
G6   | 部门活动     | 春游         | 2026-03-20
"""


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("events_held", 2),
        ("lectures_done", 3),
        ("trainings_done", 1),
        ("trainings_workshop", 0),
        ("activities_done", 1),
    ],
)
def test_counts_of_plans_and_events(code: str, value: int) -> None:
    assert figure(code, Events=table(EVENTS), Tasks=table(PLANS)).value == value


def test_event_calls_two_weeks_ahead() -> None:
    made = table(
        "日期 | 方向 | 档案号 | 通话类型 | 活动编号\n2026-03-17 | 呼出 | A1 | 活动通知 | E2\n"
        "2026-03-18 | 呼出 | A2 | 活动通知 | E2\n2026-03-20 | 呼出 | A1 | 活动通知 | E2\n2026-03-19 | 呼出 | A4 | 活动通知 | E2\n2026-03-01 | 呼出 | A3 | 活动通知 | E3"
    )
    assert parts(figure("event_notice_on_time", Events=table(EVENTS), Calls=made)) == (Fraction(1, 3), 1, 3)


def test_who_came_of_those_who_promised() -> None:
    people = table("活动编号 | 承诺参加 | 实际到场\nE1 | 是 | 是\nE2 | 是 | 否\nE1 | 未定 | 是\nE3 | 是 | 是")
    assert parts(figure("event_came_rate", Events=table(EVENTS), Invitees=people)) == (1, 2, 2)


def test_appointments_kept() -> None:
    rows = table(
        "预约日期 | 状态\n2026-03-01 | 已到店\n2026-03-31 | 失约\n2026-03-10 | 取消\n2026-04-01 | 失约"
    )
    assert parts(figure("appointments_kept", Appointments=rows)) == (Fraction(1, 2), 1, 2)


def test_letters_by_their_day() -> None:
    rows = table("登记号 | 发函日期\nX1 | 2026-03-01\nX2 | 2026-03-31\nX3 | 2026-04-01")
    assert figure("letters_sent", Letters=rows).value == 2


def test_each_persons_own_work() -> None:
    found = per_person({"Visits": table(VISITS), "Calls": table(CALLS)}, {}, MARCH)
    values = {code: found["何静"][code].value for code in ("calls", "reached", "visits", "revenue", "ticket")}
    assert values == {
        "calls": 2,
        "reached": Fraction(1, 2),
        "visits": 5,
        "revenue": 1250,
        "ticket": Fraction(1250, 4),
    }


@pytest.mark.parametrize(
    ("name", "csi", "in_time"), [("何静", Fraction(17, 20), 2), ("周明", Fraction(3, 5), 0)]
)
def test_each_persons_own_calls(name: str, csi: Fraction, in_time: int) -> None:
    # 何静 called W2 in both windows; 周明 called W3 a day early
    found = per_person({"Visits": table(DEPARTURES), "Calls": table(CALLS)}, {}, MARCH)[name]
    assert [found["csi"].value, found["in_time"].value] == [csi, in_time]
