import pytest
from table_fixtures import Drawing, dataset_of, drawn, places

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR, WARNING
from dealer_xl.dealership.kpis import BY_CODE
from dealer_xl.dealership.periods import period_of
from dealer_xl.dealership.rule import Rule
from dealer_xl.dealership.rules import RULES, apply_rules, with_rule_issues
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.schema import Kind

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
    "contact-missing": {
        "Customers": """
            row | customer_kind | contact
            13  | 个人          |
            14  | 单位          | 李四
            15  | 单位          |
        """
    },
    "plate-of-two-vins": {
        "Customers": """
            row | plate    | vin
            13  | 粤A12345 | LSJA24U62JG269225
            14  | 粤A12345 | LSJA24U62JG269225
            15  | 粤A99999 | LDC613P23A1305189
            16  | 粤A99999 | LBV5S3102ESJ25655
        """
    },
    "vin-of-two-plates": {
        "Customers": """
            row | plate    | vin
            13  | 粤A12345 | LSJA24U62JG269225
            14  | 粤A12345 | LSJA24U62JG269225
            15  | 粤A99999 | LDC613P23A1305189
            16  | 粤A88888 | LDC613P23A1305189
        """
    },
    "phone-shared": {
        "Customers": """
            row | name | phone
            13  | 甲   | 13800000001
            14  | 甲   | 13800000001
            15  | 乙   | 13800000002
            16  | 丙   | 13800000002
        """
    },
    "left-before-came": {
        "Visits": """
            row | came_on    | left_on
            13  | 2026-03-02 |
            14  | 2026-03-02 | 2026-03-02
            15  | 2026-03-02 | 2026-03-01
        """
    },
    "km-backwards": {
        "Visits": """
            row | archive_no | came_on    | km
            13  | A1         | 2026-01-02 | 1000
            14  | A1         | 2026-02-02 | 1000
            15  | A1         | 2026-03-02 | 999
        """
    },
    "slip-missing": {
        "Visits": """
            row | came_on    | left_on    | repair_slip | dispatch_slip | settlement_slip
            13  | 2026-03-01 |            |             |               |
            14  | 2026-03-01 | 2026-03-02 | S1          | P1            | J1
            15  | 2026-03-01 | 2026-03-02 | S2          |               | J2
        """
    },
    "claim-result-missing": {
        "Visits": """
            row | kind     | came_on    | left_on    | claim
            12  | 保养     | 2026-03-01 | 2026-03-02 |
            13  | 保修索赔 | 2026-03-01 |            |
            14  | 保修索赔 | 2026-03-01 | 2026-03-02 | 待定
            15  | 保修索赔 | 2026-03-01 | 2026-03-02 |
        """
    },
    "notice-late": {
        "Events": "row | event_no | starts_on\n4 | H1 | 2026-03-24",
        "Calls": """
            row | kind     | event_no | called_on
            13  | 其他     | H1       | 2026-03-17
            14  | 活动通知 | H1       | 2026-03-10
            15  | 活动通知 | H1       | 2026-03-11
        """,
    },
    "complaint-not-tracked": {
        "Complaints": "row | call_no\n4 | D14",
        "Calls": """
            row | call_no | complaint
            13  | D13     | 否
            14  | D14     | 是
            15  | D15     | 是
        """,
    },
    "report-late": {
        "Complaints": """
            row | received_on | reported_on | solved_on
            11  | 2026-03-17  |             |
            12  | 2026-03-02  |             | 2026-03-04
            14  | 2026-03-02  | 2026-03-04  |
            15  | 2026-03-02  | 2026-03-05  |
        """
    },
    "told-late": {
        "Complaints": """
            row | received_on | solved_on  | told_on
            13  | 2026-03-02  |            |
            14  | 2026-03-02  | 2026-03-04 | 2026-03-04
            15  | 2026-03-02  | 2026-03-04 | 2026-03-05
        """
    },
    "roles-missing": {
        "Complaints": """
            row | handler | informant | tracker | recorder
            14  | 甲      | 乙        | 丙      | 丁
            15  | 甲      | 乙        |         | 丁
        """
    },
    "confirm-missing": {
        "Complaints": """
            row | status | confirmed_on
            13  | 已解决 |
            14  | 已关闭 | 2026-03-05
            15  | 已关闭 |
        """
    },
    "letter-late": {
        "Letters": """
            row | sent_on    | phoned_on
            13  | 2026-03-05 |
            14  | 2026-03-05 | 2026-03-03
            15  | 2026-03-05 | 2026-03-02
        """
    },
    "letter-without-consent": {
        "Customers": "row | archive_no | consent\n4 | A1 | 同意\n5 | A2 | 未知",
        "Letters": """
            row | archive_no | kind
            13  | A2         | 通知
            14  | A1         | 邀请函
            15  | A2         | 邀请函
        """,
    },
    "letter-duplicate": {
        "Events": "row | event_no\n4 | H1\n5 | H2",
        "Letters": """
            row | archive_no | event_no
            13  | A1         | H1
            14  | A1         | H2
            15  | A1         | H1
        """,
    },
    "letter-returned": {
        "Customers": "row | archive_no | address\n13 | A1 | 一号\n14 | A2 | 新二号\n15 | A3 | 三号",
        "Letters": """
            row | archive_no | address | status | sent_on
            4   | A1         | 一号    | 退回   | 2026-03-01
            5   | A1         | 一号    | 已寄   | 2026-03-02
            6   | A2         | 二号    | 退回   | 2026-03-01
            7   | A3         | 三号    | 退回   | 2026-03-01
        """,
    },
    "km-jump": {
        "Visits": """
            row | archive_no | came_on    | km
            14  | A1         | 2026-01-02 | 1000
            15  | A1         | 2026-02-02 | 11000
            16  | A1         | 2026-03-02 | 1200
        """
    },
    "archived-twice": {
        "Customers": """
            row | name | phone       | plate    | vin
            13  | 甲   | 13800000001 | 粤A12345 |
            14  | 乙   | 13800000002 | 粤A12345 |
            15  | 甲   | 13800000001 | 粤A12345 |
        """
    },
    "phone-dead": {
        "Customers": """
            row | phone
            14  | 13800000001
            15  | 13800000002
        """,
        "Calls": """
            row | phone       | called_on  | result
            4   | 13800000001 | 2026-03-02 | 空号
            5   | 13800000001 | 2026-03-03 | 接通
            6   | 13800000002 | 2026-03-02 | 接通
            7   | 13800000002 | 2026-03-02 | 空号
        """,
    },
    "order-missing": {
        "Visits": "row | archive_no | came_on | left_on\n4 | A1 | 2026-03-01 | 2026-03-02",
        "Calls": """
            row | kind       | direction | archive_no | order_no | called_on
            12  | 第一次跟踪 | 呼入      | A1         |          | 2026-03-05
            13  | 第一次跟踪 | 呼出      | A1         | G4       | 2026-03-05
            14  | 第一次跟踪 | 呼出      | A1         |          | 2026-03-01
            15  | 第一次跟踪 | 呼出      | A1         |          | 2026-03-02
        """,
    },
    "event-missing": {
        "Events": "row | event_no\n4 | H1",
        "Calls": """
            row | kind     | event_no
            13  | 其他     |
            14  | 活动通知 | H1
            15  | 活动通知 |
        """,
    },
    "points-missing": {
        "Calls": """
            row | kind       | result | points
            12  | 其他       | 接通   |
            13  | 第二次跟踪 | 未接   |
            14  | 第二次跟踪 | 接通   | 满意
            15  | 第二次跟踪 | 接通   |
        """
    },
    "complaint-not-ticked": {
        "Complaints": "row | call_no\n4 | D14",
        "Calls": """
            row | call_no | kind | complaint
            13  | D13     | 其他 |
            14  | D14     | 投诉 | 是
            15  | D15     | 投诉 | 否
        """,
    },
    "request-not-tracked": {
        "Complaints": "row | call_no\n4 | D14",
        "Calls": """
            row | call_no | wishes | answered
            12  | D12     | 换胎   |
            13  | D13     | 换胎   | 是
            14  | D14     | 换胎   | 否
            15  | D15     | 换胎   | 否
        """,
    },
    "scale-doubtful": {
        "Calls": """
            row | satisfaction
            14  |
            15  | 10
            16  | 5
        """
    },
    "solved-without-date": {
        "Complaints": """
            row | received_on | status | solved_on
            13  | 2026-03-02  | 处理中 |
            14  | 2026-03-02  | 已解决 | 2026-03-03
            15  | 2026-03-02  | 已解决 |
        """
    },
    "closed-unsatisfied": {
        "Complaints": """
            row | status | confirmed_score
            13  | 已解决 | 79
            14  | 已关闭 | 80
            15  | 已关闭 | 79
        """
    },
    "deputy-missing": {
        "Staff": """
            row | name | deputy | away_from  | away_to
            11  | 张三 |        |            |
            12  | 甲   |        | 2026-03-10 | 2026-03-17
            13  | 乙   |        | 2026-03-19 |
            14  | 丙   | 甲     | 2026-03-10 | 2026-03-18
            15  | 丁   |        | 2026-03-10 | 2026-03-18
        """
    },
    **{
        f"name-mismatch {table}": {
            "Customers": "row | archive_no | name\n4 | A1 | 张伟先生",
            table: """
                row | archive_no | name
                14  | A1         | 张 伟
                15  | A1         | 刘洋
            """,
        }
        for table in ("Visits", "Renewals", "Calls", "Complaints", "Appointments", "Letters")
    },
    "name-mismatch Invitees": {
        "Customers": "row | archive_no | name\n4 | A1 | 张伟先生",
        "Invitees": """
            row | event_no | archive_no | name
            14  | H1       | A1         | 张 伟
            15  | H2       | A1         | 刘洋
        """,
    },
    **{
        f"plate-mismatch {table}": {
            "Customers": "row | archive_no | plate\n4 | A1 | 粤A12345",
            table: "row | archive_no | plate\n13 | A1 |\n14 | A1 | 粤A12345\n15 | A1 | 粤A12346",
        }
        for table in ("Visits", "Renewals", "Calls", "Complaints", "Appointments")
    },
    **{
        f"phone-mismatch {table}": {
            "Customers": "row | archive_no | phone\n4 | A1 | 020-86661234",
            table: "row | archive_no | phone\n13 | A1 |\n14 | A1 | (020)8666 1234\n15 | A1 | 020-86661235",
        }
        for table in ("Calls", "Complaints", "Appointments")
    },
    **{
        f"order-mismatch {table}": {
            "Customers": "row | archive_no\n4 | A1\n5 | A2",
            "Visits": "row | order_no | archive_no\n4 | G1 | A1\n5 | G2 | A2",
            table: f"""
                row | archive_no | order_no | {day}
                13  |            | G2       | 2026-03-12
                14  | A1         | G1       | 2026-03-12
                15  | A1         | G2       | 2026-03-12
            """,
        }
        for table, day in (("Calls", "called_on"), ("Appointments", "due_on"))
    },
    "dates-out-of-order Complaints.reported_on": {
        "Complaints": """
            row | received_on | reported_on
            13  | 2026-03-02  |
            14  | 2026-03-02  | 2026-03-02
            15  | 2026-03-02  | 2026-03-01
        """
    },
    "dates-out-of-order Complaints.solved_on": {
        "Complaints": """
            row | received_on | solved_on
            13  | 2026-03-02  |
            14  | 2026-03-02  | 2026-03-02
            15  | 2026-03-02  | 2026-03-01
        """
    },
    "dates-out-of-order Complaints.told_on": {
        "Complaints": """
            row | received_on | solved_on  | told_on
            13  | 2026-03-02  | 2026-03-03 |
            14  | 2026-03-02  |            | 2026-03-02
            15  | 2026-03-02  | 2026-03-04 | 2026-03-03
        """
    },
    "dates-out-of-order Complaints.confirmed_on": {
        "Complaints": """
            row | received_on | solved_on  | told_on    | confirmed_on
            13  | 2026-03-02  | 2026-03-04 | 2026-03-05 | 2026-03-05
            14  | 2026-03-02  | 2026-03-04 |            | 2026-03-04
            15  | 2026-03-02  | 2026-03-04 | 2026-03-06 | 2026-03-05
        """
    },
    "dates-out-of-order Events.ends_on": {
        "Events": """
            row | starts_on  | ends_on
            13  | 2026-03-02 |
            14  | 2026-03-02 | 2026-03-02
            15  | 2026-03-02 | 2026-03-01
        """
    },
    "dates-out-of-order Staff.away_to": {
        "Staff": """
            row | name | deputy | away_from  | away_to
            12  | 张三 |        |            |
            13  | 甲   |        | 2026-02-02 |
            14  | 乙   |        | 2026-02-02 | 2026-02-02
            15  | 丙   |        | 2026-02-02 | 2026-02-01
        """
    },
    "dates-out-of-order Renewals.ends_on": {
        "Renewals": """
            row | starts_on  | ends_on
            13  |            | 2026-03-01
            14  | 2026-03-02 | 2026-03-02
            15  | 2026-03-02 | 2026-03-01
        """
    },
    "dates-out-of-order Visits.promised_on": {
        "Visits": """
            row | came_on    | promised_on
            13  | 2026-03-02 |
            14  | 2026-03-02 | 2026-03-02
            15  | 2026-03-02 | 2026-03-01
        """
    },
    "dates-out-of-order Visits.came_on": {
        "Customers": "row | archive_no | bought_on\n4 | A1 | 2025-06-01\n5 | A2 |",
        "Visits": """
            row | archive_no | came_on
            13  | A2         | 2025-05-31
            14  | A1         | 2025-06-01
            15  | A1         | 2025-05-31
        """,
    },
}
"""For each rule: a store in which row 15 breaks it by a day and row 14 keeps it on the last day."""

ERRORS = {
    "contact-missing",
    "plate-of-two-vins",
    "left-before-came",
    "complaint-not-tracked",
    "letter-without-consent",
    "letter-duplicate",
    "archived-twice",
    "dates-out-of-order",
}
"""All other rules only warn."""

BLANK = {"slip-missing": "dispatch_slip", "roles-missing": "tracker"}
"""Where one of several cells is wanted, the blank one is told."""

DEADLINES = {"archive-late", "first-call-early", "first-call-late", "second-call-early", "second-call-late"}

TWO_ROWS = {"plate-of-two-vins", "vin-of-two-plates", "phone-shared"}
"""Of two rows that cannot both be right, nobody knows which is wrong: both are told."""

KNOWN = {"Customers": "row | archive_no\n4 | A1", "Staff": "row | name\n4 | 张三"}


def name_of(rule: Rule) -> str:
    """Return the code of a rule, with its table and column where several have the same code."""
    alike = [each for each in RULES if each.code == rule.code]
    several = len({each.table for each in alike}) < len(alike)
    where = f"{rule.table}.{rule.looks_at[0]}" if several else rule.table
    return rule.code if len(alike) == 1 else f"{rule.code} {where}"


def example(rule: Rule, **cells: str | None) -> Dataset:
    """Read the example of a rule, row 15 typed otherwise."""
    tables: dict[str, Drawing] = {**KNOWN, **BREAKS[name_of(rule)]}
    if cells:
        rows = drawn(BREAKS[name_of(rule)][rule.table])
        rows.loc[15, list(cells)] = list(cells.values())
        tables[rule.table] = rows
    return dataset_of(**tables)


def codes(**tables: str) -> list[tuple[int, str]]:
    """Return which deadlines rows of these tables miss: row and code."""
    dataset = dataset_of(**tables)
    assert dataset.issues == ()
    return [(issue.row, issue.code) for issue in apply_rules(dataset) if issue.code in DEADLINES]


def can_be_wrong(rule: Rule, column: str) -> bool:
    """Return whether a cell of the column can be wrong by itself: free text cannot."""
    told = BY_NAME[rule.table].column(column)
    return told.kind is not Kind.TEXT or bool(told.refers_to)


each_rule = pytest.mark.parametrize("rule", RULES, ids=name_of)


@each_rule
def test_every_rule_has_an_example_that_breaks_it_in_row_15_only(rule: Rule) -> None:
    dataset = example(rule)

    assert dataset.issues == ()
    rows = (15, 16) if rule.code in TWO_ROWS else (15,)
    found = places(apply_rules(dataset, (rule,)))
    column = BLANK.get(rule.code, rule.looks_at[0])
    assert found == [(rule.table, row, column, rule.code) for row in rows]


@each_rule
def test_a_rule_gives_an_error_or_a_warning_as_the_trade_sees_it(rule: Rule) -> None:
    expected = ERROR if rule.code in ERRORS else WARNING

    assert {issue.severity for issue in apply_rules(example(rule), (rule,))} == {expected}


@each_rule
def test_every_rule_is_silent_on_an_empty_store(rule: Rule) -> None:
    assert apply_rules(dataset_of(), (rule,)) == ()


@each_rule
def test_every_rule_is_silent_on_rows_of_which_only_the_number_is_known(rule: Rule) -> None:
    blank = {
        "Customers": "row | archive_no | note | came_on | archived_on | name | phone\n15 | A1 | | | | |",
        "Visits": "row | order_no | came_on\n15 | G1 |",
        "Calls": "row | call_no | called_on | kind | direction | result | order_no\n15 | D1 | | | | | G1",
    }

    assert apply_rules(dataset_of(**blank), (rule,)) == ()


@pytest.mark.parametrize(
    ("rule", "column"),
    [(rule, column) for rule in RULES for column in rule.looks_at if can_be_wrong(rule, column)],
    ids=lambda each: each if isinstance(each, str) else name_of(each),
)
def test_every_rule_is_silent_on_a_row_in_which_a_cell_it_looks_at_is_wrong_already(
    rule: Rule, column: str
) -> None:
    dataset = example(rule, **{column: "？？"})

    assert [(issue.row, issue.column) for issue in dataset.issues] == [(15, column)]
    assert 15 not in {issue.row for issue in apply_rules(dataset, (rule,))}


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
    dataset = dataset_of(
        Visits="row | order_no | left_on\n4 | G1 | 2026-02-30\n5 | G2 | 2026-03-01",
        Calls="row | called_on | kind | order_no\n4 | 2026-03-02 | 第一次跟踪 | G1",
    )

    assert not DEADLINES & {issue.code for issue in apply_rules(dataset)}


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


def test_a_cell_that_breaks_a_rule_by_an_error_is_not_trusted_afterwards() -> None:
    visits = "row | came_on | left_on | kind | amount\n4 | 2026-03-05 | 2026-03-02 | 维修 | 100"
    dataset = with_rule_issues(dataset_of(Visits=visits))

    assert dataset.tables["Visits"]["left_on"].isna().all()
    measured = BY_CODE["revenue_workshop"].measure(dataset, period_of("2026-03"))
    assert (measured.value, measured.left_out) == (0.0, 1)


def test_a_cell_that_only_earns_a_warning_is_still_trusted() -> None:
    dataset = with_rule_issues(
        dataset_of(Customers="row | came_on | archived_on\n4 | 2026-03-01 | 2026-03-09")
    )

    assert dataset.tables["Customers"]["archived_on"].notna().all()
    assert [issue.code for issue in dataset.issues] == ["archive-late"]
