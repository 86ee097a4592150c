"""Files that somebody made wrong, by mistake or on purpose: each is read right or refused, and quickly.

All are made here, after what random damage (`make fuzz`) and the corpus have shown.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import time

import pytest
import xlsxwriter
from book_parts import parts_of, put_together
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet

from dealer_xl.errors import DealerXlError
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.cells import checked, plain
from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.xlsx import cell_reader
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.office.xlsx.file_errors import DamagedError, TooLargeError, UnreadableError, UnusualFormError
from dealer_xl.office.xlsx.markup import masked

SHEET = "xl/worksheets/sheet1.xml"
BOOK_PART = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY file SYSTEM "file:///etc/hostname">]>'
)
ROW = b'<row r="5"><c r="A5" t="s"><v>0</v></c></row>'


def whole() -> dict[str, bytes]:
    return parts_of(as_xlsx([calls_sheet([call(1, "张三"), call(2, "李四")])]))


def edited(part: str, before: bytes | str, after: bytes | str) -> bytes:
    """Make the register with an edit in one of its parts."""
    one, other = (text.encode() if isinstance(text, str) else text for text in (before, after))
    parts = whole()
    assert one in parts[part]
    return put_together(parts | {part: parts[part].replace(one, other)})


def prefixed(content: bytes, prefix: bytes) -> bytes:
    """Return the register with a prefix before each name of the sheet's part."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    named = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1" + prefix, parts[SHEET])
    if prefix:
        named = named.replace(b" xmlns=", b" xmlns:" + prefix.rstrip(b":") + b"=")
    return put_together(parts | {SHEET: named})


def with_rows(rows: bytes) -> bytes:
    return edited(SHEET, b"</sheetData>", rows + b"</sheetData>")


def without(part: str) -> bytes:
    return put_together({name: data for name, data in whole().items() if name != part})


def read(content: bytes) -> list[object]:
    """Read the names of the register."""
    return FileWorkbook(BOOK, content).read_table(CALLS)["客户名称"].tolist()


def refused(content: bytes, refusal: type[DealerXlError]) -> None:
    with pytest.raises(refusal) as told:
        read(content)
    assert BOOK in str(told.value)
    assert str(told.value).count("。") == 1


@pytest.mark.parametrize(
    "part", ["xl/styles.xml", "xl/sharedStrings.xml", SHEET, "xl/tables/table1.xml", RELATIONS]
)
def test_a_workbook_that_lacks_a_part_is_damaged_and_not_read_otherwise(part: str) -> None:
    with pytest.raises(DealerXlError):
        read(without(part))


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        (BOOK_PART, "<workbook ", BOMB + b"<workbook "),
        (BOOK_PART, "</workbook>", b"<a>" * 3000 + b"</a>" * 3000 + b"</workbook>"),
        (BOOK_PART, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "urn:other"),
        (BOOK_PART, "</sheets>", '<sheet name="电话登记" sheetId="9" r:id="rId1"/></sheets>'),
        (BOOK_PART, 'r:id="rId1"', 'r:id="rId77"'),
        (BOOK_PART, 'r:id="rId1"', 'id="rId1"'),
        (SHEET, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "urn:other"),
        (SHEET, "</worksheet>", "<sheetData/></worksheet>"),
        (SHEET, "<v>0</v>", "<v>0</v><v>1</v>"),
        (SHEET, "<v>0</v>", "<v>-1</v>"),
        (SHEET, "</row>", '</row><c r="A9"/>'),
        (SHEET, "<sheetData>", '<row r="1"/><sheetData>'),
        (SHEET, "</sheetData>", "</sheetData><row><c><v>7</v></c></row>"),
        (
            SHEET,
            "<sheetData>",
            '<sheetData><row r="1"><c r="Z1" t="inlineStr"><is><t>a</t><c r="A9"/></is></c></row>',
        ),
        ("xl/tables/table1.xml", "<table ", "<table "[:-1] + "<"),
        ("xl/tables/table1.xml", "<table ", BOMB + b"<table "),
    ],
)
def test_xml_that_excel_would_not_take_is_damaged(part: str, before: bytes | str, after: bytes | str) -> None:
    refused(edited(part, before, after), DamagedError)


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        (SHEET, "<worksheet ", BOMB + b"<worksheet "),
        ("xl/sharedStrings.xml", "<sst ", BOMB + b"<sst "),
        ("xl/sharedStrings.xml", "<t>", "<t>&c;&file;"),
        ("xl/sharedStrings.xml", "<t>", "<t>a<!-- b -->"),
        ("xl/sharedStrings.xml", "</sst>", "<sst a=''/></sst>"),
    ],
)
def test_entities_are_never_resolved(part: str, before: bytes | str, after: bytes | str) -> None:
    try:
        names = read(edited(part, before, after))
    except UnreadableError:
        return
    assert names == ["张三", "李四"]


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="900"><c r="A900"><v>1</v></c></row><row r="900"><c r="A900"><v>2</v></c></row>',
        b'<row r="900"><c r="A901"><v>1</v></c></row><row><c><v>2</v></c></row>',
        b'<row r="900"><c r="A901"><v>1</v></c><c><v>2</v></c><c r="B900"><v>3</v></c></row>',
        b'<row r="901"><c><v>1</v></c><row r="902"><c><v>2</v></c></row></row>',
        b"<c><v>1</v></c>",
    ],
)
def test_cells_of_one_address_or_in_no_row_are_damage(rows: bytes) -> None:
    refused(with_rows(rows), DamagedError)


@pytest.mark.parametrize(
    "cells",
    [
        b'<c r="A99"><v>4&#50;</v></c>',  # 42, of which the reader would take the 4
        b'<c r="A99"><f>6*7</f><v>&#52;2</v></c>',
        b'<c r="A99" t="b"><v>&#48;</v></c>',
        b'<c r="A99"><v><![CDATA[4]]>2</v></c>',
        b'<c r="A99" t="str"><v><![CDATA[4]]>2</v></c>',
        b'<c r="A99"><v>4<x/>2</v></c>',
        b'<c r="A99"><v>1</v> <v>2</v></c>',
        b'<c r="A99"><v>1</v><f>1+1</f><v>2</v></c>',
        b'<c r="A99"><v/><v>2</v></c>',
        b'<c r="A99"><v>1</v></c><c r="A99"><v>2</v></c>',
        b'<c r="A99"><v>1</v></c><c r="B99"/><c r="A99"/>',
        b'<c r="A99"><v>1</v></c><v>2</v>',
        b'<c r="A99" t="inlineStr"><is><t>1</t></is><v>2</v></c>',
        b'<c r="A99" t="inlineStr"><is><t>1</t><t>2</t></is></c>',
        b'<c r="A99" t="inlineStr"><is><r><rPr><b/><t>1</t></rPr><t>2</t></r></is></c>',
        b'<c r="A99" t="inlineStr"><is><r><t>1</t></r><t>2</t></is></c>',
        b'<c r="A99" t="inlineStr"><is><is><t>1</t></is></is></c>',
        b'<c r="A99" t="inlineStr"><is><r><r><t>1</t></r></r></is></c>',
    ],
)
@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_a_cell_that_readers_make_different_things_of_is_damage(cells: bytes, prefix: bytes) -> None:
    content = with_rows(b'<row r="99">' + cells + b"</row>")

    refused(prefixed(content, prefix), DamagedError)


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_formatted_texts_and_references_in_texts_are_none_of_these(prefix: bytes) -> None:
    cells = (
        b'<c r="C99" t="inlineStr"><is><r><rPr><b/></rPr><t>&#24352;</t></r><r><rPr/><t>a</t></r><rPh sb="0" eb="1">'
        b'<t>b</t></rPh></is></c><c r="D99" t="str"><f>"&amp;"</f><v>&amp;&#50;</v></c><c r="E99" t="inlineStr"><v>1</v>'
        b"<is><t>2</t></is></c>"
    )
    grid = FileWorkbook(BOOK, prefixed(with_rows(b'<row r="99">' + cells + b"</row>"), prefix)).grid(
        CALLS.sheet
    )

    assert [grid.cell(99, column) for column in (3, 4, 5)] == ["张a", "&2", "2"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<si><t>", "<si><t>a</t><t>"),
        ("<si><t>", "<si><si><t>a</t></si><t>"),
        ("<si><t>", "<si><r><rPr><si><t>a</t></si></rPr><t>b</t></r></si><si><t>"),
        ("</sst>", "<t>a</t></sst>"),
        ("</sst>", "<si><t>\x0b</t></si></sst>"),
        ("<sst ", BOMB + b"<sst "),
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "urn:other"),
    ],
)
def test_shared_texts_that_readers_count_differently_are_refused(before: str, after: bytes | str) -> None:
    refused(edited("xl/sharedStrings.xml", before, after), UnreadableError)


@pytest.mark.parametrize(
    "rows",
    [
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 900 + b"</row>",
        b'<row r="70000"><c s="0" r="XFD70000" t="str"><v>x</v></c></row>',
        b'<row r="98"><c r="XFD1048576"><v>1</v></c></row><row r="99"><c r="A99"><v>1</v></c></row>',
    ],
)
def test_a_cell_far_away_costs_no_memory_however_it_is_written(rows: bytes) -> None:
    refused(with_rows(rows), TooLargeError)


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="9999999999"><c r="A9999999999"><v>1</v></c></row>',
        b'<row r="99"><c r="AAAA99"><v>1</v></c></row>',
        b'<row r="99"><c r="X"><v>1</v></c></row>',
        b'<row r="99">' + b"<c><v>1</v></c>" * 16_385 + b"</row>",
    ],
)
def test_a_cell_beyond_the_sheet_is_refused(rows: bytes) -> None:
    with pytest.raises((UnreadableError, TooLargeError)):
        read(with_rows(rows))


@pytest.mark.parametrize("count", ["4294967295", "-1", "many"])
def test_a_number_of_texts_that_cannot_be_is_refused_before_room_is_made_for_them(count: str) -> None:
    parts = whole()
    texts = re.sub(rb'niqueCount="[0-9]+"', f'niqueCount="{count}"'.encode(), parts["xl/sharedStrings.xml"])

    refused(put_together(parts | {"xl/sharedStrings.xml": texts}), UnreadableError)


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml"])
def test_letters_of_another_encoding_are_not_read_as_something_else(part: str) -> None:
    refused(edited(part, 'encoding="UTF-8"', 'encoding="GB18030"'), UnreadableError)


def test_a_filled_cell_far_down_alone_is_read() -> None:
    book = FileWorkbook(BOOK, with_rows(b'<row r="70000"><c r="A70000"><v>1</v></c></row><row r="70001"/>'))

    assert book.grid(CALLS.sheet).cell(70000, 1) == 1


def test_more_cells_than_memory_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    book = FileWorkbook(BOOK, put_together(whole()))
    monkeypatch.setattr(cell_reader, "MOST_CELLS", 5)

    with pytest.raises(TooLargeError):
        book.read_table(CALLS)


def test_memory_that_runs_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_out(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cell_reader, "open_cells", run_out)

    refused(put_together(whole()), TooLargeError)


def test_rows_in_another_order_are_read_and_not_written() -> None:
    content = with_rows(b'<row r="2"><c r="A2"><v>7</v></c></row>')
    book = FileWorkbook(BOOK, content)
    assert book.grid(CALLS.sheet).cell(2, 1) == 7
    book.write_cells(CALLS, "备注", {4: "改"})

    with pytest.raises(UnusualFormError):
        book.rewritten()


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="30"><c r="A31"><v>7</v></c></row>',  # a cell that claims to be in another row
        b'<row r="30"><c r="C30"><v>7</v></c><c r="B30"><v>7</v></c></row>',
        b'<row r="30"><c r="A30"><v>7</v></c><c r="F30"><f>1)</f><v>x</v></c></row>',
    ],
)
def test_what_cannot_be_written_without_a_risk_is_read_only(rows: bytes) -> None:
    book = FileWorkbook(BOOK, with_rows(rows))
    book.append_rows(CALLS, [call(3, "王五")])

    with pytest.raises(UnusualFormError):
        book.rewritten()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<?xml version="1.0" encoding="UTF-8"', '<?xml version="1.0" encoding="A0"'),
        ('<row r="4" ', '<row r="4" spans="x:y" '),
        ("</sheetData>", '<row r="abc"/></sheetData>'),
        ("<sheetData>", '<cols><col min="1" max="99999999999" style="x"/><col style="1"/></cols><sheetData>'),
    ],
)
def test_numbers_and_encodings_that_are_none_give_a_sentence_or_a_result(before: str, after: str) -> None:
    content = edited(SHEET, before, after)
    try:
        book = FileWorkbook(BOOK, content)
        change = SheetChange()
        change.put(4, 12, "新")
        book.changes[CALLS.sheet] = change
        again = FileWorkbook(BOOK, book.rewritten())
    except (DamagedError, UnreadableError, UnusualFormError):
        return
    assert again.grid(CALLS.sheet).cell(4, 12) == "新"


def lying(change: Callable[[bytearray, int], None]) -> bytes:
    """Return the register with a directory that lies about the sheet's part."""
    content = bytearray(put_together(whole()))
    place = content.rindex(SHEET.encode()) - 46
    change(content, place)
    return bytes(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda content, place: struct.pack_into("<I", content, place + 16, 7),  # another check sum
        lambda content, place: struct.pack_into("<I", content, place + 20, 40),  # fewer packed bytes
        lambda content, place: struct.pack_into("<I", content, place + 24, 40),  # fewer bytes
        lambda content, place: struct.pack_into("<I", content, place + 42, 0),  # another part's place
        lambda content, place: struct.pack_into("<H", content, place + 10, 14),  # packed in a strange way
        lambda content, place: struct.pack_into("<H", content, place + 8, 1),  # told to be encrypted
    ],
)
def test_a_directory_that_lies_is_damage(change: Callable[[bytearray, int], None]) -> None:
    refused(lying(change), DamagedError)


def test_two_parts_of_one_name_are_damage() -> None:
    content = io.BytesIO(put_together(whole()))
    with zipfile.ZipFile(content, "a") as package:
        package.writestr(SHEET.upper(), b"<worksheet/>")

    refused(content.getvalue(), DamagedError)


def test_formats_under_another_spelling_are_not_read_as_none() -> None:
    parts = whole()
    parts["xl/Styles.xml"] = parts.pop("xl/styles.xml")

    refused(put_together(parts), UnreadableError)


@pytest.mark.parametrize("part", ["sharedStrings.xml", "styles.xml"])
@pytest.mark.parametrize("target", [b'Target="other.xml"', b""])
def test_texts_and_formats_that_the_package_does_not_name_are_not_read(part: str, target: bytes) -> None:
    parts = whole()
    parts["xl/other.xml"] = parts[f"xl/{part}"]
    told = f'Target="{part}"'.encode()
    assert told in parts[RELATIONS]
    parts[RELATIONS] = parts[RELATIONS].replace(told, target)

    refused(put_together(parts), UnreadableError)


def test_a_path_that_leads_out_of_the_package_leads_nowhere() -> None:
    content = put_together(whole() | {"../../outside.txt": b"x"})

    assert read(content) == ["张三", "李四"]
    with pytest.raises(DamagedError):
        read(edited(RELATIONS, "worksheets/sheet1.xml", "../../../etc/passwd"))


def test_bytes_before_the_package_are_not_dropped_in_silence() -> None:
    book = FileWorkbook(BOOK, b"#!prefix\n" + put_together(whole()))
    book.write_cells(CALLS, "备注", {4: "改"})

    with pytest.raises(UnusualFormError):
        book.rewritten()


def strange_texts() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(CALLS.sheet)
        page.write_row(0, 0, CALLS.headings)
        for row, text in enumerate(
            ("NA", "null", "#N/A", "1E+10", "007123", "=1+1", "TRUE", "_x0041_"), start=1
        ):
            page.write_string(row, 2, text)
        page.write_number(9, 2, 1.38001380013800e16)
        page.write_formula(10, 2, "=NA()", None, "#N/A")
        page.write_string(11, 2, "长" * 32_767)
    return content.getvalue()


def test_texts_that_look_like_something_else_stay_what_they_are() -> None:
    names = read(strange_texts())

    assert names[:8] == ["NA", "null", "#N/A", "1E+10", "007123", "=1+1", "TRUE", "_x0041_"]
    assert names[8:10] == [1.380013800138e16, "#N/A"]
    assert names[10] == "长" * 32_767


@pytest.mark.parametrize("value", ["NaN", "1e999", "-inf"])
def test_a_number_that_is_none_is_named(value: str) -> None:
    content = with_rows(f'<row r="6"><c r="A6"><v>1</v></c><c r="C6"><v>{value}</v></c></row>'.encode())

    assert read(content) == ["张三", "李四", "#NUM!"]


def test_a_day_that_is_no_number_is_named() -> None:
    day = re.search(rb'<c r="B4" (s="[0-9]+")', whole()[SHEET])
    assert day
    content = with_rows(b'<row r="6"><c r="B6" ' + day[1] + b'><v>NaN</v></c><c r="C6"><v>1</v></c></row>')

    assert FileWorkbook(BOOK, content).grid(CALLS.sheet).cell(6, 2) == "#NUM!"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (b'<c r="A6" t="e">stray<f>1/0</f> <v>#REF!</v></c>', "#REF!"),
        (b'<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        (b"<c r='A6' t='e'><f>1/0</f><v>#REF!</v></c>", "#REF!"),
        (b'<c r="A6" t="e"/>', None),
        (b'<c r="A6" t="e"></c>', "#VALUE!"),
    ],
)
def test_an_error_value_is_named_wherever_it_stands(cell: bytes, name: str | None) -> None:
    book = FileWorkbook(BOOK, with_rows(b'<row r="6">' + cell + b'<c r="C6"><v>1</v></c></row>'))

    assert book.grid(CALLS.sheet).cell(6, 1) in ((name,) if name else ("#VALUE!", "", None))


def test_an_error_value_that_the_reader_leaves_out_is_not_lost_in_silence() -> None:
    refused(with_rows(b'<row r="6"><c r="A6" t="e"><v>&#65;</v></c></row>'), UnreadableError)
    assert read(with_rows(b'<row r="6"><c r="A6" t="e"/></row>')) == ["张三", "李四"]


@pytest.mark.parametrize("formula", [b"", b"<f>A1</f>", b"<f>A1</f><f/>"])
def test_a_number_below_0_in_a_days_format_is_no_time_of_day(formula: bytes) -> None:
    day = re.search(rb'<c r="B4" (s="[0-9]+")', whole()[SHEET])
    assert day
    rows = b'<row r="6"><c r="B6" ' + day[1] + b">" + formula + b"<v>-1.25</v></c>"
    content = with_rows(rows + b'<c r="C6" ' + day[1] + b"><v>0.5</v></c></row>")
    grid = FileWorkbook(BOOK, content).grid(CALLS.sheet)

    assert [grid.cell(6, column) for column in (2, 3)] == [-1.25, time(12)]


def test_a_length_of_time_is_read_as_days() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(CALLS.sheet)
        page.write_row(0, 0, CALLS.headings)
        page.write_number(1, 2, 1.5, book.add_format({"num_format": "[h]:mm"}))

    assert read(content.getvalue()) == [1.5]


def test_a_whole_number_too_long_for_excel_is_written_as_text() -> None:
    assert plain(440106199001011234) == "440106199001011234"
    assert plain(999_999_999_999_999) == 999_999_999_999_999
    assert plain(10**400) == "1" + "0" * 400


def test_characters_and_lengths_at_the_edge() -> None:
    assert checked("长" * 32_767, "表", 1, 1) == "长" * 32_767
    with pytest.raises(DealerXlError, match="32767"):
        checked("😀" * 16_384, "表", 1, 1)
    assert plain("\ud800电话\x0b") == "电话"


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("B5:A1", Area(1, 1, 5, 2)),
        ("A0", None),
        ("A1048577", None),
        ("XFE1", None),
        ("A:A", None),
    ],
)
def test_an_area_is_one_of_the_sheet_or_none(text: str, area: Area | None) -> None:
    assert Area.of(text) == area


@pytest.mark.parametrize("noise", [b"<!--" * 200_000, b"<![CDATA[" * 100_000, b"<?" * 200_000])
def test_what_is_never_closed_takes_no_time(noise: bytes) -> None:
    assert masked(b"<a>" + noise) == b"<a>" + noise


@pytest.mark.parametrize("noise", [b"<c " * 300_000, b'<c r="' * 100_000, b'<c a="' * 100_000])
def test_xml_that_is_none_takes_no_time(noise: bytes) -> None:
    with pytest.raises((DamagedError, UnreadableError, TooLargeError)):
        read(with_rows(noise))
