"""All files of a command are written or none, and any command can be taken back, byte for byte."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePath

import pytest

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk, saving
from dealer_xl.office.folder.anchored import Place
from dealer_xl.office.folder.backups import (
    BackupMissingError,
    ChangedSinceError,
    NothingToRedoError,
    NothingToUndoError,
    redo,
    undo,
    undoable,
)
from dealer_xl.office.folder.io_errors import DiskError, DiskFullError, FileHeldError
from dealer_xl.office.folder.journal import read_journal
from dealer_xl.office.folder.new_files import add_files
from dealer_xl.office.folder.open_markers import WorkbookOpenError
from dealer_xl.office.folder.recovery import recover
from dealer_xl.office.folder.saving import (
    ChangedMeanwhileError,
    FileWrite,
    HalfWrittenError,
    ResultKeptError,
    save_all,
)

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
    lines = (shop / "备份" / "日志.jsonl").read_text(encoding="utf-8").splitlines()
    told, ended = map(json.loads, lines)
    assert (told["state"], ended) == ("begun", {"id": name, "state": "done"})
    assert (told["command"], set(told["files"])) == ("letters", {"甲.xlsx", "信函/一.docx"})
    assert told["files"]["信函/一.docx"]["before"] is None


def test_undo_takes_the_folders_away_that_it_leaves_empty_and_no_others(shop: Path) -> None:
    (shop / "自己的").mkdir()
    (shop / "信函").mkdir()
    (shop / "信函" / "自己的信.docx").write_bytes(b"own")
    save(shop, "letters", {PurePath("信函/HD1/一.docx"): b"one", PurePath("总结/二.docx"): b"two"})

    undo(shop)

    assert {path.name for path in shop.iterdir() if path.is_dir()} == {"自己的", "信函", "备份"}
    assert [path.name for path in (shop / "信函").iterdir()] == ["自己的信.docx"]

    redo(shop)

    assert (shop / "信函/HD1/一.docx").read_bytes() == b"one"


def test_undo_puts_every_byte_back_and_takes_made_files_away(shop: Path) -> None:
    before = files(shop)
    save(shop, "letters", {A: b"a2", LETTER: b"letter"})

    done = undo(shop)

    assert files(shop) == before
    assert (done.command, done.restored, done.removed) == ("letters", (A,), (LETTER,))
    assert (shop / "备份" / read_journal(shop).entries[-1].id / LETTER).read_bytes() == b"letter"


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

    undo(shop)
    undo(shop, id=read_journal(shop).entries[-1].id)
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


CALLS_OF_A_SAVE = ("write_beside", "replace", "append_line", "make_folder", "fsync_dir")


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, call: str, turn: int, error: Exception) -> Iterator[list[int]]:
    """Make the n-th use of one call to the disk fail, before it does anything."""
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


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (PermissionError(13, "held"), FileHeldError),
        (OSError(errno.ENOSPC, "full"), DiskFullError),
        (OSError(errno.EDQUOT, "quota"), DiskFullError),
        (OSError(errno.EIO, "drive"), DiskError),
        (OSError(errno.EROFS, "read only"), FileHeldError),
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


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch, held_path: Path, times: int) -> Iterator[list[float]]:
    """Hold a file as another program for some tries; yield how long was waited."""
    waited: list[float] = []
    real, tries = os.replace, iter(range(times))

    def replace(temporary: Path | str, path: Path | str, **at: int) -> None:
        folder = Path(f"/proc/self/fd/{at['dst_dir_fd']}").readlink() if at else Path()
        if folder / path == held_path and next(tries, None) is not None:
            raise PermissionError(13, "WinError 5, 32 and 33 become this in Python")
        real(temporary, path, **at)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        patch.setattr("time.sleep", waited.append)
        yield waited


@pytest.mark.parametrize("times", range(1, 8))
def test_a_file_held_for_a_moment_is_waited_for(
    shop: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    with held(monkeypatch, shop / A, times) as waited:
        save(shop, "check", {A: b"a2"})

    assert files(shop) == {"甲.xlsx": b"a2", "乙.xlsx": b"b1"}
    assert len(waited) == times
    assert sum(waited) < 3


def test_the_result_for_a_workbook_that_stays_held_is_kept_beside_it_and_told(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(shop)

    with held(monkeypatch, shop / B, 99) as waited, pytest.raises(ResultKeptError) as refusal:
        save(shop, "letters", {A: b"a2", B: b"b2", LETTER: b"letter"})

    after = files(shop)
    (kept,) = set(after) - set(before)
    assert after.pop(kept) == b"b2"
    assert after == before
    assert f"《{kept}》" in str(refusal.value)
    assert 2 < sum(waited) < 3
    assert not list((shop / "备份").glob("*-letters"))


def test_a_held_file_that_is_no_workbook_keeps_nothing_beside(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(shop, "letters", {LETTER: b"old"})
    before = files(shop)

    with held(monkeypatch, shop / LETTER, 99), pytest.raises(FileHeldError):
        save(shop, "letters", {A: b"a2", LETTER: b"new"})

    assert files(shop) == before


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


def test_what_a_run_cut_off_left_is_swept(shop: Path) -> None:
    (shop / ".~dealer-xl-left.xlsx").write_bytes(b"half")

    save(shop, "check", {A: b"a2"})

    assert set(files(shop)) == {"甲.xlsx", "乙.xlsx"}


def test_backups_that_cannot_be_taken_away_stop_no_save(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(shop, "check", {A: b"a2"})

    with failing(monkeypatch, "remove_folder", 1, DiskError(shop)):
        save(shop, "today", {A: b"a3"}, keep=1)

    assert files(shop)["甲.xlsx"] == b"a3"


def test_a_save_that_fails_crowds_out_no_backup(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = save(shop, "check", {A: b"a2"}, keep=1)

    for _ in range(3):
        with failing(monkeypatch, "replace", 2, DiskError(shop / A)), pytest.raises(DiskError):
            save(shop, "today", {A: b"a3"}, keep=1)

    assert [path.name for path in (shop / "备份").iterdir() if path.is_dir()] == [name]


def test_a_backup_that_the_journal_does_not_know_goes_when_it_is_older_than_all_that_are_kept(
    shop: Path,
) -> None:
    old = shop / "备份" / "20200101-000000-check"
    old.mkdir(parents=True)

    save(shop, "check", {A: b"a2"}, keep=2)
    assert old.is_dir()

    save(shop, "check", {A: b"a3"}, keep=2)
    assert not old.exists()


def test_the_list_tells_what_can_be_undone_newest_first(shop: Path) -> None:
    save(shop, "check", {A: b"a2"})
    save(shop, "letters", {A: b"a3", LETTER: b"letter"})
    save(shop, "today", {A: b"a4"})
    undo(shop)

    listed = undoable(shop)

    assert [(each.command, each.files) for each in listed] == [("letters", (A, LETTER)), ("check", (A,))]
    assert undo(shop, id=listed[0].id).command == "letters"


def test_what_has_no_backup_any_more_is_not_listed(shop: Path) -> None:
    for turn in range(4):
        save(shop, f"check {turn}", {A: f"a{turn}".encode()}, keep=2)

    assert [each.command for each in undoable(shop)] == ["check 3", "check 2"]


def test_each_redo_takes_back_one_more_undo(shop: Path) -> None:
    states = [files(shop)]
    for command, content in (("check", b"a2"), ("today", b"a3")):
        save(shop, command, {A: content, LETTER: content})
        states.append(files(shop))
    undo(shop)
    undo(shop)

    assert (redo(shop).command, files(shop)) == ("check", states[1])
    assert (redo(shop).command, files(shop)) == ("today", states[2])
    with pytest.raises(NothingToRedoError):
        redo(shop)
    assert (undo(shop).command, files(shop)) == ("today", states[1])
    assert (redo(shop).command, files(shop)) == ("today", states[2])


def test_a_command_after_an_undo_leaves_nothing_to_redo(shop: Path) -> None:
    save(shop, "check", {A: b"a2"})
    undo(shop)
    save(shop, "today", {A: b"a9"})

    with pytest.raises(NothingToRedoError, match="不是撤销"):
        redo(shop)


def test_there_is_nothing_to_redo_where_nothing_was_done(shop: Path) -> None:
    with pytest.raises(NothingToRedoError):
        redo(shop)


def test_a_trial_redo_tells_what_would_come_back_and_changes_nothing(shop: Path) -> None:
    save(shop, "check", {A: b"a2"})
    undo(shop)
    before = files(shop)

    assert redo(shop, dry_run=True).restored == (A,)
    assert files(shop) == before


def test_an_undo_after_a_file_was_put_back_by_hand_puts_back_the_others(shop: Path) -> None:
    save(shop, "check", {A: b"a2", B: b"b2"})
    (shop / A).write_bytes(b"a1")

    assert undo(shop).restored == (B,)
    assert redo(shop).restored == (B,)


def test_a_file_that_was_read_and_changed_meanwhile_stops_the_save(shop: Path) -> None:
    read_only, changed = FileWrite(B, b"b0", b"b0"), FileWrite(A, b"a1", b"a2")

    with pytest.raises(ChangedMeanwhileError, match="乙"):
        save_all(shop, "check", [changed, read_only], keep=30)

    assert files(shop)["甲.xlsx"] == b"a1"


@contextmanager
def changed_after(monkeypatch: pytest.MonkeyPatch, path: Path, act: Callable[[], object]) -> Iterator[None]:
    """Act as another program just after a file was exchanged for the first time."""
    real, acts = disk.replace, iter([act])

    def replace(temporary: Place, target: Place) -> None:
        real(temporary, target)
        if Path(target) == path:
            next(acts, lambda: None)()

    with monkeypatch.context() as patch:
        patch.setattr(disk, "replace", replace)
        yield


@pytest.mark.parametrize("other", [b"by OneDrive", None])
def test_a_file_replaced_under_our_feet_is_noticed_and_nothing_is_written(
    shop: Path, monkeypatch: pytest.MonkeyPatch, other: bytes | None
) -> None:
    def replaced() -> None:
        disk.write_atomic(shop / B, other)

    with changed_after(monkeypatch, shop / A, replaced), pytest.raises(ChangedMeanwhileError, match="乙"):
        save(shop, "check", {A: b"a2", B: b"b2"})

    assert (read(shop / A), read(shop / B)) == (b"a1", other)
    assert recover(shop) is None


def test_a_file_replaced_after_its_exchange_is_left_alone_and_staff_are_asked_to_look(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced() -> None:
        (shop / A).write_bytes(b"by OneDrive")
        (shop / B).write_bytes(b"by OneDrive")

    with changed_after(monkeypatch, shop / A, replaced), pytest.raises(HalfWrittenError, match="自动整理"):
        save(shop, "check", {A: b"a2", B: b"b2"})

    (shop / B).write_bytes(b"b1")
    told = recover(shop)
    assert told
    assert (told.left, told.finished) == ((A.name,), False)
    assert "请核对" in told.message
    assert read(shop / A) == b"by OneDrive"
    assert list((shop / "备份").glob(f"*/{A}"))
    assert recover(shop) is None


def test_new_files_never_replace_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "新店"
    add_files(folder, {"甲.xlsx": b"a1"})

    with pytest.raises(ChangedMeanwhileError):
        add_files(folder, {"甲.xlsx": b"a2", "乙.xlsx": b"b1"})
    add_files(folder, {})

    assert [path.name for path in folder.iterdir()] == ["甲.xlsx"]
    assert read(folder / A) == b"a1"


def test_a_file_keeps_its_mode(shop: Path) -> None:
    (shop / A).chmod(0o640)

    save(shop, "check", {A: b"a2", LETTER: b"letter"})

    assert (shop / A).stat().st_mode & 0o777 == 0o640
    assert (shop / LETTER).stat().st_mode & 0o600 == 0o600


def test_a_backup_of_the_last_day_stays_however_many_there_are(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "FRESH", timedelta(days=1))
    old = shop / "备份" / "20200101-000000-check"
    old.mkdir(parents=True)

    names = [save(shop, "today", {A: f"a{turn}".encode()}, keep=2) for turn in range(2, 6)]

    assert sorted(path.name for path in (shop / "备份").iterdir() if path.is_dir()) == sorted(names)
