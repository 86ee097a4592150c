"""Every call to the file system that a save or an undo makes; a test can let any of them fail."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dealer_xl.errors import DealerXlError

# Excel, a virus scanner or a cloud drive may hold a file for a moment: about 2.5 seconds in all.
_PAUSES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.95)
_TEMPORARY = ".~dealer-xl-"
_AN_HOUR = 3600
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

T = TypeVar("T")


class FileHeldError(DealerXlError):
    """Another program holds the file, or the folder may not be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"《{path.name}》正被别的程序占用或没有写入权限，文件没有改动；请在Excel中关闭它，或检查文件夹权限后再试。"
        )


class DiskFullError(DealerXlError):
    """There is no room left."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"磁盘已满，《{path.name}》没有写入，原来的文件没有改动；请清理磁盘空间后再试。")


class DiskError(DealerXlError):
    """The disk or network drive fails."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"读写《{path.name}》时磁盘或网络盘出错，原来的文件没有改动；请检查磁盘或网络连接后再试。"
        )


def read(path: Path) -> bytes:
    """Read a file."""
    return _tried(path, path.read_bytes)


def write_beside(path: Path, content: bytes) -> Path:
    """Write a content to a new file beside the one it shall replace, and see that it is on the disk."""
    return _tried(path, lambda: _write_beside(path, content))


def _write_beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY, suffix=path.suffix)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _take_mode(path, temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _take_mode(path: Path, temporary: Path) -> None:
    if path.exists():
        shutil.copymode(path, temporary)
    elif os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)


def replace(temporary: Path, path: Path) -> None:
    """Put the new file in the place of the old one at once; wait a little while the old one is held."""

    def put() -> None:
        for pause in _PAUSES:
            try:
                temporary.replace(path)
            except PermissionError:
                time.sleep(pause)
            else:
                return
        temporary.replace(path)

    _tried(path, put)


def remove(path: Path) -> None:
    """Take a file away; one that is not there is no fault."""
    _tried(path, lambda: path.unlink(missing_ok=True))


def make_folder(path: Path) -> None:
    """Make a folder and those above it."""
    _tried(path, lambda: path.mkdir(parents=True, exist_ok=True))


def remove_folder(path: Path) -> None:
    """Take a folder away with all it holds."""
    _tried(path, lambda: shutil.rmtree(path))


def sweep(folder: Path) -> None:
    """Take away what an earlier run that was cut off left; a younger file may be another run's."""
    for path in folder.glob(f"{_TEMPORARY}*"):
        if path.stat().st_mtime < time.time() - _AN_HOUR:
            remove(path)


def append_line(path: Path, line: str) -> None:
    """Put a line at the end of a file, and see that it is on the disk."""

    def append() -> None:
        with path.open("ab") as file:
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    _tried(path, append)


def settle(folder: Path) -> None:
    """See that the names in a folder are on the disk; Windows does so by itself."""
    if os.name == "posix":
        _tried(folder, lambda: _settle(folder))


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _tried(path: Path, act: Callable[[], T]) -> T:
    """Do something with a file; a fault of the system becomes one sentence."""
    try:
        return act()
    except PermissionError as error:
        raise FileHeldError(path) from error
    except OSError as error:
        raise (DiskFullError if error.errno in _FULL else DiskError)(path) from error
