"""Put back what a command changed, byte for byte; an undo is a command, too, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from dealer_xl.actions import label_of
from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath, Place, anchored
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.journal import (
    FOLDER,
    Entry,
    hashed,
    read_journal,
    record_place,
    with_names,
)
from dealer_xl.office.folder.recovery import recover, refuse_unfinished
from dealer_xl.office.folder.saving import FileWrite
from dealer_xl.office.sheets.cell_record import CellRecord


class NothingToUndoError(DealerXlError):
    """No command is left that could be taken back."""

    def __init__(self, store: str) -> None:
        super().__init__(f"“{store}”里没有可以撤销的操作；更早的内容可到“{FOLDER}”文件夹里查找。")


class NothingToRedoError(DealerXlError):
    """The last command was no undo."""

    def __init__(self, store: str) -> None:
        super().__init__(f"“{store}”里最近一次操作不是撤销，没有可以恢复的撤销。")


class ChangedSinceError(DealerXlError):
    """A file was changed after the command that shall be undone."""

    def __init__(self, name: str, command: str) -> None:
        super().__init__(
            f"《{name}》在“{command}”之后又改过，撤销会丢掉这些改动，所以没有撤销；"
            f"需要旧内容时请到“{FOLDER}”文件夹里取。"
        )


class BackupMissingError(DealerXlError):
    """The backup that would be put back is gone, or is not what was kept."""

    def __init__(self, name: str) -> None:
        super().__init__(f"《{name}》的备份已不在“{FOLDER}”文件夹里，不能撤销；请从其他备份取回。")


@dataclass(frozen=True)
class Undoable:
    """A command that can be taken back."""

    id: str
    command: str
    when: datetime
    who: str
    files: tuple[PurePath, ...]


@dataclass(frozen=True)
class Undone:
    """What an undo did."""

    command: str
    when: datetime
    restored: tuple[PurePath, ...]
    removed: tuple[PurePath, ...]
    left: int = 0  # cells of workbooks put back cell by cell, which were changed since and left alone


def undoable(store: Place) -> Sequence[Undoable]:
    """List the commands that are not undone and whose backups are kept, newest first.

    Raises the errors of `io_errors`.
    """
    store = anchored(store)
    kept = set(disk.names(store / FOLDER))
    return [
        Undoable(
            entry.id,
            entry.command,
            datetime.fromisoformat(entry.when),
            entry.who,
            tuple(map(PurePath, (*entry.files, *entry.shown))),
        )
        for entry in (with_names(store, each) for each in read_journal(store).standing() if each.id in kept)
    ]


def undo(  # `id` is the journal's word
    store: Place,
    *,
    id: str | None = None,  # noqa: A002
    keep: int = 30,
    dry_run: bool = False,
    books: FolderStore | None = None,
) -> Undone:
    """Put back what the last command changed, or the one with an id; undoing an undo brings all back.

    Files come back byte for byte. Of workbooks that were open then, are open now, or were saved by another program
    since, the cells come back that still hold what the command wrote, through `books`.
    Raises NothingToUndoError, ChangedSinceError, BackupMissingError, UnfinishedError, and what `recover` and
    `save_all` raise.
    """
    store = anchored(store)
    _bring_in_order(store, dry_run=dry_run)
    journal = read_journal(store)
    entry = next(iter(journal.standing()), None) if id is None else journal.find(id)
    if entry is None or not journal.stands(entry):
        raise NothingToUndoError(store.name)
    about = journal.origin(entry)
    entry = with_names(store, entry)
    books = books or FolderStore(Path(store), dry_run=dry_run)
    by_cell = [path for path in entry.files if _goes_by_cell(books, entry, path)]
    writes = [_way_back(store, entry, about, path) for path in entry.files if path not in by_cell]
    needed = [write for write in writes if write.before != write.after]
    left = sum(_cells_back(books, entry, name) for name in (*entry.shown, *by_cell))
    command = f"{'redo' if journal.is_undo(entry) else 'undo'} {about.command}"
    files = books.save_with(command, needed, keep=keep, undoes=entry.id)
    removed = [write.path for write in needed if write.after is None]
    restored = [path for path in files if path not in removed]
    if not dry_run:
        for path in removed:
            _drop_empty_above(store, path)
    when = datetime.fromisoformat(about.when)
    return Undone(about.command, when, tuple(restored), tuple(removed), left)


def redo(store: Place, *, keep: int = 30, dry_run: bool = False, books: FolderStore | None = None) -> Undone:
    """Take back the last undo: what it undid is there again; return which command that was.

    Raises NothingToRedoError, and what `undo` raises.
    """
    store = anchored(store)
    _bring_in_order(store, dry_run=dry_run)
    entry = read_journal(store).last_undo()
    if entry is None:
        raise NothingToRedoError(store.name)
    return undo(store, id=entry.id, keep=keep, dry_run=dry_run, books=books)


def _drop_empty_above(store: AnchoredPath, path: PurePath) -> None:
    """Take the folders away that were made for a file, when nothing else lies in them."""
    for folder in path.parents[:-1]:
        disk.drop_empty(store / folder)


def _bring_in_order(store: AnchoredPath, *, dry_run: bool) -> None:
    if dry_run:
        refuse_unfinished(store)
    else:
        recover(store)


def _way_back(store: AnchoredPath, entry: Entry, about: Entry, path: str) -> FileWrite:
    change, name = entry.files[path], PurePath(path).name
    now = disk.read_if_there(store / path)
    before = disk.read_if_there(store / FOLDER / entry.id / path) if change.before is not None else None
    if hashed(before) != change.before:
        raise BackupMissingError(name)
    # Someone may have put one of the files back by hand.
    if hashed(now) not in (change.after, change.before):
        raise ChangedSinceError(name, label_of(about.command))
    return FileWrite(PurePath(path), now, before)


def _goes_by_cell(books: FolderStore, entry: Entry, path: str) -> bool:
    """Return whether a workbook's bytes cannot be put back, but the cells that the command wrote can."""
    if not disk.is_file(record_place(anchored(books.folder), entry.id, path)):
        return False
    change, now = entry.files[path], hashed(disk.read_if_there(anchored(books.folder) / path))
    return now is not None and (books.is_open(path) or now not in (change.after, change.before))


def _cells_back(books: FolderStore, entry: Entry, name: str) -> int:
    """Gather what a workbook's cells held before a command; return how many were changed since and are left alone."""
    content = disk.read_if_there(record_place(anchored(books.folder), entry.id, name))
    if content is None:
        raise BackupMissingError(name)
    return books.workbook(name).put_back(_record(content, name))


def _record(content: bytes, name: str) -> CellRecord:
    """Parse a record of cells, which anybody may have edited.

    Raises BackupMissingError.
    """
    try:
        record = CellRecord.read(content)
        record.by_row()
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise BackupMissingError(name) from None
    return record
