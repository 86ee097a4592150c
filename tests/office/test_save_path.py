"""The turns of the save path that a common workbook never takes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest
from book_parts import edited
from excel_books import BOOK, CALLS, Sheet, as_xlsx, call, calls_sheet

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange
from dealer_xl.office.xlsx.cell_formats import CellFormats
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.office.xlsx.file_errors import UnusualFormError
from dealer_xl.office.xlsx.markup import with_attribute
from dealer_xl.office.xlsx.package import Package, PackageError
from dealer_xl.office.xlsx.sheet_rows import SheetRows, UnusualSheetError
from dealer_xl.office.xlsx.sheet_xml import SheetPlace, spliced

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = b'<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="46"/></cellXfs></styleSheet>'


def sheet(data: str, *, before: str = "", after: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'.encode()


def put(xml: bytes, values: Mapping[tuple[int, int], Cell], growth: Growth | None = None) -> bytes:
    change = SheetChange(growths={"T": growth} if growth else {})
    for place, value in values.items():
        change.put(*place, value)
    return spliced(SheetPlace(BOOK, "表"), xml, change, CellFormats(STYLES)).xml


def test_a_cell_that_is_filled_anew_gets_the_format_its_value_needs() -> None:
    xml = sheet('<row r="1"><c r="A1" s="1"><v>2</v></c></row>')

    assert b'<c r="A1" s="2"><v>46027</v></c>' in put(xml, {(1, 1): date(2026, 1, 5)})
    assert b'<c r="A1" s="1"><v>7</v></c>' in put(xml, {(1, 1): 7})


def test_to_clear_what_is_hidden_or_spread_changes_nothing() -> None:
    for barred in (
        sheet(
            '<row r="1"><c r="B1"><v>1</v></c></row>',
            after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
        ),
        sheet('<row r="1"><c r="B1"><f t="array" ref="B1">1</f><v>1</v></c></row>'),
    ):
        assert put(barred, {(1, 2): None}) == barred


def test_a_group_whose_formula_is_nowhere_hands_down_nothing() -> None:
    xml = sheet(
        '<row r="1"><c r="A1"><f t="shared" ref="A1" si="7">1+1</f><v>1</v></c></row><row r="2"/>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/><v>1</v></c><c r="B3"><f t="array" ref="B3">1</f></c></row>'
    )
    growth = Growth(Area(4, 1, 4, 3), 2, (3,), None)

    assert b'<row r="4"><c r="C4"><v>9</v></c></row>' in put(xml, {(4, 3): 9}, growth)


def test_formulas_of_another_kind_beside_a_spread_one_are_no_areas() -> None:
    xml = sheet(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="array" ref="B1:B2">1</f><v>1</v></c>'
        '<c r="C1"><f t="array" ref="x">1</f></c></row>'
    )

    assert b'<c r="D1"><v>5</v></c>' in put(xml, {(1, 4): 5})


@pytest.mark.parametrize(
    "xml",
    [
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"/></worksheet>'.encode(),
        sheet('<row r="1"><c r="B1"/>'),
        sheet('<row r="1"><c r="B1"><v>1</v></row>'),
        sheet('<row r="1"><c r="?"/></row>'),
        sheet('<row spans="1:1" r="1"><c s="0" r="A2"/></row>'),
        sheet('<row r="1"/>', before='<cols><col min="x" max="3" style="8"/></cols>'),
    ],
)
def test_a_part_that_does_not_hold_together_is_not_spliced(xml: bytes) -> None:
    with pytest.raises(UnusualSheetError):
        put(xml, {(1, 2): 1})


def test_a_row_that_is_none_is_not_taken_for_one() -> None:
    rows = SheetRows(sheet('<row r="1"/>'))

    with pytest.raises(UnusualSheetError):
        rows.row_tag(rows.data_start + 3)


def test_addresses_behind_other_attributes_are_understood() -> None:
    xml = sheet('<row spans="1:1" r="1"><c s="0" r="A1"><v>1</v></c></row>')

    assert b'<c s="0" r="A1"><v>2</v></c>' in put(xml, {(1, 1): 2})


def test_extra_fields_of_a_part_stay_but_for_the_one_that_tells_old_sizes() -> None:
    content = io.BytesIO()
    info = zipfile.ZipInfo("a")
    info.extra = struct.pack("<HHQ", 1, 8, 3) + struct.pack("<HHI", 0x9999, 4, 7)
    with zipfile.ZipFile(content, "w") as package:
        package.writestr(info, b"one")

    after = zipfile.ZipFile(io.BytesIO(Package(content.getvalue(), BOOK).rewritten({"a": b"other"})))

    assert after.read("a") == b"other"
    assert after.getinfo("a").extra == struct.pack("<HHI", 0x9999, 4, 7)


def test_a_package_for_more_than_four_gigabytes_is_not_rewritten() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("a", b"one")
    whole = Package(content.getvalue(), BOOK)
    damaged = bytearray(whole.content)
    struct.pack_into("<I", damaged, damaged.index(b"PK\1\2") + 24, 0xFFFFFFFF)
    whole.content = bytes(damaged)

    with pytest.raises(PackageError):
        whole.rewritten({"a": b"new"})


def test_changes_of_a_sheet_that_is_not_there_change_nothing() -> None:
    book = FileWorkbook(BOOK, as_xlsx([calls_sheet([call(1, "张三")])]))
    change = SheetChange()
    change.put(1, 1, "x")
    book.changes["没有"] = change

    assert book.rewritten() is book.content


def test_an_empty_sheet_has_no_cells() -> None:
    book = FileWorkbook(BOOK, as_xlsx([Sheet("空表", [])]))

    assert list(book.grid("空表").rows) == []
    assert list(book.natives("空表")) == []


def test_a_workbook_without_formats_is_written_without() -> None:
    content = as_xlsx([calls_sheet([call(1, "张三")])])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist() if "styles" not in name}
    relations = parts["xl/_rels/workbook.xml.rels"]
    start = relations.rindex(b"<Relationship", 0, relations.index(b"styles.xml"))
    parts["xl/_rels/workbook.xml.rels"] = relations[:start] + relations[relations.index(b"/>", start) + 2 :]
    bare = io.BytesIO()
    with zipfile.ZipFile(bare, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)

    book = FileWorkbook(BOOK, bare.getvalue())
    book.write_cells(CALLS, "备注", {4: "改"})

    assert FileWorkbook(BOOK, book.rewritten()).read_table(CALLS)["备注"].tolist() == ["改"]


def test_a_formula_that_is_gone_leaves_the_chain_of_formulas() -> None:
    row = {"登记号": "T1", "校验": "旧"}
    content = as_xlsx(
        [Sheet(CALLS.sheet, [CALLS.headings, [row.get(heading) for heading in CALLS.headings]])]
    )
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    cell = parts[name].index(b'<c r="H2"')
    formula = b'<c r="H2"><f>A2</f><v>1</v></c><c r="I2"><f>A2</f><v>1</v></c>'
    parts[name] = parts[name][:cell] + formula + parts[name][parts[name].index(b"</c>", cell) + 4 :]
    relation = b'<Relationship Id="rId99" Type="http://x/calcChain" Target="calcChain.xml"/></Relationships>'
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", relation)
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="H2" i="1"/><c r="I2"/></calcChain>'.encode()
    chained = io.BytesIO()
    with zipfile.ZipFile(chained, "w") as package:
        for part, data in parts.items():
            package.writestr(part, data)
    book = FileWorkbook(BOOK, chained.getvalue())

    book.write_cells(CALLS, "校验", {2: "新"})
    after = zipfile.ZipFile(io.BytesIO(book.rewritten()))

    assert (
        after.read("xl/calcChain.xml") == f'<calcChain xmlns="{MAIN}"><c r="I2" i="1"/></calcChain>'.encode()
    )


@pytest.mark.parametrize("hidden", ["<?note {} ?>", "<!-- {} -->"])
@pytest.mark.parametrize("head", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
def test_rows_inside_a_comment_or_an_instruction_are_none(hidden: str, head: str) -> None:
    inside = hidden.format('<row r="9"><c r="A9"><v>1</v></c></row>')
    xml = head.encode() + sheet(f'<row r="1"/>{inside}')

    result = put(xml, {(9, 1): 5})

    assert result == xml.replace(
        inside.encode(), inside.encode() + b'<row r="9"><c r="A9"><v>5</v></c></row>'
    )


def test_a_part_that_is_no_xml_is_not_mended_by_writing_over_the_broken_place() -> None:
    broken = edited(as_xlsx([calls_sheet([call(1, "张三")])]), '</v></c><c r="B4"', '</w></c><c r="B4"')
    book = FileWorkbook(BOOK, broken)
    change = SheetChange()
    change.put(4, 1, "新")
    book.changes[CALLS.sheet] = change

    with pytest.raises(UnusualFormError):
        book.rewritten()


def test_what_looks_like_an_attribute_inside_anothers_value_stays() -> None:
    xml = sheet("""<row r="1"><c r="A1" s="1" x=" s='9' r='B7'"><v>1</v></c></row>""")

    assert b"""<c r="A1" s="2" x=" s='9' r='B7'"><v>46027</v></c>""" in put(xml, {(1, 1): date(2026, 1, 5)})
    assert with_attribute(b"<a/>", b"b", 'c"<') == b'<a b="c&quot;&lt;"/>'
    assert with_attribute(b"<a >", b"b", "c") == b'<a b="c">'
