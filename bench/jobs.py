"""Time each job as a whole process on a sample store: `make bench`, or `python bench/jobs.py [VEHICLES] [RUNS]`.

Prints the median wall time, the median processor time and the peak memory of the runs after one warm-up.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from dealer_xl.jobs import make_sample_store

COMMANDS = {
    "check": ["check"],
    "today": ["today"],
    "summary (month)": ["summary", "2026-10"],
    "summary (year)": ["summary", "2026"],
    "letters": ["letters", "--template", "邀请函", "--event", "EVENT"],
}
DEFAULTS = ["1500", "5"]
NOW = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - the shop's own clock


def timed(words: list[str]) -> tuple[float, float, int]:
    """Run one command: wall seconds, processor seconds, peak memory in MiB."""
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.execv(sys.executable, [sys.executable, "-m", "dealer_xl", *words])  # noqa: S606
    _, _, used = os.wait4(child, 0)
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def main() -> None:
    """Make a store, run each command on it and print the table."""
    vehicles, runs = map(int, [*sys.argv[1:], *DEFAULTS[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as place:
        store = Path(place) / "store"
        event = make_sample_store(store, NOW, vehicles=vehicles).next_event(NOW.date())
        print(f"{vehicles} vehicles, dry runs, median of {runs} after one warm-up")
        print("| command | wall s | cpu s | peak MiB |\n|---|--:|--:|--:|")
        for name, (command, *rest) in COMMANDS.items():
            words = [command, str(store), *(event if word == "EVENT" else word for word in rest)]
            told = [
                timed([*words, "--json", "--dry-run", f"--date={NOW:%Y-%m-%d}"]) for _ in range(runs + 1)
            ][1:]
            wall, cpu, memory = (statistics.median(column) for column in zip(*told, strict=True))
            print(f"| {name} | {wall:.2f} | {cpu:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
