import string

import pytest
from table_fixtures import dataset_of, drawn

from dealer_xl.dealership.issues import (
    CELL_CHECKS,
    ERROR,
    WARNING,
    Issue,
    format_message,
    status_text,
    status_texts,
)
from dealer_xl.dealership.rules import RULES, apply_rules
from dealer_xl.dealership.tables import CUSTOMERS


def issue(row: int, column: str, severity: str = ERROR) -> Issue:
    return Issue(CUSTOMERS, row, column, "missing", None, "未填写", severity)


def test_no_code_stands_for_two_checks_of_a_column() -> None:
    codes = [(check.code, "", "") for check in CELL_CHECKS]
    codes += [(rule.code, rule.table, rule.looks_at[0]) for rule in RULES]

    assert len(set(codes)) == len(codes)
    assert not {check.code for check in CELL_CHECKS} & {rule.code for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code} {rule.table}.{rule.looks_at[0]}")
def test_a_rule_has_the_words_that_its_sentence_asks_for(rule: object) -> None:
    settings = dataset_of().settings
    asked = {name for _, name, _, _ in string.Formatter().parse(rule.message) if name}  # type: ignore[attr-defined]

    assert set(rule.words(settings)) == asked  # type: ignore[attr-defined]


def test_an_error_stands_in_thick_brackets_and_a_warning_in_thin_ones() -> None:
    assert status_text(issue(4, "phone")).startswith("【联系电话】")
    assert status_text(issue(4, "phone", WARNING)).startswith("〔联系电话〕")


def test_the_faults_of_a_row_are_joined_in_one_cell() -> None:
    found = status_texts([issue(4, "phone"), issue(7, "plate"), issue(4, "vin", WARNING)])

    assert list(found) == [4, 7]
    assert found[4].split("；") == [status_text(issue(4, "phone")), status_text(issue(4, "vin", WARNING))]


def test_no_issues_leave_no_marks() -> None:
    assert status_texts([]) == {}


@pytest.mark.parametrize("typed", ["x；y", "【电话】", "{value}", "第\n二行"])
def test_whatever_was_typed_a_sentence_tells_it(typed: str) -> None:
    assert typed in format_message("not-a-number", value=typed)


def test_what_was_typed_cannot_colour_another_column() -> None:
    """The conditional format looks for 【heading】 in 校验; a value quoted there must not look like one."""
    (found,) = dataset_of(Customers="row | bought_on\n4 | 【车牌号】").issues

    assert "【车牌号】" not in status_text(found)


def test_a_sentence_stays_short_whatever_was_typed() -> None:
    """Two pages pasted into three cells must not make 校验 longer than a cell can be, which is 32 767 characters."""
    page = "修" * 20_000
    dataset = dataset_of(Customers=drawn(f"row | phone | plate | came_on\n4 | {page} | {page} | {page}"))

    assert len(status_texts(dataset.issues)[4]) < 1000


def test_a_rule_s_issue_tells_the_day_without_a_time() -> None:
    (late,) = apply_rules(dataset_of(Customers="row | came_on | archived_on\n4 | 2026-03-01 | 2026-03-05"))

    assert str(late.value) == "2026-03-05"
