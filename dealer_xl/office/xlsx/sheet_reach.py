"""Lengthen what reaches over a table's rows: colour rules, drop-downs, the filter, the sheet's extent."""

from __future__ import annotations

import re
from collections.abc import Collection

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.sheet_change import Growth
from dealer_xl.office.xlsx.markup import attributes, masked, replaced, start_tag, text_of, with_attribute

_RULES = (b"conditionalFormatting", b"dataValidation", b"ignoredError")
# Rules that came with Excel 2010 tell their reach in an element of their own.
_REACH = re.compile(rb"<(?:[\w.\-]+:)?sqref\s*>([^<]*)(?=</)")
_TABLE = re.compile(rb"""<(?:[\w.\-]+:)?(?:table|autoFilter)(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>""")


def lengthened(prefix: bytes, tail: bytes, growths: Collection[Growth]) -> bytes:
    """Return `tail`, which follows the rows, with the rules that reached a table's last row lengthened to its new rows."""
    if not growths:
        return tail
    seen = masked(tail)
    changes: list[tuple[int, int, bytes]] = []
    for tag in start_tag(prefix, *_RULES).finditer(seen):
        reach = attributes(tag[0]).get(b"sqref", b"").decode()
        longer = with_growths(reach, growths)
        if longer != reach:
            changes.append((*tag.span(), with_attribute(tag[0], b"sqref", longer)))
    for element in _REACH.finditer(seen):
        reach = text_of(element[1])
        longer = with_growths(reach, growths)
        if longer != reach:
            changes.append((*element.span(1), longer.encode()))
    return replaced(tail, sorted(changes))


def with_growths(reach: str, growths: Collection[Growth]) -> str:
    """Return a list of areas, each lengthened by the growths it takes part in."""
    longer = [_with_growths(part, growths) for part in reach.split()]
    return " ".join(longer) if longer != reach.split() else reach


def _with_growths(part: str, growths: Collection[Growth]) -> str:
    told = Area.of(part)
    if told is None:
        return part
    area = told
    for growth in growths:
        reaches = any(told.top <= edge <= told.bottom for edge in growth.edges)
        is_beside = told.left <= growth.rows.right and growth.rows.left <= told.right
        if reaches and is_beside:
            area = area.down_to(max(area.bottom, growth.rows.bottom))
    return part if area == told else str(area)


def with_extent(prefix: bytes, head: bytes, written: Area) -> bytes:
    """Correct the sheet's told extent so that it covers the cells written; `head` is what precedes the rows."""
    tag = start_tag(prefix, b"dimension").search(masked(head))
    told = Area.of(attributes(tag[0]).get(b"ref", b"").decode()) if tag else None
    if tag is None or told is None:
        return head
    wider = told.with_area(written)
    if wider == told:
        return head
    return replaced(head, [(*tag.span(), with_attribute(tag[0], b"ref", str(wider)))])


def recalculating(prefix: bytes, tail: bytes) -> bytes:
    """Ask Excel to compute the sheet anew when it opens the file: formulas may look at what was written."""
    tag = start_tag(prefix, b"sheetCalcPr").search(masked(tail))
    if tag is not None:
        return replaced(tail, [(*tag.span(), with_attribute(tag[0], b"fullCalcOnLoad", "1"))])
    return b"<" + prefix + b'sheetCalcPr fullCalcOnLoad="1"/>' + tail


def grown_table(xml: bytes, growth: Growth) -> bytes:
    """Return the part of an Excel table with its reach and that of its filter down to the last new row."""
    changes: list[tuple[int, int, bytes]] = []
    for tag in _TABLE.finditer(masked(xml)):
        area = Area.of(attributes(tag[0]).get(b"ref", b"").decode())
        if area is not None and area.bottom < growth.rows.bottom:
            longer = str(area.down_to(growth.rows.bottom))
            changes.append((*tag.span(), with_attribute(tag[0], b"ref", longer)))
    return replaced(xml, changes)
