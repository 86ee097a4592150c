"""Look at a sheet of which nothing is known: its heading rows, its records, what stands in each column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.cells import is_blank
from dealer_xl.office.sheets.heading_blocks import DEEPEST_HEADING_ROW, HeadingBlock, heading_blocks
from dealer_xl.office.sheets.row_kinds import RowReader, SkippedRow
from dealer_xl.office.sheets.sheet_view import SheetView


@dataclass(frozen=True)
class Survey:
    """What stands on a sheet."""

    sheet: str
    title: str  # what stands above the headings
    heading_row: int  # the lower of two
    columns: Mapping[str, Sequence[Cell]]  # heading, told apart from those like it, to the records' cells
    rows: Sequence[int]  # the records
    skipped: Sequence[SkippedRow]


def survey(view: SheetView, known: Callable[[Collection[str]], int]) -> Survey | None:
    """Return what stands on a sheet; None where no row has two headings.

    `known`: how many of some headings name something of the trade.
    """
    grid = view.grid
    blocks = heading_blocks(grid, view.merged(1, DEEPEST_HEADING_ROW + 1))
    best = max(blocks, key=lambda block: _worth(block, known), default=None)
    if best is None:
        return None
    reader = RowReader(best.headings, ())
    rows: list[int] = []
    skipped: list[SkippedRow] = []
    for row, cells in grid.numbered(best.last + 1, grid.bottom):
        if all(map(is_blank, cells)):
            continue
        kind = reader.kind(grid, row)
        if kind is None:
            rows.append(row)
        else:
            skipped.append(SkippedRow(row, kind))
    columns = {label: [grid.cell(row, column) for row in rows] for column, label in best.labels.items()}
    return Survey(view.name, _title(view, best), best.last, columns, rows, skipped)


def _worth(block: HeadingBlock, known: Callable[[Collection[str]], int]) -> tuple[int, int]:
    return known(list(block.headings.values())), -block.last


def _title(view: SheetView, block: HeadingBlock) -> str:
    above = range(view.grid.top, block.rows[0])
    texts = (
        text for row in above for _, text in view.grid.row(row) if isinstance(text, str) and text.strip()
    )
    return next(texts, "").strip()
