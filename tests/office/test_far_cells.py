"""A stray cell far from a table hides nothing, costs nothing, and is named where it is in the way."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from book_parts import SHEET, parts_of, put_together
from excel_books import BOOK, CALLS, TODAY, as_xlsx, call, calls_sheet, today_sheet

from dealer_xl.office.sheets.buffered_workbook import StrayCellError
from dealer_xl.office.xlsx import cell_reader
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.office.xlsx.far_cells import farthest
from dealer_xl.office.xlsx.file_errors import TooLargeError

NAMES = ["张三", "李四"]


def with_rows(rows: str, head: str = "") -> bytes:
    """Make a register of two calls, with further rows."""
    parts = parts_of(as_xlsx([calls_sheet([call(1, "张三"), call(2, "李四")], blank_rows=1)]))
    sheet = (
        parts[SHEET]
        .decode()
        .replace("</sheetData>", f"{rows}</sheetData>")
        .replace("<sheetData>", f"{head}<sheetData>")
    )
    return put_together(parts | {SHEET: sheet.encode()})


def stray(place: str, content: str = "<v>1</v>", kind: str = "") -> str:
    """Write a row with one cell far away."""
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}"{kind}>{content}</c></row>'


@pytest.mark.parametrize("place", ["A1048576", "C1048576", "K1048576", "XFD1048576", "ABC70000", "XFD99"])
def test_the_table_is_read_all_the_same(place: str) -> None:
    book = FileWorkbook(BOOK, with_rows(stray(place)))

    assert book.read_table(CALLS)["客户名称"].tolist()[:2] == NAMES


def test_the_stray_cell_is_read_where_it_stands() -> None:
    book = FileWorkbook(BOOK, with_rows(stray("C1048576", "<is><t>迷路</t></is>", ' t="inlineStr"')))

    table = book.read_table(CALLS)
    assert table.loc[1_048_576, "客户名称"] == "迷路"
    assert table.index.tolist() == [4, 5, 1_048_576]


def test_errors_and_dates_below_0_keep_their_places() -> None:
    content = with_rows(
        '<row r="9"><c r="C9" t="e"><v>#N/A</v></c></row>' + stray("E1048576", "<v>#DIV/0!</v>", ' t="e"')
    )

    grid = FileWorkbook(BOOK, content).grid(CALLS.sheet)
    assert (grid.cell(9, 3), grid.cell(1_048_576, 5), grid.cell(500_000, 3)) == ("#N/A", "#DIV/0!", None)


@pytest.mark.parametrize(
    "cell", ['<c r="C1048576" s="0"></c>', '<c r="C1048576" t="inlineStr"><is></is></c>']
)
def test_a_far_cell_without_a_value_is_none(cell: str) -> None:
    book = FileWorkbook(BOOK, with_rows(f'<row r="1048576">{cell}</row>'))

    assert book.read_table(CALLS)["客户名称"].tolist() == NAMES


def test_far_cells_without_any_value_make_a_blank_sheet() -> None:
    parts = parts_of(with_rows(""))
    rows = '<sheetData><row r="1"><c r="A1"></c></row><row r="1048576"><c r="C1048576"></c></row></sheetData>'
    sheet = re.sub("<sheetData>.*</sheetData>", rows, parts[SHEET].decode(), flags=re.DOTALL)

    assert FileWorkbook(BOOK, put_together(parts | {SHEET: sheet.encode()})).grid(CALLS.sheet).rows == ()


def test_blank_rows_of_a_million_cost_no_cells() -> None:
    book = FileWorkbook(BOOK, with_rows(stray("C1048576")))
    tracemalloc.start()

    book.read_table(CALLS)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100_000_000


def test_a_cell_of_a_row_that_is_there_can_be_written_and_the_stray_one_stays() -> None:
    book = FileWorkbook(BOOK, with_rows(stray("A1048576")))
    book.write_cells(CALLS, "校验", {4: "查", 1_048_576: "远"})

    after = FileWorkbook(BOOK, book.rewritten()).read_table(CALLS)
    assert after["校验"].tolist() == ["查", None, "远"]
    assert after["登记号"].tolist() == ["T1", "T2", 1.0]


def test_new_rows_have_no_room_below_it_and_the_cell_is_named() -> None:
    book = FileWorkbook(BOOK, with_rows(stray("C1048576")))

    with pytest.raises(StrayCellError, match="“电话登记”表的C1048576单元格"):
        book.append_rows(CALLS, [call(3, "王五")])


def test_new_rows_go_under_the_table_when_the_cell_stands_beside_it() -> None:
    book = FileWorkbook(BOOK, with_rows(stray("XFD1048576")))
    book.append_rows(CALLS, [call(3, "王五")])

    assert FileWorkbook(BOOK, book.rewritten()).read_table(CALLS)["客户名称"].tolist() == [*NAMES, "王五"]


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "XFD1048576"),
        ('<row r="70000"><c s="0" r="XFD70000"><v>1</v></c></row>', "XFD70000"),
        (
            '<row r="98"><c r="XFD1048576"><v>1</v></c></row><row r="99"><c r="A99"><v>1</v></c></row>',
            "XFD1048576",
        ),
        (stray("XFD1048576") + "<!-- -->", "XFD1048576"),
    ],
)
def test_what_cannot_be_closed_up_is_refused_with_sheet_and_cell(rows: str, cell: str) -> None:
    with pytest.raises(TooLargeError, match=f"“电话登记”表.*{cell}单元格"):
        FileWorkbook(BOOK, with_rows(rows)).read_table(CALLS)


def test_filled_rows_that_are_too_wide_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_reader, "MOST_PLACES", 50_000)

    with pytest.raises(TooLargeError, match="XFD1048576"):
        FileWorkbook(BOOK, with_rows(stray("XFD1048576"))).read_table(CALLS)


def test_other_sheets_are_read_while_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_reader, "MOST_PLACES", 50_000)
    parts = parts_of(as_xlsx([calls_sheet([call(1, "张三")]), today_sheet(["李四"])]))
    far = parts[SHEET].replace(b"</sheetData>", stray("XFD1048576").encode() + b"</sheetData>")
    book = FileWorkbook(BOOK, put_together(parts | {SHEET: far}))

    assert book.read_table(TODAY)["客户"].tolist() == ["李四"]
    with pytest.raises(TooLargeError):
        book.read_table(CALLS)


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ([(1, 1), (2, 1), (1_048_576, 3)], "C1048576"),
        ([(1, 1), (2, 1), (2, 16_384)], "XFD2"),
        ([(5, 5)], "E5"),
    ],
)
def test_the_cell_behind_the_widest_gap_is_the_one_apart(cells: list[tuple[int, int]], place: str) -> None:
    assert farthest(cells) == place
