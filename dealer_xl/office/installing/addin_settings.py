"""What the file of the add-in holds: the settings that its macro asks for, and the version of that macro.

The settings stand in a sheet inside the file, so one file is all that is installed. The settings of other add-ins are
neither read nor changed, Excel finds no second file in its start folder that it would open as a workbook, and a path
may have any letter.

The version stands in the third line of xlwings' module. A module is kept compressed ([MS-OVBA] 2.4.1), its first 4096
letters in one piece; the pieces are tried one after the other, so that neither the file system inside vbaProject.bin
nor a package that reads it is needed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from zipfile import BadZipFile, ZipFile

from lxml import etree

from dealer_xl.office.installing.machine import MAC, Machine
from dealer_xl.office.word.word_package import zipped

SHEET = "xlwings.conf"
"""The name of the sheet that the macro looks for."""
MADE = "DEALER_XL_MADE"
"""Which files and folders besides the add-in the installation made; the macro does not know this word."""
_WORKBOOK, _CELLS, _TITLES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "docProps/app.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_BETWEEN = "|"


def settings_for(machine: Machine, made: Iterable[str] = ()) -> dict[str, str]:
    """Return which Python runs, and name everything that another add-in's settings could otherwise change."""
    return {
        interpreter_key(machine): str(machine.python),
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",  # else a file in Excel's start folder could stand for a module
        "PYTHONPATH": "",
        "CONDA PATH": "",
        "CONDA ENV": "",
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
        "SHOW_ERROR_POPUPS": "True",
        "TEMP DIR": "%TEMP%",
        MADE: _BETWEEN.join(made),
    }


def interpreter_key(machine: Machine) -> str:
    """Name the setting that tells the macro which Python runs."""
    return "INTERPRETER_MAC" if machine.system == MAC else "INTERPRETER_WIN"


def made_by(settings: Mapping[str, str]) -> list[str]:
    """List what the installation made besides the add-in."""
    return [place for place in settings.get(MADE, "").split(_BETWEEN) if place]


def with_settings(addin: bytes, settings: Mapping[str, str]) -> bytes:
    """Write the settings into the add-in's only sheet; the same settings give the same bytes, the macros stay."""
    parts = _parts(addin)
    for path, change in ((_WORKBOOK, _named), (_TITLES, _titled)):
        root = etree.fromstring(parts[path])
        change(root)
        parts[path] = _written(root)
    root = etree.fromstring(parts[_CELLS])
    _filled(root, settings)
    return zipped({**parts, _CELLS: _written(root)})


def settings_in(addin: bytes | None) -> dict[str, str]:
    """Read the settings of an installed add-in; one that is not there, or damaged, has none."""
    try:
        parts = _parts(addin or b"")
        names = [sheet.get("name") for sheet in etree.fromstring(parts[_WORKBOOK]).iter(f"{_MAIN}sheet")]
        rows = etree.fromstring(parts[_CELLS]).iter(f"{_MAIN}row")
    except (BadZipFile, KeyError, etree.XMLSyntaxError):
        return {}
    if SHEET not in names:
        return {}
    return dict(_pair(row) for row in rows)


def _pair(row: etree._Element) -> tuple[str, str]:
    name, value = ("".join(map(str, cell.itertext())) for cell in row)
    return name, value


def _named(workbook: etree._Element) -> None:
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        sheet.set("name", SHEET)


def _titled(properties: etree._Element) -> None:
    for titles in properties.iter("{*}TitlesOfParts"):
        for title in titles.iter(f"{_TYPES}lpstr"):
            title.text = SHEET


def _filled(sheet: etree._Element, settings: Mapping[str, str]) -> None:
    for dimension in sheet.iter(f"{_MAIN}dimension"):
        dimension.set("ref", f"A1:B{len(settings)}")
    for data in sheet.iter(f"{_MAIN}sheetData"):
        data.clear()
        for number, pair in enumerate(settings.items(), start=1):
            row = etree.SubElement(data, f"{_MAIN}row", r=str(number))
            for column, text in zip("AB", pair, strict=True):
                cell = etree.SubElement(row, f"{_MAIN}c", r=f"{column}{number}", t="inlineStr")
                etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t").text = text


def _parts(package: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


PROJECT = "xl/vbaProject.bin"
_VERSION = re.compile(rb'Attribute VB_Name = "xlwings"\r\n.*?\'Version: (\d[\w.]*)', re.DOTALL)
_PIECE = 4096
_FIRST_BYTE = b"\x01"
_MOST_LETTERS = 400  # the third line ends before


def runner_version(addin: bytes) -> str | None:
    """Read the version of xlwings' module; None when there is none, or the file is damaged."""
    try:
        with ZipFile(io.BytesIO(addin)) as archive:
            project = archive.read(PROJECT)
    except (BadZipFile, KeyError):
        return None
    place = project.find(_FIRST_BYTE)
    while place >= 0:
        found = _VERSION.search(_beginning(project[place + 1 : place + 3 + _PIECE]))
        if found:
            return found[1].decode()
        place = project.find(_FIRST_BYTE, place + 1)
    return None


def _beginning(piece: bytes) -> bytes:
    """Unpack the beginning of a piece; nothing when it is none."""
    head = int.from_bytes(piece[:2], "little")
    if head >> 12 & 0b111 != 0b011:
        return b""
    packed = piece[2 : 3 + (head & 0xFFF)]
    return packed[:_MOST_LETTERS] if not head >> 15 else _unpacked(packed)


def _unpacked(packed: bytes) -> bytes:
    letters = bytearray()
    place = 0
    while place < len(packed) and len(letters) < _MOST_LETTERS:
        flags, place = packed[place], place + 1
        for bit in range(8):
            if place >= len(packed):
                break
            if not flags >> bit & 1:
                letters.append(packed[place])
                place += 1
            elif not _repeat(letters, int.from_bytes(packed[place : place + 2], "little")):
                return b""
            else:
                place += 2
    return bytes(letters)


def _repeat(letters: bytearray, token: int) -> bool:
    """Repeat letters that stood before; return whether they can have stood there."""
    bits = max((len(letters) - 1).bit_length(), 4)
    back, length = (token >> 16 - bits) + 1, (token & (0xFFFF >> bits)) + 3
    if back > len(letters):
        return False
    for _ in range(length):
        letters.append(letters[-back])
    return True
