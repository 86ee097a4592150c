"""Which backups are there, under which names, and what the journal tells of them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePath

import pytest
from excel_books import BOOK, as_xlsx, call, calls_sheet

from dealer_xl.office.folder import journal, lock, saving
from dealer_xl.office.folder.backups import redo, undo, undoable
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.journal import State, read_journal
from dealer_xl.office.folder.lock import holding
from dealer_xl.office.folder.saving import FileWrite, save_all

A = PurePath("甲.xlsx")
SHIPPED_FRESH = saving.FRESH  # each test begins without it
MOMENT = datetime(2026, 11, 22, 9, 30, 5, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Make a folder with a file."""
    (tmp_path / A).write_bytes(b"0")
    return tmp_path


@pytest.fixture
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock."""

    class Still(datetime):
        """Always the same moment."""

        @classmethod
        def now(cls, tz: object = None) -> Still:
            assert tz is None
            return cls(2026, 11, 22, 9, 30, 5, tzinfo=MOMENT.tzinfo)

        def astimezone(self, tz: object = None) -> Still:
            assert tz is None
            return self

    monkeypatch.setattr(saving, "datetime", Still)


def save(folder: Path, command: str = "check", *, keep: int = 30) -> str:
    """Count the file up."""
    now = (folder / A).read_bytes()
    return save_all(folder, command, [FileWrite(A, now, b"%d" % (int(now) + 1))], keep=keep)


def backups(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "备份").iterdir() if path.is_dir())


@pytest.mark.usefixtures("one_second")
def test_commands_of_the_same_second_have_names_of_their_own(shop: Path) -> None:
    names = [save(shop) for _ in range(4)]

    stamp = "20261122-093005"
    assert names == [f"{stamp}-check", f"{stamp}-2-check", f"{stamp}-3-check", f"{stamp}-4-check"]
    assert [each.id for each in undoable(shop)] == names[::-1]
    assert undo(shop).when == MOMENT


@pytest.mark.usefixtures("one_second")
@pytest.mark.parametrize(
    ("command", "name"),
    [("redo 甲/乙: 丙?", "redo-甲-乙-丙"), ("长" * 50, "长" * 40), ("...", "save"), ("", "save")],
)
def test_a_backup_bears_the_commands_name_as_far_as_a_folder_can(shop: Path, command: str, name: str) -> None:
    assert save(shop, command) == f"20261122-093005-{name}"
    assert undoable(shop)[0].command == command


@pytest.mark.parametrize(("keep", "left"), [(-1, 1), (0, 1), (1, 1), (2, 2), (3, 3), (9, 4)])
def test_as_many_backups_are_kept_as_are_wanted_but_always_one(shop: Path, keep: int, left: int) -> None:
    names = [save(shop, keep=30) for _ in range(3)]
    names.append(save(shop, keep=keep))

    assert backups(shop) == sorted(names[-left:])
    assert undo(shop).restored == (A,)


def test_thirty_backups_are_kept_unless_something_else_is_wanted(shop: Path) -> None:
    for _ in range(32):
        save(shop, keep=99)

    undo(shop)
    assert len(backups(shop)) == 30
    save(shop, keep=99)
    undo(shop, keep=99)
    assert len(backups(shop)) == 32
    redo(shop)
    assert len(backups(shop)) == 30


def test_a_store_keeps_thirty_backups_unless_something_else_is_wanted(shop: Path) -> None:
    (shop / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "张三")])]))
    for _ in range(31):
        save(shop, keep=99)
    store = FolderStore(shop)
    store.stage_file(PurePath("a.docx"), b"letter")
    store.save("letters")

    assert len(backups(shop)) == 30


def test_the_backups_of_the_last_twenty_four_hours_stay_and_older_ones_go(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "FRESH", SHIPPED_FRESH)
    young, old = (
        f"{datetime.now().astimezone() - timedelta(hours=hours):%Y%m%d-%H%M%S}-check" for hours in (23, 25)
    )
    for name in (young, old):
        (shop / "备份" / name).mkdir(parents=True)

    last = save(shop, keep=1)

    assert backups(shop) == [young, last]


def test_what_a_shop_put_among_the_backups_itself_stays(shop: Path) -> None:
    own = shop / "备份" / "去年的"
    own.mkdir(parents=True)
    for _ in range(3):
        save(shop, keep=1)

    assert own.is_dir()
    assert len(backups(shop)) == 2


def test_a_backup_of_the_same_second_that_the_journal_does_not_know_goes_with_the_oldest(shop: Path) -> None:
    name = save(shop, keep=1)
    unknown = shop / "备份" / f"{name[:15]}-9-other"
    unknown.mkdir()
    later = shop / "备份" / "29990101-000000-check"
    later.mkdir()
    saving._clear(shop, read_journal(shop).entries, 1)

    assert backups(shop) == [name, later.name]


def test_the_journal_is_written_so_that_people_can_read_it(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "who", lambda: "小周")
    monkeypatch.setattr(lock, "who", lambda: "小周")
    save(shop, "letters")

    text = (shop / "备份" / "日志.jsonl").read_text(encoding="utf-8")
    assert "甲.xlsx" in text
    assert "小周" in text
    assert undoable(shop)[0].who == "小周"
    with holding(shop):
        assert "小周" in (shop / "备份" / "使用中.lock").read_text(encoding="utf-8")


def test_an_entry_tells_when_to_the_second_with_the_time_zone(shop: Path) -> None:
    save(shop)
    told = json.loads((shop / "备份" / "日志.jsonl").read_text(encoding="utf-8").splitlines()[0])

    when = datetime.fromisoformat(told["when"])
    assert when.tzinfo is not None
    assert when.microsecond == 0
    assert abs(when - datetime.now().astimezone()) < timedelta(minutes=5)


def test_an_undo_stands_until_it_is_redone_and_the_command_until_it_is_undone(shop: Path) -> None:
    save(shop)
    undo(shop)
    redo(shop)
    told = read_journal(shop)

    first, taken_back, again = told.entries
    assert [told.stands(entry) for entry in told.entries] == [True, False, True]
    assert (told.is_undo(taken_back), told.is_undo(again), told.is_undo(first)) == (True, False, False)
    assert [told.origin(entry) for entry in told.entries] == [first, first, first]
    assert told.standing() == [first]
    assert told.last_undo() is None
    assert told.begun() == []
    assert [entry.command for entry in told.entries] == ["check", "undo check", "redo check"]


def test_a_command_that_was_taken_back_never_stood(shop: Path) -> None:
    save(shop)
    (entry,) = read_journal(shop).entries
    journal.write_state(shop, entry, State.TAKEN_BACK)

    told = read_journal(shop)
    assert (told.standing(), told.begun(), [each.state for each in told.entries]) == (
        [],
        [],
        [State.TAKEN_BACK],
    )
