"""Small tables and workbooks for the tests of the hosts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from memory_store import MemoryWorkbook

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.grid import NativeTable
from dealer_xl.schema import CHECK, Column, FilledBy, Kind, Table

BOOK = "跟踪电话.xlsx"

CALLS = Table(
    "Calls",
    "电话登记",
    BOOK,
    "电话登记表",
    columns=(
        Column("call_no", "登记号", unique=True, aliases=("编号",)),
        Column("called_on", "日期", Kind.DATE, aliases=("通话日期",)),
        Column("name", "客户名称", aliases=("客户姓名", "车主")),
        Column("phone", "联系电话", Kind.PHONE, aliases=("手机", "电话")),
        Column("score", "满意度", Kind.NUMBER),
        Column("next_on", "下次日期", Kind.DATE, filled_by=FilledBy.FORMULA, formula="{called_on}+7"),
        Column("note", "备注", may_lack=True),
        Column("check", CHECK, filled_by=FilledBy.PROGRAM),
    ),
)

TODAY = Table(
    "Today",
    "今日必做",
    BOOK,
    "今日必做",
    by_program=True,
    columns=(
        Column("place", "序号", Kind.NUMBER, filled_by=FilledBy.PROGRAM),
        Column("customer", "客户", filled_by=FilledBy.PROGRAM),
        Column("why", "事由", filled_by=FilledBy.PROGRAM),
    ),
)


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is drawn: rows from row 1 on, cells from column A on, and its Excel tables."""

    name: str
    rows: Sequence[Sequence[Cell]]
    tables: Sequence[NativeTable] = ()


def call(number: int, name: str, **others: Cell) -> dict[str, Cell]:
    """Return a row of the calls by headings."""
    row: dict[str, Cell] = {
        "登记号": f"T{number}",
        "日期": date(2026, 1, number),
        "客户名称": name,
        "联系电话": f"1380013800{number}",
        "满意度": 90.0 + number,
    }
    return row | others


def calls_sheet(rows: Sequence[dict[str, Cell]], *, blank_rows: int = 0) -> Sheet:
    """Draw the register as the house lays it out: title, room for a note, headings, rows."""
    headings = CALLS.headings
    body = [[row.get(heading) for heading in headings] for row in rows]
    filled = max(len(rows), 1) + blank_rows
    area = Area(3, 1, 3 + filled, len(headings))
    return Sheet(CALLS.sheet, [[CALLS.title], [], headings, *body], [NativeTable(CALLS.name, area)])


def today_sheet(customers: Sequence[str], *, room: int = 3, below: str = "") -> Sheet:
    """Draw the list of the day as an Excel table with room for some rows, and something below it."""
    body: list[list[Cell]] = [[place, name, "回访"] for place, name in enumerate(customers, start=1)]
    blank: list[list[Cell]] = [[] for _ in range(room - len(body))]
    area = Area(3, 1, 3 + room, 3)
    foot: list[list[Cell]] = [[], [below]] if below else []
    return Sheet(
        TODAY.sheet,
        [[TODAY.title], [], TODAY.headings, *body, *blank, *foot],
        [NativeTable(TODAY.name, area)],
    )


def in_memory(sheets: Sequence[Sheet]) -> MemoryWorkbook:
    """Lay out sheets as a workbook in memory."""
    book = MemoryWorkbook(BOOK)
    for sheet in sheets:
        book.sheets[sheet.name] = {
            (row, column): value
            for row, cells in enumerate(sheet.rows, start=1)
            for column, value in enumerate(cells, start=1)
            if value is not None
        }
        book.tables[sheet.name] = list(sheet.tables)
    return book


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets as a file."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for table in sheet.tables:
                area = table.area
                headings = [{"header": str(text)} for text in sheet.rows[area.top - 1][area.left - 1 :]]
                options = {"name": table.name, "columns": headings[: area.right - area.left + 1]}
                page.add_table(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, options)
            for row, cells in enumerate(sheet.rows):
                for column, value in enumerate(cells):
                    _write(page, row, column, value, day)
    return content.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Cell, day: object) -> None:
    if isinstance(value, (date, datetime)):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    elif value is not None:
        page.write(row, column, value)
