"""Links, permissions and odd backups by the thousand, and a table of what came of them: `make outside`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from odd_backups import IN_THE_WAY, ODD_THINGS, outcome_of
from outside import Act, acts, calls_of_act, outcome_of_swap, outcome_with_link, places
from private import MODES, UMASKS, too_open
from rich.console import Console
from rich.table import Table as Listing

WAYS = {
    True: "a link at the path, reached by handle (Linux, Mac)",
    False: "the same, by a look first (Windows)",
}
SWAPPED = "a link that comes between two calls, by handle"
ODD, PRIVATE = "something odd in 备份", "files and folders made, by umask and mode of the workbooks"
GOOD = ("done", "refused")


def main() -> int:
    """Try everything out; exit 1 when anything outside was changed, or came out wrong."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--swaps", type=int, default=4_000, help="links that come between two calls")
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()

    in_memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    found: Counter[tuple[str, str]] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=in_memory) as name:
        place = Path(name)
        done = acts(place)
        found.update(_at_once(done, place))
        found.update(_between(done, place, asked.swaps, random.Random(asked.seed)))  # noqa: S311
        found.update(_odd(place / "odd"))
        found.update(_made(place))
    _show(found, asked.seed, time.monotonic() - began)
    return int(any(outcome not in GOOD for _, outcome in found))


def _at_once(done: list[Act], place: Path) -> Iterator[tuple[str, str]]:
    for by_handle, way in WAYS.items():
        for act in done:
            for path in places(act, place):
                yield way, outcome_with_link(act, place, path, by_handle=by_handle)


def _between(done: list[Act], place: Path, swaps: int, choice: random.Random) -> Iterator[tuple[str, str]]:
    there = {act.name: places(act, place) for act in done}
    calls = {act.name: calls_of_act(act, place) for act in done}
    for _ in range(swaps):
        act = choice.choice(done)
        path, turn = choice.choice(there[act.name]), choice.randint(1, calls[act.name])
        yield SWAPPED, outcome_of_swap(act, place, path, turn)


def _odd(place: Path) -> Iterator[tuple[str, str]]:
    place.mkdir()
    for number, (name, odd) in enumerate({**ODD_THINGS, **IN_THE_WAY}.items()):
        first, second = outcome_of(place / str(number), odd)
        is_refused = first.startswith("refused")
        is_right = is_refused == (name in IN_THE_WAY) and second in ("", first)
        yield ODD, ("refused" if is_refused else "done") if is_right else f"wrong: {name}"


def _made(place: Path) -> Iterator[tuple[str, str]]:
    for umask in UMASKS:
        for mode in MODES:
            made, wide = too_open(place, umask, mode)
            yield from [(PRIVATE, "done")] * (made - len(wide))
            yield from [(PRIVATE, "too open")] * len(wide)


def _show(found: Counter[tuple[str, str]], seed: int, seconds: float) -> None:
    """Print the table that stands in docs/reliability.md."""
    listing = Listing("what", "tried", "done", "refused", "wrong", title=f"seed {seed}, {seconds:.0f} s")
    for kind in dict.fromkeys(kind for kind, _ in found):
        of_kind = Counter({outcome: count for (each, outcome), count in found.items() if each == kind})
        right = [of_kind[outcome] for outcome in GOOD]
        numbers = (of_kind.total(), *right, of_kind.total() - sum(right))
        listing.add_row(kind, *(f"{number:,}" for number in numbers))
    Console(width=110).print(listing)
    sys.stderr.writelines(f"{kind}: {outcome}\n" for kind, outcome in found if outcome not in GOOD)


if __name__ == "__main__":
    sys.exit(main())
