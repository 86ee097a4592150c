"""Tasks of complaints, archive, appointments, plans and events, at both ends of each window."""

from datetime import date

import pytest

from oracle.cells import Row
from oracle.drawn import table
from oracle.reminders import reminders


def shown(day: str, kind: str, **tables: list[Row]) -> list[tuple[object, ...]]:
    """Return (record, earliest, due) of the tasks of a kind on a day, as text."""
    tasks = reminders(tables, {}, date.fromisoformat(day))
    return [
        (task["record"], str(task["earliest"]), str(task["due"])) for task in tasks if task["kind"] == kind
    ]


def complaints(line: str) -> list[Row]:
    """Return a complaint of these days."""
    return table(
        f"投诉号 | 状态 | 受理日期 | 上报主管日期 | 解决办法日期 | 告知客户日期 | 再次确认日期\nT1 | {line}"
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("处理中 | 2026-03-01 | | | |", [("complaint-report", "2026-03-01", "2026-03-03")]),
        ("处理中 | 2026-03-01 | 2026-03-02 | | |", []),
        ("处理中 | 2026-03-01 | | 2026-03-04 | |", [("complaint-tell", "2026-03-04", "2026-03-04")]),
        (
            "已解决 | 2026-03-01 | | 2026-03-04 | 2026-03-04 |",
            [("complaint-confirm", "2026-03-05", "2026-03-07")],
        ),
        ("已解决 | 2026-03-01 | | 2026-03-04 | 2026-03-04 | 2026-03-06", []),
        ("已关闭 | 2026-03-01 | | 2026-03-04 | |", []),
    ],
)
def test_the_steps_of_a_complaint(line: str, found: list[tuple[str, str, str]]) -> None:
    tasks = reminders({"Complaints": complaints(line)}, {}, date(2026, 12, 31))
    assert [(task["kind"], str(task["earliest"]), str(task["due"])) for task in tasks] == found


@pytest.mark.parametrize(("day", "times"), [("2026-03-04", 0), ("2026-03-05", 1)])
def test_a_confirmation_is_shown_from_the_day_after(day: str, times: int) -> None:
    rows = complaints("处理中 | 2026-03-01 | | 2026-03-04 | 2026-03-04 |")
    assert len(shown(day, "complaint-confirm", Complaints=rows)) == times


@pytest.mark.parametrize(
    ("day", "times"), [("2026-02-27", 0), ("2026-02-28", 1), ("2026-05-01", 1), ("2026-05-02", 0)]
)
def test_an_archive_is_due_in_two_days_and_dropped_after_60(day: str, times: int) -> None:
    rows = table("档案号 | 客户名称 | 送修或来访日期 | 建档日期\nA1 | 张伟 | 2026-02-28 |")
    assert shown(day, "archive-due", Customers=rows) == [("A1", "2026-02-28", "2026-03-02")] * times


def test_a_visit_without_archive_row_makes_one_due() -> None:
    visits = table("工单号 | 档案号 | 进厂日期\nW1 | A9 | 2026-02-28")
    assert shown("2026-03-01", "archive-due", Customers=[], Visits=visits) == [
        ("W1", "2026-02-28", "2026-03-02")
    ]


APPOINTMENT = "预约号 | 登记日期 | 预约日期 | 联系电话 | 配件状态 | 状态\n"


@pytest.mark.parametrize(
    ("day", "times"), [("2026-02-27", 0), ("2026-02-28", 1), ("2026-03-01", 1), ("2026-03-02", 0)]
)
def test_an_appointment_is_confirmed_the_day_before_or_on_the_day(day: str, times: int) -> None:
    rows = table(APPOINTMENT + "Y1 | | 2026-03-01 | 13800000001 | 齐 | 待到店")
    assert (
        shown(day, "appointment-confirm", Appointments=rows) == [("Y1", "2026-02-28", "2026-02-28")] * times
    )


@pytest.mark.parametrize(("result", "times"), [("接通", 0), ("拒接", 1)])
def test_only_being_reached_confirms_an_appointment(result: str, times: int) -> None:
    rows = table(APPOINTMENT + "Y1 | | 2026-03-01 | 138 0000 0001 | 齐 | 待到店")
    made = table(
        f"登记号 | 日期 | 方向 | 联系电话 | 通话类型 | 通话结果\nD1 | 2026-02-28 | 呼出 | 13800000001 | 预约确认 | {result}"
    )
    assert len(shown("2026-02-28", "appointment-confirm", Appointments=rows, Calls=made)) == times


@pytest.mark.parametrize(
    ("entered", "earliest"),
    [("", "2026-02-26"), ("2026-01-15", "2026-01-15"), ("2026-03-01", "2026-02-28")],
)
def test_parts_are_missing_from_the_day_of_entry(entered: str, earliest: str) -> None:
    rows = table(APPOINTMENT + f"Y1 | {entered} | 2026-03-01 | | 缺 | 待到店")
    assert shown("2026-03-01", "parts-missing", Appointments=rows) == [("Y1", earliest, "2026-02-28")]


def test_parts_that_are_there_are_not_missing() -> None:
    rows = table(APPOINTMENT + "Y1 | | 2026-03-01 | | 齐 | 待到店")
    assert not shown("2026-03-01", "parts-missing", Appointments=rows)


def test_a_measure_that_is_done_is_gone() -> None:
    rows = table("编号 | 期限 | 完成日期\nZ1 | 2026-03-01 | 2026-02-25")
    assert not shown("2026-02-26", "measure-due", Measures=rows)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2026-02 | 2026-03-04 |", [("G1", "2026-02-25", "2026-03-04")]),
        ("2026-02 | |", [("G1", "2026-02-01", "2026-02-28")]),
        ("2026-02 | | 2026-02-03", []),
    ],
)
def test_a_plan_row_without_its_day_has_its_month(line: str, found: list[tuple[str, str, str]]) -> None:
    rows = table(f"编号 | 月份 | 计划日期 | 完成日期\nG1 | {line}")
    assert shown("2026-02-25", "plan-task", Tasks=rows) == found


@pytest.mark.parametrize(("day", "times"), [("2026-02-21", 0), ("2026-02-22", 1)])
def test_a_measure_is_shown_seven_days_ahead(day: str, times: int) -> None:
    rows = table("编号 | 期限 | 完成日期\nZ1 | 2026-03-01 |")
    assert shown(day, "measure-due", Measures=rows) == [("Z1", "2026-02-22", "2026-03-01")] * times


PEOPLE = """
档案号 | 客户名称 | 联系电话    | 营销同意 | 地址
A1     | 甲       | 13800000001 | 同意     | 一路
A2     | 乙       | 13800000002 | 同意     | 无
A3     | 丙       | 13800000003 | 未知     | 三路
A4     | 丁       |             | 同意     | 四路
A5     | 戊       | 13800000005 | 同意     | 五路
A6     | 己       | 13800000006 | 同意     | 六路
"""
# f = 1 April − 14 − 7 days = 11 March 2026, due 18 March; A5 is loyal by exactly four visits from 11 March 2025 on
EVENT = "活动编号 | 开始日期 | 目标邀约数 | 寄信\nE1 | 2026-04-01 | | "
COMINGS = """
工单号 | 档案号 | 进厂日期
W1     | A5     | 2025-03-11
W2     | A5     | 2025-06-01
W3     | A5     | 2025-07-01
W4     | A5     | 2025-08-01
W5     | A6     | 2025-12-01
W6     | A2     | 2026-03-11
"""


def event_calls(day: str, event: str = EVENT, **tables: list[Row]) -> list[tuple[object, object]]:
    """Return (record, earliest) of the event calls of a day."""
    known = {"Customers": table(PEOPLE), "Events": table(event), "Visits": table(COMINGS), **tables}
    return [(record, earliest) for record, earliest, _ in shown(day, "event-call", **known)]


def test_an_events_calls_are_spread_over_eight_days_the_loyal_first() -> None:
    # four on the list: A5 loyal, A6 with a last visit, A1 and A2 without one before f; 0, 2, 4, 6 days after f
    assert event_calls("2026-03-31") == [
        ("E1/A1", "2026-03-15"),
        ("E1/A2", "2026-03-17"),
        ("E1/A5", "2026-03-11"),
        ("E1/A6", "2026-03-13"),
    ]


def test_the_target_number_cuts_the_list_and_spreads_the_rest() -> None:
    assert event_calls("2026-03-31", EVENT.replace("01 | |", "01 | 2 |")) == [
        ("E1/A5", "2026-03-11"),
        ("E1/A6", "2026-03-15"),
    ]


def test_a_day_before_twelve_months_is_not_loyal() -> None:
    early = table(COMINGS.replace("2025-03-11", "2025-03-10"))
    assert dict(event_calls("2026-03-31", Visits=early))["E1/A6"] == "2026-03-11"


def test_a_visit_on_the_first_day_of_calling_is_not_counted() -> None:
    late = table(COMINGS.replace("2025-06-01", "2026-03-11"))
    assert dict(event_calls("2026-03-31", Visits=late))["E1/A6"] == "2026-03-11"


def test_no_call_is_made_on_the_day_of_the_event() -> None:
    assert not event_calls("2026-04-01")


@pytest.mark.parametrize(
    ("result", "told"), [("接通", True), ("拒接", True), ("空号", True), ("未接", False)]
)
def test_who_is_told_keeps_his_place_in_the_list(result: str, told: bool) -> None:
    made = table(
        f"日期 | 方向 | 档案号 | 通话类型 | 活动编号 | 通话结果\n2026-03-11 | 呼出 | A5 | 活动通知 | E1 | {result}"
    )
    found = dict(event_calls("2026-03-31", Calls=made))
    assert (found["E1/A6"], "E1/A5" not in found) == ("2026-03-13", told)


def told(*numbers: str) -> list[Row]:
    """Return a reached notice call to each archive number."""
    lines = [f"2026-03-12 | 呼出 | {number} | 活动通知 | E1 | 接通" for number in numbers]
    return table("日期 | 方向 | 档案号 | 通话类型 | 活动编号 | 通话结果\n" + "\n".join(lines))


def letters(**tables: list[Row]) -> list[tuple[object, ...]]:
    """Return the event letters of 12 March."""
    known = {
        "Customers": table(PEOPLE),
        "Events": table(EVENT),
        "Calls": told("A1", "A2", "A3", "A5"),
        **tables,
    }
    return shown("2026-03-12", "event-letter", **known)


def test_who_was_reached_gets_a_letter_in_two_days_if_he_consents_and_has_an_address() -> None:
    assert letters() == [("E1/A1", "2026-03-12", "2026-03-14"), ("E1/A5", "2026-03-12", "2026-03-14")]


@pytest.mark.parametrize(
    ("state", "records"), [("已寄", ["E1/A5"]), ("待寄", ["E1/A5"]), ("退回", ["E1/A1", "E1/A5"])]
)
def test_a_letter_that_came_back_does_not_count(state: str, records: list[str]) -> None:
    sent = table(f"登记号 | 活动编号 | 档案号 | 状态\nX1 | E1 | A1 | {state}")
    assert [found[0] for found in letters(Letters=sent)] == records


def test_an_event_without_letters_has_none() -> None:
    assert not letters(Events=table(EVENT + "否"))


def test_a_table_of_just_the_columns_a_kind_reads_is_enough() -> None:
    rows = table("期限 | 完成日期\n2026-03-01 |")
    assert len(reminders({"Measures": rows}, {}, date(2026, 3, 1), {"Measures": {"期限", "完成日期"}})) == 1
