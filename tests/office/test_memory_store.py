"""A store in memory is laid out from tables and rows."""

from __future__ import annotations

from pathlib import PurePath

from excel_books import BOOK, CALLS, TODAY, call
from memory_store import MemoryStore, MemoryWorkbook


def test_rows_laid_out_are_read_under_the_headings() -> None:
    store = MemoryStore.of({CALLS: [call(1, "张三")], TODAY: []}, name="样店")

    frame = store.workbook(BOOK).read_table(CALLS)

    assert (store.name, frame.index.tolist(), frame["客户名称"].tolist()) == ("样店", [4], ["张三"])
    assert store.workbook(BOOK).read_table(TODAY).empty


def test_a_workbook_is_laid_out_alike() -> None:
    book = MemoryWorkbook.of(BOOK, {CALLS: [call(1, "张三"), {}, call(3, "王五")]})

    assert book.read_table(CALLS).index.tolist() == [4, 6]


def test_commands_templates_and_files_can_be_looked_up() -> None:
    store = MemoryStore.of({CALLS: []})
    store.templates["通知"] = b"word"
    store.stage_file(PurePath("a.docx"), b"letter")
    store.save("letters")

    assert store.commands == ["letters"]
    assert store.template("通知") == b"word"
    assert store.files == {PurePath("a.docx"): b"letter"}
