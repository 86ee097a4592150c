"""The rows of a sheet that can be a table's headings: one row, or two that are merged down and across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dealer_xl.heading_text import normal
from dealer_xl.office.sheets.addresses import Area, letters_of
from dealer_xl.office.sheets.grid import Grid

DEEPEST_HEADING_ROW = 100
LEAST_HEADINGS = 2


@dataclass(frozen=True)
class HeadingBlock:
    """One or two heading rows, and the heading of each sheet column as one text."""

    rows: tuple[int, ...]
    headings: Mapping[int, str]

    @property
    def last(self) -> int:
        """The lowest heading row; records begin below it."""
        return self.rows[-1]

    @property
    def labels(self) -> Mapping[int, str]:
        """The headings by which columns are told apart: where two are the same, each with the letter of its column."""
        count = Counter(map(normal, self.headings.values()))
        return {
            column: text if count[normal(text)] == 1 else f"{text}（{letters_of(column)}列）"
            for column, text in self.headings.items()
        }


def heading_blocks(
    grid: Grid, merged: Sequence[Area] = (), rows: range | None = None
) -> Iterator[HeadingBlock]:
    """Return every row, and every pair of rows joined by merged cells, that can hold headings; the upper first.

    `rows`: only those that begin in one of them.
    """
    for row in rows or range(grid.top, min(grid.bottom, DEEPEST_HEADING_ROW) + 1):
        texts = _texts(grid, row)
        if len(texts) < LEAST_HEADINGS:
            continue
        if _goes_on_below(merged, row, texts) and (joined := _joined(grid, merged, row)):
            yield HeadingBlock((row, row + 1), joined)
        yield HeadingBlock((row,), texts)


def _texts(grid: Grid, row: int) -> dict[int, str]:
    return {
        column: value.strip() for column, value in grid.row(row) if isinstance(value, str) and value.strip()
    }


def _goes_on_below(merged: Sequence[Area], row: int, texts: Mapping[int, str]) -> bool:
    """Return whether a heading is merged with the row below it, or stands over several columns."""
    return any(
        area.top == row
        and area.left in texts
        and (area.bottom == row + 1 or (area.bottom == row and area.right > area.left))
        for area in merged
    )


def _joined(grid: Grid, merged: Sequence[Area], row: int) -> dict[int, str]:
    """Return of each column its lowest heading; where that occurs twice, the one above it comes before it."""
    over = _spread(grid, merged, row)
    under = _texts(grid, row + 1)
    lowest = {
        column: under.get(column) or over[column]
        for column in sorted({*over, *under})
        if column in under or _is_deep(merged, row, column)
    }
    count = Counter(lowest.values())
    return {
        column: f"{over.get(column, '')}{text}" if count[text] > 1 and column in under else text
        for column, text in lowest.items()
    }


def _spread(grid: Grid, merged: Sequence[Area], row: int) -> dict[int, str]:
    """Return the headings of a row, those merged across under each of their columns."""
    texts = _texts(grid, row)
    for area in merged:
        if area.top == row and area.left in texts:
            texts |= dict.fromkeys(range(area.left, area.right + 1), texts[area.left])
    return texts


def _is_deep(merged: Sequence[Area], row: int, column: int) -> bool:
    """Return whether the heading of a column is merged down over both rows, or stands in the upper alone."""
    across = any(area.top == row == area.bottom and area.left <= column <= area.right for area in merged)
    return not across
