"""Sheets' parts come in many hands' writing; a splice understands each and keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

import pytest
from lxml import etree

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange
from dealer_xl.office.workbook import Cell
from dealer_xl.office.xlsx.cell_formats import CellFormats
from dealer_xl.office.xlsx.cell_xml import serial
from dealer_xl.office.sheets.refusals import FormulaInTheWayError, MergedCellError
from dealer_xl.office.xlsx.sheet_reach import grown_table, with_growths
from dealer_xl.office.xlsx.sheet_rows import UnusualSheetError
from dealer_xl.office.xlsx.sheet_xml import SheetPlace, spliced

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLACE = SheetPlace("册.xlsx", "表")


def sheet(data: str, *, before: str = "", after: str = "") -> bytes:
    """Write a sheet's part around its rows."""
    return f'<worksheet xmlns="{MAIN}">{before}{data}{after}</worksheet>'.encode()


def put(xml: bytes, values: Mapping[tuple[int, int], Cell], **others: object) -> bytes:
    """Put values into cells by row and column; the result must be XML."""
    change = SheetChange(**others)  # type: ignore[arg-type]
    for (row, column), value in values.items():
        change.put(row, column, value)
    result = spliced(PLACE, xml, change, CellFormats(b"")).xml
    etree.fromstring(result)
    return result


def between(xml: bytes, tag: str = "sheetData") -> str:
    """Give what stands in an element."""
    found = re.search(rf"<(?:\w+:)?{tag}>(.*)</(?:\w+:)?{tag}>", xml.decode(), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<sheetData/>", '<row r="2"><c r="B2"><v>7</v></c></row>'),
        ("<sheetData />", '<row r="2"><c r="B2"><v>7</v></c></row>'),
        ("<sheetData></sheetData>", '<row r="2"><c r="B2"><v>7</v></c></row>'),
        ('<sheetData><row r="2"/></sheetData>', '<row r="2"><c r="B2"><v>7</v></c></row>'),
        ('<sheetData><row r="2"></row></sheetData>', '<row r="2"><c r="B2"><v>7</v></c></row>'),
        (
            '<sheetData><row r="1"/><row r="5"/></sheetData>',
            '<row r="1"/><row r="2"><c r="B2"><v>7</v></c></row><row r="5"/>',
        ),
        (
            '<sheetData><row r="2"><c r="A2"/><c r="C2"/></row></sheetData>',
            '<row r="2"><c r="A2"/><c r="B2"><v>7</v></c><c r="C2"/></row>',
        ),
        (
            '<sheetData><row r="2"><c r="B2" s="3" t="s"><v>0</v></c></row></sheetData>',
            '<row r="2"><c r="B2" s="3"><v>7</v></c></row>',
        ),
        (
            "<sheetData><row r='2'><c t='s' s='3' r='B2'><v>0</v></c></row></sheetData>",
            "<row r='2'><c s='3' r='B2'><v>7</v></c></row>",
        ),
        (
            "<sheetData><row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row></sheetData>",
            '<row><c><v>1</v></c></row><row><c/><c r="B2"><v>7</v></c></row>',
        ),
        (
            '<sheetData><row r="2" spans="1:1"><c r="A2"/></row></sheetData>',
            '<row r="2" spans="1:2"><c r="A2"/><c r="B2"><v>7</v></c></row>',
        ),
        (
            '<sheetData><row r="2" spans="4:9"/></sheetData>',
            '<row r="2" spans="2:9"><c r="B2"><v>7</v></c></row>',
        ),
        (
            '<sheetData>\n  <row r="2">\n    <c r="A2"/>\n  </row>\n</sheetData>',
            '\n  <row r="2">\n    <c r="A2"/><c r="B2"><v>7</v></c>\n  </row>\n',
        ),
        (
            '<sheetData><!-- <row r="2"> --><row r="2"><!-- <c r="B2"/> --></row></sheetData>',
            '<!-- <row r="2"> --><row r="2"><c r="B2"><v>7</v></c><!-- <c r="B2"/> --></row>',
        ),
        (
            '<sheetData><row r="1"><c r="A1" t="str"><v><![CDATA[</row><row r="2">]]></v></c></row></sheetData>',
            (
                '<row r="1"><c r="A1" t="str"><v><![CDATA[</row><row r="2">]]></v></c></row>'
                '<row r="2"><c r="B2"><v>7</v></c></row>'
            ),
        ),
        (
            '<sheetData><row r="2" x="a>b"><c r="B2" y="/>"><v>1</v></c></row></sheetData>',
            '<row r="2" x="a>b"><c r="B2" y="/>"><v>7</v></c></row>',
        ),
        (
            '<sheetData><row r="2"><c r="A2"/><extLst><ext uri="x"/></extLst></row></sheetData>',
            '<row r="2"><c r="A2"/><c r="B2"><v>7</v></c><extLst><ext uri="x"/></extLst></row>',
        ),
    ],
)
def test_one_cell_is_put_and_all_else_stays(data: str, expected: str) -> None:
    assert between(put(sheet(data), {(2, 2): 7})) == expected


def test_a_prefix_of_the_namespace_is_kept() -> None:
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'.encode()

    result = put(xml, {(1, 1): "字", (2, 1): 1})

    assert between(result) == (
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">字</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row>'
    )


def test_a_new_cell_takes_the_format_of_its_row_or_else_of_its_column() -> None:
    xml = sheet(
        '<sheetData><row r="1" s="5" customFormat="1"/><row r="2"/></sheetData>',
        before='<cols><col min="1" max="3" style="8"/></cols>',
    )

    assert between(put(xml, {(1, 2): 1, (2, 2): 1})) == (
        '<row r="1" s="5" customFormat="1"><c r="B1" s="5"><v>1</v></c></row>'
        '<row r="2"><c r="B2" s="8"><v>1</v></c></row>'
    )


def test_a_blank_keeps_the_cell_and_its_format_and_makes_none() -> None:
    xml = sheet('<sheetData><row r="1"><c r="A1" s="4"><v>1</v></c></row></sheetData>')

    assert between(put(xml, {(1, 1): None, (1, 2): None})) == '<row r="1"><c r="A1" s="4"/></row>'


@pytest.mark.parametrize(
    "formula",
    [
        "<f>A1</f>",
        '<f t="shared" si="0"/>',
        '<f t="array" ref="B1:B3">A1:A3</f>',
        '<f t="dataTable" ref="B1:B3"/>',
    ],
)
def test_formulas_of_the_shop_and_areas_of_one_formula_are_refused(formula: str) -> None:
    xml = sheet(
        f'<sheetData><row r="1"><c r="B1">{formula}<v>1</v></c></row>'
        '<row r="2"><c r="B2"><v>1</v></c></row></sheetData>'
    )

    with pytest.raises(FormulaInTheWayError, match="B1"):
        put(xml, {(1, 2): 5})
    if "ref" in formula:
        with pytest.raises(FormulaInTheWayError, match="B2"):
            put(xml, {(2, 2): 5}, own_columns={2})


def test_a_cell_hidden_in_a_merged_one_is_refused_and_its_first_cell_is_not() -> None:
    xml = sheet("<sheetData/>", after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')

    assert b"<v>1</v>" in put(xml, {(1, 1): 1})
    assert b"B2" not in put(xml, {(2, 2): None, (9, 9): 1}).replace(b"A1:B2", b"")
    with pytest.raises(MergedCellError, match="B2"):
        put(xml, {(2, 2): 1})


@pytest.mark.parametrize(
    "xml",
    [
        b"<chartsheet/>",
        b"<worksheet></worksheet>",
        sheet('<sheetData><row r="5"/><row r="2"/></sheetData>'),
        sheet("<sheetData/>").decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + sheet("<sheetData/>"),
    ],
)
def test_a_part_written_in_an_unusual_way_is_not_touched(xml: bytes) -> None:
    change = SheetChange()
    change.put(1, 1, 1)

    with pytest.raises(UnusualSheetError):
        spliced(PLACE, xml, change, CellFormats(b""))


def test_excel_is_asked_to_compute_anew_where_formulas_may_look_at_the_cells() -> None:
    xml = sheet('<sheetData><row r="1"><c r="A1"><f>B1</f><v>1</v></c></row></sheetData>', after="<x/>")

    result = put(xml, {(1, 2): 2})
    again = put(result, {(1, 2): 3})

    assert result.endswith(b'</sheetData><sheetCalcPr fullCalcOnLoad="1"/><x/></worksheet>')
    assert again == result.replace(b"<v>2</v>", b"<v>3</v>")


def test_a_formula_shared_by_the_last_row_is_carried_down_as_its_own() -> None:
    xml = sheet(
        '<sheetData><row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2&amp;"x"</f><v>1</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/><v>1</v></c></row></sheetData>'
    )
    growth = Growth(Area(4, 1, 5, 2), 2, (3,), None)

    result = put(xml, {(4, 2): 1, (5, 2): 2}, growths={"T": growth})

    assert '<row r="4"><c r="A4"><f>B4&amp;"x"</f></c><c r="B4"><v>1</v></c></row>' in between(result)
    assert '<row r="5"><c r="A5"><f>B5&amp;"x"</f></c><c r="B5"><v>2</v></c></row>' in between(result)


def test_entries_of_the_shops_own_columns_stay_in_rows_filled_anew() -> None:
    xml = sheet('<sheetData><row r="2"/><row r="3"><c r="A3"><v>2</v></c></row></sheetData>')
    growth = Growth(Area(3, 1, 3, 2), 2, (2,), None)

    result = put(xml, {(3, 2): 9}, growths={"T": growth})

    assert '<row r="3"><c r="A3"><v>2</v></c><c r="B3"><v>9</v></c></row>' in between(result)


@pytest.mark.parametrize(
    ("reach", "longer"),
    [
        ("A4:C9", "A4:C12"),
        ("$A$4:$C$9", "A4:C12"),
        ("B9", "B9:B12"),
        ("A4:C8", "A4:C8"),
        ("A4:C1000", "A4:C1000"),
        ("F4:G9", "F4:G9"),
        ("A:C", "A:C"),
        ("A4:A9 F4:F9", "A4:A12 F4:F9"),
    ],
)
def test_a_reach_grows_when_it_covered_the_last_row(reach: str, longer: str) -> None:
    assert with_growths(reach, [Growth(Area(10, 1, 12, 3), 4, (9,), None)]) == longer


def test_an_excel_table_grows_with_its_filter() -> None:
    growth = Growth(Area(5, 1, 9, 2), 4, (4,), None)
    xml = b'<table id="1" ref="A3:B4"><autoFilter ref="A3:B4"/><tableColumns count="2"/></table>'

    assert grown_table(xml, growth) == xml.replace(b"A3:B4", b"A3:B9")


@pytest.mark.parametrize(
    ("value", "from_1904", "number"),
    [
        (date(1900, 1, 1), False, 1),
        (date(1900, 2, 28), False, 59),
        (date(1900, 3, 1), False, 61),
        (date(2026, 1, 5), False, 46027),
        (date(2026, 1, 5), True, 44565),
        (date(1904, 1, 1), True, 0),
        (datetime(2026, 1, 5, 12), False, 46027.5),  # noqa: DTZ001 - Excel knows no time zones
        (time(6), False, 0.25),
        (date(1899, 12, 31), False, None),
        (date(1903, 12, 31), True, None),
    ],
)
def test_days_have_the_numbers_that_excel_gives_them(
    value: date | time, from_1904: bool, number: float | None
) -> None:
    assert serial(value, from_1904=from_1904) == number


def test_a_day_before_the_calendar_begins_is_written_as_text() -> None:
    assert ">1888-08-08<" in between(put(sheet("<sheetData/>"), {(1, 1): date(1888, 8, 8)}))
