"""A write touches the cells it is told to and leaves all else of a rich workbook as it was."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet
from openpyxl.worksheet.worksheet import Worksheet

from dealer_xl.office.sheets.buffered_workbook import TotalsRowError
from dealer_xl.office.sheets.sheet_errors import FormulaInTheWayError, SheetProtectedError
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.office.xlsx.file_errors import SignedError

ROWS = 5


def rich_book(*, totals: bool = False, protected: bool = False) -> bytes:
    """Make a workbook with a chart, formulas, colour rules, drop-downs, a note, a link and a second sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
        red = book.add_format({"bg_color": "#FFC7CE"})
        page = book.add_worksheet("电话登记")
        page.write(0, 0, CALLS.title, book.add_format({"bold": True, "font_size": 16}))
        columns = [{"header": heading} for heading in CALLS.headings]
        columns[5]["formula"] = '=IF([@日期]="","",[@日期]+7)'
        page.add_table(2, 0, 2 + ROWS + totals, 7, {"name": "Calls", "columns": columns, "total_row": totals})
        for row in range(3, 3 + ROWS):
            page.write_string(row, 0, f"T{row}")
            page.write_datetime(row, 1, date(2026, 1, row), day)
            page.write_rich_string(row, 2, "张", book.add_format({"bold": True}), f"三{row}")
            page.write_number(row, 4, 90 + row)
            page.write_formula(
                row, 5, '=IF(Calls[[#This Row],[日期]]="","",Calls[[#This Row],[日期]]+7)', day, 46030
            )
            page.set_row(row, 21)
        page.write_formula(2, 10, "=SUM(E4:E8)", None, 475)
        page.data_validation(3, 6, 3 + ROWS - 1, 6, {"validate": "list", "source": ["已回", "未回"]})
        page.conditional_format(
            3,
            0,
            3 + ROWS - 1,
            7,
            {"type": "formula", "criteria": '=ISNUMBER(FIND("【"&A$3&"】",$H4))', "format": red},
        )
        page.conditional_format(3, 4, 3 + ROWS - 1, 4, {"type": "data_bar", "data_bar_2010": True})
        page.conditional_format(20, 0, 30, 0, {"type": "duplicate", "format": red})
        page.write_comment(3, 0, "说明")
        page.write_url(0, 12, "https://example.com")
        page.add_sparkline(0, 14, {"range": "电话登记!E4:E8"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=电话登记!$E$4:$E$8"})
        page.insert_chart("M5", chart)
        page.insert_textbox("M20", "提示")
        if protected:
            page.protect()
        book.add_worksheet("别的").write_formula(0, 0, "=电话登记!E4*2", None, 188)
        book.define_name("满意", "=电话登记!$E$4:$E$8")
        book.set_custom_property("店", "示例")
    return content.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """Unpack all parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed_parts(before: bytes, after: bytes) -> set[str]:
    """Name the parts that differ; order, names and dates of all must be the same."""
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert [(info.filename, info.date_time) for info in old.infolist()] == [
            (info.filename, info.date_time) for info in new.infolist()
        ]
        assert new.testzip() is None
    one, other = parts(before), parts(after)
    return {name for name in one if one[name] != other[name]}


def read_again(content: bytes, *, data_only: bool = False) -> openpyxl.Workbook:
    """Open with openpyxl, a second reader; it warns of what it would lose itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)


def page_of(content: bytes) -> Worksheet:
    """Read the register again."""
    page = read_again(content)["电话登记"]
    assert isinstance(page, Worksheet)
    return page


def marked(content: bytes, values: Mapping[int, str]) -> bytes:
    """Write into the status column."""
    book = FileWorkbook(BOOK, content)
    book.write_cells(CALLS, "校验", values)
    return book.rewritten()


def appended(content: bytes, count: int) -> bytes:
    """Put rows under the register."""
    book = FileWorkbook(BOOK, content)
    book.append_rows(CALLS, [call(number, "新客户") for number in range(1, count + 1)])
    return book.rewritten()


def test_a_mark_changes_the_sheet_part_only() -> None:
    before = rich_book()

    after = marked(before, {5: "【联系电话】应为11位手机号"})

    assert changed_parts(before, after) == {"xl/worksheets/sheet1.xml"}
    assert page_of(after)["H5"].value == "【联系电话】应为11位手机号"


def test_outside_the_row_marked_every_byte_of_the_sheet_stays() -> None:
    before = rich_book()
    old = parts(before)["xl/worksheets/sheet1.xml"]

    new = parts(marked(before, {5: "改"}))["xl/worksheets/sheet1.xml"]

    start, end = old.index(b'<row r="5"'), old.index(b'<row r="6"')
    assert new[:start] == old[:start]
    assert new[new.index(b'<row r="6"') :] == old[end:]


def test_a_write_of_nothing_new_leaves_the_file_itself() -> None:
    before = rich_book()

    assert marked(before, {}) is before


def test_a_cell_keeps_its_format_when_its_value_changes() -> None:
    book = FileWorkbook(BOOK, rich_book())

    book.write_cells(CALLS, "日期", {5: date(2026, 9, 9), 6: None})
    page = page_of(book.rewritten())

    assert page["B5"].value.date() == date(2026, 9, 9)
    assert page["B5"].number_format == "yyyy-mm-dd"
    assert page["B6"].value is None
    assert page["B6"].number_format == "yyyy-mm-dd"


def test_a_new_cell_takes_the_format_of_the_one_above_it() -> None:
    book = FileWorkbook(BOOK, as_xlsx([calls_sheet([call(1, "张三"), {"登记号": "T2"}])]))

    book.write_cells(CALLS, "日期", {5: date(2026, 9, 9)})

    assert page_of(book.rewritten())["B5"].number_format == "yyyy-mm-dd"


def test_a_day_in_a_cell_without_a_date_format_gets_one() -> None:
    before = as_xlsx([calls_sheet([])])

    after = appended(before, 2)

    assert changed_parts(before, after) == {
        "xl/styles.xml",
        "xl/tables/table1.xml",
        "xl/worksheets/sheet1.xml",
    }
    assert page_of(after)["B5"].is_date


def test_new_rows_grow_the_excel_table_and_change_nothing_but_it_and_the_sheet() -> None:
    before = rich_book()

    after = appended(before, 3)

    assert changed_parts(before, after) == {"xl/tables/table1.xml", "xl/worksheets/sheet1.xml"}
    table = page_of(after).tables["Calls"]
    assert table.ref == "A3:H11"
    assert table.autoFilter.ref == "A3:H11"


def test_new_rows_take_formats_heights_and_formulas_of_the_last_row() -> None:
    page = page_of(appended(rich_book(), 3))

    assert page["B11"].number_format == "yyyy-mm-dd"
    assert page["F11"].value == page["F8"].value
    assert page.row_dimensions[11].height == 21
    assert page["C9"].value == "新客户"


def test_a_formula_that_names_cells_moves_with_its_row() -> None:
    sheet = calls_sheet([call(1, "张三")])
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            page.write_row(row, 0, [str(cell or "") for cell in cells])
        page.write_formula("F4", '=IF(B4="","",B4+$K$1)')

    page = page_of(appended(content.getvalue(), 2))

    assert [page["F5"].value, page["F6"].value] == ['=IF(B5="","",B5+$K$1)', '=IF(B6="","",B6+$K$1)']


def test_colour_rules_and_drop_downs_reach_the_new_rows() -> None:
    page = page_of(appended(rich_book(), 3))

    assert [str(rule.sqref) for rule in page.data_validations.dataValidation] == ["G4:G11"]
    reaches = {str(rules.sqref) for rules in page.conditional_formatting}
    assert reaches == {"A4:H11", "E4:E11", "A21:A31"}


def test_rules_of_the_newer_kind_reach_the_new_rows() -> None:
    xml = parts(appended(rich_book(), 3))["xl/worksheets/sheet1.xml"]

    assert b"<xm:sqref>E4:E11</xm:sqref>" in xml


def test_the_told_extent_covers_the_new_rows() -> None:
    xml = parts(appended(rich_book(), 30))["xl/worksheets/sheet1.xml"]

    assert b'<dimension ref="A1:O38"/>' in xml or b'<dimension ref="A1:M38"/>' in xml


def test_the_values_of_other_formulas_stay_to_be_seen_by_readers_that_compute_nothing() -> None:
    after = appended(rich_book(), 3)

    book = read_again(after, data_only=True)
    assert book["别的"]["A1"].value == 188
    assert book["电话登记"]["K3"].value == 475


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    cell = page_of(marked(rich_book(), {4: "=1+1"}))["H4"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_formula_of_the_shop_is_not_overwritten() -> None:
    book = FileWorkbook(BOOK, rich_book())
    book.write_cells(CALLS, "下次日期", {5: date(2026, 1, 1)})

    with pytest.raises(FormulaInTheWayError, match="F5"):
        book.rewritten()


def test_formulas_are_told_from_what_was_typed() -> None:
    book = FileWorkbook(BOOK, rich_book())
    rows = range(1, 2000)

    told = book.fixed_cells(CALLS, {"下次日期": rows, "客户名称": rows, "没有这一列": rows})

    page = page_of(rich_book())
    by_openpyxl = {("下次日期", row) for row in rows if page[f"F{row}"].data_type == "f"}
    assert told == by_openpyxl
    assert len(told) > 1


def test_a_formula_in_a_column_of_the_program_is_overwritten() -> None:
    before = io.BytesIO()
    with xlsxwriter.Workbook(before) as book:
        page = book.add_worksheet("电话登记")
        page.write_row(0, 0, CALLS.headings)
        page.write_row(1, 0, ["T1"])
        page.write_formula(1, 7, '="旧"', None, "旧")

    assert page_of(marked(before.getvalue(), {2: "新"}))["H2"].value == "新"


def test_a_table_with_a_totals_row_is_not_lengthened() -> None:
    book = FileWorkbook(BOOK, rich_book(totals=True))

    with pytest.raises(TotalsRowError, match="汇总行"):
        book.append_rows(CALLS, [call(1, "张三")])


def test_a_protected_sheet_is_not_written() -> None:
    with pytest.raises(SheetProtectedError, match="工作表保护"):
        marked(rich_book(protected=True), {4: "改"})


def test_a_signed_workbook_is_not_written() -> None:
    signed = io.BytesIO(rich_book())
    with zipfile.ZipFile(signed, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<Signature/>")

    with pytest.raises(SignedError, match="数字签名"):
        marked(signed.getvalue(), {4: "改"})


def test_days_of_a_workbook_that_counts_from_1904_are_read_and_written_right() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"date_1904": True}) as book:
        page = book.add_worksheet("电话登记")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, CALLS.headings)
        page.write_row(1, 0, ["T1"])
        page.write_datetime(1, 1, date(2026, 1, 5), day)

    opened = FileWorkbook(BOOK, content.getvalue())
    assert opened.read_table(CALLS)["日期"].tolist() == [date(2026, 1, 5)]
    opened.write_cells(CALLS, "日期", {2: date(2026, 2, 6)})

    again = FileWorkbook(BOOK, opened.rewritten())
    assert again.read_table(CALLS)["日期"].tolist() == [date(2026, 2, 6)]


def test_errors_in_cells_are_read_by_their_names() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet("电话登记")
        page.write_row(0, 0, CALLS.headings)
        page.write_row(1, 0, ["T1", None, ' t="e"'])
        page.write_formula(1, 4, "=NA()", None, "#N/A")
        page.write_formula(1, 6, "=1/0", None, "#DIV/0!")

    row = FileWorkbook(BOOK, content.getvalue()).read_table(CALLS).loc[2]

    assert (row["客户名称"], row["满意度"], row["备注"]) == (' t="e"', "#N/A", "#DIV/0!")


def test_macros_stay_byte_for_byte(tmp_path: Path) -> None:
    project = tmp_path / "vbaProject.bin"
    project.write_bytes(bytes(range(256)))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("电话登记").write_row(0, 0, CALLS.headings)
        book.add_vba_project(str(project))

    after = appended(content.getvalue(), 1)

    assert parts(after)["xl/vbaProject.bin"] == bytes(range(256))
    assert changed_parts(content.getvalue(), after) <= {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
