"""Draw a native Excel table with our own cell formats, for a register or within a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dealer_xl.office.drawing.data_validation import FIRST_ROW, LAST_ROW
from dealer_xl.office.drawing.styles import SMALL_PRINT, Styles, entry_style, follows_unit, heading_style
from dealer_xl.office.drawing.text_width import line_count, width_in_digits
from dealer_xl.schema import Column, Kind, Table
from dealer_xl.workbook_spec import Row, Value

KIND_WIDTHS = {
    Kind.TEXT: 13,
    Kind.CHOICE: 12,
    Kind.DATE: 13,
    Kind.MONTH: 10,
    Kind.TIME: 10,
    Kind.NUMBER: 11,
    Kind.MONEY: 14,
    Kind.PHONE: 18,
    Kind.PLATE: 12,
    Kind.VIN: 22,
}
AMOUNT = 13  # millions of yuan with their cents
FILTER_BUTTON = 4  # what Excel's little arrow covers of a heading, and the air before it
INDENT = 1.5  # the air before and after the text of a cell
SMALLER = 1.25  # as many more characters of small print fit into a column
HEADINGS_HEIGHT, LINE_HEIGHT = 34, 14  # points


@dataclass(frozen=True)
class TableLayout:
    """How a table is set: where, the lines each row has room for, the air around them, small print."""

    first_row: int = FIRST_ROW
    lines: int = 1
    air: float = 6  # points
    small: tuple[str, ...] = ()


def draw_table(
    sheet: Worksheet, table: Table, rows: Sequence[Row], styles: Styles, set_as: TableLayout
) -> None:
    """Draw a table with its rows, at least one; its headings stand above the first."""
    top = set_as.first_row - 1
    columns = [_native_column(column, table, set_as.first_row, styles) for column in table.columns]
    area = (top - 1, 0, top - 1 + len(rows), len(columns) - 1)
    # What the program writes as a whole is read, not filtered, unless it is a list to work through.
    filtered = not table.by_program or table.entered != ()
    sheet.add_table(*area, {"name": table.name, "columns": columns, "style": None, "autofilter": filtered})
    sheet.set_row(top - 1, HEADINGS_HEIGHT)
    for row_number, row in enumerate(rows, start=set_as.first_row):
        sheet.set_row(row_number - 1, _row_height(table, row, set_as))
        _draw_row(sheet, table, row_number, row, _formats(table, row, styles, set_as.small))
    letter = xl_col_to_name(len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:{letter}{LAST_ROW}"})


def width_of(column: Column) -> int:
    """Return the width that the content needs, and the heading on two lines beside its filter button."""
    heading = 2 * ceil(width_in_digits(column.heading) / 4) + FILTER_BUTTON
    return max(column.width or KIND_WIDTHS[column.kind], heading, AMOUNT if follows_unit(column) else 0)


def _native_column(column: Column, table: Table, first_row: int, styles: Styles) -> dict[str, Any]:
    """Describe a column of the native table; the formula stands as in the table's first row."""
    head = {"header": column.heading, "header_format": styles.of(heading_style(column, table))}
    return {**head, "formula": _formula_in(column, table, first_row)} if column.formula else head


def _row_height(table: Table, row: Row, set_as: TableLayout) -> float:
    """Return the height in points that a row needs."""
    lines = set_as.lines
    for column in table.columns:
        if column.kind is Kind.TEXT:
            room = (width_of(column) - INDENT) * (SMALLER if column.key in set_as.small else 1)
            lines = max(lines, line_count(str(row.get(column.key) or ""), room))
    return LINE_HEIGHT * lines + set_as.air


def _formats(table: Table, row: Row, styles: Styles, small: Sequence[str]) -> list[Format]:
    """Return the format of each cell of a row."""
    unit = str(row.get("unit") or "")
    return [
        styles.of(entry_style(column, table, unit) | (SMALL_PRINT if column.key in small else {}))
        for column in table.columns
    ]


def _draw_row(sheet: Worksheet, table: Table, row_number: int, row: Row, formats: Sequence[Format]) -> None:
    """Write the cells of one row, or leave them blank in their formats."""
    for place, (column, look) in enumerate(zip(table.columns, formats, strict=True)):
        if column.formula:
            formula = _formula_in(column, table, row_number)
            sheet.write_formula(row_number - 1, place, f"={formula}", look, "")
        else:
            _write_value(sheet, (row_number - 1, place), row.get(column.key), look)


def _formula_in(column: Column, table: Table, row_number: int) -> str:
    """Put the cells of a row into a column's formula."""
    letters = {each.key: xl_col_to_name(place) for place, each in enumerate(table.columns)}
    return column.formula.format_map({key: f"{letter}{row_number}" for key, letter in letters.items()})


def _write_value(sheet: Worksheet, cell: tuple[int, int], value: Value, look: Format) -> None:
    """Write one cell as what it is; an empty one keeps its look."""
    if value is None or value == "":
        sheet.write_blank(*cell, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(*cell, value, look)
    elif isinstance(value, str):
        sheet.write_string(*cell, value, look)
    else:
        sheet.write_number(*cell, value, look)
