"""What `corpus.py` writes into each workbook: a cell that is there, an empty one, a column, fifty rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from dealer_xl.errors import DealerXlError
from dealer_xl.heading_text import normal
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import LAST_COLUMN, LAST_ROW, Area
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange
from dealer_xl.office.sheets.sheet_errors import FormulaInTheWayError, MergedCellError
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.schema import Column, Table

NEW_ROWS = 50
SHEETS = 2  # of each workbook, the first that hold cells
NEW_VALUES: tuple[Cell, ...] = (
    "13800138000",
    "=1+1",
    20260105.5,
    date(2026, 1, 5),
    True,
    " 前后空格 <&> ",
    datetime(2026, 11, 22, 9, 30),  # noqa: DTZ001 - Excel knows no time zones
    "440106199001011234",
    -0.25,
    "苏A·12345\n第二行",
)


@dataclass(frozen=True)
class Written:
    """One write into one sheet: what was asked for, and the file that came of it."""

    kind: str
    sheet: str
    sheet_number: int  # among those of the workbook
    part: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    growth: Growth | None = None
    refused: str = ""  # the error's name
    told: str = ""  # its sentence
    content: bytes = b""


def write_everything(path: Path) -> list[Written]:
    """Open a file, read it all, and write into its first sheets in four ways.

    Raises DealerXlError when the file cannot be opened.
    """
    content = path.read_bytes()
    book = FileWorkbook(path.name, content)
    filled = [sheet for sheet in book.sheet_names() if any(map(any, book.grid(sheet).rows))]
    sheets = filled[:SHEETS] or list(book.sheet_names())[:1]
    ways = (_existing, _empty, _column, _appended)
    return [way(path.name, content, sheet) for sheet in sheets for way in ways]


def _attempt(kind: str, name: str, content: bytes, sheet: str, cells: dict[tuple[int, int], Cell]) -> Written:
    book = FileWorkbook(name, content)
    change = SheetChange()
    for (row, column), value in cells.items():
        change.put(row, column, value)
    book.changes[sheet] = change
    return _done(kind, book, sheet, cells)


def _done(
    kind: str,
    book: FileWorkbook,
    sheet: str,
    cells: dict[tuple[int, int], Cell],
    growth: Growth | None = None,
) -> Written:
    part = book._contents.sheet(sheet)  # noqa: SLF001 - the check looks inside
    assert part is not None  # noqa: S101
    number = list(book.sheet_names()).index(sheet)
    try:
        after = book.rewritten()
    except DealerXlError as error:
        return Written(
            kind, sheet, number, part.part, cells, growth, refused=type(error).__name__, told=str(error)
        )
    return Written(kind, sheet, number, part.part, cells, growth, content=after)


def _existing(name: str, content: bytes, sheet: str) -> Written:
    tried = Written("existing cell", sheet, 0, "", refused="no plain cell")
    for place in itertools.islice(_plain_cells(FileWorkbook(name, content).grid(sheet)), 40):
        tried = _attempt("existing cell", name, content, sheet, {place: "=新值 <&>"})
        if tried.refused not in (FormulaInTheWayError.__name__, MergedCellError.__name__):
            return tried
    return tried


def _plain_cells(grid: Grid) -> Iterator[tuple[int, int]]:
    for number, row in enumerate(grid.rows, start=grid.top):
        for column, value in enumerate(row, start=grid.left):
            if value not in (None, ""):
                yield number, column


def _empty(name: str, content: bytes, sheet: str) -> Written:
    grid = FileWorkbook(name, content).grid(sheet)
    blanks = (
        (number, column)
        for number, row in enumerate(grid.rows, start=grid.top)
        for column, value in enumerate(row, start=grid.left)
        if value in (None, "")
    )
    for place in itertools.islice(blanks, 20):
        tried = _attempt("empty cell", name, content, sheet, {place: 20260105.5})
        if not tried.refused:
            return tried
    place = (min(grid.bottom + 20, LAST_ROW), grid.left)
    return _attempt("empty cell", name, content, sheet, {place: 20260105.5})


def _column(name: str, content: bytes, sheet: str) -> Written:
    grid = FileWorkbook(name, content).grid(sheet)
    column = min(grid.right + 2, LAST_COLUMN)
    values = itertools.islice(itertools.cycle(NEW_VALUES), 100)
    cells = {(row, column): value for row, value in enumerate(values, start=1)}
    return _attempt("column of 100", name, content, sheet, cells)


def _appended(name: str, content: bytes, sheet: str) -> Written:
    book = FileWorkbook(name, content)
    table = _table_of(book, sheet)
    if table is None:
        return _grown_without_headings(book, sheet)
    values = itertools.cycle(NEW_VALUES)
    rows = [dict(zip(table.headings[:7], values, strict=False)) for _ in range(NEW_ROWS)]
    try:
        book.append_rows(table, rows)
    except DealerXlError as error:
        return Written("50 rows", sheet, 0, "", refused=type(error).__name__, told=str(error))
    growth = book.changes[sheet].growths[table.name]
    layout = book.layout(table)
    cells = {
        (growth.rows.top + place, layout.columns[heading]): value
        for place, row in enumerate(rows)
        for heading, value in row.items()
    }
    return _done("50 rows", book, sheet, cells, growth)


def _table_of(book: FileWorkbook, sheet: str) -> Table | None:
    """Take the sheet's Excel table, or else the row with the most texts, for a table of ours."""
    grid = book.grid(sheet)
    native = next(iter(book.natives(sheet)), None)
    if native is not None:
        rows = [[grid.cell(native.area.top, at) for at in range(native.area.left, native.area.right + 1)]]
    else:
        rows = [list(row) for row in grid.rows[:50]]
    headings = max((_headings(row) for row in rows), key=len, default=[])
    if not headings:
        return None
    columns = tuple(Column(f"c{place}", heading) for place, heading in enumerate(headings))
    return Table(native.name if native else "NoTable", sheet, book.name, sheet, columns)


def _headings(row: Sequence[Cell]) -> list[str]:
    by_form = {normal(text): text.strip() for text in row if isinstance(text, str) and normal(text)}
    return list(by_form.values())


def _grown_without_headings(book: FileWorkbook, sheet: str) -> Written:
    grid = book.grid(sheet)
    first = max(grid.bottom, 1) + 1
    right = max(min(grid.right, grid.left + 6), grid.left)
    if first + NEW_ROWS > LAST_ROW:
        return Written("50 rows", sheet, 0, "", refused="SheetFullError")
    values = itertools.cycle(NEW_VALUES)
    cells = {
        (row, column): next(values)
        for row in range(first, first + NEW_ROWS)
        for column in range(grid.left, right + 1)
    }
    change = SheetChange()
    for place, value in cells.items():
        change.put(*place, value)
    area = Area(first, grid.left, first + NEW_ROWS - 1, right)
    growth = Growth(area, grid.top, (max(grid.bottom, 1),), None)
    change.grow("rows", growth)
    book.changes[sheet] = change
    return _done("50 rows", book, sheet, cells, growth)
