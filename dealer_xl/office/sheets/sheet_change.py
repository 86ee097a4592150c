"""What is to change in a sheet: single cells, and the growth of a table by new rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area, runs_of
from dealer_xl.office.sheets.grid import NativeTable


@dataclass(frozen=True)
class Growth:
    """Rows put under a table: which, and what they take their looks and formulas from."""

    rows: Area  # the new rows over the table's columns
    body_top: int  # the table's first row under its headings
    edges: tuple[int, ...]  # last rows so far; a rule that reaches one of them reaches the new rows, too
    native: NativeTable | None

    @property
    def model_row(self) -> int:
        """The row whose looks and formulas the new ones take: the one above, in an empty table the first."""
        return max(self.rows.top - 1, self.body_top)

    @property
    def reach(self) -> Area | None:
        """How far the Excel table reaches then; None when it need not grow."""
        if self.native is None or self.rows.bottom <= self.native.area.bottom:
            return None
        return self.native.area.down_to(self.rows.bottom)


@dataclass
class SheetChange:
    """Everything gathered for one sheet until the store is saved."""

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)  # row, column, value
    growths: dict[str, Growth] = field(default_factory=dict)  # by the table's name
    notes: dict[tuple[int, int], str] = field(default_factory=dict)  # row and column, text
    bodies: set[Area] = field(default_factory=set)  # first rows under headings, over their tables' columns
    own_columns: set[int] = field(default_factory=set)  # the program's: a formula there may be overwritten

    def put(self, row: int, column: int, value: Cell) -> None:
        """Gather one cell."""
        self.cells.setdefault(row, {})[column] = value

    def top_of(self, row: int, column: int) -> int | None:
        """Return the first row of the table that a cell belongs to, if it belongs to one."""
        tops = (body.top for body in self.bodies if body.left <= column <= body.right and body.top <= row)
        return max(tops, default=None)

    def grow(self, table: str, growth: Growth) -> None:
        """Gather a growth; a second one of the same table lengthens the first."""
        before = self.growths.get(table)
        if before is not None:
            rows = before.rows.down_to(growth.rows.bottom)
            growth = Growth(rows, before.body_top, before.edges, before.native)
        self.growths[table] = growth

    def growth_at(self, row: int) -> Iterator[Growth]:
        """Return the growths that a row belongs to."""
        return (growth for growth in self.growths.values() if growth.rows.top <= row <= growth.rows.bottom)

    def areas(self) -> Iterator[tuple[Area, list[list[Cell]]]]:
        """Yield what changes as areas without a gap, row by row."""
        rows = {row: dict(values) for row, values in self.cells.items()}
        for (row, column), text in self.notes.items():
            rows.setdefault(row, {})[column] = text or None
        open_areas: dict[tuple[int, int], tuple[int, list[list[Cell]]]] = {}  # sides to top row and values
        for row in sorted(rows):
            runs = {(run[0], run[-1]): [rows[row][column] for column in run] for run in runs_of(rows[row])}
            for sides in [
                sides for sides in open_areas if sides not in runs or _bottom(open_areas[sides]) < row - 1
            ]:
                yield _closed(sides, *open_areas.pop(sides))
            for sides, values in runs.items():
                open_areas.setdefault(sides, (row, []))[1].append(values)
        for sides, found in open_areas.items():
            yield _closed(sides, *found)

    def __bool__(self) -> bool:
        return bool(self.cells or self.notes)


def _bottom(area: tuple[int, list[list[Cell]]]) -> int:
    return area[0] + len(area[1]) - 1


def _closed(sides: tuple[int, int], top: int, values: list[list[Cell]]) -> tuple[Area, list[list[Cell]]]:
    return Area(top, sides[0], top + len(values) - 1, sides[1]), values
