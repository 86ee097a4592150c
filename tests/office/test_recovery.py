"""After a power cut between two files the next run puts the shop in order, and says so."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path, PurePath

import pytest
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet

from dealer_xl.office.folder import disk, saving
from dealer_xl.office.folder.backups import redo, undo, undoable
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.journal import Journal, State, read_journal
from dealer_xl.office.folder.open_markers import WorkbookOpenError
from dealer_xl.office.folder.recovery import Recovered, UnfinishedError, recover
from dealer_xl.office.folder.saving import FileWrite, save_all

A, B, LETTER = PurePath("甲.xlsx"), PurePath("乙.xlsx"), PurePath("信函/一.docx")
OLD, NEW = {A: b"a1", B: b"b1", LETTER: None}, {A: b"a2", B: b"b2", LETTER: b"letter"}


ENTRY = (
    '{"id": %s, "when": "%s", "who": "", "command": "check", "files": {"%s": {"before": null, "after": "0"}}}'
)


def cut_off(folder: Path, module: object, name: str, turn: int) -> None:
    """Save in a process that dies at the n-th use of a function."""
    child = os.fork()
    if child:
        assert os.waitpid(child, 0)[1] == 0
        return
    real: Callable[..., object] = getattr(module, name)
    uses: list[int] = []

    def counted(*words: object) -> object:
        uses.append(1)
        if len(uses) == turn:
            os._exit(0)
        return real(*words)

    setattr(module, name, counted)
    save_all(folder, "letters", [FileWrite(path, OLD[path], NEW[path]) for path in OLD], keep=30)
    os._exit(1)


def once(real: Callable[..., None]) -> Callable[..., None]:
    """Make a function do its work once; then the process dies."""
    uses = iter([real])

    def act(*words: object) -> None:
        next(uses, lambda *_: os._exit(0))(*words)

    return act


def contents(folder: Path) -> dict[PurePath, bytes | None]:
    return {path: disk.read_if_there(folder / path) for path in OLD}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Make a folder with two files."""
    for path in (A, B):
        disk.write_atomic(tmp_path / path, OLD[path])
    return tmp_path


@pytest.mark.parametrize("exchanged", [0, 1, 2])
def test_a_save_cut_off_between_two_files_is_taken_back(shop: Path, exchanged: int) -> None:
    cut_off(shop, saving, "_exchange", exchanged + 1)
    assert sum(content == NEW[path] for path, content in contents(shop).items()) == exchanged

    told = recover(shop)

    assert told == Recovered(finished=False)
    assert told.message == "上次操作中断，已恢复原样。"
    assert contents(shop) == OLD
    assert recover(shop) is None
    assert [path.name for path in shop.rglob("*") if path.name.startswith(".~")] == []
    assert list(undoable(shop)) == []


def test_a_save_cut_off_after_its_last_file_is_finished(shop: Path) -> None:
    cut_off(shop, saving, "write_state", 1)

    told = recover(shop)

    assert told == Recovered(finished=True)
    assert "都已写好" in told.message
    assert contents(shop) == NEW
    assert undo(shop).command == "letters"
    assert contents(shop) == OLD


def test_the_next_save_puts_in_order_what_was_cut_off_meanwhile(shop: Path) -> None:
    cut_off(shop, saving, "_exchange", 2)
    disk.write_atomic(shop / A, OLD[A])
    cut_off(shop, saving, "_exchange", 2)

    with pytest.raises(saving.ChangedMeanwhileError):
        save_all(shop, "check", [FileWrite(A, NEW[A], b"a3")], keep=30)

    assert contents(shop) == OLD


def test_an_undo_cut_off_is_taken_back_and_can_be_done_again(shop: Path) -> None:
    save_all(shop, "letters", [FileWrite(path, OLD[path], NEW[path]) for path in OLD], keep=30)
    child = os.fork()
    if child == 0:
        saving._exchange = lambda *_: os._exit(0)
        undo(shop)
    os.waitpid(child, 0)

    assert undo(shop).command == "letters"
    assert contents(shop) == OLD
    assert redo(shop).command == "letters"
    assert contents(shop) == NEW


def test_an_undo_cut_off_in_its_last_step_can_be_redone_at_once(shop: Path) -> None:
    save_all(shop, "letters", [FileWrite(path, OLD[path], NEW[path]) for path in OLD], keep=30)
    child = os.fork()
    if child == 0:
        setattr(saving, "write_state", lambda *_: os._exit(0))  # noqa: B010 - it is another module's
        undo(shop)
    os.waitpid(child, 0)

    assert redo(shop).command == "letters"
    assert contents(shop) == NEW


def test_a_file_whose_backup_is_gone_is_left_alone_and_told(shop: Path) -> None:
    cut_off(shop, saving, "_exchange", 3)
    next((shop / "备份").glob(f"*/{A}")).unlink()

    told = recover(shop)

    assert told
    assert told.left == (A.name,)
    assert f"《{A}》" in told.message
    assert contents(shop) == {A: b"a2", B: b"b1", LETTER: None}
    assert recover(shop) is None


def test_what_is_open_is_not_put_back_until_it_is_closed(shop: Path) -> None:
    cut_off(shop, saving, "_exchange", 2)
    mark = shop / f"~${A}"
    mark.write_bytes(b"")

    with pytest.raises(WorkbookOpenError):
        recover(shop)

    mark.unlink()
    assert recover(shop) == Recovered(finished=False)
    assert contents(shop) == OLD


def test_a_store_puts_itself_in_order_and_a_trial_refuses_to(tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "张三")])]))
    before = (tmp_path / BOOK).read_bytes()
    child = os.fork()
    if child == 0:
        store = FolderStore(tmp_path)
        store.workbook(BOOK).write_cells(CALLS, "校验", {4: "改"})
        store.stage_file(LETTER, b"letter")
        saving._exchange = once(saving._exchange)
        store.save("check")
    os.waitpid(child, 0)
    assert (tmp_path / BOOK).read_bytes() != before

    with pytest.raises(UnfinishedError, match="dry-run"):
        FolderStore(tmp_path, dry_run=True)
    with pytest.raises(UnfinishedError):
        undo(tmp_path, dry_run=True)
    FolderStore(tmp_path)

    assert (tmp_path / BOOK).read_bytes() == before
    FolderStore(tmp_path, dry_run=True)


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_torn_last_line_of_the_journal_spoils_no_other(shop: Path, cut: int) -> None:
    save_all(shop, "check", [FileWrite(A, b"a1", b"a2")], keep=30)
    journal = shop / "备份" / "日志.jsonl"
    whole = journal.read_bytes()
    save_all(shop, "today", [FileWrite(A, b"a2", b"a3")], keep=30)
    journal.write_bytes(journal.read_bytes()[: len(whole) + cut])
    disk.write_atomic(shop / A, b"a2")

    save_all(shop, "plan", [FileWrite(A, b"a2", b"a4")], keep=30)

    assert [entry.command for entry in read_journal(shop).entries] == ["check", "plan"]
    assert undo(shop).command == "plan"


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "x"}',
        '{"state": "done"}',
        '{"id": "x", "state": "other"}',
        "null",
        '{"id": [], "files": {}}',
        '{"id": ["x"], "state": "done"}',
        ENTRY % ('["x"]', "2026-11-22T10:00:00+08:00", "a.xlsx"),
        ENTRY % ('"x"', "today", "a.xlsx"),
        ENTRY % ('"../x"', "2026-11-22T10:00:00+08:00", "a.xlsx"),
        ENTRY % ('"x"', "2026-11-22T10:00:00+08:00", "../a.xlsx"),
        ENTRY % ('"x"', "2026-11-22T10:00:00+08:00", "/a.xlsx"),
    ],
)
def test_a_line_that_tells_nothing_is_passed_over(shop: Path, line: str) -> None:
    save_all(shop, "check", [FileWrite(A, b"a1", b"a2")], keep=30)
    with (shop / "备份" / "日志.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(f"{line}\n")

    assert [entry.state for entry in read_journal(shop).entries] == [State.DONE]


def test_a_line_of_an_earlier_version_is_of_a_command_that_was_done(shop: Path) -> None:
    save_all(shop, "check", [FileWrite(A, b"a1", b"a2")], keep=30)
    journal = shop / "备份" / "日志.jsonl"
    told = json.loads(journal.read_text(encoding="utf-8").splitlines()[0])
    del told["state"]
    journal.write_text(json.dumps(told) + "\n", encoding="utf-8")

    assert recover(shop) is None
    assert undo(shop).command == "check"


def test_an_undo_of_something_forgotten_is_its_own_origin(shop: Path) -> None:
    save_all(shop, "undo check", [FileWrite(A, b"a1", b"a2")], keep=30, undoes="forgotten")
    journal = read_journal(shop)

    assert journal.origin(journal.entries[0]) == journal.entries[0]
    assert journal.last_undo() is None
    assert Journal().last_undo() is None
