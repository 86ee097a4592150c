"""A file system that fails: every call `disk` makes is counted, and the n-th one fails, kills, or cuts the power."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dealer_xl.office.folder import anchored, disk, lock

CALLS = frozenset(
    (
        "chmod",
        "chown",
        "close",
        "fstat",
        "fsync",
        "getegid",
        "listdir",
        "lseek",
        "mkdir",
        "open",
        "read",
        "replace",
        "rmdir",
        "scandir",
        "stat",
    )
) | {"unlink", "utime", "write"}
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES, "EROFS": errno.EROFS}


@dataclass(frozen=True)
class Fault:
    """What goes wrong, and at which call."""

    turn: int
    kind: str  # one of ERRORS, "kill" or "power"
    lasts: bool = False  # this call only, or all from here on
    is_done: bool = False  # the call does its work and fails all the same
    seed: int = 0

    @property
    def ends_the_process(self) -> bool:
        """Return whether the fault needs a process of its own."""
        return self.kind in {"kill", "power"}

    @property
    def label(self) -> str:
        """Name the kind for the table."""
        return f"{self.kind}{' (done, then fails)' * self.is_done}{' from here on' * self.lasts}"


NONE = Fault(0, "EIO")


class FaultyOs:
    """Stands for the module `os` in `disk`."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.uses: list[str] = []
        self.cache = Cache()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever `os` has
        real = getattr(os, name)
        return partial(self._use, name, real) if name in CALLS else real

    def _use(self, name: str, real: Callable[..., Any], *arguments: Any, **words: Any) -> Any:  # noqa: ANN401
        self.uses.append(name)
        turn, fault = len(self.uses), self.fault
        if turn != fault.turn and not (fault.lasts and turn > fault.turn > 0):
            return self._done(name, real, *arguments, **words)
        if name == "write":  # as real disks do: a part is written before the fault
            handle, content = arguments
            self._done(name, real, handle, content[: len(content) // 2])
        elif fault.is_done or name == "close":
            answer = self._done(name, real, *arguments, **words)
            if name == "scandir":
                answer.close()
        if fault.kind == "power":
            self.cache.lose(random.Random(fault.seed))  # noqa: S311 - any half will do
        if fault.ends_the_process:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(ERRORS[fault.kind], "injected")

    def _done(self, name: str, real: Callable[..., Any], *arguments: Any, **words: Any) -> Any:  # noqa: ANN401
        whole = self.cache.whole(arguments, words) if self.fault.kind == "power" else ()
        if self.fault.kind == "power":
            self.cache.note(name, *whole)
        answer = real(*arguments, **words)
        if self.fault.kind == "power" and name == "open":
            self.cache.opened(answer, *whole)
        return answer


@dataclass
class Cache:
    """What a power cut may lose: bytes not synced, and changes of names in a folder that was not synced."""

    handles: dict[int, Path] = field(default_factory=dict)
    synced: dict[Path, int] = field(default_factory=dict)  # a file's length as it is surely on the disk
    changes: dict[Path, list[Callable[[], object]]] = field(default_factory=dict)  # ways back, by folder

    def whole(self, arguments: Sequence[Any], words: Mapping[str, int]) -> list[Any]:
        """Return the arguments of a call with whole paths, where it was made inside a folder that is open."""
        handle = next((words[key] for key in ("dir_fd", "src_dir_fd") if key in words), None)
        folder = Path() if handle is None else self.handles[handle]
        return [folder / one if isinstance(one, str | Path) else one for one in arguments]

    def note(self, name: str, *arguments: Any) -> None:  # noqa: ANN401
        """Look at a call before it is done."""
        if name == "fsync":
            path = self.handles[arguments[0]]
            self.changes.pop(path, None)
            if path.is_file():
                self.synced[path] = path.stat().st_size
        elif name == "open" and arguments[1] & os.O_CREAT and not arguments[0].exists():
            self._can_go_back(arguments[0], partial(_put, arguments[0], None))
        elif name == "mkdir":
            self._can_go_back(arguments[0], partial(shutil.rmtree, arguments[0], ignore_errors=True))
        elif name == "unlink":
            self._can_go_back(arguments[0], partial(_put, arguments[0], _content(arguments[0])))
        elif name == "replace":
            source, target = arguments
            self._can_go_back(target, partial(_put, source, _content(source)))
            self._can_go_back(target, partial(_put, target, _content(target)))
            self.synced[target] = self.synced.get(source, 0)

    def opened(self, handle: int, path: Path, *_: Any) -> None:  # noqa: ANN401
        """Remember which file a handle is."""
        self.handles[handle] = path
        if path.is_file():
            self.synced.setdefault(path, path.stat().st_size)

    def lose(self, choice: random.Random) -> None:
        """Lose a part of what is not on the disk: the tail of files, and the last changes of each folder."""
        for path, length in self.synced.items():
            if path.is_file() and path.stat().st_size > length:
                os.truncate(path, choice.randint(length, path.stat().st_size))
        for ways_back in self.changes.values():
            for go_back in reversed(ways_back[choice.randint(0, len(ways_back)) :]):
                go_back()

    def _can_go_back(self, path: Path, way: Callable[[], object]) -> None:
        self.changes.setdefault(path.parent, []).append(way)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif path.parent.is_dir():
        path.write_bytes(content)


@contextmanager
def faulty(fault: Fault) -> Iterator[FaultyOs]:
    """Make `disk` work on the file system that fails, and never wait."""
    failing = FaultyOs(fault)
    with pytest.MonkeyPatch.context() as patch:
        for module in (anchored, disk):
            patch.setattr(module, "os", failing)
        patch.setattr(disk, "_PAUSES", (0.0,) * 7)
        patch.setattr(lock, "_NAMELESS", -1)
        yield failing
