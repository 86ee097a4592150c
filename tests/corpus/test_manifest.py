"""What comes out of public workbooks and documents is what the manifest says; see README.md for where they come from."""

from __future__ import annotations

import pytest
from manifest import CORPUS, Entry, entries, found, outcome_of

from dealer_xl.office.word import rendering, word_package
from dealer_xl.office.xlsx import file_errors

REFUSALS = {
    name
    for module in (file_errors, word_package, rendering)
    for name in vars(module)
    if name.endswith("Error")
}


def test_no_file_stands_in_the_manifest_twice() -> None:
    hashes = [entry.sha256 for entry in entries()]

    assert len(set(hashes)) == len(hashes)
    assert [entry.path for entry in entries() if len(entry.sha256) != 64 or not entry.outcome] == []


@pytest.mark.parametrize(
    ("word", "at_least"), [("Microsoft Excel", 200), ("Microsoft Macintosh Excel", 40), ("LibreOffice", 10)]
)
def test_the_manifest_has_files_of_each_program_that_staff_use(word: str, at_least: int) -> None:
    assert sum(entry.saved_by.startswith(word) for entry in entries()) >= at_least


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no public files beside the checkout: {CORPUS} (tests/corpus/README.md)"
)
@pytest.mark.parametrize("entry", entries(), ids=lambda entry: f"{entry.project} {entry.name}")
def test_what_comes_out_of_a_public_file_is_what_the_manifest_says(entry: Entry) -> None:
    path = found().get(entry.sha256)
    if path is None:
        pytest.skip(f"not among the public files: {entry.project} {entry.path}")

    assert outcome_of(entry.name, path.read_bytes()) == entry.outcome


def test_what_is_refused_is_refused_by_an_error_of_the_office() -> None:
    told = {entry.outcome for entry in entries() if entry.outcome.endswith("Error")}

    assert told <= REFUSALS
