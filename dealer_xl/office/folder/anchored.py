"""Paths inside the shop's folder that pass through no link, so that nothing outside is read, written or deleted.

Whoever may write into a shared folder can lay a link (on Windows also a junction) there at any moment. So a path below
the folder is checked when it is used: where the system can (Linux, Mac), each folder on the way is opened as what it
is, and the call is made inside the last one; elsewhere (Windows) each is looked at just before the call. What lies
above the folder is taken as whoever named it says.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import TypeAlias, TypeVar

from dealer_xl.office.folder.io_errors import LinkError

BY_HANDLE = os.open in os.supports_dir_fd
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | NO_FOLLOW
_NAME_SURROGATE = 0x2000_0000
"""The bit of a reparse tag that tells a link or a junction from a file that only lies in the cloud."""
_BOOKS = (".xlsx", ".xlsm")
_OTHERS, _GROUP = 0o077, 0o070


class Anchor:
    """The folder of a shop, and who may see what is made in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def mode(self) -> int:
        """Return the most that a new file may allow: no one may read it who may not read all the workbooks.

        Raises OSError.
        """
        if not BY_HANDLE:  # Windows goes by the folder's own list of who may
            return 0o777
        found = [os.stat(self.root / name, follow_symlinks=False) for name in self._books()]  # noqa: PTH116 - as in `disk`
        made_for = _group_of_new_files(self.root) if found else 0
        mode = 0o777
        for book in found:
            mode &= book.st_mode | ~_OTHERS
            mode &= ~_GROUP if book.st_gid != made_for else ~0
        return mode

    def _books(self) -> list[str]:
        names = os.listdir(self.root)  # noqa: PTH208
        return [name for name in names if name.lower().endswith(_BOOKS) and name[0] not in "~."]


def _group_of_new_files(folder: Path) -> int:
    there = os.stat(folder)  # noqa: PTH116
    return there.st_gid if there.st_mode & stat.S_ISGID else os.getegid()


@dataclass(frozen=True)
class AnchoredPath:
    """A path inside a shop's folder."""

    anchor: Anchor
    inside: PurePath

    def __truediv__(self, more: str | PurePath) -> AnchoredPath:
        return AnchoredPath(self.anchor, self.inside / more)

    def __fspath__(self) -> str:
        return str(self.anchor.root / self.inside)

    @property
    def name(self) -> str:
        """Return the last part."""
        return self.inside.name or self.anchor.root.name

    @property
    def label(self) -> str:
        """Return what staff know it by: its path inside the shop's folder."""
        return self.inside.as_posix() if self.inside.name else self.anchor.root.name

    @property
    def stem(self) -> str:
        """Return the last part without its suffix."""
        return self.inside.stem

    @property
    def suffix(self) -> str:
        """Return the suffix, with its dot."""
        return self.inside.suffix

    @property
    def parent(self) -> AnchoredPath:
        """Return the folder it lies in; the shop's folder is its own parent, as nothing outside is reached."""
        return AnchoredPath(self.anchor, self.inside.parent)

    def with_name(self, name: str) -> AnchoredPath:
        """Return a path beside this one."""
        return AnchoredPath(self.anchor, self.inside.with_name(name))

    def above(self) -> Iterator[AnchoredPath]:
        """Yield the folders between the shop's folder and this path, the outermost first."""
        for folder in reversed(self.inside.parents):
            if folder.name:
                yield AnchoredPath(self.anchor, folder)


Place: TypeAlias = Path | AnchoredPath
"""What `disk` works on; a plain path is taken as whoever named it says, links included."""
P = TypeVar("P", Path, AnchoredPath)


def anchored(folder: Place) -> AnchoredPath:
    """Take a folder, with the links above it resolved, for the one that nothing leads out of."""
    return folder if isinstance(folder, AnchoredPath) else AnchoredPath(Anchor(folder.resolve()), PurePath())


def mode_of_new(path: Place) -> int:
    """Return what a new file or folder may allow.

    Raises OSError.
    """
    return path.anchor.mode if isinstance(path, AnchoredPath) else 0o777


def is_link(there: os.stat_result) -> bool:
    """Return whether it is a symbolic link or a junction, on either system; takes what `stat` says of it unfollowed."""
    return stat.S_ISLNK(there.st_mode) or bool(getattr(there, "st_reparse_tag", 0) & _NAME_SURROGATE)


@contextmanager
def parent_of(path: Place, *, follows: bool = False) -> Iterator[tuple[Path | str, dict[str, int]]]:
    """Reach the folder in which a call is made; yield the name for the call, and the handle of the folder if any.

    `follows` says that the call would follow a link at the path itself, which is refused then, too.
    Raises LinkError and OSError.
    """
    if not isinstance(path, AnchoredPath):
        yield path, {}
        return
    if follows and not NO_FOLLOW and path.inside.name:
        _refuse_link(path)
    if len(path.inside.parts) < 2:
        yield Path(path), {}
    elif not BY_HANDLE:
        for folder in path.above():
            _refuse_link(folder)
        yield Path(path), {}
    else:
        handle = _opened(path)
        try:
            yield path.name, {"dir_fd": handle}
        finally:
            _close(handle)


def _opened(path: AnchoredPath) -> int:
    """Open the folder that a path lies in, step by step."""
    handle: int | None = None
    for folder in path.above():
        name, at = (Path(folder), {}) if handle is None else (folder.name, {"dir_fd": handle})
        try:
            deeper = os.open(name, _FOLDER, **at)
        except OSError:
            if _is_link_at(name, at):
                raise LinkError(folder) from None
            raise
        finally:
            if handle is not None:
                _close(handle)
        handle = deeper
    assert handle is not None  # noqa: S101 - whoever calls has seen that there is a folder
    return handle


def _close(handle: int) -> None:
    with suppress(OSError):  # nothing was written through it
        os.close(handle)


def _refuse_link(path: AnchoredPath) -> None:
    if _is_link_at(Path(path), {}):
        raise LinkError(path)


def _is_link_at(name: Path | str, at: dict[str, int]) -> bool:
    try:
        return is_link(os.stat(name, follow_symlinks=False, **at))  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return False
