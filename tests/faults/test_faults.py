"""A seeded part of the faults that `make faults` tries out, and what only a real disk does."""

from __future__ import annotations

import errno
import os
import random
import resource
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fault_injection import KINDS, LostError, calls_of, faults_of, ready, try_out
from faulty_os import CALLS, NONE, Cache, Fault, faulty
from small_shop import Deed, deeds, state

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import anchored, disk, saving
from dealer_xl.office.folder.io_errors import DiskFullError, FileHeldError

SEED, SINGLES, PAIRS = 20261122, 300, 60
NAMES = ("save", "undo", "redo", "new")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Yield a folder in memory where there is such a thing: a fault needs no real disk."""
    in_memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=in_memory) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def shop(place: Path) -> dict[str, Deed]:
    """Make ready everything that is done in a shop."""
    return {deed.name: deed for deed in deeds(place)}


@pytest.mark.parametrize("name", NAMES)
def test_without_a_fault_everything_is_done(shop: dict[str, Deed], place: Path, name: str) -> None:
    assert calls_of(shop[name], place) > 10
    assert try_out(shop[name], place, [NONE]) == "new"


@pytest.mark.parametrize("name", NAMES)
def test_when_any_call_fails_or_the_power_goes_nothing_is_lost(
    shop: dict[str, Deed], place: Path, name: str
) -> None:
    deed = shop[name]
    every = list(faults_of(calls_of(deed, place), seeds=3))
    choice = random.Random(f"{SEED} {name}")  # noqa: S311 - a seeded part

    for fault in choice.sample(every, SINGLES // len(NAMES)):
        try_out(deed, place, [fault])


def test_a_fault_in_the_run_after_a_fault_loses_nothing(shop: dict[str, Deed], place: Path) -> None:
    choice = random.Random(SEED)  # noqa: S311
    calls = {name: calls_of(deed, place) for name, deed in shop.items()}

    for _ in range(PAIRS):
        name = choice.choice(NAMES)
        turns = choice.randint(1, calls[name]), choice.randint(1, 60)
        kinds = [choice.choice(KINDS) for _ in turns]
        faults = [
            Fault(turn, kind.kind, kind.lasts, kind.is_done, choice.getrandbits(16))
            for turn, kind in zip(turns, kinds, strict=True)
        ]
        try_out(shop[name], place, faults)


def test_after_the_last_call_no_fault_strikes(shop: dict[str, Deed], place: Path) -> None:
    deed = shop["save"]

    assert try_out(deed, place, [Fault(calls_of(deed, place) + 1, "EIO", lasts=True)]) == "new"


def test_before_the_first_exchange_in_a_new_shop_backups_and_journal_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "甲.xlsx").write_bytes(b"a1")
    unsettled: list[Path] = []

    with faulty(Fault(0, "power")) as system:

        def looked_at(*_: object) -> None:
            changed = [folder for folder, ways in system.cache.changes.items() if ways]
            unsettled.extend(
                folder for folder in changed if "备份" in folder.parts[len(tmp_path.parts) - 1 :]
            )
            lasting = {path: size for path, size in system.cache.synced.items() if path.suffix != ".lock"}
            assert all(path.stat().st_size == size for path, size in lasting.items() if path.is_file())

        monkeypatch.setattr(saving, "_exchange", looked_at)
        saving.save_all(tmp_path, "check", [saving.FileWrite(Path("甲.xlsx"), b"a1", b"a2")], keep=30)

    assert unsettled == []


def forget_to_sync(patch: pytest.MonkeyPatch) -> None:
    """Exchange files whose content is not on the disk yet."""
    real = Cache.note

    def note(cache: Cache, name: str, *arguments: Any) -> None:  # noqa: ANN401
        if name != "fsync":
            real(cache, name, *arguments)

    patch.setattr(Cache, "note", note)


def tell_the_journal_nothing(patch: pytest.MonkeyPatch) -> None:
    """Exchange files before anybody could know of it."""
    patch.setattr(saving, "write_entry", lambda *_: None)


def put_nothing_back(patch: pytest.MonkeyPatch) -> None:
    """Leave what was exchanged as it is when the next exchange fails."""
    patch.setattr(saving, "put_back", lambda *_: ())


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [(forget_to_sync, "power"), (tell_the_journal_nothing, "kill"), (put_nothing_back, "EIO")],
)
def test_the_trials_find_what_a_broken_save_loses(
    shop: dict[str, Deed],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[pytest.MonkeyPatch], None],
    kind: str,
) -> None:
    """Break the save on purpose: trials that never fail would prove nothing."""
    deed = shop["save"]
    late = [
        fault for fault in reversed(list(faults_of(calls_of(deed, place), seeds=12))) if fault.kind == kind
    ]

    with monkeypatch.context() as patch:
        spoil(patch)
        assert any(is_lost(deed, place, fault) for fault in late)


def is_lost(deed: Deed, place: Path, fault: Fault) -> bool:
    """Return whether a fault costs something."""
    try:
        try_out(deed, place, [fault])
    except (LostError, DealerXlError):
        return True
    return False


@pytest.mark.parametrize("room", [0, 20, 500, 5_000])
def test_when_the_disk_is_really_full_nothing_changes_and_staff_are_told(
    shop: dict[str, Deed], place: Path, room: int
) -> None:
    """A process that may write no file longer than `room` bytes is told so by the system itself."""
    folder = ready(shop["save"], place)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        try:
            shop["save"].do(folder)
        except DiskFullError:
            os._exit(3)
        os._exit(1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
    assert state(folder) == shop["save"].old
    assert try_out(shop["save"], place, [NONE]) == "new"


def test_in_a_folder_that_may_only_be_read_nothing_changes_and_staff_are_told(
    shop: dict[str, Deed], place: Path
) -> None:
    """Root may write anywhere, so the read-only drive is a false one."""
    folder = ready(shop["save"], place)
    writing = {"mkdir", "write", "unlink", "replace", "chmod", "rmdir"}

    with faulty(NONE) as system:
        real = system._use

        def refused(name: str, act: Callable[..., Any], *words: Any, **at: int) -> Any:  # noqa: ANN401
            if name in writing or (name == "open" and words[1] & os.O_CREAT):
                raise OSError(errno.EROFS, "read-only file system")
            return real(name, act, *words, **at)

        system._use = refused  # type: ignore[method-assign,assignment]
        with pytest.raises(FileHeldError, match="权限"):
            shop["save"].do(folder)

    assert state(folder) == shop["save"].old


def test_every_call_the_disk_makes_can_fail() -> None:
    source = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (anchored, disk))
    used = {
        word.partition("(")[0] for word in source.split("os.")[1:] if word.partition("(")[0].isidentifier()
    }

    assert used <= CALLS
