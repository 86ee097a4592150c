"""How a sheet comes out of the printer: A4, calm margins, page x of y, and nothing cut off."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from xlsxwriter.worksheet import Worksheet

from dealer_xl.office.drawing.text_width import width_in_digits

LARGE = 1.7  # a title's type against that of a cell
READABLE = 205
"""Characters of a digit's width that one A4 page across still shows in readable type."""


def set_page(sheet: Worksheet, book_name: str, *, landscape: bool = True) -> None:
    """Set paper, margins, header and footer."""
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=0.45, right=0.45, top=0.6, bottom=0.6)
    sheet.set_header(f"&L&8 {book_name.removesuffix('.xlsx')}&R&8打印于 &D", {"margin": 0.3})
    sheet.set_footer("&L&8 &A&C&8 第 &P 页 共 &N 页", {"margin": 0.3})
    sheet.center_horizontally()


def pages_across(widths: Sequence[float]) -> int:
    """Return on how many pages beside each other the columns can be read."""
    return ceil(sum(widths) / READABLE)


def fit_across(sheet: Worksheet, pages: int, repeated: int) -> None:
    """Fit the columns on some pages across, the first columns on each of them."""
    sheet.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.repeat_columns(0, repeated - 1)
        sheet.print_across()


def columns_under(title: str, widths: Sequence[float]) -> int:
    """Return how many columns a title in large type reaches over."""
    needed = LARGE * width_in_digits(title)
    return next((place for place in range(1, len(widths)) if sum(widths[:place]) >= needed), len(widths))
