"""Kill `watch` at random moments while it carries out a request, let a colleague's command finish, and see what it answers.

Usage: python bench/watch_kills.py [--kills 300] [--seed 1]. Whether the request was done is seen from the report it makes, not from
the journal. Ends with a table; the exit code is 1 when a single answer was false.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from dealer_xl.dealership.tables import SETTINGS
from dealer_xl.frontends import command_line
from dealer_xl.frontends.arguments import Options
from dealer_xl.frontends.watch.command import carry_out
from dealer_xl.frontends.watch.watch import Watch
from dealer_xl.jobs import make_sample_store
from dealer_xl.jobs.command_cell import read_asked
from dealer_xl.office.folder import disk
from dealer_xl.office.xlsx.closed_file import FileWorkbook

NOW = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - the shop's own clock
REQUEST, REPORT = "月度总结 2026-10", Path("总结") / "2026年10月工作总结.docx"
COLLEAGUE = (["today"], ["check"], ["plan", "2026"])
SOON = 0.2
"""Seconds between the exchange of the files and the answer, and some more."""
DONE, NOT_DONE = "这件事已经做完", "这件事没有做，文件没有改动"


def in_a_child(work: Callable[[], object]) -> int:
    """Begin work in a process of its own, which says nothing; return its number."""
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        with contextlib.suppress(Exception):
            work()
        os._exit(0)
    return child


def watch_once(folder: Path) -> None:
    """Answer what is asked for now."""
    Watch(folder, partial(carry_out, folder, Options(day=NOW.date())), lambda _: None).once()


def ask(folder: Path) -> None:
    """Type the request into its cell and save."""
    place = folder / SETTINGS.workbook
    book = FileWorkbook(place.name, place.read_bytes())
    keys = book.read_table(SETTINGS)[SETTINGS.heading("key")]
    row = next(int(row) for row, key in keys.items() if key == "命令")  # type: ignore[call-overload]
    book.write_cells(SETTINGS, SETTINGS.heading("value"), {row: REQUEST})
    disk.write_atomic(place, book.rewritten())


def trial(folder: Path, longest: float, chance: random.Random) -> str:
    """Kill one watch; return what the next one answers, and whether that is true."""
    (folder / REPORT).unlink(missing_ok=True)
    ask(folder)
    child = in_a_child(partial(watch_once, folder))
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0, longest))
    else:  # around the moment in which the files are exchanged and the request is answered
        wait_for(folder / REPORT, at_most=longest)
        time.sleep(chance.uniform(0, SOON))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    was_accepted = read_asked(folder).text == ""
    words = [*chance.choice(COLLEAGUE), f"--date={NOW:%Y-%m-%d}"]
    os.waitpid(in_a_child(partial(command_line.main, [words[0], str(folder), *words[1:]])), 0)
    is_done = (folder / REPORT).is_file()
    os.waitpid(in_a_child(partial(watch_once, folder)), 0)
    return judged(read_asked(folder).answer, was_accepted=was_accepted, is_done=is_done)


def wait_for(file: Path, *, at_most: float) -> None:
    """Wait until a file is there."""
    late = time.monotonic() + at_most
    while not file.exists() and time.monotonic() < late:
        time.sleep(0.001)


def judged(answer: str, *, was_accepted: bool, is_done: bool) -> str:
    """Hold an answer against what is in the folder."""
    if "程序中断" not in answer:
        return "not accepted yet, done by the next" if not was_accepted else "answered before the kill"
    says = True if DONE in answer else False if NOT_DONE in answer else None
    outcome = "said done" if says else "said not done" if says is False else "said neither"
    return outcome if says == is_done else f"FALSE: {outcome}"


def main() -> int:
    """Kill as often as is asked for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - no secret hangs on it
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "演示店"
        make_sample_store(folder, NOW, vehicles=60)
        ask(folder)
        began = time.monotonic()
        os.waitpid(in_a_child(partial(watch_once, folder)), 0)
        longest = 1.2 * (time.monotonic() - began)
        for _ in range(asked.kills):
            found[trial(folder, longest, chance)] += 1
    print(f"{asked.kills} kills of watch, seed {asked.seed}, a colleague's command after each\n")
    print("| what the next watch found or answered | times |\n|---|--:|")
    for outcome, times in sorted(found.items()):
        print(f"| {outcome} | {times} |")
    return int(any(outcome.startswith("FALSE") for outcome in found))


if __name__ == "__main__":
    sys.exit(main())
