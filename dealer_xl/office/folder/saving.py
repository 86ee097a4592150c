"""Save a command's files at once or not at all, with what was there before kept in a folder of backups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath, Place, anchored
from dealer_xl.office.folder.io_errors import FileHeldError, SharedFileError
from dealer_xl.office.folder.journal import (
    FOLDER,
    Entry,
    FileChange,
    Journal,
    State,
    hashed,
    read_journal,
    record_place,
    who,
    write_entry,
    write_state,
)
from dealer_xl.office.folder.lock import holding
from dealer_xl.office.folder.open_markers import refuse_open
from dealer_xl.office.folder.recovery import finish, put_back
from dealer_xl.office.sheets.cell_record import CellRecord

_UNFIT_FOR_A_NAME = re.compile(r'[\\/:*?"<>|\s.]+')
_STAMPED = "%Y%m%d-%H%M%S"
_STAMP = len("20261231-235959")
_BACKUP_NAME = re.compile(r"\d{8}-\d{6}(?:-\d+)?-.+")


FRESH = timedelta(days=1)
"""However many commands a busy day has, all of them can be taken back: their backups stay beyond the count."""


class ChangedMeanwhileError(DealerXlError):
    """A file is not the one that was read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"《{name}》在程序运行时被别人改过，为免覆盖，什么都没有写入；请重新运行一次。")


class ResultKeptError(DealerXlError):
    """A workbook is held by another program; what it should have become lies beside it."""

    def __init__(self, name: str, kept: str) -> None:
        super().__init__(
            f"《{name}》一直被别的程序占用，所有文件都没有改动；它的新内容另存为旁边的《{kept}》。"
            "请关闭占用它的程序后重新运行。"
        )


class HalfWrittenError(DealerXlError):
    """A fault struck between two files, and they could not be put back either."""

    def __init__(self, store: str) -> None:
        super().__init__(
            f"写到一半时磁盘或网络盘出错，“{store}”里的文件暂时新旧不一；"
            "请先不要改动它们，排除故障后运行任何一条命令，程序会自动整理。"
        )


@dataclass(frozen=True)
class FileWrite:
    """What shall become of a file: its content before, as it was read, and after; None for no file."""

    path: PurePath  # inside the store
    before: bytes | None
    after: bytes | None


class HalfShownError(HalfWrittenError):
    """A running program took some of the cells, and did not take the old ones back either."""

    def __init__(self, names: Sequence[str]) -> None:
        books = "".join(f"《{name}》" for name in names)
        DealerXlError.__init__(
            self,
            f"写到一半时Excel没有响应，打开着的{books}可能只写了一部分；请等Excel恢复后点“撤销”，再点一次。",
        )


@dataclass(frozen=True)
class ShownWrite:
    """What shall be written into workbooks that are open in a running spreadsheet program."""

    names: Sequence[str]
    put: Callable[[], None]  # writes the cells
    take_back: Callable[[], None]  # writes again what they held, as far as `put` came; raises HalfShownError


def save_all(  # noqa: PLR0913 - whoever saves names all of it
    store: Place,
    command: str,
    writes: Sequence[FileWrite],
    *,
    keep: int,
    undoes: str | None = None,
    cells: Mapping[str, CellRecord] | None = None,
    shown: ShownWrite | None = None,
    request: str | None = None,
) -> str:
    """Write all files or none; return the id under which the journal keeps it.

    A file whose content stays was read for the command: when it has changed meanwhile, nothing is written.
    `cells` are records of what cells hold before and after, by the name of their workbook: they are kept with the
    backup. Cells of open workbooks are written last, when the files are in their place. `request` is the id of the
    request that led to the command.
    Raises ChangedMeanwhileError, WorkbookOpenError, FolderBusyError, ResultKeptError, HalfWrittenError,
    the errors of `io_errors` and what writing into open workbooks raises.
    """
    store = anchored(store)
    with holding(store) as hold:
        finish(store)
        disk.remove_temp(store)
        for write in writes:
            _see_unchanged(store, write)
        writes = [write for write in writes if write.before != write.after]
        for write in writes:
            _refuse_bound(store, write)
        journal = read_journal(store)
        moment = datetime.now().astimezone()
        entry = Entry(
            _free_id(store, journal, command, moment),
            moment.isoformat(timespec="seconds"),
            who(),
            command,
            {
                write.path.as_posix(): FileChange(hashed(write.before), hashed(write.after))
                for write in writes
            },
            undoes,
            State.BEGUN,
            tuple(shown.names if shown else ()),
            {name: record.areas() for name, record in (cells or {}).items()},
            request,
        )
        with (
            _kept_before(store, entry, writes, cells or {}),
            _written_beside(store, writes) as beside,
        ):
            hold.see_it_is_ours()
            _exchange_all(store, entry, writes, beside, shown)
        _clear(store, [*journal.entries, replace(entry, state=State.DONE)], max(keep, 1))
    return entry.id


def _refuse_bound(store: AnchoredPath, write: FileWrite) -> None:
    """Check that nobody has a file open, and that a workbook has no second name, which would keep the old content."""
    path = store / write.path
    refuse_open(path)
    if len(write.path.parts) == 1 and write.before is not None and disk.other_names(path):
        raise SharedFileError(path)


def _see_unchanged(store: AnchoredPath, write: FileWrite) -> None:
    if disk.read_if_there(store / write.path) != write.before:
        raise ChangedMeanwhileError(write.path.name)


def _free_id(store: AnchoredPath, journal: Journal, command: str, moment: datetime) -> str:
    stamp = moment.strftime(_STAMPED)
    name = _UNFIT_FOR_A_NAME.sub("-", command).strip("-")[:40] or "save"
    known = {*disk.names(store / FOLDER), *(entry.id for entry in journal.entries)}
    taken = {one for one in known if one.startswith(stamp)}
    tries = [f"{stamp}-{name}", *(f"{stamp}-{place}-{name}" for place in range(2, len(taken) + 3))]
    return next(one for one in tries if one not in taken)


@contextmanager
def _kept_before(
    store: AnchoredPath, entry: Entry, writes: Iterable[FileWrite], records: Mapping[str, CellRecord]
) -> Iterator[None]:
    """Copy every file that is about to change into the command's folder of backups, and records of cells.

    When nothing came of the command the copies go again, lest they crowd out those that are needed.
    """
    folder = store / FOLDER / entry.id
    try:
        disk.make_folder(folder)
        for write in writes:
            if write.before is not None:
                disk.write_atomic(folder / write.path, write.before, store / write.path)
        for name, record in records.items():
            disk.write_atomic(record_place(store, entry.id, name), record.written())
        yield
    except HalfWrittenError:
        raise
    except BaseException:
        with suppress(DealerXlError):
            disk.remove_folder(folder)
        raise


@contextmanager
def _written_beside(
    store: AnchoredPath, writes: Iterable[FileWrite]
) -> Iterator[dict[PurePath, AnchoredPath]]:
    """Write every new content beside the file it shall replace; what is not used is taken away."""
    beside: dict[PurePath, AnchoredPath] = {}
    try:
        for folder in _folders(store, writes):
            disk.make_folder(folder)
        for write in writes:
            if write.after is not None:
                beside[write.path] = disk.write_beside(store / write.path, write.after)
        yield beside
    finally:
        for temporary in beside.values():
            disk.drop(temporary)


def _folders(store: AnchoredPath, writes: Iterable[FileWrite]) -> list[AnchoredPath]:
    return list(dict.fromkeys((store / write.path).parent for write in writes))


def _exchange_all(
    store: AnchoredPath,
    entry: Entry,
    writes: Sequence[FileWrite],
    beside: dict[PurePath, AnchoredPath],
    shown: ShownWrite | None,
) -> None:
    """Write the journal, exchange the files, write what is open, write the journal; on a fault take all back."""
    touched: dict[str, FileChange] = {}
    is_shown = False
    try:
        write_entry(store, entry)
        for write in writes:
            _see_unchanged(store, write)
            path = write.path.as_posix()
            touched[path] = entry.files[path]
            _exchange(store, write, beside)
        for folder in _folders(store, writes):
            disk.fsync_dir(folder)
        if shown:
            is_shown = True
            shown.put()
        write_state(store, entry, State.DONE)
    except BaseException as fault:
        try:
            is_back = not put_back(store, replace(entry, files=touched))
        except DealerXlError:
            is_back = False
        if shown and is_shown:
            try:
                shown.take_back()
            except HalfShownError:
                with suppress(DealerXlError):
                    write_state(
                        store, entry, State.UNSURE
                    )  # what the cells held is kept, so that undo can try again
                raise
        if not is_back:
            raise HalfWrittenError(store.name) from fault
        with suppress(DealerXlError):  # the next run will tell the journal
            write_state(store, entry, State.TAKEN_BACK)
        raise


def _exchange(store: AnchoredPath, write: FileWrite, beside: dict[PurePath, AnchoredPath]) -> None:
    path = store / write.path
    if write.after is None:
        disk.remove(path)
        return
    try:
        disk.replace(beside[write.path], path)
    except FileHeldError as held:
        if write.before is None or len(write.path.parts) > 1:
            raise
        kept = path.with_name(f"{path.stem}_未写入_{datetime.now().astimezone():%Y%m%d-%H%M%S}{path.suffix}")
        disk.replace(beside[write.path], kept)
        raise ResultKeptError(path.name, kept.name) from held
    del beside[write.path]


def _clear(store: Place, entries: Iterable[Entry], keep: int) -> None:
    """Take away the oldest backups beyond those to be kept, none of the last day; what cannot be taken away stays."""
    fresh = (datetime.now().astimezone() - FRESH).strftime(_STAMPED)
    folder = anchored(store) / FOLDER
    with suppress(DealerXlError):
        there = [name for name in disk.names(folder) if _BACKUP_NAME.fullmatch(name)]
        done = [entry.id for entry in entries if entry.is_over]
        kept = [name for name in done if name in set(there)][-keep:]
        for name in there:
            if len(kept) == keep and name not in kept and name[:_STAMP] <= min(kept[0][:_STAMP], fresh):
                disk.remove_folder(folder / name)
