"""The shipped Word templates, written once by `python -m dealer_xl.office.word.templates FOLDER`.

Staff open the results in Word, change the words as they like and keep the `{{ fields }}`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm

from dealer_xl.office.word.letterhead import (
    BLUE,
    GREY,
    YAHEI,
    Style,
    add_line,
    add_page_number,
    add_table,
    blank_document,
    bytes_of,
    rule,
    shade,
)

_STYLES = (
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


def invitation() -> bytes:
    """Write 邀请函: one page, with a reply slip to cut off."""
    document = blank_document("邀请函", _STYLES, top=3.3, sides=2.8, bottom=1.8)
    _add_letterhead(document)
    add_line(document, "编号", "编号：{{ 登记号 }}")
    add_line(document, "函件标题", "邀　请　函")
    add_line(document, "称呼", "尊敬的{{ 客户名称 }}{{ 称呼 }}：")
    add_line(
        document,
        "函件正文",
        "您好！感谢您一直以来对{{ 店名 }}的信任与支持。为答谢您的厚爱，我们特举办本次活动，"
        "诚邀您拨冗光临。现将有关安排敬告如下：",
    )
    _add_details(document)
    request = add_line(
        document,
        "函件正文",
        "为便于预留席位、做好接待准备，请您填写下方回执，寄回或来店时交给我们{% if 店电话 %}，也可致电告知{% endif %}。",
    )
    request.paragraph_format.space_before = Cm(0.2)
    add_line(document, "函件正文", "恭候您的光临！")
    add_line(document, "落款", "{{ 店名 }}")
    add_line(document, "落款", "{{ 发函日期 }}")
    _add_reply_slip(document)
    return bytes_of(document)


def _add_letterhead(document: Paper) -> None:
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
    footer.paragraphs[0].add_run(
        "如您不希望再收到活动信函，请{% if 店电话 %}致电 {{ 店电话 }}{% else %}告知我们{% endif %}，我们将即刻为您取消。"
    )


def _add_details(document: Paper) -> None:
    rows = (
        ("活动名称", "{{ 活动名称 }}"),
        ("活动时间", "{{ 活动时间 }}"),
        ("活动地点", "{{ 活动地点 }}"),
        ("活动内容", "{{ 活动内容 }}"),
        (
            "联系方式",
            "{% if 店电话 %}{{ 店电话 }}　{% endif %}{% if 业务员 %}业务员：{{ 业务员 }}{% endif %}",
        ),
    )
    table = add_table(document, (2.6, 12.8), rows, "表格文字")
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
    {"邀请函.docx": invitation, "月度总结.docx": monthly_report}
)


def build(folder: Path) -> None:
    """Write all of them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in TEMPLATES.items():
        (folder / name).write_bytes(write())


if __name__ == "__main__":
    build(Path(sys.argv[1]))
