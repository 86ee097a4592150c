"""Draw a register: title, quiet line, headings and a native table ready to be filled."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dealer_xl.office.drawing.conditional_formats import (
    highlight_alarms,
    highlight_certainty,
    highlight_issues,
    rule_rows,
    show_units,
)
from dealer_xl.office.drawing.data_validation import FIRST_ROW, LAST_ROW, validation_of
from dealer_xl.office.drawing.native_table import TableLayout, draw_table, width_of
from dealer_xl.office.drawing.page import columns_under, fit_across, pages_across, set_page
from dealer_xl.office.drawing.styles import SMALL_PRINT, Styles, cell_style
from dealer_xl.schema import FilledBy
from dealer_xl.workbook_spec import Register, WorkbookSpec

LEGEND = "深色标题为必填，浅色标题可以不填，浅灰列由程序或公式填写。"


def draw_register(sheet: Worksheet, register: Register, book: WorkbookSpec, styles: Styles) -> None:
    """Draw one register on its sheet."""
    table = register.table
    widths = [width_of(column) for column in table.columns]
    for place, column in enumerate(table.columns):
        small = SMALL_PRINT if column.key in register.small else {}
        sheet.set_column(place, place, widths[place], styles.of(cell_style(column) | small))
    pages = 1 if register.one_page else pages_across(widths)
    # The columns under the title are printed again on each further page: a longer line would be cut there.
    repeated = max(register.frozen, columns_under(table.title, widths))
    note_at = repeated if pages > 1 else 0
    description = table.description if table.by_program else f"{table.description}{LEGEND}"
    draw_head(sheet, table.title, description, styles, note_at=note_at)
    set_as = TableLayout(lines=register.lines, small=register.small)
    draw_table(sheet, table, register.rows or ({},), styles, set_as)
    _help_and_mark(sheet, register, book, styles)

    sheet.freeze_panes(FIRST_ROW - 1, register.frozen)
    sheet.set_selection(FIRST_ROW - 1, 0, FIRST_ROW - 1, 0)
    set_page(sheet, book.name)
    sheet.repeat_rows(0, FIRST_ROW - 2)
    fit_across(sheet, pages, repeated)


def draw_head(sheet: Worksheet, title: str, description: str, styles: Styles, *, note_at: int = 0) -> None:
    """Write the form's name and the quiet line under it."""
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, title, styles.title)
    sheet.set_row(1, 18)
    sheet.write_string(1, note_at, description, styles.note)


def _help_and_mark(sheet: Worksheet, register: Register, book: WorkbookSpec, styles: Styles) -> None:
    """Add what Excel does by itself while the register is filled, down to the foot of the sheet."""
    table = register.table
    for place, column in enumerate(table.columns):
        is_typed = not table.by_program or column.filled_by is FilledBy.STAFF
        if is_typed and (said := validation_of(column, table, book)):
            sheet.data_validation(FIRST_ROW - 1, place, LAST_ROW - 1, place, said)
    highlight_issues(sheet, table, styles)
    if register.alarm:
        highlight_alarms(sheet, table, register.alarm, styles)
    if register.lights:
        highlight_certainty(sheet, table, register.lights, styles)
    show_units(sheet, table, styles)
    rule_rows(sheet, table, styles)
