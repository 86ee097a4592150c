"""Tasks that follow from an archive row, at both ends of each window."""

from datetime import date

import pytest

from oracle.cells import Row
from oracle.drawn import table
from oracle.reminders import reminders

CALLS = "登记号 | 日期 | 方向 | 档案号 | 通话类型 | 通话结果\n"


def customer(**cells: object) -> list[Row]:
    """Return an archive of one row."""
    return [{"档案号": "A1", "客户名称": "张伟", "联系电话": "13800000001", "_row": 3, **cells}]


def shown(day: str, kind: str, **tables: list[Row]) -> list[tuple[object, object]]:
    """Return (earliest, due) of the tasks of a kind on a day, as text."""
    tasks = reminders(tables, {}, date.fromisoformat(day))
    return [(str(task["earliest"]), str(task["due"])) for task in tasks if task["kind"] == kind]


@pytest.mark.parametrize(
    ("day", "times"), [("2026-02-13", 0), ("2026-02-14", 1), ("2026-11-30", 1), ("2026-12-01", 0)]
)
def test_first_service_of_a_car_bought_on_30_november(day: str, times: int) -> None:
    # due EDATE(2025-11-30, 3) = 2026-02-28, 14 days ahead; until 2026-11-30
    found = shown(day, "first-service-due", Customers=customer(购车日期=date(2025, 11, 30)))
    assert found == [("2026-02-14", "2026-02-28")] * times


@pytest.mark.parametrize(("visit", "times"), [("保养 | 否", 0), ("维修 | 是", 0), ("维修 | 否", 1)])
def test_a_serviced_car_has_had_its_first_service(visit: str, times: int) -> None:
    visits = table(f"工单号 | 档案号 | 进厂日期 | 业务类型 | 是否首保\nW1 | A1 | 2026-02-01 | {visit}")
    found = shown(
        "2026-02-20", "first-service-due", Customers=customer(购车日期=date(2025, 11, 30)), Visits=visits
    )
    assert len(found) == times


@pytest.mark.parametrize(("day", "times"), [("2026-02-13", 1), ("2026-02-14", 0)])
def test_a_reminder_call_counts_since_the_earliest_day(day: str, times: int) -> None:
    made = table(CALLS + f"D1 | {day} | 呼出 | A1 | 保养提醒 | 拒接")
    found = shown(
        "2026-02-20", "first-service-due", Customers=customer(购车日期=date(2025, 11, 30)), Calls=made
    )
    assert len(found) == times


@pytest.mark.parametrize(
    ("day", "times"), [("2026-02-27", 0), ("2026-02-28", 1), ("2026-05-13", 1), ("2026-05-14", 0)]
)
def test_service_due_is_shown_14_days_ahead_until_60_days_after(day: str, times: int) -> None:
    found = shown(day, "service-due", Customers=customer(下次保养日期=date(2026, 3, 14)))
    assert found == [("2026-02-28", "2026-03-14")] * times


def test_the_next_service_is_counted_from_the_last_where_its_cell_is_blank() -> None:
    row = customer(上次保养日期=date(2025, 8, 31), **{"保养周期(月)": 6})
    assert shown("2026-02-20", "service-due", Customers=row) == [("2026-02-14", "2026-02-28")]


@pytest.mark.parametrize(
    ("visit", "times"),
    [
        ("A1 | 2026-02-28 | 保养", 0),
        ("A1 | 2026-02-27 | 保养", 1),
        ("A1 | 2026-03-01 | 维修", 1),
        ("A2 | 2026-03-01 | 保养", 1),
    ],
)
def test_a_service_since_the_earliest_day_ends_the_reminder(visit: str, times: int) -> None:
    visits = table(f"工单号 | 档案号 | 进厂日期 | 业务类型\nW1 | {visit}")
    assert (
        len(
            shown(
                "2026-03-10", "service-due", Customers=customer(下次保养日期=date(2026, 3, 14)), Visits=visits
            )
        )
        == times
    )


def test_a_reminder_call_ends_the_reminder_of_a_service() -> None:
    made = table(CALLS + "D1 | 2026-03-01 | 呼出 | A1 | 保养提醒 | 接通")
    assert not shown(
        "2026-03-10", "service-due", Customers=customer(下次保养日期=date(2026, 3, 14)), Calls=made
    )


def test_a_row_of_renewals_of_another_car_does_not_end_it() -> None:
    rows = table("续保号 | 日期 | 档案号\nX1 | 2026-03-20 | A2")
    assert shown("2026-04-01", "renewal-due", Customers=customer(保险到期日=date(2026, 5, 1)), Renewals=rows)


def test_a_lost_customer_gets_no_service_reminder() -> None:
    row = customer(下次保养日期=date(2026, 3, 14), 上次保养日期=date(2025, 3, 1))
    assert [len(shown(day, "service-due", Customers=row)) for day in ("2026-02-28", "2026-03-01")] == [1, 0]


@pytest.mark.parametrize(
    ("day", "times"), [("2026-03-01", 0), ("2026-03-02", 1), ("2026-06-30", 1), ("2026-07-01", 0)]
)
def test_renewal_is_shown_60_days_ahead_until_90_days_after_its_due_day(day: str, times: int) -> None:
    # x = 1 May: 60 days before is 2 March, due 1 April, 90 days later 30 June
    found = shown(day, "renewal-due", Customers=customer(保险到期日=date(2026, 5, 1)))
    assert found == [("2026-03-02", "2026-04-01")] * times


@pytest.mark.parametrize(("day", "times"), [("2026-03-01", 1), ("2026-03-02", 0)])
def test_a_row_of_renewals_since_the_earliest_day_ends_it_here_or_elsewhere(day: str, times: int) -> None:
    rows = table(f"续保号 | 日期 | 档案号 | 是否本店\nX1 | {day} | A1 | 否")
    found = shown("2026-04-01", "renewal-due", Customers=customer(保险到期日=date(2026, 5, 1)), Renewals=rows)
    assert len(found) == times


@pytest.mark.parametrize("kind", ["renewal-due", "class-visit", "lost-customer"])
def test_a_refusal_on_another_car_of_the_person_ends_marketing_calls(kind: str) -> None:
    row = customer(
        保险到期日=date(2026, 5, 1),
        客户等级="VIP",
        建档日期=date(2025, 1, 1),
        上次保养日期=date(2025, 3, 20),
        营销同意="同意",
    )
    other: Row = {
        **row[0],
        "档案号": "A2",
        "保险到期日": None,
        "客户等级": None,
        "上次保养日期": None,
        "营销同意": "拒绝",
    }
    both = [len(shown("2026-04-01", kind, Customers=rows)) for rows in (row, [*row, other])]
    assert both == [1, 0]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-02-20", []),
        ("2026-02-21", [("2026-02-21", "2026-02-28")]),
        ("2026-03-30", [("2026-02-21", "2026-02-28")]),
        ("2026-03-31", [("2026-03-24", "2026-03-31")]),
        ("2026-04-29", [("2026-03-24", "2026-03-31")]),
        ("2026-04-30", [("2026-04-23", "2026-04-30")]),
    ],
)
def test_monthly_visits_of_a_vip_filed_on_31_january(day: str, found: list[tuple[str, str]]) -> None:
    assert shown(day, "class-visit", Customers=customer(客户等级="VIP", 建档日期=date(2026, 1, 31))) == found


def test_a_reached_visit_call_starts_the_months_anew() -> None:
    made = table(CALLS + "D1 | 2026-03-10 | 呼出 | A1 | 客户拜访 | 接通")
    row = customer(客户等级="一级", 建档日期=date(2026, 1, 31))
    assert shown("2026-05-03", "class-visit", Customers=row, Calls=made) == [("2026-05-03", "2026-05-10")]


def test_a_refused_visit_call_settles_this_cycle_only() -> None:
    made = table(CALLS + "D1 | 2026-02-21 | 呼出 | A1 | 客户拜访 | 拒接")
    row = customer(客户等级="VIP", 建档日期=date(2026, 1, 31))
    found = [
        len(shown(day, "class-visit", Customers=row, Calls=made)) for day in ("2026-03-30", "2026-03-31")
    ]
    assert found == [0, 1]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2025-02-27", []),
        ("2025-02-28", [("2025-02-28", "2025-03-14")]),
        ("2026-02-28", [("2025-02-28", "2025-03-14")]),
        ("2026-03-01", []),
    ],
)
def test_a_customer_of_the_leap_day_is_lost_for_twelve_months(day: str, found: list[tuple[str, str]]) -> None:
    visits = table("工单号 | 档案号 | 进厂日期\nW1 | A1 | 2024-02-29")
    assert shown(day, "lost-customer", Customers=customer(), Visits=visits) == found


def test_a_service_elsewhere_keeps_a_customer_from_being_lost() -> None:
    visits = table("工单号 | 档案号 | 进厂日期\nW1 | A1 | 2024-02-29")
    assert not shown(
        "2025-03-01", "lost-customer", Customers=customer(上次保养日期=date(2024, 6, 1)), Visits=visits
    )


def test_who_never_came_is_not_lost() -> None:
    assert not shown("2026-03-01", "lost-customer", Customers=customer(建档日期=date(2020, 1, 1)))


@pytest.mark.parametrize(("day", "times"), [("2025-02-27", 1), ("2025-02-28", 0)])
def test_a_call_back_counts_since_the_day_of_loss(day: str, times: int) -> None:
    visits = table("工单号 | 档案号 | 进厂日期\nW1 | A1 | 2024-02-29")
    made = table(CALLS + f"D1 | {day} | 呼出 | A1 | 流失回访 | 空号")
    assert len(shown("2025-03-01", "lost-customer", Customers=customer(), Visits=visits, Calls=made)) == times
