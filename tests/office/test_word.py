"""Letters rendered from Word templates that staff wrote."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import docx, part, read_text, saved

from dealer_xl.office.word.rendering import Template
from dealer_xl.office.word.template_faults import (
    BrokenTagError,
    ForbiddenExpressionError,
    UnknownFieldError,
)
from dealer_xl.office.word.word_package import NotWordFileError, WordFileTooLargeError

printable = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))

BRACKETED = Template("信.docx", docx("[{{ 客户名称 }}]"))


def rendered(template: bytes, **values: object) -> str:
    return read_text(Template("信.docx", template).render(values))


@pytest.mark.parametrize(
    "name", ['张三 & <李四> "王五"', "A&amp;B", "{{7*7}}", "{% if %}", "]]>", "  两边  "]
)
def test_a_name_prints_as_it_was_typed(name: str) -> None:
    assert rendered(docx("尊敬的{{ 客户名称 }}："), 客户名称=name) == f"尊敬的{name}："


@settings(deadline=None)
@given(printable)
def test_any_text_comes_back(name: str) -> None:
    assert read_text(BRACKETED.render({"客户名称": name})) == f"[{name}]"


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    assert rendered(docx("{{ 客户名称 }}"), 客户名称="张\x00三\x1b\ud800\uffff") == "张三"


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\v"])
def test_a_line_break_in_a_value_breaks_the_line(breaks: str) -> None:
    letter = Template("信.docx", docx("{{ 地址 }}")).render({"地址": f"一号{breaks}二楼"})

    assert "<w:t>一号</w:t><w:br/>" in part(letter, "word/document.xml").replace(' xml:space="preserve"', "")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (13800138000.0, "13800138000"),
        (2.5, "2.5"),
        (date(2026, 3, 5), "2026年3月5日"),
    ],
)
def test_a_value_prints_as_people_write_it(value: object, text: str) -> None:
    assert rendered(docx("[{{ 值 }}]"), 值=value) == f"[{text}]"


def test_a_tag_that_word_split_over_runs_still_works() -> None:
    paper = Document()
    line = paper.add_paragraph()
    for piece in ("尊敬的{", "{ 客户", "名称", " }", "}："):
        line.add_run(piece).bold = len(piece) % 2 == 0

    assert rendered(saved(paper), 客户名称="张三") == "尊敬的张三："


def test_braces_typed_with_a_chinese_keyboard_work() -> None:
    assert rendered(docx("尊敬的｛｛ 客户名称 ｝｝"), 客户名称="张三") == "尊敬的张三"


def test_a_paragraph_can_be_repeated() -> None:
    template = docx("{%p for 段 in 小结 %}", "{{ 段 }}", "{%p endfor %}", "完")

    assert rendered(template, 小结=["甲", "乙"]) == "甲\n乙\n完"


def rows_template() -> bytes:
    paper = Document()
    table = paper.add_table(rows=3, cols=2)
    for row, texts in zip(
        table.rows,
        (("{%tr for 行 in 表 %}", ""), ("{{ 行.名称 }}", "{{ 行.值 }}"), ("{%tr endfor %}", "")),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(paper)


def test_a_row_can_be_repeated() -> None:
    letter = Template("表.docx", rows_template()).render(
        {"表": [{"名称": "产值", "值": 1}, {"名称": "台次", "值": 2}]}
    )

    rows = Document(BytesIO(letter)).tables[0].rows
    assert [[cell.text for cell in row.cells] for row in rows] == [["产值", "1"], ["台次", "2"]]


def test_a_table_without_rows_is_left_out_because_word_would_call_the_file_damaged() -> None:
    assert Document(BytesIO(Template("表.docx", rows_template()).render({"表": []}))).tables == []


def test_a_cell_left_empty_by_a_condition_keeps_a_paragraph() -> None:
    paper = Document()
    cell = paper.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{%p if 有 %}"
    cell.add_paragraph("{{ 有 }}")
    cell.add_paragraph("{%p endif %}")

    letter = Template("表.docx", saved(paper)).render({"有": ""})
    assert [line.text for line in Document(BytesIO(letter)).tables[0].cell(0, 0).paragraphs] == [""]


def test_a_header_left_empty_by_a_condition_keeps_a_paragraph() -> None:
    paper = Document()
    header = paper.sections[0].header
    header.paragraphs[0].text = "{%p if 有 %}"
    header.add_paragraph("{{ 有 }}")
    header.add_paragraph("{%p endif %}")

    letter = Template("信.docx", saved(paper)).render({"有": ""})
    assert [line.text for line in Document(BytesIO(letter)).sections[0].header.paragraphs] == [""]


def test_fields_of_headers_and_footers_are_known_and_filled() -> None:
    template = Template("信.docx", docx("{{ 甲 }}", header="{{ 乙 }}", footer="{{ 丙 }}"))

    section = Document(BytesIO(template.render({"甲": 1, "乙": "编号&2", "丙": 3}))).sections[0]
    assert template.fields() == {"甲", "乙", "丙"}
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("编号&2", "3")


def test_all_other_parts_are_copied_as_they_are() -> None:
    source = docx("{{ 甲 }}")
    letter = Template("信.docx", source).render({"甲": 1})

    with ZipFile(BytesIO(source)) as before, ZipFile(BytesIO(letter)) as after:
        assert after.testzip() is None
        assert sorted(before.namelist()) == sorted(after.namelist())
        assert all(before.read(n) == after.read(n) for n in before.namelist() if n != "word/document.xml")


def test_the_same_values_give_the_same_bytes() -> None:
    source = docx("{{ 甲 }}")

    assert Template("信.docx", source).render({"甲": 1}) == Template("信.docx", source).render({"甲": 1})


def test_two_hundred_letters_each_have_their_own_name() -> None:
    template = Template("信.docx", docx("尊敬的{{ 客户名称 }}"))
    letters = [template.render({"客户名称": f"客户{number}"}) for number in range(200)]

    assert len(set(letters)) == 200
    assert read_text(letters[137]) == "尊敬的客户137"


def test_an_unknown_field_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownFieldError, match=r"“客户姓名”.*客户名称、车牌号"):
        rendered(docx("{{ 客户姓名 }}"), 客户名称="张三", 车牌号="鲁J12345")


def test_an_unknown_field_of_a_row_is_named_with_those_of_the_rows() -> None:
    with pytest.raises(UnknownFieldError, match=r"“名子”.*之一：名称"):
        rendered(docx("{% for 行 in 表 %}{{ 行.名子 }}{% endfor %}"), 表=[{"名称": 1}])


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__.__mro__",
        "店名.__class__",
        "店名|attr('__class__')",
        "店名['__class__']",
        "cycler.__init__.__globals__.os.popen('id')",
        "self.__init__",
        "self",
        "店名.upper()",
        "range(9)",
        "'a' * 10**10",
        "2 ** 99",
        "'%9999999d' % 1",
        "店名|center(99999999)",
        "店名|join(店名)",
    ],
)
def test_an_expression_that_computes_is_refused(expression: str) -> None:
    with pytest.raises(ForbiddenExpressionError):
        rendered(docx(f"{{{{ {expression} }}}}"), 店名="风行")


@pytest.mark.parametrize(
    "statement",
    [
        "{% set 甲 = 店名 ~ 店名 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% for a in 店名 recursive %}{{ loop(a) }}{% endfor %}",
        "{% for a in 店名 %}" * 4 + "{% endfor %}" * 4,
    ],
)
def test_a_statement_that_could_run_away_is_refused(statement: str) -> None:
    with pytest.raises(ForbiddenExpressionError):
        rendered(docx(statement), 店名="风行")


@pytest.mark.parametrize(
    "broken",
    [
        "尊敬的{{ 客户名称",
        "尊敬的客户名称 }}",
        "尊敬的{{ 客户 名称 }}",
        "尊敬的{% if 客户名称 %}",
        "尊敬的{{r 客户名称 }}",
        "尊敬的{{}}",
    ],
)
def test_a_broken_tag_is_told_with_its_place(broken: str) -> None:
    with pytest.raises(BrokenTagError, match=r"“信.docx”正文里“尊敬的"):
        Template("信.docx", docx("您好", broken, "再见"))


def test_a_broken_tag_in_the_header_is_told_with_its_place() -> None:
    with pytest.raises(BrokenTagError, match="页眉里“编号"):
        Template("信.docx", docx("您好", header="编号{{ 登记号"))


@pytest.mark.parametrize("expression", ["{{ 店名 + 1 }}", "{% for a in 无 %}{% endfor %}", "{{ 店名[::0] }}"])
def test_a_tag_that_fits_no_value_is_told(expression: str) -> None:
    with pytest.raises(BrokenTagError, match="正文"):
        rendered(docx(expression), 店名="风行", 无=None)


@pytest.mark.parametrize(
    "deep", ["{% if 甲 %}" * 300 + "{% endif %}" * 300, "{{ " + "(" * 9999 + "甲" + ")" * 9999 + " }}"]
)
def test_a_tag_nested_without_end_is_told(deep: str) -> None:
    with pytest.raises(BrokenTagError):
        Template("信.docx", docx(deep))


def torn_template() -> bytes:
    paper = Document()
    table = paper.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{% if 甲 %}左", "右"
    paper.add_paragraph("{% endif %}")
    return saved(paper)


def test_a_condition_that_tears_the_file_apart_is_told() -> None:
    with pytest.raises(BrokenTagError, match="endif"):
        rendered(torn_template(), 甲="")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0" * 99, docx("a")[:-30]])
def test_what_is_no_word_file_is_told(content: bytes) -> None:
    with pytest.raises(NotWordFileError, match=r"“信.docx”"):
        Template("信.docx", content)


def changed(path: str, old: bytes, new: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(docx("{{ 甲 }}"))) as before, ZipFile(buffer, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new) if name == path else content)
    return buffer.getvalue()


def test_a_file_with_macros_is_no_letter() -> None:
    with pytest.raises(NotWordFileError, match="宏"):
        Template("信.docm", changed("[Content_Types].xml", b"document.main+xml", b"macro+xml"))


def test_damaged_xml_is_told() -> None:
    with pytest.raises(NotWordFileError):
        Template("信.docx", changed("word/document.xml", b"</w:body>", b""))


def test_a_template_that_would_read_another_file_is_refused() -> None:
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document'

    with pytest.raises(NotWordFileError):
        Template("信.docx", changed("word/document.xml", b"<w:document", evil))


def test_a_file_that_unpacks_to_very_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dealer_xl.office.word.word_package.MOST_BYTES", 10_000)

    with pytest.raises(WordFileTooLargeError):
        Template("信.docx", docx("{{ 甲 }}"))
    monkeypatch.undo()
    with pytest.raises(WordFileTooLargeError):
        Template("信.docx", docx("{{ 甲 }}" + "长" * 1_500_000))
