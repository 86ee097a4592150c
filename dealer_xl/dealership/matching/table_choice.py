"""Which table a sheet holds: by the columns its headings mean, and by what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dealer_xl.dealership.matching.columns import (
    ASK,
    CERTAIN,
    NONE,
    ColumnMatch,
    SheetColumn,
    match_columns,
)
from dealer_xl.dealership.matching.vocabulary import NAMES_OF_TABLES
from dealer_xl.heading_text import normal
from dealer_xl.schema import Table

LEAST = 2.0
"""Less speaks for no table at all."""

MARGIN = 1.35
"""So much more must speak for a table than for the next to be certain."""

OF_NAME = (4.0, 2.5, 1.5)
"""What a name says: of the sheet, of the title above the headings, of the file."""


@dataclass(frozen=True)
class TableMatch:
    """How well a sheet fits a table."""

    table: Table
    score: float
    columns: tuple[ColumnMatch, ...]


@dataclass(frozen=True)
class TableChoice:
    """The table that a sheet holds, how sure that is, and the tables it may hold, best first."""

    match: TableMatch | None
    sure: str
    candidates: tuple[TableMatch, ...] = ()


def choose_table(
    columns: Sequence[SheetColumn], tables: Iterable[Table], names: Sequence[str] = ()
) -> TableChoice:
    """Choose the table that a sheet's headings, and its names (sheet, title, file) speak for."""
    tables = list(tables)
    matches = [_match(table, columns, tables, names) for table in tables]
    ranked = sorted((match for match in matches if match.score >= LEAST), key=lambda match: -match.score)
    if not ranked:
        return TableChoice(None, NONE)
    best, rest = ranked[0], ranked[1:]
    alone = not rest or best.score >= MARGIN * rest[0].score
    sure = CERTAIN if alone and has_identity(best) else ASK
    return TableChoice(best, sure, tuple(ranked[:3]))


def has_identity(match: TableMatch) -> bool:
    """Return whether the columns found for certain or to be asked know a row by."""
    found = {each.column.key for each in match.columns if each.column is not None}
    return any(set(alternative) <= found for alternative in match.table.identity)


def _match(
    table: Table, columns: Sequence[SheetColumn], tables: Sequence[Table], names: Sequence[str]
) -> TableMatch:
    found = match_columns(table, columns)
    worth = sum(_worth(each, table, tables) for each in found)
    return TableMatch(table, worth + _worth_of_names(table, names), found)


def _worth(match: ColumnMatch, table: Table, tables: Sequence[Table]) -> float:
    """Return what a matched heading says for a table: little when many tables have such a column."""
    if match.column is None:
        return 0.0
    shared = sum(
        any(column.heading == match.column.heading for column in other.columns)
        for other in tables
        if other is not table
    )
    return (1.0 if match.sure == CERTAIN else 0.3) / (1 + 0.4 * shared)


def _worth_of_names(table: Table, names: Sequence[str]) -> float:
    words = (normal(table.sheet), *NAMES_OF_TABLES.get(table.name, ()))
    return sum(
        worth
        for name, worth in zip(names, OF_NAME, strict=False)
        if any(word in normal(name) for word in words)
    )
