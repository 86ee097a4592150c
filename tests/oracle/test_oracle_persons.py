from datetime import date

import pytest

from oracle import words
from oracle.cells import Row
from oracle.drawn import table
from oracle.persons import company_line, greeting, persons, refused_numbers
from oracle.shop import open_shop


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0571-88001234", "(0571)88001234"),
        ("0571 8800 1234", "０５７１－８８００１２３４"),
        ("+86 138 0013 8000", "13800138000"),
        ("0086-13800138000", "138-0013-8000"),
        ("8613800138000", "13800138000"),
    ],
)
def test_a_phone_is_the_same_in_any_spelling(one: str, other: str) -> None:
    assert words.phone(one) == words.phone(other)


def test_a_number_that_begins_like_the_country_keeps_its_digits() -> None:
    assert words.phone("8610-880012") == "8610880012"


def test_a_landline_of_thirteen_digits_keeps_its_area_code() -> None:
    assert words.phone("0571-88001234-8") == "0571880012348"


@pytest.mark.parametrize("address", ["", " ", "无", "不详", "同上", "-", "－", "——"])
def test_these_are_no_addresses(address: str) -> None:
    assert not words.usable_address(address)


def test_a_street_is_an_address() -> None:
    assert words.usable_address("无锡市人民路 1 号") == "无锡市人民路1号"


@pytest.mark.parametrize("name", ["明月公司", "东风厂", "大江饭店", "水务局", "会展中心", "第一中学校"])
def test_a_name_ends_like_a_company(name: str) -> None:
    assert words.is_company("", name)


def test_a_typed_kind_decides_over_the_name() -> None:
    assert not words.is_company("个人", "王中心")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"客户名称": "张伟", "称呼": "先生"}, "尊敬的张伟先生："),
        ({"客户名称": "张伟"}, "尊敬的张伟，您好："),
        ({"客户名称": "张伟先生", "称呼": "先生"}, "尊敬的张伟先生："),
        ({"客户名称": "刘总", "称呼": "先生"}, "尊敬的刘总："),
        ({"客户类型": "单位", "客户名称": "明月公司", "联系人": "何静", "称呼": "女士"}, "尊敬的何静女士："),
        ({"客户类型": "单位", "客户名称": "明月公司", "联系人": "何经理", "称呼": "女士"}, "尊敬的何经理："),
        ({"客户类型": "单位", "客户名称": "明月公司"}, "尊敬的明月公司："),
        ({"客户名称": "明月公司", "称呼": "先生"}, "尊敬的明月公司："),
    ],
)
def test_greeting(row: Row, says: str) -> None:
    assert greeting(row) == says


def test_the_company_stands_above_its_contact() -> None:
    assert company_line({"客户名称": "明月公司", "联系人": "何静"}) == "明月公司"


def test_nothing_stands_above_a_person() -> None:
    assert not company_line({"客户名称": "张伟", "联系人": "何静"})


CARS = """
档案号 | 客户名称 | 联系电话      | 地址     | 营销同意
A1     | 张伟     | 13800000001   | 人民路1号 | 同意
A2     | 张伟先生 | 138-0000-0001 | 无       | 同意
A3     | 李芳     | 13800000001   | 人民路1号 | 拒绝
A4     | 张伟     | 13800000009   | 人民路1号 | 同意
A5     |          |               | 人民路1号 | 同意
A6     |          |               | 人民路1号 | 同意
"""


def test_a_person_is_joined_by_name_and_phone_then_by_phone_and_address() -> None:
    assert persons(table(CARS)) == [0, 0, 0, 3, 4, 5]


def test_a_shared_phone_alone_joins_nobody() -> None:
    rows = table("客户名称 | 联系电话 | 地址\n | 13800000001 |\n | 13800000001 |\n李芳 | 13800000001 |")
    assert persons(rows) == [0, 1, 2]


def test_a_refusal_on_any_car_is_a_refusal_on_all() -> None:
    shop = open_shop({"Customers": table(CARS)}, {}, date(2026, 1, 1))
    assert refused_numbers(shop) == {"A1", "A2", "A3"}
