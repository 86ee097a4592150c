"""Tasks that follow from calls and visits, at both ends of each window."""

from datetime import date

import pytest

from oracle.cells import Row
from oracle.drawn import table
from oracle.reminders import reminders

ARCHIVE = """
档案号 | 客户名称 | 联系电话    | 送修或来访日期 | 建档日期   | 业务员
A1     | 张伟     | 13800000001 |                | 2020-01-01 | 何静
"""
VISIT = """
工单号 | 档案号 | 进厂日期   | 出厂日期
W1     | A1     | 2026-02-27 | 2026-02-28
"""


def dates(
    day: date, kind: str, *settings: tuple[str, object], **tables: list[Row]
) -> list[tuple[object, ...]]:
    """Return (record, earliest, due, overdue_days) of the tasks of a kind on a day."""
    tasks = reminders({"Customers": table(ARCHIVE), **tables}, dict(settings), day)
    return [
        (task["record"], task["earliest"], task["due"], task["overdue_days"])
        for task in tasks
        if task["kind"] == kind
    ]


def shown(day: str, kind: str, **tables: list[Row]) -> list[object]:
    """Return the records of the tasks of a kind on a day."""
    return [found[0] for found in dates(date.fromisoformat(day), kind, **tables)]


@pytest.mark.parametrize(
    ("day", "records"),
    [("2026-03-02", []), ("2026-03-03", ["W1"]), ("2026-04-06", ["W1"]), ("2026-04-07", [])],
)
def test_a_first_follow_up_is_shown_from_day_3_until_30_days_after_day_7(
    day: str, records: list[str]
) -> None:
    assert shown(day, "first-follow-up", Visits=table(VISIT)) == records


def test_a_first_follow_up_is_overdue_from_day_8() -> None:
    found = dates(date(2026, 3, 8), "first-follow-up", Visits=table(VISIT))
    assert found == [("W1", date(2026, 3, 3), date(2026, 3, 7), 1)]


def test_under_working_days_the_window_leaves_out_weekends() -> None:
    # 28 February 2026 is a make-up Saturday; 3 working days on is Wednesday 4 March, 7 is Tuesday the 10th
    found = dates(date(2026, 3, 11), "first-follow-up", ("day_count", "工作日"), Visits=table(VISIT))
    assert found == [("W1", date(2026, 3, 4), date(2026, 3, 10), 1)]


CALLS = "登记号 | 日期 | 方向 | 档案号 | 联系电话 | 通话类型 | 关联工单号 | 通话结果 | 下次联系日期\n"


def calls(*lines: str) -> list[Row]:
    """Return the rows of call lines without the 登记号."""
    return table(CALLS + "\n".join(f"D{place} | {line}" for place, line in enumerate(lines, 1)))


@pytest.mark.parametrize("result", ["接通", "拒接", "空号"])
def test_a_first_call_settles_the_order(result: str) -> None:
    made = calls(f"2026-02-28 | 呼出 | A1 | | 第一次跟踪 | W1 | {result} |")
    assert not shown("2026-03-03", "first-follow-up", Visits=table(VISIT), Calls=made)


@pytest.mark.parametrize(
    "call",
    [
        "2026-02-27 | 呼出 | A1 | | 第一次跟踪 | W1 | 接通 |",  # before the car left
        "2026-03-03 | 呼入 | A1 | | 第一次跟踪 | W1 | 接通 |",
        "2026-03-03 | 呼出 | A1 | | 第二次跟踪 | W1 | 接通 |",
        "2026-03-03 | 呼出 | A1 | | 第一次跟踪 | W9 | 接通 |",
        "2026-03-03 | 呼出 | A1 | | 第一次跟踪 | W1 | 未接 |",
        "2026-03-03 | 呼出 | A2 | | 第一次跟踪 | | 接通 |",
    ],
)
def test_such_a_call_does_not_settle_the_order(call: str) -> None:
    assert shown("2026-03-03", "first-follow-up", Visits=table(VISIT), Calls=calls(call)) == ["W1"]


def test_the_third_try_settles_the_order() -> None:
    tries = ["2026-03-03 | 呼出 | A1 | | 第一次跟踪 | W1 | 未接 |"] * 3
    assert not shown("2026-03-03", "first-follow-up", Visits=table(VISIT), Calls=calls(*tries))


def test_two_tries_do_not() -> None:
    tries = ["2026-03-03 | 呼出 | A1 | | 第一次跟踪 | W1 | 未接 |"] * 2
    assert shown("2026-03-03", "first-follow-up", Visits=table(VISIT), Calls=calls(*tries)) == ["W1"]


TWO_VISITS = """
工单号 | 档案号 | 进厂日期   | 出厂日期
W1     | A1     | 2026-02-27 | 2026-02-28
W2     | A1     | 2026-03-02 | 2026-03-02
W3     | A1     | 2026-03-02 | 2026-03-02
"""


def test_a_call_without_order_counts_for_the_last_order_that_left_the_lower_of_two() -> None:
    made = calls("2026-03-05 | 呼出 | A1 | | 第一次跟踪 | | 接通 |")
    assert shown("2026-03-05", "first-follow-up", Visits=table(TWO_VISITS), Calls=made) == ["W1", "W2"]


def test_a_call_without_order_counts_on_the_day_the_car_left() -> None:
    made = calls("2026-03-02 | 呼出 | A1 | | 第一次跟踪 | | 接通 |")
    assert shown("2026-03-05", "first-follow-up", Visits=table(TWO_VISITS), Calls=made) == ["W1", "W2"]


def test_a_call_without_order_before_the_second_left_counts_for_the_first() -> None:
    made = calls("2026-03-01 | 呼出 | A1 | | 第一次跟踪 | | 接通 |")
    assert shown("2026-03-05", "first-follow-up", Visits=table(TWO_VISITS), Calls=made) == ["W2", "W3"]


def test_an_order_that_has_not_left_has_no_follow_up() -> None:
    visit = table("工单号 | 档案号 | 进厂日期 | 出厂日期\nW1 | A1 | 2026-02-27 |")
    assert not shown("2026-03-06", "first-follow-up", Visits=visit)


FIRST_CALL = "2026-03-05 | 呼出 | A1 | | 第一次跟踪 | W1 | 接通 |"


@pytest.mark.parametrize(
    ("day", "records"),
    [("2026-03-12", []), ("2026-03-13", ["W1"]), ("2026-04-18", ["W1"]), ("2026-04-19", [])],
)
def test_a_second_follow_up_is_shown_from_day_8_until_30_days_after_day_14(
    day: str, records: list[str]
) -> None:
    assert shown(day, "second-follow-up", Visits=table(VISIT), Calls=calls(FIRST_CALL)) == records


def test_the_second_window_counts_from_the_earliest_reached_first_call() -> None:
    made = calls(
        "2026-03-03 | 呼出 | A1 | | 第一次跟踪 | W1 | 未接 |",
        "2026-03-09 | 呼出 | A1 | | 第一次跟踪 | W1 | 接通 |",
        FIRST_CALL,
    )
    found = dates(date(2026, 3, 13), "second-follow-up", Visits=table(VISIT), Calls=made)
    assert found == [("W1", date(2026, 3, 13), date(2026, 3, 19), 0)]


def test_a_second_call_on_any_day_settles_it() -> None:
    made = calls("2026-03-01 | 呼出 | A1 | | 第二次跟踪 | W1 | 接通 |", FIRST_CALL)
    assert not shown("2026-03-13", "second-follow-up", Visits=table(VISIT), Calls=made)


def test_a_refused_first_call_is_followed_by_no_second() -> None:
    made = calls("2026-03-05 | 呼出 | A1 | | 第一次跟踪 | W1 | 拒接 |")
    assert not shown("2026-03-13", "second-follow-up", Visits=table(VISIT), Calls=made)


INQUIRY = "2026-03-01 | 呼入 | | 0571-88001234 | 咨询 | | 接通 |"


@pytest.mark.parametrize(
    ("day", "records"),
    [("2026-03-03", []), ("2026-03-04", ["D1"]), ("2026-05-07", ["D1"]), ("2026-05-08", [])],
)
def test_an_inquiry_by_phone_is_followed_for_60_days_after_day_7(day: str, records: list[str]) -> None:
    assert shown(day, "first-follow-up", Calls=calls(INQUIRY)) == records


def test_a_call_to_the_same_phone_settles_an_inquiry_without_archive_number() -> None:
    made = calls(INQUIRY, "2026-03-01 | 呼出 | A9 | (0571)88001234 | 第一次跟踪 | | 接通 |")
    assert not shown("2026-03-04", "first-follow-up", Calls=made)


VISITOR = [{**row, "送修或来访日期": date(2026, 3, 1)} for row in table(ARCHIVE)]


@pytest.mark.parametrize(("day", "records"), [("2026-03-03", []), ("2026-03-04", ["A1"])])
def test_a_visitor_without_any_visit_is_followed_from_day_3(day: str, records: list[str]) -> None:
    assert shown(day, "first-follow-up", Customers=VISITOR) == records


def test_a_visitor_with_a_visit_is_not() -> None:
    visit = table("工单号 | 档案号 | 进厂日期 | 出厂日期\nW1 | A1 | 2026-03-01 |")
    assert not shown("2026-03-04", "first-follow-up", Customers=VISITOR, Visits=visit)


@pytest.mark.parametrize(("asked", "records"), [("2026-02-28", ["A1", "D1"]), ("2026-03-01", ["D1"])])
def test_an_inquiry_since_that_day_takes_the_place_of_the_visitor(asked: str, records: list[str]) -> None:
    made = calls(f"{asked} | 呼入 | A1 | | 咨询 | | 接通 |")
    assert sorted(map(str, shown("2026-03-04", "first-follow-up", Customers=VISITOR, Calls=made))) == records


PROMISE = "2026-01-31 | 呼出 | A1 | | 其他 | | 接通 | 2026-02-10"


@pytest.mark.parametrize(
    ("day", "records"),
    [("2026-02-09", []), ("2026-02-10", ["D1"]), ("2026-05-11", ["D1"]), ("2026-05-12", [])],
)
def test_a_promise_is_shown_from_its_day_for_90_days(day: str, records: list[str]) -> None:
    assert shown(day, "next-contact", Calls=calls(PROMISE)) == records


@pytest.mark.parametrize(
    ("call", "records"),
    [
        ("2026-02-10 | 呼出 | A1 | | 其他 | | 接通 |", []),
        ("2026-02-09 | 呼出 | A1 | | 其他 | | 接通 |", ["D1"]),
        ("2026-02-10 | 呼入 | A1 | | 其他 | | 接通 |", ["D1"]),
        ("2026-02-10 | 呼出 | A1 | | 其他 | | 未接 |", ["D1"]),
        ("2026-01-31 | 呼入 | A1 | | 其他 | | 未接 | 2026-12-01", []),
        ("2026-01-30 | 呼入 | A1 | | 其他 | | 未接 | 2026-12-01", ["D1"]),
    ],
)
def test_what_ends_a_promise(call: str, records: list[str]) -> None:
    assert shown("2026-02-10", "next-contact", Calls=calls(PROMISE, call)) == records


def test_of_two_promises_of_a_day_the_lower_row_stays() -> None:
    assert shown("2026-02-10", "next-contact", Calls=calls(PROMISE, PROMISE)) == ["D2"]


def test_a_new_promise_does_not_end_that_of_the_archive() -> None:
    planned: list[Row] = [{**row, "下次通话日期": date(2026, 2, 10)} for row in table(ARCHIVE)]
    made = calls("2026-02-10 | 呼出 | A1 | | 其他 | | 未接 | 2026-12-01")
    assert shown("2026-02-10", "next-contact", Customers=planned, Calls=made) == ["A1"]


READY = "工单号 | 档案号 | 进厂日期 | 出厂日期 | 完工日期\nW1 | A1 | 2026-03-01 | | 2026-03-02"


@pytest.mark.parametrize(
    ("day", "records"), [("2026-03-01", []), ("2026-03-02", ["W1"]), ("2027-03-02", ["W1"])]
)
def test_a_ready_car_waits_for_ever(day: str, records: list[str]) -> None:
    assert shown(day, "pickup", Visits=table(READY)) == records


@pytest.mark.parametrize(("result", "records"), [("接通", []), ("拒接", ["W1"])])
def test_only_being_reached_ends_a_pickup(result: str, records: list[str]) -> None:
    made = calls(f"2026-03-02 | 呼出 | A1 | | 取车通知 | | {result} |")
    assert shown("2026-03-02", "pickup", Visits=table(READY), Calls=made) == records


def test_a_kind_that_reads_an_absent_column_is_not_listed() -> None:
    tables = {"Customers": table(ARCHIVE), "Visits": table(VISIT), "Calls": calls(FIRST_CALL)}
    columns = {"Calls": {"日期", "方向", "档案号", "通话类型"}}
    assert not reminders(tables, {}, date(2026, 3, 13), columns)


def test_the_deputy_stands_in_while_the_clerk_is_away() -> None:
    staff = table("姓名 | 代理人 | 离岗自 | 离岗至\n何静 | 周明 | 2026-03-01 | 2026-03-03")
    tables = {"Customers": table(ARCHIVE), "Visits": table(VISIT), "Staff": staff}
    clerks = [reminders(tables, {}, date(2026, 3, day))[0]["clerk"] for day in (3, 4)]
    assert clerks == ["周明", "何静"]


def test_the_deputy_stands_in_from_the_first_day() -> None:
    staff = table("姓名 | 代理人 | 离岗自 | 离岗至\n何静 | 周明 | 2026-03-03 |")
    tables = {"Customers": table(ARCHIVE), "Visits": table(VISIT), "Staff": staff}
    assert reminders(tables, {}, date(2026, 3, 3))[0]["clerk"] == "周明"


def test_a_shop_that_has_just_the_columns_of_a_kind_gets_its_tasks() -> None:
    tables = {"Visits": table(VISIT), "Calls": calls(FIRST_CALL)}
    columns = {
        "Visits": set(table(VISIT)[0]) - {"_row"},
        "Calls": {"日期", "方向", "档案号", "通话类型", "关联工单号", "通话结果"},
    }
    assert [task["kind"] for task in reminders(tables, {}, date(2026, 3, 13), columns)] == [
        "second-follow-up"
    ]


def test_the_calendar_of_the_shop_shifts_the_window() -> None:
    calendar = table("日期 | 类型\n2026-03-03 | 休息\n2026-03-08 | 上班\n2026-03-05 |")
    found = dates(
        date(2026, 3, 10), "first-follow-up", ("day_count", "工作日"), Visits=table(VISIT), Calendar=calendar
    )
    # 2, 4, 5 March; then 6, 8, 9, 10
    assert found == [("W1", date(2026, 3, 5), date(2026, 3, 10), 0)]


@pytest.mark.parametrize(
    "call", ["2026-03-01 | 呼出 | A1 | | 咨询 | | 接通 |", "2026-03-01 | 呼入 | A1 | | 投诉 | | 接通 |"]
)
def test_only_an_inbound_inquiry_is_one(call: str) -> None:
    assert not shown("2026-03-04", "first-follow-up", Calls=calls(call))


def test_anothers_inquiry_does_not_take_the_place_of_the_visitor() -> None:
    made = calls("2026-03-01 | 呼入 | A9 | | 咨询 | | 接通 |")
    assert "A1" in shown("2026-03-04", "first-follow-up", Customers=VISITOR, Calls=made)


def test_where_calls_have_plates_alone_the_archives_number_is_looked_up() -> None:
    cars = table("档案号 | 车牌号 | 下次通话日期\nA8 | 浙A88888 | 2026-12-01\nA1 | 浙A·12345 | 2026-03-01")
    made = table("登记号 | 日期 | 方向 | 车牌号 | 通话结果\nD1 | 2026-03-01 | 呼出 | 浙A12345 | 接通")
    columns = {"Calls": {*made[0], "下次联系日期"}}
    assert not reminders({"Customers": cars, "Calls": made}, {}, date(2026, 3, 1), columns)


def test_without_archive_numbers_the_plate_stands_for_them() -> None:
    cars = table("车牌号 | 客户名称 | 下次通话日期\n浙A·12345 | 张伟 | 2026-03-01")
    made = table("登记号 | 日期 | 方向 | 车牌号 | 通话结果\nD1 | 2026-03-01 | 呼出 | 浙A12345 | 接通")
    columns = {"Customers": set(cars[0]), "Calls": {*made[0], "下次联系日期"}}
    before = reminders({"Customers": cars, "Calls": []}, {}, date(2026, 3, 1), columns)
    after = reminders({"Customers": cars, "Calls": made}, {}, date(2026, 3, 1), columns)
    assert ([task["archive_no"] for task in before], after) == (["浙A12345"], [])
