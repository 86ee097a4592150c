"""Every call to the file system that this room makes, each by its name in `os`: a test can let any of them fail.

All functions raise the errors of `io_errors`.
"""

from __future__ import annotations

import os
import secrets
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dealer_xl.office.folder.io_errors import FileHeldError, translated

# Excel, a virus scanner or a cloud drive may hold a file for a moment: about 2.5 seconds in all.
_PAUSES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.95)
_TEMPORARY = ".~dealer-xl-"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change line ends
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_CHUNK = 1 << 20
POSIX = os.name == "posix"


def read(path: Path) -> bytes:
    """Read a file."""
    return translated(path, lambda: _content(path))


def read_if_there(path: Path) -> bytes | None:
    """Read a file, if there is one."""

    def content() -> bytes | None:
        try:
            return _content(path)
        except (FileNotFoundError, NotADirectoryError):
            return None

    return translated(path, content)


def _content(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | _BINARY)
    try:
        return b"".join(iter(lambda: os.read(handle, _CHUNK), b""))
    finally:
        os.close(handle)


def is_file(path: Path) -> bool:
    """Return whether there is such a file."""
    return _is(path, stat.S_ISREG)


def is_folder(path: Path) -> bool:
    """Return whether there is such a folder."""
    return _is(path, stat.S_ISDIR)


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    def look() -> bool:
        try:
            return kind(os.stat(path).st_mode)  # noqa: PTH116 - by its name in `os`, as all calls here
        except (FileNotFoundError, NotADirectoryError):
            return False

    return translated(path, look)


def names(folder: Path) -> list[str]:
    """List what lies in a folder; nothing lies in a folder that is not there."""

    def listed() -> list[str]:
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208
        except FileNotFoundError:
            return []

    return translated(folder, listed)


def write_beside(path: Path, content: bytes) -> Path:
    """Write a content to a new file beside the one it shall replace, and see that it is on the disk."""
    temporary = _beside(path)

    def write() -> None:
        handle = os.open(temporary, _NEW, 0o666)
        try:
            _write(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_file(path):
            os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))  # noqa: PTH101, PTH116

    try:
        translated(path, write)
    except BaseException:
        drop(temporary)
        raise
    return temporary


def _beside(path: Path) -> Path:
    return path.with_name(f"{_TEMPORARY}{secrets.token_hex(6)}{path.suffix}")


def _write(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def replace(temporary: Path, path: Path) -> None:
    """Put the new file in the place of the old one at once; wait a little while the old one is held."""
    _patiently(path, lambda: os.replace(temporary, path))  # noqa: PTH105


def write_atomic(path: Path, content: bytes | None) -> None:
    """Write a file's content atomically, or remove it; the folder is made when it lacks."""
    if content is None:
        remove(path)
        return
    make_folder(path.parent)
    temporary = write_beside(path, content)
    try:
        replace(temporary, path)
    except BaseException:
        drop(temporary)
        raise
    fsync_dir(path.parent)


def remove(path: Path) -> None:
    """Take a file away; one that is not there is no fault."""

    def take_away() -> None:
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108

    _patiently(path, take_away)


def drop(path: Path) -> None:
    """Take a file away that nobody needs; when it cannot be done, a later run sweeps it."""
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108


def make_folder(path: Path) -> None:
    """Make a folder and those above it, and see that their names are on the disk."""
    if is_folder(path):
        return
    make_folder(path.parent)

    def make() -> None:
        try:
            os.mkdir(path)  # noqa: PTH102
        except FileExistsError:
            if not is_folder(path):
                raise

    translated(path, make)
    fsync_dir(path.parent)


def remove_folder(path: Path) -> None:
    """Take a folder away with all it holds; what cannot be taken away stays."""
    for name in names(path):
        inside = path / name
        if is_folder(inside):
            remove_folder(inside)
        else:
            drop(inside)
    drop_empty(path)


def drop_empty(folder: Path) -> None:
    """Take a folder away when nothing lies in it."""
    with suppress(OSError):
        os.rmdir(folder)  # noqa: PTH106


def remove_temp(folder: Path) -> None:
    """Take away what a run that was cut off left, here and in all folders inside; what cannot be taken away stays.

    Only who holds the folder may, for none of it is in use then.
    """
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if each.name.startswith(_TEMPORARY):
                drop(folder / each.name)
            elif each.is_dir(follow_symlinks=False):
                remove_temp(folder / each.name)


def append_line(path: Path, line: str) -> None:
    """Put a line at the end of a file, and see that it is on the disk; a line cut short before it stays alone."""

    def append() -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o666)
        try:
            _write(handle, (b"" if _ends_a_line(handle) else b"\n") + line.encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)

    translated(path, append)


def _ends_a_line(handle: int) -> bool:
    if os.lseek(handle, 0, os.SEEK_END) == 0:
        return True
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) == b"\n"


def fsync_dir(folder: Path) -> None:
    """Flush the names of a folder to the disk; Windows does so by itself."""
    if POSIX:
        translated(folder, lambda: _fsync_dir(folder))


def _fsync_dir(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def claim(path: Path, content: bytes) -> int | None:
    """Make a file that is not there yet and leave it open; None when it is there already.

    While it is open, Windows lets nobody take it away.
    """

    def make() -> int | None:
        try:
            handle = os.open(path, _NEW, 0o666)
        except FileExistsError:
            return None
        try:
            _write(handle, content)
        except BaseException:
            release(handle, path)
            raise
        return handle

    return translated(path, make)


def release(handle: int, path: Path) -> None:
    """Take away a file that was claimed; when it cannot be done, the next one finds it without an owner."""
    with suppress(OSError):  # the handle is gone all the same
        os.close(handle)
    drop(path)


def age(path: Path) -> float:
    """Return how many seconds ago a file was written, by the clock of the drive it lies on; 0 when it is gone."""
    fresh = _beside(path)

    def compare() -> float:
        handle = os.open(fresh, _NEW, 0o666)
        try:
            return os.fstat(handle).st_mtime - os.stat(path).st_mtime  # noqa: PTH116
        except FileNotFoundError:
            return 0
        finally:
            release(handle, fresh)

    return translated(path, compare)


def _patiently(path: Path, act: Callable[[], None]) -> None:
    for pause in _PAUSES:
        try:
            return translated(path, act)
        except FileHeldError:
            time.sleep(pause)
    return translated(path, act)
