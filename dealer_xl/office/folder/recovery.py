"""Bring a store back to one piece after a command that was cut off: wholly as it was before, or wholly new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.journal import (
    FOLDER,
    Entry,
    FileChange,
    State,
    hashed,
    is_settled,
    read_journal,
    write_state,
)
from dealer_xl.office.folder.lock import holding, is_claimed
from dealer_xl.office.folder.open_markers import refuse_open


class UnfinishedError(DealerXlError):
    """A command has not finished, and this is only a trial that may not write."""

    def __init__(self, store: str) -> None:
        super().__init__(
            f"“{store}”里有一次操作没有做完，这次试运行不能恢复它；请先不带 --dry-run 运行任何一条命令。"
        )


@dataclass(frozen=True)
class Recovered:
    """What became of the commands that were cut off."""

    finished: bool  # every file was new already
    unsure: tuple[str, ...] = ()  # workbooks that were open, whose cells may be written or not
    left: tuple[str, ...] = ()  # files that were changed since, or whose backup is gone

    @property
    def message(self) -> str:
        """Return the sentence for staff."""
        if self.unsure:
            books = "".join(f"《{name}》" for name in self.unsure)
            return f"上次操作中断，当时打开着的{books}可能没有写完，请核对，或点“撤销”后重做。"
        if self.finished:
            return "上次操作在最后一步中断，文件都已写好。"
        if self.left:
            return f"上次操作中断，已恢复原样，但没有动{''.join(f'《{name}》' for name in self.left)}：它后来又改过或没有备份，请核对。"
        return "上次操作中断，已恢复原样。"


def recover(store: Path) -> Recovered | None:
    """Put back what an earlier run left half done, and sweep; None when all was well.

    Raises FolderBusyError, WorkbookOpenError and the errors of `io_errors`.
    """
    if is_settled(store) and not is_claimed(store):
        return None
    with holding(store):
        mended = finish(store)
        disk.remove_temp(store)
        return mended


def refuse_unfinished(store: Path) -> None:
    """Raise if a command is half done, where nothing may be written.

    Raises UnfinishedError.
    """
    if not is_settled(store) and read_journal(store).begun():
        raise UnfinishedError(store.name)


def finish(store: Path) -> Recovered | None:
    """Bring every command that was cut off to its end; only who holds the folder may."""
    begun = [] if is_settled(store) else read_journal(store).begun()
    ends = [_ended(store, entry) for entry in begun]
    if not ends:
        return None
    return Recovered(
        all(end.finished for end in ends),
        tuple(name for end in ends for name in end.unsure),
        tuple(name for end in ends for name in end.left),
    )


def _ended(store: Path, entry: Entry) -> Recovered:
    is_now = {path: hashed(disk.read_if_there(store / path)) for path in entry.files}
    if all(is_now[path] == change.after for path, change in entry.files.items()):
        for folder in {(store / path).parent for path in entry.files}:
            disk.fsync_dir(folder)
        write_state(store, entry, State.UNSURE if entry.shown else State.DONE)
        return Recovered(finished=True, unsure=entry.shown)
    for path, _ in _to_put_back(store, entry):
        refuse_open(store / path)
    left = put_back(store, entry)
    write_state(store, entry, State.TAKEN_BACK)
    if not left:
        disk.remove_folder(store / FOLDER / entry.id)
    return Recovered(finished=False, left=left)


def put_back(store: Path, entry: Entry) -> tuple[str, ...]:
    """Put back what an unfinished command has exchanged; name the files that were left alone."""
    left = []
    for path, change in _to_put_back(store, entry):
        before = disk.read_if_there(store / FOLDER / entry.id / path) if change.before is not None else None
        if hashed(disk.read_if_there(store / path)) != change.after or hashed(before) != change.before:
            left.append(PurePath(path).name)
        else:
            disk.write_atomic(store / path, before)
    return tuple(left)


def _to_put_back(store: Path, entry: Entry) -> Iterator[tuple[str, FileChange]]:
    for path, change in entry.files.items():
        if hashed(disk.read_if_there(store / path)) != change.before:
            yield path, change
