"""What may stand in a cell, and when two values are the same."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

import pandas as pd

from dealer_xl.errors import DealerXlError
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import LAST_COLUMN, LAST_ROW, address

LONGEST_TEXT = 32_767
"""So many characters (UTF-16 units) fit into one cell of Excel."""

_EXACT = 10**15  # Excel keeps fifteen digits of a number

# No XML file can hold these, escaped or not; nobody sees them in a cell either.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class TextTooLongError(DealerXlError):
    """A cell cannot hold so long a text."""

    def __init__(self, sheet: str, row: int, column: int) -> None:
        super().__init__(
            f"“{sheet}”表{address(row, column)}单元格的文字超过{LONGEST_TEXT}个字，Excel装不下，"
            "没有写入；请把这段文字缩短后再试。"
        )


class SheetFullError(DealerXlError):
    """A sheet has no such row or column."""

    def __init__(self, sheet: str) -> None:
        super().__init__(f"“{sheet}”表已写满{LAST_ROW}行，没有写入；请把往年的记录移到另一个文件后再试。")


def plain(value: object) -> Cell:
    """Turn what pandas and numpy hold into what a cell holds; blanks of every kind are None.

    A whole number of more digits than Excel keeps is a number of an identity card or the like: a text.
    """
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value) or None
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False).replace(tzinfo=None)
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, (bool, date, time)):
        return value
    return _plain_number(value)


def _plain_number(value: object) -> Cell:
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, float):
        return number if math.isfinite(number) else None
    if isinstance(number, (bool, int)):
        return number if abs(number) < _EXACT else str(number)
    raise TypeError(f"a cell cannot hold a {type(value).__name__}")


def same(one: Cell, other: Cell) -> bool:
    """Return whether two values look the same in a cell; a day and its midnight do, 1 and "1" do not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return _timed(one) == _timed(other)


def _timed(value: Cell) -> Cell:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - Excel knows no time zones
    return value


def is_blank(value: Cell) -> bool:
    """Return whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def checked(value: object, sheet: str, row: int, column: int) -> Cell:
    """Return the value as a cell holds it.

    Raises TextTooLongError, SheetFullError.
    """
    if row > LAST_ROW or column > LAST_COLUMN:
        raise SheetFullError(sheet)
    cell = plain(value)
    if isinstance(cell, str) and len(cell) > LONGEST_TEXT // 2 and _units(cell) > LONGEST_TEXT:
        raise TextTooLongError(sheet, row, column)
    return cell


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
