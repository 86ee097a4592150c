"""How an entry goes wrong: each makes what is typed into a cell in place of the right thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from dealer_xl.sample.plates import VIN_SIGNS, with_check_digit
from dealer_xl.sample.sample_types import Cell, Row
from dealer_xl.sample.snapshot import Snapshot, day_of

Wrong: TypeAlias = Callable[[Snapshot, Row], Cell]


def typed(cell: Cell) -> Wrong:
    """Put in the same cell whatever stood there."""
    return lambda _snapshot, _row: cell


def days_ahead(days: int) -> Wrong:
    """Put in a day that has not come yet."""
    return lambda snapshot, _row: snapshot.today + timedelta(days=days)


def days_after(key: str, days: int) -> Wrong:
    """Put in the day so many days after the row's other date."""
    return lambda _snapshot, row: day_of(row, key) + timedelta(days=days)


def days_after_leaving(days: int) -> Wrong:
    """Put in the day so many days after the order's car left."""
    return lambda snapshot, row: snapshot.left_on[str(row["order_no"])] + timedelta(days=days)


def days_after_first(days: int) -> Wrong:
    """Put in the day so many days after the order's first call was answered."""
    return lambda snapshot, row: snapshot.answered_on[str(row["order_no"])] + timedelta(days=days)


def longer_vin(_snapshot: Snapshot, row: Row) -> str:
    """Type a sign of the VIN twice."""
    vin = str(row["vin"])
    return vin[:5] + vin[4:]


def vin_with_letter_o(_snapshot: Snapshot, row: Row) -> str:
    """Type the letter O for the zero."""
    return str(row["vin"]).replace("0", "O")


def misread_vin(_snapshot: Snapshot, row: Row) -> str:
    """Misread one sign of the serial number, so that the check digit no longer fits."""
    vin = str(row["vin"])
    readings = (f"{vin[:11]}{sign}{vin[12:]}" for sign in VIN_SIGNS[:10])
    return next(reading for reading in readings if with_check_digit(reading) != reading)


def plate_without_city(_snapshot: Snapshot, row: Row) -> str:
    """Leave out the province."""
    return str(row["plate"])[1:]


def plate_with_letter_o(_snapshot: Snapshot, row: Row) -> str:
    """Type the letter O into the serial."""
    return str(row["plate"])[:-1] + "O"


def phone_cut_short(_snapshot: Snapshot, row: Row) -> str:
    """Leave out the last two digits."""
    return str(row["phone"]).replace("-", "")[:9]
