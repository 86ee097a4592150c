"""Bring a store back to one piece after a command that was cut off: wholly as it was before, or wholly new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath, Place, anchored
from dealer_xl.office.folder.io_errors import OddPlaceError
from dealer_xl.office.folder.journal import (
    FOLDER,
    Entry,
    FileChange,
    State,
    hashed,
    is_settled,
    journal_place,
    read_journal,
    with_names,
    write_state,
)
from dealer_xl.office.folder.lock import holding, is_claimed
from dealer_xl.office.folder.open_markers import refuse_open

_ODD = b"\0"
"""The content of no file that a command writes, a zip, a text or a Word file all."""


class UnfinishedError(DealerXlError):
    """A command has not finished, and this is only a trial that may not write."""

    def __init__(self, store: str) -> None:
        super().__init__(
            f"“{store}”里有一次操作没有做完，这次试运行不能恢复它；请先不带 --dry-run 运行任何一条命令。"
        )


@dataclass(frozen=True)
class Recovered:
    """What became of the commands that were cut off."""

    finished: bool | None  # every file was new already; None when no command was cut off
    unsure: tuple[str, ...] = ()  # workbooks that were open, whose cells may be written or not
    left: tuple[str, ...] = ()  # files that were changed since, or whose backup is gone
    aside: str = ""  # where that lies now which was odd in the journal

    @property
    def message(self) -> str:
        """Return staff in a sentence or two."""
        odd = f"操作日志里有读不懂的内容，已移到“{FOLDER}”里的“{self.aside}”，其他操作不受影响。"
        return f"{self._ended}{odd if self.aside else ''}"

    @property
    def _ended(self) -> str:
        if self.finished is None:
            return ""
        if self.unsure:
            books = "".join(f"《{name}》" for name in self.unsure)
            return f"上次操作中断，当时打开着的{books}可能没有写完，请核对，或点“撤销”后重做。"
        if self.finished:
            return "上次操作在最后一步中断，文件都已写好。"
        if self.left:
            return f"上次操作中断，已恢复原样，但没有动{''.join(f'《{name}》' for name in self.left)}：它后来又改过或没有备份，请核对。"
        return "上次操作中断，已恢复原样。"


def recover(store: Place) -> Recovered | None:
    """Put back what an earlier run left half done, and sweep; None when all was well.

    What no command can have written into the journal is set aside.
    Raises FolderBusyError, WorkbookOpenError and the errors of `io_errors`.
    """
    store = anchored(store)
    if is_settled(store) and not is_claimed(store):
        return None
    with holding(store):
        aside = _set_aside(store)
        mended = finish(store)
        disk.remove_temp(store)
        return replace(mended or Recovered(finished=None), aside=aside) if mended or aside else None


def _set_aside(store: AnchoredPath) -> str:
    """Move out of the journal what no command can have written; return where it lies, or nothing."""
    place = journal_place(store)
    aside = place.with_name(f"{place.name}.读不懂-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
    if disk.is_odd(place):
        disk.replace(place, aside)
        return aside.name
    odd = set(read_journal(store).odd_lines)
    if not odd:
        return ""
    lines = (disk.read_if_there(place) or b"").split(b"\n")
    disk.write_atomic(aside, b"\n".join([*(line for line in lines if line in odd), b""]))
    disk.write_atomic(place, b"\n".join(line for line in lines if line not in odd))
    return aside.name


def refuse_unfinished(store: Place) -> None:
    """Raise if a command is half done, where nothing may be written.

    Raises UnfinishedError.
    """
    store = anchored(store)
    if not is_settled(store) and read_journal(store).begun():
        raise UnfinishedError(store.name)


def finish(store: AnchoredPath) -> Recovered | None:
    """Bring every command that was cut off to its end; only who holds the folder may."""
    begun = [] if is_settled(store) else read_journal(store).begun()
    ends = [_ended(store, with_names(store, entry)) for entry in begun]
    if not ends:
        return None
    return Recovered(
        all(end.finished for end in ends),
        tuple(name for end in ends for name in end.unsure),
        tuple(name for end in ends for name in end.left),
    )


def _ended(store: AnchoredPath, entry: Entry) -> Recovered:
    is_now = {path: hashed(_content(store / path)) for path in entry.files}
    if all(is_now[path] == change.after for path, change in entry.files.items()):
        for folder in dict.fromkeys((store / path).parent for path in entry.files):
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


def put_back(store: AnchoredPath, entry: Entry) -> tuple[str, ...]:
    """Put back what an unfinished command has exchanged; name the files that were left alone."""
    left = []
    for path, change in _to_put_back(store, entry):
        before = None if change.before is None else _content(store / FOLDER / entry.id / path)
        if hashed(before) != change.before or hashed(_content(store / path)) != change.after:
            left.append(PurePath(path).name)
        else:
            disk.write_atomic(store / path, before)
    return tuple(left)


def _to_put_back(store: AnchoredPath, entry: Entry) -> Iterator[tuple[str, FileChange]]:
    for path, change in entry.files.items():
        if hashed(_content(store / path)) != change.before:
            yield path, change


def _content(path: AnchoredPath) -> bytes | None:
    """Read a file, if there is one; what is no file of ours, as a link, is none that we wrote."""
    try:
        return disk.read_if_there(path)
    except OddPlaceError:
        return _ODD
