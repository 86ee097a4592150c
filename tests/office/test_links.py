"""No path of a shop leads out of its folder, whichever system reads it; a link is named in a sentence."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import pytest
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import anchored, disk
from dealer_xl.office.folder.anchored import AnchoredPath, is_link
from dealer_xl.office.folder.backups import undo, undoable
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.io_errors import (
    FolderHeldError,
    LinkError,
    NotAFileError,
    NotAFolderError,
    SharedFileError,
)
from dealer_xl.office.folder.journal import read_journal
from dealer_xl.office.folder.kept_names import hidden, inside, plain_id
from dealer_xl.office.folder.saving import FileWrite, save_all

FLAVOURS = (PurePosixPath, PureWindowsPath)
INSIDE = (
    "客户档案.xlsx",
    "信函/HD1/XH1_张三.docx",
    "备份/上次校验所见.json",
    "总结/2026年10月工作总结.docx",
    "a.b",
    "-",
)
OUTSIDE = (
    "", ".", "..", "../x", "a/../x", "a/./x", "a//x", "/x", "//server/share/x", "x/",
    "\\x", "\\Users\\x", "a\\..\\..\\x", "..\\x", "\\\\server\\share\\x", "\\\\?\\C:\\x", "\\\\.\\pipe\\x",
    "C:", "C:x.txt", "C:/x", "C:\\x", "a/C:x", "x.xlsx:stream", "x::$DATA",
    ".. /x", "... /x", "a/.. ", "a /x", " a", "a.", "a/b. ", "a\0b", "a\nb", "a\x7fb",
    "CON", "con.txt", "a/NUL", "COM1.docx", "lpt¹", "aux .txt", "CONIN$", 'a"b', "a<b", "a|b", "a?b", "a*b",
)  # fmt: skip


@pytest.mark.parametrize("path", INSIDE)
def test_what_a_command_writes_is_a_path_inside_on_every_system(path: str) -> None:
    assert inside(path) == path


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_could_lead_elsewhere_on_any_system_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not inside"):
        inside(path)


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("path", [*INSIDE, *OUTSIDE])
def test_what_is_taken_lies_below_the_folder_as_either_system_reads_it(
    path: str, flavour: type[PurePath]
) -> None:
    try:
        taken = flavour(inside(path))
    except ValueError:
        return
    shop = flavour("/店") if flavour is PurePosixPath else flavour("D:/店")
    assert (shop / taken).parts == (*shop.parts, *path.split("/"))


STRANGE_IDS = (
    "", ".", "..", "x", "备份", "20261122-093005-", "20261122-093005-a/b", "20261122-093005-a\\b",
    "20261122-093005-a/..", "../20261122-093005-a", "20261122-093005-a.", "20261122-093005-a:b",
)  # fmt: skip


@pytest.mark.parametrize("name", STRANGE_IDS)
def test_an_id_that_no_command_is_given_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        plain_id(name)


@pytest.mark.parametrize("name", ["20261122-093005-check", "20261122-093005-2-check", "20261122-093005-撤销"])
def test_an_id_that_a_command_is_given_is_taken(name: str) -> None:
    assert plain_id(name) == name


@pytest.mark.parametrize(
    ("mode", "tag", "found"),
    [
        (stat.S_IFLNK, 0, True),
        (stat.S_IFLNK, 0xA000000C, True),  # a symbolic link of Windows
        (stat.S_IFDIR, 0xA0000003, True),  # a junction
        (stat.S_IFDIR, 0, False),
        (stat.S_IFREG, 0, False),
        (stat.S_IFREG, 0x9000001A, False),  # a file of OneDrive that lies in the cloud
        (stat.S_IFREG, 0x80000013, False),  # a file that the drive keeps once for several
    ],
)
def test_links_and_junctions_are_told_from_files_that_lie_elsewhere(mode: int, tag: int, found: bool) -> None:
    assert is_link(SimpleNamespace(st_mode=mode, st_reparse_tag=tag)) is found  # type: ignore[arg-type]


@pytest.fixture(params=[True, False], ids=["by handle", "as on Windows"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a shop, reached in either way."""
    if not request.param:
        monkeypatch.setattr(anchored, "BY_HANDLE", False)
        for module in (anchored, disk):
            monkeypatch.setattr(module, "NO_FOLLOW", 0)
    folder = tmp_path / "店"
    folder.mkdir()
    (folder / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "张三")])]))
    (tmp_path / "别处").mkdir()
    return folder


def change(folder: Path) -> None:
    """Write into the shop's workbook, and a letter beside."""
    store = FolderStore(folder)
    store.workbook(BOOK).write_cells(CALLS, "校验", {4: "改"})
    store.stage_file(PurePath("信函/HD1/XH1_张三.docx"), b"letter")
    store.save("letters")


def moved_and_linked(path: Path) -> Path:
    """Move something out of the shop, and let a link stand for it."""
    target = path.parent.parent / "别处" / path.name
    path.rename(target)
    path.symlink_to(target)
    return target


def test_a_workbook_that_is_a_link_is_refused_by_name_and_stays_as_it_is(shop: Path) -> None:
    target = moved_and_linked(shop / BOOK)
    before = target.read_bytes()

    with pytest.raises(LinkError, match=f"“{BOOK}”是指向别处的链接"):
        change(shop)

    assert target.read_bytes() == before
    assert (shop / BOOK).is_symlink()


def test_an_undo_of_a_workbook_that_became_a_link_is_refused(shop: Path) -> None:
    change(shop)
    target = moved_and_linked(shop / BOOK)
    before = target.read_bytes()

    with pytest.raises(LinkError, match=BOOK):
        undo(shop)

    assert target.read_bytes() == before
    assert (shop / BOOK).is_symlink()


@pytest.mark.parametrize("name", ["备份", "信函", "信函/HD1"])
def test_a_folder_that_is_a_link_is_named_and_nothing_behind_it_changes(shop: Path, name: str) -> None:
    other = shop.parent / "别处"
    (shop / name).parent.mkdir(exist_ok=True)
    (shop / name).symlink_to(other)

    with pytest.raises(LinkError, match=f"“{name}”"):
        change(shop)

    assert list(other.iterdir()) == []


def test_a_link_for_a_journal_is_not_read_and_nothing_is_put_at_its_end(shop: Path) -> None:
    other = shop.parent / "别处" / "x"
    other.write_bytes(b"theirs")
    (shop / "备份").mkdir()
    (shop / "备份" / "日志.jsonl").symlink_to(other)

    assert list(undoable(shop)) == []
    with pytest.raises(LinkError, match="日志"):
        save_all(shop, "check", [FileWrite(PurePath("a.txt"), None, b"1")], keep=30)

    assert other.read_bytes() == b"theirs"
    assert not (shop / "a.txt").exists()


def test_a_template_behind_a_link_is_not_read(shop: Path) -> None:
    (shop / "模板").mkdir()
    (shop.parent / "别处" / "私人.docx").write_bytes(b"private")
    (shop / "模板" / "活动邀请函.docx").symlink_to(shop.parent / "别处" / "私人.docx")

    with pytest.raises(LinkError, match="活动邀请函"):
        FolderStore(shop).template("活动邀请函")


def test_a_shop_whose_own_folder_is_reached_by_a_link_is_worked_in(shop: Path) -> None:
    other = shop.parent / "链接"
    other.symlink_to(shop)

    change(other)

    assert undo(FolderStore(other).folder).command == "letters"


def test_a_workbook_with_a_second_name_is_told_and_not_parted_from_it(shop: Path) -> None:
    second = shop.parent / "别处" / BOOK
    os.link(shop / BOOK, second)
    before = second.read_bytes()

    with pytest.raises(SharedFileError, match=f"《{BOOK}》.*硬链接"):
        change(shop)

    assert second.samefile(shop / BOOK)
    assert second.read_bytes() == before


def test_a_link_named_like_an_old_backup_stays_with_all_behind_it(shop: Path) -> None:
    other = shop.parent / "别处"
    (other / "私人.txt").write_bytes(b"private")
    (shop / "备份").mkdir()
    (shop / "备份" / "20200101-000000-check").symlink_to(other)
    for turn in range(3):
        before = b"%d" % (turn - 1) if turn else None
        save_all(shop, "check", [FileWrite(PurePath("a.txt"), before, b"%d" % turn)], keep=1)

    assert (other / "私人.txt").read_bytes() == b"private"


def test_a_link_inside_a_folder_that_is_taken_away_goes_alone(shop: Path) -> None:
    other = shop.parent / "别处"
    (other / "私人.txt").write_bytes(b"private")
    (shop / "旧" / "更旧").mkdir(parents=True)
    (shop / "旧" / "更旧" / "链接").symlink_to(other)

    disk.remove_folder(shop / "旧")

    assert not (shop / "旧").exists()
    assert (other / "私人.txt").read_bytes() == b"private"


@pytest.mark.parametrize(
    ("name", "lay", "refusal"),
    [
        ("备份", Path.touch, NotAFolderError),
        ("信函", Path.touch, NotAFolderError),
        ("模板", Path.touch, NotAFolderError),
        ("备份/使用中.lock", os.mkfifo, NotAFileError),
        ("信函/HD1/XH1_张三.docx", Path.mkdir, NotAFileError),
    ],
)
def test_what_is_not_what_it_should_be_is_named(
    shop: Path, name: str, lay: Callable[[Path], object], refusal: type[DealerXlError]
) -> None:
    (shop / name).parent.mkdir(exist_ok=True, parents=True)
    lay(shop / name)

    with pytest.raises(refusal, match=PurePath(name).name):
        FolderStore(shop).template("没有") if name == "模板" else change(shop)


@pytest.mark.parametrize(
    ("call", "named"), [("mkdir", "店"), ("open", "备份")], ids=["the shop's folder", "the folder of backups"]
)
def test_where_nothing_may_be_written_the_folder_is_named_and_no_file_of_ours(
    shop: Path, monkeypatch: pytest.MonkeyPatch, call: str, named: str
) -> None:
    real = getattr(os, call)

    def forbidden(path: object, *words: int, **at: int) -> object:
        if call == "mkdir" or words[0] & os.O_CREAT:
            raise PermissionError(13, "read-only")
        return real(path, *words, **at)

    monkeypatch.setattr(os, call, forbidden)

    with pytest.raises(FolderHeldError, match=f"文件夹“{named}”不能写入"):
        change(shop)


def test_the_journal_names_letters_by_their_number_and_undo_and_redo_find_them(shop: Path) -> None:
    change(shop)
    journal = (shop / "备份" / "日志.jsonl").read_text(encoding="utf-8")
    letter = PurePath("信函/HD1/XH1_张三.docx")

    assert "张三" not in journal
    assert set(read_journal(shop).entries[0].files) == {BOOK, "信函/HD1/XH1_＊.docx"}
    assert letter in undoable(shop)[0].files
    assert undo(shop).removed == (letter,)
    assert not (shop / letter).exists()
    assert undo(shop, id=read_journal(shop).entries[-1].id).restored == (PurePath(BOOK), letter)
    assert (shop / letter).read_bytes() == b"letter"
    assert "张三" not in (shop / "备份" / "日志.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("信函/HD1/XH1_张三.docx", "信函/HD1/XH1_＊.docx"),
        ("信函/HD_1/XH1_张_三.docx", "信函/HD_1/XH1_＊.docx"),
        ("信函/HD1/XH1__CON.docx", "信函/HD1/XH1__＊.docx"),
        ("信函/HD1/一.docx", "信函/HD1/一.docx"),
        ("客户_档案.xlsx", "客户_档案.xlsx"),
    ],
)
def test_only_whom_a_letter_is_for_is_hidden(path: str, shown: str) -> None:
    assert hidden(path) == shown


def test_two_letters_of_one_number_keep_their_names_in_the_journal_lest_one_is_lost(shop: Path) -> None:
    letters = [PurePath(f"信函/XH1_{name}.docx") for name in ("张三", "李四")]
    save_all(shop, "letters", [FileWrite(letter, None, b"x") for letter in letters], keep=30)

    assert undo(shop).removed == tuple(letters)


def test_a_path_tells_its_name_and_its_place_in_the_shop(shop: Path) -> None:
    root = anchored.anchored(shop)
    path = root / "信函" / "一.docx"

    assert isinstance(path, AnchoredPath)
    assert (path.name, path.stem, path.suffix, path.label) == ("一.docx", "一", ".docx", "信函/一.docx")
    assert (root.name, root.label, root.parent, path.parent.name) == ("店", "店", root, "信函")
    assert [folder.name for folder in (path / "二").above()] == ["信函", "一.docx"]
