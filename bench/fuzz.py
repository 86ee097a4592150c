"""Damage workbooks at random and see that each is read right, or refused with one sentence.

    python bench/fuzz.py [--count N] [--seed N] [--own] [--seconds N]

Whole files come from `own_books.py` and, where it lies beside the checkout, from the shared corpus. Each mutant is
opened, read, written to (a cell, new rows) and read again in a child with 1 GiB; its cells are compared with what
openpyxl reads, where openpyxl reads anything. `--keep FOLDER` keeps the mutants that went wrong.
"""

from __future__ import annotations

import argparse
import io
import mmap
import os
import resource
import signal
import sys
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from functools import cache
from math import inf, isclose
from pathlib import Path
from random import Random

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import openpyxl
from children import GIB
from mutations import mutated
from own_books import plain, register

from dealer_xl.errors import DealerXlError
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.headings import normal
from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.schema import Column, Table

HOUSE = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("DEALER_XL_CORPUS", HOUSE.parent / "shared" / "corpus"))
HANG = 10.0
SMALL = 60_000  # bytes of a file; damage is as good in a small one, and quicker to try
BATCH = 100

Values = dict[tuple[str, int, int], object]


@dataclass(frozen=True)
class Verdict:
    """What came of one mutant."""

    kind: str
    result: str  # read, refused, wrong or a crash
    note: str = ""


def whole_files(*, own: bool) -> list[tuple[str, bytes]]:
    """Gather the files to be damaged."""
    files = [("register.xlsx", register()), ("plain.xlsx", plain())]
    if own:
        return files
    for path in sorted([*CORPUS.glob("*/*.xlsx"), *CORPUS.glob("*/*.xlsm")]):
        if path.parent.name != "hostile" and path.stat().st_size <= SMALL:
            content = path.read_bytes()
            try:
                book = FileWorkbook(path.name, content)
                for sheet in book.sheet_names():
                    book.grid(sheet)
            except DealerXlError:
                continue
            files.append((path.name, content))
    return files


def ours(book: FileWorkbook) -> Values:
    """Give all cells as we read them."""
    return {
        (sheet, row, column): value
        for sheet in book.sheet_names()
        for row, cells in enumerate(book.grid(sheet).rows, start=book.grid(sheet).top)
        for column, value in enumerate(cells, start=book.grid(sheet).left)
        if value not in (None, "")
    }


def theirs(content: bytes) -> Values | None:
    """Give all cells as openpyxl reads them; None when it cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            return {
                (page.title, row, column): cell.value
                for page in book.worksheets
                for (row, column), cell in page._cells.items()  # noqa: SLF001 - the quickest look at all cells
                if getattr(cell, "value", None) not in (None, "")
            }
    except Exception:  # noqa: BLE001 - whatever it is, it is not our reader's fault
        return None


def alike(one: object, other: object) -> bool:
    """Tell whether two readers saw the same; how a number is shown, they judge each in their own way."""
    if one == other or str(one or "").strip() == str(other or "").strip():
        return True
    if (
        one is None and isinstance(other, str) and "://" in other
    ):  # openpyxl puts a link's address into a blank
        return True
    moments = (date, datetime, time_of_day, timedelta)
    if isinstance(one, moments) or isinstance(other, moments):
        return isinstance(one, (*moments, float, int)) and not isinstance(other, (str, bool))
    if (
        other == "#VALUE!" or one == "#NUM!"
    ):  # so they call a day beyond the calendar, and a number that is none
        return isinstance(one, (int, float)) or other in ("#VALUE!", inf, -inf)
    both_are_numbers = isinstance(one, (int, float)) and isinstance(other, (int, float))
    return both_are_numbers and isclose(one, other, rel_tol=1e-12)  # type: ignore[arg-type]


@cache
def known_before(name: str, content: bytes) -> tuple[Values, frozenset[tuple[str, int, int]]]:
    """Give the whole file's cells, and the places at which the two readers disagree."""
    mine, other = ours(FileWorkbook(name, content)), theirs(content) or {}
    places = mine.keys() | other.keys()
    return mine, frozenset(place for place in places if not alike(mine.get(place), other.get(place)))


def tried(name: str, content: bytes, random: Random) -> Verdict:
    """Damage one file and see what becomes of it."""
    kind, damaged = mutated(content, random)
    before, disagreed = known_before(name, content)
    try:
        book = FileWorkbook(name, damaged)
        read = ours(book)
    except DealerXlError as error:
        return _refused(kind, error)
    if kind not in ("XML edited", "parts swapped"):
        lost = [place for place in before if read.get(place) != before[place]]
        if lost:
            return Verdict(
                kind, "wrong", f"{len(lost)} cells of the whole file are others, such as {lost[0]}"
            )
    else:
        second = theirs(damaged)
        if second is not None:
            places = (place for place in (read.keys() | second.keys()) - disagreed)
            lost = [
                place
                for place in places
                if read.get(place) != before.get(place) and not alike(read.get(place), second.get(place))
            ]
            if lost:
                pair = (type(read.get(lost[0])).__name__, type(second.get(lost[0])).__name__)
                return Verdict(
                    kind, "wrong", f"{len(lost)} cells unlike openpyxl's, such as {lost[0]} {pair}"
                )
    try:
        return _written(kind, name, book, damaged, random)
    except DealerXlError as error:
        refusal = _refused(kind, error)
        return Verdict(kind, "read, not written", refusal.note) if refusal.result == "refused" else refusal


def _refused(kind: str, error: DealerXlError) -> Verdict:
    if str(error).count("。") != 1:
        return Verdict(kind, "wrong", f"no single sentence: {type(error).__name__}")
    return Verdict(kind, "refused", type(error).__name__)


def _written(kind: str, name: str, book: FileWorkbook, damaged: bytes, random: Random) -> Verdict:
    """Write a cell and new rows into one sheet, and read the result."""
    sheet = random.choice(list(book.sheet_names()))
    grid, change = book.grid(sheet), SheetChange()
    place = (random.randint(1, grid.bottom + 3), random.randint(1, max(grid.right, 1) + 2))
    change.put(*place, "新值")
    book.changes[sheet] = change
    after = book.rewritten()
    before, again = ours(book), ours(FileWorkbook(name, after))
    expected = before | {(sheet, *place): "新值"}
    if again != expected:
        return Verdict(kind, "wrong", f"written {place}, and the sheet is another")
    if _other_parts(damaged) - _other_parts(after):
        changed = {each[0] for each in _other_parts(damaged) ^ _other_parts(after)}
        if len(changed) > 1:
            return Verdict(kind, "wrong", "more than one part changed")
    return _appended(kind, name, FileWorkbook(name, damaged), sheet, grid)


def _other_parts(content: bytes) -> set[tuple[str, int]]:
    return {(info.filename, info.CRC) for info in zipfile.ZipFile(io.BytesIO(content)).infolist()}


def _appended(kind: str, name: str, book: FileWorkbook, sheet: str, grid: Grid) -> Verdict:
    native = next(iter(book.natives(sheet)), None)
    row = native.area.top if native else grid.top
    headings = {
        normal(text): text.strip() for _, text in grid.row(row) if isinstance(text, str) and normal(text)
    }
    if not headings:
        return Verdict(kind, "read and written")
    columns = tuple(Column(f"c{at}", heading) for at, heading in enumerate(headings.values()))
    table = Table(native.name if native else "NoTable", sheet, name, sheet, columns)
    rows = [{columns[0].heading: f"新{number}"} for number in range(3)]
    book.append_rows(table, rows)
    again = FileWorkbook(name, book.rewritten()).read_table(table)
    if again[columns[0].heading].tolist()[-3:] != ["新0", "新1", "新2"]:
        return Verdict(kind, "wrong", "new rows are not there")
    return Verdict(kind, "read and written")


class Round:
    """Mutants tried one after the other in a child, which is replaced when it dies or hangs."""

    def __init__(self, files: Sequence[tuple[str, bytes]], seed: int) -> None:
        self.files, self.seed = files, seed
        self.results: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.findings: dict[int, str] = {}
        self.slowest = 0.0
        self._shared = mmap.mmap(-1, 64)

    def go(self, first: int, last: int) -> None:
        """Try the mutants of these numbers."""
        while first < last:
            upto = min(first + BATCH, last)
            first = self._batch(first, upto)

    def _batch(self, first: int, last: int) -> int:
        """Give the number of the next mutant to be tried."""
        self._tell(first)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._be_the_child(first, last, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            status = self._waited(child)
            lines = pipe.read().decode().splitlines()
        for line in lines:
            self._take(line)
        if status == 0:
            return last
        number = int.from_bytes(self._shared[:8], "little")
        self.results["process death" if status != -signal.SIGKILL else "hang"] += 1
        self.findings[number] = f"{self.files[number % len(self.files)][0]}: the process ended with {status}"
        return number + 1

    def _waited(self, child: int) -> int:
        """Wait for the child, but for no mutant longer than is allowed."""
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            began = int.from_bytes(self._shared[8:16], "little") / 1000
            if time.monotonic() - began > HANG:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.02)

    def _tell(self, number: int) -> None:
        self._shared[:16] = number.to_bytes(8, "little") + int(time.monotonic() * 1000).to_bytes(8, "little")

    def _be_the_child(self, first: int, last: int, writing: int) -> None:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (GIB, GIB))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            with os.fdopen(writing, "w", encoding="utf-8") as pipe:
                for number in range(first, last):
                    self._tell(number)
                    pipe.write(self._line(number))
                    pipe.flush()
            os._exit(0)
        finally:
            os._exit(99)

    def _line(self, number: int) -> str:
        name, content = self.files[number % len(self.files)]
        began = time.monotonic()
        try:
            verdict = tried(name, content, Random(f"{self.seed}/{number}"))  # noqa: S311 - no secret
        except BaseException as error:  # noqa: BLE001 - this is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            verdict = Verdict(
                "?", "traceback", f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
            )
        took = time.monotonic() - began
        note = verdict.note.replace("\t", " ").replace("\n", " ").encode(errors="replace").decode()
        return f"{number}\t{took:.3f}\t{verdict.kind}\t{verdict.result}\t{note}\n"

    def _take(self, line: str) -> None:
        number, took, kind, result, note = line.split("\t")
        self.slowest = max(self.slowest, float(took))
        self.results[result] += 1
        self.kinds[f"{kind}: {result}"] += 1
        if result in ("wrong", "traceback"):
            name = self.files[int(number) % len(self.files)][0]
            self.findings[int(number)] = f"{name}: {kind}: {result}: {note}"


def main() -> int:
    """Try the mutants and print the table; tell whether any went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--own", action="store_true", help="damage workbooks of our own making only")
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long")
    parser.add_argument("--keep", type=Path, help="a folder for the mutants that went wrong")
    chosen = parser.parse_args()
    began = time.monotonic()
    round_ = Round(whole_files(own=chosen.own), chosen.seed)
    for name, content in round_.files:
        known_before(name, content)
    first, last = chosen.first, chosen.first + chosen.count
    while first < last and (not chosen.seconds or time.monotonic() - began < chosen.seconds):
        upto = min(first + BATCH, last)
        round_.go(first, upto)
        first = upto
    _print(round_, time.monotonic() - began)
    if chosen.keep:
        _keep(round_, chosen.keep)
    return 1 if round_.findings else 0


def _keep(round_: Round, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in round_.findings:
        name, content = round_.files[number % len(round_.files)]
        _, damaged = mutated(content, Random(f"{round_.seed}/{number}"))  # noqa: S311 - no secret
        (folder / f"{number}_{name}").write_bytes(damaged)


def _print(round_: Round, seconds: float) -> None:
    print(f"| files damaged | {len(round_.files)} |\n|---|---|")
    print(f"| mutants | {round_.results.total()} |")
    for result in ("read and written", "read, not written", "refused"):
        print(f"| {result} | {round_.results[result]} |")
    for words, result in (
        ("read silently wrong", "wrong"),
        ("tracebacks", "traceback"),
        ("hangs", "hang"),
        ("process deaths", "process death"),
    ):
        print(f"| {words} | {round_.results[result]} |")
    print(f"| slowest | {round_.slowest:.1f} s |\n| whole run | {seconds:.0f} s |")
    for kind, count in sorted(round_.kinds.items()):
        print(f"  {kind}: {count}")
    for number, note in sorted(round_.findings.items()):
        print(f"! {number} {note}")


if __name__ == "__main__":
    sys.exit(main())
