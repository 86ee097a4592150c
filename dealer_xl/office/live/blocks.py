"""What a change of a sheet is in rectangles, so that each takes one call; and values as Excel takes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area, runs_of
from dealer_xl.office.sheets.cell_record import Formula
from dealer_xl.office.sheets.cells import is_blank
from dealer_xl.office.sheets.formula_like import looks_like_formula
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.sheet_change import SheetChange

_NO_DAY = (date(1899, 12, 30), date(1899, 12, 31))  # of a cell that holds a time of day only

FAULTS = {  # error values by their numbers in COM; xlwings names the first seven only
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
}

_TAKEN_AS_TYPED = re.compile(
    r"['#].*"  # an apostrophe of its own, an error's name
    r"|[\d\s.,:/\\()%$¥￥€£年月日时分秒点上下午AaPpMmEe+-]*\d[\d\s.,:/\\()%$¥￥€£年月日时分秒点上下午AaPpMmEe+-]*"
    r"|(?=.*\d).*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*"
    r"|true|false",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A rectangle of cells with their values, row by row."""

    row: int
    column: int
    rows: Sequence[Sequence[Cell]]

    @property
    def area(self) -> Area:
        """Return which cells these are."""
        return Area(self.row, self.column, self.row + len(self.rows) - 1, self.column + len(self.rows[0]) - 1)

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield each cell: row, column, value."""
        for row, values in enumerate(self.rows, start=self.row):
            for column, value in enumerate(values, start=self.column):
                yield row, column, value


def blocks_of(change: SheetChange, grid: Grid) -> list[Block]:
    """Return a sheet's changes as few rectangles as may be.

    The program's own columns of a table are written in one piece from the first changed row to the last, cells
    between written as they are; of a column of the shop's only the changed cells are, in runs without a gap.
    """
    tables: dict[int, dict[int, dict[int, Cell]]] = {}  # first row of a table, column, row
    for row, values in change.cells.items():
        for column, value in values.items():
            tables.setdefault(change.top_of(row, column) or 0, {}).setdefault(column, {})[row] = value
    notes = [Block(row, column, [[text or None]]) for (row, column), text in change.notes.items()]
    return notes + [
        block for columns in tables.values() for block in _of_table(columns, change.own_columns, grid)
    ]


def _of_table(columns: Mapping[int, Mapping[int, Cell]], own: Collection[int], grid: Grid) -> list[Block]:
    rows = [row for column, values in columns.items() if column in own for row in values]
    between = {
        column: {row: grid.cell(row, column) for row in range(min(rows), max(rows) + 1)}
        for column in columns
        if column in own
    }
    return rectangles({column: {**between.get(column, {}), **values} for column, values in columns.items()})


def rectangles(columns: Mapping[int, Mapping[int, Cell]]) -> list[Block]:
    """Return cells (column to row to value) as rectangles: runs without a gap, side by side where they are as long."""
    runs: dict[tuple[int, int], dict[int, list[Cell]]] = {}
    for column, values in columns.items():
        for run in runs_of(values):
            runs.setdefault((run[0], run[-1]), {})[column] = [values[row] for row in run]
    return [block for (first, _), found in sorted(runs.items()) for block in _side_by_side(first, found)]


def _side_by_side(first: int, columns: Mapping[int, list[Cell]]) -> Iterator[Block]:
    for places in runs_of(columns):
        yield Block(first, places[0], list(zip(*(columns[place] for place in places), strict=True)))


def as_typed(value: Cell) -> Cell:
    """Return a value so that Excel keeps it: it takes a text as if someone typed it, unless an apostrophe leads."""
    if isinstance(value, Formula):
        return str(value)
    if isinstance(value, time):  # COM knows no time of day without a day
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / timedelta(days=1)
    if isinstance(value, str) and _is_taken_as_typed(value):
        return f"'{value}"
    if isinstance(value, int) and not isinstance(
        value, bool
    ):  # COM's great whole numbers are no numbers of Excel's
        return float(value)
    return value


def _is_taken_as_typed(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    return looks_like_formula(text) or _TAKEN_AS_TYPED.fullmatch(plain) is not None


def as_read(value: object) -> Cell:
    """Return a value as every host does, from what Excel tells of a cell."""
    if isinstance(value, datetime):
        day, clock = value.date(), value.time()  # COM's own class bears a zone; these do not
        if day in _NO_DAY:
            return clock
        return day if clock == time() else datetime.combine(day, clock)
    if isinstance(value, (str, bool, date, time)) or value is None:
        return None if value == "" else value
    if isinstance(value, int) and value in FAULTS:
        return FAULTS[value]
    return float(value)  # type: ignore[arg-type]  # a number: float, int, or Decimal for money


def without_blank_edges(rows: Iterable[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Leave out blank rows at the end: what was once formatted counts as used in Excel."""
    kept = list(rows)
    while kept and all(map(is_blank, kept[-1])):
        kept.pop()
    return kept
