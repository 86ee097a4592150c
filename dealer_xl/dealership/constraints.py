"""What a value must be among its like: unique in its own table, known in the table it refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from dealer_xl.dealership.issues import Issue, format_message
from dealer_xl.dealership.parsed_table import ParsedTable
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.schema import Column
from dealer_xl.table_sources import part_number, row_number


def with_constraint_issues(parsed: Mapping[str, ParsedTable]) -> dict[str, ParsedTable]:
    """Add to each table what is wrong with its unique and its referring cells.

    A reference to a table that the shop does not keep, or that lacks the column referred to, is not judged.
    """
    return {
        name: each.with_issues((*_repeated(each), *_unknown(each, parsed))) for name, each in parsed.items()
    }


def _repeated(parsed: ParsedTable) -> Iterator[Issue]:
    """Find later rows that repeat what must be unique; the first row keeps its right."""
    table = parsed.table
    for keys in (*((column.key,) for column in table.columns if column.unique), table.unique_together):
        if not keys:
            continue
        known = parsed.rows[list(keys)].dropna()
        first: dict[tuple[object, ...], int] = {}
        for row, *values in known[known.duplicated(keep=False)].itertuples():
            if first.setdefault(tuple(values), row) == row:
                continue
            text = " ".join(_shown(value) for value in values)
            first_row = _row_words(first[tuple(values)], row)
            sentence = format_message("duplicate", value=text, first=first_row)
            yield Issue(table, row, keys[-1], "duplicate", text, sentence)


def _unknown(parsed: ParsedTable, among: Mapping[str, ParsedTable]) -> Iterator[Issue]:
    """Find values that the table they refer to does not have."""
    for column in parsed.table.columns:
        target = BY_NAME.get(column.refers_to)
        if (
            target is not None
            and column.heading in parsed.typed
            and target.key_column.heading in among[target.name].typed
        ):
            known = among[target.name].rows[target.key_column.key]
            mentioned = parsed.rows[column.key].dropna()
            for row, value in mentioned[~mentioned.isin(known)].items():
                yield _unknown_issue(parsed, int(row), column, value)  # type: ignore[call-overload]


def _unknown_issue(parsed: ParsedTable, row: int, column: Column, value: str) -> Issue:
    code = "unknown-staff" if column.refers_to == "Staff" else "unknown-reference"
    sheet = BY_NAME[column.refers_to].sheet
    return Issue(parsed.table, row, column.key, code, value, format_message(code, value=value, sheet=sheet))


def _shown(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _row_words(row: int, seen_from: int) -> str:
    """Return a row in words, as it is named beside another one."""
    here = part_number(row) == part_number(seen_from)
    return f"{'' if here else '另一张工作表的'}第{row_number(row)}行"
