import pytest
from drawn import Drawing, desk_of, drawn, places

from dealer_xl.dealership.desk import Desk
from dealer_xl.dealership.issues import WARNING
from dealer_xl.dealership.rules import RULES, Rule, apply_rules

BREAKS = {
    "archive-late": {
        "Customers": """
            row | came_on    | archived_on
            14  | 2026-03-02 | 2026-03-04
            15  | 2026-03-02 | 2026-03-05
        """
    },
    "first-call-early": {
        "Visits": """
            row | order_no | left_on
            4   | G1       | 2026-03-01
            5   | G2       | 2026-03-01
        """,
        "Calls": """
            row | kind       | order_no | called_on
            14  | 第一次跟踪 | G1       | 2026-03-04
            15  | 第一次跟踪 | G2       | 2026-03-03
        """,
    },
    "first-call-late": {
        "Visits": """
            row | order_no | left_on
            4   | G1       | 2026-03-01
            5   | G2       | 2026-03-01
        """,
        "Calls": """
            row | kind       | order_no | called_on
            14  | 第一次跟踪 | G1       | 2026-03-08
            15  | 第一次跟踪 | G2       | 2026-03-09
        """,
    },
    "second-call-early": {
        "Visits": """
            row | order_no | left_on
            4   | G1       | 2026-02-01
            5   | G2       | 2026-02-01
        """,
        "Calls": """
            row | kind       | order_no | called_on
            12  | 第一次跟踪 | G1       | 2026-02-05
            13  | 第一次跟踪 | G2       | 2026-02-05
            14  | 第二次跟踪 | G1       | 2026-02-13
            15  | 第二次跟踪 | G2       | 2026-02-12
        """,
    },
    "second-call-late": {
        "Visits": """
            row | order_no | left_on
            4   | G1       | 2026-02-01
            5   | G2       | 2026-02-01
        """,
        "Calls": """
            row | kind       | order_no | called_on
            12  | 第一次跟踪 | G1       | 2026-02-05
            13  | 第一次跟踪 | G2       | 2026-02-05
            14  | 第二次跟踪 | G1       | 2026-02-19
            15  | 第二次跟踪 | G2       | 2026-02-20
        """,
    },
}
"""For each rule: a store in which row 15 breaks it by a day and row 14 keeps it on the last day."""

KNOWN = {"Customers": "row | archive_no\n4 | A1", "Staff": "row | name\n4 | 张三"}


def example(rule: Rule, **cells: str | None) -> Desk:
    """Read the example of a rule, row 15 typed otherwise."""
    tables: dict[str, Drawing] = {**KNOWN, **BREAKS[rule.code]}
    if cells:
        rows = drawn(BREAKS[rule.code][rule.table])
        rows.loc[15, list(cells)] = list(cells.values())
        tables[rule.table] = rows
    return desk_of(**tables)


def codes(**tables: str) -> list[tuple[int, str]]:
    """Tell which rules rows of these tables break: row and code."""
    desk = desk_of(**tables)
    assert desk.issues == ()
    return [(issue.row, issue.code) for issue in apply_rules(desk)]


each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@each_rule
def test_every_rule_has_an_example_that_breaks_it_in_row_15_only(rule: Rule) -> None:
    desk = example(rule)

    assert desk.issues == ()
    assert places(apply_rules(desk)) == [(rule.table, 15, rule.looks_at[0], rule.code)]


@each_rule
def test_every_rule_gives_a_warning(rule: Rule) -> None:
    (issue,) = apply_rules(example(rule))

    assert issue.severity == rule.severity == WARNING


@each_rule
def test_every_rule_is_silent_on_an_empty_store(rule: Rule) -> None:
    assert apply_rules(desk_of(), (rule,)) == ()


@each_rule
def test_every_rule_is_silent_on_rows_of_which_only_the_number_is_known(rule: Rule) -> None:
    blank = {
        "Customers": "row | archive_no | note | came_on | archived_on | name | phone\n15 | A1 | | | | |",
        "Visits": "row | order_no | came_on\n15 | G1 |",
        "Calls": "row | call_no | called_on | kind | direction | result | order_no\n15 | D1 | | | | | G1",
    }

    assert apply_rules(desk_of(**blank), (rule,)) == ()


@pytest.mark.parametrize(
    ("rule", "column"),
    [(rule, column) for rule in RULES for column in rule.looks_at],
    ids=lambda each: each if isinstance(each, str) else each.code,
)
def test_every_rule_is_silent_on_a_row_in_which_a_cell_it_looks_at_is_wrong_already(
    rule: Rule, column: str
) -> None:
    desk = example(rule, **{column: "？？"})

    assert [(issue.row, issue.column) for issue in desk.issues] == [(15, column)]
    assert apply_rules(desk, (rule,)) == ()


@pytest.mark.parametrize(
    ("called_on", "expected"),
    [
        ("2026-02-28", "first-call-early"),  # while the car was still in the shop
        ("2026-03-01", "first-call-early"),
        ("2026-03-03", "first-call-early"),
        ("2026-03-04", None),
        ("2026-03-08", None),
        ("2026-03-09", "first-call-late"),
    ],
)
def test_a_first_call_belongs_to_the_third_to_seventh_day(called_on: str, expected: str | None) -> None:
    """FC-01; both ends are included."""
    found = codes(
        Visits="row | order_no | left_on\n4 | G1 | 2026-03-01",
        Calls=f"row | kind | order_no | called_on\n4 | 第一次跟踪 | G1 | {called_on}",
    )

    assert found == ([(4, expected)] if expected else [])


@pytest.mark.parametrize(
    ("called_on", "expected"),
    [
        ("2026-02-12", "second-call-early"),
        ("2026-02-13", None),
        ("2026-02-19", None),
        ("2026-02-20", "second-call-late"),
    ],
)
def test_a_second_call_belongs_to_the_eighth_to_fourteenth_day_after_the_first(
    called_on: str, expected: str | None
) -> None:
    """FC-02; both ends are included."""
    found = codes(
        Visits="row | order_no | left_on\n4 | G1 | 2026-02-01",
        Calls=f"""
            row | kind       | order_no | called_on
            4   | 第一次跟踪 | G1       | 2026-02-05
            5   | 第二次跟踪 | G1       | {called_on}
        """,
    )

    assert found == ([(5, expected)] if expected else [])


def test_a_call_after_one_in_time_is_not_late() -> None:
    assert (
        codes(
            Visits="row | order_no | left_on\n4 | G1 | 2026-03-01",
            Calls="""
                row | kind       | order_no | called_on  | result
                4   | 第一次跟踪 | G1       | 2026-03-05 | 未接
                5   | 第一次跟踪 | G1       | 2026-03-12 | 接通
            """,
        )
        == []
    )


def test_of_two_late_calls_only_the_earlier_is_told() -> None:
    assert codes(
        Visits="row | order_no | left_on\n4 | G1 | 2026-03-01",
        Calls="""
            row | kind       | order_no | called_on  | result
            4   | 第一次跟踪 | G1       | 2026-03-14 | 接通
            5   | 第一次跟踪 | G1       | 2026-03-12 | 未接
            6   | 第一次跟踪 | G1       | 2026-03-12 | 未接
        """,
    ) == [(5, "first-call-late")]


def test_the_second_call_is_counted_from_the_first_that_was_answered() -> None:
    assert (
        codes(
            Visits="row | order_no | left_on\n4 | G1 | 2026-02-01",
            Calls="""
                row | kind       | order_no | called_on  | result
                4   | 第一次跟踪 | G1       | 2026-02-04 | 未接
                5   | 第一次跟踪 | G1       | 2026-02-08 | 接通
                6   | 第二次跟踪 | G1       | 2026-02-22 | 接通
            """,
        )
        == []
    )


@pytest.mark.parametrize(
    "call",
    ["呼入 | 第一次跟踪 | G1", "呼出 | 咨询 | G1", "呼出 | 第一次跟踪 |"],
    ids=["inbound", "other", "no order"],
)
def test_only_outbound_follow_up_calls_of_an_order_are_judged(call: str) -> None:
    assert (
        codes(
            Visits="row | order_no | left_on\n4 | G1 | 2026-03-01",
            Calls=f"row | called_on | direction | kind | order_no\n4 | 2026-03-02 | {call}",
        )
        == []
    )


def test_a_follow_up_of_a_car_that_has_not_left_is_not_judged() -> None:
    assert (
        codes(
            Visits="row | order_no | left_on\n4 | G1 |",
            Calls="row | called_on | kind | order_no\n4 | 2026-03-02 | 第一次跟踪 | G1",
        )
        == []
    )


def test_a_follow_up_of_a_car_whose_day_of_leaving_is_wrong_is_not_judged() -> None:
    desk = desk_of(
        Visits="row | order_no | left_on\n4 | G1 | 2026-02-30\n5 | G2 | 2026-03-01",
        Calls="row | called_on | kind | order_no\n4 | 2026-03-02 | 第一次跟踪 | G1",
    )

    assert apply_rules(desk) == ()


def test_the_windows_are_those_of_the_settings() -> None:
    assert codes(
        Visits="row | order_no | left_on\n4 | G1 | 2026-03-01\n5 | G2 | 2026-03-01",
        Calls="""
            row | kind       | order_no | called_on
            4   | 第一次跟踪 | G1       | 2026-03-02
            5   | 第一次跟踪 | G2       | 2026-03-04
        """,
        Settings="""
            row | key             | value
            4   | first_call_from | 1
            5   | first_call_to   | 2
        """,
    ) == [(5, "first-call-late")]


def test_deadlines_are_counted_in_working_days_when_the_shop_says_so() -> None:
    """Friday the 6th and two working days is Tuesday the 10th."""
    customers = """
        row | came_on    | archived_on
        4   | 2026-03-06 | 2026-03-10
        5   | 2026-03-06 | 2026-03-11
    """

    assert codes(Customers=customers) == [(4, "archive-late"), (5, "archive-late")]
    assert codes(Customers=customers, Settings="row | key | value\n4 | day_count | 工作日") == [
        (5, "archive-late")
    ]
