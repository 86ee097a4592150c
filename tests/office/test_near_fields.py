"""What looks like a field and is none stops the job: it would be printed on every letter."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from word_files import docx, read_text, saved

from dealer_xl.office.word.rendering import Template
from dealer_xl.office.word.tags import BrokenTags, near_field, tags_of
from dealer_xl.office.word.template_faults import (
    BrokenTagError,
    MergeFieldError,
    NearFieldError,
    NoFieldError,
)

NAMES = ("客户名称", "车牌号", "称呼")
VALUES = dict.fromkeys(NAMES, "张三")


def template(*texts: str, **others: str) -> Template:
    return Template("信", docx("{{ 车牌号 }}", *texts, **others), NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "{客户名称}",
        "｛客户名称｝",
        "{ 客户名称 }",
        "{客户名称｝",
        "{ {客户名称} }",
        "«客户名称»",
        "【客户名称】",
        "<<客户名称>>",
        "《《客户名称》》",
        "尊敬的【称呼】{{ 客户名称 }}",
    ],
)
def test_a_name_in_other_brackets_is_no_field(text: str) -> None:
    with pytest.raises(NearFieldError, match=r"正文里“.*会原样印出来"):
        template(text)


@pytest.mark.parametrize(
    "text", ["{{客户名称}", "{客户名称}}", "{{客户名称", "{% if 称呼", "{％ if 称呼 ％ }", "{50%}", "{#1}"]
)
def test_half_a_tag_is_told(text: str) -> None:
    with pytest.raises(BrokenTagError):
        template(text)


@pytest.mark.parametrize(
    "text", ["优惠｛8折｝", "{注意}", "【温馨提示】", "“客户名称”", "(客户名称)", "《客户名称》", "«其他»"]
)
def test_brackets_around_other_words_are_a_text(text: str) -> None:
    assert text in read_text(template(text).render(VALUES))


@pytest.mark.parametrize(
    "text",
    [
        "{｛客户名称｝}",
        "｛{客户名称}｝",
        "｛｛客户名称}}",
        "{{客户名称｝｝",
        "{％ if 称呼 ％}张三{％ endif ％}",
    ],
)
def test_braces_of_mixed_width_are_a_field(text: str) -> None:
    assert read_text(template(text).render(VALUES)) == "张三\n张三"


def test_a_near_field_is_found_in_the_header_and_over_several_runs() -> None:
    paper = Document()
    paper.add_paragraph("{{ 车牌号 }}")
    line = paper.add_paragraph()
    for piece in ("{客户", "名称", "}"):
        line.add_run(piece)

    with pytest.raises(NearFieldError):
        Template("信", saved(paper), NAMES)
    with pytest.raises(NearFieldError, match="页眉"):
        template(header="【客户名称】")


def test_without_known_names_brackets_are_a_text() -> None:
    assert "【客户名称】" in read_text(Template("信", docx("{{ 甲 }}【客户名称】")).render({"甲": 1}))


def merge_field(line: Paragraph, *code: str) -> None:
    """Put one of Word's own fields into a paragraph; its code may be spread over runs."""
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in code)
    xml = (
        f'<w:p {nsdecls("w")}><w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>旧</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    for run in list(parse_xml(xml)):
        line._p.append(run)


@pytest.mark.parametrize(
    "code",
    [
        (" MERGEFIELD 客户名称 ",),
        (" MERGE", "FIELD 客户名称 \\* MERGEFORMAT "),
        (' IF "{{联系人}}" = "" "您" "贵公司" ',),
        (" mergefield x ",),
    ],
)
def test_a_field_of_words_own_mail_merge_is_told(code: tuple[str, ...]) -> None:
    paper = Document()
    merge_field(paper.add_paragraph("{{ 车牌号 }}"), *code)

    with pytest.raises(MergeFieldError, match="Word自己的域"):
        Template("信", saved(paper), NAMES)


def test_a_simple_merge_field_is_told_too() -> None:
    paper = Document()
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" MERGEFIELD 甲 "><w:r><w:t>«甲»</w:t></w:r></w:fldSimple>'
    paper.add_paragraph("{{ 车牌号 }}")._p.append(parse_xml(field))

    with pytest.raises(MergeFieldError):
        Template("信", saved(paper), NAMES)


def test_the_number_of_a_page_is_no_merge_field() -> None:
    paper = Document()
    merge_field(paper.add_paragraph("{{ 车牌号 }}"), " PAGE ")

    assert Template("信", saved(paper), NAMES).fields() == {"车牌号"}


def test_a_template_without_any_field_is_told() -> None:
    with pytest.raises(NoFieldError, match="没有一个字段"):
        Template("信", docx("尊敬的客户：您好"))


def test_a_field_in_the_header_alone_is_one() -> None:
    assert Template("信", docx("您好", header="{{ 甲 }}")).fields() == {"甲"}


@pytest.mark.parametrize(
    ("text", "tags", "left"),
    [
        ("甲{{ a }}乙{% if b %}丙{# c #}", ["{{ a }}", "{% if b %}", "{# c #}"], "甲\0乙\0丙\0"),
        ("{{ '}' }}", ["{{ '}' }}"], "\0"),
        ("", [], ""),
    ],
)
def test_tags_are_taken_out_in_one_pass(text: str, tags: list[str], left: str) -> None:
    assert tags_of(text) == (tags, left)


@pytest.mark.parametrize("text", ["{{ a", "a }}", "{{ a }} }}", "{% x }}", "{{p a }}", "{{tr a }}"])
def test_a_tag_that_is_not_whole_is_broken(text: str) -> None:
    with pytest.raises(BrokenTags):
        tags_of(text)


def test_a_name_that_is_part_of_another_word_is_no_near_field() -> None:
    assert not near_field("【客户名称表】【无】", NAMES)
