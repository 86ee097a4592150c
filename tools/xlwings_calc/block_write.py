"""Blocks of cells as Excel takes them from COM: settled cell by cell, written in a handful of calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from xlwings_calc.areas import places_in, rectangles, runs_of
from xlwings_calc.com import ComError, Place
from xlwings_calc.formats import LOGICAL, TEXT, Formats
from xlwings_calc.formulas import Formula, to_calc
from xlwings_calc.program import Uno, load_uno
from xlwings_calc.typed_text import ERRORS, GENERAL, read_typed

# com.sun.star.sheet.CellFlags
VALUES, DATES, STRINGS, NOTES, FORMULAS = 1, 2, 4, 8, 16
CONTENTS = VALUES | DATES | STRINGS | FORMULAS
LONGEST_TEXT = 32767


@dataclass
class Plan:
    """What a block is to hold: texts and numbers, formulas, and the formats that cells take on."""

    literals: list[list[str | float | None]]
    formulas: dict[Place, str] = field(default_factory=dict)
    formats: defaultdict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Block:
    """A block to be written: its cells, its document's formats, the first day of its calendar, and today."""

    cells: Uno
    formats: Formats
    null_date: date
    today: date

    def write(self, rows: Sequence[Sequence[object]], skipped: frozenset[int] = frozenset()) -> None:
        """Assign values as Range.Value does; rows in `skipped` stay as they are."""
        keys = self.keys(len(rows), len(rows[0]))
        plan = Plan([[None] * len(row) for row in rows])
        for at, row in enumerate(rows):
            for across, value in enumerate(row):
                if at not in skipped:
                    self.settle(plan, (at, across), value, keys[at][across])
        self.put(plan, skipped)
        if any(isinstance(value, str) and value for row in plan.literals for value in row):
            self.keep_formats(keys, plan)
        self.dress(plan.formats)

    def keys(self, height: int, width: int) -> list[list[int]]:
        """Return the format of every cell."""
        groups = self.formats.groups(self.cells)
        grid = [[groups[0][0]] * width for _ in range(height)]
        for key, areas in groups[1:]:
            for at, across in places_in(self.cells.RangeAddress, areas):
                grid[at][across] = key
        return grid

    def settle(self, plan: Plan, place: Place, value: object, key: int) -> None:
        """Decide what one cell is to hold."""
        literal, wanted = settled(value, self.formats.kind(key), self.null_date, self.today)
        if isinstance(literal, Formula):
            plan.formulas[place] = to_calc(literal)
            literal = ""
        plan.literals[place[0]][place[1]] = literal
        if wanted is not None and self.formats.taken_on(key, wanted):
            plan.formats[self.formats.key(wanted)].append(place)

    def put(self, plan: Plan, skipped: frozenset[int]) -> None:
        """Write texts and numbers at once, then formulas; a cell with a note alone, for a block would take it away."""
        noted = set(places_in(self.cells.RangeAddress, self.cells.queryContentCells(NOTES).RangeAddresses))
        alone = {at for at, _ in noted}
        for first, last in runs_of(row for row in range(len(plan.literals)) if row not in skipped | alone):
            self.part(first, 0, last, len(plan.literals[0]) - 1).setDataArray(
                tuple(map(tuple, plan.literals[first : last + 1]))
            )
        for at in alone - skipped:
            for across, value in enumerate(plan.literals[at]):
                _put_one(self.cells.getCellByPosition(across, at), value)
        for place in plan.formulas.keys() & noted:
            self.cells.getCellByPosition(place[1], place[0]).setFormula(plan.formulas.pop(place))
        for top, left, bottom, right in rectangles(plan.formulas):
            self.part(top, left, bottom, right).setFormulaArray(
                tuple(
                    tuple(plan.formulas[at, across] for across in range(left, right + 1))
                    for at in range(top, bottom + 1)
                )
            )

    def part(self, top: int, left: int, bottom: int, right: int) -> Uno:
        """Return a part of the block."""
        return self.cells.getCellRangeByPosition(left, top, right, bottom)

    def keep_formats(self, keys: list[list[int]], plan: Plan) -> None:
        """Take back the text format that Calc gives to texts that look like numbers."""
        for key, areas in self.formats.groups(self.cells):
            if self.formats.kind(key) & TEXT:
                for at, across in places_in(self.cells.RangeAddress, areas):
                    if keys[at][across] != key:
                        plan.formats[keys[at][across]].append((at, across))

    def dress(self, formats: Mapping[int, Sequence[Place]]) -> None:
        """Set the formats of cells, all cells of one format at once."""
        corner = self.cells.RangeAddress
        for key, places in formats.items():
            areas = []
            for top, left, bottom, right in rectangles(dict.fromkeys(places, "")):
                area = load_uno().createUnoStruct("com.sun.star.table.CellRangeAddress")
                area.Sheet = corner.Sheet
                area.StartRow, area.EndRow = corner.StartRow + top, corner.StartRow + bottom
                area.StartColumn, area.EndColumn = corner.StartColumn + left, corner.StartColumn + right
                areas.append(area)
            several = self.cells.queryContentCells(0)
            several.addRangeAddresses(tuple(areas), False)
            several.NumberFormat = key


def settled(value: object, kind: int, null_date: date, today: date) -> tuple[str | float | None, str | None]:
    """Return what a cell of a format holds once a value is assigned, and the format that it would take on in General."""
    if value is None or value == "":
        return "", None
    if isinstance(value, str):
        return _settled_text(value, kind, today)
    number, wanted = _settled_number(value, null_date)
    if kind & TEXT:
        return _as_text(value, number), None
    return number, wanted


def _settled_text(text: str, kind: int, today: date) -> tuple[str | float | None, str | None]:
    if len(text) > LONGEST_TEXT:
        raise ComError(f"a cell holds {LONGEST_TEXT} characters")
    if text.startswith("'"):
        return text[1:], None
    if kind & TEXT:
        return text, None
    if text.startswith("=") and len(text) > 1:
        return Formula(text), GENERAL if kind & LOGICAL else None
    if text.upper() in ERRORS:
        return Formula(f"={text.upper()}"), None
    typed = read_typed(text, today)
    return (typed.number, typed.format) if typed else (text, None)


def _settled_number(value: object, null_date: date) -> tuple[float, str]:
    """Make a number of what is no text, as pywin32 does; what it knows no VARIANT for, it refuses."""
    match value:
        case bool():
            return float(value), "BOOLEAN"
        case int() | float():
            return float(value), GENERAL
        case Decimal():
            return round(float(value), 4), "¥#,##0.00"
        case datetime():
            since = value.replace(tzinfo=None) - datetime(null_date.year, null_date.month, null_date.day)  # noqa: DTZ001
            number = since / timedelta(days=1)
            return number, "yyyy/m/d" if number.is_integer() else "yyyy/m/d h:mm"
        case date():
            return float((value - null_date).days), "yyyy/m/d"
        case _:
            raise TypeError(f"Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")


def _as_text(value: object, number: float) -> str:
    """Write a value as a cell in text format keeps it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and not number.is_integer():
        return f"{value.year}/{value.month}/{value.day} {value:%H:%M:%S}"
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    return f"{number:.15g}"


def _put_one(cell: Uno, value: str | float | None) -> None:
    if isinstance(value, float):
        cell.setValue(value)
    else:
        cell.setString(value or "")
