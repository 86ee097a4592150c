"""Address labels on A4 sheets of three columns and eight rows, from any free label on."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dealer_xl.errors import DealerXlError
from dealer_xl.office.word.letterhead import SONG, blank_document, bytes_of
from dealer_xl.office.word.readers import Reader

COLUMNS, ROWS = 3, 8
_WIDTH, _HEIGHT, _LINE = (
    3968,
    2100,
    20,
)  # twips: 70 by 37 mm; what is left of the page takes the last paragraph


class LabelStartError(DealerXlError):
    """The sheet has no such label."""

    def __init__(self, start: int) -> None:
        super().__init__(f"一张标签纸只有{COLUMNS * ROWS}格，没有第{start}格；请写 1 到 {COLUMNS * ROWS}。")


def labels(readers: Sequence[Reader], start: int = 1) -> bytes:
    """Return the labels as a Word file; `start` is the first free label of the first sheet, counted along its rows.

    Raises LabelStartError.
    """
    if not 1 <= start <= COLUMNS * ROWS:
        raise LabelStartError(start)
    cells = [_cell("")] * (start - 1) + [_cell(_lines(reader)) for reader in readers]
    cells += [_cell("")] * (-len(cells) % COLUMNS)
    rows = "".join(_row(cells[place : place + COLUMNS]) for place in range(0, len(cells), COLUMNS))
    document = blank_document("地址标签", (), top=0, sides=0, bottom=0)
    page = document.sections[0]
    page.header_distance = page.footer_distance = 0
    body = document.element.body
    grid = f'<w:gridCol w:w="{_WIDTH}"/>' * COLUMNS
    table = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_WIDTH * COLUMNS}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="227" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
    body.insert(0, parse_xml(table))
    body.insert(
        1,
        parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:line="{_LINE}" w:lineRule="exact"/></w:pPr></w:p>'
        ),
    )
    return bytes_of(document)


def _row(cells: Sequence[str]) -> str:
    height = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{_HEIGHT}" w:hRule="exact"/></w:trPr>'
    return f"<w:tr>{height}{''.join(cells)}</w:tr>"


def _cell(lines: str) -> str:
    properties = f'<w:tcPr><w:tcW w:w="{_WIDTH}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{properties}{lines or '<w:p/>'}</w:tc>"


def _lines(reader: Reader) -> str:
    *above, name = reader.names
    return "".join(
        (
            _line(reader.postcode, 20) if reader.postcode else "",
            _line(reader.address, 20),
            *(_line(line, 20) for line in above),
            _line(name, 24, bold=True),
        )
    )


def _line(text: str, size: int, *, bold: bool = False) -> str:
    heavy = "<w:b/>" if bold else ""
    look = f'<w:rPr><w:rFonts w:eastAsia="{SONG}"/>{heavy}<w:sz w:val="{size}"/></w:rPr>'
    return f'<w:p><w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
