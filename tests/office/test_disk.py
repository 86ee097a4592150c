"""What is opened is closed again, and a new file is one like any other."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import pytest

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk, saving
from dealer_xl.office.folder.anchored import anchored
from dealer_xl.office.folder.backups import redo, undo
from dealer_xl.office.folder.io_errors import DiskFullError, FileHeldError, FileTooLongError, SharedFileError
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

    def opened(path: Path, flags: int, mode: int = 0o777, **at: int) -> int:
        handle = real_open(path, flags, mode, **at)
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
    def fail(*_: object, **__: object) -> None:
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


def test_a_line_is_put_at_the_end_of_no_file_elsewhere_that_has_the_same_content(
    shop: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "theirs"
    disk.append_line(shop / "日志", "一")
    os.link(shop / "日志", other)

    disk.append_line(shop / "日志", "二")

    assert other.read_text(encoding="utf-8") == "一\n"
    assert (shop / "日志").read_text(encoding="utf-8") == "一\n二\n"


def test_a_file_that_is_bound_to_another_again_and_again_is_refused(
    shop: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("other")
    disk.append_line(shop / "日志", "一")
    os.link(shop / "日志", other / "1")
    real = disk.write_atomic

    def put(path: Path, content: bytes) -> None:
        real(path, content)
        os.link(path, other / "2")

    monkeypatch.setattr(disk, "write_atomic", put)
    with pytest.raises(SharedFileError):
        disk.append_line(shop / "日志", "二")

    assert [(other / name).read_text(encoding="utf-8") for name in "12"] == ["一\n"] * 2


def test_a_file_that_would_take_all_the_memory_is_not_read(shop: Path) -> None:
    with (shop / A).open("wb") as large:
        large.truncate(1 << 40)

    with pytest.raises(FileTooLongError, match="甲"):
        disk.read_if_there(shop / A)


def test_a_touch_makes_a_file_young_and_nothing_behind_a_link(
    shop: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    for path in (shop / "备份" / "甲", other / "乙"):
        disk.write_atomic(path, b"x")
        os.utime(path, (0, 0))
    (shop / "备份" / "乙").symlink_to(other / "乙")
    (shop / "链接").symlink_to(other)

    for name in ("备份/甲", "备份/乙", "链接/乙", "没有"):
        disk.touch(anchored(shop) / name)

    assert (shop / "备份" / "甲").stat().st_mtime > 0
    assert (other / "乙").stat().st_mtime == 0


@pytest.mark.parametrize(
    ("denied", "owners", "mode"),
    [(0, [(1, 2)], 0o640), (1, [(1, 2), (-1, 2)], 0o640), (2, [(1, 2), (-1, 2)], 0o600)],
    ids=["owner and group", "the group alone", "neither"],
)
def test_a_new_content_belongs_to_whom_the_file_belonged_or_to_no_group_at_all(
    shop: Path, monkeypatch: pytest.MonkeyPatch, denied: int, owners: list[tuple[int, int]], mode: int
) -> None:
    asked: list[tuple[int, int]] = []

    def chown(_: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        if len(asked) <= denied:
            raise PermissionError

    old = os.stat_result((stat.S_IFREG | 0o640, 0, 0, 1, 1, 2, 0, 0, 0, 0))
    monkeypatch.setattr(os, "chown", chown)
    with (shop / A).open("rb") as new:
        assert disk._shared_as(new.fileno(), old) == mode

    assert asked == owners


def test_on_windows_too_a_file_keeps_its_mode(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "POSIX", False)
    (shop / A).chmod(0o600)

    disk.write_atomic(shop / A, b"a2")

    assert (shop / A).stat().st_mode & 0o777 == 0o600
