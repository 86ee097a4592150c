"""Envelopes of the domestic size DL (220 by 110 mm): the boxes of the postcode, the reader, the sender."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from dealer_xl.office.word.letterhead import SONG, blank_document, bytes_of
from dealer_xl.office.word.readers import Reader

WIDE, HIGH = 220, 110
DIGITS = 6
_BOX, _GAP, _TALL = 397, 113, 454  # twips: a box 7 by 8 mm, 2 mm apart
_RED = "C00000"
_LEFT, _TEXT = 1134, 11200  # twips: the address begins 20 mm further in; its width
_MIDDLE, _BELOW = 2750, 1300


def envelopes(readers: Sequence[Reader], sender: tuple[str, str, str]) -> bytes:
    """Return the envelopes, a page each; sender: name, address, phone of the shop."""
    document = blank_document("信封", (), top=0.8, sides=1.0, bottom=0.6)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(WIDE), Mm(HIGH)
    page.header_distance = page.footer_distance = 0
    xml = "".join(_envelope(reader, sender, first=place == 0) for place, reader in enumerate(readers))
    for place, element in enumerate(list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))):
        document.element.body.insert(place, element)
    return bytes_of(document)


def _envelope(reader: Reader, sender: tuple[str, str, str], *, first: bool) -> str:
    turn = "" if first else "<w:pageBreakBefore/>"
    begin = f'<w:p><w:pPr>{turn}<w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    between = '<w:p><w:pPr><w:spacing w:line="200" w:lineRule="exact"/></w:pPr></w:p>'
    end = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    return f"{begin}{_boxes(reader.postcode)}{between}{_middle(reader, sender)}{end}"


def _boxes(postcode: str) -> str:
    digits = postcode.ljust(DIGITS)[:DIGITS]
    side = f'w:val="single" w:sz="8" w:color="{_RED}"'
    ruled = f"<w:tcBorders><w:top {side}/><w:left {side}/><w:bottom {side}/><w:right {side}/></w:tcBorders>"
    cells, grid = [], []
    for place, digit in enumerate(digits):
        if place:
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{_GAP}" w:type="dxa"/></w:tcPr><w:p/></w:tc>')
            grid.append(_GAP)
        properties = f'<w:tcPr><w:tcW w:w="{_BOX}" w:type="dxa"/>{ruled}<w:vAlign w:val="center"/></w:tcPr>'
        cells.append(f"<w:tc>{properties}{_line(digit.strip(), 32, 'center')}</w:tc>")
        grid.append(_BOX)
    return _table(
        grid, f'<w:tr><w:trPr><w:trHeight w:val="{_TALL}" w:hRule="exact"/></w:trPr>{"".join(cells)}</w:tr>'
    )


def _middle(reader: Reader, sender: tuple[str, str, str]) -> str:
    *above, name = reader.names
    lines = [_line(reader.address, 28, "left", _LEFT), *(_line(line, 28, "left", _LEFT) for line in above)]
    lines.append(_line(name, 40, "center", before=200))
    shop, address, phone = sender
    below = [
        _line(each, 22, "right")
        for each in (address, f"{shop}{f'　{phone}' if phone else ''}")
        if each.strip()
    ]
    rows = (
        f'<w:tr><w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{_TEXT}" w:type="dxa"/><w:vAlign w:val="{align}"/></w:tcPr>{"".join(each)}</w:tc></w:tr>'
        for each, height, align in ((lines, _MIDDLE, "center"), (below or ["<w:p/>"], _BELOW, "bottom"))
    )
    return _table([_TEXT], "".join(rows))


def _table(grid: Sequence[int], rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    properties = (
        f'<w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
    )
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _line(text: str, size: int, align: str, left: int = 0, before: int = 0) -> str:
    place = f'<w:spacing w:before="{before}"/><w:ind w:left="{left}"/><w:jc w:val="{align}"/>'
    look = f'<w:rPr><w:rFonts w:eastAsia="{SONG}"/><w:sz w:val="{size}"/></w:rPr>'
    return f'<w:p><w:pPr>{place}</w:pPr><w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
