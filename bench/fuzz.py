"""Damage workbooks at random and see that each is read right, or refused with one sentence.

    python bench/fuzz.py [--count N] [--seed N] [--own] [--seconds N] [--workers N]

Whole files come from `sample_workbooks.py` and, where it lies beside the checkout, from the shared corpus. Each mutant is
opened, read, written to (a cell, new rows) and read again in a child with 1 GiB. Where the XML was edited, each cell must
be what the standard says of it (`reference_reader.py`); openpyxl is asked, too, and what it tells otherwise must be of a kind that
`OPENPYXLS_OWN` describes, or it counts as read wrong. `--keep FOLDER` keeps the mutants that went wrong.
"""

from __future__ import annotations

import argparse
import io
import mmap
import os
import pickle
import resource
import signal
import sys
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
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
from reference_reader import Place, ReferenceReading, is_so, judged
from sample_workbooks import plain, register

from dealer_xl.errors import DealerXlError
from dealer_xl.heading_text import normal
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.schema import Column, Table

HOUSE = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("DEALER_XL_CORPUS", HOUSE.parent / "shared" / "corpus"))
HANG = 10.0  # seconds of the processor
WAIT = 120.0  # seconds by the clock, for what waits without working
SMALL = 60_000  # bytes of a file; damage is as good in a small one, and quicker to try
BATCH = 100

Values = dict[Place, object]

EDITED = ("XML edited", "parts swapped")  # damage after which a cell may truly hold something else
# What openpyxl is known to tell otherwise although the standard is plain; a cell is only excused where it says as we do.
OPENPYXLS_OWN: tuple[tuple[str, Callable[[ReferenceReading, Place], bool]], ...] = (
    ("openpyxl counts a stray element of a row as a cell", lambda told, place: place[:2] in told.stray),
    ("openpyxl leaves _x000D_ in a formula's text", lambda told, place: place in told.escaped),
    (
        "openpyxl leaves out an inline text in a cell of another type",
        lambda told, place: place in told.unsaid,
    ),
)
NO_NUMBER = "a number that is none, read as the text that stands there"


@dataclass(frozen=True)
class Verdict:
    """What came of one mutant."""

    kind: str
    result: str  # read, refused, wrong or a crash
    note: str = ""
    aside: str = ""  # what the readers made of it that is worth a line of the table


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
    """Return all cells as we read them."""
    return {
        (sheet, row, column): value
        for sheet, grid in ((sheet, book.grid(sheet)) for sheet in book.sheet_names())
        for row, cells in grid.numbered(grid.top, grid.bottom)
        if cells.count("") < len(cells)  # or a cell far down would take longer to compare than to read
        for column, value in enumerate(cells, start=grid.left)
        if value not in (None, "")
    }


def theirs(content: bytes) -> Values | None:
    """Return all cells as openpyxl reads them; None when it cannot."""
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
    """Return whether two readers saw the same; how a number is shown, they judge each in their own way."""
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


@dataclass(frozen=True)
class Before:
    """A whole file's cells as we read them, and where openpyxl or the umpire tells otherwise even then."""

    values: Values
    unlike: frozenset[Place]
    unruled: frozenset[Place]


@cache
def known_before(name: str, content: bytes) -> Before:
    """Read a whole file in three ways."""
    mine, other, told = (
        ours(FileWorkbook(name, content)),
        theirs(content) or {},
        judged(content) or ReferenceReading(),
    )
    unlike = (place for place in mine.keys() | other.keys() if not alike(mine.get(place), other.get(place)))
    return Before(mine, frozenset(unlike), frozenset(against_the_rules(mine, told)))


def against_the_rules(read: Values, told: ReferenceReading) -> list[Place]:
    """List the cells of which the standard says otherwise, or nothing."""
    return [
        place
        for place in read.keys() | told.values.keys() | told.unclear.keys()
        if place in told.unclear
        or not is_so(read.get(place), told.values.get(place), from_1904=told.from_1904)
    ]


def tried(name: str, content: bytes, random: Random) -> Verdict:
    """Damage one file and see what becomes of it."""
    kind, damaged = mutated(content, random)
    before = known_before(name, content)
    try:
        book = FileWorkbook(name, damaged)
        read = ours(book)
    except DealerXlError as error:
        return _refused(kind, error)
    aside = ""
    if kind in EDITED:
        wrong, aside = compared(read, damaged, before)
    else:
        lost = [place for place in before.values if read.get(place) != before.values[place]]
        wrong = f"{len(lost)} cells of the whole file are others, such as {lost[0]}" if lost else ""
    if wrong:
        return Verdict(kind, "wrong", wrong)
    try:
        return replace(_written(kind, name, book, damaged, random), aside=aside)
    except DealerXlError as error:
        refusal = _refused(kind, error)
        result = "read, not written" if refusal.result == "refused" else refusal.result
        return Verdict(kind, result, refusal.note, aside)


def compared(read: Values, damaged: bytes, before: Before) -> tuple[str, str]:
    """Hold what we read against the standard and openpyxl; return what is wrong, and what is worth a line."""
    told, second = judged(damaged), theirs(damaged)
    if told is None:
        return "a plain reader finds no XML, or not all parts", ""
    wrong = sorted(set(against_the_rules(read, told)) - before.unruled)
    if wrong:
        why = told.unclear.get(wrong[0], "told otherwise")
        return f"{len(wrong)} cells against the standard, such as {wrong[0]}: {why}", ""
    aside = NO_NUMBER if told.no_numbers & read.keys() else ""
    places = (read.keys() | (second or read).keys()) - before.unlike
    for place in sorted(
        place for place in places if second is not None and not alike(read.get(place), second.get(place))
    ):
        aside = next((words for words, is_known in OPENPYXLS_OWN if is_known(told, place)), "")
        if not aside:
            return f"openpyxl tells {place} otherwise, and nothing is known why", ""
    return "", aside


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


@dataclass
class Tally:
    """What came of many mutants."""

    results: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    asides: Counter[str] = field(default_factory=Counter)
    findings: dict[int, str] = field(default_factory=dict)
    slowest: float = 0.0

    def add(self, other: Tally) -> None:
        """Take in what another worker counted."""
        self.results += other.results
        self.kinds += other.kinds
        self.asides += other.asides
        self.findings |= other.findings
        self.slowest = max(self.slowest, other.slowest)


class Round:
    """Mutants tried one after the other in a child, which is replaced when it dies or hangs."""

    def __init__(self, files: Sequence[tuple[str, bytes]], seed: int) -> None:
        self.files, self.seed, self.tally = files, seed, Tally()
        self._shared = mmap.mmap(-1, 64)

    def go(self, first: int, last: int) -> None:
        """Try the mutants of these numbers."""
        while first < last:
            first = self._batch(first, last)

    def _batch(self, first: int, last: int) -> int:
        """Return the number of the next mutant to be tried."""
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
        self.tally.results["hang" if status in (-signal.SIGKILL, -signal.SIGXCPU) else "process death"] += 1
        self.tally.findings[number] = (
            f"{self.files[number % len(self.files)][0]}: the process ended with {status}"
        )
        return number + 1

    def _waited(self, child: int) -> int:
        """Wait for the child, but for no mutant longer than is allowed."""
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            began = int.from_bytes(self._shared[8:16], "little") / 1000
            if time.monotonic() - began > WAIT:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.02)

    def _tell(self, number: int) -> None:
        self._shared[:16] = number.to_bytes(8, "little") + int(time.monotonic() * 1000).to_bytes(8, "little")

    def _be_the_child(self, first: int, last: int, writing: int) -> None:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (GIB, GIB))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            for said in (1, 2):  # openpyxl prints, and a panic of the reader
                os.dup2(os.open(os.devnull, os.O_WRONLY), said)
            with os.fdopen(writing, "w", encoding="utf-8") as pipe:
                for number in range(first, last):
                    self._tell(number)
                    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + HANG) + 1, hard))
                    pipe.write(self._line(number))
                    pipe.flush()
            os._exit(0)
        finally:
            os._exit(99)

    def _line(self, number: int) -> str:
        name, content = self.files[number % len(self.files)]
        began = time.process_time()
        try:
            verdict = tried(name, content, Random(f"{self.seed}/{number}"))  # noqa: S311 - no secret
        except BaseException as error:  # noqa: BLE001 - this is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            verdict = Verdict(
                "?", "traceback", f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
            )
        took = time.process_time() - began
        note = verdict.note.replace("\t", " ").replace("\n", " ").encode(errors="replace").decode()
        return f"{number}\t{took:.3f}\t{verdict.kind}\t{verdict.result}\t{verdict.aside}\t{note}\n"

    def _take(self, line: str) -> None:
        number, took, kind, result, aside, note = line.split("\t")
        tally = self.tally
        tally.slowest = max(tally.slowest, float(took))
        tally.results[result] += 1
        tally.kinds[f"{kind}: {result}"] += 1
        tally.asides.update([aside] if aside else [])
        if result in ("wrong", "traceback"):
            name = self.files[int(number) % len(self.files)][0]
            tally.findings[int(number)] = f"{name}: {kind}: {result}: {note}"


def main() -> int:
    """Try the mutants and print the table; return whether any went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--own", action="store_true", help="damage workbooks of our own making only")
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long")
    parser.add_argument("--workers", type=int, default=1, help="processes at a time")
    parser.add_argument("--keep", type=Path, help="a folder for the mutants that went wrong")
    chosen = parser.parse_args()
    began = time.monotonic()
    files = whole_files(own=chosen.own)
    for name, content in files:
        known_before(name, content)
    tally = _shared_out(files, chosen)
    print(f"| files damaged | {len(files)} |\n|---|---|")
    _print(tally, time.monotonic() - began)
    if chosen.keep:
        _keep(tally, files, chosen.seed, chosen.keep)
    return 1 if tally.findings else 0


def _shared_out(files: Sequence[tuple[str, bytes]], chosen: argparse.Namespace) -> Tally:
    """Share the batches out among the workers."""
    pipes: list[int] = []
    for worker in range(chosen.workers):
        reading, writing = os.pipe()
        if os.fork() == 0:
            try:
                with os.fdopen(writing, "wb") as pipe:
                    pipe.write(pickle.dumps(_worked(files, chosen, worker)))
            finally:
                os._exit(0)
        os.close(writing)
        pipes.append(reading)
    total = Tally()
    for reading in pipes:
        with os.fdopen(reading, "rb") as pipe:
            total.add(pickle.loads(pipe.read()))  # noqa: S301 - our own child's; of a dead one there is nothing
    return total


def _worked(files: Sequence[tuple[str, bytes]], chosen: argparse.Namespace, worker: int) -> Tally:
    began, round_ = time.monotonic(), Round(files, chosen.seed)
    last = chosen.first + chosen.count
    for first in range(chosen.first + worker * BATCH, last, chosen.workers * BATCH):
        if not chosen.seconds or time.monotonic() - began < chosen.seconds:
            round_.go(first, min(first + BATCH, last))
    return round_.tally


def _keep(tally: Tally, files: Sequence[tuple[str, bytes]], seed: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in tally.findings:
        name, content = files[number % len(files)]
        _, damaged = mutated(content, Random(f"{seed}/{number}"))  # noqa: S311 - no secret
        (folder / f"{number}_{name}").write_bytes(damaged)


def _print(tally: Tally, seconds: float) -> None:
    print(f"| mutants | {tally.results.total()} |")
    for result in ("read and written", "read, not written", "refused"):
        print(f"| {result} | {tally.results[result]} |")
    for words, result in (
        ("read silently wrong", "wrong"),
        ("tracebacks", "traceback"),
        ("hangs", "hang"),
        ("process deaths", "process death"),
    ):
        print(f"| {words} | {tally.results[result]} |")
    for words in (*(words for words, _ in OPENPYXLS_OWN), NO_NUMBER):
        print(f"| read right, but {words} | {tally.asides[words]} |")
    print(f"| slowest, seconds of the processor | {tally.slowest:.1f} |\n| whole run | {seconds:.0f} s |")
    for kind, count in sorted(tally.kinds.items()):
        print(f"  {kind}: {count}")
    for number, note in sorted(tally.findings.items()):
        print(f"! {number} {note}")


if __name__ == "__main__":
    sys.exit(main())
