"""Lay a link wherever something is written or deleted, at once or between two calls, and see what lies behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from faulty_os import NONE, FaultyOs
from small_shop import BLANK, deeds, send

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import anchored, disk, lock, saving
from dealer_xl.office.folder.anchored import Place
from dealer_xl.office.folder.new_files import add_files
from dealer_xl.office.folder.recovery import recover
from dealer_xl.office.folder.saving import FileWrite, save_all

OLD_BACKUP = Path("备份") / "20200101-000000-check"
ASIDE = ".als-es-war"


@dataclass(frozen=True)
class Act:
    """Something done in a shop, and the shop it begins in."""

    name: str
    do: Callable[[Path], object]
    start: Path


def acts(place: Path) -> list[Act]:
    """Make ready everything that writes or deletes in a shop."""
    ready = [Act(deed.name, deed.do, deed.start) for deed in deeds(place)[:3]]
    cluttered, cut_off = place / "旧备份", place / "中断"
    shutil.copytree(ready[0].start, cluttered)
    (cluttered / OLD_BACKUP / "信函").mkdir(parents=True)
    for name in ("甲.xlsx", "信函/一.docx"):
        (cluttered / OLD_BACKUP / name).write_bytes(b"old")
    shutil.copytree(ready[0].start, cut_off)
    _cut_off(cut_off)
    empty = place / "新"
    empty.mkdir()
    return [
        *ready,
        Act("clear", _clear, cluttered),
        Act("recover", recover, cut_off),
        Act("new", lambda folder: add_files(folder, BLANK), empty),
    ]


def _clear(folder: Path) -> None:
    note = Path("注.txt")
    save_all(folder, "check", [FileWrite(note, None, b"1")], keep=1)
    save_all(folder, "check", [FileWrite(note, b"1", b"2")], keep=1)


def _cut_off(folder: Path) -> None:
    child = os.fork()
    if child == 0:
        uses = iter(range(2))
        real = saving._exchange

        def exchange(*words: Any) -> None:  # noqa: ANN401
            if next(uses, None) is None:
                os._exit(0)
            real(*words)

        setattr(saving, "_exchange", exchange)  # noqa: B010 - it is another module's
        send(folder)
    os.waitpid(child, 0)


def places(act: Act, place: Path) -> list[Path]:
    """Name every file and folder that is there before or after, the folders that come and go between included."""
    folder = fresh(act, place)
    before = set(_inside(folder))
    with looked_at(by_handle=True), _impatient():
        act.do(folder)
    return sorted(before | set(_inside(folder)))


def _inside(folder: Path) -> Iterator[Path]:
    return (path.relative_to(folder) for path in folder.rglob("*"))


def fresh(act: Act, place: Path) -> Path:
    """Lay out the shop before an act."""
    folder = place / "店"
    for each in (folder, outside_of(folder)):
        shutil.rmtree(each, ignore_errors=True)
    shutil.copytree(act.start, folder)
    return folder


def outside_of(folder: Path) -> Path:
    """Name the place of somebody else, to which the links lead."""
    return folder.parent / "别人的"


def lay_link(folder: Path, path: Path) -> None:
    """Let a link stand at a path; behind it lies the same as was there, so that all that is done can be done there."""
    outside, here = outside_of(folder), folder / path
    shutil.rmtree(outside, ignore_errors=True)
    outside.mkdir()
    target = outside / path.name
    if here.is_dir():
        shutil.copytree(here, target)
    elif here.is_file():
        shutil.copyfile(here, target)
    elif path.suffix:
        target.write_bytes(b"theirs")
    else:
        target.mkdir()
    (target if target.is_dir() else outside).joinpath("私人.txt").write_bytes(b"private")
    if here.exists():
        here.rename(here.with_name(f"{here.name}{ASIDE}"))
    here.parent.mkdir(parents=True, exist_ok=True)
    here.symlink_to(target)


def seen(folder: Path) -> dict[str, object]:
    """Return all that could be changed outside: names, contents, modes and times."""
    outside = outside_of(folder)
    return {
        str(path.relative_to(outside)): (
            path.is_dir() or path.read_bytes(),
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
        )
        for path in [outside, *outside.rglob("*")]
    }


@contextmanager
def looked_at(*, by_handle: bool) -> Iterator[None]:
    """Reach files by the handles of their folders, or as Windows does, by a look at each before the call."""
    with pytest.MonkeyPatch.context() as patch:
        if not by_handle:
            patch.setattr(anchored, "BY_HANDLE", False)
            for module in (anchored, disk):
                patch.setattr(module, "NO_FOLLOW", 0)
        yield


@contextmanager
def _impatient() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "_PAUSES", ())
        patch.setattr(lock, "_NAMELESS", -1)
        patch.setattr(lock, "_PATIENCE", 0)
        patch.setattr(saving, "FRESH", timedelta(0))
        yield


def outcome_with_link(act: Act, place: Path, path: Path, *, by_handle: bool) -> str:
    """Do an act where a link stands; return whether it was done, refused, or changed something outside."""
    folder = fresh(act, place)
    lay_link(folder, path)
    return _outcome(act, folder, seen(folder), nullcontext(), by_handle=by_handle)


class SwappingOs(FaultyOs):
    """Stands for `os`; before the n-th call a folder is exchanged for a link."""

    def __init__(self, turn: int, swap: Callable[[], None]) -> None:
        super().__init__(NONE)
        self.turn, self.swap = turn, swap

    def _use(self, name: str, real: Callable[..., Any], *arguments: Any, **words: Any) -> Any:  # noqa: ANN401
        self.uses.append(name)
        if len(self.uses) == self.turn:
            self.swap()
        return real(*arguments, **words)


@contextmanager
def swapping(turn: int, swap: Callable[[], None]) -> Iterator[SwappingOs]:
    """Let a link come between two calls."""
    system = SwappingOs(turn, swap)
    with pytest.MonkeyPatch.context() as patch:
        for module in (anchored, disk):
            patch.setattr(module, "os", system)
        yield system


def calls_of_act(act: Act, place: Path) -> int:
    """Count the calls of an act."""
    folder = fresh(act, place)
    with _impatient(), swapping(0, lambda: None) as system:
        act.do(folder)
    return len(system.uses)


def outcome_of_swap(act: Act, place: Path, path: Path, turn: int) -> str:
    """Do an act while a link comes between two of its calls; tell as above."""
    folder = fresh(act, place)
    before: dict[str, object] = {}

    def swap() -> None:
        lay_link(folder, path)
        before.update(seen(folder))

    return _outcome(act, folder, before, swapping(turn, swap), by_handle=True)


def _outcome(act: Act, folder: Path, before: dict[str, object], during: Any, *, by_handle: bool) -> str:  # noqa: ANN401
    with looked_at(by_handle=by_handle), _impatient(), during:
        try:
            act.do(folder)
            ended = "done"
        except DealerXlError:
            ended = "refused"
    return "outside" if before and seen(folder) != before else ended


@contextmanager
def unguarded() -> Iterator[None]:
    """Follow every link, as one does who thinks of none: the trials must find it out."""

    @contextmanager
    def plain(path: Place, **_: object) -> Iterator[tuple[Path, dict[str, int]]]:
        yield Path(path), {}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "parent_of", plain)
        patch.setattr(disk, "NO_FOLLOW", 0)
        patch.setattr(disk, "_looked_at", lambda path: Path(path).stat())
        yield
