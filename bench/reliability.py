"""Run everything that shows that nothing is lost, one after the other: `make reliability` (about half an hour).

Each part prints its own table; they stand together in docs/reliability.md. Ends with what each part found. Words choose parts:
`python bench/reliability.py faults corpus`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PARTS = {
    "faults: of the file system, tried and lost": ("tests/faults/long_run.py",),
    "outside: links, permissions, odd backups": ("tests/faults/outside_run.py",),
    "corpus: every workbook opened, written, refused, changed beyond intent": ("bench/corpus.py",),
    "fuzz: damaged workbooks": ("bench/fuzz.py", "--count", "100000"),
    "texts: those that look like something else": ("bench/texts.py",),
    "watch: killed while it carries out a request, a colleague's command between": (
        "bench/watch_kills.py",
        "--kills",
        "300",
    ),
    "mutants: of the save path": ("bench/mutants.py",),
}


def main(chosen: Sequence[str]) -> int:
    """Run every part that is chosen, whatever the others find."""
    found = {}
    for what, words in PARTS.items():
        if chosen and what.partition(":")[0] not in chosen:
            continue
        print(f"\n## {what}\n", flush=True)
        began = time.monotonic()
        ended = subprocess.run([sys.executable, *words], cwd=HOUSE, check=False).returncode  # noqa: S603 - our own
        found[what] = (
            "nothing lost" if ended == 0 else f"look above (exit {ended})",
            time.monotonic() - began,
        )
    print("\n| part | outcome | seconds |\n|---|---|--:|")
    for what, (outcome, seconds) in found.items():
        print(f"| {what} | {outcome} | {seconds:.0f} |")
    return int(any(outcome != "nothing lost" for outcome, _ in found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
