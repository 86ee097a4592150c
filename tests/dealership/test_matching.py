"""Headings of other shops are understood by meaning; what is not sure is asked, and nothing is used by guess."""

from __future__ import annotations

import pytest

from dealer_xl.dealership.matching.canonical import are_opposite, canonical
from dealer_xl.dealership.matching.columns import ASK, CERTAIN, NONE, ColumnMatch, SheetColumn, match_columns
from dealer_xl.dealership.matching.table_choice import choose_table
from dealer_xl.dealership.tables import CALLS, CUSTOMERS, TABLES, VISITS

MOBILES = ("13900000001", "13900000002", "13900000003")
LANDLINES = ("020-86660001", "020-86660002", "020-86660003")


def _only(heading: str, *values: object, table: object = CUSTOMERS) -> ColumnMatch:
    return match_columns(table, [SheetColumn(heading, values)])[0]  # type: ignore[arg-type]


def _means(match: ColumnMatch) -> str | None:
    return match.column.heading if match.column else None


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("电话号码", "联系电话"),
        ("移动电话", "联系电话"),
        ("联系电话1", "联系电话"),
        ("联系电话（手机）", "联系电话"),
        ("*客户名称（必填）", "客户名称"),
        ("上次保养里程(km)", "上次保养里程"),
        ("车架号码", "VIN码"),
        ("VIN号", "VIN码"),
        ("车辆识别代码", "VIN码"),
        ("底盤號", "VIN码"),
        ("车主名称", "客户名称"),
        ("顾客姓名", "客户名称"),
        ("会员级别", "客户等级"),
        ("购车时间", "购车日期"),
        ("建档时间", "建档日期"),
        ("通訊地址", "地址"),
        ("联络地址", "地址"),
        ("牌照", "车牌号"),
        ("车牌⏎号".replace("⏎", "\n"), "车牌号"),
    ],
)
def test_another_name_of_the_same_thing_is_certain(heading: str, meant: str) -> None:
    assert (_means(_only(heading)), _only(heading).sure) == (meant, CERTAIN)


@pytest.mark.parametrize(
    ("heading", "meant"),
    [("进店时间", "进厂日期"), ("离厂日期", "出厂日期"), ("预计交车时间", "承诺交车日期")],
)
def test_coming_and_leaving_are_never_confused(heading: str, meant: str) -> None:
    assert _means(_only(heading, table=VISITS)) == meant


def test_values_that_a_column_cannot_hold_veto_its_name() -> None:
    assert _means(_only("联系电话", "张伟", "李静", "王芳")) != "联系电话"


def test_a_column_of_vins_under_another_name_is_asked() -> None:
    match = _only("底盘型号", "LFVXX1234A0000001", "LFVXX1234A0000002")
    assert (_means(match), match.sure) == ("VIN码", ASK)


def test_two_columns_for_one_of_ours_are_both_asked() -> None:
    first, second = match_columns(VISITS, [SheetColumn("进厂日期"), SheetColumn("进厂日期")])
    assert (first.sure, second.sure) == (ASK, ASK)


def test_of_two_phones_the_one_with_the_mobiles_is_taken() -> None:
    landline, mobile = match_columns(
        CUSTOMERS, [SheetColumn("电话", LANDLINES), SheetColumn("手机", MOBILES)]
    )
    assert (_means(mobile), mobile.sure) == ("联系电话", CERTAIN)
    assert landline.sure == NONE


def test_what_staff_confirmed_comes_before_everything() -> None:
    vin = CUSTOMERS.column("vin")
    matches = match_columns(CUSTOMERS, [SheetColumn("车架号"), SheetColumn("大架")], {"大架": vin})
    assert [_means(match) for match in matches] == [None, "VIN码"]


def test_a_heading_that_staff_said_means_nothing_is_offered_no_more() -> None:
    assert match_columns(CUSTOMERS, [SheetColumn("省份")], {"省份": None})[0] == ColumnMatch("省份")


@pytest.mark.parametrize("heading", ["序号", "发动机号", "颜色", "电子邮件", "消费金额", "来厂次数"])
def test_a_heading_that_means_none_of_ours_is_left_alone(heading: str) -> None:
    assert _only(heading).sure == NONE


def test_at_most_three_columns_are_offered() -> None:
    assert all(
        len(match.candidates) <= 3
        for match in match_columns(CALLS, [SheetColumn("内容"), SheetColumn("类型")])
    )


@pytest.mark.parametrize(
    ("one", "other"), [("进厂日期", "出厂日期"), ("上次保养日期", "下次保养日期"), ("开始日期", "结束日期")]
)
def test_headings_a_pair_of_opposites_apart_are_opposite(one: str, other: str) -> None:
    assert are_opposite(one, other)


def test_each_column_of_each_table_is_itself() -> None:
    for table in TABLES:
        columns = [SheetColumn(column.heading) for column in table.columns if column.heading != "校验"]
        for match in match_columns(table, columns):
            assert (_means(match), match.sure) == (match.heading, CERTAIN)


def test_the_canonical_form_of_a_canonical_form_is_itself() -> None:
    for table in TABLES:
        for column in table.columns:
            form = canonical(column.heading, table.name)
            assert canonical(form, table.name) == form


def test_a_sheet_of_another_trade_is_no_table() -> None:
    columns = [SheetColumn(heading) for heading in ("货号", "品名", "规格", "库位", "单价", "进货商")]
    assert choose_table(columns, TABLES, ("库存", "", "仓库.xlsx")).match is None
