"""Draw the sheet that tells what a workbook is for, on one page."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dealer_xl.office.drawing.page import set_page
from dealer_xl.office.drawing.styles import INK, LINE, NAVY, QUIET, SWATCHES, Properties, Styles
from dealer_xl.office.drawing.text_width import line_count
from dealer_xl.workbook_spec import Topic, WorkbookSpec

MARGIN, HEAD, TEXT = 2, 16, 92

RULED: Properties = {"bottom": 1, "bottom_color": "#E6E9EC", "valign": "vcenter"}


def draw_guide(sheet: Worksheet, spec: WorkbookSpec, styles: Styles) -> None:
    """Draw the workbook's guide on its sheet."""
    guide = spec.guide
    for place, width in enumerate((MARGIN, HEAD, TEXT)):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 40)
    sheet.write_string("B1", guide.title, styles.of({"bold": True, "font_size": 20, "font_color": NAVY}))
    sheet.set_row(1, 36)
    description = {"font_color": QUIET, "valign": "top", "text_wrap": True}
    sheet.merge_range("B2:C2", guide.description, styles.of(description))
    row = 2
    for title, topics in guide.chapters:
        row = _draw_chapter(sheet, row, title, topics, styles)

    sheet.hide_gridlines(2)
    sheet.set_selection("A1")
    set_page(sheet, spec.name, landscape=False)
    sheet.print_area(0, 0, row - 1, 2)
    sheet.fit_to_pages(1, 1)


def _draw_chapter(sheet: Worksheet, row: int, title: str, topics: tuple[Topic, ...], styles: Styles) -> int:
    """Draw a chapter from the given row; return the row under it."""
    sheet.set_row(row, 30)
    head: Properties = {
        "bold": True,
        "font_size": 12,
        "font_color": NAVY,
        "bottom": 2,
        "bottom_color": NAVY,
        "valign": "bottom",
    }
    sheet.write_string(row, 1, title, styles.of(head))
    sheet.write_blank(row, 2, None, styles.of(head))
    for topic in topics:
        row += 1
        lines = line_count(topic.description, TEXT - 2)
        sheet.set_row(row, 24 if lines == 1 else 20 * lines)
        _draw_word(sheet, row, topic, styles)
        sheet.write_string(
            row, 2, topic.description, styles.of({**RULED, "font_color": INK, "text_wrap": True, "indent": 1})
        )
    return row + 1


def _draw_word(sheet: Worksheet, row: int, topic: Topic, styles: Styles) -> None:
    """Write a topic's word: a link to its sheet, or in the colour that it explains."""
    look: Properties = {**RULED, "bold": True, "font_color": INK, "indent": 1}
    if topic.colour:
        look |= {**SWATCHES[topic.colour], "border": 1, "border_color": LINE}
    if topic.sheet:
        link = styles.of({**look, "font_color": NAVY, "underline": 1})
        tip = f"打开“{topic.sheet}”"
        sheet.write_url(row, 1, f"internal:'{topic.sheet}'!A1", link, string=topic.head, tip=tip)
    else:
        sheet.write_string(row, 1, topic.head, styles.of(look))
