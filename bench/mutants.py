"""Change the save path in one place at a time, and see whether a test finds it.

    python bench/mutants.py [--count N] [--seed N] [--only N ...] [--quick] [--keep FILE]

Mutants of all modules are drawn by seed, of each module as many as its share. Each is written into a copy of the
checkout, never into the checkout itself, and the tests that run its lines are tried first, then all of `SUITES`.
A mutant that lets the tests hang is found, too. The control, the same tests without a mutant, must pass.
"""

# cosmic-ray runs all tests for each mutant: a minute or more, 1,700 times. mutmut knows which tests to run, but since its
# third version changes nothing outside of functions. Neither draws by seed and module; three small files do it here.

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # and no other threads either: children are forked

import docxtpl  # noqa: F401 - a child need not import what it finds here
import openpyxl  # noqa: F401
import pandas as pd  # noqa: F401
import pytest
import python_calamine  # noqa: F401
import xlsxwriter  # noqa: F401
from children import GIB
from coverage import CoverageData
from equivalent_mutants import REASONS
from source_mutants import Mutant, mutants_of

HOUSE = Path(__file__).resolve().parents[1]
COPIED = (
    "dealer_xl",
    "tests",
    "bench",
    "tools",
    "templates",
    "workbooks",
    "macros",
    "docs",
    "pyproject.toml",
    "README.md",
)
SAVE_PATH = {
    "office/folder": (
        *("saving", "backups", "journal", "kept_names", "recovery", "lock", "store", "disk", "anchored"),
    ),
    "office/xlsx": (
        *("closed_file", "sheet_xml", "sheet_rows", "row_xml", "cell_xml", "cell_formats", "sheet_formulas"),
        *("sheet_reach", "obstacles", "calc_chain", "package", "row_styles", "markup"),
    ),
    "office/sheets": ("buffered_workbook", "sheet_change", "cell_record", "addresses"),
}
SUITES = ("tests/office", "tests/faults")
ELSEWHERE = (
    "builder",
    "filenames",
    "joining",
    "pdf",
    "templates",
    "word",
)  # files of SUITES that save nothing
FIRST = 60  # tests tried before all others
AT_ONCE = 2
SECONDS = 60

Tests = Mapping[str, Mapping[int, Sequence[str]]]  # of each line of each module


@dataclass(frozen=True)
class House:
    """A copy of the checkout, and beside it a folder for what its tests write."""

    root: Path

    @property
    def package(self) -> Path:
        """The copy of the package."""
        return self.root / "dealer_xl"

    def start(self, words: Sequence[str], seconds: float) -> int:
        """Run tests on the copy in a child of our own, which has all libraries already; give its number."""
        child = os.fork()
        if child == 0:
            try:
                os.setsid()
                os.nice(5)
                signal.alarm(int(seconds))
                resource.setrlimit(resource.RLIMIT_AS, (8 * GIB, 8 * GIB))  # a mutant may go on for ever
                resource.setrlimit(resource.RLIMIT_FSIZE, (GIB, GIB))
                os._exit(self._run(words))
            except BaseException:  # noqa: BLE001 - a child never comes back
                traceback.print_exc()
            finally:
                os._exit(99)
        return child

    def _run(self, words: Sequence[str]) -> int:
        with (self.root / "said.txt").open("w", encoding="utf-8", errors="replace") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
        os.chdir(self.root)
        sys.path.insert(0, str(self.root))
        corpus = os.environ.get("DEALER_XL_CORPUS", str(HOUSE.parent / "shared" / "corpus"))
        os.environ.update(PYTHONPATH=str(self.root), DEALER_XL_CORPUS=corpus)
        fixed = ("-x", "-q", "--tb=line", "-p", "no:cacheprovider", f"--basetemp={self.root}.tmp")
        return int(pytest.main([*fixed, *words]))

    def result(self, status: int) -> str:
        """Return which test failed, from how the child ended; nothing when all passed."""
        ended = os.waitstatus_to_exitcode(status)
        if ended == -signal.SIGALRM:
            return "hang"
        said = (self.root / "said.txt").read_text(encoding="utf-8", errors="replace")
        failed = [line for line in said.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return (failed[0] if failed else f"{ended}: {said[-2000:]}") if ended else ""

    def passes(self, words: Sequence[str], seconds: float) -> str:
        """Run tests on the copy and wait for them."""
        child = self.start(words, seconds)
        _, status = os.waitpid(child, 0)
        return self.result(status)


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant."""

    number: int
    mutant: Mutant
    found_by: str  # empty when nothing found it
    seconds: float

    @property
    def place(self) -> str:
        """Return where it stands."""
        return f"dealer_xl/{self.mutant.module}:{self.mutant.lines[-1]}"

    @property
    def reason(self) -> str:
        """Return why nothing can find it, where somebody looked."""
        lines = (line[1:].strip() for line in self.mutant.diff.splitlines() if line.startswith("+"))
        return REASONS.get((self.mutant.module, " ".join(lines)), "")


def drawn(package: Path, seed: int, count: int) -> list[Mutant]:
    """Draw mutants of all modules, each module by its share; a larger draw holds the smaller one."""
    places: list[tuple[float, str, Mutant]] = []
    for folder, names in SAVE_PATH.items():
        for name in names:
            module = f"{folder}/{name}.py"
            every = mutants_of(module, (package / module).read_text(encoding="utf-8"))
            Random(f"{seed} {module}").shuffle(every)  # noqa: S311 - no secret
            places += [((at + 0.5) / len(every), module, mutant) for at, mutant in enumerate(every)]
    print(f"{len(places)} possible mutants")
    return [mutant for _, _, mutant in sorted(places, key=lambda place: place[:2])[:count]]


def copied(root: Path) -> House:
    """Copy what the tests need."""
    root.mkdir(parents=True)
    for name in COPIED:
        if (HOUSE / name).is_dir():
            shutil.copytree(HOUSE / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(HOUSE / name, root / name)
    return House(root)


def everything(house: House) -> list[str]:
    """Name all tests."""
    away = [f"--ignore=tests/office/test_{name}.py" for name in ELSEWHERE]
    return [*(suite for suite in SUITES if (house.root / suite).is_dir()), *away]


def controlled(house: House) -> Tests:
    """Run all tests without a mutant; return the tests of each line of each module, the most particular first."""
    data, settings = house.root / ".coverage", house.root / "coverage.ini"
    settings.write_text(f"[run]\nsource = {house.package}\ndata_file = {data}\n", encoding="utf-8")
    words = ["--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report="]
    if said := house.passes([*everything(house), *words], 3600):
        sys.exit(f"the control fails: {said}")
    return _tests_of_lines(CoverageData(str(data)), house)


def _tests_of_lines(data: CoverageData, house: House) -> Tests:
    data.read()
    told = {
        Path(name).relative_to(house.package).as_posix(): data.contexts_by_lineno(name)
        for name in data.measured_files()
    }
    tests = {
        module: {line: {word.partition("|")[0] for word in words if word} for line, words in lines.items()}
        for module, lines in told.items()
    }
    if not any(tests.values()):
        sys.exit("the control ran another package than the copy")
    breadth = Counter(test for lines in tests.values() for names in lines.values() for test in names)
    return {
        module: {line: sorted(names, key=lambda test: (breadth[test], test)) for line, names in lines.items()}
        for module, lines in tests.items()
    }


def first_tests(mutant: Mutant, tests: Tests) -> list[str]:
    """Choose the tests to be tried first: those that run the changed lines, else any of the module."""
    of_lines = tests.get(mutant.module, {})
    here = [test for line in reversed(mutant.lines) for test in of_lines.get(line, ())]
    anywhere = [test for names in of_lines.values() for test in names[:2]]
    return list(dict.fromkeys(here or anywhere))[:FIRST]


class Trial:
    """One mutant in one copy: the tests that run its lines, then all others."""

    def __init__(
        self, house: House, number: int, mutant: Mutant, runs: Sequence[tuple[Sequence[str], float]]
    ) -> None:
        """Write the mutant into the copy and begin."""
        self.house, self.number, self.mutant = house, number, mutant
        self._place, self._began = house.package / mutant.module, time.monotonic()
        self._before, self._times = self._place.read_bytes(), self._place.stat()
        self._place.write_text(mutant.source, encoding="utf-8")
        self._runs = deque(runs)
        self.child = house.start(*self._runs.popleft())

    def goes_on(self, status: int) -> Verdict | None:
        """Take how the child ended: begin the next run, or clear away and return the verdict."""
        with suppress(ProcessLookupError):
            os.killpg(self.child, signal.SIGKILL)  # what the tests of a mutant have started and not ended
        found_by = self.house.result(status)
        if not found_by and self._runs:
            self.child = self.house.start(*self._runs.popleft())
            return None
        self._place.write_bytes(self._before)
        os.utime(
            self._place, ns=(self._times.st_atime_ns, self._times.st_mtime_ns)
        )  # its compiled form is good again
        return Verdict(self.number, self.mutant, found_by, time.monotonic() - self._began)


def tried(
    houses: Sequence[House], mutants: Sequence[tuple[int, Mutant]], tests: Tests, seconds: float
) -> list[Verdict]:
    """Try mutants, one in each copy at a time."""
    waiting, free = deque(mutants), list(houses)
    running: dict[int, Trial] = {}
    verdicts: list[Verdict] = []
    while waiting or running:
        while waiting and free:
            number, mutant = waiting.popleft()
            first = first_tests(mutant, tests)
            runs: list[tuple[Sequence[str], float]] = [(first, SECONDS)] if first else []
            if seconds or not runs:
                runs.append((everything(houses[0]), seconds or SECONDS))
            trial = Trial(free.pop(), number, mutant, runs)
            running[trial.child] = trial
        child, status = os.wait()
        trial = running.pop(child)
        verdict = trial.goes_on(status)
        if verdict is None:
            running[trial.child] = trial
        else:
            free.append(trial.house)
            verdicts.append(verdict)
            print(
                f"#{verdict.number} {verdict.place} {'found' if verdict.found_by else 'SURVIVED'}", flush=True
            )
    return sorted(verdicts, key=lambda verdict: verdict.number)


def table(verdicts: Sequence[Verdict]) -> str:
    """Write the score of each module."""
    of_module: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        of_module[verdict.mutant.module].append(verdict)
    rows = ["| module | mutants | found | survived | score |", "|---|--:|--:|--:|--:|"]
    for name, group in [*sorted(of_module.items()), ("**all**", list(verdicts))]:
        found = sum(bool(verdict.found_by) for verdict in group)
        rows.append(f"| {name} | {len(group)} | {found} | {len(group) - found} | {found / len(group):.0%} |")
    return "\n".join(rows)


def told(verdicts: Sequence[Verdict]) -> str:
    """List what was not found."""
    survivors = [verdict for verdict in verdicts if not verdict.found_by]
    lines = [
        f"\n#{each.number} {each.place} ({each.mutant.kind})\n{each.mutant.diff}"
        + (f"\n  changes nothing: {each.reason}" if each.reason else "")
        for each in survivors
    ]
    found, equal = len(verdicts) - len(survivors), sum(bool(each.reason) for each in survivors)
    hangs = sum(each.found_by == "hang" for each in verdicts)
    score = f"{found} of {len(verdicts)} found ({hangs} of them by a hang)"
    if equal:
        score += f"; {equal} of the survivors change nothing, so {found} of {len(verdicts) - equal}"
    return "\n".join([*lines, "", score])


def main() -> int:
    """Try the mutants and print the table; return whether fewer than nine of ten were found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="+", help="numbers of mutants to be tried again")
    parser.add_argument("--quick", action="store_true", help="try only tests that run the changed lines")
    parser.add_argument("--keep", type=Path, help="a file for who found what")
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        house = copied(Path(place) / "house0")
        mutants = list(enumerate(drawn(house.package, chosen.seed, chosen.count), start=1))
        mutants = [each for each in mutants if chosen.only is None or each[0] in chosen.only]
        tests = controlled(house)
        seconds = 60 + 4 * (time.monotonic() - began)
        firsts = {test for _, mutant in mutants for test in first_tests(mutant, tests)}
        if said := house.passes(sorted(firsts), seconds):
            sys.exit(f"the control fails: {said}")
        print(f"control: all tests pass, {time.monotonic() - began:.0f} s", flush=True)
        others = [Path(place) / f"house{each}" for each in range(1, AT_ONCE)]
        houses = [house, *(House(Path(shutil.copytree(house.root, root))) for root in others)]
        sys.dont_write_bytecode = True  # a mutant of the same second and size would pass for another
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        verdicts = tried(houses, mutants, tests, 0 if chosen.quick else seconds)
    print(f"\nseed {chosen.seed}, {len(verdicts)} mutants, {time.monotonic() - began:.0f} s\n")
    print(table(verdicts), told(verdicts), sep="\n")
    if chosen.keep:
        kept = [
            (each.number, each.place, each.mutant.kind, each.mutant.diff, each.found_by, each.seconds)
            for each in verdicts
        ]
        chosen.keep.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    return int(sum(bool(each.found_by) for each in verdicts) < 0.9 * len(verdicts))


if __name__ == "__main__":
    sys.exit(main())
