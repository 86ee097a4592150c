from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealer_xl.dealership.parsed_table import ParsedTable, parse_table
from dealer_xl.dealership.parsers import (
    Unreadable,
    Value,
    as_text,
    is_blank,
    read_choice,
    read_date,
    read_money,
    read_month,
    read_number,
    read_phone,
    read_plate,
    read_text,
    read_time,
    read_vin,
)
from dealer_xl.schema import Column, Kind, Table

COLUMN = Column("any", "任意", choices=("轿车", "SUV", "VIP", "是", "其他"))
DAY = date(2026, 3, 5)
TODAY = date(2026, 3, 18)


def refused(read: Callable[[object, Column], Value], cell: object) -> str:
    """Return the code with which a cell is refused."""
    with pytest.raises(Unreadable) as refusal:
        read(cell, COLUMN)
    return str(refusal.value)


@pytest.mark.parametrize(
    "typed",
    [
        DAY,
        datetime(2026, 3, 5),  # noqa: DTZ001 - as Excel hands it over
        datetime(2026, 3, 5, 14, 30),  # noqa: DTZ001
        "2026-03-05",
        "2026-3-5",
        "2026/3/5",
        "2026/03/05",
        "2026.3.5",
        "2026年3月5日",
        "2026年03月05",
        "20260305",
        20260305,
        20260305.0,
        46086,
        46086.0,
        46086.75,
        "46086",
        "２０２６．３．５",
        "２０２６年３月５日",
        "  2026-03-05  ",
        "\u30002026-03-05",
        "2026-03-05 14:30",
        "2026年3月5日 14:30",
        "2026-03-05 00:00:00",
    ],
    ids=str,
)
def test_a_day_is_read_however_it_was_typed(typed: object) -> None:
    assert read_date(typed, COLUMN) == DAY


@pytest.mark.parametrize("typed", ["2026 年 3 月 5 日", "2026. 3. 5", "2026 - 03 - 05"])
def test_spaces_within_a_date_do_not_matter(typed: str) -> None:
    """Section 6 of the design: spaces go before a value is judged."""
    assert read_date(typed, COLUMN) == DAY


@pytest.mark.parametrize(
    "typed",
    [
        "2026-02-30",
        "2026-13-01",
        "20260230",
        "26-3-5",
        "3月5日",
        "昨天",
        "2026",
        "2026-03",
        5,
        18263,
        109575,
        "18263",
        -1.0,
        3.5,
        float("inf"),
        True,
        time(8, 30),
        "0000-00-00",
        "#N/A",
    ],
    ids=str,
)
def test_what_names_no_day_is_not_a_date(typed: object) -> None:
    assert refused(read_date, typed) == "not-a-date"


@pytest.mark.parametrize("typed", [10**400, -(10**400), 10**30], ids=["huge", "minus-huge", "big"])
def test_a_number_too_large_for_anything_is_not_a_date(typed: int) -> None:
    assert refused(read_date, typed) == "not-a-date"


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03",
        "2026-3",
        "2026/3",
        "2026.03",
        "2026年3月",
        "2026 年 3 月",
        "202603",
        202603,
        DAY,
        "２０２６－０３",
    ],
    ids=str,
)
def test_a_month_is_read_however_it_was_typed(typed: object) -> None:
    assert read_month(typed, COLUMN) == "2026-03"


@pytest.mark.parametrize("typed", ["2026-13", "2026-00", "3月", "三月", "26-03", 3, True], ids=str)
def test_what_names_no_month_is_refused(typed: object) -> None:
    assert refused(read_month, typed) == "not-a-date"


@pytest.mark.parametrize(
    "typed",
    ["09:30", "9:30", "９：３０", "9点30分", "9 : 30", 9.5 / 24, time(9, 30), datetime(1899, 12, 30, 9, 30)],  # noqa: DTZ001 - as Excel keeps it
)
def test_a_time_of_day_is_read_however_it_was_typed(typed: object) -> None:
    assert read_time(typed, COLUMN) == "09:30"


@pytest.mark.parametrize("typed", ["上午", "25:00", "9:75", 9.5, True, "9.30"])
def test_what_names_no_time_is_refused(typed: object) -> None:
    assert refused(read_time, typed) == "not-a-date"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (12, 12),
        (12.5, 12.5),
        ("12", 12),
        (" 12 ", 12),
        ("１２．５", 12.5),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1,234,567.5", 1234567.5),
        ("-3", -3),
        ("+3", 3),
        ("1e3", 1000),
    ],
    ids=str,
)
def test_a_number_kept_as_text_is_read(typed: object, number: float) -> None:
    assert read_number(typed, COLUMN) == number


@pytest.mark.parametrize(
    "typed", ["12a", "一百", "1,23", "1.2.3", "-", "约3000", True, False, DAY, time(8), "#DIV/0!"], ids=str
)
def test_what_is_no_number_is_refused(typed: object) -> None:
    assert refused(read_number, typed) == "not-a-number"


@pytest.mark.parametrize(
    "typed", [10**400, float("inf"), float("-inf"), "9" * 400], ids=["int", "inf", "minus", "text"]
)
def test_a_number_without_end_is_refused(typed: object) -> None:
    assert refused(read_number, typed) in {"not-a-number", "out-of-range"}


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        (0, 0),
        (100, 10000),
        (0.1 + 0.2, 30),
        (19.99, 1999),
        (1.005, 101),
        (12.345, 1235),
        (-0.5, -50),
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("¥1,234.50", 123450),
        ("￥1234.5", 123450),
        ("1234.5元", 123450),
        ("１２３４．５", 123450),
        (1e12, 10**14),
    ],
    ids=str,
)
def test_an_amount_is_read_to_the_fen(typed: object, fen: int) -> None:
    assert read_money(typed, COLUMN) == fen


@pytest.mark.parametrize("typed", [1e13, 10**30, "1e99"], ids=str)
def test_an_amount_that_no_shop_earns_is_out_of_range(typed: object) -> None:
    assert refused(read_money, typed) == "out-of-range"


@pytest.mark.parametrize("typed", ["一百元", "元", "免费", True], ids=str)
def test_an_amount_in_words_is_not_a_number(typed: object) -> None:
    assert refused(read_money, typed) == "not-a-number"


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("轿车", "轿车"),
        (" 轿车 ", "轿车"),
        ("轿 车", "轿车"),
        ("suv", "SUV"),
        ("ＳＵＶ", "SUV"),
        ("vip", "VIP"),
        (True, "是"),
    ],
    ids=str,
)
def test_a_choice_is_read_in_any_width_and_case(typed: object, choice: str) -> None:
    assert read_choice(typed, COLUMN) == choice


@pytest.mark.parametrize("typed", ["跑车", "轿", 1, "轿车、SUV"], ids=str)
def test_what_is_no_choice_is_refused(typed: object) -> None:
    assert refused(read_choice, typed) == "not-in-list"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (" 张三 ", "张三"),
        ("\u3000张三", "张三"),
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (True, "是"),
        (False, "否"),
        (DAY, "2026-03-05"),
    ],
    ids=str,
)
def test_a_text_is_what_a_person_sees(typed: object, text: str) -> None:
    assert read_text(typed, COLUMN) == text


def test_a_day_at_midnight_is_written_without_its_time() -> None:
    assert as_text(datetime(2026, 3, 5, tzinfo=UTC)) == "2026-03-05"


@pytest.mark.parametrize(
    "typed", [13800001234, 13800001234.0, "138 0000 1234", "１３８００００１２３４"], ids=str
)
def test_a_phone_typed_as_a_number_is_a_phone(typed: object) -> None:
    assert read_phone(typed, COLUMN) == "13800001234"


def test_a_wrong_phone_plate_or_vin_is_refused_with_its_own_code() -> None:
    assert refused(read_phone, "1380000") == "phone-format"
    assert refused(read_plate, "粤B1234") == "plate-format"
    assert refused(read_vin, "LDC613P23A13O5189") == "vin-format"


def test_a_plate_and_a_vin_are_read_in_capitals() -> None:
    assert read_plate("粤b·12345", COLUMN) == "粤B12345"
    assert read_vin("ldc613p23a1305189", COLUMN) == "LDC613P23A1305189"


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "\n", float("nan"), pd.NaT], ids=repr)
def test_what_nobody_sees_is_blank(cell: object) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", [0, False, "0", "-", 0.0, time(0)], ids=repr)
def test_a_nought_is_not_blank(cell: object) -> None:
    assert not is_blank(cell)


typed_by_staff = st.text(
    alphabet="0123456789０１２３/-.．年月日 :：,，元¥+eE()（）京粤ZＡBCD港澳领使·是否suvＶip\n\u3000",
    max_size=18,
)
cells = (
    st.none()
    | st.text(max_size=30)
    | typed_by_staff
    | st.floats()
    | st.booleans()
    | st.integers()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.dates().map("{0.year}.{0.month}.{0.day}".format)
    | st.integers(0, 10**13).map("{:,}元".format)
    | st.from_regex(r"\A(\+86|0086)?[ -]?1[3-9]\d \d{4}-\d{4}\Z")
    | st.from_regex(r"\A[（(]0\d{2,3}[)）]-?\d{7,8}\Z")
    | st.from_regex(r"\A[京粤][A-Za-z][·. ][A-Fa-f0-9]{5,6}\Z")
)


def of_one_column(kind: Kind, cell: object) -> ParsedTable:
    """Read a table of a single cell."""
    table = Table("Any", "任意", "任意.xlsx", "任意", (Column("any", "任意", kind, choices=COLUMN.choices),))
    return parse_table(pd.DataFrame({"任意": [cell]}, index=[4], dtype="object"), table, TODAY)


@given(st.sampled_from(Kind), cells)
@settings(max_examples=200, deadline=None)
def test_what_was_read_and_written_plainly_reads_the_same_and_is_no_longer_a_reading(
    kind: Kind, cell: object
) -> None:
    first = of_one_column(kind, cell)

    for normalisation in first.normalisations:
        again = of_one_column(kind, normalisation.plain)
        pd.testing.assert_frame_equal(again.rows, first.rows)
        assert again.normalisations == ()
        assert [issue.code for issue in again.issues] == [issue.code for issue in first.issues]


@given(st.sampled_from(Kind), cells)
@settings(max_examples=200, deadline=None)
def test_a_cell_is_either_read_or_said_to_be_wrong_or_blank(kind: Kind, cell: object) -> None:
    entries = of_one_column(kind, cell)

    held = len(entries.rows) and entries.rows["any"].notna().all()
    assert held or entries.issues or is_blank(cell)


@pytest.mark.parametrize("number", [1.38e16, -1e15, 10**15, 138_000_000_000_000_000])
def test_a_number_whose_last_digits_excel_has_lost_is_no_text(number: float) -> None:
    assert refused(read_text, number) == "out-of-range"
    assert read_text(999_999_999_999_999.0, COLUMN) == "999999999999999"
