"""What of a template's package goes into letters, and what stops it: comments, changes, other formats, odd parts."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from book_parts import parts_of, put_together
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from word_files import docx, part, read_text, saved

from dealer_xl.office.word.joining import join
from dealer_xl.office.word.rendering import Template
from dealer_xl.office.word.template_faults import TrackedChangesError
from dealer_xl.office.word.word_package import NotWordFileError, StrictFormatError

MAIN = "word/document.xml"


def edited(content: bytes, before: str, after: str, path: str = MAIN) -> bytes:
    """Return the file with an edit in one part."""
    parts = parts_of(content)
    assert before in parts[path].decode()
    return put_together(parts | {path: parts[path].decode().replace(before, after).encode()})


@pytest.mark.parametrize(
    "change",
    [
        '<w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins>',
        '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        '<w:moveFrom w:id="1"><w:r><w:t>移</w:t></w:r></w:moveFrom>',
        '<w:moveTo w:id="1"><w:r><w:t>移</w:t></w:r></w:moveTo>',
        '<w:r><w:rPr><w:rPrChange w:id="1"><w:rPr/></w:rPrChange></w:rPr><w:t>粗</w:t></w:r>',
    ],
)
def test_changes_that_nobody_accepted_stop_the_job(change: str) -> None:
    content = edited(docx("{{ 甲 }}"), "{{ 甲 }}</w:t></w:r>", f"{{{{ 甲 }}}}</w:t></w:r>{change}")

    with pytest.raises(TrackedChangesError, match="模板“信”正文里有还没有接受的修订"):
        Template("信", content)


def test_a_page_set_up_that_was_changed_stops_the_job() -> None:
    content = edited(
        docx("{{ 甲 }}"), "</w:sectPr>", '<w:sectPrChange w:id="1"><w:sectPr/></w:sectPrChange></w:sectPr>'
    )

    with pytest.raises(TrackedChangesError):
        Template("信", content)


def test_a_change_in_the_footer_is_told_with_its_place() -> None:
    content = docx("{{ 甲 }}", footer="完")
    path = next(name for name in parts_of(content) if "footer" in name and name.endswith(".xml"))

    with pytest.raises(TrackedChangesError, match="页脚"):
        Template("信", edited(content, "<w:t>完</w:t>", '<w:t>完</w:t></w:r><w:ins w:id="1"/><w:r>', path))


def commented() -> bytes:
    """Draw a template with a comment in the middle of a field."""
    paper = Document()
    line = paper.add_paragraph()
    runs = [line.add_run(piece) for piece in ("尊敬的{{ 客户", "名称 }}")]
    paper.add_comment(runs, text="李经理：别发给老客户", author="王小姐", initials="王")
    return saved(paper)


def test_comments_reach_no_letter_and_no_joined_file() -> None:
    template = Template("信", commented())
    letters = [template.render({"客户名称": name}) for name in ("张三", "李四")]

    for content in (*letters, join(letters)):
        everything = b"".join(parts_of(content).values()).decode("utf-8", "ignore")
        assert "李经理" not in everything
        assert "王小姐" not in everything
        assert not re.search(r"<w:comment|comments\.xml", everything)
    assert read_text(letters[0]) == "尊敬的张三"


def test_a_letter_without_its_comments_is_whole() -> None:
    letter = Template("信", commented()).render({"客户名称": "张三"})

    names = parts_of(letter).keys()
    relations = part(letter, "word/_rels/document.xml.rels")
    targets = re.findall(r'Target="([^"]+)"', relations)
    assert all(f"word/{target}" in names for target in targets if not target.startswith(("..", "http")))
    assert Document(BytesIO(letter)).paragraphs[0].text == "尊敬的张三"


def test_a_strict_document_is_told_by_its_name() -> None:
    strict = edited(
        docx("{{ 甲 }}"),
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    with pytest.raises(StrictFormatError, match="严格格式"):
        Template("信", strict)


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "word/../../evil.txt", "/etc/evil", "..\\evil.txt", "C:evil.txt"]
)
def test_a_part_whose_name_leads_out_is_in_no_letter(name: str) -> None:
    with pytest.raises(NotWordFileError):
        Template("信", put_together({**parts_of(docx("{{ 甲 }}")), name: b"x"}))


@pytest.mark.parametrize(
    "path", ["[Content_Types].xml", "word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels", MAIN]
)
def test_a_document_type_is_refused_in_every_part(path: str) -> None:
    parts = parts_of(docx("{{ 甲 }}"))
    head, _, rest = parts[path].partition(b"?>")
    bomb = b'<!DOCTYPE a [<!ENTITY c SYSTEM "file:///etc/passwd">]>'

    with pytest.raises(NotWordFileError):
        Template("信", put_together(parts | {path: head + b"?>" + bomb + rest}))


def test_a_picture_in_svg_may_have_a_document_type() -> None:
    parts = {**parts_of(docx("{{ 甲 }}")), "word/media/a.svg": b"<!DOCTYPE svg><svg/>"}

    assert read_text(Template("信", put_together(parts)).render({"甲": "张三"})) == "张三"


def test_a_box_of_text_is_filled() -> None:
    paper = Document()
    box = (
        f'<w:r {nsdecls("w")}><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>'
        "<w:p><w:r><w:t>{{ 甲 }}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
    )
    paper.add_paragraph("正文")._p.append(parse_xml(box))

    letter = Template("信", saved(paper)).render({"甲": "张三"})

    assert "张三" in part(letter, MAIN)
