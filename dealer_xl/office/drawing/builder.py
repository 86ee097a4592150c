"""Build a workbook that staff open, from what `dealership.books` says of it.

The same plan gives the same bytes, so that a test can tell whether the shipped workbooks are up to date.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dealer_xl.office.drawing.form_sheet import draw_form
from dealer_xl.office.drawing.guide_sheet import draw_guide
from dealer_xl.office.drawing.register_sheet import draw_register
from dealer_xl.office.drawing.report_sheet import draw_report
from dealer_xl.office.drawing.styles import ACCENT, FONT, NAVY, QUIET, SIZE, Styles
from dealer_xl.workbook_spec import Form, Register, Report, Sheet, WorkbookSpec

FIXED_ROW = re.compile(rb'(<row r="(?:[4-9]|\d\d+)"[^>]*) customHeight="1"')  # under the headings
MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)  # fixed: the bytes must not tell the time


def build_book(book: WorkbookSpec) -> bytes:
    """Draw a whole workbook."""
    paper = BytesIO()
    options = {"in_memory": True, "default_format_properties": {"font_name": FONT, "font_size": SIZE}}
    with Workbook(paper, options) as native:
        native.set_properties(
            {
                "title": book.guide.title,
                "author": "dealer_xl",
                "comments": book.guide.description,
                "created": MADE_ON,
            }
        )
        native.set_size(2400, 1500)
        styles = Styles(native)
        guide = native.add_worksheet(book.guide.sheet)
        guide.set_tab_color(QUIET)
        draw_guide(guide, book, styles)
        for sheet in book.sheets:
            _draw(native, sheet, book, styles)
    registers = {f"xl/worksheets/sheet{place}.xml" for place in _places_of_registers(book)}
    return _let_rows_grow(paper.getvalue(), registers)


def _places_of_registers(book: WorkbookSpec) -> list[int]:
    """Return which sheets hold a register; the guide is the first."""
    return [place for place, sheet in enumerate(book.sheets, start=2) if isinstance(sheet, Register)]


def _let_rows_grow(content: bytes, parts: set[str]) -> bytes:
    """Free the entry rows of some sheets from a fixed height, so that Excel fits them to what is typed.

    XlsxWriter can tell a row's height only as a fixed one.
    """
    grown = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(grown, "w", ZIP_DEFLATED) as package:
        for part in made.infolist():
            text = made.read(part)
            package.writestr(part, FIXED_ROW.sub(rb"\1", text) if part.filename in parts else text)
    return grown.getvalue()


def _draw(native: Workbook, sheet: Sheet, book: WorkbookSpec, styles: Styles) -> None:
    """Add one sheet; the colour of its tab tells who writes it."""
    page: Worksheet = native.add_worksheet(sheet.sheet)
    match sheet:
        case Register():
            page.set_tab_color(ACCENT if sheet.table.by_program else NAVY)
            draw_register(page, sheet, book, styles)
        case Report():
            page.set_tab_color(ACCENT)
            draw_report(page, sheet, book, native, styles)
        case Form():
            page.set_tab_color(ACCENT)
            draw_form(page, sheet, book, styles)
