"""Letters joined into one file for printing."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from word_files import docx, needs_soffice, pages, part, read_text, saved

from dealer_xl.office.word.joining import LettersDifferError, join
from dealer_xl.office.word.pdf import to_pdf
from dealer_xl.office.word.rendering import Template

RED_DOT = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\3\1\1\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"


def letters(template: bytes, count: int = 3) -> list[bytes]:
    compiled = Template("信.docx", template)
    return [
        compiled.render({field: f"{field}{n}" for field in compiled.fields()}) for n in range(1, count + 1)
    ]


def headers(content: bytes) -> list[str]:
    return [section.header.paragraphs[0].text for section in Document(BytesIO(content)).sections]


def test_one_letter_stays_as_it_is_to_read() -> None:
    assert read_text(join(letters(docx("{{ 甲 }}"), 1))) == "甲1"


def test_all_letters_are_there_in_their_order() -> None:
    assert read_text(join(letters(docx("{{ 甲 }}", "您好")))).split() == [
        "甲1",
        "您好",
        "甲2",
        "您好",
        "甲3",
        "您好",
    ]


def test_each_letter_begins_a_page_that_is_page_one() -> None:
    sections = Document(BytesIO(join(letters(docx("{{ 甲 }}"))))).sections

    assert [section.start_type for section in sections] == [WD_SECTION.NEW_PAGE] * 3
    xml = part(join(letters(docx("{{ 甲 }}"))), "word/document.xml")
    assert len(re.findall('<w:pgNumType w:start="1"/>', xml)) == 2


def test_a_header_of_its_own_goes_along_with_each_letter() -> None:
    joined = join(letters(docx("{{ 甲 }}", header="编号{{ 乙 }}", footer="第{{ 丙 }}")))

    assert headers(joined) == ["编号乙1", "编号乙2", "编号乙3"]
    assert [s.footer.paragraphs[0].text for s in Document(BytesIO(joined)).sections] == [
        "第丙1",
        "第丙2",
        "第丙3",
    ]


def test_a_header_of_its_own_keeps_its_picture() -> None:
    paper = Document()
    paper.add_paragraph("{{ 甲 }}")
    line = paper.sections[0].header.paragraphs[0]
    line.add_run("编号{{ 乙 }}").add_picture(BytesIO(RED_DOT))

    for section in Document(BytesIO(join(letters(saved(paper))))).sections:
        (identity,) = re.findall(r'r:embed="(\w+)"', section.header._element.xml)
        assert section.header.part.related_parts[identity].blob == RED_DOT


def test_a_header_that_all_letters_have_is_shared() -> None:
    joined = join(letters(docx("{{ 甲 }}", header="风行汽车")))

    assert headers(joined) == ["风行汽车"] * 3
    assert part(joined, "word/_rels/document.xml.rels").count("relationships/header") == 1


def test_the_page_set_up_is_kept() -> None:
    paper = Document()
    paper.add_paragraph("{{ 甲 }}")
    first = paper.sections[0]
    first.orientation, first.page_width, first.page_height = (
        WD_ORIENT.LANDSCAPE,
        first.page_height,
        first.page_width,
    )

    sections = Document(BytesIO(join(letters(saved(paper))))).sections
    assert {(s.orientation, s.page_width) for s in sections} == {(WD_ORIENT.LANDSCAPE, first.page_width)}


def test_a_letter_whose_first_page_has_no_header_gets_none_from_the_letter_before() -> None:
    paper = Document()
    paper.add_paragraph("{{ 甲 }}")
    second = paper.add_section(WD_SECTION.CONTINUOUS)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "附页"

    assert headers(join(letters(saved(paper), 2))) == ["", "附页", "", "附页"]


def test_a_letter_without_page_set_up_is_joined_too() -> None:
    paper = Document()
    paper.add_paragraph("{{ 甲 }}")
    body = paper.element.body
    body.remove(body.sectPr)

    assert read_text(join(letters(saved(paper)))).split() == ["甲1", "甲2", "甲3"]


def test_a_letter_that_ends_with_a_table_is_closed_behind_it() -> None:
    paper = Document()
    paper.add_table(rows=1, cols=1).cell(0, 0).text = "{{ 甲 }}"

    joined = Document(BytesIO(join(letters(saved(paper)))))
    assert [table.cell(0, 0).text for table in joined.tables] == ["甲1", "甲2", "甲3"]
    assert len(joined.sections) == 3


def test_numbered_lists_count_from_one_in_each_letter() -> None:
    paper = Document()
    line = paper.add_paragraph("{{ 甲 }}")
    line._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    )
    joined = join(letters(saved(paper)))

    used = re.findall(r'<w:numId w:val="(\d+)"/>', part(joined, "word/document.xml"))
    numbering = part(joined, "word/numbering.xml")
    assert used[0] == "1"
    assert len(set(used)) == 3
    assert all(f'w:numId="{number}"' in numbering for number in used)
    assert numbering.count('<w:startOverride w:val="1"/>') >= 2


def test_names_and_numbers_that_may_stand_only_once_do() -> None:
    paper = Document()
    line = paper.add_paragraph("{{ 甲 }}")
    line._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="0" w:name="a"/>'))
    line._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="0"/>'))
    line.add_run().add_picture(BytesIO(RED_DOT))

    xml = part(join(letters(saved(paper))), "word/document.xml")
    assert xml.count('w:name="a"') == 1
    assert re.findall(r'<wp:docPr id="(\d+)"', xml) == ["1", "2", "3"]


def test_letters_of_two_templates_are_not_joined() -> None:
    paper = Document()
    paper.styles["Normal"].font.bold = True
    paper.add_paragraph("{{ 甲 }}")

    with pytest.raises(LettersDifferError, match="第 2 封"):
        join([*letters(docx("{{ 甲 }}"), 1), *letters(saved(paper), 1)])


@needs_soffice
def test_each_printed_page_has_the_number_of_its_letter_in_the_header(tmp_path: Path) -> None:
    joined = join(letters(docx("信{{ 甲 }}", header="编号{{ 乙 }}", footer="完"), 4))

    assert list(pages(to_pdf(joined), tmp_path)) == [f"编号乙{n}信甲{n}完" for n in range(1, 5)]
