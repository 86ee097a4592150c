"""The merged cells of an open sheet: Excel has no list of them, so areas are halved until they are found."""

from __future__ import annotations

from collections.abc import Iterator

from dealer_xl.office.live.live_sheet import LiveSheet
from dealer_xl.office.sheets.addresses import Area


def merged_in(sheet: LiveSheet, area: Area) -> list[Area]:
    """Return the merged cells of an area; one question where there are none."""
    return sorted(set(_found(sheet, area)), key=lambda each: (each.top, each.left))


def _found(sheet: LiveSheet, area: Area) -> Iterator[Area]:
    if not sheet.has_merged(area):
        return
    if (area.top, area.left) == (area.bottom, area.right):
        yield sheet.merge_area(area.top, area.left)
        return
    for half in _halves(area):
        yield from _found(sheet, half)


def _halves(area: Area) -> tuple[Area, Area]:
    if area.bottom > area.top:
        middle = (area.top + area.bottom) // 2
        return area.down_to(middle), Area(middle + 1, area.left, area.bottom, area.right)
    middle = (area.left + area.right) // 2
    return Area(area.top, area.left, area.bottom, middle), Area(area.top, middle + 1, area.bottom, area.right)
