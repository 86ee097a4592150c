"""A folder as a store: what it finds, what it refuses, what it saves."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

import pytest
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk, journal, shipped
from dealer_xl.office.folder.folder_store import FolderMissingError, FolderStore, NoWorkbooksError
from dealer_xl.office.folder.io_errors import DiskError
from dealer_xl.office.folder.open_markers import WorkbookOpenError
from dealer_xl.office.folder.saving import ChangedMeanwhileError
from dealer_xl.office.folder.shipped import shipped_names
from dealer_xl.office.folder.store_errors import TemplateMissingError, WorkbookMissingError
from dealer_xl.office.xlsx.file_errors import NotAWorkbookError


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Make a folder with one workbook."""
    folder = tmp_path / "示例店"
    folder.mkdir()
    (folder / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "张三")])]))
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def mark(store: FolderStore, text: str = "改") -> None:
    """Gather a change."""
    store.workbook(BOOK).write_cells(CALLS, "校验", {4: text})


def test_a_folder_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FolderMissingError, match="dealer-xl new"):
        FolderStore(tmp_path / "没有")


def test_a_folder_without_workbooks_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "~$跟踪电话.xlsx").write_bytes(b"")

    with pytest.raises(NoWorkbooksError, match="dealer-xl new"):
        FolderStore(tmp_path)


def test_one_missing_workbook_is_told_with_those_there_are(shop: Path) -> None:
    with pytest.raises(WorkbookMissingError, match=BOOK):
        FolderStore(shop).workbook("信函登记.xlsx")


def test_a_workbook_with_macros_serves_as_well(shop: Path) -> None:
    (shop / BOOK).rename(shop / "跟踪电话.xlsm")
    store = FolderStore(shop)

    mark(store)

    assert list(store.save("check")) == [PurePath("跟踪电话.xlsm")]


def test_a_text_file_under_a_workbooks_name_is_named_for_what_it_is(shop: Path) -> None:
    (shop / BOOK).write_text("登记号\t客户", encoding="utf-8")

    with pytest.raises(NotAWorkbookError, match="文本文件"):
        FolderStore(shop).workbook(BOOK)


def test_nothing_changes_before_the_save(shop: Path) -> None:
    before = everything(shop)
    store = FolderStore(shop)

    mark(store)
    store.stage_file(PurePath("信函/一.docx"), b"letter")

    assert everything(shop) == before


def test_a_dry_run_tells_what_would_change_and_writes_nothing(shop: Path) -> None:
    before = everything(shop)
    store = FolderStore(shop, dry_run=True)

    mark(store)
    store.stage_file(PurePath("信函/一.docx"), b"letter")

    assert list(store.save("check")) == [PurePath(BOOK), PurePath("信函/一.docx")]
    assert everything(shop) == before
    assert store.workbook(BOOK).read_table(CALLS)["校验"].tolist() == [None]


def test_a_save_of_nothing_makes_no_backup(shop: Path) -> None:
    before = everything(shop)

    assert list(FolderStore(shop).save("check")) == []
    assert everything(shop) == before


def test_files_made_are_kept_inside_the_store_only(shop: Path) -> None:
    for path in (PurePath("../外.docx"), PurePath("/外.docx")):
        with pytest.raises(ValueError, match="inside"):
            FolderStore(shop).stage_file(path, b"")


def excel_mark(name: str) -> bytes:
    """Write the 165 bytes that Excel leaves beside an open workbook."""
    ansi = name.encode("gb18030")
    wide = name.encode("utf-16-le")
    head = bytes([len(ansi)]) + ansi.ljust(54)
    return (head + bytes([len(name), 0]) + wide).ljust(165, b" ")


@pytest.mark.parametrize(
    ("mark_name", "content", "holder"),
    [
        (f"~${BOOK}", excel_mark("王店长"), "王店长"),
        (f"~${BOOK}", bytes([4]) + "李四".encode("gb18030"), "李四"),
        (f"~${BOOK}", b"", "别人"),
        (f".~lock.{BOOK}#", ",小周,DESKTOP-1,05.01.2026 08:30,file:///x;".encode(), "小周"),
        (f".~lock.{BOOK}#", b"", "别人"),
    ],
)
def test_an_open_workbook_is_refused_and_its_holder_is_named(
    shop: Path, mark_name: str, content: bytes, holder: str
) -> None:
    (shop / mark_name).write_bytes(content)
    with pytest.raises(WorkbookOpenError, match=f"被{holder}打开") as refusal:
        FolderStore(shop).workbook(BOOK)

    assert mark_name in str(refusal.value)


def test_a_workbook_opened_meanwhile_is_not_written(shop: Path) -> None:
    store = FolderStore(shop)
    mark(store)
    (shop / f"~${BOOK}").write_bytes(excel_mark("王店长"))
    before = everything(shop)

    with pytest.raises(WorkbookOpenError, match="王店长"):
        store.save("check")

    assert everything(shop) == before


def test_an_open_workbook_can_be_read_and_tried(shop: Path) -> None:
    (shop / f"~${BOOK}").write_bytes(excel_mark("王店长"))
    store = FolderStore(shop, dry_run=True)

    mark(store)

    assert list(store.save("check")) == [PurePath(BOOK)]


def test_a_workbook_whose_mark_cannot_even_be_read_is_open(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / f"~${BOOK}").write_bytes(excel_mark("王店长"))
    real = os.open

    def refused(path: Path | str, *words: int, **at: int) -> int:
        if Path(path).name.startswith("~$"):
            raise PermissionError
        return real(path, *words, **at)

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(WorkbookOpenError, match="别人"):
        FolderStore(shop).workbook(BOOK)


def test_a_workbook_that_was_only_read_and_changed_meanwhile_stops_the_save(shop: Path) -> None:
    store = FolderStore(shop)
    assert not store.workbook(BOOK).read_table(CALLS).empty
    store.stage_file(PurePath("信函/一.docx"), b"letter")
    (shop / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "别人改的")])]))
    before = everything(shop)

    with pytest.raises(ChangedMeanwhileError, match=BOOK):
        store.save("letters")

    assert everything(shop) == before


def test_what_a_job_recalled_and_another_changed_is_not_overwritten(shop: Path) -> None:
    path = PurePath("备份/上次校验所见.json")
    store = FolderStore(shop)
    store.stage_file(path, b"first")
    store.save("check")
    other = FolderStore(shop)
    assert other.read_file(path) == b"first"
    store.stage_file(path, b"second")
    store.save("check")

    other.stage_file(path, b"third")
    with pytest.raises(ChangedMeanwhileError):
        other.save("check")

    assert store.read_file(path) == b"second"


def test_a_store_saves_again_and_again_what_it_wrote_itself(shop: Path) -> None:
    store = FolderStore(shop)
    for text in ("一", "二", "三"):
        mark(store, text)
        store.stage_file(PurePath("信函/一.docx"), text.encode())
        assert len(store.save("check")) == 2
    store.stage_file(PurePath("信函/一.docx"), "三".encode())

    assert list(store.save("check")) == []


def test_a_template_is_looked_for_wherever_an_installed_copy_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "活动.docx").write_bytes(b"shipped")
    monkeypatch.setattr(shipped, "_FOLDERS", (tmp_path / "none", tmp_path))

    assert shipped.shipped_template("活动") == b"shipped"
    with pytest.raises(TemplateMissingError, match="活动"):
        shipped.shipped_template("没有")


def test_a_machine_that_knows_no_users_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", unknown)

    assert journal.who() == ""


def test_where_a_file_stands_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "备份").write_bytes(b"")

    with pytest.raises(DiskError):
        disk.make_folder(tmp_path / "备份")


def test_a_folder_that_another_makes_at_the_same_moment_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.mkdir

    def made_by_another(path: Path, mode: int) -> None:
        real(path, mode)
        real(path, mode)

    monkeypatch.setattr(os, "mkdir", made_by_another)
    disk.make_folder(tmp_path / "备份")

    assert (tmp_path / "备份").is_dir()


def test_windows_is_not_asked_to_settle_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "POSIX", False)
    monkeypatch.setattr(os, "fsync", lambda _: 1 / 0)

    disk.fsync_dir(tmp_path)


def test_a_workbook_changed_meanwhile_is_not_overwritten(shop: Path) -> None:
    store = FolderStore(shop)
    mark(store)
    (shop / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "别人改的")])]))
    before = everything(shop)

    with pytest.raises(ChangedMeanwhileError, match="重新运行"):
        store.save("check")

    assert everything(shop) == before


def test_the_shops_own_template_goes_before_the_shipped_one(shop: Path) -> None:
    (shop / "模板").mkdir()
    (shop / "模板" / "活动邀请函.docx").write_bytes(b"own")

    assert FolderStore(shop).template("活动邀请函") == b"own"


def test_every_shipped_template_can_be_had(shop: Path) -> None:
    assert all(FolderStore(shop).template(name).startswith(b"PK") for name in shipped_names())


def test_a_missing_template_is_told_with_those_there_are(shop: Path) -> None:
    (shop / "模板").mkdir()
    (shop / "模板" / "自家信.docx").write_bytes(b"own")

    with pytest.raises(TemplateMissingError, match="自家信"):
        FolderStore(shop).template("没有这个")


def test_refusals_name_no_other_language(shop: Path) -> None:
    refusals: list[DealerXlError] = [
        WorkbookOpenError(BOOK, "", f"~${BOOK}"),
        ChangedMeanwhileError(BOOK),
        WorkbookMissingError(shop.name, BOOK, []),
        TemplateMissingError("通知", []),
    ]

    assert all(str(refusal).count("。") == 1 for refusal in refusals)
