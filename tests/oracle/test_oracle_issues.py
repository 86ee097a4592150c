"""Issues over several cells, by hand."""

from datetime import date

import pytest

from oracle.cells import Row
from oracle.drawn import table
from oracle.issues import issues

TODAY = date(2026, 4, 1)


def found(
    code: str, columns: dict[str, set[str]] | None = None, /, **tables: list[Row]
) -> list[tuple[object, ...]]:
    """Return (table, row, heading) of a code's issues, in order."""
    return sorted(issue[:3] for issue in issues(tables, {}, TODAY, columns) if issue[3] == code)


def one(code: str, drawn: str, name: str) -> list[tuple[object, str]]:
    """Return (row, heading) of a code's issues in a shop of one table."""
    return [(row, str(heading)) for _, row, heading in found(code, **{name: table(drawn)})]


@pytest.mark.parametrize(
    ("code", "name", "drawn", "where"),
    [
        ("contact-missing", "Customers", "客户类型 | 联系人\n单位 |\n单位 | 何静\n个人 |", [(3, "联系人")]),
        (
            "archive-late",
            "Customers",
            "送修或来访日期 | 建档日期\n2026-02-27 | 2026-03-01\n2026-02-26 | 2026-03-01",
            [(4, "建档日期")],
        ),
        (
            "left-before-came",
            "Visits",
            "进厂日期 | 出厂日期\n2026-03-01 | 2026-03-01\n2026-03-01 | 2026-02-28",
            [(4, "出厂日期")],
        ),
        (
            "plate-of-two-vins",
            "Customers",
            "车牌号 | VIN码\n浙A12345 | V1\n浙A·12345 | V2\n浙A12345 |\n浙B1 | V1",
            [(3, "车牌号"), (4, "车牌号")],
        ),
        (
            "vin-of-two-plates",
            "Customers",
            "车牌号 | VIN码\n浙A12345 | V1\n浙A12346 | v1\n | V1",
            [(3, "VIN码"), (4, "VIN码")],
        ),
        (
            "phone-shared",
            "Customers",
            "客户名称 | 联系电话\n张伟 | 13800000001\n张伟先生 | 13800000001\n李芳 | 13800000002\n王强 | 138-0000-0002",
            [(5, "联系电话"), (6, "联系电话")],
        ),
        (
            "slip-missing",
            "Visits",
            "出厂日期 | 送修单号 | 派工单号 | 结算单号\n2026-03-01 | 1 | |\n | | |\n2026-03-01 | 1 | 2 | 3",
            [(3, "派工单号"), (3, "结算单号")],
        ),
        (
            "claim-result-missing",
            "Visits",
            "业务类型 | 索赔结果\n保修索赔 |\n保修索赔 | 待定\n保养 |",
            [(3, "索赔结果")],
        ),
        (
            "event-missing",
            "Calls",
            "通话类型 | 活动编号\n活动通知 |\n活动通知 | E1\n其他 |",
            [(3, "活动编号")],
        ),
        (
            "points-missing",
            "Calls",
            "通话类型 | 通话结果 | 通话要点\n第一次跟踪 | 接通 |\n第二次跟踪 | 未接 |\n其他 | 接通 |\n第二次跟踪 | 接通 | 好",
            [(3, "通话要点")],
        ),
        (
            "complaint-not-ticked",
            "Calls",
            "通话类型 | 是否投诉\n投诉 |\n投诉 | 否\n投诉 | 是",
            [(3, "是否投诉"), (4, "是否投诉")],
        ),
        ("scale-doubtful", "Calls", "满意度\n\n", []),
        ("scale-doubtful", "Calls", "满意度 | 通话要点\n10 | 好\n9 | 好", [(3, "满意度")]),
        ("scale-doubtful", "Calls", "满意度 | 通话要点\n10 | 好\n11 | 好", []),
        (
            "report-late",
            "Complaints",
            "受理日期 | 上报主管日期\n2026-02-27 | 2026-03-01\n2026-02-27 | 2026-03-02",
            [(4, "上报主管日期")],
        ),
        (
            "told-late",
            "Complaints",
            "解决办法日期 | 告知客户日期\n2026-03-01 | 2026-03-01\n2026-03-01 | 2026-03-02",
            [(4, "告知客户日期")],
        ),
        (
            "roles-missing",
            "Complaints",
            "受理人 | 处理人 | 反馈人 | 跟踪人 | 记录人\n甲 | 乙 | | 丁 |",
            [(3, "反馈人"), (3, "记录人")],
        ),
        (
            "confirm-missing",
            "Complaints",
            "状态 | 再次确认日期\n已关闭 |\n已解决 |\n已关闭 | 2026-03-01",
            [(3, "再次确认日期")],
        ),
        (
            "solved-without-date",
            "Complaints",
            "状态 | 解决办法日期\n已关闭 |\n已解决 |\n处理中 |",
            [(3, "解决办法日期"), (4, "解决办法日期")],
        ),
        (
            "closed-unsatisfied",
            "Complaints",
            "状态 | 再次满意度\n已关闭 | 79\n已关闭 | 80\n已解决 | 79",
            [(3, "再次满意度")],
        ),
        (
            "letter-late",
            "Letters",
            "发函日期 | 电话通知日期\n2026-03-01 | 2026-02-27\n2026-03-02 | 2026-02-27",
            [(4, "发函日期")],
        ),
        (
            "letter-duplicate",
            "Letters",
            "活动编号 | 档案号 | 状态\nE1 | A1 | 退回\nE1 | A1 | 已寄\nE1 | A1 | 待寄\n | A1 | 已寄",
            [(5, "档案号")],
        ),
        (
            "deputy-missing",
            "Staff",
            "姓名 | 离岗自 | 离岗至 | 代理人\n甲 | 2026-03-30 | 2026-04-01 |\n乙 | 2026-03-30 | 2026-03-31 |\n丙 | 2026-04-01 | | 丁",
            [(3, "代理人")],
        ),
    ],
)
def test_issues_of_one_table(code: str, name: str, drawn: str, where: list[tuple[int, str]]) -> None:
    assert one(code, drawn, name) == where


STEPS = "受理日期 | 上报主管日期 | 解决办法日期 | 告知客户日期 | 再次确认日期\n"


@pytest.mark.parametrize(
    ("line", "headings"),
    [
        ("2026-03-02 | 2026-03-01 | 2026-03-01 | 2026-03-01 | 2026-03-01", ["上报主管日期", "解决办法日期"]),
        ("2026-03-02 | | | 2026-03-01 | 2026-03-01", ["告知客户日期"]),
        ("2026-03-02 | 2026-03-05 | 2026-03-03 | 2026-03-03 | 2026-03-03", []),
        ("2026-03-02 | | 2026-03-05 | 2026-03-04 | 2026-03-04", ["告知客户日期"]),
    ],
)
def test_each_step_stands_against_the_nearest_filled_one(line: str, headings: list[str]) -> None:
    assert [heading for _, heading in one("dates-out-of-order", STEPS + line, "Complaints")] == headings


def test_a_car_is_bought_before_it_comes() -> None:
    archive = table("档案号 | 购车日期\nA1 | 2026-03-02")
    visits = table("档案号 | 进厂日期\nA1 | 2026-03-01\nA1 | 2026-03-02\nA2 | 2026-03-01")
    assert found("dates-out-of-order", Customers=archive, Visits=visits) == [("Visits", 3, "进厂日期")]


def kilometres(*readings: int) -> list[tuple[object, ...]]:
    """Return (place, code) of the odometer issues of a car that came once a month."""
    lines = [f"A1 | 2026-{month:02}-01 | {km}" for month, km in enumerate(readings, 1)]
    tables = {"Visits": table("档案号 | 进厂日期 | 进厂里程\n" + "\n".join(lines))}
    return sorted((row, code) for _, row, _, code in issues(tables, {}, TODAY) if str(code).startswith("km-"))


@pytest.mark.parametrize(
    ("readings", "where"),
    [
        ((10, 20, 20, 30), []),
        ((10, 200, 20, 30), [(4, "km-jump")]),
        ((10, 20, 2, 30), [(5, "km-backwards")]),
        ((20, 10), [(3, "km-jump")]),
        ((10, 30, 30, 20), [(6, "km-backwards")]),
        ((10, 20, 5, 7, 30), [(5, "km-backwards"), (6, "km-backwards")]),
    ],
)
def test_odometer_readings(readings: tuple[int, ...], where: list[tuple[int, str]]) -> None:
    assert kilometres(*readings) == where


TWICE = """
客户名称 | 联系电话    | 地址 | 车牌号   | VIN码
张伟     | 13800000001 | 一路 | 浙A12345 | V1
张伟先生 | 13800000001 | 二路 | 浙A12345 | V2
李芳     | 13800000002 | 三路 | 浙A12345 | V3
王强     | 13800000003 | 四路 | 浙A12345 | V3
王强     | 13800000003 | 四路 | 浙A99999 | V3
"""


def test_cars_without_plate_or_vin_are_not_archived_twice() -> None:
    drawn = "客户名称 | 联系电话 | 车牌号 | VIN码\n张伟 | 13800000001 | | V1\n张伟 | 13800000001 | | V2\n张伟 | 13800000001 | 浙A1 |\n张伟 | 13800000001 | 浙A2 |"
    assert not one("archived-twice", drawn, "Customers")


@pytest.mark.parametrize(
    ("code", "drawn"),
    [
        ("plate-of-two-vins", "车牌号 | VIN码\n浙A12345 | V1\n浙A12345 |\n | V2\n | V3"),
        ("vin-of-two-plates", "车牌号 | VIN码\n浙A12345 | V1\n | V1\n浙A12346 |\n浙A12347 |"),
        ("phone-shared", "客户名称 | 联系电话\n张伟 | 13800000001\n | 13800000001\n李芳 |\n王强 |"),
    ],
)
def test_a_blank_cell_is_no_other_value(code: str, drawn: str) -> None:
    assert not one(code, drawn, "Customers")


def test_a_car_is_archived_twice() -> None:
    # row 4: plate of the same person; row 6: plate and VIN of another's row 5; row 7: VIN of the same person's row 6
    assert [row for row, _ in one("archived-twice", TWICE, "Customers")] == [4, 6, 7]


ARCHIVE = """
档案号 | 客户类型 | 客户名称 | 车牌号   | 联系电话
A1     | 个人     | 张伟先生 | 浙A12345 | 0571-88001234
A2     | 单位     | 明月公司 | 浙A12346 | 0571-88001235
"""
RECORDS = """
登记号 | 档案号 | 客户名称 | 车牌号    | 联系电话
D1     | A1     | 张伟     | 浙A·12345 | 057188001234
D2     | A1     | 张薇     | 浙A12346  | 13800000001
D3     | A2     | 明月     |           | 13800000001
D4     | A9     | 无名     | 浙A1      | 1
D5     |        | 无名     | 浙A1      | 1
"""


@pytest.mark.parametrize(
    ("code", "rows"), [("name-mismatch", [4, 5]), ("plate-mismatch", [4]), ("phone-mismatch", [4])]
)
def test_records_that_do_not_fit_their_archive_row(code: str, rows: list[int]) -> None:
    assert [row for _, row, _ in found(code, Customers=table(ARCHIVE), Calls=table(RECORDS))] == rows


def test_a_rule_is_silent_where_a_cell_it_reads_is_wrong_by_itself() -> None:
    records = table(RECORDS)
    records[1]["_errors"] = {"档案号"}
    assert [row for _, row, _ in found("name-mismatch", Customers=table(ARCHIVE), Calls=records)] == [5]


def test_a_rule_is_silent_where_a_column_is_absent() -> None:
    calls = {"Calls": {"登记号", "档案号", "客户名称"}}
    assert not found("phone-mismatch", calls, Customers=table(ARCHIVE), Calls=table(RECORDS))


VISITS = "工单号 | 档案号 | 出厂日期\nW1 | A1 | 2026-03-01\nW2 | A2 | 2026-03-10"
HEADINGS = "日期 | 方向 | 档案号 | 通话类型 | 关联工单号 | 通话结果\n"


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["2026-03-03 | 呼出 | A1 | 第一次跟踪 | W1 | 接通"], [(3, "first-call-early")]),
        (["2026-03-04 | 呼出 | A1 | 第一次跟踪 | W1 | 接通"], []),
        (["2026-03-08 | 呼出 | A1 | 第一次跟踪 | W1 | 接通"], []),
        (["2026-03-09 | 呼出 | A1 | 第一次跟踪 | | 接通"], [(3, "first-call-late")]),
        (
            [
                "2026-03-09 | 呼出 | A1 | 第一次跟踪 | W1 | 接通",
                "2026-03-08 | 呼出 | A1 | 第一次跟踪 | W1 | 未接",
            ],
            [],
        ),
        (
            [
                "2026-03-04 | 呼出 | A1 | 第一次跟踪 | W1 | 接通",
                "2026-03-11 | 呼出 | A1 | 第二次跟踪 | W1 | 接通",
            ],
            [(4, "second-call-early")],
        ),
        (
            [
                "2026-03-04 | 呼出 | A1 | 第一次跟踪 | W1 | 接通",
                "2026-03-12 | 呼出 | A1 | 第二次跟踪 | W1 | 接通",
            ],
            [],
        ),
        (
            [
                "2026-03-04 | 呼出 | A1 | 第一次跟踪 | W1 | 接通",
                "2026-03-18 | 呼出 | A1 | 第二次跟踪 | W1 | 接通",
            ],
            [],
        ),
        (
            [
                "2026-03-04 | 呼出 | A1 | 第一次跟踪 | W1 | 接通",
                "2026-03-19 | 呼出 | A1 | 第二次跟踪 | W1 | 接通",
            ],
            [(4, "second-call-late")],
        ),
        (["2026-03-19 | 呼出 | A1 | 第二次跟踪 | W1 | 接通"], []),
    ],
)
def test_the_windows_of_follow_up_calls(lines: list[str], codes: list[tuple[int, str]]) -> None:
    tables = {"Visits": table(VISITS), "Calls": table(HEADINGS + "\n".join(lines))}
    where = sorted((row, code) for _, row, _, code in issues(tables, {}, TODAY) if "-call-" in code)
    assert where == codes


def test_an_order_of_another_customer() -> None:
    calls = table("档案号 | 关联工单号\nA1 | W2\nA1 | W1\n | W2\nA1 | W9")
    assert found("order-mismatch", Visits=table(VISITS), Calls=calls) == [("Calls", 3, "关联工单号")]


def test_a_follow_up_without_order_of_a_customer_who_had_left() -> None:
    archive = table("档案号 | 联系电话\nA2 | 13800000002\nA1 | 13800000001")
    lines = [
        "2026-03-01 | 呼出 | A1 | | 第一次跟踪 |",
        "2026-02-28 | 呼出 | A1 | | 第一次跟踪 |",
        "2026-03-01 | 呼入 | A1 | | 第一次跟踪 |",
        "2026-03-01 | 呼出 | A1 | | 保养提醒 |",
        "2026-03-10 | 呼出 | | 138 0000 0002 | 第二次跟踪 |",
        "2026-03-09 | 呼出 | | 138 0000 0002 | 第二次跟踪 |",
        "2026-03-10 | 呼出 | | 138 0000 0009 | 第二次跟踪 |",
    ]
    calls = table("日期 | 方向 | 档案号 | 联系电话 | 通话类型 | 关联工单号\n" + "\n".join(lines))
    where = [
        row for _, row, _ in found("order-missing", Customers=archive, Visits=table(VISITS), Calls=calls)
    ]
    assert where == [3, 7]


def test_a_complaint_and_a_request_that_nobody_tracks() -> None:
    calls = table(
        "登记号 | 是否投诉 | 客户要求 | 当时答复\nD1 | 是 | 退款 | 否\nD2 | 是 | 退款 | 否\nD3 | 否 | 退款 | 是\nD4 | | | 否"
    )
    tracked = table("投诉号 | 登记号\nT1 | D2")
    where = [
        (row, code)
        for _, row, _, code in issues({"Calls": calls, "Complaints": tracked}, {}, TODAY)
        if "tracked" in code
    ]
    assert sorted(where) == [(3, "complaint-not-tracked"), (3, "request-not-tracked")]


def test_only_the_latest_call_to_a_phone_says_that_it_is_dead() -> None:
    archive = table("档案号 | 联系电话\nA1 | 0571-88001234\nA2 | 13800000002\nA3 | 13800000003")
    calls = table(
        "日期 | 方向 | 联系电话 | 通话结果\n2026-03-01 | 呼出 | 057188001234 | 接通\n2026-03-01 | 呼出 | (0571)88001234 | 空号\n"
        "2026-03-02 | 呼出 | 13800000002 | 未接\n2026-03-01 | 呼出 | 13800000002 | 空号\n2026-03-01 | 呼入 | 13800000003 | 空号"
    )
    assert found("phone-dead", Customers=archive, Calls=calls) == [("Customers", 3, "联系电话")]


def test_a_notice_is_late_thirteen_days_before_the_event() -> None:
    events = table("活动编号 | 开始日期\nE1 | 2026-03-15")
    letters = table("活动编号 | 电话通知日期\nE1 | 2026-03-01\nE1 | 2026-03-02")
    assert found("notice-late", Events=events, Letters=letters) == [("Letters", 4, "电话通知日期")]


def test_a_marketing_letter_needs_consent_on_the_row_and_no_refusal_of_the_person() -> None:
    archive = table(
        "档案号 | 客户名称 | 联系电话 | 营销同意\nA1 | 张伟 | 1 | 同意\nA2 | 李芳 | 2 | 未知\nA3 | 王强 | 3 | 同意\nA4 | 王强 | 3 | 拒绝"
    )
    letters = table("档案号 | 模板\nA1 | 邀请函\nA2 | 邀请函\nA2 | 保养提醒\nA3 | 续保通知")
    where = [row for _, row, _ in found("letter-without-consent", Customers=archive, Letters=letters)]
    assert where == [4, 6]
