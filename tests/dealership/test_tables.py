"""The declarations of the tables hold together."""

from __future__ import annotations

import pytest

from dealer_xl.dealership.tables import ADOPTED, BY_NAME, EXTRAS, TABLES, WRITTEN
from dealer_xl.dealership.tables.words import BOOKS
from dealer_xl.schema import CHECK, FilledBy, Table

ALL = (*TABLES, *WRITTEN, *ADOPTED)
every_table = pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)


@every_table
def test_a_row_is_known_by_columns_of_its_table(table: Table) -> None:
    keys = {column.key for column in table.columns}

    assert table.identity
    assert all(alternative and set(alternative) <= keys for alternative in table.identity)


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Customers", (("archive_no",), ("plate",), ("vin",))),
        ("Visits", (("order_no",), ("plate", "came_on"))),
        ("Letters", (("sent_on", "archive_no"), ("sent_on", "name"))),
        ("Events", (("event_no",),)),  # its unique column
        ("Invitees", (("event_no", "archive_no"),)),  # all that it requires
    ],
)
def test_a_row_is_known_by_any_of_several_ways(name: str, identity: tuple[tuple[str, ...], ...]) -> None:
    assert BY_NAME[name].identity == identity


@every_table
def test_no_key_and_no_heading_stands_twice_in_a_table(table: Table) -> None:
    keys = [column.key for column in table.columns]

    assert len(set(keys)) == len(keys)
    assert len(set(table.headings)) == len(table.headings)


@pytest.mark.parametrize("table", [*TABLES, *ADOPTED], ids=lambda table: table.name)
def test_a_table_that_is_checked_ends_with_a_note_and_the_mark(table: Table) -> None:
    assert table.headings[-2:] == ("备注", CHECK)


@every_table
def test_what_a_column_leans_on_is_there(table: Table) -> None:
    for column in table.columns:
        assert not column.refers_to or column.refers_to in BY_NAME
        assert not column.unless or table.column(column.unless)
        assert not (column.choices and column.offers)


@every_table
def test_a_table_has_a_sheet_in_one_of_the_four_workbooks(table: Table) -> None:
    assert table.workbook in BOOKS


def test_no_two_tables_share_a_name() -> None:
    assert len({table.name for table in ALL}) == len(ALL)


@pytest.mark.parametrize("table", EXTRAS, ids=lambda table: table.name)
def test_a_table_that_is_left_out_may_be_absent(table: Table) -> None:
    assert table.may_lack


def test_nothing_that_a_program_fills_is_required() -> None:
    assert not [
        (table.name, column.key)
        for table in ALL
        for column in table.columns
        if column.required and column.filled_by is not FilledBy.STAFF
    ]
