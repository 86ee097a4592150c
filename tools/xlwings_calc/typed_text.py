"""What Excel makes of a text that is assigned to a cell: a formula, a number, a date, a truth, an error, or text."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

NULL_DATE = date(1899, 12, 30)
GENERAL = "General"
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％：／", "0123456789.,-+%:/")

NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?\s*(?P<money>[¥￥$])?\s*(?P<digits>\d+|\d{1,3}(?:,\d{3})+)?"
    r"(?P<rest>\.\d*)?(?P<power>[eE][+-]?\d+)?\s*(?P<percent>%)?(?P<close>\))?"
)
CLOCK = r"(?P<h>\d{1,4}):(?P<min>[0-5]?\d)(?::(?P<s>[0-5]?\d(?:\.\d+)?))?(?:\s*(?P<half>[AaPp])[Mm]?)?"
TIME = re.compile(CLOCK)
DAYS = (
    re.compile(r"(?P<y>\d{4}|\d{2})(?P<sep>[-/])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})(?:[-/]|月)(?P<d>\d{1,2})日?"),
)
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


class Typed(NamedTuple):
    """A number that a text stands for, and the format that a cell in General takes on with it."""

    number: float
    format: str = GENERAL


def read_typed(text: str, today: date) -> Typed | None:
    """Return which number, date or truth Excel takes a text for, if any."""
    plain = text.translate(FULL_WIDTH).strip(" ")
    if plain.upper() in {"TRUE", "FALSE"}:
        return Typed(float(plain.upper() == "TRUE"), "BOOLEAN")
    return _number(plain) or _moment(plain, today)


def _number(text: str) -> Typed | None:
    found = NUMBER.fullmatch(text)
    if not found or not (found["digits"] or (found["rest"] or "").strip(".")):
        return None
    if bool(found["open"]) != bool(found["close"]) or (found["open"] and found["sign"]):
        return None
    number = float(f"{(found['digits'] or '0').replace(',', '')}{found['rest'] or ''}{found['power'] or ''}")
    if number == float("inf"):
        return None
    if found["sign"] == "-" or found["open"]:
        number = -number
    return Typed(number / 100 if found["percent"] else number, _format_of(found))


def _format_of(found: re.Match[str]) -> str:
    """Return the format that Excel shows a number in as it was typed."""
    places = ".00" if (found["rest"] or ".") != "." else ""
    if found["percent"]:
        return f"0{places}%"
    if found["power"]:
        return "0.00E+00"
    if found["money"]:
        return "¥#,##0.00" if places else "¥#,##0"
    return f"#,##0{places}" if "," in (found["digits"] or "") else GENERAL


def _moment(text: str, today: date) -> Typed | None:
    if found := TIME.fullmatch(text):
        share = _share_of_day(found)
        return None if share is None else Typed(share, "h:mm:ss" if found["s"] else "h:mm")
    first, _, second = text.partition(" ")
    day = _day(first, today)
    if day is None or not second:
        return day
    clock = TIME.fullmatch(second.strip(" "))
    share = _share_of_day(clock) if clock else None
    return None if share is None else Typed(day.number + share, "yyyy/m/d h:mm")


def _share_of_day(found: re.Match[str]) -> float | None:
    hour = int(found["h"])
    if found["half"]:
        if not 0 < hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    return (hour * 3600 + int(found["min"]) * 60 + float(found["s"] or 0)) / 86400


def _day(text: str, today: date) -> Typed | None:
    for way in DAYS:
        if found := way.fullmatch(text):
            return _serial(found.groupdict(), today)
    return None


def _serial(parts: dict[str, str | None], today: date) -> Typed | None:
    year, month, day = (parts.get(name) for name in "ymd")
    full = int(year) if year else today.year
    if year and len(year) == 2:
        full += 2000 if full < 30 else 1900
    try:
        found = date(full, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if full < 1900:
        return None
    shape = "yyyy/m/d" if year and day else 'm"月"d"日"' if day else 'yyyy"年"m"月"'
    return Typed(float((found - NULL_DATE).days), shape)
