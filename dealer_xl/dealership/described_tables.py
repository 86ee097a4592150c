"""Where a shop's tables stand and what its words mean, from the rows of 对照 and 选项对照; only what is confirmed counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership.parsers import as_text, is_blank
from dealer_xl.dealership.tables import MAPPING, PLAN_BOOK, TABLES, WORDS
from dealer_xl.dealership.tables.adoption import CERTAIN, FIXED, FROM_COLUMN
from dealer_xl.errors import DealerXlError
from dealer_xl.heading_text import normal
from dealer_xl.schema import CHECK, Column, Kind, Table
from dealer_xl.table_sources import Catalogue, Source

HELPER_BOOK = PLAN_BOOK.replace(".xlsx", "(助手).xlsx")
"""The program's own workbook where the shop has one of the usual name."""

SCALES = {"5分制": 20.0, "10分制": 10.0, "百分制": 1.0}
"""How many points of a hundred one of the shop's is worth."""

LARGEST = "最大值"
"""What stands in front of the largest value where a scale is asked for."""

NEVER_FIXED = ("营销同意",)
"""Consent is never assumed (personal data: it must be each customer's own)."""


class BrokenMappingError(DealerXlError):
    """A row of 对照 or 选项对照 says what cannot be."""

    def __init__(self, sheet: str, row: int, says: str) -> None:
        super().__init__(f"“{sheet}”表第{row}行：{says}，改好后再试。")


@dataclass(frozen=True)
class MappingRow:
    """One row of 对照: a column of ours, and what it is on a sheet of the shop's."""

    row: int  # Excel row
    table: Table
    column: Column
    workbook: str
    sheet: str
    heading_row: int
    heading: str
    value_from: str
    fixed: str
    certainty: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Return the table with the workbook and the sheet it stands on."""
        return self.table.name, self.workbook, self.sheet

    @property
    def names(self) -> str:
        """Return whose column it is, in words."""
        return f"{self.table.sheet} {self.column.heading} {self.workbook} {self.sheet}"


def mapping_rows(cells: pd.DataFrame) -> list[MappingRow]:
    """Parse the rows of 对照 (index = Excel row).

    Raises BrokenMappingError for a table or a column that is none of ours.
    """
    return [_mapping_row(int(row), texts) for row, texts in _texts(cells, MAPPING)]


def _mapping_row(row: int, texts: Mapping[str, str]) -> MappingRow:
    table = _table(row, MAPPING, texts)
    column = _column(row, MAPPING, table, texts)
    heading_row = texts["heading_row"]
    return MappingRow(
        row,
        table,
        column,
        texts["workbook"],
        texts["sheet"],
        int(float(heading_row)) if heading_row.replace(".", "", 1).isdecimal() else 0,
        texts["heading"],
        texts["value_from"] or FROM_COLUMN,
        texts["fixed"],
        texts["certainty"],
    )


def catalogue_of(mapping: pd.DataFrame, words: pd.DataFrame | None, own_book: str) -> Catalogue:
    """Return the catalogue that the two sheets describe (index = Excel row).

    Raises BrokenMappingError.
    """
    rows = [row for row in mapping_rows(mapping) if row.certainty == CERTAIN and row.workbook and row.sheet]
    meanings = _meanings(words) if words is not None else {}
    unscaled = _unanswered_scales(words) if words is not None else set()
    rows = [row for row in rows if (row.table.name, row.column.heading) not in unscaled]
    places: dict[tuple[str, str, str], list[MappingRow]] = {}
    for row in rows:
        places.setdefault(row.place, []).append(row)
    sources: dict[str, list[Source]] = {}
    for some in places.values():
        source = _source(some, meanings.get(some[0].table.name, {}))
        if source is not None:
            sources.setdefault(some[0].table.name, []).append(source)
    return Catalogue({name: tuple(each) for name, each in sources.items()}, own_book)


def _source(rows: Sequence[MappingRow], meanings: Mapping[str, Mapping[str, str]]) -> Source | None:
    """Return what confirmed rows of one place describe; None where they do not tell what a record is known by."""
    columns, constants = _columns(rows), _constants(rows)
    table, first = rows[0].table, rows[0]
    there = {*columns, *constants}
    if not any({table.heading(key) for key in each} <= there for each in table.identity):
        return None
    words = {heading: each for heading, each in meanings.items() if not _is_scale(each)}
    scales = {
        heading: SCALES[next(iter(each.values()))] for heading, each in meanings.items() if _is_scale(each)
    }
    heading_rows = (first.heading_row,) if first.heading_row else ()
    return Source(first.workbook, first.sheet, heading_rows, columns, constants, words, scales, adopted=True)


def _columns(rows: Sequence[MappingRow]) -> dict[str, str]:
    columns: dict[str, str] = {}
    taken: dict[str, MappingRow] = {}
    for row in rows:
        if row.value_from != FROM_COLUMN:
            continue
        if not row.heading:
            raise BrokenMappingError(
                MAPPING.sheet, row.row, "“本店的列”空着，请从下拉列表里选，或把“取值”改成“没有”"
            )
        before = taken.setdefault(normal(row.heading), row)
        if before is not row:
            raise BrokenMappingError(
                MAPPING.sheet,
                row.row,
                f"“{row.heading}”已经用在第{before.row}行的“{before.column.heading}”，请改其中一个",
            )
        if row.column.heading in columns:
            raise BrokenMappingError(
                MAPPING.sheet, row.row, f"“{row.column.heading}”写了两次，请删去其中一行"
            )
        columns[row.column.heading] = row.heading
    return columns


def _constants(rows: Sequence[MappingRow]) -> dict[str, str]:
    constants: dict[str, str] = {}
    for row in rows:
        if row.value_from != FIXED:
            continue
        if row.column.heading in NEVER_FIXED:
            raise BrokenMappingError(
                MAPPING.sheet, row.row, "“营销同意”要每位客户自己同意，不能用固定值，请改成“没有”或选本店的列"
            )
        if not row.fixed:
            raise BrokenMappingError(MAPPING.sheet, row.row, "“固定值”空着，请填上，或把“取值”改成“没有”")
        if row.column.kind is Kind.CHOICE and row.column.choices and row.fixed not in row.column.choices:
            raise BrokenMappingError(
                MAPPING.sheet,
                row.row,
                f"固定值“{row.fixed}”不在可选项中，请写{'、'.join(row.column.choices)}中的一个",
            )
        constants[row.column.heading] = row.fixed
    return constants


def _meanings(cells: pd.DataFrame) -> dict[str, dict[str, dict[str, str]]]:
    """Return of each table and column the shop's confirmed words with our choices, the most used first."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    rows = sorted(_texts(cells, WORDS), key=lambda each: -_count(each[1]["count"]))
    for row, texts in rows:
        table = _table(row, WORDS, texts)
        column = _column(row, WORDS, table, texts)
        if texts["certainty"] != CERTAIN or not texts["choice"]:
            continue
        known = (*SCALES, *column.choices)
        if known and texts["choice"] not in known:
            raise BrokenMappingError(
                WORDS.sheet, row, f"“{texts['choice']}”不是“{column.heading}”的选项，请从下拉列表里选"
            )
        words = found.setdefault(table.name, {}).setdefault(column.heading, {})
        before = next((ours for word, ours in words.items() if normal(word) == normal(texts["word"])), None)
        if before not in (None, texts["choice"]):
            raise BrokenMappingError(
                WORDS.sheet, row, f"“{texts['word']}”既是“{before}”又是“{texts['choice']}”，请只留一个"
            )
        words[texts["word"]] = texts["choice"]
    return found


def _unanswered_scales(cells: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the table and column of points whose scale staff have not confirmed: nothing is read from them."""
    return {
        (table.name, texts["column"])
        for row, texts in _texts(cells, WORDS)
        if texts["word"].startswith(LARGEST) and (texts["certainty"] != CERTAIN or not texts["choice"])
        for table in [_table(row, WORDS, texts)]
    }


def _is_scale(words: Mapping[str, str]) -> bool:
    return any(ours in SCALES for ours in words.values())


def _count(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _texts(cells: pd.DataFrame, table: Table) -> Iterable[tuple[int, dict[str, str]]]:
    keys = {column.heading: column.key for column in table.columns}
    for row, values in cells.to_dict("index").items():
        texts = {
            keys[str(heading)]: "" if is_blank(value) else as_text(value) for heading, value in values.items()
        }
        yield int(row), {key: texts.get(key, "") for key in keys.values()}  # type: ignore[call-overload]


def _table(row: int, sheet: Table, texts: Mapping[str, str]) -> Table:
    name = texts["table"]
    found = next((table for table in TABLES if name in (table.sheet, table.name)), None)
    if found is None:
        raise BrokenMappingError(sheet.sheet, row, f"没有叫“{name}”的表，请改回原来的名字")
    return found


def _column(row: int, sheet: Table, table: Table, texts: Mapping[str, str]) -> Column:
    name = texts["column"]
    found = next((column for column in table.columns if name in (column.heading, column.key)), None)
    if found is None:
        raise BrokenMappingError(sheet.sheet, row, f"“{table.sheet}”表没有“{name}”列，请改回原来的名字")
    return found


def is_marks_row(row: MappingRow) -> bool:
    """Return whether a row says that a column 校验 was agreed to."""
    return row.column.heading == CHECK
