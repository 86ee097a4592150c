"""In a joined file each letter counts for itself: its pages, its notes, its lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from book_parts import parts_of, put_together
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from lxml import etree
from word_files import needs_soffice, pages, part, saved

from dealer_xl.office.word.joined_lists import Lists
from dealer_xl.office.word.joined_notes import Notes, end_with_letters, hold_back
from dealer_xl.office.word.joined_sections import sections
from dealer_xl.office.word.joining import join
from dealer_xl.office.word.pdf import to_pdf
from dealer_xl.office.word.rendering import Template
from dealer_xl.office.word.word_package import W

MAIN = "word/document.xml"


def letters(template: bytes, count: int = 3) -> list[bytes]:
    compiled = Template("信", template)
    return [
        compiled.render({field: f"{field}{n}" for field in compiled.fields()}) for n in range(1, count + 1)
    ]


def text_in(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def add_field(line: Paragraph, *code: str) -> None:
    """Add one of Word's own fields, its code spread over runs."""
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in code)
    xml = (
        f'<w:p {nsdecls("w")}><w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    for run in list(parse_xml(xml)):
        line._p.append(run)


def paged(*, annex: bool, total: tuple[str, ...] = (" NUMPAGES ",)) -> bytes:
    """Draw a letter with 第x页共y页 below, of two pages, or of a page and a landscape annex."""
    paper = Document()
    paper.add_paragraph("信{{ 甲 }}")
    foot = paper.sections[0].footer.paragraphs[0]
    foot.add_run("第")
    add_field(foot, " PAGE ")
    foot.add_run("页共")
    add_field(foot, *total)
    foot.add_run("页")
    if annex:
        section = paper.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    else:
        paper.add_paragraph().paragraph_format.page_break_before = True
    paper.add_paragraph("附")
    return saved(paper)


@needs_soffice
@pytest.mark.parametrize("annex", [False, True])
@pytest.mark.parametrize("total", [(" NUMPAGES ",), (" NUM", "PAGES", " \\* MERGEFORMAT ")])
def test_pages_are_counted_within_a_letter(tmp_path: Path, total: tuple[str, ...], *, annex: bool) -> None:
    printed = list(pages(to_pdf(join(letters(paged(annex=annex, total=total)))), tmp_path))

    assert printed == [page for n in (1, 2, 3) for page in (f"信甲{n}第1页共2页", "附第2页共2页")]


def test_each_letter_refers_to_its_own_end() -> None:
    joined = join(letters(paged(annex=False)))

    names = re.findall(r'bookmarkStart w:id="(\d+)" w:name="(_LetterEnd\d)"', part(joined, MAIN))
    feet = [
        content.decode()
        for path, content in parts_of(joined).items()
        if "footer" in path and "rels" not in path
    ]
    assert [name for _, name in names] == ["_LetterEnd1", "_LetterEnd2", "_LetterEnd3"]
    assert len({number for number, _ in names}) == 3
    assert sorted(re.findall("PAGEREF (_LetterEnd[0-9])", "".join(feet))) == [
        "_LetterEnd1",
        "_LetterEnd2",
        "_LetterEnd3",
    ]
    assert "NUMPAGES" not in "".join(feet)


def test_without_a_total_nothing_is_marked() -> None:
    paper = Document()
    add_field(paper.add_paragraph("{{ 甲 }}"), " PAGE ")

    assert "_LetterEnd" not in part(join(letters(saved(paper))), MAIN)


def test_a_total_in_the_body_is_that_of_the_letter() -> None:
    paper = Document()
    paper.add_paragraph("{{ 甲 }}")._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" numpages \\* Arabic "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )

    found = re.findall(r'w:instr="([^"]*)"', part(join(letters(saved(paper), 2)), MAIN))
    assert found == [" PAGEREF _LetterEnd1 \\* Arabic ", " PAGEREF _LetterEnd2 \\* Arabic "]


def test_what_a_change_keeps_of_an_older_set_up_is_no_section() -> None:
    xml = f"<w:document {nsdecls('w')}><w:body><w:sectPr><w:sectPrChange><w:sectPr/></w:sectPrChange></w:sectPr></w:body></w:document>"

    assert len(sections(etree.fromstring(xml))) == 1


def with_notes(kind: str, text: str = "仅限{{ 车牌号 }}") -> bytes:
    """Draw a letter with a footnote or an endnote."""
    paper = Document()
    run = parse_xml(f'<w:r {nsdecls("w")}><w:{kind}Reference w:id="2"/></w:r>')
    paper.add_paragraph("正文{{ 客户名称 }}")._p.append(run)
    parts = parts_of(saved(paper))
    notes = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{kind}s {nsdecls("w")}>'
        f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:id="2"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
    )
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = parts["[Content_Types].xml"].decode()
    types = types.replace(
        "</Types>", f'<Override PartName="/word/{kind}s.xml" ContentType="{word}.{kind}s+xml"/></Types>'
    )
    relations = (
        parts["word/_rels/document.xml.rels"]
        .decode()
        .replace(
            "</Relationships>",
            f'<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s" '
            f'Target="{kind}s.xml"/></Relationships>',
        )
    )
    return put_together(
        parts
        | {
            f"word/{kind}s.xml": notes.encode(),
            "[Content_Types].xml": types.encode(),
            "word/_rels/document.xml.rels": relations.encode(),
        }
    )


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("text", ["仅限{{ 车牌号 }}", "同样的话"])
def test_each_letter_has_its_own_notes(kind: str, text: str) -> None:
    joined = join(letters(with_notes(kind, text)))

    referred = re.findall(rf'<w:{kind}Reference [^>]*w:id="(\d+)"', part(joined, MAIN))
    notes = etree.fromstring(part(joined, f"word/{kind}s.xml").encode())
    said = {note.get(f"{W}id"): text_in(note) for note in notes}
    assert len(set(referred)) == 3
    assert all(text[:2] in said[number] for number in referred)
    assert ("车牌号2" in said[referred[1]]) is (text != "同样的话")


@needs_soffice
@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_are_printed_with_their_letter(tmp_path: Path, kind: str) -> None:
    printed = "".join(pages(to_pdf(join(letters(with_notes(kind), 2))), tmp_path))

    mark = {"footnote": "1", "endnote": "i"}[kind]
    assert all(f"{mark}仅限车牌号{n}" in printed for n in (1, 2))


@pytest.mark.parametrize(
    ("form", "mark"),
    [("decimal", "2"), ("decimalEnclosedCircle", "②"), ("lowerRoman", "ii"), ("chicago", "")],
)
def test_marks_count_from_the_letters_first_note(form: str, mark: str) -> None:
    notes = etree.fromstring(
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r></w:p></w:footnote></w:footnotes>'
    )
    letter = etree.fromstring(
        f"<w:document {nsdecls('w')}>" + '<w:r><w:footnoteReference w:id="1"/></w:r>' * 2 + "</w:document>"
    )

    Notes("footnote", notes).take(letter, notes, form)

    assert text_in(letter[1]) == mark
    assert text_in(notes[2]) == mark


def test_notes_of_later_sections_count_on_and_endnotes_wait_for_the_last() -> None:
    xml = f"<w:b {nsdecls('w')}><w:sectPr><w:headerReference/><w:pgSz/></w:sectPr><w:sectPr><w:docGrid/></w:sectPr></w:b>"
    ends = list(etree.fromstring(xml))
    notes = Notes("endnote", etree.fromstring(f"<w:endnotes {nsdecls('w')}/>"))

    notes.restart(ends)
    hold_back(ends)

    restarts = [
        element.get(f"{W}val") for end in ends for element in end.iterfind(f"{W}endnotePr/{W}numRestart")
    ]
    assert restarts == ["eachSect", "continuous"]
    assert [etree.QName(child).localname for child in ends[0]] == [
        "headerReference",
        "endnotePr",
        "pgSz",
        "noEndnote",
    ]
    assert [etree.QName(child).localname for child in ends[1]] == ["endnotePr", "docGrid"]


def test_endnotes_end_with_their_section_and_not_with_the_file() -> None:
    settings = etree.fromstring(
        f'<w:settings {nsdecls("w")}><w:endnotePr><w:endnote w:id="0"/></w:endnotePr></w:settings>'
    )

    end_with_letters(settings)

    assert [etree.QName(child).localname for child in settings[0]] == ["pos", "endnote"]


def numbered(style: str, pPr: str = "", based: str = "") -> bytes:  # noqa: N803 - the format's own name
    """Draw a letter whose list comes from a style."""
    paper = Document()
    paper.add_paragraph("{{ 甲 }}")
    added = (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>{based}'
        f"<w:pPr>{style}</w:pPr></w:style>"
    )
    paper.styles.element.append(parse_xml(added))
    for text in ("一", "二"):
        line = paper.add_paragraph(text)
        line._p.insert(
            0, parse_xml(f'<w:pPr {nsdecls("w")}><w:pStyle w:val="Own"/><w:keepNext/>{pPr}</w:pPr>')
        )
    return saved(paper)


@pytest.mark.parametrize(
    "template",
    [
        numbered('<w:numPr><w:numId w:val="1"/></w:numPr>'),
        numbered("", based='<w:basedOn w:val="ListNumber"/>'),
        numbered('<w:numPr><w:numId w:val="1"/></w:numPr>', '<w:numPr><w:ilvl w:val="1"/></w:numPr>'),
    ],
)
def test_a_list_by_style_counts_from_one_in_each_letter(template: bytes) -> None:
    xml = part(join(letters(template)), MAIN)

    used = re.findall(r'<w:numId w:val="(\d+)"/>', xml)
    assert len(used) == 4
    assert len(set(used)) == 2
    numbering = part(join(letters(template)), "word/numbering.xml")
    assert all(
        f'<w:num w:numId="{number}"' in numbering or f'w:numId="{number}"' in numbering for number in used
    )


def test_the_indent_of_the_style_goes_before_that_of_the_list() -> None:
    style = '<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="77"/>'
    xml = part(join(letters(numbered(style, '<w:spacing w:before="1"/>'), 2)), MAIN)

    assert xml.count('<w:ind w:left="77"/>') == 2
    order = re.search(r'<w:pStyle w:val="Own"/>(.*?)</w:pPr>', xml[xml.rindex("甲2") :])
    assert order
    assert re.findall(r"<w:(keepNext|numPr|spacing|ind)\b", order[1]) == [
        "keepNext",
        "numPr",
        "spacing",
        "ind",
    ]


@pytest.mark.parametrize("style", ['<w:numPr><w:numId w:val="0"/></w:numPr>', ""])
def test_a_style_without_a_list_stays(style: str) -> None:
    assert "numId" not in part(join(letters(numbered(style))), MAIN)


def test_styles_that_are_based_on_each_other_end() -> None:
    styles = etree.fromstring(
        f'<w:styles {nsdecls("w")}><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    letter = etree.fromstring(
        f'<w:body {nsdecls("w")}><w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p></w:body>'
    )

    Lists(etree.fromstring(f"<w:numbering {nsdecls('w')}/>"), styles).restart(letter)

    assert letter.find(f".//{W}numPr") is None


@needs_soffice
def test_a_list_by_style_is_printed_from_one_in_each_letter(tmp_path: Path) -> None:
    paper = Document()
    paper.add_paragraph("{{ 甲 }}携带", style="List Number")
    paper.add_paragraph("手册", style="List Number")

    assert list(pages(to_pdf(join(letters(saved(paper), 2))), tmp_path)) == [
        "1.甲1携带2.手册",
        "1.甲2携带2.手册",
    ]
