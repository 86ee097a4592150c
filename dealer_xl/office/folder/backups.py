"""Put back what a command changed, byte for byte; an undo is a command, too, and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder.holders import refuse_open
from dealer_xl.office.folder.journal import FOLDER, Entry, FileChange, Journal, hashed, read_journal
from dealer_xl.office.folder.saving import FileWrite, content_of, save_all


class NothingToUndoError(DealerXlError):
    """No command is left that could be taken back."""

    def __init__(self, store: str) -> None:
        super().__init__(f"“{store}”里没有可以撤销的操作；更早的内容可到“{FOLDER}”文件夹里查找。")


class ChangedSinceError(DealerXlError):
    """A file was changed after the command that shall be undone."""

    def __init__(self, name: str, command: str) -> None:
        super().__init__(
            f"《{name}》在“{command}”之后又改过，撤销会丢掉这些改动，所以没有撤销；"
            f"需要旧内容时请到“{FOLDER}”文件夹里取。"
        )


class BackupMissingError(DealerXlError):
    """The backup that would be put back is gone."""

    def __init__(self, name: str) -> None:
        super().__init__(f"《{name}》的备份已不在“{FOLDER}”文件夹里，不能撤销；请从其他备份取回。")


@dataclass(frozen=True)
class Undone:
    """What an undo did."""

    command: str
    when: datetime
    restored: tuple[PurePath, ...]
    removed: tuple[PurePath, ...]
    id: str  # of the undo itself: undoing that brings everything back; none in a dry run


def undo(  # `id` is the journal's word
    store: Path,
    *,
    id: str | None = None,  # noqa: A002
    keep: int = 30,
    dry_run: bool = False,
) -> Undone:
    """Put back what the last command changed, or the one with an id; undoing an undo brings all back.

    Raises NothingToUndoError, ChangedSinceError, BackupMissingError, WorkbookOpenError and the errors of `disk`.
    """
    journal = read_journal(store)
    entry = journal.last_standing() if id is None else _standing(journal, id)
    if entry is None:
        raise NothingToUndoError(store.name)
    writes = [_way_back(store, entry, path, change) for path, change in entry.files.items()]
    needed = [write for write in writes if write.before != write.after]
    for write in needed:
        refuse_open(store / write.path)
    command = f"undo {entry.command}"
    name = "" if dry_run else save_all(store, command, needed, keep=keep, undoes=entry.id)
    return Undone(
        entry.command,
        datetime.fromisoformat(entry.when),
        tuple(write.path for write in needed if write.after is not None),
        tuple(write.path for write in needed if write.after is None),
        name,
    )


def _standing(journal: Journal, name: str) -> Entry | None:
    entry = journal.find(name)
    return None if entry is None or entry.failed or journal.is_undone(entry) else entry


def _way_back(store: Path, entry: Entry, path: str, change: FileChange) -> FileWrite:
    now = content_of(store / path)
    kept = store / FOLDER / entry.id / path
    before = content_of(kept) if change.before is not None else None
    if hashed(before) != change.before:
        raise BackupMissingError(PurePath(path).name)
    # A command that was cut off may have left some files as they were.
    if hashed(now) not in (change.after, change.before):
        raise ChangedSinceError(PurePath(path).name, entry.command)
    return FileWrite(PurePath(path), now, before)
