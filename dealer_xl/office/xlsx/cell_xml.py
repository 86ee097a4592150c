"""Write one cell as Excel stores it: numbers, days as serial numbers, texts inside the cell itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias
from xml.sax.saxutils import escape

from dealer_xl.office.protocols import Cell
from dealer_xl.office.xlsx.markup import escaped

_FIRST_DAY_1900 = date(1900, 1, 1).toordinal() - 1
_FIRST_DAY_1904 = date(1904, 1, 1).toordinal()
_LAST_DAY_BEFORE_THE_GAP = 59  # Excel believes in 29 February 1900
_SECONDS_A_DAY = 86_400
# Excel reads _x0041_ inside a text as the character with that number.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Formula:
    """A formula to be written without a value; Excel computes it when it opens the file."""

    text: str  # without the equals sign


CellContent: TypeAlias = Cell | Formula


def written_cell(prefix: str, start: str, value: CellContent, *, from_1904: bool = False) -> str:
    """Write a cell; `start` is its start tag without the brackets, its type and value."""
    if value is None:
        return f"<{start}/>"
    if isinstance(value, (date, time)):
        number = serial(value, from_1904=from_1904)
        # A day before Excel's calendar begins can only be a text.
        value = value.isoformat() if number is None else number
    return f"<{start}{_typed_content(prefix, value)}</{prefix}c>"


def _typed_content(prefix: str, value: str | float | Formula) -> str:
    if isinstance(value, str):
        text = f'<{prefix}t xml:space="preserve">{_text(value)}</{prefix}t>'
        return f' t="inlineStr"><{prefix}is>{text}</{prefix}is>'
    if isinstance(value, bool):
        return f' t="b"><{prefix}v>{int(value)}</{prefix}v>'
    if isinstance(value, Formula):
        return f"><{prefix}f>{escaped(value.text)}</{prefix}f>"
    return f"><{prefix}v>{value!r}</{prefix}v>"


def _text(text: str) -> str:
    marked = _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text
    return escape(marked).replace("\r", "_x000D_")


def serial(value: date | time, *, from_1904: bool = False) -> float | None:
    """Return the number by which Excel knows a day or a time; None before its calendar begins."""
    if isinstance(value, time):
        return _part_of_day(value)
    days = value.toordinal() - (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY_1900)
    if days < (0 if from_1904 else 1):
        return None
    if not from_1904 and days > _LAST_DAY_BEFORE_THE_GAP:
        days += 1
    return days + _part_of_day(value.time()) if isinstance(value, datetime) else days


def _part_of_day(value: time) -> float:
    seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1_000_000
    return seconds / _SECONDS_A_DAY
