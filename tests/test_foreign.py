"""The workbooks of other shops are understood: table, heading rows, records and columns, and nothing by guess."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dealer_xl.dealership.matching.columns import CERTAIN, SheetColumn, match_columns
from dealer_xl.dealership.matching.heading_choice import known_headings
from dealer_xl.dealership.matching.table_choice import choose_table
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.office.sheets.cells import is_blank
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.heading_blocks import HeadingBlock, heading_blocks
from dealer_xl.office.sheets.row_kinds import RowReader
from dealer_xl.office.xlsx.closed_file import FileWorkbook

FOLDER = Path(__file__).parent / "foreign"
LAYOUTS = sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def _truth(name: str) -> Mapping[str, Any]:
    truth: Mapping[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return truth


@cache
def _grid(name: str) -> Grid:
    book = FileWorkbook(f"{name}.xlsx", (FOLDER / f"{name}.xlsx").read_bytes())
    return book.grid(_truth(name)["sheet"])


def _block(name: str) -> HeadingBlock:
    return max(
        heading_blocks(_grid(name)),
        key=lambda block: (known_headings(block.headings.values(), TABLES), -block.last),
    )


def _records(name: str) -> list[int]:
    grid, block = _grid(name), _block(name)
    reader = RowReader(block.headings, ())
    rows = range(block.last + 1, grid.bottom + 1)
    return [row for row in rows if reader.kind(grid, row) is None and not _is_blank(grid, row)]


def _is_blank(grid: Grid, row: int) -> bool:
    return all(is_blank(value) for _, value in grid.row(row))


def _columns(name: str) -> list[SheetColumn]:
    grid, rows = _grid(name), _records(name)
    return [
        SheetColumn(heading, [grid.cell(row, column) for row in rows])
        for column, heading in _block(name).headings.items()
    ]


def _used(name: str) -> Iterator[tuple[str, str]]:
    for match in match_columns(BY_NAME[_truth(name)["table"]], _columns(name)):
        if match.column is not None and match.sure == CERTAIN:
            yield match.heading, match.column.heading


def _right(name: str, heading: str) -> set[str | None]:
    return {_truth(name)["mapping"][heading], *_truth(name)["also_right"].get(heading, ())}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_heading_row_and_the_records_are_found(name: str) -> None:
    truth = _truth(name)
    found = _block(name).last, _records(name)[0], len(_records(name))
    assert found == (truth["heading_row"], truth["first_data_row"], truth["data_rows"])


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_table_is_recognised(name: str) -> None:
    truth = _truth(name)
    choice = choose_table(_columns(name), TABLES, (truth["sheet"], "", truth["file_as_found"]))
    assert choice.match is not None
    assert choice.match.table.name == truth["table"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_column_is_used_wrongly(name: str) -> None:
    assert [pair for pair in _used(name) if pair[1] not in _right(name, pair[0])] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_column_of_ours_is_used_or_offered(name: str) -> None:
    truth = _truth(name)
    matches = match_columns(BY_NAME[truth["table"]], _columns(name))
    understood = {
        match.heading: {match.column.heading, *(column.heading for column in match.candidates)}
        for match in matches
        if match.column is not None
    }
    mappable = {heading: meant for heading, meant in truth["mapping"].items() if meant is not None}
    missed = [
        heading
        for heading, meant in mappable.items()
        if not understood.get(heading, set()) & _right(name, heading)
    ]
    assert missed == []
