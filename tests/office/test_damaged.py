"""What is no workbook, or no whole one, is named for what it is, and nothing is written."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable

import pytest
from book_parts import Pipe, parts_of, put_together
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet
from python_calamine import CalamineWorkbook

from dealer_xl.errors import DealerXlError
from dealer_xl.office.xlsx import cell_reader, file_checks, strictness
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.office.xlsx.file_errors import (
    DamagedError,
    EncryptedError,
    NoSheetsError,
    NotAWorkbookError,
    TooLargeError,
    UnreadableError,
    UnusualFormError,
)
from dealer_xl.office.xlsx.package import Package, PackageError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NO_SHEETS = f'<workbook xmlns="{MAIN}"/>'.encode()
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def whole() -> bytes:
    return as_xlsx([calls_sheet([call(1, "张三")])])


def with_a_wrong_byte(content: bytes) -> bytes:
    """Damage the packed bytes of the sheet's part, whose length stays."""
    info = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    place = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


@pytest.mark.parametrize(
    ("content", "refusal", "word"),
    [
        (b"", NotAWorkbookError, "空文件"),
        ("姓名\t电话\n张三\t1".encode("gb18030"), NotAWorkbookError, "文本文件"),
        (b"%PDF-1.7", NotAWorkbookError, "PDF"),
        (OLD_OFFICE, NotAWorkbookError, "旧版Excel"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), EncryptedError, "密码"),
        (whole()[:2000], DamagedError, "已损坏"),
        (whole()[:-30], DamagedError, "已损坏"),
        (with_a_wrong_byte(whole()), DamagedError, "已损坏"),
        (put_together({"a.txt": b"x"}), NotAWorkbookError, "压缩包"),
        (put_together({"[Content_Types].xml": b"", "word/document.xml": b""}), NotAWorkbookError, "Word文档"),
        (put_together({"[Content_Types].xml": b"", "xl/workbook.bin": b""}), NotAWorkbookError, "xlsb"),
        (put_together({"[Content_Types].xml": b"<x/>"}), DamagedError, "已损坏"),
        (put_together(parts_of(whole()) | {"xl/workbook.xml": b"<workbook><sheets"}), DamagedError, "已损坏"),
        (put_together(parts_of(whole()) | {"xl/workbook.xml": NO_SHEETS}), NoSheetsError, "没有工作表"),
        (put_together(parts_of(whole()) | {"xl/a.bin": bytes(120_000_000)}), TooLargeError, "过大"),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(
    content: bytes, refusal: type[DealerXlError], word: str
) -> None:
    with pytest.raises(refusal, match=word) as told:
        FileWorkbook(BOOK, content)

    assert BOOK in str(told.value)
    assert str(told.value).count("。") == 1


def test_an_inflated_size_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_checks, "MOST_BYTES", 1000)

    with pytest.raises(TooLargeError):
        FileWorkbook(BOOK, whole())


def test_a_blank_cell_far_away_with_a_format_only_is_no_hindrance() -> None:
    parts = parts_of(whole())
    sheet = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )

    book = FileWorkbook(BOOK, put_together(parts | {"xl/worksheets/sheet1.xml": sheet}))

    assert len(book.read_table(CALLS)) == 1


class Panic(BaseException):
    """As the reader's own, which is no Exception."""


def failing_with(error: BaseException) -> Callable[[object], CalamineWorkbook]:
    def fail(_: object) -> CalamineWorkbook:
        raise error

    return fail


def test_a_panic_of_the_reader_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_reader, "open_cells", failing_with(Panic()))

    with pytest.raises(UnreadableError, match="另存为"):
        FileWorkbook(BOOK, whole())


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit()])
def test_the_wish_to_stop_is_not_swallowed(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    monkeypatch.setattr(cell_reader, "open_cells", failing_with(error))

    with pytest.raises(type(error)):
        FileWorkbook(BOOK, whole())


def test_a_form_that_cannot_be_spliced_is_read_but_not_written() -> None:
    parts = parts_of(whole())
    swapped = re.sub(
        rb'(<c r="C4".*?</c>)(<c r="D4".*?</c>)', rb"\2\1", parts["xl/worksheets/sheet1.xml"], count=1
    )
    assert swapped != parts["xl/worksheets/sheet1.xml"]
    book = FileWorkbook(BOOK, put_together(parts | {"xl/worksheets/sheet1.xml": swapped}))
    book.write_cells(CALLS, "备注", {4: "改"})

    with pytest.raises(UnusualFormError, match="不敢改"):
        book.rewritten()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'encoding="UTF-8"', b'encoding="utf-16"'),
        (b"<worksheet", b"stray <worksheet"),
        (b"<v>91</v>", b"<v>\x0b91</v>"),
        (b"</sheetData>", b"]]></sheetData>"),
        (b"<sheetData>", b"<a><sheetData>"),
    ],
)
def test_a_part_that_is_no_xml_is_damaged(before: bytes, after: bytes) -> None:
    parts = parts_of(whole())
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert before in sheet
    content = put_together(parts | {"xl/worksheets/sheet1.xml": sheet.replace(before, after)})

    with pytest.raises(DamagedError):
        FileWorkbook(BOOK, content).grid(CALLS.sheet)


def test_a_part_that_is_no_xml_any_more_goes_into_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(whole())
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<worksheet", b"stray <worksheet")
    monkeypatch.setattr(strictness, "_is_xml", lambda _: True)
    book = FileWorkbook(BOOK, put_together(parts | {"xl/worksheets/sheet1.xml": sheet}))
    book.write_cells(CALLS, "备注", {4: "改"})

    with pytest.raises(UnusualFormError):
        book.rewritten()


def test_parts_packed_in_other_ways_are_copied_and_exchanged() -> None:
    parts = {"a": b"one" * 100, "b": b"two", "c": b"three"}
    stored = Package(put_together(parts, zipfile.ZIP_STORED), BOOK)

    after = parts_of(stored.rewritten({"b": b"new"}))

    assert after == parts | {"b": b"new"}


def test_a_package_with_the_sizes_after_the_parts_is_rewritten() -> None:
    content = io.BytesIO()

    with zipfile.ZipFile(Pipe(content), "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a", b"one")
        package.writestr("b", b"two")
        package.comment = b"note"

    after = Package(content.getvalue(), BOOK).rewritten({"a": b"new"})

    assert parts_of(after) == {"a": b"new", "b": b"two"}
    assert zipfile.ZipFile(io.BytesIO(after)).comment == b"note"


def test_a_package_of_another_kind_is_not_rewritten() -> None:
    content = bytearray(put_together({"a": b"one"}))
    place = content.index(b"PK\1\2")
    content[place + 8 : place + 10] = struct.pack("<H", 1)  # told to be encrypted

    with pytest.raises(PackageError):
        Package(bytes(content), BOOK).rewritten({"a": b"new"})
