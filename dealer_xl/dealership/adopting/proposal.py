"""What the sheets of a shop may be: for each the table, its columns and words, with how sure that is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dealer_xl.dealership.described_tables import MappingRow
from dealer_xl.dealership.matching.columns import (
    ASK,
    CERTAIN,
    NONE,
    ColumnMatch,
    SheetColumn,
    fillable,
    match_columns,
)
from dealer_xl.dealership.matching.table_choice import choose_table
from dealer_xl.dealership.matching.word_choice import WordOffer, scale_of, unknown_words
from dealer_xl.dealership.tables import CALENDAR, CHANGES, LETTER_TEMPLATES, SETTINGS, TABLES
from dealer_xl.dealership.tables.adoption import CERTAIN as CONFIRMED
from dealer_xl.dealership.tables.adoption import FIXED, FROM_COLUMN, NOWHERE
from dealer_xl.heading_text import normal
from dealer_xl.schema import Column, Table
from dealer_xl.table_sources import matching

ADOPTABLE = tuple(table for table in TABLES if table not in (SETTINGS, CALENDAR, CHANGES, LETTER_TEMPLATES))
"""The tables that a shop may keep on a sheet of its own; the others are the program's."""

SCALED = ("satisfaction", "confirmed_score")
OUTBOUND = ("回访", "外呼", "3dc", "跟踪", "招揽", "邀约")
FIRST_CALL = ("三日", "3日", "3dc", "三天", "首次回访")


@dataclass(frozen=True)
class SheetSeen:
    """A sheet of the shop's as it was read: headings to the cells of its records."""

    workbook: str
    sheet: str
    title: str
    heading_row: int
    columns: Mapping[str, Sequence[object]]
    rows: int

    @property
    def names(self) -> tuple[str, str, str]:
        """Return what it is called: the sheet, the title above the headings, the file."""
        return self.sheet, self.title, self.workbook


@dataclass(frozen=True)
class Proposal:
    """What a sheet may be."""

    seen: SheetSeen
    table: Table | None = None
    table_sure: str = NONE
    matches: tuple[ColumnMatch, ...] = ()
    fixed: Mapping[str, tuple[str, str]] = None  # type: ignore[assignment]  # our heading to a value for every row, and how sure
    none: frozenset[str] = frozenset()  # headings of ours of which staff said that the shop has none
    words: Mapping[str, tuple[WordOffer, ...]] = None  # type: ignore[assignment]  # our heading to words of cells

    def heading_of(self, column: Column) -> tuple[str, str]:
        """Return the shop's heading for a column of ours, and how sure that is; of several the surest, then the first."""
        found = [match for match in self.matches if match.column == column]
        best = next((match for match in found if match.sure == CERTAIN), found[0] if found else None)
        return (best.heading, best.sure) if best else ("", NONE)

    def lacking(self) -> list[Column]:
        """Return the columns of ours that the sheet lacks."""
        if self.table is None:
            return []
        return [
            column
            for column in fillable(self.table)
            if self.heading_of(column)[1] == NONE and column.heading not in self.fixed
        ]

    @property
    def asks(self) -> bool:
        """Return whether staff must confirm something."""
        return self.table is not None and (
            self.table_sure == ASK
            or any(match.sure == ASK for match in self.matches)
            or any(sure == ASK for _, sure in self.fixed.values())
        )


def propose(
    sheets: Sequence[SheetSeen], kept: Sequence[MappingRow], as_table: Table | None = None
) -> list[Proposal]:
    """Propose for each sheet what it may be; what staff confirmed before comes first."""
    found = [_proposal(seen, _kept_for(seen, kept), as_table) for seen in sheets]
    return [_contested(each, found) for each in found]


def _kept_for(seen: SheetSeen, kept: Sequence[MappingRow]) -> list[MappingRow]:
    return [
        row
        for row in kept
        if row.certainty == CONFIRMED
        and matching(row.workbook or " ", [seen.workbook])
        and matching(row.sheet or " ", [seen.sheet])
    ]


def _proposal(seen: SheetSeen, kept: Sequence[MappingRow], as_table: Table | None) -> Proposal:
    columns = [SheetColumn(heading, values) for heading, values in seen.columns.items()]
    table, sure = as_table, CERTAIN
    if table is None and kept:
        table = kept[0].table
    if table is None:
        choice = choose_table(columns, ADOPTABLE, seen.names)
        table, sure = (choice.match.table, choice.sure) if choice.match else (None, NONE)
    if table is None:
        unknown = tuple(ColumnMatch(heading) for heading in seen.columns)
        return Proposal(seen, matches=unknown, fixed={}, words={})
    ours = [row for row in kept if row.table == table]
    none = frozenset(row.column.heading for row in ours if row.value_from == NOWHERE)
    fixed = {row.column.heading: (row.fixed, CERTAIN) for row in ours if row.value_from == FIXED}
    matches = _matches(table, columns, ours, {*none, *fixed})
    proposal = Proposal(seen, table, sure, matches, fixed, none, {})
    proposal = replace(proposal, fixed={**_fixed_offers(proposal), **fixed})
    return replace(proposal, words=_words(proposal))


def _matches(
    table: Table, columns: Sequence[SheetColumn], kept: Sequence[MappingRow], settled: Collection[str]
) -> tuple[ColumnMatch, ...]:
    """Return what the headings mean; columns of ours that staff settled otherwise are not offered."""
    answered: dict[str, Column | None] = {
        row.heading: row.column for row in kept if row.value_from == FROM_COLUMN and row.heading
    }
    found = match_columns(table, columns, answered)
    return tuple(_without(match, settled) for match in found)


def _without(match: ColumnMatch, settled: Collection[str]) -> ColumnMatch:
    if match.column is None or match.column.heading not in settled:
        return match
    left = tuple(column for column in match.candidates if column.heading not in settled)
    return ColumnMatch(match.heading, left[0], ASK, left) if left else ColumnMatch(match.heading)


def _fixed_offers(proposal: Proposal) -> dict[str, tuple[str, str]]:
    """Offer values that hold for a whole sheet: the year in its name, outbound for a list of follow-ups."""
    table, named = proposal.table, normal(" ".join(proposal.seen.names))
    offers: dict[str, str] = {}
    year = re.search(r"20\d\d", named)
    if year and table is not None and table.name in ("Breakdown", "Targets"):
        offers["year"] = year[0]
    if table is not None and table.name == "Calls":
        offers |= {"direction": "呼出"} if any(word in named for word in OUTBOUND) else {}
        offers |= {"kind": "第一次跟踪"} if any(word in named for word in FIRST_CALL) else {}
    if table is None:
        return {}
    return {
        column.heading: (value, ASK)
        for key, value in offers.items()
        for column in [table.column(key)]
        if proposal.heading_of(column)[1] == NONE and column.heading not in proposal.none
    }


def _words(proposal: Proposal) -> dict[str, tuple[WordOffer, ...]]:
    """Return the words of columns of options that are none of ours, and the scale of points."""
    found: dict[str, tuple[WordOffer, ...]] = {}
    for match in proposal.matches:
        column = match.column
        if column is None or proposal.heading_of(column)[0] != match.heading:
            continue
        values = proposal.seen.columns[match.heading]
        scale = scale_of(values) if column.key in SCALED else None
        if scale is not None:
            found[column.heading] = (WordOffer(f"最大值{scale[0]:g}", len(values), scale[1]),)
        elif words := unknown_words(values, column):
            found[column.heading] = tuple(words)
    return found


def family_of(seen: SheetSeen) -> tuple[str, str, tuple[str, ...]]:
    """Return what sheets have in common that hold one table a month or a year: names but for numbers, and headings."""
    return _pattern(seen.workbook), _pattern(seen.sheet), tuple(sorted(map(normal, seen.columns)))


def _pattern(name: str) -> str:
    return re.sub(r"\d+|(?<![\u4e00-\u9fff])(十[一二]?|[一二三四五六七八九])(?=月)", "*", name)


def _contested(proposal: Proposal, among: Sequence[Proposal]) -> Proposal:
    """Ask which of several sheets is a table, where they are no months or years of one."""
    if proposal.table is None or proposal.table_sure != CERTAIN:
        return proposal
    rivals = {family_of(each.seen) for each in among if each.table == proposal.table and each.seen.rows}
    return replace(proposal, table_sure=ASK) if len(rivals - {family_of(proposal.seen)}) else proposal


def confirmed(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Confirm what is asked with its first candidate: of rival sheets the one with most rows, each column once."""
    chosen: dict[Table, tuple[str, str, tuple[str, ...]]] = {}
    for each in sorted(proposals, key=lambda each: -each.seen.rows):
        if each.table is not None:
            chosen.setdefault(each.table, family_of(each.seen))
    return [
        _confirmed(each) if each.table is not None and chosen[each.table] == family_of(each.seen) else each
        for each in proposals
    ]


def _confirmed(proposal: Proposal) -> Proposal:
    taken = {match.column for match in proposal.matches if match.sure == CERTAIN}
    matches: list[ColumnMatch] = []
    for match in proposal.matches:
        if match.sure == ASK:
            free = next((column for column in match.candidates if column not in taken), None)
            taken.add(free)
            match = ColumnMatch(match.heading, free, CERTAIN if free else NONE, match.candidates)  # noqa: PLW2901
        matches.append(match)
    fixed = {heading: (value, CERTAIN) for heading, (value, _) in proposal.fixed.items()}
    sure = replace(proposal, table_sure=CERTAIN, matches=tuple(matches), fixed=fixed)
    return replace(sure, words=_words(sure))
