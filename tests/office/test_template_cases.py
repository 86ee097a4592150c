"""Templates as staff write them: each comes out right, or is refused with one sentence."""

from __future__ import annotations

from io import BytesIO

import pytest
from book_parts import parts_of, put_together
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from word_files import docx, part, read_text, saved

from dealer_xl.office.word.rendering import Template
from dealer_xl.office.word.template_faults import BrokenTagError, ForbiddenExpressionError, UnknownFieldError
from dealer_xl.office.word.word_package import NotWordFileError

VALUES = {
    "客户名称": "张三",
    "车牌号": "粤A12345",
    "称呼": "先生/女士",
    "联系人": "",
    "活动时间": "2026年12月1日",
}
TYPES = "[Content_Types].xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def printed(content: bytes, **others: str) -> str:
    """Render a template and read the letter."""
    return read_text(Template("信", content, VALUES.keys()).render(VALUES | others))


def in_runs(*pieces: str) -> bytes:
    """Draw a paragraph of several runs."""
    paper = Document()
    line = paper.add_paragraph()
    for piece in pieces:
        line.add_run(piece)
    return saved(paper)


def with_body(xml: str) -> bytes:
    """Draw a file around a piece of a body."""
    paper = Document()
    for element in list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")):
        paper.element.body.insert(len(paper.element.body) - 1, element)
    return saved(paper)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (in_runs("尊敬的{", "{客户", "名称}", "}："), "尊敬的张三："),
        (with_body("<w:p><w:r><w:t>尊敬的{{</w:t><w:br/><w:t>客户名称}}</w:t></w:r></w:p>"), "尊敬的张三"),
        (docx("尊敬的{{\u00a0客户名称\u3000}}：{{\u3000车牌号 }}"), "尊敬的张三：粤A12345"),
        (docx("尊敬的｛｛客户名称｝｝："), "尊敬的张三："),
        (docx("{% if 称呼 == “先生/女士” %}个人{% else %}单位{% endif %}{{车牌号}}"), "个人粤A12345"),
        (docx("｛％ if 称呼 ％｝个人｛％ endif ％｝{{车牌号}}"), "个人粤A12345"),
        (docx("{{客户名称}}{% if 联系人 %}{{联系人}}女士{% else %}{{称呼}}{% endif %}："), "张三先生/女士："),
        (docx("{%p if 联系人 %}", "贵公司", "{%p else %}", "您", "{%p endif %}", "完"), "您\n完"),
        (docx("{% if 联系人 %}", "贵公司", "{% endif %}"), ""),
        (docx("甲{% if 联系人 %}乙", "贵公司{% endif %}"), "甲"),
        (docx("优惠｛8折｝{{客户名称}}"), "优惠｛8折｝张三"),
    ],
)
def test_it_comes_out_right(template: bytes, text: str) -> None:
    assert printed(template) == text


@pytest.mark.parametrize(
    ("template", "error"),
    [
        (in_runs("尊敬的｛", "｛客户名称", "｝", "｝："), BrokenTagError),
        (docx("{% if 称呼 == ＂先生/女士＂ %}个人{% endif %}"), BrokenTagError),
        (docx("本次优惠{50%}，{{客户名称}}"), BrokenTagError),
        (docx("编号{#1}{{客户名称}}"), BrokenTagError),
        (docx("尊敬的{{客户名称}："), BrokenTagError),
        (docx("{{ 活动时间|replace('年','-') }}"), ForbiddenExpressionError),
        (docx("{{ 客户名称/称呼 }}"), ForbiddenExpressionError),
        (docx("{{ 保养周期(月) }}"), ForbiddenExpressionError),
        (docx("{{ 客戶名稱 }}"), UnknownFieldError),
        (docx("{{ 客户姓名 }}"), UnknownFieldError),
        (docx("{% for 车 in 车辆 %}{{ 车.车牌号 }}{% endfor %}"), UnknownFieldError),
    ],
)
def test_it_is_refused_with_a_sentence(template: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match="模板“信”"):
        printed(template)


def test_a_field_in_a_content_control_is_filled() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="客户"/><w:id w:val="12345"/><w:text/></w:sdtPr><w:sdtContent>'
        "<w:p><w:r><w:t>尊敬的{{客户名称}}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    letter = Template("信", with_body(control)).render(VALUES)

    assert "尊敬的张三" in part(letter, "word/document.xml")


@pytest.mark.parametrize(
    ("contact", "rows"), [("", [["客户", "张三"]]), ("何静", [["客户", "张三"], ["联系人", "何静"]])]
)
def test_a_row_is_there_only_when_it_has_something_to_say(contact: str, rows: list[list[str]]) -> None:
    paper = Document()
    table = paper.add_table(rows=4, cols=2)
    texts = (
        ("客户", "{{客户名称}}"),
        ("{%tr if 联系人 %}", ""),
        ("联系人", "{{联系人}}"),
        ("{%tr endif %}", ""),
    )
    for row, words in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    letter = Template("信", saved(paper)).render(VALUES | {"联系人": contact})

    assert rows_of(letter) == rows


def rows_of(content: bytes) -> list[list[str]]:
    """Read the first table of a letter."""
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(content)).tables[0].rows]


def test_a_document_part_of_another_name_is_found() -> None:
    parts = parts_of(docx("{{客户名称}}"))
    moved = {name.replace("document.xml", "document2.xml"): content for name, content in parts.items()}
    for path in (TYPES, "_rels/.rels"):
        moved[path] = moved[path].replace(b"document.xml", b"document2.xml")

    letter = Template("信", put_together(moved)).render(VALUES)

    assert "张三" in part(letter, "word/document2.xml")


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_a_file_with_macros_or_a_word_template_is_refused_under_the_name_of_a_document(kind: str) -> None:
    parts = parts_of(docx("{{客户名称}}"))

    with pytest.raises(NotWordFileError, match=r"另存为 \.docx"):
        Template("信", put_together(parts | {TYPES: parts[TYPES].replace(MAIN_TYPE.encode(), kind.encode())}))


@pytest.mark.parametrize(
    "content", [b"", b"<html><body>{{ a }}</body></html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)]
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(NotWordFileError):
        Template("信", content)
