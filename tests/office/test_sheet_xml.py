"""Sheets' parts come in many hands' writing; a splice understands each and keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

import pytest
from lxml import etree

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange
from dealer_xl.office.sheets.sheet_errors import FormulaInTheWayError, MergedCellError, SheetProtectedError
from dealer_xl.office.xlsx.cell_formats import CellFormats
from dealer_xl.office.xlsx.cell_xml import serial
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
    """Return what stands in an element."""
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
        sheet('<sheetData><row r="5"/><row r="5"/></sheetData>'),
        sheet('</sheetData><sheetData><row r="5"/>'),
        sheet('<sheetData><row r="5"/></sheetDataX>'),
        sheet('<sheetData><row r="0"/></sheetData>'),
        sheet('<sheetData><row r="1"><c r="A1"/><c r="A1"/></row></sheetData>'),
        sheet('<sheetData><row r="1"><c r="B1"/><c r="A1"/></row></sheetData>'),
        sheet('<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A1"/></row></sheetData>'),
        sheet('<sheetData ><row  r="2"><c r="A2"/></row><row r="3"><c  r="A2"/></row></sheetData>'),
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
        ("A10:C20", "A10:C20"),
        ("A9:C9", "A9:C12"),
        ("C4:D9", "C4:D12"),
        ("D4:F9", "D4:F9"),
        ("A4:A9", "A4:A9"),
        ("A4:B9", "A4:B12"),
        ("F4:G9", "F4:G9"),
        ("A:C", "A:C"),
        ("B4:B9  F4:F9", "B4:B12 F4:F9"),
    ],
)
def test_a_reach_grows_when_it_covered_the_last_row(reach: str, longer: str) -> None:
    assert with_growths(reach, [Growth(Area(10, 2, 12, 3), 4, (9,), None)]) == longer


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
        (time(6, 30, 15, 500_000), False, 23_415.5 / 86_400),
        (datetime(1900, 2, 28, 6), False, 59.25),  # noqa: DTZ001
        (datetime(1904, 1, 1, 6), True, 0.25),  # noqa: DTZ001
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


def test_a_reach_grows_over_all_rows_put_below_it_however_many_lists_do() -> None:
    growths = [Growth(Area(10, 1, 12, 2), 4, (9,), None), Growth(Area(8, 3, 20, 4), 4, (7,), None)]

    assert with_growths("A4:A9 C4:C7 A4:D9 E4:E9", growths) == "A4:A12 C4:C20 A4:D20 E4:E9"


def test_an_excel_table_that_reaches_so_far_already_stays() -> None:
    growth = Growth(Area(5, 1, 9, 2), 4, (4,), None)

    for xml in (b'<table id="1" ref="A3:B9"><autoFilter ref="A3:B12"/></table>', b'<table id="1" ref="x"/>'):
        assert grown_table(xml, growth) == xml


@pytest.mark.parametrize(
    ("extent", "wider"),
    [("A1:C3", "A1:D5"), ("B9", "B5:D9"), ("A1:Z900", "A1:Z900"), ("D5", "D5"), ("E6", "D5:E6"), ("x", "x")],
)
def test_the_told_extent_grows_to_the_cells_written_and_no_further(extent: str, wider: str) -> None:
    xml = sheet("<sheetData/>", before=f'<dimension ref="{extent}"/>')

    assert f'<dimension ref="{wider}"/>'.encode() in put(xml, {(5, 4): 1})


def test_a_sheet_asked_once_to_compute_anew_is_asked_and_one_without_formulas_is_not() -> None:
    xml = sheet('<sheetData><row r="1"><c r="A1"><f>B1</f><v>1</v></c></row></sheetData>')
    kept = xml.replace(b"</sheetData>", b'</sheetData><sheetCalcPr fullCalcOnLoad="0"/>')
    change = SheetChange()
    change.put(2, 1, 5)

    assert b'<sheetCalcPr fullCalcOnLoad="1"/></worksheet>' in put(kept, {(1, 2): 2})
    assert b"sheetCalcPr" not in put(sheet("<sheetData/>"), {(1, 2): 2})
    elsewhere = SheetPlace("册.xlsx", "表", has_chain=True)
    assert b"sheetCalcPr" in spliced(elsewhere, sheet("<sheetData/>"), change, CellFormats(b"")).xml
    anyway = SheetPlace("册.xlsx", "表", recalculates=True, has_chain=True)
    assert b"sheetCalcPr" not in spliced(anyway, xml, change, CellFormats(b"")).xml


@pytest.mark.parametrize("place", [(1, 1), (1, 3), (3, 1), (3, 3)])
def test_every_corner_of_an_area_with_one_formula_is_refused_and_what_is_beside_is_not(
    place: tuple[int, int],
) -> None:
    xml = sheet(
        '<sheetData><row r="1"><c r="A1"><f t="array" ref="A1:C3">1</f><v>1</v></c></row></sheetData>'
    )

    with pytest.raises(FormulaInTheWayError):
        put(xml, {place: 5}, own_columns={1, 2, 3})
    assert b"<v>5</v>" in put(xml, {(4, 1): 5})
    assert b"<v>5</v>" in put(xml, {(2, 4): 5})


@pytest.mark.parametrize("places", [[(5, 2)], [(2, 2)], [(2, 9), (5, 2)], [(1, 2), (2, 3)]])
def test_merged_cells_bar_whatever_other_rows_are_written(places: list[tuple[int, int]]) -> None:
    merges = '<mergeCells><mergeCell ref="B2:C2"/><mergeCell ref="A5:B5"/><mergeCell ref="A:A"/></mergeCells>'
    xml = sheet("<sheetData/>", after=merges)
    hidden = {(5, 2), (2, 3)} & set(places)

    if hidden:
        with pytest.raises(MergedCellError):
            put(xml, dict.fromkeys(places, 5))
    else:
        assert put(xml, dict.fromkeys(places, 5)).count(b"<v>5</v>") == len(places)


@pytest.mark.parametrize(
    ("told", "is_protected"), [("1", True), ("true", True), ("0", False), ("false", False)]
)
def test_a_sheet_is_protected_when_it_says_so(told: str, is_protected: bool) -> None:
    xml = sheet("<sheetData/>", after=f'<sheetProtection sheet="{told}" objects="1"/>')

    if is_protected:
        with pytest.raises(SheetProtectedError):
            put(xml, {(1, 1): 1})
    else:
        assert b"<v>1</v>" in put(xml, {(1, 1): 1})


def test_the_first_row_under_the_headings_does_not_look_like_a_heading() -> None:
    xml = sheet(
        '<sheetData><row r="3"><c r="A3" s="7"/><c r="B3" s="7"/></row><row r="4" s="5"><c r="B4" s="6"/></row>'
        '<row r="5"/></sheetData>'
    )

    result = between(put(xml, {(4, 1): 1, (5, 2): 1}, bodies={Area(4, 1, 4, 2)}))

    assert '<c r="A4"><v>1</v></c>' in result
    assert '<c r="B5" s="6"><v>1</v></c>' in result


def test_a_row_with_a_format_of_its_own_gives_it_to_new_cells_and_to_rows_below() -> None:
    xml = sheet(
        '<sheetData><row r="2" s="5" customFormat="true" ht="21" customHeight="1" x="y"/></sheetData>'
    )
    growth = Growth(Area(3, 1, 3, 1), 2, (2,), None)

    assert '<c r="A2" s="5"><v>1</v></c>' in between(put(xml, {(2, 1): 1}))
    assert between(put(xml, {(3, 1): 1}, growths={"T": growth})).endswith(
        '<row r="3" s="5" customFormat="true" ht="21" customHeight="1"><c r="A3" s="5"><v>1</v></c></row>'
    )


def test_new_rows_take_the_formats_of_the_row_above_then_of_the_column() -> None:
    xml = sheet(
        '<sheetData><row r="2"><c r="A2" s="4"/></row></sheetData>',
        before='<cols><col min="1" max="2" style="8"/><col min="4" max="4" width="9" style="0"/></cols>',
    )
    growth = Growth(Area(3, 1, 4, 4), 2, (2,), None)

    assert between(put(xml, {(3, 1): 1, (4, 4): 1}, growths={"T": growth})).endswith(
        '<row r="3"><c r="A3" s="4"><v>1</v></c><c r="B3" s="8"/></row>'
        '<row r="4"><c r="A4" s="4"/><c r="B4" s="8"/><c r="D4"><v>1</v></c></row>'
    )


def test_formulas_are_handed_down_over_all_columns_of_the_list_and_to_none_beside() -> None:
    cells = "".join(f'<c r="{letter}2"><f>{letter}1+1</f><v>1</v></c>' for letter in "ABCD")
    growth = Growth(Area(3, 2, 3, 3), 2, (2,), None)

    result = put(
        sheet(f'<sheetData><row r="2">{cells}</row></sheetData>'), {(3, 2): 5}, growths={"T": growth}
    )

    assert between(result).endswith('<row r="3"><c r="B3"><v>5</v></c><c r="C3"><f>C2+1</f></c></row>')


def test_a_formula_of_a_row_filled_anew_stays_when_nothing_is_given_for_it() -> None:
    xml = sheet(
        '<sheetData><row r="2"/><row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><v>3</v></c></row></sheetData>'
    )
    growth = Growth(Area(3, 1, 3, 3), 2, (2,), None)

    result = put(xml, {(3, 1): None, (3, 2): None, (3, 3): 9}, growths={"T": growth})

    assert between(result).endswith('<c r="A3"><f>1+1</f><v>2</v></c><c r="B3"/><c r="C3"><v>9</v></c></row>')


def test_one_look_at_the_rows_and_the_exact_one_agree() -> None:
    """Rows as Excel writes them are looked at quickly, others one by one; either way a cell stands in its row."""
    for data in (
        '<row r="2"><c r="A2"/><c r="B2"><v>1</v></c></row><row r="3"/>',
        '<row  r="2"><c  r="A2"/><c r="B2"><v>1</v></c></row><row r="3"></row>',
        '<row r="2"><c r="A2"/><c><v>1</v></c></row><row r="3" spans="1:2"/>',
        "<row><c/></row><row><c/><c><v>1</v></c></row><row/>",
    ):
        assert b"<v>7</v>" in put(sheet(f"<sheetData>{data}</sheetData>"), {(3, 2): 7})
        wrong = data.replace('"A2"', '"A9"').replace("<row><c/>", '<row><c r="A9"/>', 1)
        with pytest.raises(UnusualSheetError):
            put(sheet(f"<sheetData>{wrong}</sheetData>"), {(3, 2): 7})


def test_areas_of_both_kinds_of_one_formula_are_refused_on_the_same_sheet() -> None:
    xml = sheet(
        '<sheetData><row r="1"><c r="A1"><f t="array" ref="A1:A2">1</f></c>'
        '<c r="C1"><f t="dataTable" ref="C1:C2"/></c></row></sheetData>'
    )

    for column in (1, 3):
        with pytest.raises(FormulaInTheWayError):
            put(xml, {(2, column): 5})
