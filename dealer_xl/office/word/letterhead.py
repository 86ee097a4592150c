"""The stationery that the shipped templates are written on: a clean A4 page, its styles, lines and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import cast

from docx import Document
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from dealer_xl.office.word.word_package import read_parts, zipped

SONG, YAHEI, LATIN = "宋体", "微软雅黑", "Times New Roman"
INK, BLUE, GREY = "000000", "1F3A5F", "595959"
_LINES, _SHADE = "A6A6A6", "F2F2F2"
# What python-docx's own template brings along and a letter has no use for.
_UNUSED_PARTS = ("stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings")
_KEPT_STYLES = frozenset({"Normal", "Header", "Footer", "DefaultParagraphFont", "TableNormal", "NoList"})


@dataclass(frozen=True)
class Style:
    """How a kind of paragraph looks; staff find it under its name in Word's list of styles."""

    name: str
    size: float  # in points: 小二 18, 三号 16, 四号 14, 小四 12, 五号 10.5, 小五 9
    font: str = SONG
    bold: bool = False
    colour: str = INK
    align: ALIGN = ALIGN.LEFT
    before: float = 0
    after: float = 0
    lines: float = 1.0
    indent: int = 0  # of the first line, in characters


def blank_document(title: str, styles: Sequence[Style], *, top: float, sides: float, bottom: float) -> Paper:
    """Take a clean A4 page; margins in centimetres."""
    document = Document()
    _unpack(document)
    _set_language(document)
    for style in styles:
        _add_style(document, style)
    _set_page(document, top, sides, bottom)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "dealer_xl", ""
    properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - python-docx writes it as UTC
    return document


def bytes_of(document: Paper) -> bytes:
    """Save it; the same paper gives the same bytes on every day."""
    buffer = BytesIO()
    document.save(buffer)
    return zipped(read_parts("", buffer.getvalue()))


def add_line(where: Paper | BlockItemContainer, style: str, text: str) -> Paragraph:
    """Add a paragraph."""
    line = where.add_paragraph()
    line.style = style
    line.add_run(text)
    return line


def add_page_number(line: Paragraph, before: str, after: str) -> None:
    """Add the number of the page between two texts."""
    line.add_run(before)
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    line._p.append(parse_xml(field))  # noqa: SLF001 - python-docx has no word for it
    line.add_run(after)


def rule(line: Paragraph, side: str, colour: str, kind: str = "single") -> None:
    """Draw a line along one side of a paragraph."""
    border = f'<w:{side} w:val="{kind}" w:sz="8" w:space="6" w:color="{colour}"/>'
    properties = line._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"), "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def shade(cell: _Cell) -> None:
    """Shade a cell with the light ground of a heading."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    ground = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_SHADE}"/>')
    properties.insert_element_before(ground, "w:noWrap", "w:tcMar", "w:vAlign")


def add_table(  # noqa: PLR0913 - a table is told in one call
    document: Paper,
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    style: str,
    *,
    headed: bool = False,
    ruled: bool = True,
) -> Table:
    """Add a table with thin grey lines; widths in centimetres, `headed`: the first row repeats on each page."""
    table = cast("Table", document.add_table(rows=len(rows), cols=len(widths)))
    table.autofit = False
    if ruled:
        table._tblPr.insert_element_before(_borders(), "w:tblLayout", "w:tblLook")  # noqa: SLF001
    for width, column in zip(widths, table.columns, strict=True):
        column.width = Cm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001
        for width, cell, text in zip(widths, row.cells, texts, strict=True):
            cell.width, cell.vertical_alignment = Cm(width), WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].style = style
            cell.paragraphs[0].add_run(text)
    if headed:
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001
    return table


def _unpack(document: Paper) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED_PARTS)]:
            del relations[key]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
        for link in style.findall(qn("w:link")):
            style.remove(link)


def _set_language(document: Paper) -> None:
    fonts = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{SONG}" w:cs="{LATIN}"'
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'<w:sz w:val="21"/><w:szCs w:val="21"/>{language}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    document.styles.element.replace(document.styles.element.find(qn("w:docDefaults")), defaults)
    settings = document.settings.element
    for element in settings.iter(qn("w:compatSetting")):
        if element.get(qn("w:name")) == "compatibilityMode":
            element.set(qn("w:val"), "15")  # else Word says 兼容模式 in its title bar
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")


def _add_style(document: Paper, look: Style) -> None:
    style = cast("ParagraphStyle", document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style, style.quick_style = document.styles["Normal"], True
    style.font.size, style.font.bold = Pt(look.size), look.bold
    style.font.color.rgb = RGBColor.from_string(look.colour)
    latin = LATIN if look.font == SONG else look.font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", look.font)):
        fonts.set(qn(f"w:{script}"), font)
    paragraph = style.paragraph_format
    paragraph.alignment, paragraph.line_spacing = look.align, look.lines
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    if look.indent:
        paragraph.first_line_indent = Pt(look.indent * look.size)
        style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(look.indent * 100))


def _set_page(document: Paper, top: float, sides: float, bottom: float) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin = Cm(top), Cm(bottom)
    page.left_margin = page.right_margin = Cm(sides)
    page.header_distance, page.footer_distance = Cm(1.5), Cm(1.0)


def _borders() -> BaseOxmlElement:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="{_LINES}"/>' for s in sides)
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")
