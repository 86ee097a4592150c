"""The shipped letters, drawn on the store's head: a greeting, what is to be told, the facts in a table, the signature."""

from __future__ import annotations

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm

from dealer_xl.office.word.letter_texts import LetterText
from dealer_xl.office.word.letterhead import (
    BLUE,
    GREY,
    YAHEI,
    Style,
    add_line,
    add_table,
    blank_document,
    bytes_of,
    rule,
    shade,
)

STYLES = (
    Style("店名", 16, YAHEI, bold=True, colour=BLUE, align=ALIGN.CENTER, after=2),
    Style("小字", 9, colour=GREY, align=ALIGN.CENTER),
    Style("编号", 10.5, colour=GREY, align=ALIGN.RIGHT),
    Style("函件标题", 18, YAHEI, bold=True, align=ALIGN.CENTER, before=6, after=10),
    Style("称呼", 12, bold=True, lines=1.5),
    Style("函件正文", 12, lines=1.5, indent=2),
    Style("报告正文", 11, lines=1.3, indent=2),
    Style("落款", 12, align=ALIGN.RIGHT, lines=1.5),
    Style("小标题", 14, YAHEI, bold=True, colour=BLUE, before=10, after=4),
    Style("表格文字", 10.5, before=3, after=3),
    Style("表格标题", 10.5, YAHEI, bold=True, colour=BLUE, before=2, after=2),
    Style("指标", 9, before=2, after=2),
    Style("附注", 9, colour=GREY, before=4),
)
"""The styles of letters and reports."""


def letter(text: LetterText) -> bytes:
    """Return one shipped letter as a template."""
    document = blank_document(text.name, STYLES, top=3.3, sides=2.8, bottom=1.8)
    _add_letterhead(document, text.foot)
    add_line(document, "编号", "编号：{{ 登记号 }}")
    add_line(document, "函件标题", text.title)
    for line in ("{%p if 单位名称 %}", "{{ 单位名称 }}", "{%p endif %}", "{{ 问候 }}"):
        add_line(document, "称呼", line)
    for line in text.opening:
        add_line(document, "函件正文", line)
    _add_details(document, text.details)
    for place, line in enumerate(text.closing):
        paragraph = add_line(document, "函件正文", line)
        if place == 0:
            paragraph.paragraph_format.space_before = Cm(0.2)
    add_line(document, "落款", "{{ 店名 }}").paragraph_format.space_before = Cm(0.3)
    add_line(document, "落款", "{{ 发函日期 }}")
    if text.has_slip:
        _add_reply_slip(document)
    return bytes_of(document)


def _add_letterhead(document: Paper, foot: str) -> None:
    header, footer = document.sections[0].header, document.sections[0].footer
    header.paragraphs[0].style = "店名"
    header.paragraphs[0].add_run("{{ 店名 }}")
    address = add_line(
        header,
        "小字",
        "{% if 店址 %}地址：{{ 店址 }}　　{% endif %}{% if 店电话 %}电话：{{ 店电话 }}{% endif %}",
    )
    rule(address, "bottom", BLUE)
    footer.paragraphs[0].style = "小字"
    footer.paragraphs[0].add_run(foot)


def _add_details(document: Paper, details: tuple[tuple[str, str, str], ...]) -> None:
    """Add the facts; a line of which the archive knows nothing is left out."""
    if not details:
        return
    rows: list[tuple[str, str]] = []
    for heading, words, needed in details:
        rows += (
            [(f"{{%tr if {needed} %}}", ""), (heading, words), ("{%tr endif %}", "")]
            if needed
            else [(heading, words)]
        )
    table = add_table(document, (3.4, 12.0), rows, "表格文字")
    for cell in table.columns[0].cells:
        cell.paragraphs[0].style = "表格标题"
        shade(cell)


def _add_reply_slip(document: Paper) -> None:
    cut = add_line(document, "小字", "沿虚线剪下")
    cut.paragraph_format.space_before = Cm(0.5)
    rule(cut, "top", GREY, "dashed")
    title = add_line(document, "函件标题", "回　执")
    title.paragraph_format.space_before, title.paragraph_format.space_after = Cm(0.1), Cm(0.2)
    rows = (
        ("活动名称", "{{ 活动名称 }}", "登记号", "{{ 登记号 }}"),
        ("客户名称", "{{ 客户名称 }}", "车牌号", "{{ 车牌号 }}"),
        ("是否参加", "□ 参加　　□ 不便参加", "参加人数", "　　　　人"),
        ("联系电话", "", "客户签名", ""),
        ("需要的服务", "", "填写日期", "　　　年　　月　　日"),
    )
    table = add_table(document, (2.6, 5.6, 2.4, 4.8), rows, "表格文字")
    for row in table.rows:
        row.height = Cm(0.9)  # room for a pen
    for number in (0, 2):
        for cell in table.columns[number].cells:
            shade(cell)
    # The slip stays in one piece when a long letter pushes it over the page.
    for line in (cut, title, *(cell.paragraphs[0] for row in table.rows[:-1] for cell in row.cells)):
        line.paragraph_format.keep_with_next = True
    add_line(
        document,
        "附注",
        "请于活动开始前交回{{ 店名 }}　　业务员：{{ 业务员 }}{% if 店电话 %}　电话：{{ 店电话 }}{% endif %}",
    )
