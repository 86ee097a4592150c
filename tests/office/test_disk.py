"""What is opened is closed again, and a new file is one like any other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import pytest

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk, saving
from dealer_xl.office.folder.backups import redo, undo
from dealer_xl.office.folder.io_errors import DiskFullError, FileHeldError
from dealer_xl.office.folder.lock import holding
from dealer_xl.office.folder.recovery import Recovered, recover
from dealer_xl.office.folder.saving import FileWrite, save_all

A, LETTER = PurePath("甲.xlsx"), PurePath("信函/一.docx")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Make a folder with a file."""
    (tmp_path / A).write_bytes(b"a1")
    return tmp_path


@pytest.fixture
def still_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[int]]:
    """Yield the files that `disk` has opened and not closed."""
    handles: set[int] = set()
    real_open, real_close = os.open, os.close

    def opened(path: Path, flags: int, mode: int = 0o777) -> int:
        handle = real_open(path, flags, mode)
        handles.add(handle)
        return handle

    def closed(handle: int) -> None:
        handles.discard(handle)
        real_close(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", opened)
        patch.setattr(os, "close", closed)
        yield handles
    for handle in handles:
        real_close(handle)


def save(folder: Path) -> str:
    return save_all(folder, "check", [FileWrite(A, b"a1", b"a2"), FileWrite(LETTER, None, b"new")], keep=30)


def test_no_command_leaves_a_file_open_that_another_program_may_want(
    shop: Path, still_open: set[int]
) -> None:
    save(shop)
    assert still_open == set()
    undo(shop)
    redo(shop)
    assert still_open == set()


@pytest.mark.parametrize("call", ["write", "fsync", "read", "lseek", "fstat", "chmod", "replace"])
def test_when_a_call_fails_no_file_stays_open_either(
    shop: Path, monkeypatch: pytest.MonkeyPatch, still_open: set[int], call: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "drive")

    save(shop)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        for act in (lambda: undo(shop), lambda: disk.age(shop / A), lambda: disk.read(shop / A)):
            try_out(act)

    assert still_open == set()


def try_out(act: Callable[[], object]) -> None:
    """Do something that may fail."""
    try:
        act()
    except DealerXlError:
        return


def test_a_folder_that_is_held_shows_its_lock_to_others_while_it_is_open(
    shop: Path, still_open: set[int]
) -> None:
    with holding(shop):
        assert len(still_open) == 1
    assert still_open == set()


def test_new_files_have_the_mode_that_the_system_gives_new_files(shop: Path) -> None:
    mask = os.umask(0o022)
    try:
        save(shop)
        with holding(shop):
            made = [path for path in shop.rglob("*") if path.is_file() and path != shop / A]
            assert {oct(path.stat().st_mode & 0o777) for path in made} == {oct(0o644)}
            assert len(made) == 4
    finally:
        os.umask(mask)


def test_a_content_longer_than_is_read_at_once_is_read_whole(shop: Path) -> None:
    content = bytes(range(256)) * 10_000
    disk.write_atomic(shop / A, content)

    assert disk.read(shop / A) == content


def test_a_disk_that_takes_few_bytes_at_a_time_gets_all_of_them(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write

    def slowly(handle: int, content: bytes) -> int:
        return real(handle, content[:3])

    monkeypatch.setattr(os, "write", slowly)
    disk.write_atomic(shop / A, b"0123456789")
    disk.append_line(shop / "日志", "0123456789")

    assert (shop / A).read_bytes() == b"0123456789"
    assert (shop / "日志").read_bytes() == b"0123456789\n"


def test_what_is_not_there_is_taken_away_without_a_fault(shop: Path) -> None:
    disk.remove(shop / "没有")
    disk.write_atomic(shop / "没有" / "也没有", None)
    disk.drop(shop / "没有")
    disk.drop_empty(shop / "没有")
    disk.remove_folder(shop / "没有")

    assert [path.name for path in shop.iterdir()] == [A.name]


def test_a_save_taken_back_tells_what_failed_first_though_the_journal_cannot_be_told(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFullError(shop / A)

    def held(*_: object) -> None:
        raise FileHeldError(shop / A)

    with monkeypatch.context() as patch:
        patch.setattr(saving, "_exchange", full)
        patch.setattr(saving, "write_state", held)
        with pytest.raises(DiskFullError):
            save(shop)

    assert (shop / A).read_bytes() == b"a1"
    assert recover(shop) == Recovered(finished=False)


def test_a_folder_is_taken_away_with_all_it_holds(shop: Path) -> None:
    for name in ("备份/一/甲", "备份/一/二/乙", "备份/一/二/三/丙"):
        disk.write_atomic(shop / name, b"x")

    disk.remove_folder(shop / "备份")

    assert [path.name for path in shop.iterdir()] == [A.name]


def test_what_was_left_over_is_swept_in_every_folder_but_not_behind_a_link(
    shop: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    for folder in (shop, shop / "信函" / "旧", other):
        disk.write_atomic(folder / ".~dealer-xl-left.xlsx", b"half")
    (shop / "别处").symlink_to(other)

    disk.remove_temp(shop)

    assert [path.name for path in shop.rglob(".~*")] == []
    assert [path.name for path in other.iterdir()] == [".~dealer-xl-left.xlsx"]
    assert (shop / A).is_file()


def test_a_lock_is_as_old_as_the_drives_clock_says(shop: Path) -> None:
    now = (shop / A).stat().st_mtime
    os.utime(shop / A, (now - 100, now - 100))

    assert 99 < disk.age(shop / A) < 130
    assert [path.name for path in shop.iterdir()] == [A.name]


def test_what_is_a_file_is_no_folder_and_what_is_not_there_is_neither(shop: Path) -> None:
    places = (shop / A, shop, shop / "没有", shop / A / "里面")

    assert [disk.is_file(place) for place in places] == [True, False, False, False]
    assert [disk.is_folder(place) for place in places] == [False, True, False, False]
    assert [disk.read_if_there(place) for place in places[2:]] == [None, None]
    assert disk.names(shop / "没有") == []
