"""A folder as a store: what it finds, what it refuses, what it saves."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder.holders import WorkbookOpenError
from dealer_xl.office.folder.saving import ChangedMeanwhileError
from dealer_xl.office.folder.shipped import shipped_names
from dealer_xl.office.folder.store import FolderMissingError, FolderStore, NoWorkbooksError
from dealer_xl.office.folder.stores import TemplateMissingError, WorkbookMissingError
from dealer_xl.office.xlsx.refusals import NotAWorkbookError


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
    store.keep(PurePath("信函/一.docx"), b"letter")

    assert everything(shop) == before


def test_a_dry_run_tells_what_would_change_and_writes_nothing(shop: Path) -> None:
    before = everything(shop)
    store = FolderStore(shop, dry_run=True)

    mark(store)
    store.keep(PurePath("信函/一.docx"), b"letter")

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
            FolderStore(shop).keep(path, b"")


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
