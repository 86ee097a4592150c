"""A workbook's sheets and Excel tables of every kind are told apart."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from book_parts import edited
from excel_books import BOOK, CALLS, Sheet, as_xlsx, call, calls_sheet, in_memory

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.grid import NativeTable
from dealer_xl.office.xlsx.closed_file import FileWorkbook


def test_a_sheet_that_is_only_a_chart_is_no_sheet_of_cells() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(CALLS.sheet)
        page.write_row(0, 0, CALLS.headings)
        page.write_row(1, 0, ["T1", 5])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=电话登记!$B$2"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("后面").write(0, 0, "在")

    opened = FileWorkbook(BOOK, content.getvalue())

    assert opened.sheet_names() == [CALLS.sheet, "后面"]
    assert opened.grid("后面").cell(1, 1) == "在"
    opened.write_cells(CALLS, "备注", {2: "改"})
    assert FileWorkbook(BOOK, opened.rewritten()).read_table(CALLS)["备注"].tolist() == ["改"]


def test_an_excel_table_without_a_heading_row_is_no_table_of_ours() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet("别的")
        page.add_table(0, 0, 2, 1, {"name": "Bare", "header_row": False})
        page.add_table(5, 0, 7, 1, {"name": "Whole"})

    assert [native.name for native in FileWorkbook(BOOK, content.getvalue()).natives("别的")] == ["Whole"]


def test_an_excel_table_of_the_right_name_with_other_headings_is_not_taken_for_the_register() -> None:
    other = NativeTable(CALLS.name, Area(1, 12, 3, 13))
    sheet = calls_sheet([call(1, "张三")])
    rows: list[list[Cell]] = [
        [*row, *[None] * (11 - len(row)), *pair] for row, pair in zip(sheet.rows, PAIRS, strict=True)
    ]
    drawn = Sheet(sheet.name, rows, [other])

    for book in (in_memory([drawn]), FileWorkbook(BOOK, as_xlsx([drawn]))):
        assert book.read_table(CALLS)["客户名称"].tolist() == ["张三"]


PAIRS: tuple[tuple[Cell, Cell], ...] = (("品名", "数量"), ("机油", 3), ("滤芯", 2), (None, None))


@pytest.mark.parametrize("is_file", [True, False])
def test_a_register_with_an_excel_table_below_it_ends_with_its_own(is_file: bool) -> None:
    register = calls_sheet([call(1, "张三")], blank_rows=2)
    below: list[list[Cell]] = [[], [], [], ["登记号", "日期"], ["旧1", None]]
    tables = [*register.tables, NativeTable("Old", Area(9, 1, 10, 2))]
    drawn = Sheet(register.name, [*register.rows, *below, ["散", None]], tables)
    book = FileWorkbook(BOOK, as_xlsx([drawn])) if is_file else in_memory([drawn])

    assert book.read_table(CALLS)["登记号"].tolist() == ["T1"]


def test_only_a_blank_far_away_costs_nothing_and_is_no_cell() -> None:
    content = as_xlsx([Sheet("空表", [])])
    far = '<sheetData><row r="50000"><c r="A50000"/></row></sheetData>'

    book = FileWorkbook(BOOK, edited(content, "<sheetData/>", far))

    assert all(cell in (None, "") for row in book.grid("空表").rows for cell in row)


def test_blanks_of_a_sheet_without_addresses_do_not_widen_it() -> None:
    content = as_xlsx([Sheet("空表", [])])
    rows = "<sheetData><row><c/><c/><c><v>7</v></c><c/></row></sheetData>"

    assert FileWorkbook(BOOK, edited(content, "<sheetData/>", rows)).grid("空表").cell(1, 3) == 7
