import pytest
from table_fixtures import dataset_of, drawn, places

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import CELL_CHECK, ERROR, WARNING
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.schema import Kind

BREAKS = {
    "missing": (
        "Customers",
        """
        row | name
        14  | 李四
        15  |
        """,
    ),
    "not-a-date": (
        "Customers",
        """
        row | came_on
        14  | 2025-01-02
        15  | 年初二
        """,
    ),
    "not-a-number": (
        "Visits",
        """
        row | amount
        14  | 1,234.50
        15  | 约一千
        """,
    ),
    "not-in-list": (
        "Visits",
        """
        row | kind
        14  | 保养
        15  | 洗车
        """,
    ),
    "duplicate": (
        "Customers",
        """
        row | archive_no
        14  | A1
        15  | A1
        """,
    ),
    "phone-format": (
        "Customers",
        """
        row | phone
        14  | 138 0000 1234
        15  | 1380000123
        """,
    ),
    "plate-format": (
        "Customers",
        """
        row | plate
        14  | 粤b·12345
        15  | 粤B1234
        """,
    ),
    "vin-format": (
        "Customers",
        """
        row | vin
        14  | LDC613P23A1305189
        15  | LDC613P23A130518
        """,
    ),
    "vin-check-digit": (
        "Customers",
        """
        row | vin
        14  | LDC613P23A1305189
        15  | LDC613P24A1305189
        """,
    ),
    "unknown-reference": (
        "Visits",
        """
        row | archive_no
        14  | A1
        15  | A2
        """,
    ),
    "unknown-staff": (
        "Customers",
        """
        row | clerk
        14  | 张三
        15  | 张山
        """,
    ),
    "date-in-future": (
        "Customers",
        """
        row | bought_on
        14  | 2026-03-18
        15  | 2026-03-19
        """,
    ),
    "out-of-range": (
        "Calls",
        """
        row | satisfaction
        14  | 100
        15  | 101
        """,
    ),
}
"""For each code of one cell: a table in which row 15 is wrong by a hair and row 14 is right by one."""

AMONG = {"Customers": "row | archive_no\n4 | A1", "Staff": "row | name\n4 | 张三"}


def broken(code: str) -> Dataset:
    """Read the example of a code."""
    name, text = BREAKS[code]
    return dataset_of(**{**AMONG, name: text})


@pytest.mark.parametrize("code", sorted(CELL_CHECK))
def test_every_code_of_one_cell_has_an_example_that_is_wrong_in_row_15_only(code: str) -> None:
    name, text = BREAKS[code]

    assert places(broken(code).issues) == [(name, 15, drawn(text).columns[-1], code)]


@pytest.mark.parametrize("code", BREAKS)
def test_only_a_wrong_check_digit_is_a_warning(code: str) -> None:
    (issue,) = broken(code).issues

    assert issue.severity == (WARNING if code == "vin-check-digit" else ERROR)


@pytest.mark.parametrize("code", BREAKS)
def test_an_issue_tells_the_value_as_it_was_typed(code: str) -> None:
    (issue,) = broken(code).issues

    assert issue.value == drawn(BREAKS[code][1]).iloc[-1, -1]


@pytest.mark.parametrize("code", sorted(set(BREAKS) - {"missing"}))
def test_a_wrong_cell_is_blank_in_the_dataset_unless_it_is_only_a_warning(code: str) -> None:
    dataset, (name, text) = broken(code), BREAKS[code]
    column = drawn(text).columns[-1]

    warned = code == "vin-check-digit"
    assert bool(dataset.tables[name][column].isna()[15]) != warned
    assert dataset.error_masks[name].loc[15, column] != warned
    assert not dataset.error_masks[name].loc[14, column]


def test_a_blank_cell_that_is_not_required_is_no_issue() -> None:
    dataset = dataset_of(Customers="row | vin | bought_on | cycle_km | grade\n4 | | | |")

    assert dataset.issues == ()
    assert dataset.tables["Customers"].loc[4, ["vin", "bought_on", "cycle_km", "grade"]].isna().all()


def test_a_row_in_which_staff_typed_nothing_is_no_row() -> None:
    cells = dataset_of(Targets="row | 年度 | 指标代码 | 校验\n4 | | | 【年度】未填写\n5 | 2026 | csi |")

    assert list(cells.tables["Targets"].index) == [5]
    assert cells.issues == ()


def test_rows_keep_their_excel_row_numbers() -> None:
    dataset = dataset_of(Events="row | event_no\n4 | H1\n9 | H2\n120 | H3")

    assert list(dataset.tables["Events"].index) == [4, 9, 120]


def test_a_formula_column_is_not_judged() -> None:
    assert dataset_of(Customers="row | next_service_on\n4 | #VALUE!").issues == ()


@pytest.mark.parametrize(
    ("column", "typed", "expected"),
    [
        ("insured_until", "2026-12-31", []),
        ("insured_until", "2199-12-31", []),
        ("bought_on", "2026-03-18", []),
        ("bought_on", "2026-03-19", ["date-in-future"]),
        ("cycle_months", "1", []),
        ("cycle_months", "0", ["out-of-range"]),
        ("cycle_months", "60", []),
        ("cycle_months", "61", ["out-of-range"]),
        ("last_service_km", "0", []),
        ("last_service_km", "-1", ["out-of-range"]),
    ],
)
def test_only_what_has_happened_cannot_lie_in_the_future_and_bounds_are_included(
    column: str, typed: str, expected: list[str]
) -> None:
    dataset = dataset_of(Customers=f"row | {column}\n4 | {typed}")

    assert [issue.code for issue in dataset.issues] == expected


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("Calls", "next_on"),
        ("Customers", "insured_until"),
        ("Visits", "promised_on"),
        ("Tasks", "planned_on"),
        ("Events", "starts_on"),
        ("Events", "ends_on"),
        ("Staff", "away_from"),
        ("Staff", "away_to"),
        ("Calendar", "day"),
    ],
)
def test_plans_may_lie_in_the_future(table: str, column: str) -> None:
    assert dataset_of(**{table: f"row | {column}\n4 | 2027-01-01"}).issues == ()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("0", []), ("-0.01", ["out-of-range"]), ("10000000", []), ("10000000.01", ["out-of-range"])],
)
def test_an_amount_is_bounded_in_yuan(typed: str, codes: list[str]) -> None:
    assert [issue.code for issue in dataset_of(Visits=f"row | amount\n4 | {typed}").issues] == codes


def test_each_wrong_cell_of_a_row_is_told() -> None:
    dataset = dataset_of(Customers="row | phone | plate | came_on\n4 | 1 | 2 | 3")

    assert places(dataset.issues) == [
        ("Customers", 4, "phone", "phone-format"),
        ("Customers", 4, "plate", "plate-format"),
        ("Customers", 4, "came_on", "not-a-date"),
    ]


def test_what_was_understood_otherwise_than_typed_is_offered_in_plain_form() -> None:
    dataset = dataset_of(Visits=drawn("row | order_no | amount | came_on\n4 | G1 | ￥１００ | 2025.1.2"))

    assert {
        (normalisation.row, normalisation.column): str(normalisation.plain)
        for normalisation in dataset.normalisations
        if normalisation.table is BY_NAME["Visits"]
    } == {
        (4, "came_on"): "2025-01-02",
        (4, "amount"): "100.0",
    }


def test_what_was_typed_plainly_is_not_offered() -> None:
    table = drawn("row | phone | plate | vin | grade\n4 | 13800001234 | 粤B12345 | LDC613P23A1305189 | VIP")
    offered = {normalisation.column for normalisation in dataset_of(Customers=table).normalisations}

    assert not offered & {"phone", "plate", "vin", "grade", "archive_no", "name"}


def test_a_wrong_cell_is_not_offered_in_plain_form() -> None:
    dataset = dataset_of(Visits="row | amount\n4 | 一百")

    assert "amount" not in {normalisation.column for normalisation in dataset.normalisations}


def test_a_vin_with_a_lookalike_is_wrong_and_the_right_one_suggested() -> None:
    (issue,) = dataset_of(Customers="row | vin\n4 | LDC613P23A13O5189").issues

    assert (issue.code, issue.suggestion) == ("vin-format", "LDC613P23A1305189")


def test_a_column_has_the_type_of_its_kind_even_when_its_table_is_empty() -> None:
    types = {Kind.DATE: "datetime64[s]", Kind.NUMBER: "float64", Kind.MONEY: "Int64"}
    tables = dataset_of().tables

    columns = [(table.name, column) for table in TABLES for column in table.columns]
    assert [
        (name, column.key)
        for name, column in columns
        if str(tables[name][column.key].dtype) != types.get(column.kind, "str")
    ] == []


def test_a_plate_may_be_blank_where_the_vin_is_there() -> None:
    dataset = dataset_of(
        Customers="row | plate | vin\n4 | | LDC613P23A1305189\n5 | |\n6 | 粤A12345 |\n7 | | LDC613"
    )

    assert [(issue.row, issue.column, issue.code) for issue in dataset.issues] == [
        (5, "plate", "missing"),
        (7, "vin", "vin-format"),
    ]


def test_a_time_that_cannot_be_read_says_how_to_write_one() -> None:
    (issue,) = dataset_of(Appointments="row | at\n4 | 上午").issues

    assert issue.message == "“上午”不是时间，请写成 09:30 的样子"
