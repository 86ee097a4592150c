"""The three long runs in small: writes into the corpus, damage at random, texts that look like something else.

`make corpus` and `make fuzz` do the whole of it; both print a table and end with 1 when anything is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("DEALER_XL_CORPUS", HOUSE.parent / "shared" / "corpus"))


def found_by(*words: str) -> dict[str, str]:
    """Run one of the commands, which must find nothing wrong, and give its table."""
    command = [sys.executable, str(HOUSE / "bench" / words[0]), *words[1:]]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    rows = (line.strip("| ").split(" | ") for line in said.stdout.splitlines() if line.startswith("| "))
    return {row[0]: row[-1] for row in rows}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus does not lie beside the checkout")
def test_writes_into_the_corpus_change_nothing_beyond_intent() -> None:
    told = found_by("corpus.py", "--every", "16", "--office", "0")

    assert int(told["writes done"]) > 50
    assert (told["changed beyond intent"], told["crashes, hangs, tracebacks"]) == ("0", "0")


def test_damaged_workbooks_are_read_right_or_refused() -> None:
    told = found_by("fuzz.py", "--own", "--count", "600")

    assert told["mutants"] == "600"
    assert int(told["read and written"]) > 100
    assert int(told["refused"]) > 100


def test_phones_plates_numbers_and_names_come_back_to_the_letter() -> None:
    told = found_by("texts.py", "--count", "20000")

    assert (told["texts written and read"], told["come back otherwise"]) == ("20000", "0")
    assert told["formulas made of data"] == "0"
