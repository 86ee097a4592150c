"""Which xlwings the macros of an add-in are of: its module says so in its third line.

A module is kept compressed ([MS-OVBA] 2.4.1), its first 4096 letters in one piece; the pieces are tried one after
the other, so that neither the file system inside vbaProject.bin nor a package that reads it is needed.
"""

from __future__ import annotations

import io
import re
from zipfile import BadZipFile, ZipFile

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
