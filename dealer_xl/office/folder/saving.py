"""Save a command's files at once or not at all, with what was there before kept in a folder of backups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.journal import FOLDER, Entry, FileChange, hashed, who, write_entry

_UNFIT_FOR_A_NAME = re.compile(r'[\\/:*?"<>|\s.]+')
_BACKUP_NAME = re.compile(r"\d{8}-\d{6}(?:-\d+)?-.+")


class ChangedMeanwhileError(DealerXlError):
    """A file is not the one that was read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"《{name}》在程序运行时被别人改过，为免覆盖，什么都没有写入；请重新运行一次。")


@dataclass(frozen=True)
class FileWrite:
    """What shall become of a file: its content before, as it was read, and after; None for no file."""

    path: PurePath  # inside the store
    before: bytes | None
    after: bytes | None


def save_all(
    store: Path, command: str, writes: Sequence[FileWrite], *, keep: int, undoes: str | None = None
) -> str:
    """Write all files or none; give the id under which the journal keeps it.

    Raises ChangedMeanwhileError and the errors of `disk`.
    """
    for write in writes:
        if content_of(store / write.path) != write.before:
            raise ChangedMeanwhileError(write.path.name)
    moment = datetime.now().astimezone()
    entry = Entry(
        _free_id(store, command, moment),
        moment.isoformat(timespec="seconds"),
        who(),
        command,
        {write.path.as_posix(): FileChange(hashed(write.before), hashed(write.after)) for write in writes},
        undoes,
    )
    _keep_before(store, entry, writes)
    _write_all(store, entry, writes)
    _clear(store, keep)
    for folder in {(store / write.path).parent for write in writes if write.after is not None}:
        disk.sweep(folder)
    return entry.id


def content_of(path: Path) -> bytes | None:
    """Read a file, if it is there."""
    return disk.read(path) if path.is_file() else None


def _free_id(store: Path, command: str, moment: datetime) -> str:
    stamp = moment.strftime("%Y%m%d-%H%M%S")
    name = _UNFIT_FOR_A_NAME.sub("-", command).strip("-")[:40] or "save"
    taken = {path.name for path in (store / FOLDER).glob(f"{stamp}*")}
    tries = [f"{stamp}-{name}", *(f"{stamp}-{place}-{name}" for place in range(2, len(taken) + 3))]
    return next(one for one in tries if one not in taken)


def _keep_before(store: Path, entry: Entry, writes: Sequence[FileWrite]) -> None:
    """Copy every file that is about to change into the command's folder of backups."""
    folder = store / FOLDER / entry.id
    disk.make_folder(folder)
    for write in writes:
        if write.before is not None:
            _put(folder / write.path, write.before)
    disk.settle(folder.parent)


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        disk.remove(path)
        return
    disk.make_folder(path.parent)
    temporary = disk.write_beside(path, content)
    try:
        disk.replace(temporary, path)
    except DealerXlError:
        temporary.unlink(missing_ok=True)
        raise
    disk.settle(path.parent)


def _write_all(store: Path, entry: Entry, writes: Sequence[FileWrite]) -> None:
    """Write new files beside the old ones, tell the journal, then exchange them; on a fault take all back."""
    ready: dict[FileWrite, Path] = {}
    done: list[FileWrite] = []
    is_told = False
    try:
        for write in writes:
            if write.after is not None:
                disk.make_folder((store / write.path).parent)
                ready[write] = disk.write_beside(store / write.path, write.after)
        write_entry(store, entry)
        is_told = True
        for write in writes:
            done.append(write)
            _exchange(store / write.path, ready.pop(write, None))
    except BaseException:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
        for write in done:
            if content_of(store / write.path) != write.before:
                _put(store / write.path, write.before)
        if is_told:
            write_entry(store, _taken_back(entry))
        raise


def _exchange(path: Path, temporary: Path | None) -> None:
    if temporary is None:
        disk.remove(path)
    else:
        try:
            disk.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    disk.settle(path.parent)


def _taken_back(entry: Entry) -> Entry:
    return Entry(f"{entry.id}-failed", entry.when, entry.who, entry.command, {}, failed=entry.id)


def _clear(store: Path, keep: int) -> None:
    """Take away the oldest backups beyond those to be kept; what cannot be taken away stays."""
    folders = sorted(path for path in (store / FOLDER).iterdir() if _BACKUP_NAME.fullmatch(path.name))
    for folder in folders[: max(len(folders) - keep, 0)]:
        try:
            disk.remove_folder(folder)
        except DealerXlError:
            continue
