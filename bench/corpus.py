"""Write into every workbook of the shared corpus and print what came of it.

    python bench/corpus.py [--every N] [--office N] [--details]

The files are those of tests/corpus/manifest.tsv, read where they lie (DEALER_XL_CORPUS, else ../shared/corpus beside the
checkout); none is copied, and no cell's value is printed. Each file is opened, read and written in a child with 20 s and
1 GiB of address space.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from math import isclose
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # its threads' stacks would count as memory of each child

from children import GIB, Outcome, in_child
from corpus_checks import unintended
from corpus_writes import Written, write_everything

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "corpus"))
from manifest import CORPUS, entries, found

from dealer_xl.errors import DealerXlError

SECONDS = 20
IN_OFFICE = {".xlsx", ".xlsm"}  # an add-in has no sheet that LibreOffice would write out
OFFICE = shutil.which("soffice")
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"


class Tally:
    """What is counted over all files."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.not_opened: Counter[str] = Counter()
        self.not_written: Counter[str] = Counter()
        self.faults: list[str] = []
        self.crashes: list[str] = []
        self.slowest, self.largest = (0.0, ""), (0, "")

    def take(self, name: str, outcome: Outcome[tuple[str, list[Written]]]) -> list[Written]:
        """Count one file; return what was written into it."""
        self.counts["files tried"] += 1
        self.slowest = max(self.slowest, (outcome.seconds, name))
        self.largest = max(self.largest, (outcome.peak, name))
        if outcome.value is None:
            self.crashes.append(f"{name}: {outcome.died or outcome.error.strip().splitlines()[-1]}")
            return []
        refused, writes = outcome.value
        if refused:
            self.not_opened[refused] += 1
            return []
        self.counts["opened"] += 1
        written = [write for write in writes if not write.refused]
        self.not_written.update(f"{write.kind}: {write.refused}" for write in writes if write.refused)
        self.counts["writes tried"] += len(writes)
        self.counts["writes done"] += len(written)
        self.counts["files written"] += bool(written)
        return written


def one_file(path: Path) -> tuple[str, list[Written]]:
    """Return the name of the refusal, or the writes."""
    try:
        return "", write_everything(path)
    except DealerXlError as error:
        if str(error).count("。") != 1 or path.name not in str(error):
            raise AssertionError(f"no good sentence: {type(error).__name__}") from error
        return type(error).__name__, []


def checked(path: Path, writes: Sequence[Written]) -> list[str]:
    """List the faults of all writes into one file."""
    before = path.read_bytes()
    return [f"{write.kind}: {fault}" for write in writes for fault in unintended(before, write)]


def office_faults(path: Path, writes: Sequence[Written]) -> Iterator[str]:
    """Open the written files in LibreOffice and yield where the cells differ."""
    assert OFFICE  # noqa: S101
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number, write in enumerate(writes):
            (folder / f"w{number}{path.suffix}").write_bytes(write.content)
        profile = f"-env:UserInstallation={(Path(tempfile.gettempdir()) / 'corpus_office').as_uri()}"
        files = sorted(folder.glob("w*"))
        words = [OFFICE, profile, "--headless", "--convert-to", EVERY_SHEET, "--outdir", place]
        subprocess.run([*words, *files], check=False, capture_output=True, timeout=180)  # noqa: S603 - ours
        for number, write in enumerate(writes):
            texts = [
                file for file in folder.glob(f"w{number}-*.csv") if file.stem == f"w{number}-{write.sheet}"
            ]
            texts += [folder / f"w{number}.csv"] if (folder / f"w{number}.csv").exists() else []
            if not texts:
                yield f"{write.kind}: LibreOffice gave nothing"
                continue
            with texts[0].open(encoding="utf-8", newline="") as text:
                rows = list(csv.reader(text))
            for (row, column), value in write.cells.items():
                seen = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
                if not _seen_as(value, seen):
                    yield f"{write.kind}: LibreOffice: {(row, column)} ({type(value).__name__})"


def _seen_as(value: object, seen: str) -> bool:
    if isinstance(value, str):
        return seen == value
    if isinstance(value, float) and not isinstance(value, bool):
        try:
            number = float(seen.removesuffix("%")) / (100 if seen.endswith("%") else 1)
            return isclose(number, value, rel_tol=1e-12)
        except ValueError:
            return False
    return seen != ""


def main() -> int:
    """Go over the corpus, print the table; return whether anything changed beyond intent or crashed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take each n-th file only")
    parser.add_argument(
        "--office", type=int, default=8, help="let LibreOffice read each n-th written file; 0: none"
    )
    parser.add_argument("--details", action="store_true", help="name the files that were refused, too")
    parser.add_argument("--only", default="", help="take files with this in their name only")
    chosen = parser.parse_args()
    files = sorted(found()[entry.sha256] for entry in entries() if entry.sha256 in found())
    files = [path for path in files if chosen.only in path.name][:: chosen.every]
    if not files:
        print(f"no corpus at {CORPUS}")
        return 0
    tally, began = Tally(), time.monotonic()
    for path in files:
        outcome = in_child(partial(one_file, path), seconds=SECONDS)
        writes = tally.take(path.name, outcome)
        if chosen.details:
            _tell(path, outcome)
        if writes:
            judged = in_child(partial(checked, path, writes), seconds=300, memory=6 * GIB)
            tally.faults += [f"{path.name}: {fault}" for fault in judged.value or ()]
            if judged.value is None:
                tally.faults.append(f"{path.name}: not judged: {judged.died or judged.error[-300:]}")
            tally.counts["writes judged by openpyxl and calamine"] += len(writes)
            if (
                OFFICE
                and chosen.office
                and path.suffix in IN_OFFICE
                and tally.counts["files written"] % chosen.office == 0
            ):
                tally.faults += [f"{path.name}: {fault}" for fault in office_faults(path, writes)]
                tally.counts["writes judged by LibreOffice"] += len(writes)
    _print(tally, time.monotonic() - began)
    return 1 if tally.faults or tally.crashes else 0


def _tell(path: Path, outcome: Outcome[tuple[str, list[Written]]]) -> None:
    refused, writes = outcome.value or ("crash", [])
    told = refused or " ".join(f"{write.kind}={write.refused}" for write in writes if write.refused)
    print(
        f"{path.parent.name}/{path.name} {outcome.seconds:.2f}s {outcome.peak // 2**20}MB {told}", flush=True
    )


def _print(tally: Tally, seconds: float) -> None:
    print("| | |\n|---|---|")
    for words, count in tally.counts.items():
        print(f"| {words} | {count} |")
    for words, counts in (("not opened", tally.not_opened), ("not written", tally.not_written)):
        for reason, count in counts.most_common():
            print(f"| {words}: {reason} | {count} |")
    print(f"| changed beyond intent | {len(tally.faults)} |")
    print(f"| crashes, hangs, tracebacks | {len(tally.crashes)} |")
    print(f"| longest | {tally.slowest[0]:.1f} s |")
    print(f"| most memory | {tally.largest[0] / 2**20:.0f} MiB |")
    print(f"| whole run | {seconds:.0f} s |")
    for line in (*tally.crashes, *tally.faults):
        print("!", line)
    print(f"(longest: {tally.slowest[1]}; most memory: {tally.largest[1]})")


if __name__ == "__main__":
    sys.exit(main())
