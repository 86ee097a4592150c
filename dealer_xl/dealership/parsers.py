"""How one cell is read: what staff typed becomes a value, or what is wrong with it.

Whatever Excel hands over (text, number, date, yes/no, an error's name) is brought to its plain form first:
full-width characters, spaces, `2026.1.5`, `2026年1月5日`, `20260105`, serial numbers, numbers kept as text. What clerks
type besides stands in `choice_words`, `dates`, `amounts`, `phones`, `plates`, `vins`: understood is what has one
meaning, the rest is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any, TypeAlias

from dealer_xl.dealership import choice_words, formats, phones, plates, vins
from dealer_xl.dealership.amounts import read_money, read_number
from dealer_xl.dealership.dates import read_date, read_month, read_time
from dealer_xl.dealership.unreadable import Fault, Unreadable
from dealer_xl.schema import Column, Kind

__all__ = [
    "DTYPES",
    "READERS",
    "Unreadable",
    "Value",
    "as_text",
    "doubts",
    "is_blank",
    "read_choice",
    "read_date",
    "read_money",
    "read_month",
    "read_number",
    "read_phone",
    "read_plate",
    "read_text",
    "read_time",
    "read_vin",
]

Value: TypeAlias = str | float | int | date | None

EXCEL_ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
"""What a formula shows that cannot be computed: no entry, whatever the column."""

SECOND_PHONE = "这里有两个号码，先用第一个，另一个请写到备注"
NO_AREA_CODE = "座机请加区号，如 020-86661234"

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


def read_text(cell: object, column: Column, _: date | None = None) -> str:
    """Read free text as typed, without outer spaces; what rows are known by in plain letters without any.

    Raises Unreadable for a number of more than fifteen digits: Excel has made zeros of those behind them.
    """
    text = as_text(cell)
    if text in EXCEL_ERRORS:
        raise Unreadable("missing")
    if isinstance(cell, int | float) and abs(cell) >= _EXACT_DIGITS:
        raise Unreadable("out-of-range")
    return re.sub(r"\s+", "", formats.plain(text)) if column.unique or column.refers_to else text


def read_choice(cell: object, column: Column, _: date | None = None) -> str:
    """Read one of the column's choices, or a word that means one."""
    text = as_text(cell)
    if choice := choice_words.choice_of(text, column):
        return choice
    raise Unreadable("not-in-list", guess=choice_words.likely_choice(text, column))


def read_phone(cell: object, _: Column, __: date | None = None) -> str:
    """Read a phone number in its plain form; of two the first."""
    text = as_text(cell)
    found = phones.numbers_in(text)
    if found:
        return found[0]
    is_local = re.fullmatch(r"[2-9]\d{2,3}[- ]?\d{4}", formats.plain(text)) is not None
    raise Unreadable("phone-format", NO_AREA_CODE if is_local else "")


def read_plate(cell: object, _: Column, __: date | None = None) -> str:
    """Read a licence plate in capitals without separators."""
    text = as_text(cell)
    plate = plates.tidy(text)
    if not formats.is_plate(plate):
        raise Unreadable("plate-format", plates.advice(text), plates.guess(text))
    return plate


def read_vin(cell: object, _: Column, __: date | None = None) -> str:
    """Read a vehicle identification number in capitals."""
    text = vins.tidy(as_text(cell))
    if not formats.is_vin(text):
        raise Unreadable("vin-format", guess=vins.mended(text))
    return text


def doubts(cell: object, value: Value, column: Column) -> Iterator[Fault]:
    """Yield what is to be asked about a cell that was read."""
    if column.kind is Kind.PHONE and isinstance(cell, str) and len(phones.numbers_in(cell) or ()) > 1:
        yield Fault("phone-format", SECOND_PHONE, used=True)
    if column.kind is Kind.VIN and isinstance(value, str) and not vins.is_proved(value):
        advice = "欧洲车可能没有校验码，请对照行驶证" if value[0] in vins.EUROPE else ""
        yield Fault("vin-check-digit", advice, vins.mended(value))


READERS: dict[Kind, Callable[[object, Column, date | None], Value]] = {
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
"""The reader of each kind: it takes the cell, its column, and today, by which a missing year is found."""

DTYPES: dict[Kind, Any] = {
    **dict.fromkeys(Kind, "str"),
    Kind.DATE: "datetime64[s]",
    Kind.NUMBER: "float64",
    Kind.MONEY: "Int64",
}
"""The type of a column in memory, by its kind."""
