"""What every host of a workbook must do alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

import pytest
import xlwings
from excel_books import BOOK, CALLS, TODAY, Sheet, as_xlsx, call, calls_sheet, in_memory, today_sheet
from memory_store import MemoryStore

from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.store_errors import TemplateMissingError, WorkbookMissingError
from dealer_xl.office.live.live_store import LiveStore
from dealer_xl.office.live.program import Program
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.buffered_workbook import NoRoomError
from dealer_xl.office.sheets.cells import TextTooLongError
from dealer_xl.office.sheets.grid import NativeTable
from dealer_xl.office.sheets.headings import HeadingMissingError, SheetMissingError
from dealer_xl.office.store_protocol import Store

Make = Callable[[Sequence[Sheet]], Store]


def memory_host(_: Path, sheets: Sequence[Sheet]) -> Store:
    return MemoryStore([in_memory(sheets)])


def live_host(folder: Path, sheets: Sequence[Sheet]) -> Store:
    (folder / BOOK).write_bytes(as_xlsx(sheets))
    app = xlwings.apps.active
    assert app is not None
    for book in list(app.books):
        book.close()
    app.books.open(str(folder / BOOK))
    return LiveStore(folder, Program(app))


def live_host_with_addin(folder: Path, sheets: Sequence[Sheet]) -> Store:
    return live_host(folder, sheets)


def file_host(folder: Path, sheets: Sequence[Sheet]) -> Store:
    (folder / BOOK).write_bytes(as_xlsx(sheets))
    return FolderStore(folder)


NEEDS = {live_host: "calc", live_host_with_addin: "calc_with_addin"}


@pytest.fixture(params=[memory_host, file_host, *NEEDS], ids=lambda host: host.__name__)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    if needed := NEEDS.get(request.param):
        request.getfixturevalue(needed)
    return lambda sheets: request.param(tmp_path, sheets)


def rows_of(store: Store, *headings: str) -> dict[int, tuple[Cell, ...]]:
    """Read the calls anew: the row number, the cells under some headings."""
    frame = store.workbook(BOOK).read_table(CALLS)
    columns = [frame[heading].tolist() for heading in headings]
    return dict(zip(frame.index.tolist(), zip(*columns, strict=True), strict=True))


def test_rows_come_back_under_their_excel_row_numbers(make: Make) -> None:
    frame = make([calls_sheet([call(1, "张三"), call(2, "李四")])]).workbook(BOOK).read_table(CALLS)

    assert frame.index.tolist() == [4, 5]
    assert tuple(frame.columns) == CALLS.headings
    assert frame["客户名称"].tolist() == ["张三", "李四"]
    assert frame["日期"].tolist() == [date(2026, 1, 1), date(2026, 1, 2)]
    assert frame["满意度"].tolist() == [91.0, 92.0]
    assert frame["备注"].tolist() == [None, None]


def test_an_empty_register_has_no_rows(make: Make) -> None:
    frame = make([calls_sheet([])]).workbook(BOOK).read_table(CALLS)

    assert frame.empty
    assert tuple(frame.columns) == CALLS.headings


def test_other_headings_title_rows_column_order_and_extra_columns_are_understood(make: Make) -> None:
    sheet = Sheet(
        "电话登记",
        [
            ["某某店电话登记表", None, None, None, None, None, None, None, None],
            ["制表人：王五"],
            ["校验", "自编", "手  机*", "編號：", "客户\n姓名", "日期", "满意度", "下次日期", "备 注"],
            [None, "甲", "13800138001", "T1", "张三", date(2026, 1, 1), 91.0],
        ],
    )

    store = make([sheet])

    assert rows_of(store, "登记号", "客户名称", "联系电话") == {4: ("T1", "张三", "13800138001")}


def test_the_very_heading_beats_another_name_of_it(make: Make) -> None:
    headings = ["车主", "客户名称", "登记号", "日期", "电话", "联系电话", "满意度", "下次日期", "校验"]
    sheet = Sheet("电话登记", [headings, ["车主名", "名称", "T1", None, "座机", "手机"]])

    assert rows_of(make([sheet]), "客户名称", "联系电话") == {2: ("名称", "手机")}


def test_a_column_that_is_not_there_is_not_read(make: Make) -> None:
    headings = [heading for heading in CALLS.headings if heading != "备注"]
    frame = make([Sheet("电话登记", [headings, ["T1"]])]).workbook(BOOK).read_table(CALLS)

    assert list(frame.columns) == headings


def test_a_missing_heading_is_told_with_what_was_found(make: Make) -> None:
    sheet = Sheet("电话登记", [["日期", "客户名称", "满意度"], ["T1"]])

    with pytest.raises(HeadingMissingError) as refusal:
        make([sheet]).workbook(BOOK).read_table(CALLS)

    told = str(refusal.value)
    assert "缺少“登记号”列" in told
    assert "日期、客户名称、满意度" in told


def test_a_missing_sheet_is_told_with_those_there_are(make: Make) -> None:
    with pytest.raises(SheetMissingError) as refusal:
        make([today_sheet([])]).workbook(BOOK).read_table(CALLS)

    assert "“电话登记”" in str(refusal.value)
    assert "今日必做" in str(refusal.value)


def test_a_missing_workbook_is_told_with_those_there_are(make: Make) -> None:
    with pytest.raises(WorkbookMissingError) as refusal:
        make([today_sheet([])]).workbook("信函登记.xlsx")

    assert BOOK in str(refusal.value)


def test_blank_rows_in_the_middle_are_left_out_and_do_not_end_the_register(make: Make) -> None:
    sheet = calls_sheet([call(1, "张三"), {}, {"客户名称": "  "}, call(4, "赵六")])

    assert rows_of(make([sheet]), "客户名称") == {4: ("张三",), 7: ("赵六",)}


def test_a_formula_alone_does_not_fill_a_row(make: Make) -> None:
    sheet = calls_sheet([call(1, "张三"), {"下次日期": date(2026, 1, 8)}])

    assert list(rows_of(make([sheet]), "客户名称")) == [4]


def test_written_cells_are_read_after_the_save_and_not_before(make: Make) -> None:
    store = make([calls_sheet([call(1, "张三"), call(2, "李四")])])
    book = store.workbook(BOOK)

    book.write_cells(CALLS, "校验", {5: "【联系电话】应为11位手机号"})
    before = rows_of(store, "校验")
    changed = store.save("check")

    assert before == {4: (None,), 5: (None,)}
    assert rows_of(store, "校验") == {4: (None,), 5: ("【联系电话】应为11位手机号",)}
    assert [path.name for path in changed] == [BOOK]


def test_a_workbook_taken_before_the_save_shows_what_was_saved(make: Make) -> None:
    store = make([calls_sheet([call(1, "张三")])])
    book = store.workbook(BOOK)

    book.write_cells(CALLS, "备注", {4: "已回"})
    store.save("check")

    assert book.read_table(CALLS)["备注"].tolist() == ["已回"]


def test_every_kind_of_value_comes_back(make: Make) -> None:
    store = make([calls_sheet([call(number, "客户") for number in range(1, 6)])])

    values: dict[int, Cell] = {4: "=A1", 5: 12.5, 6: date(2026, 3, 4), 7: True, 8: "第一行\n第二行 "}
    store.workbook(BOOK).write_cells(CALLS, "备注", values)
    store.save("check")

    assert rows_of(store, "备注") == {row: (value,) for row, value in values.items()}


def test_a_blank_clears_a_cell(make: Make) -> None:
    store = make([calls_sheet([call(1, "张三", 备注="旧"), call(2, "李四", 备注="旧")])])

    store.workbook(BOOK).write_cells(CALLS, "备注", {4: None, 5: float("nan")})
    store.save("check")

    assert rows_of(store, "备注") == {4: (None,), 5: (None,)}


def test_values_that_are_there_already_change_nothing(make: Make) -> None:
    store = make([calls_sheet([call(1, "张三", 校验="【日期】未填")])])
    book = store.workbook(BOOK)

    book.write_cells(CALLS, "校验", {4: "【日期】未填"})
    book.write_cells(CALLS, "日期", {4: date(2026, 1, 1)})
    book.write_cells(CALLS, "满意度", {4: 91})
    book.write_cells(CALLS, "备注", {4: ""})

    assert store.save("check") == []


def test_too_long_a_text_is_refused_with_its_cell(make: Make) -> None:
    book = make([calls_sheet([call(1, "张三")])]).workbook(BOOK)

    book.write_cells(CALLS, "备注", {4: "长" * 32_767})
    with pytest.raises(TextTooLongError, match="G4"):
        book.write_cells(CALLS, "备注", {4: "长" * 32_768})


def test_a_new_row_goes_under_the_last_filled_one(make: Make) -> None:
    store = make([calls_sheet([call(1, "张三"), {}, call(3, "王五")])])

    store.workbook(BOOK).append_rows(CALLS, [call(4, "赵六"), call(5, "钱七")])
    store.save("letters")

    assert rows_of(store, "登记号", "客户名称") == {
        4: ("T1", "张三"),
        6: ("T3", "王五"),
        7: ("T4", "赵六"),
        8: ("T5", "钱七"),
    }


def test_the_first_row_of_an_empty_register_fills_its_blank_row(make: Make) -> None:
    store = make([calls_sheet([])])

    store.workbook(BOOK).append_rows(CALLS, [call(1, "张三")])
    store.save("letters")

    assert rows_of(store, "客户名称") == {4: ("张三",)}


def test_rows_of_several_calls_follow_each_other(make: Make) -> None:
    store = make([calls_sheet([call(1, "张三")])])
    book = store.workbook(BOOK)

    book.append_rows(CALLS, [call(2, "李四")])
    book.append_rows(CALLS, [])
    book.append_rows(CALLS, [call(3, "王五")])
    store.save("letters")

    assert rows_of(store, "客户名称") == {4: ("张三",), 5: ("李四",), 6: ("王五",)}


def test_rows_put_under_a_register_without_an_excel_table_are_read(make: Make) -> None:
    store = make([Sheet("电话登记", [CALLS.headings, ["T1", date(2026, 1, 1), "张三"]])])

    store.workbook(BOOK).append_rows(CALLS, [call(2, "李四")])
    store.save("letters")

    assert rows_of(store, "客户名称", "日期") == {
        2: ("张三", date(2026, 1, 1)),
        3: ("李四", date(2026, 1, 2)),
    }


def test_a_heading_that_the_table_does_not_have_is_a_mistake_of_ours(make: Make) -> None:
    book = make([calls_sheet([])]).workbook(BOOK)

    with pytest.raises(ValueError, match="Calls"):
        book.append_rows(CALLS, [{"别的": 1}])


def test_a_note_column_that_is_missing_takes_blanks_and_refuses_words(make: Make) -> None:
    headings = [heading for heading in CALLS.headings if heading != "备注"]
    store = make([Sheet("电话登记", [headings, ["T1"]])])
    book = store.workbook(BOOK)

    book.append_rows(CALLS, [call(2, "李四", 备注=None)])
    with pytest.raises(HeadingMissingError, match="“备注”"):
        book.append_rows(CALLS, [call(3, "王五", 备注="急")])


def test_a_row_above_the_table_is_a_mistake_of_ours(make: Make) -> None:
    book = make([calls_sheet([call(1, "张三")])]).workbook(BOOK)

    with pytest.raises(ValueError, match="row 3"):
        book.write_cells(CALLS, "备注", {3: "改"})


def test_of_two_lists_beside_each_other_each_keeps_its_own_rows(make: Make) -> None:
    other = replace(TODAY, name="Tomorrow", title="明日")
    headings: list[Cell] = [*TODAY.headings, None, *TODAY.headings]
    rows: list[list[Cell]] = [["今日必做"], [], headings, [1, "甲", "回访", None, 1, "乙", "回访"]]
    tables = [NativeTable("Today", Area(3, 1, 4, 3)), NativeTable("Tomorrow", Area(3, 5, 4, 7))]
    store = make([Sheet(TODAY.sheet, rows, tables)])

    store.workbook(BOOK).replace_rows(other, [{"客户": "丙"}, {"客户": "丁"}])
    store.save("today")

    assert customers(store) == ["甲"]
    assert store.workbook(BOOK).read_table(other)["客户"].tolist() == ["丙", "丁"]


def test_a_list_does_not_grow_into_the_next_one(make: Make) -> None:
    other = replace(TODAY, name="Tomorrow", title="明日")
    rows: list[list[Cell]] = [
        ["今日"],
        [],
        list(TODAY.headings),
        [1, "甲"],
        [],
        [],
        list(TODAY.headings),
        [1, "乙"],
    ]
    tables = [NativeTable("Today", Area(3, 1, 4, 3)), NativeTable("Tomorrow", Area(7, 1, 8, 3))]
    store = make([Sheet(TODAY.sheet, rows, tables)])

    assert store.workbook(BOOK).read_table(other)["客户"].tolist() == ["乙"]
    with pytest.raises(NoRoomError):
        store.workbook(BOOK).replace_rows(TODAY, [{"客户": name} for name in "甲乙丙丁"])


def test_a_list_that_is_no_excel_table_ends_at_the_first_blank_row(make: Make) -> None:
    rows: list[list[Cell]] = [list(TODAY.headings), [1, "甲"], [2, "乙"], [], [None, "合计"]]
    store = make([Sheet(TODAY.sheet, rows)])

    store.workbook(BOOK).replace_rows(TODAY, [{"客户": "丙"}])
    store.save("today")

    assert customers(store) == ["丙"]


def test_files_made_and_templates_of_the_shop_are_kept(make: Make) -> None:
    store = make([calls_sheet([])])
    letter = PurePath("信函/一.docx")

    store.stage_file(letter, b"letter")

    assert list(store.save("letters")) == [letter]
    assert store.read_file(letter) == b"letter"
    assert store.read_file(PurePath("没有")) is None
    with pytest.raises(TemplateMissingError):
        store.template("没有")


def customers(store: Store) -> list[Cell]:
    """Read whom the list of the day names."""
    return list(store.workbook(BOOK).read_table(TODAY)["客户"])


@pytest.mark.parametrize("names", [["甲"], ["甲", "乙", "丙"], list("甲乙丙丁戊己"), []])
def test_a_list_of_the_program_is_replaced_by_a_shorter_or_longer_one(make: Make, names: list[str]) -> None:
    store = make([today_sheet(["旧一", "旧二"])])

    rows: list[dict[str, Cell]] = [
        {"序号": place, "客户": name, "事由": "回访"} for place, name in enumerate(names, start=1)
    ]
    store.workbook(BOOK).replace_rows(TODAY, rows)
    store.save("today")

    assert customers(store) == names


def test_a_list_grown_and_shrunk_again_keeps_no_old_row(make: Make) -> None:
    store = make([today_sheet(["旧一"])])

    for names in (["甲", "乙", "丙", "丁", "戊"], ["己"], ["庚", "辛"]):
        store.workbook(BOOK).replace_rows(TODAY, [{"客户": name} for name in names])
        store.save("today")

    assert customers(store) == ["庚", "辛"]


def test_a_list_does_not_grow_into_what_stands_below_it(make: Make) -> None:
    store = make([today_sheet(["旧"], below="店长签字")])

    with pytest.raises(NoRoomError, match="第8行"):
        store.workbook(BOOK).replace_rows(TODAY, [{"客户": name} for name in "甲乙丙丁戊"])


def test_what_stands_below_a_list_is_no_row_of_it(make: Make) -> None:
    assert customers(make([today_sheet(["甲"], below="店长签字")])) == ["甲"]


def test_a_note_stands_between_title_and_headings(make: Make) -> None:
    store = make([today_sheet(["甲"])])

    store.workbook(BOOK).write_note(TODAY, "2026-01-05 08:30 更新")
    store.save("today")

    assert customers(store) == ["甲"]
    assert note_of(store) == "2026-01-05 08:30 更新"


def note_of(store: Store) -> Cell:
    """Read the cell between title and headings."""
    book = store.workbook(BOOK)
    grid = book.grid(TODAY.sheet)
    value: Cell = grid.cell(2, 1)
    return value


def test_a_note_without_a_row_of_its_own_is_left_out(make: Make) -> None:
    store = make([Sheet(TODAY.sheet, [["今日必做"], list(TODAY.headings), [1, "甲", "回访"]])])

    store.workbook(BOOK).write_note(TODAY, "更新")

    assert store.save("today") == []
