"""Nothing outside the shop's folder is changed, wherever in it a link stands and whenever it comes."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from outside import (
    Act,
    acts,
    calls_of_act,
    outcome_of_swap,
    outcome_with_link,
    places,
    unguarded,
)

SEED, SWAPS = 20261128, 25
NAMES = ("save", "undo", "redo", "clear", "recover", "new")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Yield a folder in memory where there is such a thing."""
    in_memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=in_memory) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def done(place: Path) -> dict[str, Act]:
    """Make ready everything that writes or deletes in a shop."""
    return {act.name: act for act in acts(place)}


@pytest.mark.parametrize("by_handle", [True, False], ids=["by handle", "as on Windows"])
@pytest.mark.parametrize("name", NAMES)
def test_a_link_in_the_place_of_any_file_or_folder_leads_nothing_out(
    done: dict[str, Act], place: Path, name: str, by_handle: bool
) -> None:
    act = done[name]
    outcomes = {path: outcome_with_link(act, place, path, by_handle=by_handle) for path in places(act, place)}

    assert [path for path, outcome in outcomes.items() if outcome == "outside"] == []
    assert outcomes.get(Path("备份"), "refused") == "refused"


@pytest.mark.parametrize("name", NAMES)
def test_a_link_that_comes_between_two_calls_leads_nothing_out(
    done: dict[str, Act], place: Path, name: str
) -> None:
    act, choice = done[name], random.Random(f"{SEED} {name}")  # noqa: S311 - a seeded part
    there, calls = places(act, place), calls_of_act(act, place)

    for _ in range(SWAPS):
        path, turn = choice.choice(there), choice.randint(1, calls)
        assert outcome_of_swap(act, place, path, turn) != "outside", (path, turn)


@pytest.mark.parametrize("name", ["save", "undo", "redo", "clear", "recover"])
def test_the_trials_find_what_one_changes_who_thinks_of_no_links(
    done: dict[str, Act], place: Path, name: str
) -> None:
    act = done[name]
    with unguarded():
        outcomes = [outcome_with_link(act, place, path, by_handle=True) for path in places(act, place)]

    assert "outside" in outcomes
