"""What clerks type is understood or asked, never understood wrongly: `spellings.txt`, a line a spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from dealer_xl.dealership.parsed_table import ParsedTable, parse_table
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.schema import Table

TODAY = date(2026, 11, 28)


class Spelling(NamedTuple):
    """A typed cell, and what is to come of it."""

    table: str
    key: str
    typed: str
    expected: str  # the value as text; "?" and a guess where it is asked; a value and "!" where it is used and asked


def spellings() -> Iterator[Spelling]:
    """Read the list."""
    place = Path(__file__).with_name("spellings.txt")
    table = key = ""
    for line in place.read_text(encoding="utf-8").splitlines():
        if "|" in line and not line.startswith("#"):
            typed, _, expected = line.rpartition(" | ")
            yield Spelling(table, key, typed, expected.strip())
        elif "." in line and not line.startswith("#"):
            table, _, key = line.partition(".")


SPELLINGS = list(spellings())


def read(spelling: Spelling) -> ParsedTable:
    """Read a table of that one cell."""
    full = BY_NAME[spelling.table]
    column = replace(full.column(spelling.key), unless="")
    table = Table(full.name, full.sheet, full.workbook, full.title, (column,))
    cells = pd.DataFrame({table.columns[0].heading: [spelling.typed]}, index=[4], dtype="object")
    return parse_table(cells, table, TODAY)


def shown(value: object) -> str:
    """Write a value as the list does."""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda each: f"{each.table}.{each.key} {each.typed}")
def test_a_spelling_is_understood_or_asked_as_the_list_says(spelling: Spelling) -> None:
    entries = read(spelling)
    value, asked = (
        shown(entries.valid_rows().iloc[0, 0]),
        [issue.suggestion or "" for issue in entries.issues],
    )

    if spelling.expected.startswith("?"):
        guess = spelling.expected.removeprefix("?").strip()
        assert value == ""
        assert asked
        assert guess in {"", asked[0]}
    else:
        assert value == spelling.expected.removesuffix(" !")
        assert bool(asked) == spelling.expected.endswith(" !")


def test_the_list_is_long_enough_to_mean_something() -> None:
    assert len(SPELLINGS) >= 300
