"""One trial: do a deed while something fails, and see that nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faulty_os import ERRORS, NONE, Fault, faulty
from small_shop import Deed, first_backup, leftovers, letters_booked, letters_there, state

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder.backups import undo
from dealer_xl.office.folder.recovery import Recovered, recover
from dealer_xl.office.folder.saving import HalfWrittenError, ResultKeptError

KINDS = (
    *(Fault(0, kind) for kind in ERRORS),
    *(Fault(0, kind, lasts=True) for kind in ERRORS),
    Fault(0, "EIO", is_done=True),
    Fault(0, "kill"),
    Fault(0, "kill", is_done=True),
    Fault(0, "power"),
    Fault(0, "power", is_done=True),
)


class LostError(AssertionError):
    """Something was lost, or was told wrongly."""


@dataclass(frozen=True)
class RunReport:
    """How a deed ended: well, with a sentence, or with the death of its process."""

    reason: DealerXlError | None = None
    was_killed: bool = False

    @property
    def is_well(self) -> bool:
        """Return whether staff were told that it is done."""
        return self.reason is None and not self.was_killed


KILLED = RunReport(was_killed=True)


def calls_of(deed: Deed, place: Path) -> int:
    """Count the calls of a deed without a fault; it must do what it does."""
    folder = ready(deed, place)
    with faulty(NONE) as counted:
        deed.do(folder)
    see(state(folder) == deed.new, "without a fault it must be done")
    return len(counted.uses)


def faults_of(calls: int, seeds: int = 1) -> Iterator[Fault]:
    """Name every fault that can strike a deed: each kind at each call."""
    for turn in range(1, calls + 1):
        for kind in KINDS:
            for seed in range(seeds if kind.kind == "power" else 1):
                yield Fault(turn, kind.kind, kind.lasts, kind.is_done, seed)


def try_out(deed: Deed, place: Path, faults: Sequence[Fault]) -> str:
    """Inject faults, the first into the deed, the others into the next runs; return whether the shop is old or new then.

    Raises LostError.
    """
    folder = ready(deed, place)
    told = _struck(deed.do, folder, faults[0])
    _see_each_file_whole(deed, folder)
    _see_told_right(deed, folder, told)
    for fault in faults[1:]:
        _struck(recover, folder, fault)
        _see_each_file_whole(deed, folder)

    return finish_trial(deed, folder, told)


def finish_trial(deed: Deed, folder: Path, told: RunReport = KILLED) -> str:
    """Run once more, and check that the shop is in one piece and can be worked in.

    Raises LostError.
    """
    with faulty(NONE):
        recovered = recover(folder)
    after = _without_kept(folder, told)
    found = "new" if after == deed.new else "old"
    if not deed.makes_a_store:
        see(after in (deed.old, deed.new), "a set half old, half new")
        see(_is_told_right(recovered, found, told), "told wrongly how it ended")
        see(letters_booked(folder) == letters_there(folder), "register and letters differ")
    _go_on(deed, folder, found, told)
    return found


def _is_told_right(recovered: Recovered | None, found: str, told: RunReport) -> bool:
    """Return whether the next run said how it ended; of a line of the journal that was cut short nothing else is said."""
    if recovered is None:
        return True
    if recovered.finished is None:
        return bool(recovered.aside) and found == ("new" if told.is_well else "old")
    return recovered.finished == (found == "new")


def _go_on(deed: Deed, folder: Path, found: str, told: RunReport) -> None:
    """Work on: do again what was not done, and walk back through all backups."""
    with faulty(NONE):
        if deed.makes_a_store:
            for path in list(folder.glob("*.xlsx"))[:1]:
                path.unlink()
        if found == "old" or deed.makes_a_store:
            deed.do(folder)
            see(_without_kept(folder, told) == deed.new, "it cannot be done again")
        if not deed.makes_a_store:
            see(first_backup(folder) == first_backup(deed.start), "a backup is missing")
        if deed.name in {"save", "redo"}:
            undo(folder)
            see(_without_kept(folder, told) == dict(deed.old), "undo brings other bytes")
        if not deed.makes_a_store:
            see(undo(folder).command == "check", "the earlier command cannot be undone")
        see(not leftovers(folder), f"left over: {leftovers(folder)}")
    shutil.rmtree(folder)


def see(is_right: object, what: str) -> None:
    """Stop when something is lost."""
    if not is_right:
        raise LostError(what)


def ready(deed: Deed, place: Path) -> Path:
    """Lay out the shop before a deed."""
    folder = place / "店"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(deed.start, folder)
    return folder


def _struck(do: Callable[[Path], object], folder: Path, fault: Fault) -> RunReport:
    if not fault.ends_the_process:
        with faulty(fault):
            try:
                do(folder)
            except DealerXlError as reason:
                return RunReport(reason)
        return RunReport()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with faulty(fault):
                do(folder)
            code = 0
        except DealerXlError:
            code = 2
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    see(os.WIFSIGNALED(status) or os.WEXITSTATUS(status) != 1, "a traceback")
    return KILLED


def _see_each_file_whole(deed: Deed, folder: Path) -> None:
    for name, digest in state(folder).items():
        if "_未写入_" not in name:
            see(digest in (deed.old.get(name), deed.new.get(name)), f"{name} is neither old nor new")
    for name in deed.old:
        see((folder / name).is_file() or name not in deed.new, f"{name} is gone")


def _see_told_right(deed: Deed, folder: Path, told: RunReport) -> None:
    now = _without_kept(folder, told)
    if told.is_well:
        see(now == deed.new, "told that it is done")
    elif told.reason and not isinstance(told.reason, HalfWrittenError) and not deed.makes_a_store:
        see(now == deed.old, f"told that nothing is changed: {told.reason}")


def _without_kept(folder: Path, told: RunReport) -> dict[str, str]:
    """Leave out the result that was kept beside a workbook that is held; there must be one when it was told."""
    kept = [name for name in state(folder) if "_未写入_" in name]
    see(not kept or not told.is_well, "a result lies beside, and nobody was told")
    see(kept or not isinstance(told.reason, ResultKeptError), "a result was told that is not there")
    return {name: digest for name, digest in state(folder).items() if name not in kept}
