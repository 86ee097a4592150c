"""The conditional formats of a table: what the check found, lines around new rows, numbers by their unit.

Python writes one sentence into 校验; these formulas find the heading between its brackets and colour the
cell, so that Excel, WPS and LibreOffice all show it without the program.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dealer_xl.office.drawing.data_validation import FIRST_ROW, LAST_ROW
from dealer_xl.office.drawing.styles import (
    ACCENT,
    ERROR,
    ERROR_INK,
    GREY,
    GRID,
    UNIT_FORMATS,
    WARNING,
    WARNING_INK,
    Properties,
    Styles,
    follows_unit,
    is_shaded,
)
from dealer_xl.schema import CHECK, Table

HEADINGS_ROW = FIRST_ROW - 1


def highlight_issues(sheet: Worksheet, table: Table, styles: Styles) -> None:
    """Colour each cell whose heading stands between brackets in the column 校验; the graver comes first."""
    if CHECK not in table.headings:
        return
    place = table.headings.index(CHECK)
    said = f"${xl_col_to_name(place)}{FIRST_ROW}"
    faults = (("【", "】", ERROR, ERROR_INK), ("〔", "〕", WARNING, WARNING_INK))
    for opens, closes, fill, ink in faults:
        found = f'=ISNUMBER(FIND("{opens}"&A${HEADINGS_ROW}&"{closes}",{said}))'
        _when(sheet, _reach(0, place - 1), found, styles, {"bg_color": fill, "font_color": ink})
        _when(sheet, _reach(place, place), f'=ISNUMBER(FIND("{opens}",{said}))', styles, {"font_color": ink})


def highlight_alarms(
    sheet: Worksheet, table: Table, key: str, styles: Styles, last_row: int = LAST_ROW
) -> None:
    """Highlight the cells of a column that hold a number above zero, or a word that begins with 未."""
    place = table.columns.index(table.column(key))
    cell = f"${xl_col_to_name(place)}{FIRST_ROW}"
    alarming = f'=OR(AND(ISNUMBER({cell}),{cell}>0),LEFT({cell},1)="未")'
    reach = (FIRST_ROW - 1, place, last_row - 1, place)
    _when(sheet, reach, alarming, styles, {"font_color": ACCENT, "bold": True})


def highlight_certainty(sheet: Worksheet, table: Table, key: str, styles: Styles) -> None:
    """Colour a column and the row's other entries by how sure it is: what is to be confirmed stands out, what is sure is quiet."""
    place = table.columns.index(table.column(key))
    cell = f"${xl_col_to_name(place)}{FIRST_ROW}"
    asked, sure = {"bg_color": WARNING, "font_color": WARNING_INK}, {"bg_color": SURE, "font_color": SURE_INK}
    _when(sheet, _reach(0, place), f'={cell}="请确认"', styles, asked)
    _when(sheet, _reach(place, place), f'={cell}="确定"', styles, sure)


SURE, SURE_INK = "#E2EFDA", "#375623"
"""A quiet green."""


def show_units(sheet: Worksheet, table: Table, styles: Styles) -> None:
    """Show the numbers of each row as its unit asks."""
    if "unit" not in {column.key for column in table.columns}:
        return
    unit = f"${xl_col_to_name(table.columns.index(table.column('unit')))}{FIRST_ROW}"
    for place, column in enumerate(table.columns):
        if follows_unit(column):
            for name, number_format in UNIT_FORMATS.items():
                _when(sheet, _reach(place, place), f'={unit}="{name}"', styles, {"num_format": number_format})


def rule_rows(sheet: Worksheet, table: Table, styles: Styles) -> None:
    """Draw the lines of rows that were typed or pasted under the table."""
    last = len(table.columns) - 1
    filled = f"=COUNTA($A{FIRST_ROW}:${xl_col_to_name(last)}{FIRST_ROW})>0"
    for place, column in enumerate(table.columns):
        if is_shaded(column, table):
            _when(sheet, _reach(place, place), filled, styles, {**GRID, "bg_color": GREY})
    _when(sheet, _reach(0, last), filled, styles, GRID)


def _reach(first: int, last: int) -> tuple[int, int, int, int]:
    """Return the cells of some columns from the first entry to the foot of the sheet."""
    return FIRST_ROW - 1, first, LAST_ROW - 1, last


def _when(
    sheet: Worksheet, reach: tuple[int, int, int, int], formula: str, styles: Styles, look: Properties
) -> None:
    """Add one conditional format."""
    sheet.conditional_format(*reach, {"type": "formula", "criteria": formula, "format": styles.of(look)})
