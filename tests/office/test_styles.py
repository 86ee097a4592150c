"""Styles of other programs' making: read right or refused, written so that everybody reads them right."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from functools import partial

import openpyxl
import pytest
from book_parts import edited, parts_of, put_together
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.xlsx.alternates import UnclearStylesError, plain_styles
from dealer_xl.office.xlsx.cell_formats import CellFormats
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.office.xlsx.file_errors import UnreadableError, UnusualFormError
from dealer_xl.office.xlsx.sheet_rows import UnusualSheetError
from dealer_xl.office.xlsx.styles_check import check_styles

STYLES, SHEET = "xl/styles.xml", "xl/worksheets/sheet1.xml"
DAY = date(2026, 11, 28)
MARKUP = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def twice(choice: str, fallback: str, name: str = "hs") -> str:
    """Write a format twice over: for a program that knows an extension, and for all others."""
    return (
        f'<mc:AlternateContent {MARKUP}><mc:Choice xmlns:{name}="urn:{name}" Requires="{name}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


PLAIN = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
EXTENDED = (
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" hs:applyExtension="1">'
    '<alignment/><hs:parashape hs:condense="0"/></xf>'
)


def book(formats: str, numbers: str = "") -> bytes:
    """Make a workbook with formats of its own, whose cells A1, A2 and A3 have one of the three each."""
    content = as_xlsx([calls_sheet([])])
    parts = parts_of(content)
    styles = parts[STYLES].decode()
    styles = re.sub("<numFmts.*?</numFmts>", "", styles)
    styles = re.sub("<fonts", f"{numbers}<fonts", styles, count=1)
    styles = re.sub("<cellXfs.*?</cellXfs>", f'<cellXfs count="3">{formats}</cellXfs>', styles)
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="{n - 1}"><v>46354</v></c></row>' for n in range(1, 4))
    sheet = re.sub(
        "<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", parts[SHEET].decode(), flags=re.DOTALL
    )
    sheet = re.sub("<tableParts.*?</tableParts>", "", sheet)
    return put_together(parts | {STYLES: styles.encode(), SHEET: sheet.encode()})


def put(content: bytes, values: dict[tuple[int, int], Cell]) -> bytes:
    """Put values into cells."""
    workbook = FileWorkbook(BOOK, content)
    change = workbook.changes.setdefault("电话登记", SheetChange())
    for (row, column), value in values.items():
        change.put(row, column, value)
    return workbook.rewritten()


def column(content: bytes, number: int = 1) -> list[Cell]:
    """Read the first three cells of a column."""
    grid = FileWorkbook(BOOK, content).grid("电话登记")
    return [grid.cell(row, number) for row in (1, 2, 3)]


def by_openpyxl(content: bytes, place: str) -> object:
    """Read a cell with another reader."""
    return openpyxl.load_workbook(io.BytesIO(content))["电话登记"][place].value


def test_a_format_written_twice_over_counts_once() -> None:
    content = book(twice(EXTENDED, PLAIN) + '<xf numFmtId="14"/><xf numFmtId="0"/>')

    assert column(content) == [46354.0, DAY, 46354.0]


def test_a_twin_of_such_a_format_needs_no_extension() -> None:
    after = put(book(PLAIN + twice(EXTENDED, PLAIN) + '<xf numFmtId="14"/>'), {(2, 1): DAY, (3, 1): 7})

    styles = parts_of(after)[STYLES].decode()
    added = styles[styles.rindex("AlternateContent>") :]
    assert column(after) == [46354.0, DAY, 7.0]
    assert 'cellXfs count="5"' in styles
    assert "hs:" not in added


def test_formats_of_which_programs_show_different_things_are_refused() -> None:
    content = book(twice('<xf numFmtId="14"/>', PLAIN) + '<xf numFmtId="14"/><xf numFmtId="0"/>')

    with pytest.raises(UnreadableError):
        FileWorkbook(BOOK, content)


@pytest.mark.parametrize(
    "alternates",
    [
        twice('<xf numFmtId="14"/>', PLAIN),
        twice(PLAIN + PLAIN, PLAIN),
        twice(twice(PLAIN, PLAIN), PLAIN),
        f"<mc:AlternateContent {MARKUP}><mc:Choice Requires='x'>{PLAIN}</mc:Choice></mc:AlternateContent>",
        twice('<numFmt numFmtId="170" formatCode="0"/>', '<numFmt numFmtId="170" formatCode="d"/>'),
    ],
)
def test_branches_that_differ_are_not_guessed(alternates: str) -> None:
    with pytest.raises(UnclearStylesError):
        plain_styles(alternates.encode())


def test_fonts_written_twice_over_do_not_matter() -> None:
    fonts = twice('<font><sz val="9"/><hs:x/></font>', '<font><sz val="9"/></font>')
    content = edited(
        book(PLAIN + '<xf numFmtId="14"/><xf numFmtId="0"/>'), "</fonts>", f"{fonts}</fonts>", STYLES
    )

    assert column(content) == [46354.0, DAY, 46354.0]
    assert fonts in parts_of(put(content, {(1, 1): DAY}))[STYLES].decode()


REDEFINED = (
    '<numFmts count="2"><numFmt numFmtId="0" formatCode="dd\\.mm\\.yyyy"/>'
    '<numFmt numFmtId="14" formatCode="0.00"/></numFmts>'
)


def test_excels_numbers_defined_anew_are_used_for_nothing() -> None:
    content = book('<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="1"/>', REDEFINED)

    after = put(content, {(1, 1): 7, (2, 1): DAY, (3, 1): 8, (1, 2): DAY, (2, 2): 9.5})

    styles = parts_of(after)[STYLES].decode()
    assert column(after) == [7.0, DAY, 8.0]
    assert column(after, 2)[:2] == [DAY, 9.5]
    assert '<numFmts count="4">' in styles
    assert (
        '<numFmt numFmtId="164" formatCode="General"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd"/>'
        in styles
    )
    assert [by_openpyxl(after, place) for place in ("A1", "B1", "B2")] == [7, datetime(2026, 11, 28), 9.5]  # noqa: DTZ001


def test_number_formats_of_colour_rules_are_not_those_of_cells() -> None:
    content = book('<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="1"/>', REDEFINED)
    rule = '<dxfs count="1"><dxf><numFmt numFmtId="200" formatCode="d"/></dxf></dxfs>'
    content = edited(content, "<tableStyles", f"{rule}<tableStyles", STYLES)

    styles = parts_of(put(content, {(1, 1): 7}))[STYLES].decode()

    assert '<numFmts count="3">' in styles
    assert '<numFmt numFmtId="164" formatCode="General"/></numFmts>' in styles


@pytest.mark.parametrize(
    "code",
    [
        "0.00\\ \\&amp;",
        "0.000\\ \\&quot;",
        "[Red]0.000\\ \\&lt;\\ \\&gt;\\ \\&quot;\\ \\&amp;\\ \\&apos;",
        "0\\&#109;",
        "0&#34;days&#34;",
        "0&#x22;days&#x22;",
    ],
)
def test_a_code_written_by_entities_is_no_day(code: str) -> None:
    numbers = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
    content = book('<xf numFmtId="170"/>' * 3, numbers)
    formats = CellFormats(parts_of(content)[STYLES])

    assert formats.fit(b"0", 7) == b"0"
    assert column(put(content, {(1, 1): DAY, (2, 1): 7}))[:2] == [DAY, 7.0]


def test_a_code_whose_letters_are_references_is_a_day() -> None:
    numbers = '<numFmts count="1"><numFmt numFmtId="170" formatCode="&#121;yyy-m&#x6d;-dd"/></numFmts>'

    formats = CellFormats(parts_of(book('<xf numFmtId="170"/>' * 3, numbers))[STYLES])

    assert formats.fit(b"0", DAY) == b"0"


TYPED = [
    "=1+1",
    "+86 138",
    "-5",
    "@a",
    "\t=1",
    "\r\n=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "\u3000=1",
    "=SUM(A1)",
]


@pytest.mark.parametrize("text", TYPED)
def test_a_text_that_begins_like_a_formula_stays_one_when_it_is_entered_anew(text: str) -> None:
    after = put(book(PLAIN * 3), {(1, 1): text})

    cell = openpyxl.load_workbook(io.BytesIO(after))["电话登记"]["A1"]
    assert cell.quotePrefix
    assert cell.data_type == "s"
    assert column(after)[0] == text


@pytest.mark.parametrize("text", ["张三", "【日期】未填", "粤A12345", "1-2", "a=b", "", "备注：=1"])
def test_other_texts_change_no_format(text: str) -> None:
    before = book(PLAIN * 3)

    assert parts_of(put(before, {(1, 1): text, (2, 2): text}))[STYLES] == parts_of(before)[STYLES]


@pytest.mark.parametrize("number", ['numFmtId="49"', 'numFmtId="170"'])
def test_a_cell_of_the_text_format_needs_no_mark(number: str) -> None:
    numbers = '<numFmts count="1"><numFmt numFmtId="170" formatCode="@"/></numFmts>'
    before = book(f"<xf {number}/>" * 3, numbers)

    assert parts_of(put(before, {(1, 1): "=1"}))[STYLES] == parts_of(before)[STYLES]


def test_a_mark_that_is_there_is_used_again() -> None:
    marked = PLAIN.replace("xfId", 'quotePrefix="1" xfId')
    before = book(PLAIN + marked + '<xf numFmtId="14"/>')

    after = put(before, {(1, 1): "=1", (2, 1): "=2", (1, 2): "=3"})

    assert parts_of(after)[STYLES] == parts_of(before)[STYLES]
    assert parts_of(after)[SHEET].decode().count('s="1"') == 3


@pytest.mark.parametrize("value", [7, DAY, True])
def test_a_mark_goes_when_a_number_comes(value: Cell) -> None:
    marked = PLAIN.replace("xfId", 'quotePrefix="1" xfId')

    after = put(book(marked * 3), {(1, 1): value})

    assert not openpyxl.load_workbook(io.BytesIO(after))["电话登记"]["A1"].quotePrefix


def test_a_name_of_that_sort_in_a_new_row_is_marked() -> None:
    workbook = FileWorkbook(BOOK, as_xlsx([calls_sheet([call(1, "张三")])]))
    workbook.append_rows(CALLS, [call(2, "=HYPERLINK(1)")])

    page = openpyxl.load_workbook(io.BytesIO(workbook.rewritten()))["电话登记"]
    assert (page["C5"].value, page["C5"].quotePrefix, page["C4"].quotePrefix) == (
        "=HYPERLINK(1)",
        True,
        False,
    )


BEFORE = (
    b'<styleSheet><numFmts count="1"><numFmt numFmtId="170" formatCode="0"/></numFmts>'
    b'<cellXfs count="1"><xf numFmtId="170"/></cellXfs></styleSheet>'
)


@pytest.mark.parametrize(
    ("piece", "other"),
    [
        (b'<cellXfs count="2">', b'<cellXfs count="1">'),
        (b'"170"/><xf', b'"171"/><xf'),
        (b'"170"/><xf', b'"170"/><x:xf'),
        (b'numFmtId="14"', b'numFmtId="200"'),
        (b"</styleSheet>", b""),
        (b"</numFmts>", b'<numFmt numFmtId="170" formatCode="d"/></numFmts>'),
    ],
)
def test_styles_that_are_not_whole_go_into_no_file(piece: bytes, other: bytes) -> None:
    grow = partial(
        BEFORE.replace,
        b'count="1"><xf numFmtId="170"/>',
        b'count="2"><xf numFmtId="170"/><xf numFmtId="14"/>',
    )
    after = grow()
    check_styles(BEFORE, after)

    with pytest.raises(UnusualSheetError):
        check_styles(BEFORE, after.replace(piece, other))


def test_a_format_that_uses_an_unknown_prefix_goes_into_no_file() -> None:
    content = book(
        PLAIN.replace("/>", ' xmlns:q="urn:q" q:a="1"><alignment/></xf>').replace(' xmlns:q="urn:q"', "")
        + PLAIN
    )

    with pytest.raises((UnusualFormError, UnreadableError)):
        put(content, {(1, 1): DAY})
