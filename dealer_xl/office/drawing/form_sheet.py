"""Draw a paper form that fills itself once its number is typed into the one marked cell.

Only functions that Excel 2010, WPS and LibreOffice share; the found rows stand beside the printed part.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dealer_xl.office.drawing.data_validation import drop_down_of
from dealer_xl.office.drawing.page import set_page
from dealer_xl.office.drawing.styles import (
    ACCENT,
    GRID,
    INK,
    INVITING,
    NAVY,
    NUMBER_FORMATS,
    QUIET,
    Properties,
    Styles,
)
from dealer_xl.schema import Table
from dealer_xl.workbook_spec import Box, Form, WorkbookSpec

WIDTHS = (15, 27, 15, 27)  # label, box, label, box
ASKS = "$B$3"
FOUND, FOUND_ROW = "$G$", 3  # from here down the found row of each register, beside the printed part
LINE_HEIGHT = 19  # points
SINGLE = 26  # a box of one line has more air

LABEL: Properties = {
    **GRID,
    "bg_color": "#EEF2F6",
    "font_color": NAVY,
    "bold": True,
    "valign": "vcenter",
    "indent": 1,
}
BOX: Properties = {
    **GRID,
    "font_color": INK,
    "valign": "vcenter",
    "align": "left",
    "text_wrap": True,
    "indent": 1,
}


def draw_form(sheet: Worksheet, form: Form, spec: WorkbookSpec, styles: Styles) -> None:
    """Draw one form on its sheet."""
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sources = _sources(form)
    _draw_head(sheet, form, styles)
    _draw_question(sheet, form, styles)
    _draw_found(sheet, form, sources, styles)
    for row, boxes in enumerate(form.boxes, start=FOUND_ROW):
        _draw_boxes(sheet, row, boxes, sources, styles)
    last = _draw_foot(sheet, FOUND_ROW + len(form.boxes), form, styles)

    sheet.hide_gridlines(2)
    sheet.set_selection("B3")
    set_page(sheet, spec.name, landscape=False)
    sheet.print_area(0, 0, last, len(WIDTHS) - 1)
    sheet.fit_to_pages(1, 1)


def _sources(form: Form) -> list[Table]:
    """List the registers that the form looks into, its own first."""
    others = [box.source for boxes in form.boxes for box in boxes if box.source]
    return list(dict.fromkeys([form.source, *others]))


def _draw_head(sheet: Worksheet, form: Form, styles: Styles) -> None:
    """Write the title and the quiet line."""
    centre: Properties = {"align": "center", "valign": "vcenter"}
    sheet.set_row(0, 36)
    sheet.merge_range(
        "A1:D1", form.title, styles.of({**centre, "bold": True, "font_size": 16, "font_color": NAVY})
    )
    sheet.set_row(1, 20)
    sheet.merge_range("A2:D2", form.description, styles.of({**centre, "font_size": 9, "font_color": QUIET}))


def _draw_question(sheet: Worksheet, form: Form, styles: Styles) -> None:
    """Draw the cell that asks for the number, and beside it what is wrong with the answer."""
    sheet.set_row(2, SINGLE)
    sheet.write_string("A3", form.asks, styles.of(LABEL))
    asking = {**BOX, "bg_color": INVITING, "bold": True, "num_format": "@", "border_color": ACCENT}
    sheet.write_blank("B3", None, styles.of(asking))
    sheet.data_validation("B3", _number_help(form))
    asks = f"← 请在黄格内填{form.asks}"
    answer = f'=IF({ASKS}="","{asks}",IF({FOUND}{FOUND_ROW}=0,"没有找到这个{form.asks}",""))'
    quiet = styles.of({"font_color": ACCENT, "valign": "vcenter", "indent": 1})
    sheet.merge_range("C3:D3", None, quiet)
    sheet.write_formula("C3", answer, quiet, asks)


def _number_help(form: Form) -> dict[str, str]:
    """Offer the numbers that the register holds so far."""
    return {
        "validate": "list",
        "source": drop_down_of(form.source),
        "input_title": form.asks,
        "input_message": f"填“{form.source.sheet}”表里的{form.asks}，下面各栏自动带出",
        "error_type": "information",
        "error_title": f"请核对{form.asks}",
        "error_message": f"“{form.source.sheet}”表里没有这个{form.asks}。",
    }


def _draw_found(sheet: Worksheet, form: Form, sources: Sequence[Table], styles: Styles) -> None:
    """Look the number up once a register; 0 when it is not there, whether kept as text or as a number."""
    sheet.set_column(len(WIDTHS), len(WIDTHS), 3)
    sheet.set_column(len(WIDTHS) + 1, len(WIDTHS) + 1, 16)
    quiet = styles.of({"font_size": 8, "font_color": QUIET, "valign": "vcenter"})
    for row, source in enumerate(sources, start=FOUND_ROW):
        numbers = _column(source, _number_key(form, source))
        as_number = f"IFERROR(MATCH(VALUE({ASKS}),{numbers},0),0)"
        found = f'=IF({ASKS}="",0,IFERROR(MATCH({ASKS},{numbers},0),{as_number}))'
        sheet.write_string(row - 1, 5, f"{source.sheet}第几行（不打印）", quiet)
        sheet.write_formula(row - 1, 6, found, quiet, 0)


def _number_key(form: Form, source: Table) -> str:
    """Return in which column of a register the form's number stands."""
    if source is form.source:
        return source.key_column.key
    return next(column.key for column in source.columns if column.refers_to == form.source.name)


def _column(table: Table, key: str) -> str:
    letter = xl_col_to_name(table.columns.index(table.column(key)))
    return f"{table.sheet}!${letter}:${letter}"


def _draw_boxes(
    sheet: Worksheet, row: int, boxes: Sequence[Box], sources: Sequence[Table], styles: Styles
) -> None:
    """Draw the boxes of one row; a single box takes the whole width."""
    lines = max(box.lines for box in boxes)
    sheet.set_row(row, SINGLE if lines == 1 else lines * LINE_HEIGHT)
    for box, first in zip(boxes, (0, 2), strict=False):
        source = box.source or sources[0]
        look = BOX | ({"valign": "top"} if lines > 1 else {})
        if box.key:
            look |= {"num_format": NUMBER_FORMATS.get(source.column(box.key).kind, "General")}
        sheet.write_string(row, first, box.label, styles.of(LABEL | {"text_wrap": True}))
        if len(boxes) == 1:
            sheet.merge_range(row, first + 1, row, len(WIDTHS) - 1, None, styles.of(look))
        if box.key:
            formula = _looked_up(source, box.key, FOUND_ROW + sources.index(source))
            sheet.write_formula(row, first + 1, formula, styles.of(look), "")
        elif len(boxes) > 1:
            sheet.write_blank(row, first + 1, None, styles.of(look))


def _looked_up(source: Table, key: str, found_row: int) -> str:
    """Write the formula of a box: the cell of the found row, blank when there is none."""
    cell = f"INDEX({_column(source, key)},{FOUND}{found_row})"
    return f'=IF({FOUND}{found_row}=0,"",IF({cell}="","",{cell}))'


def _draw_foot(sheet: Worksheet, row: int, form: Form, styles: Styles) -> int:
    """Draw the lines to sign on and the closing words; return the last row."""
    label = styles.of({"align": "right", "valign": "bottom", "font_color": INK})
    line = styles.of({"bottom": 1, "bottom_color": QUIET})
    for signature in form.signatures:
        sheet.set_row(row, 34)
        sheet.write_string(row, 0, signature, label)
        sheet.write_blank(row, 1, None, line)
        sheet.write_string(row, 2, "日期", label)
        sheet.write_blank(row, 3, None, line)
        row += 1
    sheet.set_row(row, 28)
    foot = {"font_size": 9, "font_color": QUIET, "align": "center", "valign": "vcenter"}
    sheet.merge_range(row, 0, row, len(WIDTHS) - 1, form.foot, styles.of(foot))
    return row
