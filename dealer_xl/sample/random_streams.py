"""Repeatable chance: the same seed throws the same dice, whatever else changes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator


def random_stream(part: str, seed: int) -> random.Random:
    """Make the dice of one part, so that a change in one leaves the others as they are."""
    return random.Random(f"{part} {seed}")  # noqa: S311 - a sample needs repeatable chance, no secrecy


def number_of(vehicles: int, share: float, at_least: int = 1) -> int:
    """Scale a share of the vehicles to a whole number that small samples have too."""
    return max(at_least, round(vehicles * share))


def each_once(drawn: Iterable[str]) -> Iterator[str]:
    """Pass on what is drawn, leaving out what came before."""
    seen = set()
    for text in drawn:
        if text not in seen:
            seen.add(text)
            yield text
