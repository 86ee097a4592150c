"""The sample shop in foreign clothes: the same rows under another shop's names, sheets, headings and words."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from dealer_xl.dealership.described_tables import SCALES
from dealer_xl.dealership.matching.vocabulary import WORDS_MEAN
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.schema import CHECK, Column, Kind, Table
from dealer_xl.simplified import SIMPLIFIED, TRADITIONAL

DRESSED = ("Customers", "Visits", "Calls", "Complaints", "Letters", "Events")
NEEDED = {
    "Customers": {"archive_no", "name", "plate"},
    "Visits": {"order_no", "archive_no", "plate", "came_on"},
    "Calls": {"call_no", "called_on", "archive_no", "name"},
    "Complaints": {"complaint_no", "received_on", "archive_no"},
    "Letters": {"letter_no", "sent_on", "archive_no", "name"},
    "Events": {"event_no", "name", "starts_on", "place", "content"},
}
"""What stays; of the others a dress may leave some out."""
BOOKS = ("客户台账.xlsx", "维修台账.xlsx", "回访登记.xlsx", "投诉台账.xlsx", "寄信台账.xlsx", "活动安排.xlsx")
_TO_TRADITIONAL = {ord(simple): full for full, simple in zip(TRADITIONAL, SIMPLIFIED, strict=True)}


@dataclass
class Dress:
    """How the shop's workbooks look, and what their headings and words mean."""

    chance: random.Random
    one_book: bool
    traditional: bool
    headings: dict[tuple[str, str], str] = field(default_factory=dict)  # table and key to the shop's heading
    left_out: dict[str, set[str]] = field(default_factory=dict)
    words: dict[tuple[str, str, str], str] = field(
        default_factory=dict
    )  # table, key, our option to the shop's word

    @classmethod
    def drawn(cls, seed: int) -> Dress:
        """Draw a dress by chance."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        return cls(chance, chance.random() < 0.4, chance.random() < 0.4)

    def put_on(self, folder: Path, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        """Write the rows into workbooks of this shop."""
        books: dict[str, list[str]] = {}
        for name, book in zip(DRESSED, BOOKS, strict=True):
            books.setdefault("售后台账.xlsx" if self.one_book else book, []).append(name)
        for book, names in books.items():
            with xlsxwriter.Workbook(folder / book) as workbook:
                for name in names:
                    for sheet, some in self._sheets(name, rows[name]):
                        self._write(workbook, sheet, BY_NAME[name], some)

    def _sheets(
        self, name: str, rows: Sequence[Mapping[str, object]]
    ) -> list[tuple[str, list[Mapping[str, object]]]]:
        if name != "Calls":
            return [
                (
                    {
                        "Customers": "客户",
                        "Visits": "维修",
                        "Complaints": "投诉",
                        "Letters": "信函",
                        "Events": "活动",
                    }[name],
                    list(rows),
                )
            ]
        months: dict[int, list[Mapping[str, object]]] = {}
        for row in rows:
            day = row.get("called_on")
            months.setdefault(day.month if isinstance(day, date) else 1, []).append(row)
        return [(f"回访{month}月", some) for month, some in sorted(months.items())]

    def columns(self, table: Table) -> list[Column]:
        """Return the columns that this shop has, in its own order."""
        if table.name not in self.left_out:
            optional = [
                column.key
                for column in table.columns
                if column.key not in NEEDED[table.name] and column.heading != CHECK
            ]
            self.left_out[table.name] = {key for key in optional if self.chance.random() < 0.2}
        return [
            column
            for column in table.columns
            if column.heading != CHECK and column.key not in self.left_out[table.name]
        ]

    def heading(self, table: Table, column: Column) -> str:
        """Return what the shop calls a column."""
        key = table.name, column.key
        if key not in self.headings:
            taken = set(self.headings.values())
            names = [name for name in (column.heading, *column.aliases) if name not in taken]
            text = self.chance.choice(names or [column.heading])
            self.headings[key] = text.translate(_TO_TRADITIONAL) if self.traditional else text
        return self.headings[key]

    def _write(
        self, book: xlsxwriter.Workbook, sheet: str, table: Table, rows: Sequence[Mapping[str, object]]
    ) -> None:
        page = book.add_worksheet(sheet)
        day, columns = book.add_format({"num_format": "yyyy-mm-dd"}), self.columns(table)
        page.write(0, 0, "本店台账")
        for place, column in enumerate(columns):
            page.merge_range(1, place, 2, place, self.heading(table, column))
        for number, row in enumerate(rows, start=3):
            for place, column in enumerate(columns):
                value = self._word(table, column, row.get(column.key))
                if isinstance(value, date | datetime):
                    page.write_datetime(number, place, value, day)
                elif isinstance(value, str):
                    page.write_string(number, place, value)
                elif value is not None:
                    page.write(number, place, value)
        page.write(3 + len(rows), 0, "合计")

    def _word(self, table: Table, column: Column, value: object) -> object:
        """Return a cell in the shop's words."""
        if column.kind is not Kind.CHOICE or value not in column.choices or column.key == "consent":
            return value
        key = table.name, column.key, str(value)
        if key not in self.words:
            others = WORDS_MEAN.get(column.key, {}).get(str(value), ())
            used = {word for (name, which, _), word in self.words.items() if (name, which) == key[:2]}
            free = [word for word in others if word not in used and word not in column.choices]
            self.words[key] = self.chance.choice([str(value), *free])
        return self.words[key]

    def confirm(self, book: Path) -> None:
        """Answer in 对照 and 选项对照 what was asked, as somebody who knows the shop would."""
        workbook = openpyxl.load_workbook(book)
        self._confirm_columns(workbook["对照"])
        self._confirm_words(workbook["选项对照"])
        workbook.save(book)

    def _confirm_columns(self, sheet: Worksheet) -> None:
        at: dict[object, Any] = {cell.value: cell.column for cell in sheet[3]}
        tables = {BY_NAME[name].sheet: BY_NAME[name] for name in DRESSED}
        for row in range(4, sheet.max_row + 1):
            table = tables.get(str(sheet.cell(row, at["表"]).value))
            if table is None:
                continue
            heading = sheet.cell(row, at["列"]).value
            column = next(each for each in table.columns if each.heading == heading)
            there = column in self.columns(table)
            sheet.cell(row, at["本店的列"]).value = self.heading(table, column) if there else None
            sheet.cell(row, at["取值"]).value = "本店的列" if there else "没有"
            sheet.cell(row, at["把握"]).value = "确定"

    def _confirm_words(self, sheet: Worksheet) -> None:
        at: dict[object, Any] = {cell.value: cell.column for cell in sheet[3]}
        for row in range(4, sheet.max_row + 1):
            where = tuple(str(sheet.cell(row, at[each]).value) for each in ("表", "列", "本店写法"))
            for (name, key, ours), word in self.words.items():
                table = BY_NAME[name]
                if where == (table.sheet, table.heading(key), word):
                    sheet.cell(row, at["我们的选项"]).value = ours
                    sheet.cell(row, at["把握"]).value = "确定"
            if where[2].startswith("最大值"):
                sheet.cell(row, at["我们的选项"]).value = next(
                    name for name, worth in SCALES.items() if worth == 1
                )
                sheet.cell(row, at["把握"]).value = "确定"
