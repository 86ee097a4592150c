"""The typed cells of a row."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

Row = dict[str, object]


def day(row: Row, heading: str) -> date | None:
    """Return the cell's date, None where it holds none."""
    value = row.get(heading)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def text(row: Row, heading: str) -> str:
    """Return the cell's text without the space around it, "" where it is blank."""
    value = row.get(heading)
    return "" if value is None else str(value).strip()


def number(row: Row, heading: str) -> Fraction | None:
    """Return the cell's number exactly as it is written, None where it holds none."""
    value = row.get(heading)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        return None
    return Fraction(str(value))


def readable(row: Row, *headings: str) -> bool:
    """Return whether none of the cells has an error by itself (named in the row's "_errors")."""
    wrong = row.get("_errors", ())
    return (
        not any(heading in wrong for heading in headings)
        if isinstance(wrong, set | frozenset | list | tuple)
        else True
    )
