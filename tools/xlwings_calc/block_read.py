"""Blocks of cells as Excel hands them to COM: a handful of calls a block, however many cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from xlwings_calc.areas import places_in
from xlwings_calc.com import Value
from xlwings_calc.formats import CURRENCY, DATE, LOGICAL, Formats
from xlwings_calc.formulas import Formula, to_excel
from xlwings_calc.program import Uno
from xlwings_calc.typed_text import ERRORS

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
            for at, across in places_in(cells.RangeAddress, areas):
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
