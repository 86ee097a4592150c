"""Look at a file before anything reads it: whether it is a workbook at all, whole and of a bearable size."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from lxml import etree

from dealer_xl.office.prolog import has_doctype
from dealer_xl.office.xlsx.contents import Contents, read_contents
from dealer_xl.office.xlsx.file_errors import (
    DamagedError,
    EncryptedError,
    NoSheetsError,
    NotAWorkbookError,
    TooLargeError,
)
from dealer_xl.office.xlsx.package import Package

MOST_BYTES = 300_000_000
"""A register of more than a hundred thousand rows unpacks to less."""
_SUSPICIOUS_BYTES, _SUSPICIOUS_RATIO = 100_000_000, 200

_CONTENT_TYPES = "[Content_Types].xml"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {
    b"%PDF": "PDF文件",
    b"{\\rtf": "写字板文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x09\x08": "很旧的Excel文件",
    b"\x09\x04": "很旧的Excel文件",
}


def open_package(name: str, content: bytes) -> tuple[Package, Contents]:
    """Open a workbook's file.

    Raises NotAWorkbookError, EncryptedError, DamagedError, TooLargeError, NoSheetsError.
    """
    _refuse_other_files(name, content)
    try:
        package = Package(content, name)
        _refuse_bombs(package)
        if package.first_damaged() is not None:
            raise DamagedError(name)
        _refuse_other_packages(package)
        contents = read_contents(package)
        _refuse_doctypes(package, contents)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, StopIteration) as error:
        raise DamagedError(name) from error
    except (etree.XMLSyntaxError, NotImplementedError, RuntimeError, ValueError, struct.error) as error:
        raise DamagedError(name) from error
    if not contents.sheets:
        raise NoSheetsError(name)
    return package, contents


def _refuse_other_files(name: str, content: bytes) -> None:
    if not content:
        raise NotAWorkbookError(name, "空文件")
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise EncryptedError(name)
        raise NotAWorkbookError(name, "旧版Excel文件(*.xls)")
    for start, what in _OTHERS.items():
        if content.startswith(start):
            raise NotAWorkbookError(name, what)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise DamagedError(name) if content.startswith(b"PK") else NotAWorkbookError(name, "文本文件")


def _refuse_bombs(package: Package) -> None:
    too_dense = package.inflated > _SUSPICIOUS_RATIO * len(package.content)
    if package.inflated > MOST_BYTES or (too_dense and package.inflated > _SUSPICIOUS_BYTES):
        raise TooLargeError(package.name)


def _refuse_doctypes(package: Package, contents: Contents) -> None:
    """Refuse a document type in the parts that are read without a parser; `contents.parse` does so in all others."""
    for part in (_CONTENT_TYPES, contents.styles, contents.chain):
        if part is not None and has_doctype(package.read(part)):
            raise DamagedError(package.name)


def _refuse_other_packages(package: Package) -> None:
    """Name other kinds of files that are zip packages, too."""
    kinds = {
        "xl/workbook.bin": "二进制工作簿(*.xlsb)",
        "word/document.xml": "Word文档",
        "ppt/presentation.xml": "幻灯片",
        "mimetype": "WPS或LibreOffice的其他格式文件",
    }
    for part, what in kinds.items():
        if package.has(part):
            raise NotAWorkbookError(package.name, what)
    if not package.has(_CONTENT_TYPES):
        raise NotAWorkbookError(package.name, "压缩包")
