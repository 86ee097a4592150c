"""The list that is signed when letters are posted or handed over."""

from __future__ import annotations

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm

from dealer_xl.office.word.letterhead import (
    YAHEI,
    Style,
    add_line,
    add_page_number,
    add_table,
    blank_document,
    bytes_of,
    shade,
)
from dealer_xl.office.word.readers import Reader

_STYLES = (
    Style("标题", 16, YAHEI, bold=True, align=ALIGN.CENTER, after=4),
    Style("小字", 9, align=ALIGN.CENTER),
    Style("格", 9.5, before=2, after=2),
)
_HEADINGS = ("序号", "登记号", "收信人", "地址", "联系电话", "寄出日期", "签名")
_WIDTHS = (1.1, 3.9, 4.2, 7.1, 3.0, 2.6, 2.8)


def sign_list(title: str, day: str, readers: Sequence[Reader]) -> bytes:
    """Return the list as a Word file, a line a letter, on A4 across."""
    document = blank_document("寄发签收表", _STYLES, top=1.8, sides=2.5, bottom=1.6)
    page = document.sections[0]
    page.page_width, page.page_height = page.page_height, page.page_width
    footer = page.footer.paragraphs[0]
    footer.style = "小字"
    add_page_number(footer, f"{day}　共{len(readers)}封　第 ", " 页")
    add_line(document, "标题", title)
    rows = [_HEADINGS, *(_row(number, reader) for number, reader in enumerate(readers, 1))]
    table = add_table(document, _WIDTHS, rows, "格", headed=True)
    for cell in table.rows[0].cells:
        shade(cell)
    signed = add_line(document, "格", "经办人：　　　　　　　　　　　　主管：　　　　　　　　　　　　日期：")
    signed.paragraph_format.space_before = Cm(0.6)
    return bytes_of(document)


def _row(number: int, reader: Reader) -> tuple[str, ...]:
    names = " ".join(reader.names).replace("（收）", "")
    return str(number), reader.number, names, reader.address, reader.phone, "", ""
