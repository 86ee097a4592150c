"""How one cell is read: what staff typed becomes a value, or the code of what is wrong.

Whatever Excel hands over (text, number, date, yes/no, an error's name) is brought to its plain form first:
full-width characters, spaces, `2026.1.5`, `2026年1月5日`, `20260105`, serial numbers, numbers kept as text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from dealer_xl.dealership import formats
from dealer_xl.schema import Column, Kind

Value: TypeAlias = str | float | int | date | None


class Unreadable(ValueError):  # noqa: N818 - not a fault of the program: the cell's code travels in it
    """The cell cannot be read as its kind; carries the issue code."""


EXCEL_ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
"""What a formula shows that cannot be computed: no entry, whatever the column."""

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?")
_TIME = re.compile(r"(\d{1,2})[:点时](\d{1,2})?分?(?::\d{2})?")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d{1,2})?")
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 109_574  # 1950-01-01 and 2199-12-31: a smaller number is no day of ours
_MOST_YUAN = 10**12  # more would not fit whole fen
_EXACT_DIGITS = 1e15  # Excel keeps fifteen digits of a number


def as_text(cell: object) -> str:
    """Write a cell as text, a whole number without its decimal point."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return str(cell.date())
    return str(cell)


def is_blank(cell: object) -> bool:
    """Return whether a cell holds nothing that a person would see."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or cell != cell  # noqa: PLR0124 - NaN


def read_text(cell: object, column: Column) -> str:
    """Read free text as typed, without outer spaces; what rows are known by in plain letters without any.

    Raises Unreadable for a number of more than fifteen digits: Excel has made zeros of those behind them.
    """
    text = as_text(cell)
    if text in EXCEL_ERRORS:
        raise Unreadable("missing")
    if isinstance(cell, int | float) and abs(cell) >= _EXACT_DIGITS:
        raise Unreadable("out-of-range")
    return re.sub(r"\s+", "", formats.plain(text)) if column.unique or column.refers_to else text


def read_choice(cell: object, column: Column) -> str:
    """Read one of the column's choices."""
    text = formats.plain(as_text(cell)).replace(" ", "")
    if text in column.choices:
        return text
    upper = {choice.upper(): choice for choice in column.choices}
    if text.upper() in upper:
        return upper[text.upper()]
    raise Unreadable("not-in-list")


def read_date(cell: object, _: Column) -> date:
    """Read a day, however it was typed."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _date_of_number(cell)
    text = _closed_up(as_text(cell))
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if found:
        return _date_of(*(int(part) for part in found.groups()[:3]))
    if re.fullmatch(r"\d{5}", text):
        return _date_of_number(float(text))
    raise Unreadable("not-a-date")


def _closed_up(text: str) -> str:
    """Take out the spaces within a date, but not the one before a time."""
    return re.sub(r"\s*([-/.年月])\s*|\s+(?=日)", lambda found: found[1] or "", formats.plain(text))


def _date_of(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise Unreadable("not-a-date") from fault


def _date_of_number(number: float) -> date:
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _SERIAL_ZERO + timedelta(days=int(number))
    if (
        abs(number) < _EXACT_DIGITS
        and float(number).is_integer()
        and (found := _COMPACT_DATE.fullmatch(str(int(number))))
    ):
        return _date_of(*(int(part) for part in found.groups()))
    raise Unreadable("not-a-date")


def read_month(cell: object, _: Column) -> str:
    """Read a month as YYYY-MM."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    found = _MONTH.fullmatch(_closed_up(as_text(cell)))
    if found and 1 <= int(found[2]) <= 12:
        return f"{found[1]}-{int(found[2]):02}"
    raise Unreadable("not-a-date")


def read_time(cell: object, _: Column) -> str:
    """Read a time of day as HH:MM: typed, as Excel's part of a day, or a time cell."""
    if isinstance(cell, datetime | time):
        return f"{cell:%H:%M}"
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    found = _TIME.fullmatch(formats.plain(as_text(cell)).replace(" ", ""))
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return f"{int(found[1]):02}:{int(found[2] or 0):02}"
    raise Unreadable("not-a-date")


def read_number(cell: object, _: Column) -> float:
    """Read a number; thousands may be parted by commas."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _finite(cell)
    text = formats.plain(as_text(cell)).replace(" ", "").replace("¥", "")
    if not _NUMBER.fullmatch(text):
        raise Unreadable("not-a-number")
    return _finite(text.replace(",", ""))


def _finite(number: float | str) -> float:
    try:
        value = float(number)
    except OverflowError as fault:  # a whole number that is longer than any amount
        raise Unreadable("not-a-number") from fault
    if not math.isfinite(value):
        raise Unreadable("not-a-number")
    return value


def read_money(cell: object, column: Column) -> int:
    """Read an amount in yuan as whole fen, rounded half up."""
    yuan = Decimal(repr(read_number(_without_unit(cell), column)))
    if abs(yuan) > _MOST_YUAN:
        raise Unreadable("out-of-range")
    return int((yuan * 100).to_integral_value(ROUND_HALF_UP))


def _without_unit(cell: object) -> object:
    return formats.plain(cell).removesuffix("元") if isinstance(cell, str) else cell


def read_phone(cell: object, _: Column) -> str:
    """Read a phone number without spaces and country code."""
    text = formats.tidy_phone(as_text(cell))
    if not formats.is_phone(text):
        raise Unreadable("phone-format")
    return text


def read_plate(cell: object, _: Column) -> str:
    """Read a licence plate in capitals without separators."""
    text = formats.tidy_plate(as_text(cell))
    if not formats.is_plate(text):
        raise Unreadable("plate-format")
    return text


def read_vin(cell: object, _: Column) -> str:
    """Read a vehicle identification number in capitals."""
    text = formats.tidy_vin(as_text(cell))
    if not formats.is_vin(text):
        raise Unreadable("vin-format")
    return text


READERS: dict[Kind, Callable[[object, Column], Value]] = {
    Kind.TEXT: read_text,
    Kind.CHOICE: read_choice,
    Kind.DATE: read_date,
    Kind.MONTH: read_month,
    Kind.TIME: read_time,
    Kind.NUMBER: read_number,
    Kind.MONEY: read_money,
    Kind.PHONE: read_phone,
    Kind.PLATE: read_plate,
    Kind.VIN: read_vin,
}

DTYPES: dict[Kind, Any] = {
    **dict.fromkeys(Kind, "str"),
    Kind.DATE: "datetime64[s]",
    Kind.NUMBER: "float64",
    Kind.MONEY: "Int64",
}
"""The type of a column in memory, by its kind."""
