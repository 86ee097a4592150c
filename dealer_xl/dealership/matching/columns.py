"""Which column of ours each heading of a sheet means: certain, to be asked, or none.

In order: what staff have confirmed, the same heading, another name of it, the same in canonical form, a heading
that may mean it, values of a telling kind, and likeness of letters, which only adds what may be offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeAlias

from dealer_xl.dealership.matching.canonical import are_opposite, canonical, without_hints
from dealer_xl.dealership.matching.evidence import agreement, mobiles, telling_kind, vetoes
from dealer_xl.dealership.matching.vocabulary import MAYBE
from dealer_xl.heading_text import normal
from dealer_xl.schema import CHECK, Column, FilledBy, Kind, Table

CERTAIN, ASK, NONE = "certain", "ask", "none"
MOST_OFFERED = 3
Tier: TypeAlias = tuple[int, int]
"""How strongly a heading speaks for a column: the step of the matching, and the rank within it; less is stronger."""

SAME_NAME, MAY_MEAN, BY_VALUE, LOOKS_ALIKE = 0, 1, 4, 5
ALIKE = 0.72
"""So alike must two canonical headings be to be offered at all."""


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet: its heading as it stands there, and the cells below it."""

    heading: str
    values: Sequence[object] = ()


@dataclass(frozen=True)
class ColumnMatch:
    """What a heading means, and what else it may mean, best first."""

    heading: str
    column: Column | None = None
    sure: str = NONE
    candidates: tuple[Column, ...] = ()


@dataclass
class _Matching:
    """The matching of one sheet with one table as far as it has come."""

    table: Table
    columns: Sequence[SheetColumn]
    found: dict[int, Column] = field(default_factory=dict)  # sheet column to ours, certain
    offers: dict[int, dict[Column, Tier]] = field(default_factory=dict)

    @property
    def free(self) -> list[Column]:
        """Columns of the table that no heading has taken for certain."""
        taken = set(self.found.values())
        return [column for column in fillable(self.table) if column not in taken]

    def open(self) -> Iterable[tuple[int, SheetColumn]]:
        """Return the sheet's columns that are not matched for certain yet."""
        return [(place, each) for place, each in enumerate(self.columns) if place not in self.found]

    def offer(self, place: int, column: Column, tier: Tier) -> None:
        """Note that a heading may mean a column, and how strongly that is thought; the strongest counts."""
        offers = self.offers.setdefault(place, {})
        offers[column] = min(tier, offers.get(column, tier))

    def offered(self, place: int) -> list[Column]:
        """Return what a heading may mean, best first; a column goes to the headings that speak for it most."""
        free = set(self.free)
        offers = self.offers.get(place, {})
        strongest = {
            column: min(each[column] for each in self.offers.values() if column in each) for column in offers
        }
        kept = [column for column, tier in offers.items() if column in free and tier == strongest[column]]
        return sorted(kept, key=offers.__getitem__)


def fillable(table: Table) -> list[Column]:
    """Return the columns that a shop's own sheet can have: not the program's status column."""
    return [column for column in table.columns if column.heading != CHECK]


def match_columns(
    table: Table, columns: Sequence[SheetColumn], confirmed: Mapping[str, Column | None] | None = None
) -> tuple[ColumnMatch, ...]:
    """Match the headings of a sheet with a table's columns, in the sheet's order.

    `confirmed`: what staff have answered, heading to column, None for a heading that means none of ours.
    """
    matching = _Matching(table, columns)
    answered = {normal(heading): column for heading, column in (confirmed or {}).items()}
    for place, each in enumerate(columns):
        if answered.get(normal(each.heading)) is not None:
            matching.found[place] = answered[normal(each.heading)]  # type: ignore[assignment]  # not None: above
    _take(matching, lambda column: {normal(column.heading)}, normal)
    _take(matching, lambda column: set(map(normal, column.aliases)), normal)
    _take(matching, _cut_names, lambda heading: without_hints(normal(heading)))
    _take(
        matching,
        lambda column: _canonical_names(column, table),
        lambda heading: canonical(heading, table.name),
    )
    _offer_maybe(matching)
    _offer_by_value(matching)
    _offer_alike(matching)
    return tuple(_match_of(matching, place, each, answered) for place, each in enumerate(columns))


def _match_of(
    matching: _Matching, place: int, each: SheetColumn, answered: Mapping[str, Column | None]
) -> ColumnMatch:
    if place in matching.found:
        return ColumnMatch(each.heading, matching.found[place], CERTAIN)
    if normal(each.heading) in answered:
        return ColumnMatch(each.heading)
    offered = tuple(matching.offered(place)[:MOST_OFFERED])
    return ColumnMatch(each.heading, offered[0], ASK, offered) if offered else ColumnMatch(each.heading)


def _cut_names(column: Column) -> set[str]:
    return {without_hints(normal(name)) for name in (column.heading, *column.aliases)}


def _canonical_names(column: Column, table: Table) -> set[str]:
    return {canonical(name, table.name) for name in (column.heading, *column.aliases)}


def _take(matching: _Matching, names: Callable[[Column], set[str]], form: Callable[[str], str]) -> None:
    """Match what has the same name in some form; of several headings for a column, or several columns, all are asked."""
    claims: dict[Column, list[int]] = {}
    for place, each in matching.open():
        means = [column for column in matching.free if form(each.heading) in names(column)]
        fits = [column for column in means if not vetoes(each.values, column)]
        if len(fits) == 1:
            claims.setdefault(fits[0], []).append(place)
        for column in fits if len(fits) > 1 else ():
            matching.offer(place, column, (SAME_NAME, 0))
    for column, places in claims.items():
        chosen = places if len(places) == 1 else _most_mobiles(matching, column, places)
        if len(chosen) == 1:
            matching.found[chosen[0]] = column
        for place in places:
            if place not in matching.found:
                matching.offer(place, column, (SAME_NAME, 0))


def _most_mobiles(matching: _Matching, column: Column, places: list[int]) -> list[int]:
    """Return of several columns with phones the one with the most mobiles, if it is one."""
    if column.kind is not Kind.PHONE:
        return places
    shares = {place: mobiles(matching.columns[place].values) for place in places}
    most = max(shares.values())
    return [place for place, share in shares.items() if share == most]


def _offer_maybe(matching: _Matching) -> None:
    """Offer the columns whose other names the heading is, or holds."""
    names = MAYBE.get(matching.table.name, {})
    for place, each in matching.open():
        for column in matching.free:
            for rank, name in enumerate(names.get(column.key, ())):
                step = _nearness(name, each.heading, matching.table.name)
                if step is not None and not vetoes(each.values, column):
                    matching.offer(place, column, (MAY_MEAN + step, rank))


LEAST_HELD = 3
"""A name of fewer characters says nothing when a heading only holds it."""


def _nearness(name: str, heading: str, table: str) -> int | None:
    """Return how far a heading is from a name: 0 the same, 1 in canonical form, 2 it holds the name, None not near."""
    plain, form = without_hints(normal(heading)), canonical(heading, table)
    if normal(name) == plain:
        return 0
    if canonical(name, table) == form:
        return 1
    held = [(normal(name), plain), (canonical(name, table), form)]
    return 2 if any(len(word) >= LEAST_HELD and word in text for word, text in held) else None


def _offer_by_value(matching: _Matching) -> None:
    """Offer the column of a telling kind that only these values can be."""
    for place, each in matching.open():
        kind = telling_kind(each.values)
        if kind in (Kind.VIN, Kind.PLATE):
            for column in matching.free:
                if column.kind is kind:
                    matching.offer(place, column, (BY_VALUE, 0))


def _offer_alike(matching: _Matching) -> None:
    for place, each in matching.open():
        form = canonical(each.heading, matching.table.name)
        likeness = sorted(
            ((_likeness(form, column, matching.table), column) for column in matching.free),
            key=lambda pair: pair[0],
            reverse=True,
        )
        for share, column in likeness:
            agrees = agreement(each.values, column) is not None or column.kind in (Kind.TEXT, Kind.CHOICE)
            if share >= ALIKE and agrees and not vetoes(each.values, column):
                matching.offer(place, column, (LOOKS_ALIKE, -round(100 * share)))


def _likeness(form: str, column: Column, table: Table) -> float:
    if column.filled_by is FilledBy.PROGRAM:
        return 0.0
    names = _canonical_names(column, table)
    return max(
        0.0 if are_opposite(form, name) else SequenceMatcher(None, form, name).ratio() for name in names
    )
