"""One watch a folder: a small file says that it is watched, and by whom.

That a request is done once does not hang on it, for the workbook itself tells what was accepted; it spares staff two
windows that say the same.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath, anchored
from dealer_xl.office.folder.io_errors import FileHeldError
from dealer_xl.office.folder.journal import FOLDER, who

FILE = "等候命令.lock"
BEAT, OLD = 30, 120
"""Every so many seconds the file is touched, and after so many without a touch nobody watches any more."""


class WatchedAlreadyError(DealerXlError):
    """Another watch looks after the folder."""

    def __init__(self, store: str, holder: str, host: str, since: str) -> None:
        of_whom = f"{holder or '别人'}{f'（电脑“{host}”）' if host else ''}"
        super().__init__(
            f"“{store}”已有一个窗口在等候命令，由{of_whom}{since and f'在{since}'}打开；用那一个就可以，不用再开。"
        )


@contextmanager
def alone(folder: Path) -> Iterator[Callable[[], None]]:
    """Watch a folder alone; yield what must be called now and then to show that the watch is alive.

    Raises WatchedAlreadyError and the errors of `io_errors`.
    """
    path = anchored(folder) / FOLDER / FILE
    handle = _claimed(path)
    try:
        yield lambda: disk.touch(path)
    finally:
        disk.release(handle, path)
        disk.drop_empty(path.parent)


def _claimed(path: AnchoredPath) -> int:
    told = {
        "who": who(),
        "host": platform.node(),
        "pid": os.getpid(),
        "since": f"{datetime.now():%m-%d %H:%M}",  # noqa: DTZ005 - the shop's own clock
    }
    content = json.dumps(told, ensure_ascii=False).encode()
    disk.make_folder(path.parent)
    for _ in range(2):
        handle = disk.claim(path, content)
        if handle is not None:
            return handle
        _clear(path)
    raise _watched(path, disk.read_if_there(path) or b"")


def _clear(path: AnchoredPath) -> None:
    """Take the file away when nobody watches any more."""
    there = disk.read_if_there(path) or b""
    if disk.age(path) < OLD and not _is_dead(there):
        raise _watched(path, there)
    try:
        disk.remove(path)
    except FileHeldError:  # Windows: its owner has it open, and so is alive
        raise _watched(path, there) from None


def _is_dead(content: bytes) -> bool:
    """Return whether the watch ran on this very machine and is gone."""
    holder = _holder(content)
    if holder.get("host") != platform.node():
        return False
    if not disk.POSIX:  # Windows keeps the file of whoever is alive
        return True
    try:
        os.kill(int(holder.get("pid", 0)), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return False


def _holder(content: bytes) -> dict[str, str]:
    try:
        return {str(key): str(value) for key, value in json.loads(content).items()}
    except (ValueError, AttributeError, RecursionError):
        return {}


def _watched(path: AnchoredPath, content: bytes) -> WatchedAlreadyError:
    holder = _holder(content)
    return WatchedAlreadyError(
        path.parent.parent.name, holder.get("who", ""), holder.get("host", ""), holder.get("since", "")
    )
