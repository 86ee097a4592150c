"""Blocks of cells over UNO, as Excel hands them to COM and takes them: a handful of calls a block, however many cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from calc_program import Uno, load_uno
from calc_typed import ERRORS, GENERAL, read_typed

Value: TypeAlias = str | float | bool | datetime | Decimal | None
Place: TypeAlias = tuple[int, int]  # row and column inside the block, from 0

# com.sun.star.util.NumberFormat
DATE, TIME, CURRENCY, TEXT, LOGICAL = 2, 4, 8, 256, 1024
# com.sun.star.sheet.CellFlags
VALUES, DATES, STRINGS, NOTES, FORMULAS = 1, 2, 4, 8, 16
CONTENTS = VALUES | DATES | STRINGS | FORMULAS
# LibreOffice's error numbers and what COM calls the same error
COM_ERRORS = {
    521: -2146826288,  # #NULL!
    532: -2146826281,  # #DIV/0!
    519: -2146826273,  # #VALUE!
    524: -2146826265,  # #REF!
    525: -2146826259,  # #NAME?
    503: -2146826252,  # #NUM!
    32767: -2146826246,  # #N/A
}
OTHER_ERROR = -2146826273
LONGEST_TEXT = 32767


class ComError(Exception):
    """What Excel refuses; pywin32 raises pywintypes.com_error, which is made of the same four arguments."""

    def __init__(self, told: str, hresult: int = -2147352567) -> None:
        self.hresult, self.strerror, self.argerror = hresult, "Exception occurred.", None
        self.excepinfo = (0, "Microsoft Excel", told, None, 0, -2146827284)
        super().__init__(self.hresult, self.strerror, self.excepinfo, self.argerror)


# --- formats ------------------------------------------------------------------------------------------------------


class Formats:
    """The number formats of one document: their keys and kinds, each asked once."""

    def __init__(self, document: Uno) -> None:
        self.formats = document.NumberFormats
        self.locale = load_uno().createUnoStruct("com.sun.star.lang.Locale")
        self.locale.Language, self.locale.Country = "en", "US"
        self.kinds: dict[int, int] = {}
        self.keys: dict[str, int] = {}
        self.texts: dict[int, str] = {}

    def kind(self, key: int) -> int:
        """Return what kind of format a key is."""
        if key not in self.kinds:
            self.kinds[key] = self.formats.getByKey(key).Type
        return self.kinds[key]

    def key(self, text: str) -> int:
        """Return the key of a format as Excel writes it."""
        if text not in self.keys:
            found = self.formats.queryKey(text, self.locale, False)
            self.keys[text] = found if found >= 0 else self.formats.addNew(text, self.locale)
        return self.keys[text]

    def text(self, key: int) -> str:
        """Write a format as Excel does: letters of a date are small, and a truth stands in General."""
        if key not in self.texts:
            told = str(self.formats.getByKey(key).FormatString)
            if self.kind(key) & (DATE | TIME):
                told = re.sub(r'"[^"]*"|\[\$[^]]*\]|AM/PM|[YMDHS]+', _small_letters, told)
            self.texts[key] = GENERAL if told == "BOOLEAN" else told
        return self.texts[key]

    def taken_on(self, key: int, wanted: str | None) -> bool:
        """Return whether a cell of a format takes on the one that comes with its new value."""
        if wanted is None or wanted == GENERAL:
            return wanted is not None and bool(self.kind(key) & LOGICAL)
        # Calc knows a truth by its format only.
        return wanted == "BOOLEAN" or self.text(key) == GENERAL

    def groups(self, cells: Uno) -> list[tuple[int, tuple[Uno, ...]]]:
        """Return which formats a block has, and where."""
        return [(each.NumberFormat, each.RangeAddresses) for each in cells.getUniqueCellFormatRanges()]


def _small_letters(found: re.Match[str]) -> str:
    return found[0] if found[0][0] in '"[A' else found[0].lower()


def _places(block: Uno, areas: Iterable[Uno]) -> Iterator[Place]:
    """Count through the cells of areas, from the block's own corner."""
    for area in areas:
        for row in range(area.StartRow - block.StartRow, area.EndRow - block.StartRow + 1):
            for column in range(area.StartColumn - block.StartColumn, area.EndColumn - block.StartColumn + 1):
                yield row, column


# --- reading ------------------------------------------------------------------------------------------------------


def read_values(cells: Uno, formats: Formats, null_date: date) -> tuple[tuple[Value, ...], ...]:
    """Read a block as Range.Value gives it: floats, texts, truths, dates, money, error numbers, None."""
    rows = [list(row) for row in cells.getDataArray()]
    for at, row in enumerate(rows):
        for across, value in enumerate(row):
            if value is None:
                row[across] = COM_ERRORS.get(cells.getCellByPosition(across, at).getError(), OTHER_ERROR)
            elif value == "":
                row[across] = None
    for key, areas in formats.groups(cells):
        if shown := _shown_as(formats.kind(key), null_date):
            for at, across in _places(cells.RangeAddress, areas):
                if isinstance(rows[at][across], float):
                    rows[at][across] = shown(rows[at][across])
    return tuple(map(tuple, rows))


def read_formulas(cells: Uno) -> tuple[tuple[str, ...], ...]:
    """Read a block as Range.Formula gives it: formulas (of the class Formula), and constants as they would be typed."""
    return tuple(
        tuple(_told(formula, value) for formula, value in zip(*rows, strict=True))
        for rows in zip(cells.getFormulaArray(), cells.getDataArray(), strict=True)
    )


def _told(formula: str, value: object) -> str:
    """Return what a cell holds; Calc keeps truths and errors as formulas that Excel keeps as values."""
    if not formula.startswith("=") or formula == value:
        return value if isinstance(value, str) else formula
    told = to_excel(formula)
    constant = told[1:].removesuffix("()")
    return constant if constant in {"TRUE", "FALSE", *ERRORS} else Formula(told)


def _shown_as(kind: int, null_date: date) -> Callable[[float], Value] | None:
    """Return what COM makes of a number in a format; a time of day alone stays a number."""
    if kind & DATE:
        return lambda number: _moment(number, null_date)
    if kind & CURRENCY:
        return lambda number: Decimal(f"{number:.4f}").normalize() + 0
    return bool if kind & LOGICAL else None


def _moment(number: float, null_date: date) -> Value:
    """Make a date of a number that is one in Excel."""
    start = datetime(null_date.year, null_date.month, null_date.day)  # noqa: DTZ001 - Excel knows no zones
    return start + timedelta(milliseconds=round(number * 86_400_000)) if 0 <= number < 2_958_466 else number


# --- writing ------------------------------------------------------------------------------------------------------


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
            for at, across in _places(self.cells.RangeAddress, areas):
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
        noted = set(_places(self.cells.RangeAddress, self.cells.queryContentCells(NOTES).RangeAddresses))
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
        for top, left, bottom, right in _rectangles(plan.formulas):
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
                for at, across in _places(self.cells.RangeAddress, areas):
                    if keys[at][across] != key:
                        plan.formats[keys[at][across]].append((at, across))

    def dress(self, formats: Mapping[int, Sequence[Place]]) -> None:
        """Set the formats of cells, all cells of one format at once."""
        corner = self.cells.RangeAddress
        for key, places in formats.items():
            areas = []
            for top, left, bottom, right in _rectangles(dict.fromkeys(places, "")):
                area = load_uno().createUnoStruct("com.sun.star.table.CellRangeAddress")
                area.Sheet = corner.Sheet
                area.StartRow, area.EndRow = corner.StartRow + top, corner.StartRow + bottom
                area.StartColumn, area.EndColumn = corner.StartColumn + left, corner.StartColumn + right
                areas.append(area)
            several = self.cells.queryContentCells(0)
            several.addRangeAddresses(tuple(areas), False)
            several.NumberFormat = key


class Formula(str):
    """A text that is a formula, in Excel's own spelling."""

    __slots__ = ()


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


def runs_of(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Join numbers that follow each other into runs."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _rectangles(places: Mapping[Place, object]) -> Iterator[tuple[int, int, int, int]]:
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


# --- formulas in Excel's spelling and in the one that UNO speaks ---------------------------------------------------------

QUOTED = r'"(?:[^"]|"")*"'
ERROR = r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!)"
EXCEL = re.compile(rf"{QUOTED}|{ERROR}|'(?:[^']|'')+'!|[^\W\d][\w.]*!|[,;{{}}]")
CALC = re.compile(
    rf"{QUOTED}|{ERROR}|(?:\$?'(?:[^']|'')+'|\$?[^\W\d]\w*)\.(?=\$?[A-Z]{{1,3}}(?:\$?\d|:))|[;|{{}}]"
)


def to_calc(formula: str) -> str:
    """Spell an Excel formula as UNO wants it."""
    return _respelled(formula, EXCEL, {",": ";"}, {",": ";", ";": "|"}, lambda name: f"${name[:-1]}.")


def to_excel(formula: str) -> str:
    """Spell a formula of Calc as Excel does."""
    return _respelled(
        formula, CALC, {";": ","}, {";": ",", "|": ";"}, lambda name: f"{name[:-1].removeprefix('$')}!"
    )


def _respelled(
    formula: str,
    parts: re.Pattern[str],
    outside: Mapping[str, str],
    inside: Mapping[str, str],
    sheet: Callable[[str], str],
) -> str:
    """Exchange separators, which differ inside an array in braces, and the mark behind a sheet's name."""
    depth = 0

    def exchanged(found: re.Match[str]) -> str:
        nonlocal depth
        part = found[0]
        if part[0] in '"#':
            return part
        if part in "{}":
            depth += 1 if part == "{" else -1
            return part
        return (inside if depth else outside).get(part, part) if len(part) == 1 else sheet(part)

    return parts.sub(exchanged, formula)
