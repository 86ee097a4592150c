"""Every call to the file system that this room makes, each by its name in `os`: a test can let any of them fail.

An anchored path is reached through no link (see `anchored`). All functions raise the errors of `io_errors`.
"""

from __future__ import annotations

import os
import secrets
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dealer_xl.office.folder.anchored import (
    NO_FOLLOW,
    AnchoredPath,
    P,
    Place,
    anchored,
    is_link,
    mode_of_new,
    parent_of,
)
from dealer_xl.office.folder.io_errors import (
    FileHeldError,
    FileTooLongError,
    LinkError,
    NotAFileError,
    NotAFolderError,
    SharedFileError,
    translated,
    tried_in,
)

# Excel, a virus scanner or a cloud drive may hold a file for a moment: about 2.5 seconds in all.
_PAUSES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.95)
_TEMPORARY = ".~dealer-xl-"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change line ends
_READ = os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0)  # a pipe must not keep us waiting
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_CHUNK = 1 << 20
_LONGEST = 500 << 20  # a file that takes all the memory is none of ours
_FILE, _MADE_FOLDER, _OURS = 0o666, 0o777, 0o600
POSIX = os.name == "posix"


def read(path: Place) -> bytes:
    """Read a file."""
    return translated(path, lambda: _content(path))


def read_if_there(path: Place) -> bytes | None:
    """Read a file, if there is one."""

    def content() -> bytes | None:
        try:
            return _content(path)
        except (FileNotFoundError, NotADirectoryError):
            return None

    return translated(path, content)


def _content(path: Place) -> bytes:
    handle = _opened(path, _READ)
    try:
        there = os.fstat(handle)
        if not stat.S_ISREG(there.st_mode):
            raise NotAFileError(path)
        if there.st_size > _LONGEST:
            raise FileTooLongError(path)
        return b"".join(iter(lambda: os.read(handle, _CHUNK), b""))
    finally:
        os.close(handle)


def _opened(path: Place, flags: int, mode: int = 0) -> int:
    """Open a file that a call would follow a link at."""
    no_follow = NO_FOLLOW if isinstance(path, AnchoredPath) else 0
    with parent_of(path, follows=True) as (name, at):
        try:
            return os.open(name, flags | no_follow, mode, **at)
        except OSError:
            if no_follow and _kind_of(path, stat.S_ISLNK):
                raise LinkError(path) from None
            raise


def is_file(path: Place) -> bool:
    """Return whether there is such a file."""
    return translated(path, lambda: _kind_of(path, stat.S_ISREG))


def is_folder(path: Place) -> bool:
    """Return whether there is such a folder."""
    return translated(path, lambda: _kind_of(path, stat.S_ISDIR))


def is_there(path: Place) -> bool:
    """Return whether anything stands there."""
    return translated(path, lambda: _kind_of(path, bool))


def is_odd(path: AnchoredPath) -> bool:
    """Return whether something stands there that is no file, as a folder, a link or a pipe."""
    return translated(path, lambda: _kind_of(path, lambda mode: not stat.S_ISREG(mode)))


def _kind_of(path: Place, kind: Callable[[int], bool]) -> bool:
    try:
        there = _looked_at(path)
    except (FileNotFoundError, NotADirectoryError, LinkError):  # behind a link there is nothing for us
        return False
    return kind(stat.S_IFLNK if is_link(there) else there.st_mode)


def _looked_at(path: Place) -> os.stat_result:
    """Look at what stands there; a link inside the shop's folder is looked at itself."""
    with parent_of(path) as (name, at):
        return os.stat(name, follow_symlinks=not isinstance(path, AnchoredPath), **at)  # noqa: PTH116 - by its name in `os`, as all calls here


def other_names(path: Place) -> int:
    """Count the other names that a file has (hard links)."""
    return translated(path, lambda: max(_looked_at(path).st_nlink - 1, 0))


def names(folder: Place) -> list[str]:
    """List what lies in a folder; nothing lies in a folder that is not there."""

    def listed() -> list[str]:
        try:
            with parent_of(folder / "_") as (_, at):
                return sorted(os.listdir(at.get("dir_fd", Path(folder))))  # noqa: PTH208
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            raise NotAFolderError(folder) from None

    return translated(folder, listed)


def write_beside(path: P, content: bytes, like: Place | None = None) -> P:
    """Write a content to a new file beside the one it shall replace, and see that it is on the disk.

    It may be read by those who may read the one that it replaces; a new one, by those who may read the workbooks,
    and by no others than `like`, if that is given.
    """
    temporary = _beside(path)
    old = translated(path, lambda: _file_at(path))
    model = old or (like and translated(path, lambda: _file_at(like)))
    mode = stat.S_IMODE(model.st_mode) | _OURS if model else _FILE
    handle = tried_in(path.parent, path, lambda: _new(temporary, mode))
    try:
        translated(path, lambda: _filled(handle, temporary, content, old))
    except BaseException:
        drop(temporary)
        raise
    return temporary


def _file_at(path: Place) -> os.stat_result | None:
    try:
        there = _looked_at(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return there if stat.S_ISREG(there.st_mode) else None


def _filled(handle: int, temporary: Place, content: bytes, old: os.stat_result | None) -> None:
    try:
        _write(handle, content)
        os.fsync(handle)
        if old and POSIX:
            os.chmod(handle, _shared_as(handle, old))
    finally:
        os.close(handle)
    if old and not POSIX:
        os.chmod(Path(temporary), stat.S_IMODE(old.st_mode))  # noqa: PTH101


def _shared_as(handle: int, old: os.stat_result) -> int:
    """Make a new file belong to the old one's owner and group; return the mode under which no one else may read it."""
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid):
        return stat.S_IMODE(old.st_mode)
    for owner in (old.st_uid, -1):
        with suppress(PermissionError):
            os.chown(handle, owner, old.st_gid)
            return stat.S_IMODE(old.st_mode)
    return stat.S_IMODE(old.st_mode) & ~stat.S_IRWXG


def _beside(path: P) -> P:
    return path.with_name(f"{_TEMPORARY}{secrets.token_hex(6)}{path.suffix}")


def _new(path: Place, mode: int = _FILE) -> int:
    """Make a file that is not there yet."""
    with parent_of(path) as (name, at):
        return os.open(name, _NEW, mode & mode_of_new(path), **at)


def _write(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def replace(temporary: Place, path: Place) -> None:
    """Put the new file, which lies beside it, in the place of the old one at once; wait a little while that is held."""
    _patiently(path, lambda: _replace(temporary, path))


def _replace(temporary: Place, path: Place) -> None:
    with parent_of(path) as (name, at):
        if not at:
            os.replace(Path(temporary), name)  # noqa: PTH105
            return
        os.replace(temporary.name, name, src_dir_fd=at["dir_fd"], dst_dir_fd=at["dir_fd"])


def write_atomic(path: P, content: bytes | None, like: Place | None = None) -> None:
    """Write a file's content atomically, or remove it; the folder is made when it lacks."""
    if content is None:
        remove(path)
        return
    make_folder(path.parent)
    temporary = write_beside(path, content, *([like] if like else []))
    try:
        replace(temporary, path)
    except BaseException:
        drop(temporary)
        raise
    fsync_dir(path.parent)


def remove(path: Place) -> None:
    """Take a file away; one that is not there is no fault."""

    def take_away() -> None:
        with suppress(FileNotFoundError):
            _unlink(path)

    _patiently(path, take_away)


def _unlink(path: Place) -> None:
    with parent_of(path) as (name, at):
        os.unlink(name, **at)


def drop(path: Place) -> None:
    """Take a file away that nobody needs; when it cannot be done, a later run sweeps it."""
    with suppress(OSError, LinkError):
        _unlink(path)


def make_folder(path: Place) -> None:
    """Make a folder and those above it, and see that their names are on the disk."""
    if is_folder(path):
        return
    make_folder(path.parent)
    tried_in(path.parent, path, lambda: _make_folder(path))
    fsync_dir(path.parent)


def _make_folder(path: Place) -> None:
    mode = mode_of_new(path)
    with parent_of(path) as (name, at):
        try:
            os.mkdir(name, _MADE_FOLDER & (mode | (mode & 0o444) >> 2), **at)  # noqa: PTH102
        except FileExistsError:
            if _kind_of(path, stat.S_ISLNK):
                raise LinkError(path) from None
            if not _kind_of(path, stat.S_ISDIR):
                raise NotAFolderError(path) from None


def remove_folder(path: Place) -> None:
    """Take a folder away with all it holds; what cannot be taken away stays, and so does all behind a link."""
    path = path if isinstance(path, AnchoredPath) else anchored(path.parent) / path.name
    if not is_folder(path):
        return
    for name in names(path):
        inside = path / name
        if is_folder(inside):
            remove_folder(inside)
        else:
            drop(inside)
    drop_empty(path)


def drop_empty(folder: Place) -> None:
    """Take a folder away when nothing lies in it."""
    with suppress(OSError, LinkError), parent_of(folder) as (name, at):
        os.rmdir(name, **at)


def remove_temp(folder: Place) -> None:
    """Take away what a run that was cut off left, here and in all folders inside; what cannot be taken away stays.

    Only who holds the folder may, for none of it is in use then.
    """
    with suppress(OSError, LinkError):
        for name, is_inside in _scanned(folder):
            if name.startswith(_TEMPORARY):
                drop(folder / name)
            elif is_inside:
                remove_temp(folder / name)


def _scanned(folder: Place) -> list[tuple[str, bool]]:
    """List what lies in a folder, and which of it are folders, without a look behind any link."""
    with parent_of(folder / "_") as (_, at), os.scandir(at.get("dir_fd", folder)) as found:
        return [(each.name, each.is_dir(follow_symlinks=False) and not _is_junction(each)) for each in found]


def _is_junction(entry: os.DirEntry[str]) -> bool:
    return not POSIX and is_link(entry.stat(follow_symlinks=False))


def append_line(path: P, line: str) -> None:
    """Put a line at the end of a file, and see that it is on the disk; a line cut short before it stays alone.

    A file that has a second name elsewhere is parted from it first, so that nothing is written there.
    """
    if not _appended(path, line):
        write_atomic(path, read(path))
        if not _appended(path, line):
            raise SharedFileError(path)


def _appended(path: Place, line: str) -> bool:
    """Put a line at the end of a file, unless that has a second name."""

    def append() -> bool:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY
        handle = _opened(path, flags, _FILE & mode_of_new(path))
        try:
            if os.fstat(handle).st_nlink > 1:
                return False
            _write(handle, (b"" if _ends_a_line(handle) else b"\n") + line.encode() + b"\n")
            os.fsync(handle)
            return True
        finally:
            os.close(handle)

    return translated(path, append)


def _ends_a_line(handle: int) -> bool:
    if os.lseek(handle, 0, os.SEEK_END) == 0:
        return True
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) == b"\n"


def fsync_dir(folder: Place) -> None:
    """Flush the names of a folder to the disk; Windows does so by itself."""
    if POSIX:
        translated(folder, lambda: _fsync_dir(folder))


def _fsync_dir(folder: Place) -> None:
    handle = _opened(folder, _FOLDER)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def claim(path: Place, content: bytes) -> int | None:
    """Make a file that is not there yet and leave it open; None when it is there already.

    While it is open, Windows lets nobody take it away.
    """

    def make() -> int | None:
        try:
            return _new(path)
        except FileExistsError:
            return None

    handle = tried_in(path.parent, path, make)
    if handle is not None:
        try:
            translated(path, lambda: _write(handle, content))
        except BaseException:
            release(handle, path)
            raise
    return handle


def release(handle: int, path: Place) -> None:
    """Take away a file that was claimed; when it cannot be done, the next one finds it without an owner."""
    with suppress(OSError):  # the handle is gone all the same
        os.close(handle)
    drop(path)


def touch(path: Place) -> None:
    """Stamp a file as written now, by the clock; when it cannot be done, nothing happens."""
    with suppress(OSError, LinkError), parent_of(path, follows=True) as (name, at):
        os.utime(name, dir_fd=at.get("dir_fd"), follow_symlinks=not at)


def age(path: P) -> float:
    """Return how many seconds ago a file was written, by the clock of the drive it lies on; 0 when it is gone."""
    fresh = _beside(path)

    def compare() -> float:
        handle = _new(fresh)
        try:
            return os.fstat(handle).st_mtime - _looked_at(path).st_mtime
        except FileNotFoundError:
            return 0
        finally:
            release(handle, fresh)

    return translated(path, compare)


def _patiently(path: Place, act: Callable[[], None]) -> None:
    for pause in _PAUSES:
        try:
            return translated(path, act)
        except FileHeldError:
            time.sleep(pause)
    return translated(path, act)
