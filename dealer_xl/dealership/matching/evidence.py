"""What the values of a column say about its meaning, by the readers that judge every entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from dealer_xl.dealership import formats
from dealer_xl.dealership.parsers import READERS, Unreadable, as_text, is_blank
from dealer_xl.schema import Column, Kind

ENOUGH = 0.6
"""Of the values so many must be readable for agreement; fewer than the rest of it is disagreement."""

SAMPLE = 200
"""So many filled cells of a column are looked at."""

TELLING = (Kind.PHONE, Kind.PLATE, Kind.VIN, Kind.DATE)
"""Kinds that free text does not look like by chance."""

_READ_BY_VALUE = (*TELLING, Kind.NUMBER, Kind.MONEY, Kind.MONTH)
_MOBILE = re.compile(r"1[3-9]\d{9}")


def sample(values: Sequence[object]) -> list[object]:
    """Return the first filled cells of a column."""
    filled = [value for value in values if not is_blank(value)]
    return filled[:SAMPLE]


def agreement(values: Sequence[object], column: Column) -> float | None:
    """Return the share of filled values that the column's reader understands; None when they say nothing."""
    filled = sample(values)
    if not filled or column.kind not in _READ_BY_VALUE:
        return None
    return sum(_reads(value, column) for value in filled) / len(filled)


def vetoes(values: Sequence[object], column: Column) -> bool:
    """Return whether the values cannot be the column's: unreadable, or of another telling kind."""
    share = agreement(values, column)
    if share is not None:
        return share < ENOUGH
    telling = telling_kind(values)
    return column.kind in (Kind.TEXT, Kind.CHOICE) and telling is not None


def telling_kind(values: Sequence[object]) -> Kind | None:
    """Return the kind that the values look like, if it is a telling one."""
    filled = sample(values)
    if not filled:
        return None
    shares = {kind: sum(looks(value) for value in filled) / len(filled) for kind, looks in _LOOKS.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= ENOUGH else None


def mobiles(values: Sequence[object]) -> float:
    """Return the share of mobile numbers among the filled values."""
    filled = sample(values)
    found = sum(_MOBILE.fullmatch(formats.tidy_phone(as_text(value))) is not None for value in filled)
    return found / len(filled) if filled else 0.0


def _reads(value: object, column: Column) -> bool:
    if column.kind in (Kind.NUMBER, Kind.MONEY) and isinstance(value, date):
        return False
    try:
        READERS[column.kind](value, column, None)
    except Unreadable:
        return False
    return True


_LOOKS: dict[Kind, Callable[[object], bool]] = {
    Kind.PHONE: lambda value: formats.is_phone(formats.tidy_phone(as_text(value))),
    Kind.PLATE: lambda value: (
        formats.has_province(as_text(value)) and formats.is_plate(formats.tidy_plate(as_text(value)))
    ),
    Kind.VIN: lambda value: formats.is_vin(formats.tidy_vin(as_text(value))),
    Kind.DATE: lambda value: isinstance(value, date),
}
