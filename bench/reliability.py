"""Run everything that shows that nothing is lost, one after the other: `make reliability` (about an hour).

Each part prints its own table; they stand together in docs/reliability.md. Ends with what each part found.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PARTS = {
    "faults of the file system: tried, lost": ("tests/faults/long_run.py",),
    "every workbook of the corpus: opened, written, refused, changed beyond intent": ("bench/corpus.py",),
    "damaged workbooks": ("bench/fuzz.py", "--count", "100000"),
    "texts that look like something else": ("bench/texts.py",),
    "mutants of the save path": ("bench/mutants.py",),
}


def main() -> int:
    """Run every part, whatever the others find."""
    found = {}
    for what, words in PARTS.items():
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
    sys.exit(main())
