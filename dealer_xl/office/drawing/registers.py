"""Draw a register: title, quiet line, headings and a native table ready to be filled."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dealer_xl.blueprint import Book, Register
from dealer_xl.office.drawing.entry_help import FIRST_ROW, LAST_ROW, entry_help
from dealer_xl.office.drawing.looks import SMALL_PRINT, Looks, cell_look
from dealer_xl.office.drawing.marks import mark_alarm, mark_faults, rule_rows, show_units
from dealer_xl.office.drawing.native_table import TableLook, draw_table, width_of
from dealer_xl.office.drawing.page import columns_under, fit_across, pages_across, set_page
from dealer_xl.schema import FilledBy

LEGEND = "深色标题为必填，浅色标题可以不填，浅灰列由程序或公式填写。"


def draw_register(sheet: Worksheet, register: Register, book: Book, looks: Looks) -> None:
    """Draw one register on its sheet."""
    table = register.table
    widths = [width_of(column) for column in table.columns]
    for place, column in enumerate(table.columns):
        small = SMALL_PRINT if column.key in register.small else {}
        sheet.set_column(place, place, widths[place], looks.of(cell_look(column) | small))
    printed = widths[: register.printed or len(widths)]
    # The columns under the title are printed again on each further page: a longer line would be cut there.
    repeated = max(register.frozen, columns_under(table.title, printed))
    note_at = repeated if pages_across(printed) > 1 else 0
    says = table.says if table.by_program else f"{table.says}{LEGEND}"
    draw_head(sheet, table.title, says, looks, note_at=note_at)
    set_as = TableLook(lines=register.lines, small=register.small)
    draw_table(sheet, table, register.rows or ({},), looks, set_as)
    _help_and_mark(sheet, register, book, looks)

    sheet.freeze_panes(FIRST_ROW - 1, register.frozen)
    sheet.set_selection(FIRST_ROW - 1, 0, FIRST_ROW - 1, 0)
    set_page(sheet, book.name)
    sheet.repeat_rows(0, FIRST_ROW - 2)
    fit_across(sheet, printed, repeated)
    if register.printed:
        sheet.print_area(0, 0, LAST_ROW - 1, register.printed - 1)


def draw_head(sheet: Worksheet, title: str, says: str, looks: Looks, *, note_at: int = 0) -> None:
    """Write the form's name and the quiet line under it."""
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, title, looks.title)
    sheet.set_row(1, 18)
    sheet.write_string(1, note_at, says, looks.note)


def _help_and_mark(sheet: Worksheet, register: Register, book: Book, looks: Looks) -> None:
    """Add what Excel does by itself while the register is filled, down to the foot of the sheet."""
    table = register.table
    for place, column in enumerate(table.columns):
        is_typed = not table.by_program or column.filled_by is FilledBy.STAFF
        if is_typed and (said := entry_help(column, table, book)):
            sheet.data_validation(FIRST_ROW - 1, place, LAST_ROW - 1, place, said)
    mark_faults(sheet, table, looks)
    if register.alarm:
        mark_alarm(sheet, table, register.alarm, looks)
    show_units(sheet, table, looks)
    rule_rows(sheet, table, looks)
