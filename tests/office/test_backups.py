"""All files of a command are written or none, and any command can be taken back, byte for byte."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

import pytest

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk, saving
from dealer_xl.office.folder.backups import (
    BackupMissingError,
    ChangedSinceError,
    NothingToUndoError,
    undo,
)
from dealer_xl.office.folder.disk import DiskError, DiskFullError, FileHeldError
from dealer_xl.office.folder.holders import WorkbookOpenError
from dealer_xl.office.folder.journal import read_journal
from dealer_xl.office.folder.saving import FileWrite, save_all

A, B, LETTER = PurePath("甲.xlsx"), PurePath("乙.xlsx"), PurePath("信函/一.docx")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Make a folder with two files."""
    (tmp_path / A).write_bytes(b"a1")
    (tmp_path / B).write_bytes(b"b1")
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    """Read all files but the backups."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    inside = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in inside.items() if not name.startswith("备份/")}


def save(folder: Path, command: str, contents: dict[PurePath, bytes], *, keep: int = 30) -> str:
    """Save new contents over what is there."""
    writes = [FileWrite(path, read(folder / path), content) for path, content in contents.items()]
    return save_all(folder, command, writes, keep=keep)


def read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def test_a_save_keeps_what_was_there_and_tells_the_journal_no_contents(shop: Path) -> None:
    name = save(shop, "letters", {A: b"a2", LETTER: b"letter"})

    assert files(shop) == {"甲.xlsx": b"a2", "乙.xlsx": b"b1", "信函/一.docx": b"letter"}
    assert (shop / "备份" / name / A).read_bytes() == b"a1"
    told = json.loads((shop / "备份" / "日志.jsonl").read_text(encoding="utf-8"))
    assert (told["command"], set(told["files"])) == ("letters", {"甲.xlsx", "信函/一.docx"})
    assert told["files"]["信函/一.docx"]["before"] is None


def test_undo_puts_every_byte_back_and_takes_made_files_away(shop: Path) -> None:
    before = files(shop)
    save(shop, "letters", {A: b"a2", LETTER: b"letter"})

    done = undo(shop)

    assert files(shop) == before
    assert (done.command, done.restored, done.removed) == ("letters", (A,), (LETTER,))
    assert (shop / "备份" / done.id / LETTER).read_bytes() == b"letter"


def test_each_undo_walks_back_one_more_command(shop: Path) -> None:
    states = [files(shop)]
    for command, content in (("check", b"a2"), ("today", b"a3"), ("plan", b"a4")):
        save(shop, command, {A: content})
        states.append(files(shop))

    for command, state in zip(("plan", "today", "check"), reversed(states[:-1]), strict=True):
        assert undo(shop).command == command
        assert files(shop) == state
    with pytest.raises(NothingToUndoError, match="没有可以撤销"):
        undo(shop)


def test_an_undo_can_be_undone_by_its_id_and_then_undone_again(shop: Path) -> None:
    save(shop, "check", {A: b"a2"})
    after = files(shop)

    taken_back = undo(shop)
    undo(shop, id=taken_back.id)
    assert files(shop) == after

    assert undo(shop).command == "check"
    assert files(shop)["甲.xlsx"] == b"a1"


def test_a_command_after_an_undo_is_the_next_to_be_undone(shop: Path) -> None:
    save(shop, "check", {A: b"a2"})
    undo(shop)
    save(shop, "today", {A: b"a9"})

    assert undo(shop).command == "today"
    assert files(shop)["甲.xlsx"] == b"a1"


def test_an_undo_that_would_lose_later_changes_is_refused(shop: Path) -> None:
    save(shop, "check", {A: b"a2", B: b"b2"})
    (shop / A).write_bytes(b"by hand")
    before = files(shop)

    with pytest.raises(ChangedSinceError, match="《甲"):
        undo(shop)

    assert files(shop) == before


def test_an_undo_without_its_backup_is_refused(shop: Path) -> None:
    name = save(shop, "check", {A: b"a2"})
    (shop / "备份" / name / A).write_bytes(b"something else")

    with pytest.raises(BackupMissingError):
        undo(shop)


def test_an_unknown_or_undone_id_cannot_be_undone(shop: Path) -> None:
    name = save(shop, "check", {A: b"a2"})
    undo(shop)

    for one in (name, "20260101-000000-check"):
        with pytest.raises(NothingToUndoError):
            undo(shop, id=one)


def test_only_the_newest_backups_are_kept(shop: Path) -> None:
    names = [save(shop, f"check {turn}", {A: f"a{turn}".encode()}, keep=2) for turn in range(2, 6)]

    kept = {path.name for path in (shop / "备份").iterdir() if path.is_dir()}

    assert kept == set(names[-2:])
    assert len(read_journal(shop).entries) == 4


def test_a_journal_line_cut_short_is_passed_over(shop: Path) -> None:
    save(shop, "check", {A: b"a2"})
    with (shop / "备份" / "日志.jsonl").open("ab") as journal:
        journal.write(b'{"id": "2026\n{"id": 1}\n[]\n')

    assert undo(shop).command == "check"


CALLS_OF_A_SAVE = ("write_beside", "replace", "append_line", "make_folder", "settle")


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, call: str, turn: int, error: Exception) -> Iterator[list[int]]:
    """Let the n-th use of one call to the disk fail, before it does anything."""
    real: Callable[..., object] = getattr(disk, call)
    uses: list[int] = []

    def counted(*arguments: object) -> object:
        uses.append(len(uses) + 1)
        if len(uses) == turn:
            raise error
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(disk, call, counted)
        yield uses


@pytest.mark.parametrize("call", CALLS_OF_A_SAVE)
def test_whatever_fails_in_a_save_all_files_are_as_they_were(
    shop: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before, turn = files(shop), 0
    while True:
        turn += 1
        with failing(monkeypatch, call, turn, DiskError(shop / A)) as uses:
            try:
                save(shop, "letters", {A: b"a2", B: b"b2", LETTER: b"letter"})
            except DiskError:
                assert files(shop) == before
                continue
        assert len(uses) < turn
        break

    assert turn > 1
    assert files(shop) == {"甲.xlsx": b"a2", "乙.xlsx": b"b2", "信函/一.docx": b"letter"}
    assert undo(shop).command == "letters"
    assert files(shop) == before


def test_a_save_cut_off_between_two_files_can_be_undone(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(shop)

    def cut_off(*_: object) -> None:
        os._exit(0)

    pid = os.fork()
    if pid == 0:
        monkeypatch.setattr(saving, "_exchange", cut_off_after_first(saving._exchange, cut_off))
        save(shop, "check", {A: b"a2", B: b"b2"})
        os._exit(1)
    assert os.waitpid(pid, 0)[1] == 0

    assert (files(shop)["甲.xlsx"], files(shop)["乙.xlsx"]) == (b"a2", b"b1")
    assert undo(shop).restored == (A,)
    left = {name for name in files(shop) if not name.startswith(".~dealer-xl-")}
    assert left == set(before)


def cut_off_after_first(
    real: Callable[[Path, Path | None], None], stop: Callable[..., None]
) -> Callable[[Path, Path | None], None]:
    """Do the first exchange, then stop the process as a power cut does."""
    done: list[Path] = []

    def exchange(path: Path, temporary: Path | None) -> None:
        if done:
            stop()
        done.append(path)
        real(path, temporary)

    return exchange


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (PermissionError(13, "held"), FileHeldError),
        (OSError(errno.ENOSPC, "full"), DiskFullError),
        (OSError(errno.EDQUOT, "quota"), DiskFullError),
        (OSError(errno.EIO, "drive"), DiskError),
    ],
)
def test_faults_of_the_system_become_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, refusal: type[DealerXlError]
) -> None:
    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(refusal, match="《甲"):
        disk.write_beside(tmp_path / A, b"new")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("held_for", "is_written"), [(3, True), (99, False)])
def test_a_file_held_for_a_moment_is_waited_for(
    shop: Path, monkeypatch: pytest.MonkeyPatch, held_for: int, is_written: bool
) -> None:
    waited: list[float] = []
    real, tries = Path.replace, iter(range(100))

    def replace(temporary: Path, path: Path) -> Path:
        if next(tries) < held_for:
            raise PermissionError(13, "held")
        return real(temporary, path)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr("time.sleep", waited.append)
    temporary = disk.write_beside(shop / A, b"a2")

    if is_written:
        disk.replace(temporary, shop / A)
        assert (shop / A).read_bytes() == b"a2"
    else:
        with pytest.raises(FileHeldError, match="占用"):
            disk.replace(temporary, shop / A)
        assert (shop / A).read_bytes() == b"a1"
        assert 2 < sum(waited) < 3


def test_a_workbook_that_is_open_is_not_put_back(shop: Path) -> None:
    save(shop, "check", {A: b"a2"})
    (shop / f".~lock.{A}#").write_text(",小周,DESKTOP-1,05.01.2026 08:30,;", encoding="utf-8")

    with pytest.raises(WorkbookOpenError, match="小周"):
        undo(shop)


def test_a_trial_undo_tells_what_would_come_back_and_changes_nothing(shop: Path) -> None:
    save(shop, "check", {A: b"a2"})
    after = files(shop)

    assert undo(shop, dry_run=True).restored == (A,)
    assert files(shop) == after


def test_what_a_run_cut_off_left_is_swept_when_it_is_old(shop: Path) -> None:
    old, young = shop / ".~dealer-xl-old.xlsx", shop / ".~dealer-xl-young.xlsx"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))

    save(shop, "check", {A: b"a2"})

    assert (old.exists(), young.exists()) == (False, True)


def test_backups_that_cannot_be_taken_away_stop_no_save(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(shop, "check", {A: b"a2"})

    with failing(monkeypatch, "remove_folder", 1, DiskError(shop)):
        save(shop, "today", {A: b"a3"}, keep=1)

    assert files(shop)["甲.xlsx"] == b"a3"


def test_a_file_keeps_its_mode(shop: Path) -> None:
    (shop / A).chmod(0o640)

    save(shop, "check", {A: b"a2", LETTER: b"letter"})

    assert (shop / A).stat().st_mode & 0o777 == 0o640
    assert (shop / LETTER).stat().st_mode & 0o600 == 0o600
