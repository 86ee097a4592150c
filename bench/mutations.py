"""Damage a workbook in ways that know its structure; the same seed gives the same damage."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from random import Random

_ODD = (
    b"", b"-1", b"0", b"1", b"7", b"99999999999", b"4294967295", b"abc", b"A0", b"XFD1048576", b"XFE1", b"A1048577",
    b"AAAAAAA1", b"B5:A1", b"A:A", b"1.5", b"1e999", b"NaN", b"&#65;", b"&amp;", b"\xe4\xb8\xad", b"\xff", b"true",
    b"s", b"e", b"b", b"d", b"str", b"inlineStr", b"shared", b"array", b"../../../etc/passwd", b"A" * 5000,
)  # fmt: skip
_ELEMENT = re.compile(rb"<[A-Za-z][\w:.\-]*(?:\s[^<>]*)?/?>")
_ATTRIBUTE = re.compile(rb"""(?<=\s)([\w:.\-]+)="([^"<>]*)\"""")
_TEXT = re.compile(rb">([^<>]+)<")
_BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY e SYSTEM "file:///etc/hostname">]>'
)


def mutated(content: bytes, random: Random) -> tuple[str, bytes]:
    """Return the name of the damage and the damaged file."""
    kind, damage = random.choice(_KINDS)
    return kind, damage(content, random)


def _truncated(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def _flipped(content: bytes, random: Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    return bytes(damaged)


def _lying(content: bytes, random: Random) -> bytes:
    """Change the fields of the package's directory, or of its end."""
    damaged = bytearray(content)
    places = [found.start() for found in re.finditer(b"PK\1\2", content)]
    if not places or random.random() < 0.15:
        place = content.rfind(b"PK\5\6") + random.choice((4, 8, 10, 12, 16, 20))
    else:
        place = random.choice(places) + random.choice((4, 6, 8, 10, 12, 16, 20, 24, 28, 30, 32, 38, 42))
    odd = random.choice(
        (0, 1, 2, 8, 9, 14, 99, 0x0800, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, random.getrandbits(32))
    )
    damaged[place : place + 2] = struct.pack("<H", odd & 0xFFFF)
    if random.random() < 0.5:
        damaged[place + 2 : place + 4] = struct.pack("<H", odd >> 16)
    return bytes(damaged)


def _of_parts(change: Callable[[list[tuple[str, bytes]], Random], None]) -> Callable[[bytes, Random], bytes]:
    def damaged(content: bytes, random: Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [(name, package.read(name)) for name in package.namelist()]
        change(parts, random)
        return _packed(parts)

    return damaged


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts:
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _dropped(parts: list[tuple[str, bytes]], random: Random) -> None:
    parts.pop(random.randrange(len(parts)))


def _renamed(parts: list[tuple[str, bytes]], random: Random) -> None:
    place = random.randrange(len(parts))
    name, data = parts[place]
    other = random.choice(
        (f"../{name}", f"/{name}", name.upper(), name.replace("/", "\\"), f"{name}x", "a/../" + name)
    )
    parts[place] = (other, data)


def _swapped_parts(parts: list[tuple[str, bytes]], random: Random) -> None:
    one, other = random.randrange(len(parts)), random.randrange(len(parts))
    parts[one], parts[other] = (parts[one][0], parts[other][1]), (parts[other][0], parts[one][1])


def _edited(parts: list[tuple[str, bytes]], random: Random) -> None:
    """Edit a part's XML, mostly a sheet's."""
    sheets = [place for place, (name, _) in enumerate(parts) if "worksheets/sheet" in name]
    others = [place for place, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))]
    chosen = random.choice(sheets if sheets and random.random() < 0.65 else others or [0])
    name, xml = parts[chosen]
    for _ in range(random.choice((1, 1, 2, 4))):
        xml = random.choice(_EDITS)(xml, random)
    parts[chosen] = (name, xml)


def _any(pattern: re.Pattern[bytes], xml: bytes, random: Random) -> re.Match[bytes] | None:
    """Find one of the pattern's places, each about as likely as another."""
    return pattern.search(xml, random.randrange(len(xml) or 1)) or pattern.search(xml)


def _value(xml: bytes, random: Random) -> bytes:
    found = _any(_ATTRIBUTE, xml, random)
    return xml[: found.start(2)] + random.choice(_ODD) + xml[found.end(2) :] if found else xml


def _no_attribute(xml: bytes, random: Random) -> bytes:
    found = _any(_ATTRIBUTE, xml, random)
    return xml[: found.start()] + xml[found.end() :] if found else xml


def _text(xml: bytes, random: Random) -> bytes:
    found = _any(_TEXT, xml, random)
    return xml[: found.start(1)] + random.choice(_ODD) + xml[found.end(1) :] if found else xml


def _no_tag(xml: bytes, random: Random) -> bytes:
    found = _any(_ELEMENT, xml, random)
    return xml[: found.start()] + xml[found.end() :] if found else xml


def _twice(xml: bytes, random: Random) -> bytes:
    """Repeat a whole element elsewhere: a row, a cell, whatever begins there."""
    found, place = _any(_ELEMENT, xml, random), _any(_ELEMENT, xml, random)
    if not found or not place:
        return xml
    name = re.match(rb"<([\w:.\-]+)", found[0])
    end = found.end()
    if name and not found[0].endswith(b"/>"):
        closing = xml.find(b"</" + name[1] + b">", end)
        end = closing + len(name[1]) + 3 if closing >= 0 else end
    return xml[: place.start()] + xml[found.start() : end] + xml[place.start() :]


def _moved(xml: bytes, random: Random) -> bytes:
    """Swap two cells or rows."""
    pattern = re.compile(rb"<(c|row)\s[^<>]*?(?:/>|>.*?</\1>)", re.DOTALL)
    one = _any(pattern, xml, random)
    other = pattern.search(xml, one.end()) if one else None
    if one is None or other is None:
        return xml
    return xml[: one.start()] + other[0] + xml[one.end() : other.start()] + one[0] + xml[other.end() :]


def _without_addresses(xml: bytes, random: Random) -> bytes:
    name = random.choice((b"c", b"row", b"(?:c|row)"))
    return re.sub(rb"(<" + name + rb')\sr="[^"]*"', rb"\1", xml, count=random.choice((0, 1, 3)))


def _far(xml: bytes, random: Random) -> bytes:
    cell = random.choice((
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 900 + b"</row>",
        b"<row r='900000'><c r='ZZZ900000' t='e'><v>#N/A</v></c></row>",
        b'<row r="9999999999"><c r="A9999999999"><v>1</v></c></row>',
        b'<row><c r="xfd70000"><v>1</v></c></row>',
    ))  # fmt: skip
    return xml.replace(b"</sheetData>", cell + b"</sheetData>")


def _noise(xml: bytes, random: Random) -> bytes:
    """Put in what any XML file may hold, or must not."""
    noise = random.choice((
        b"<!-- <c r='A1'> -->", b"<![CDATA[<row>]]>", b"<?x y?>", b"&a;", b"&c;", b"\x00", b"\x0b", b"\xed\xa0\x80", b"&#0;",
        b"&#xD800;", b"<a>" * 3000, b"<a>" * 3000 + b"</a>" * 3000, b"<!--", b"<![CDATA[", b"]]>", b"x" * 40_000, b"_x0041_",
    ))  # fmt: skip
    found = _any(_ELEMENT, xml, random)
    place = found.end() if found else 0
    return xml[:place] + noise + xml[place:]


def _doctype(xml: bytes, random: Random) -> bytes:
    place = xml.find(b"?>") + 2 if b"?>" in xml else 0
    told = _text(xml[place:], random).replace(b"abc", b"&c;&e;")
    return xml[:place] + _BOMB + told


def _other_letters(xml: bytes, random: Random) -> bytes:
    text = xml.decode(errors="replace")
    return random.choice((
        text.encode("utf-16"),
        text.replace("UTF-8", "GB18030", 1).encode("gb18030", errors="replace"),
        b"\xef\xbb\xbf" + xml,
        xml.replace(b"UTF-8", b"ISO-8859-1", 1),
    ))  # fmt: skip


_EDITS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _value, _value, _value, _no_attribute, _no_attribute, _text, _text, _no_tag, _twice, _twice, _moved, _moved,
    _without_addresses, _far, _noise, _doctype, _other_letters,
)  # fmt: skip
_KINDS: tuple[tuple[str, Callable[[bytes, Random], bytes]], ...] = (
    ("truncated", _truncated),
    ("bytes flipped", _flipped),
    ("zip header lies", _lying),
    ("zip header lies", _lying),
    ("part dropped", _of_parts(_dropped)),
    ("part renamed", _of_parts(_renamed)),
    ("parts swapped", _of_parts(_swapped_parts)),
    *(("XML edited", _of_parts(_edited)) for _ in range(8)),
)
