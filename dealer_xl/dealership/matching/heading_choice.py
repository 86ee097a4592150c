"""Which of a sheet's rows holds the headings: the one of which most words name columns of one of our tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from dealer_xl.dealership.matching.canonical import canonical
from dealer_xl.dealership.matching.vocabulary import MAYBE
from dealer_xl.schema import Table


def known_headings(headings: Collection[str], tables: Sequence[Table]) -> int:
    """Return how many headings name, or may name, a column of the table that has most of them."""
    return max(
        (sum(canonical(heading, table.name) in names_of(table) for heading in headings) for table in tables),
        default=0,
    )


@cache
def names_of(table: Table) -> frozenset[str]:
    """Return the canonical forms of every name a column of the table has or may have."""
    maybe = MAYBE.get(table.name, {})
    return frozenset(
        canonical(name, table.name)
        for column in table.columns
        for name in (column.heading, *column.aliases, *maybe.get(column.key, ()))
    )
