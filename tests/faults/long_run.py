"""Thousands of faults, and a table of what came of them: `make faults`, or with a number of points and a seed."""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fault_injection import KINDS, LostError, calls_of, faults_of, finish_trial, ready, try_out
from faulty_os import Fault
from rich.console import Console
from rich.table import Table as Listing
from small_shop import Deed, deeds

KILLED_OUTRIGHT = "SIGKILL at a random moment"
Trial = tuple[Deed, Sequence[Fault]]


def main() -> int:
    """Try everything out; exit 1 when anything was lost."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--points", type=int, default=24_000, help="faults in all")
    words.add_argument("--kills", type=int, default=500, help="of them SIGKILL at a random moment")
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()

    choice = random.Random(asked.seed)  # noqa: S311 - which fault meets which run
    in_memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - faults need no real disk
    found: Counter[tuple[str, str]] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=in_memory) as name, tempfile.TemporaryDirectory() as on_disk:
        place = Path(name)
        done = deeds(place)
        trials = itertools.islice(_trials(done, place, choice), asked.points - asked.kills)
        for deed, faults in trials:
            found[_label(faults), _outcome(deed, place, faults)] += 1
        for outcome in _killed(deeds(Path(on_disk)), Path(on_disk), asked.kills, choice):
            found[KILLED_OUTRIGHT, outcome] += 1
    _tell(found, asked.seed, time.monotonic() - began)
    return int(any(outcome == "lost" for _, outcome in found))


def _trials(done: Sequence[Deed], place: Path, choice: random.Random) -> Iterator[Trial]:
    """Yield every single fault first, in any order, then faults that meet the run after a fault, without end."""
    calls = {deed.name: calls_of(deed, place) for deed in done}
    single = [(deed, [fault]) for deed in done for fault in faults_of(calls[deed.name])]
    choice.shuffle(single)  # fewer points than there are faults are a fair part of them
    yield from single
    while True:
        deed = choice.choice(done)
        yield deed, [_any_fault(calls[deed.name], choice), _any_fault(60, choice)]


def _any_fault(calls: int, choice: random.Random) -> Fault:
    kind = choice.choice(KINDS)
    return Fault(choice.randint(1, calls), kind.kind, kind.lasts, kind.is_done, choice.getrandbits(16))


def _label(faults: Sequence[Fault]) -> str:
    return faults[0].label if len(faults) == 1 else "two faults, the second in the run after"


def _outcome(deed: Deed, place: Path, faults: Sequence[Fault]) -> str:
    try:
        return try_out(deed, place, faults)
    except LostError as lost:
        sys.stderr.write(f"{deed.name} {faults}: {lost}\n")
        return "lost"


def _killed(done: Sequence[Deed], place: Path, kills: int, choice: random.Random) -> Iterator[str]:
    """Kill a process at any moment of its work, on the real disk, without our hand in its calls."""
    lasts = {deed.name: _seconds(deed, place) for deed in done}
    for turn in range(kills):
        deed = done[turn % len(done)]
        folder = ready(deed, place)
        child = os.fork()
        if child == 0:
            deed.do(folder)
            os._exit(0)
        time.sleep(choice.uniform(0, lasts[deed.name]))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        try:
            yield finish_trial(deed, folder)
        except LostError as lost:
            sys.stderr.write(f"{deed.name} killed: {lost}\n")
            yield "lost"


def _seconds(deed: Deed, place: Path) -> float:
    began = time.monotonic()
    calls_of(deed, place)
    return time.monotonic() - began


def _tell(found: Counter[tuple[str, str]], seed: int, seconds: float) -> None:
    """Print the table that stands in docs/reliability.md."""
    listing = Listing("fault", "tried", "old", "new", "lost", title=f"seed {seed}, {seconds:.0f} s")
    kinds = list(dict.fromkeys(kind for kind, _ in found))
    for kind in kinds:
        listing.add_row(kind, *_numbers(found, [kind]))
    listing.add_row("all", *_numbers(found, kinds))
    Console(width=110).print(listing)


def _numbers(found: Counter[tuple[str, str]], kinds: Iterable[str]) -> list[str]:
    numbers = [sum(found[kind, outcome] for kind in kinds) for outcome in ("old", "new", "lost")]
    return [f"{number:,}" for number in (sum(numbers), *numbers)]


if __name__ == "__main__":
    sys.exit(main())
