"""Whatever is written in XML is read as what it stands for."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from book_parts import edited, parts_of, put_together
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.sheet_change import Growth
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.office.xlsx.file_errors import DamagedError
from dealer_xl.office.xlsx.markup import attributes, escaped, quoted, text_of, with_attribute
from dealer_xl.office.xlsx.sheet_reach import lengthened

anything_xml_holds = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r\"'&<>")
)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("已登记", "已登记"),
        ("&#24050;&#30331;&#35760;", "已登记"),
        ("&#x5df2;&#x767B;&#x8BB0;", "已登记"),
        ("&#x1F600;", "😀"),
        ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"),
        ("&amp;#24050;", "&#24050;"),
        ("a&amp;amp;b", "a&amp;b"),
        ("&nbsp;&copy", "&nbsp;&copy"),
        ("&#128;", "\x80"),
        ("A<![CDATA[&#24050;<b>]]>B", "A&#24050;<b>B"),
        ("A<!-- &#24050; -->B", "AB"),
    ],
)
def test_a_text_is_decoded_whole(written: str, text: str) -> None:
    assert text_of(written.encode()) == text


@given(anything_xml_holds)
def test_a_text_written_as_content_or_value_comes_back(text: str) -> None:
    tag = with_attribute(b"<a/>", b"v", text)
    root = etree.fromstring(f'<r v="{quoted(text)}">{escaped(text)}</r>'.encode())

    assert (root.text or "") == root.get("v") == text
    assert text_of(escaped(text).encode()) == attributes(tag)[b"v"].decode() == text


def test_attributes_are_decoded_too() -> None:
    assert attributes(b"<numFmt formatCode='&#x79;yyy&quot;&#24180;&quot;' t=\"&#49;\"/>") == {
        b"formatCode": 'yyyy"年"'.encode(),
        b"t": b"1",
    }


def test_a_reach_written_by_references_grows() -> None:
    growth = Growth(Area(6, 1, 8, 2), 2, (5,), None)
    tail = b'<conditionalFormatting sqref="A2&#58;A5"/><xm:sqref>A2&#x3A;A5</xm:sqref>'

    longer = lengthened(b"", tail, [growth])

    assert longer == b'<conditionalFormatting sqref="A2:A8"/><xm:sqref>A2:A8</xm:sqref>'


def in_references(content: bytes, part: str, text: str, form: str = "&#{};") -> bytes:
    """Write the Chinese text of a part as openpyxl does, by references."""
    return edited(content, text, "".join(form.format(ord(sign)) for sign in text), part)


def book_with_formula(formula: str) -> bytes:
    """Make a register whose column 备注 is filled by a formula of the shop's."""
    content = io.BytesIO()
    sheet = calls_sheet([call(1, "张三")])
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            page.write_row(row, 0, [str(cell or "") for cell in cells])
        page.write_formula("G4", formula)
    return content.getvalue()


def carried_down(content: bytes) -> str:
    """Return the formula that a new row takes."""
    book = FileWorkbook(BOOK, content)
    book.append_rows(CALLS, [call(2, "李四")])
    return str(openpyxl.load_workbook(io.BytesIO(book.rewritten()))["电话登记"]["G5"].value)


@pytest.mark.parametrize("form", ["&#{};", "&#x{:x};", "&#x{:X};"])
def test_a_formula_written_by_references_is_carried_down_as_it_reads(form: str) -> None:
    content = in_references(
        book_with_formula('=IF(A4="","","已登记")'), "xl/worksheets/sheet1.xml", "已登记", form
    )

    assert carried_down(content) == '=IF(A5="","","已登记")'


def test_a_structured_reference_written_by_references_is_carried_down_as_it_reads() -> None:
    content = in_references(
        book_with_formula('=LEN(表[[#This Row],[档案号]])&"码"'), "xl/worksheets/sheet1.xml", "档案号"
    )

    assert carried_down(content) == '=LEN(表[[#This Row],[档案号]])&"码"'


@pytest.mark.parametrize("shared", ['<f t="shared" ref="G4:G4" si="0">', '<f t="normal">'])
def test_a_formula_of_every_kind_is_decoded(shared: str) -> None:
    content = edited(book_with_formula('=A4&"已"'), "<f>", shared, "xl/worksheets/sheet1.xml")

    assert carried_down(in_references(content, "xl/worksheets/sheet1.xml", "已")) == '=A5&"已"'


def test_a_formula_in_cdata_is_carried_down_as_it_reads() -> None:
    content = edited(
        book_with_formula('=A4&"已"'),
        '<f>A4&amp;"已"</f>',
        '<f><![CDATA[A4&"已"]]></f>',
        "xl/worksheets/sheet1.xml",
    )

    assert carried_down(content) == '=A5&"已"'


def test_names_of_sheets_and_tables_written_by_references_are_read() -> None:
    content = as_xlsx([calls_sheet([call(1, "张三")])])
    content = in_references(content, "xl/workbook.xml", "电话登记", "&#x{:x};")
    content = edited(content, 'displayName="Calls"', 'displayName="&#67;alls"', "xl/tables/table1.xml")

    book = FileWorkbook(BOOK, content)

    assert book.read_table(CALLS)["客户名称"].tolist() == ["张三"]
    assert [native.name for native in book.natives("电话登记")] == ["Calls"]


@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_document_type_is_refused_in_every_part_that_is_read(part: str) -> None:
    parts = parts_of(as_xlsx([calls_sheet([])]))
    head, _, rest = parts[part].partition(b"?>")
    bomb = b'<!DOCTYPE a [<!ENTITY c "x">]>'

    with pytest.raises(DamagedError):
        FileWorkbook(BOOK, put_together(parts | {part: head + b"?>" + bomb + rest}))


def test_a_document_type_in_another_encoding_is_seen() -> None:
    parts = parts_of(as_xlsx([calls_sheet([])]))
    styles = parts["xl/styles.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    styles = styles.replace("<styleSheet", "<!DOCTYPE styleSheet><styleSheet", 1)

    with pytest.raises(DamagedError):
        FileWorkbook(BOOK, put_together(parts | {"xl/styles.xml": styles.encode("utf-16")}))


def test_a_comment_that_speaks_of_a_document_type_is_none() -> None:
    content = edited(
        as_xlsx([calls_sheet([])]), "<styleSheet", "<!-- <!DOCTYPE a> --><styleSheet", "xl/styles.xml"
    )

    assert zipfile.is_zipfile(io.BytesIO(content))
    assert FileWorkbook(BOOK, content).sheet_names() == ["电话登记"]
