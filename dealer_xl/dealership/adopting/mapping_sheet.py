"""The rows of 对照 and 选项对照, and the words that their drop-downs offer, from what the sheets may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from dealer_xl.dealership.adopting.costs import costs_of
from dealer_xl.dealership.adopting.proposal import Proposal, family_of
from dealer_xl.dealership.described_tables import LARGEST, SCALES, MappingRow
from dealer_xl.dealership.matching.columns import ASK, CERTAIN, fillable
from dealer_xl.dealership.matching.word_choice import WordOffer
from dealer_xl.dealership.parsers import as_text, is_blank
from dealer_xl.dealership.tables.adoption import (
    CERTAIN as CONFIRMED,
)
from dealer_xl.dealership.tables.adoption import (
    FIXED,
    FROM_COLUMN,
    NONE,
    NOWHERE,
    TO_CONFIRM,
)
from dealer_xl.heading_text import normal
from dealer_xl.schema import CHECK, Column

SheetRow: TypeAlias = dict[str, str | float | None]
MOST_EXAMPLES = 3


def families(proposals: Sequence[Proposal]) -> list[tuple[str, str, list[Proposal]]]:
    """Return sheets of one table that differ only by month or year together, with their names as a pattern."""
    groups: dict[object, list[Proposal]] = {}
    for each in proposals:
        if each.table is not None:
            groups.setdefault((each.table.name, family_of(each.seen)), []).append(each)
    return [(*_names(some), some) for some in groups.values()]


def _names(some: Sequence[Proposal]) -> tuple[str, str]:
    books = {each.seen.workbook for each in some}
    sheets = {each.seen.sheet for each in some}
    pattern_of_book, pattern_of_sheet, _ = family_of(some[0].seen)
    return (
        books.pop() if len(books) == 1 else pattern_of_book,
        sheets.pop() if len(sheets) == 1 else pattern_of_sheet,
    )


def mapping_sheet_rows(proposals: Sequence[Proposal], kept: Sequence[MappingRow]) -> list[SheetRow]:
    """Return the rows of 对照: one a column of ours for each sheet; what staff confirmed stays as it is."""
    rows: list[SheetRow] = []
    seen: set[tuple[str, str, str]] = set()
    for workbook, sheet, some in families(proposals):
        best = max(some, key=lambda each: each.seen.rows)
        assert best.table is not None  # noqa: S101 - of families
        seen.add((best.table.name, normal(workbook), normal(sheet)))
        rows += [_row(best, column, workbook, sheet) for column in fillable(best.table)]
        marks = [row for row in kept if row.column.heading == CHECK and row.table == best.table]
        rows += [_kept_row(row) for row in marks if (row.workbook, row.sheet) == (workbook, sheet)]
    others = [row for row in kept if (row.table.name, normal(row.workbook), normal(row.sheet)) not in seen]
    return [*rows, *(_kept_row(row) for row in others if row.workbook)]


def _row(proposal: Proposal, column: Column, workbook: str, sheet: str) -> SheetRow:
    table = proposal.table
    assert table is not None  # noqa: S101 - the caller has looked
    heading, sure = proposal.heading_of(column)
    value, value_sure = proposal.fixed.get(column.heading, ("", ""))
    value_from = FIXED if value_sure else FROM_COLUMN if heading else NOWHERE
    certainty = _certainty(proposal, sure if heading else value_sure, is_none=column.heading in proposal.none)
    return {
        "table": table.sheet,
        "column": column.heading,
        "workbook": workbook,
        "sheet": sheet,
        "heading_row": proposal.seen.heading_row,
        "heading": heading or None,
        "value_from": value_from,
        "fixed": value or None,
        "certainty": certainty,
        "example": _examples(proposal.seen.columns.get(heading, ())) or None,
        "costs": "" if heading or value_sure else costs_of(table, column.key) or None,
    }


def _certainty(proposal: Proposal, sure: str, *, is_none: bool) -> str:
    if is_none:
        return CONFIRMED
    if sure == CERTAIN and proposal.table_sure == CERTAIN:
        return CONFIRMED
    return TO_CONFIRM if sure in (CERTAIN, ASK) else NONE


def _examples(values: Sequence[object]) -> str:
    texts = dict.fromkeys(as_text(value) for value in values if not is_blank(value))
    return "、".join(list(texts)[:MOST_EXAMPLES])


def _kept_row(row: MappingRow) -> SheetRow:
    return {
        "table": row.table.sheet,
        "column": row.column.heading,
        "workbook": row.workbook,
        "sheet": row.sheet,
        "heading_row": row.heading_row,
        "heading": row.heading or None,
        "value_from": row.value_from,
        "fixed": row.fixed or None,
        "certainty": row.certainty,
        "example": None,
        "costs": None,
    }


def word_sheet_rows(
    proposals: Sequence[Proposal], kept: Iterable[SheetRow], *, confirm: bool
) -> list[SheetRow]:
    """Return the rows of 选项对照: the words of all sheets counted together; an answer that staff gave stays.

    `confirm`: take the option that is offered, where one is.
    """
    answered = {_key(row): row for row in kept if row["certainty"] != TO_CONFIRM}
    counts: dict[tuple[str, str, str], SheetRow] = {}
    for proposal in proposals:
        for heading, offers in proposal.words.items():
            for offer in offers:
                row = _word_row(proposal, heading, offer, confirm=confirm)
                before = counts.setdefault(_key(row), {**row, "count": 0})
                before["count"] = float(before["count"] or 0) + offer.count
    fresh = [{**answered.pop(key, row), "count": row["count"]} for key, row in counts.items()]
    return [*fresh, *answered.values()]


def _word_row(proposal: Proposal, heading: str, offer: WordOffer, *, confirm: bool) -> SheetRow:
    assert proposal.table is not None  # noqa: S101 - words are of a table
    return {
        "table": proposal.table.sheet,
        "column": heading,
        "word": offer.word,
        "count": offer.count,
        "choice": offer.choice or None,
        "certainty": CONFIRMED if confirm and offer.choice else TO_CONFIRM,
    }


def _key(row: Mapping[str, object]) -> tuple[str, str, str]:
    word = normal(str(row["word"]))
    return str(row["table"]), str(row["column"]), LARGEST if word.startswith(LARGEST) else word


def list_rows(proposals: Sequence[Proposal], words: Sequence[SheetRow]) -> list[SheetRow]:
    """Return what the drop-downs offer: the headings of each sheet, the options of each column with unknown words."""
    rows: list[SheetRow] = []
    for workbook, sheet, some in families(proposals):
        key = f"{workbook}|{sheet}".replace("*", "＊")
        rows += [{"key": key, "item": heading} for heading in some[0].seen.columns]
    columns = {
        (each.table.sheet, column.heading): column
        for each in proposals
        if each.table is not None
        for column in each.table.columns
    }
    for table, heading in dict.fromkeys((str(row["table"]), str(row["column"])) for row in words):
        column = columns.get((table, heading))
        options = column.choices or tuple(SCALES) if column else ()
        rows += [{"key": f"{table}|{heading}", "item": option} for option in options]
    return rows
