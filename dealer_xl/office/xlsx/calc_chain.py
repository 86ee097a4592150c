"""The chain that tells Excel in which order to compute formulas."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dealer_xl.office.xlsx.markup import attributes, masked, start_tag, with_attribute
from dealer_xl.office.xlsx.sheet_rows import UnusualSheetError


def without_cells(xml: bytes, gone: Mapping[str, Collection[str]]) -> bytes:
    """Take cells out of the chain that hold a formula no longer.

    A link that does not name its sheet is on the sheet of the link before it.
    """
    seen = masked(xml)
    prefix = b"x:" if b"<x:calcChain" in seen else b""
    pieces: list[bytes] = []
    position, sheet, told_sheet, is_left = 0, "", "", False
    for tag in start_tag(prefix, b"c").finditer(seen):
        told = attributes(tag[0])
        sheet = told.get(b"i", sheet.encode()).decode()
        pieces.append(xml[position : tag.start()])
        position = tag.end()
        if told.get(b"r", b"").decode() in gone.get(sheet, ()):
            continue
        is_left = True
        pieces.append(tag[0] if b"i" in told or sheet == told_sheet else with_attribute(tag[0], b"i", sheet))
        told_sheet = sheet
    if not is_left:  # an empty chain is no valid one, and taking the part away would touch two more
        raise UnusualSheetError
    return b"".join([*pieces, xml[position:]])
