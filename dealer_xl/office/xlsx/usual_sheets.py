"""Sheets as Excel writes them, rows in order and each row and cell beginning with its address: looked through by patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from dealer_xl.office.sheets.addresses import LAST_COLUMN, LAST_ROW, column_of
from dealer_xl.office.xlsx.strictness import ROOT

_AT_A_TIME = 1_000_000  # bytes
# A sheet without any of these has fewer than 40,000 rows and 703 columns.
_FAR = re.compile(rb"""r="(?:[A-Za-z]{1,3}(?:[4-9][0-9]{4}|[0-9]{6,})|[A-Za-z]{3,}[0-9])""")


def prefix_of(xml: bytes) -> bytes:
    """Return the namespace's prefix of a sheet's part."""
    root = ROOT.search(xml)
    return (root[1] or b"") if root else b""


def told_cells(xml: bytes) -> int:
    """Count the start tags of cells, whatever the prefix."""
    return sum(xml.count(start) for start in (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/"))


def is_usual(xml: bytes, prefix: bytes) -> bool:
    """Return whether rows stand in order, and each row and cell begins with its address."""
    numbers = list(map(int, _row_number(prefix).findall(xml)))
    is_in_order = all(before < after for before, after in pairwise(numbers))
    return is_in_order and not _without_address(prefix).search(xml)


def has_twins(xml: bytes, prefix: bytes) -> bool:
    """Return whether a usual sheet has two cells of one address: readers do not agree which it is."""
    for start, end in _a_few_rows(xml, prefix):
        places = _place(prefix).findall(xml, start, end)
        if len(set(places)) < len(places):
            return True
    return False


def _a_few_rows(xml: bytes, prefix: bytes) -> Iterator[tuple[int, int]]:
    """Cut a usual sheet into pieces, so that no list of all its cells is made."""
    start = 0
    while start >= 0:
        end = xml.find(b"<" + prefix + b"row ", start + _AT_A_TIME)
        yield start, end if end >= 0 else len(xml)
        start = end


def reach(xml: bytes, prefix: bytes) -> int:
    """Return how many cells the filled corners of a usual sheet span; 0 when none stands far away."""
    if not _FAR.search(xml):
        return 0
    columns, rows = set[bytes](), set[int]()
    for start, end in _a_few_rows(xml, prefix):
        found = filled(prefix).findall(xml, start, end)
        columns.update(letters for letters, _ in found)
        numbers = set(map(int, {number for _, number in found}))  # a cell may claim to be in another row
        rows |= {min(numbers), max(numbers)} if numbers else set()
    if not rows:
        return 0
    places = [column_of(letters.decode()) for letters in columns]
    if max(rows) > LAST_ROW or max(places) > LAST_COLUMN:
        return LAST_ROW * LAST_COLUMN
    return (max(rows) - min(rows) + 1) * (max(places) - min(places) + 1)


@lru_cache(maxsize=16)
def _place(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + rb"""c r="([^"]+)\"""")


@lru_cache(maxsize=16)
def filled(prefix: bytes) -> re.Pattern[bytes]:
    """Build the pattern of a filled cell's start tag: its letters and its row."""
    return re.compile(rb"<" + re.escape(prefix) + rb"""c r="([A-Z]+)([0-9]+)\"(?:[^<>]*[^<>/])?>""")


@lru_cache(maxsize=16)
def _row_number(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + rb"""row r="([0-9]+)\"""")


@lru_cache(maxsize=16)
def _without_address(prefix: bytes) -> re.Pattern[bytes]:
    """Build the pattern of a row or cell that does not begin with its address, as Excel's do: it may be anywhere."""
    return re.compile(rb"<" + re.escape(prefix) + rb"""(?:row|c)(?:[/>]|\s(?!r="))""")
