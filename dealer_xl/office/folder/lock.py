"""Who may write in a folder: a small file that only one program at a time can make."""

from __future__ import annotations

import json
import os
import platform
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath, Place, anchored
from dealer_xl.office.folder.io_errors import FileHeldError
from dealer_xl.office.folder.journal import FOLDER, who

_FILE = "使用中.lock"
_PATIENCE, _PAUSE = 5.0, 0.25
_OLD = 600  # no save takes ten minutes
_LONGEST, _MOST_PID = 80, 1 << 31
_NAMELESS = 5  # its owner died before the name was in it

_ours: set[str] = set()
"""What this very process holds; a file of its own that is not in here was left over."""


class FolderBusyError(DealerXlError):
    """Another program is writing in the folder."""

    def __init__(self, store: str, holder: str, host: str, since: str) -> None:
        of_whom = f"{holder or '别人'}{f'（电脑“{host}”）' if host else ''}"
        began = f"，{since}开始" if since else ""
        super().__init__(
            f"“{store}”正由{of_whom}的另一个操作写入{began}，这次什么都没有写入；请等它结束后再试。"
        )


@dataclass(frozen=True)
class Holder:
    """Who holds a folder."""

    who: str = ""
    host: str = ""
    pid: int = 0
    since: str = ""
    token: str = ""


@dataclass(frozen=True)
class Hold:
    """A folder that is held."""

    store: AnchoredPath
    content: bytes

    def see_it_is_ours(self) -> None:
        """Raise if somebody took the folder for abandoned, as after a long sleep of the machine.

        Raises FolderBusyError.
        """
        there = disk.read_if_there(_place(self.store))
        if there != self.content:
            raise _busy(self.store, there or b"")


@contextmanager
def holding(store: Place) -> Iterator[Hold]:
    """Hold a folder alone; wait a few seconds for who holds it now.

    Raises FolderBusyError and the errors of `io_errors`.
    """
    me = Holder(
        who(),
        platform.node(),
        os.getpid(),
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}",
        secrets.token_hex(8),
    )
    content = json.dumps(asdict(me), ensure_ascii=False).encode()
    store = anchored(store)
    handle = _claimed(store, content)
    _ours.add(me.token)
    try:
        yield Hold(store, content)
    finally:
        _ours.discard(me.token)
        disk.release(handle, _place(store))
        disk.drop_empty(store / FOLDER)


def is_claimed(store: Place) -> bool:
    """Return whether someone holds the folder, or held it when they were cut off."""
    return disk.is_file(_place(anchored(store)))


def _place(store: AnchoredPath) -> AnchoredPath:
    return store / FOLDER / _FILE


def _claimed(store: AnchoredPath, content: bytes) -> int:
    path, end = _place(store), time.monotonic() + _PATIENCE
    while True:
        disk.make_folder(path.parent)
        handle = disk.claim(path, content)
        if handle is not None:
            return handle
        there = disk.read_if_there(path)
        if there is not None and not _cleared(path, there):
            if time.monotonic() > end:
                raise _busy(store, there)
            time.sleep(_PAUSE)


def _cleared(path: AnchoredPath, there: bytes) -> bool:
    """Take away what nobody holds any more."""
    if not _is_abandoned(path, _holder(there)) or disk.read_if_there(path) != there:
        return False
    try:
        disk.remove(path)
    except FileHeldError:  # Windows: its owner has it open, and so is alive
        return False
    return True


def _is_abandoned(path: AnchoredPath, holder: Holder) -> bool:
    if not holder.token:
        return disk.age(path) > _NAMELESS
    if holder.host == platform.node():
        if holder.pid == os.getpid():
            return holder.token not in _ours
        if not disk.POSIX or not _is_alive(holder.pid):
            return True
    return disk.age(path) > _OLD


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is someone else's
        return True
    return True


def _holder(content: bytes) -> Holder:
    """Parse who holds a folder; anybody may have written it, and what is no such thing names nobody."""
    try:
        facts = json.loads(content)
        words = {key: _printable(facts.pop(key, "")) for key in ("who", "host", "since", "token")}
        return Holder(pid=_pid(facts.pop("pid", 0)), **words, **facts)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Holder()


def _printable(word: object) -> str:
    if not isinstance(word, str):
        raise TypeError(word)
    return "".join(filter(str.isprintable, word))[:_LONGEST]


def _pid(number: object) -> int:
    if not isinstance(number, int) or not 0 <= number < _MOST_PID:
        raise ValueError(number)
    return number


def _busy(store: AnchoredPath, content: bytes) -> FolderBusyError:
    holder = _holder(content)
    return FolderBusyError(store.name, holder.who, holder.host, holder.since)
