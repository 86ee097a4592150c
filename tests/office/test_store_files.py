"""Which files of a folder count, and what a save tells of them."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from excel_books import BOOK, CALLS, TODAY, as_xlsx, call, calls_sheet, today_sheet

from dealer_xl.office.folder import disk, journal
from dealer_xl.office.folder.folder_store import FolderStore, NoWorkbooksError, has_workbook
from dealer_xl.office.folder.store_errors import TemplateMissingError, WorkbookMissingError


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Make a folder with one workbook."""
    (tmp_path / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "张三")]), today_sheet([])]))
    return tmp_path


@pytest.mark.parametrize("name", ["跟踪电话.xlsx", "跟踪电话.xlsm", "跟踪电话.XLSX", "跟踪电话.XLSM"])
def test_a_workbook_is_there_whatever_its_ending_and_also_where_a_folder_bears_its_name(
    tmp_path: Path, name: str
) -> None:
    assert not has_workbook(tmp_path, BOOK)
    (tmp_path / name).write_bytes(b"")
    assert has_workbook(tmp_path, BOOK)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert has_workbook(tmp_path, BOOK)


@pytest.mark.parametrize("name", ["~$甲.xlsx", ".甲.xlsx", "甲.docx", "甲.xls", "xlsx"])
def test_what_programs_leave_and_other_files_are_no_workbooks(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")

    with pytest.raises(NoWorkbooksError):
        FolderStore(tmp_path)


@pytest.mark.parametrize("name", ["甲.xlsx", "甲.xlsm", "甲.XLSX"])
def test_workbooks_of_every_ending_are_told_where_one_lacks(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")

    with pytest.raises(WorkbookMissingError, match=name):
        FolderStore(tmp_path).workbook(BOOK)


def test_a_workbook_is_opened_once_and_a_file_recalled_once(shop: Path) -> None:
    store = FolderStore(shop)
    (shop / "a.json").write_bytes(b"first")
    assert store.read_file(PurePath("a.json")) == b"first"
    assert store.read_file(PurePath("b.json")) is None
    book = store.workbook(BOOK)
    (shop / "a.json").write_bytes(b"second")

    assert store.workbook(BOOK) is book
    assert store.read_file(PurePath("a.json")) == b"first"


def test_a_template_is_a_word_file_that_no_program_left(shop: Path) -> None:
    (shop / "模板").mkdir()
    for name in ("~$自家信.docx", ".自家信.docx", "自家信.txt", "自家信.doc"):
        (shop / "模板" / name).write_bytes(b"none")

    with pytest.raises(TemplateMissingError) as refusal:
        FolderStore(shop).template("自家信")
    assert "月度总结" in str(refusal.value)
    assert not any(mark in str(refusal.value) for mark in ("~$", "、.", "：."))


def test_a_dry_run_gathers_anew_after_each_save_and_writes_nothing(shop: Path) -> None:
    before = (shop / BOOK).read_bytes()
    store = FolderStore(shop, dry_run=True)
    for _ in range(2):
        store.workbook(BOOK).write_cells(CALLS, "校验", {4: "改"})
        store.stage_file(PurePath("a.docx"), b"letter")
        assert list(store.save("check")) == [PurePath(BOOK), PurePath("a.docx")]

    assert list(store.save("check")) == []
    assert (shop / BOOK).read_bytes() == before
    assert sorted(path.name for path in shop.iterdir()) == [BOOK]


def test_a_save_tells_only_what_changed_and_later_reads_see_it(shop: Path) -> None:
    store = FolderStore(shop)
    store.stage_file(PurePath("a.docx"), b"letter")
    assert list(store.save("letters")) == [PurePath("a.docx")]

    store.stage_file(PurePath("a.docx"), b"letter")
    store.workbook(BOOK).write_note(TODAY, "共0项")
    assert list(store.save("today")) == [PurePath(BOOK)]
    assert store.read_file(PurePath("a.docx")) == b"letter"
    assert FolderStore(shop).workbook(BOOK).grid(TODAY.sheet).cell(2, 1) == "共0项"


def test_a_store_bears_the_name_of_its_folder_and_knows_where_it_is(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    store = FolderStore(Path())

    assert (store.name, store.folder) == (shop.name, shop.resolve())


def test_rows_put_in_after_a_save_go_under_those_put_in_before(shop: Path) -> None:
    store = FolderStore(shop)
    for number, name in ((2, "李四"), (3, "王五"), (4, "赵六")):
        store.workbook(BOOK).append_rows(CALLS, [call(number, name)])
        store.save("check")

    names = FolderStore(shop).workbook(BOOK).read_table(CALLS)["客户名称"].tolist()
    assert names == ["张三", "李四", "王五", "赵六"]


@pytest.mark.parametrize("was_used", [True, False])
def test_a_folder_in_order_is_opened_without_a_lock_or_any_other_new_file(
    shop: Path, monkeypatch: pytest.MonkeyPatch, was_used: bool
) -> None:
    if was_used:
        store = FolderStore(shop)
        store.stage_file(PurePath("a.docx"), b"letter")
        store.save("letters")

    def forbidden(*_: object) -> None:
        raise AssertionError

    for name in ("claim", "make_folder", "write_beside"):
        monkeypatch.setattr(disk, name, forbidden)

    assert FolderStore(shop).workbook(BOOK).read_table(CALLS).index.tolist() == [4]


@pytest.mark.parametrize("error", [KeyError, OSError, ImportError])
def test_a_machine_that_knows_no_users_in_whatever_way_names_nobody(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def unknown() -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", unknown)

    assert journal.who() == ""
