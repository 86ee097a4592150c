import pytest
from table_fixtures import dataset_of, drawn, places


def test_the_first_of_several_equal_numbers_keeps_its_right() -> None:
    dataset = dataset_of(Customers="row | archive_no\n4 | A1\n7 | A2\n8 | A1\n9 | A1")

    assert places(dataset.issues) == [
        ("Customers", 8, "archive_no", "duplicate"),
        ("Customers", 9, "archive_no", "duplicate"),
    ]
    assert dataset.tables["Customers"]["archive_no"].dropna().to_dict() == {4: "A1", 7: "A2"}


def test_the_sentence_names_the_first_row() -> None:
    (issue,) = dataset_of(Customers="row | archive_no\n44 | A1\n58 | A1").issues

    assert "44" in issue.message


def test_blank_cells_do_not_repeat_one_another() -> None:
    dataset = dataset_of(Staff="row | name | post\n4 | | 前台\n5 | | 前台")

    assert [issue.code for issue in dataset.issues] == ["missing", "missing"]


def test_a_figure_may_have_one_target_a_year() -> None:
    dataset = dataset_of(
        Targets="row | year | code\n4 | 2026 | csi\n5 | 2027 | csi\n6 | 2026 | complaints\n7 | 2026 | csi"
    )

    assert places(dataset.issues) == [("Targets", 7, "label", "duplicate")]


def test_a_day_stands_in_the_calendar_once_however_it_was_typed() -> None:
    dataset = dataset_of(Calendar="row | day\n4 | 2026-03-05\n5 | 2026年3月5日")

    assert places(dataset.issues) == [("Calendar", 5, "day", "duplicate")]


@pytest.mark.parametrize(
    ("table", "column", "code"),
    [
        ("Customers", "clerk", "unknown-staff"),
        ("Visits", "archive_no", "unknown-reference"),
        ("Visits", "advisor", "unknown-staff"),
        ("Changes", "archive_no", "unknown-reference"),
        ("Calls", "archive_no", "unknown-reference"),
        ("Calls", "order_no", "unknown-reference"),
        ("Calls", "event_no", "unknown-reference"),
        ("Calls", "clerk", "unknown-staff"),
        ("Calls", "deputy_for", "unknown-staff"),
        ("Complaints", "call_no", "unknown-reference"),
        ("Complaints", "archive_no", "unknown-reference"),
        ("Letters", "event_no", "unknown-reference"),
        ("Letters", "archive_no", "unknown-reference"),
        ("Letters", "clerk", "unknown-staff"),
        ("Events", "owner", "unknown-staff"),
        ("Tasks", "owner", "unknown-staff"),
        ("Staff", "deputy", "unknown-staff"),
    ],
)
def test_a_number_that_its_table_does_not_have_is_unknown(table: str, column: str, code: str) -> None:
    known = {
        "Staff": "row | name\n4 | 张三",
        "Customers": "row | archive_no\n4 | A1",
        "Visits": "row | order_no\n4 | G1",
        "Events": "row | event_no\n4 | H1",
        "Calls": "row | call_no\n4 | D1",
    }
    dataset = dataset_of(**{**known, table: f"row | {column}\n4 | 查无"})

    assert [place for place in places(dataset.issues) if place[0] == table] == [(table, 4, column, code)]


def test_a_number_of_a_row_that_is_wrong_elsewhere_is_known_all_the_same() -> None:
    dataset = dataset_of(
        Customers="row | archive_no | phone\n4 | A1 | 1\n5 | A1 | 13800001234",
        Visits="row | archive_no\n4 | A1",
    )

    assert places(dataset.issues) == [
        ("Customers", 4, "phone", "phone-format"),
        ("Customers", 5, "archive_no", "duplicate"),
    ]


def test_a_number_typed_as_a_number_and_as_text_is_the_same_number() -> None:
    table = drawn("row | archive_no\n4 | 1001\n5 | 1001")
    table.loc[4, "archive_no"] = 1001.0
    dataset = dataset_of(Customers=table)

    assert places(dataset.issues) == [("Customers", 5, "archive_no", "duplicate")]


def test_a_name_typed_with_a_space_is_the_same_name() -> None:
    dataset = dataset_of(Staff="row | name\n4 | 张 三", Customers="row | clerk\n4 | 张三")

    assert dataset.issues == ()


def test_a_number_typed_in_full_width_is_the_same_number() -> None:
    """Section 6 of the design: values are normalised (NFKC, spaces, full width) before they are judged."""
    dataset = dataset_of(Customers="row | archive_no\n4 | A1", Visits="row | archive_no\n4 | Ａ１")

    assert dataset.issues == ()
