"""One program at a time writes in a folder; the others wait, and then say who it is."""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import time
from pathlib import Path

import pytest

from dealer_xl.office.folder import disk, lock
from dealer_xl.office.folder.anchored import AnchoredPath
from dealer_xl.office.folder.io_errors import DiskFullError, FileHeldError
from dealer_xl.office.folder.lock import FolderBusyError, Holder, holding, is_claimed
from dealer_xl.office.folder.saving import ChangedMeanwhileError, FileWrite, save_all

NAME = "使用中.lock"


STRANGE = (
    b"[" * 200_000,
    b'{"token": "t", "pid": "1"}',
    b'{"token": "t", "pid": -1}',
    b'{"token": "t", "pid": 1e30}',
    b'{"token": "t", "pid": 99999999999999999999}',
    b'{"token": ["t"]}',
    b'{"token": "t", "who": 1}',
)
"""What no program can have written as its name."""


def left_by(folder: Path, **facts: object) -> Path:
    """Lay down the lock of another program."""
    there = {"who": "小周", "host": "DESKTOP-1", "pid": 4711, "since": "2026-11-22 10:31:00", "token": "t"}
    (folder / "备份").mkdir(exist_ok=True)
    path = folder / "备份" / NAME
    path.write_text(json.dumps(there | facts), encoding="utf-8")
    return path


def aged(path: Path, seconds: float) -> None:
    """Make a file older than it is."""
    moment = time.time() - seconds
    os.utime(path, (moment, moment))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0.05)
    monkeypatch.setattr(lock, "_PAUSE", 0.01)


def dead_pid() -> int:
    """Return the number of a process that is over."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


def test_a_folder_is_held_while_something_is_done_and_left_as_it_was(tmp_path: Path) -> None:
    with holding(tmp_path):
        told = json.loads((tmp_path / "备份" / NAME).read_text(encoding="utf-8"))
        assert (told["pid"], told["host"]) == (os.getpid(), platform.node())
        assert is_claimed(tmp_path)

    assert not is_claimed(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_is_left_when_something_goes_wrong(tmp_path: Path) -> None:
    with pytest.raises(KeyError), holding(tmp_path):
        raise KeyError

    assert not is_claimed(tmp_path)


def test_the_second_says_who_holds_the_folder_since_when(tmp_path: Path) -> None:
    left_by(tmp_path)

    with pytest.raises(FolderBusyError) as refusal, holding(tmp_path):
        pass

    for word in ("小周", "DESKTOP-1", "10:31", "什么都没有写入", tmp_path.name):
        assert word in str(refusal.value)
    assert is_claimed(tmp_path)


def test_the_second_goes_on_as_soon_as_the_first_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = left_by(tmp_path)
    monkeypatch.setattr("time.sleep", lambda _: path.unlink())

    with holding(tmp_path):
        assert is_claimed(tmp_path)


def test_this_very_process_cannot_hold_it_twice(tmp_path: Path) -> None:
    with holding(tmp_path), pytest.raises(FolderBusyError), holding(tmp_path):
        pass


def test_what_this_process_could_not_take_away_is_no_lock(tmp_path: Path) -> None:
    left_by(tmp_path, host=platform.node(), pid=os.getpid())

    with holding(tmp_path):
        pass


def test_a_lock_of_a_process_that_is_over_is_replaced(tmp_path: Path) -> None:
    left_by(tmp_path, host=platform.node(), pid=dead_pid())

    with holding(tmp_path):
        assert "4711" not in (tmp_path / "备份" / NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_lock_of_a_process_that_lives_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_ours: bool
) -> None:
    left_by(tmp_path, host=platform.node(), pid=os.getppid())

    def forbidden(_: int, __: int) -> None:
        raise PermissionError

    if not is_ours:
        monkeypatch.setattr(os, "kill", forbidden)

    with pytest.raises(FolderBusyError), holding(tmp_path):
        pass


@pytest.mark.parametrize(("seconds", "holds"), [(540, True), (660, False)])
def test_a_lock_of_another_machine_is_abandoned_after_ten_minutes(
    tmp_path: Path, seconds: float, holds: bool
) -> None:
    aged(left_by(tmp_path), seconds)

    if holds:
        with pytest.raises(FolderBusyError), holding(tmp_path):
            pass
    else:
        with holding(tmp_path):
            pass


@pytest.mark.parametrize("content", [b"", b'{"who": "x', b"[]", b'{"other": 1}', b"\xff", b"{}", *STRANGE])
def test_a_lock_without_a_name_in_it_is_replaced_after_a_moment(tmp_path: Path, content: bytes) -> None:
    path = left_by(tmp_path)
    path.write_bytes(content)
    with pytest.raises(FolderBusyError, match="别人"), holding(tmp_path):
        pass

    aged(path, 30)
    with holding(tmp_path):
        pass


def test_on_windows_a_lock_that_cannot_be_taken_away_has_a_living_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_by(tmp_path, host=platform.node())
    monkeypatch.setattr(disk, "POSIX", False)
    with monkeypatch.context() as patch:
        patch.setattr(disk, "remove", lambda path: (_ for _ in ()).throw(FileHeldError(path)))
        with pytest.raises(FolderBusyError), holding(tmp_path):
            pass

    with holding(tmp_path):
        pass


def test_a_lock_that_another_replaced_first_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_by(tmp_path, host=platform.node(), pid=dead_pid())
    real = lock._is_abandoned

    def judged(path: AnchoredPath, holder: Holder) -> bool:
        answer = real(path, holder)
        left_by(tmp_path, since="now")
        return answer

    monkeypatch.setattr(lock, "_is_abandoned", judged)
    with pytest.raises(FolderBusyError), holding(tmp_path):
        pass


def test_who_was_taken_for_dead_notices_before_writing(tmp_path: Path) -> None:
    with holding(tmp_path) as hold:
        hold.see_it_is_ours()
        left_by(tmp_path)
        with pytest.raises(FolderBusyError, match="小周"):
            hold.see_it_is_ours()
        (tmp_path / "备份" / NAME).unlink()
        with pytest.raises(FolderBusyError, match="别人"):
            hold.see_it_is_ours()


def test_a_lock_that_goes_while_it_is_looked_at_is_of_no_age(tmp_path: Path) -> None:
    assert disk.age(tmp_path / "gone") == 0
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_written_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int, __: bytes) -> int:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(DiskFullError), holding(tmp_path):
            pass

    assert not is_claimed(tmp_path)


def count_up(folder: Path, times: int) -> None:
    """Add one to a number in a file, many times, and do it again when another was faster."""
    path = folder / "数.xlsx"
    done = 0
    while done < times:
        now = path.read_bytes()
        try:
            save_all(folder, "check", [FileWrite(Path(path.name), now, str(int(now) + 1).encode())], keep=3)
        except (ChangedMeanwhileError, FolderBusyError):
            continue
        done += 1


def test_programs_at_once_lose_no_write_of_each_other(tmp_path: Path) -> None:
    (tmp_path / "数.xlsx").write_bytes(b"0")
    left_by(tmp_path, host=platform.node(), pid=dead_pid())
    programs = [
        multiprocessing.get_context("fork").Process(target=count_up, args=(tmp_path, 8)) for _ in range(4)
    ]

    for program in programs:
        program.start()
    for program in programs:
        program.join()

    assert (tmp_path / "数.xlsx").read_bytes() == b"32"
    assert not is_claimed(tmp_path)


def test_a_holder_cannot_write_on_the_screen_of_others_what_is_no_name(tmp_path: Path) -> None:
    left_by(tmp_path, who="\x1b[2J" + "小周" * 90)

    with pytest.raises(FolderBusyError, match="小周") as refusal, holding(tmp_path):
        pass

    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value)) < 250
