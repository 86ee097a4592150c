"""New rows and notes go where there is room for them, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from book_parts import SHEET, edited, parts_of
from excel_books import BOOK, CALLS, TODAY, Sheet, as_xlsx, call, calls_sheet, in_memory, today_sheet

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook, NoRoomError
from dealer_xl.office.sheets.grid import NativeTable
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.schema import Column, FilledBy, Table


def hosts(sheets: list[Sheet]) -> list[BufferedWorkbook]:
    """Lay out the same sheets in memory and in a file."""
    return [in_memory(sheets), FileWorkbook(BOOK, as_xlsx(sheets))]


def test_new_rows_do_not_run_under_an_excel_table_that_stands_below_a_formula_column() -> None:
    register = calls_sheet([call(1, "张三")])
    rows = [*register.rows, [], [], [*[None] * 5, "别的"], [*[None] * 5, "值"]]
    other = NativeTable("Other", Area(7, 6, 8, 6))

    for book in hosts([Sheet(register.name, rows, [*register.tables, other])]):
        book.append_rows(CALLS, [call(2, "李四"), call(3, "王五")])
        with pytest.raises(NoRoomError, match="第7行"):
            book.append_rows(CALLS, [call(4, "赵六")])


def test_new_rows_do_not_run_into_words_below_the_register_without_an_excel_table() -> None:
    drawn = replace(today_sheet(["张三"], room=1, below="合计"), tables=())

    for book in hosts([drawn]):
        book.replace_rows(TODAY, [{"序号": 1, "客户": "甲"}, {"序号": 2, "客户": "乙"}])
        with pytest.raises(NoRoomError, match="第6行"):
            book.replace_rows(TODAY, [{"序号": place, "客户": "甲"} for place in (1, 2, 3)])


def test_a_formula_column_of_a_list_is_not_written_when_its_rows_are_replaced() -> None:
    columns = (*TODAY.columns, Column("age", "天数", filled_by=FilledBy.FORMULA, formula="{place}"))
    table: Table = replace(TODAY, columns=columns)
    drawn = Sheet(table.sheet, [["今日"], [], table.headings, [1, "张三", "回访", 3]])

    for book in hosts([drawn]):
        book.replace_rows(table, [{"序号": 1, "客户": "李四"}])
        (change,) = book.changes.values()
        assert change.cells == {4: {2: "李四", 3: None}}


def test_a_note_under_a_merged_title_or_in_the_place_of_a_formula_is_left_out_and_the_rest_is_written() -> (
    None
):
    content = as_xlsx([today_sheet(["张三"])])
    for before, after in (
        ("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>'),
        ('<row r="3"', '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row><row r="3"'),
    ):
        book = FileWorkbook(BOOK, edited(content, before, after))
        book.write_note(TODAY, "共1项")
        book.write_cells(TODAY, "事由", {4: "改"})
        again = FileWorkbook(BOOK, book.rewritten())

        assert again.grid(TODAY.sheet).cell(2, 1) in (None, "", 2)
        assert again.grid(TODAY.sheet).cell(4, 3) == "改"


def test_a_note_alone_that_has_no_room_changes_nothing() -> None:
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>'
    book = FileWorkbook(BOOK, edited(as_xlsx([today_sheet(["张三"])]), "</sheetData>", merged))

    book.write_note(TODAY, "共1项")

    assert book.rewritten() is book.content


def test_a_column_without_a_format_of_its_own_gives_none_to_new_cells() -> None:
    columns = '<cols><col min="1" max="7" width="9"/><col min="8" max="8" style="1"/></cols><sheetData>'
    book = FileWorkbook(
        BOOK, edited(as_xlsx([Sheet("电话登记", [CALLS.headings, ["T1"]])]), "<sheetData>", columns)
    )

    book.write_cells(CALLS, "备注", {2: "改"})
    book.write_cells(CALLS, "校验", {2: "改"})

    assert '<c r="G2" t="' in sheet_of(book.rewritten())
    assert '<c r="H2" s="1" t="' in sheet_of(book.rewritten())


def sheet_of(content: bytes) -> str:
    """Return the text of the sheet's part."""
    return parts_of(content)[SHEET].decode()


def test_new_rows_fill_the_blank_rows_of_an_excel_table_before_it_grows() -> None:
    for book in hosts([calls_sheet([call(1, "张三")], blank_rows=2)]):
        book.append_rows(CALLS, [call(2, "李四"), call(3, "王五")])
        assert sorted(book.changes[CALLS.sheet].cells) == [5, 6]
        growth = book.changes[CALLS.sheet].growths[CALLS.name]
        assert (growth.rows, growth.body_top, growth.edges, growth.model_row) == (
            Area(5, 1, 6, 8),
            4,
            (4, 6),
            4,
        )

        book.append_rows(CALLS, [call(4, "赵六")])
        growth = book.changes[CALLS.sheet].growths[CALLS.name]
        assert (growth.rows, growth.edges, growth.model_row) == (Area(5, 1, 7, 8), (4, 6), 4)


def test_the_first_rows_of_an_empty_register_take_their_looks_from_its_blank_row() -> None:
    for book in hosts([calls_sheet([])]):
        book.append_rows(CALLS, [call(1, "张三"), call(2, "李四")])

        growth = book.changes[CALLS.sheet].growths[CALLS.name]
        assert (growth.rows, growth.edges, growth.model_row) == (Area(4, 1, 5, 8), (4,), 4)


def test_new_rows_reach_over_columns_of_the_shops_own_in_the_excel_table() -> None:
    register = calls_sheet([call(1, "张三")])
    rows = [[None, *row, *[None] * (8 - len(row)), "自家"] for row in register.rows]
    native = NativeTable(CALLS.name, Area(3, 1, 4, 10))
    rows[2] = ["前", *CALLS.headings, "自家"]

    for book in hosts([Sheet(register.name, rows, [native])]):
        book.append_rows(CALLS, [call(2, "李四")])
        assert book.changes[CALLS.sheet].growths[CALLS.name].rows == Area(5, 1, 5, 10)


def test_no_rows_are_no_change() -> None:
    for book in hosts([calls_sheet([call(1, "张三")]), today_sheet(["张三"], room=1)]):
        book.append_rows(CALLS, [])
        book.replace_rows(TODAY, [{"序号": 1, "客户": "张三", "事由": "回访"}])

        assert not any(book.changes.values())


def test_the_rows_of_a_list_that_are_the_same_again_are_not_written() -> None:
    for book in hosts([today_sheet(["张三", "李四", "王五"])]):
        book.replace_rows(
            TODAY, [{"序号": 1, "客户": "张三", "事由": "回访"}, {"序号": 2, "客户": "新", "事由": "回访"}]
        )

        assert book.changes[TODAY.sheet].cells == {5: {2: "新"}, 6: {1: None, 2: None, 3: None}}
        assert book.changes[TODAY.sheet].own_columns == {1, 2, 3}


def test_a_change_tells_where_the_rows_of_its_tables_begin() -> None:
    for book in hosts([calls_sheet([call(1, "张三")]), today_sheet(["张三"])]):
        book.write_cells(CALLS, "备注", {4: "改"})
        book.write_cells(TODAY, "事由", {4: "改"})

        assert book.changes[CALLS.sheet].bodies == {Area(4, 1, 4, 8)}
        assert book.changes[TODAY.sheet].bodies == {Area(4, 1, 4, 3)}


def test_only_the_columns_that_the_program_fills_may_lose_a_formula() -> None:
    for book in hosts([calls_sheet([call(1, "张三")])]):
        book.write_cells(CALLS, "备注", {4: "改"})

        assert book.changes[CALLS.sheet].own_columns == {8}


def test_a_value_put_back_before_the_save_is_the_one_that_is_saved() -> None:
    for book in hosts([calls_sheet([call(1, "张三")])]):
        book.write_cells(CALLS, "客户名称", {4: "李四"})
        book.write_cells(CALLS, "客户名称", {4: "张三"})

        assert book.changes[CALLS.sheet].cells == {4: {3: "张三"}}


def test_the_first_row_under_the_headings_can_be_written_and_the_headings_cannot() -> None:
    for book in hosts([calls_sheet([])]):
        book.write_cells(CALLS, "备注", {4: "改"})
        with pytest.raises(ValueError, match="row 3 is above"):
            book.write_cells(CALLS, "备注", {3: "改"})


def test_a_column_that_the_table_does_not_know_is_a_mistake_of_ours() -> None:
    for book in hosts([calls_sheet([]), today_sheet([])]):
        with pytest.raises(ValueError, match="别的"):
            book.append_rows(CALLS, [{"别的": 1}])
        with pytest.raises(ValueError, match="别的"):
            book.replace_rows(TODAY, [{"别的": 1}])


@pytest.mark.parametrize(("rows_above", "is_told"), [(0, False), (1, False), (2, True)])
def test_a_note_has_room_only_between_a_title_and_the_headings(rows_above: int, is_told: bool) -> None:
    above: list[list[str]] = [["标题"], []][:rows_above]
    drawn = Sheet(TODAY.sheet, [*above, TODAY.headings, [1, "张三", "回访"]])

    for book in hosts([drawn]):
        book.write_note(TODAY, "共1项")
        notes = {place for change in book.changes.values() for place in change.notes}
        assert notes == ({(2, 1)} if is_told else set())


def test_a_note_stands_over_the_first_of_its_columns_and_a_blank_one_takes_it_away() -> None:
    drawn = Sheet(
        TODAY.sheet,
        [["标题"], [None, None, "旧"], [None, None, "客户", "序号", "事由"], [None, None, "张三", 1]],
    )

    for book in hosts([drawn]):
        book.write_note(TODAY, "旧")
        assert not any(book.changes.values())
        book.write_note(TODAY, "")
        assert book.changes[TODAY.sheet].notes == {(2, 3): ""}
    (_, file) = hosts([drawn])
    file.write_note(TODAY, "")
    assert isinstance(file, FileWorkbook)
    assert FileWorkbook(BOOK, file.rewritten()).grid(TODAY.sheet).cell(2, 3) in (None, "")
