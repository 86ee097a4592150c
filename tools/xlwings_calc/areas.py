"""Rows and cells joined into areas, so that a few calls do for many cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from xlwings_calc.com import Place
from xlwings_calc.program import Uno


def runs_of(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Join numbers that follow each other into runs."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def rectangles(places: Mapping[Place, object]) -> Iterator[tuple[int, int, int, int]]:
    """Join cells into rectangles: runs down each column, and columns side by side with the same run."""
    columns: defaultdict[int, list[int]] = defaultdict(list)
    for at, across in places:
        columns[across].append(at)
    same: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for across, rows in columns.items():
        for run in runs_of(rows):
            same[run].append(across)
    for (top, bottom), beside in same.items():
        for left, right in runs_of(beside):
            yield top, left, bottom, right


def places_in(block: Uno, areas: Iterable[Uno]) -> Iterator[Place]:
    """Count through the cells of areas, from the block's own corner."""
    for area in areas:
        for row in range(area.StartRow - block.StartRow, area.EndRow - block.StartRow + 1):
            for column in range(area.StartColumn - block.StartColumn, area.EndColumn - block.StartColumn + 1):
                yield row, column
