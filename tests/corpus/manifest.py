"""The public workbooks and documents that the corpus tests read: which they are, and what must come out.

Each stands in manifest.tsv under its project, path and hash. The files themselves stay outside the repository, in any
layout: they are known by their content.

    python tests/corpus/manifest.py        # look for them, read them all, and say what came out otherwise
    python tests/corpus/manifest.py --write    # write what comes out today into the manifest
"""

from __future__ import annotations

import csv
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path

from dealer_xl.errors import DealerXlError
from dealer_xl.office.word.rendering import Template
from dealer_xl.office.xlsx.closed_file import FileWorkbook

HOUSE = Path(__file__).resolve().parents[2]
MANIFEST = Path(__file__).with_name("manifest.tsv")
CORPUS = Path(os.environ.get("DEALER_XL_CORPUS", HOUSE.parent / "shared" / "corpus"))
DOCUMENTS = {".docx", ".docm", ".dotx", ".dotm"}
"""What Word saves; everything else is opened as a workbook."""


@dataclass(frozen=True)
class Entry:
    """One public file."""

    project: str  # owner/name on GitHub
    path: str  # inside the project
    commit: str
    licence: str
    sha256: str
    bytes: int
    saved_by: str  # the program, as the file itself tells
    shows: str  # what is special about it
    outcome: str  # as `outcome_of` tells

    @property
    def name(self) -> str:
        """Name of the file."""
        return Path(self.path).name


def entries() -> tuple[Entry, ...]:
    """Read the manifest."""
    with MANIFEST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return tuple(Entry(**{**row, "bytes": int(row["bytes"])}) for row in rows)  # type: ignore[arg-type]  # the rest are texts


def write(listed: Iterable[Entry]) -> None:
    """Write the manifest, sorted by project and path."""
    with MANIFEST.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(
            file, [each.name for each in fields(Entry)], delimiter="\t", lineterminator="\n"
        )
        table.writeheader()
        table.writerows(asdict(entry) for entry in sorted(listed, key=lambda each: (each.project, each.path)))


@cache
def found() -> Mapping[str, Path]:
    """Find the files of the manifest in the corpus, by their hash."""
    wanted = {entry.bytes: entry for entry in entries()}.keys()
    paths = (path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.stat().st_size in wanted)
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


def outcome_of(name: str, content: bytes) -> str:
    """Return what comes of a file: the sheets and filled cells of a workbook, the fields of a template, or the refusal."""
    try:
        if Path(name).suffix.lower() in DOCUMENTS:
            return f"{len(Template(name, content).fields())} fields"
        book = FileWorkbook(name, content)
        cells = sum(_filled(book, sheet) for sheet in book.sheet_names())
        return f"{len(book.sheet_names())} sheets, {cells} cells"
    except DealerXlError as refusal:
        return type(refusal).__name__


def _filled(book: FileWorkbook, sheet: str) -> int:
    return sum(cell not in (None, "") for row in book.grid(sheet).rows for cell in row)


def _looked_at() -> Iterator[tuple[Entry, str]]:
    for entry in entries():
        path = found().get(entry.sha256)
        if path is not None:
            yield entry, outcome_of(entry.name, path.read_bytes())


def main() -> int:
    """Read every file that is there; return 1 when something came out otherwise."""
    looked_at = dict(_looked_at())
    if sys.argv[1:] == ["--write"]:
        write(replace(entry, outcome=looked_at.get(entry, entry.outcome)) for entry in entries())
        return 0
    for entry, outcome in looked_at.items():
        if outcome != entry.outcome:
            print(f"! {entry.project} {entry.path}: {outcome}, not {entry.outcome}")  # noqa: T201 - its answer
    print(f"{len(looked_at)} of {len(entries())} files are there: {CORPUS}")  # noqa: T201
    return int(any(outcome != entry.outcome for entry, outcome in looked_at.items()))


if __name__ == "__main__":
    sys.exit(main())
