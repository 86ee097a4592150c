"""Whatever text staff have, it is in the file what it was in memory."""

from __future__ import annotations

from functools import cache

from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dealer_xl.office.sheets.cells import plain
from dealer_xl.office.xlsx.closed_file import FileWorkbook

# Excel itself writes some characters so; a text that looks like it must not be read as one.
text = st.lists(st.text(max_size=20) | st.sampled_from(["_x0041_", "_x005F_", "<", "&", "]]>", "\r\n"])).map(
    "".join
)


@cache
def blank_book() -> bytes:
    return as_xlsx([calls_sheet([call(1, "张三"), call(2, "李四")])])


@settings(max_examples=50, deadline=None)
@given(text, text)
@example("_x000D_ \r \r\n \t ", "'=1+1")
@example("<t>&amp;]]></t>", " 前后空格 ")
def test_any_text_survives_write_and_read(one: str, other: str) -> None:
    book = FileWorkbook(BOOK, blank_book())
    book.write_cells(CALLS, "备注", {4: one})
    book.append_rows(CALLS, [{"登记号": "T3", "备注": other}])

    read = FileWorkbook(BOOK, book.rewritten()).read_table(CALLS)["备注"]

    assert read.tolist() == [plain(one), None, plain(other)]


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    assert plain("电话\x00\x0b\ud800号\uffff码") == "电话号码"
