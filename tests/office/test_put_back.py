"""What an undo puts back into the cells of a workbook that was open, and what it leaves alone."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path, PurePath

import pytest
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet, in_memory

from dealer_xl.office.folder.backups import BackupMissingError, undo
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.journal import read_journal, record_place
from dealer_xl.office.folder.saving import ShownWrite, save_all
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook
from dealer_xl.office.sheets.cell_record import BlockRecord, CellRecord, Formula, TableRecord
from dealer_xl.office.xlsx.closed_file import FileWorkbook


def hosts() -> list[BufferedWorkbook]:
    """Lay out two customers in memory and in a file."""
    sheets = [calls_sheet([call(1, "张三"), call(2, "李四")])]
    return [in_memory(sheets), FileWorkbook(BOOK, as_xlsx(sheets))]


def names(before: Cell, after: Cell, *, sheet: str = CALLS.sheet) -> CellRecord:
    """Return the record of the first customer's name and note."""
    return CellRecord([BlockRecord(sheet, 4, 3, [[before]], [[after]])])


def gathered(book: BufferedWorkbook) -> dict[int, dict[int, Cell]]:
    return {row: cells for change in book.changes.values() for row, cells in change.cells.items()}


def test_a_cell_that_holds_what_was_written_gets_back_what_it_held() -> None:
    for book in hosts():
        assert book.put_back(names("旧", "张三")) == 0
        assert gathered(book) == {4: {3: "旧"}}


def test_a_cell_that_was_blank_is_blank_again() -> None:
    for book in hosts():
        assert book.put_back(names(None, "张三")) == 0
        assert gathered(book) == {4: {3: None}}


def test_a_cell_changed_since_is_left_alone_and_counted() -> None:
    for book in hosts():
        assert book.put_back(names("旧", "新")) == 1
        assert gathered(book) == {}


def test_a_cell_that_holds_already_what_it_held_is_neither_written_nor_counted() -> None:
    for book in hosts():
        assert book.put_back(names("张三", "新")) == 0
        assert gathered(book) == {}


def test_a_formula_cannot_be_put_back_into_a_closed_workbook_and_is_counted() -> None:
    for book in hosts():
        assert book.put_back(names(Formula("=A1"), "张三")) == 1
        assert gathered(book) == {}


def test_where_a_formula_was_written_its_value_goes_whatever_it_is() -> None:
    for book in hosts():
        assert book.put_back(names("旧", Formula("=A1"))) == 0
        assert gathered(book) == {4: {3: "旧"}}


def test_cells_of_a_sheet_that_is_gone_are_counted_and_the_other_sheets_are_put_back() -> None:
    gone = BlockRecord("没有", 1, 1, [["a", "b"], ["c", "d"]], [["e", "f"], ["g", "h"]])
    (there,) = names("旧", "张三").blocks

    for book in hosts():
        assert book.put_back(CellRecord([gone, there])) == 4
        assert gathered(book) == {4: {3: "旧"}}


def test_each_cell_of_a_block_is_judged_by_itself() -> None:
    block = BlockRecord(CALLS.sheet, 4, 3, [["旧1", 1], ["旧2", 2]], [["张三", 7], ["别", "13800138002"]])

    for book in hosts():
        assert book.put_back(CellRecord([block])) == 2
        assert gathered(book) == {4: {3: "旧1"}, 5: {4: 2}}


def test_a_formula_of_the_program_may_be_replaced_when_it_is_put_back() -> None:
    book = hosts()[1]
    assert book.put_back(names("旧", "张三")) == 0

    assert book.changes[CALLS.sheet].own_columns == {3}


def test_a_record_read_again_is_the_same() -> None:
    moment = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - Excel knows no time zones
    before: list[list[Cell]] = [
        [None, "文", 1, 1.5, True],
        [date(2026, 1, 5), moment, time(8), Formula("=A1"), ""],
    ]
    record = CellRecord(
        [BlockRecord("表", 4, 3, before, before[::-1])], [TableRecord("表", "T", "A3:B4", "A3:B5")]
    )

    again = CellRecord.read(record.written())

    assert again == record
    kinds = [type(value) for row in again.blocks[0].before for value in row]
    assert kinds == [type(value) for row in before for value in row]
    assert "文".encode() in record.written()


def saved_while_open(folder: Path) -> Path:
    """Write the journal of a command that wrote into an open workbook; return where its record lies."""
    sheets = [calls_sheet([call(1, "张三"), call(2, "李四")])]
    (folder / BOOK).write_bytes(as_xlsx(sheets))
    shown = ShownWrite([BOOK], lambda: None, lambda: None)
    cells = {BOOK: names("旧", "张三")}
    name = save_all(folder, "check", [], keep=30, cells=cells, shown=shown)
    return record_place(folder, name, BOOK)


def test_an_undo_puts_back_the_cells_of_a_workbook_that_was_open_and_is_closed_by_now(tmp_path: Path) -> None:
    saved_while_open(tmp_path)

    done = undo(tmp_path)

    assert (done.restored, done.removed, done.left) == ((PurePath(BOOK),), (), 0)
    book = FileWorkbook(BOOK, (tmp_path / BOOK).read_bytes())
    assert book.read_table(CALLS)["客户名称"].tolist() == ["旧", "李四"]


def test_an_undo_tells_how_many_cells_were_changed_since(tmp_path: Path) -> None:
    place = saved_while_open(tmp_path)
    place.write_bytes(names("旧", "新").written())

    assert undo(tmp_path).left == 1


def test_an_undo_without_the_record_of_the_cells_is_refused(tmp_path: Path) -> None:
    saved_while_open(tmp_path).unlink()
    before = (tmp_path / BOOK).read_bytes()

    with pytest.raises(BackupMissingError, match=BOOK):
        undo(tmp_path)

    assert (tmp_path / BOOK).read_bytes() == before


NO_RECORDS = (
    b"",
    b"[" * 200_000,
    b"{}",
    b'{"blocks": [1], "tables": []}',
    b'{"blocks": [{"before": 1, "after": 1}], "tables": []}',
    b'{"blocks": [{"sheet": "a", "row": "1", "column": 1, "before": [[1]], "after": [[1]]}], "tables": []}',
    b'{"blocks": [{"sheet": "a", "row": 1, "column": 1, "before": [[1]], "after": [[1, 2]]}], "tables": []}',
)


@pytest.mark.parametrize("content", NO_RECORDS)
def test_an_undo_with_a_record_of_the_cells_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    saved_while_open(tmp_path).write_bytes(content)

    with pytest.raises(BackupMissingError, match=BOOK):
        undo(tmp_path)


def test_the_journal_tells_which_rows_and_columns_of_which_sheet_were_written(tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "张三"), call(2, "李四"), call(3, "王五")])]))
    store = FolderStore(tmp_path)
    store.workbook(BOOK).write_cells(CALLS, "校验", {4: "一", 6: "三"})
    store.workbook(BOOK).write_cells(CALLS, "客户名称", {5: "赵六"})

    store.save("check")

    assert read_journal(tmp_path).entries[-1].wrote == {BOOK: {CALLS.sheet: "C4:H6"}}
