"""Which of the shop's workbooks are open: whoever asks in one of them is told to close it, and the job waits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from dealer_xl.office.folder import disk
from dealer_xl.office.folder.folder_store import workbooks_in

_HELD_BY_ANOTHER = 32  # Windows: ERROR_SHARING_VIOLATION


def open_books(folder: Path) -> Mapping[str, str]:
    """Name the workbooks that are open, each with the small file that tells so; blank where Windows itself does.

    Raises the errors of `io_errors`.
    """
    there = set(disk.names(folder))
    found: dict[str, str] = {}
    for name in workbooks_in(folder):
        mark = next((mark for mark in _marks(name) if mark in there), None)
        if mark is not None or _is_held(folder / name):
            found[name] = mark or ""
    return found


def _marks(name: str) -> tuple[str, ...]:
    """Name the files by which Excel, LibreOffice and WPS tell that a workbook is open.

    WPS leaves out the first one or two letters of the name at times (github.com/haiwen/seadrive-fuse/pull/14).
    """
    return (f"~${name}", f".~lock.{name}#", f".~{name}", f".~{name[1:]}", f".~{name[2:]}")


def _is_held(path: Path) -> bool:
    """Ask Windows whether a program has the file open: to name it as it is named fails then."""
    try:
        os.rename(path, path)  # noqa: PTH104 - the system's own call, whose error carries Windows' number
    except OSError as fault:
        return getattr(fault, "winerror", None) == _HELD_BY_ANOTHER
    return False
