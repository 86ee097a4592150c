"""The shipped Word templates, written once by `python -m dealer_xl.office.word.templates FOLDER`.

Staff open the results in Word, change the words as they like and keep the `{{ fields }}`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm

from dealer_xl.office.word.letter_texts import LETTERS
from dealer_xl.office.word.letterhead import (
    add_line,
    add_page_number,
    add_table,
    blank_document,
    bytes_of,
    shade,
)
from dealer_xl.office.word.shipped_letters import STYLES as _STYLES
from dealer_xl.office.word.shipped_letters import letter


def monthly_report() -> bytes:
    """Write 月度总结: the report that is presented, signed and filed (RP-04, RP-06)."""
    document = blank_document("月度总结", _STYLES, top=2.2, sides=2.2, bottom=2.0)
    footer = document.sections[0].footer.paragraphs[0]
    footer.style = "小字"
    add_page_number(footer, "{{ 店名 }}　{{ 期间 }}售后服务工作总结　　第 ", " 页")
    add_line(document, "店名", "{{ 店名 }}")
    add_line(document, "函件标题", "{{ 期间 }}售后服务工作总结")
    add_line(document, "小标题", "一、工作小结")
    for text in ("{%p for 段 in 小结 %}", "{{ 段 }}", "{%p endfor %}"):
        add_line(document, "报告正文", text)
    # The figures and the signatures under them fill one page.
    add_line(document, "小标题", "二、指标完成情况").paragraph_format.page_break_before = True
    _add_figures(document)
    for text in ("{%p if 剔除说明 %}", "说明：{{ 剔除说明 }}", "{%p endif %}"):
        add_line(document, "附注", text)
    _add_signatures(document)
    return bytes_of(document)


def _add_figures(document: Paper) -> None:
    headings = ("指标", "单位", "本期", "目标", "达标", "上期", "去年同期")
    figures = tuple("{{行." + heading.replace("指标", "名称") + "}}" for heading in headings)
    blank = ("",) * (len(headings) - 1)
    rows = (headings, ("{%tr for 行 in 指标 %}", *blank), figures, ("{%tr endfor %}", *blank))
    table = add_table(document, (4.2, 1.3, 2.4, 2.4, 1.5, 2.4, 2.4), rows, "指标", headed=True)
    for number, cell in enumerate(table.rows[0].cells):
        cell.paragraphs[0].style = "表格标题"
        cell.paragraphs[0].alignment = ALIGN.CENTER
        shade(cell)
        below = table.rows[2].cells[number].paragraphs[0]
        below.alignment = ALIGN.LEFT if number == 0 else ALIGN.CENTER if number in (1, 4) else ALIGN.RIGHT
    for row in (table.rows[1], table.rows[3]):
        for emptied in row.cells[0].merge(row.cells[-1]).paragraphs[1:]:
            emptied._p.getparent().remove(emptied._p)  # noqa: SLF001 - merging piles the blank cells up


def _add_signatures(document: Paper) -> None:
    rows = (("编制：", "审核：", "日期：{{ 编制日期 }}"),)
    add_line(document, "附注", "")
    table = add_table(document, (5.4, 5.4, 5.8), rows, "表格文字", ruled=False)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.space_before = Cm(0.8)


TEMPLATES: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {**{f"{text.name}.docx": partial(letter, text) for text in LETTERS}, "月度总结.docx": monthly_report}
)


def build(folder: Path) -> None:
    """Write all of them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in TEMPLATES.items():
        (folder / name).write_bytes(write())


if __name__ == "__main__":
    build(Path(sys.argv[1]))
