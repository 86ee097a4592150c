"""The merged cells that a sheet's part lists below its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.xlsx.markup import masked

_MERGED = re.compile(rb"""<(?:[\w.\-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([^"'<>]*)["']""")


def merged_areas(xml: bytes) -> Sequence[Area]:
    """Return the areas of cells that are merged into one."""
    if b"mergeCell" not in xml:
        return []
    areas = (Area.of(found.decode("ascii", "replace")) for found in _MERGED.findall(masked(xml)))
    return [area for area in areas if area is not None]
