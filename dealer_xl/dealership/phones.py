"""Phone numbers in a cell, in whatever spelling, with remarks or names around them, one or several.

Mobiles have 11 digits. A landline has an area code of three digits (010, 02x) and eight digits, or one of four and
seven or eight (systems.md 5.3); it is written 020-86661234, so that the same number in any spelling is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dealer_xl.dealership import formats

_GAP = r"[-\s·.]*"
_MOBILE = re.compile(rf"(?:(?:\+|00)?86{_GAP})?0?(1[3-9]\d(?:{_GAP}\d){{8}})(?!\d)")
_EXTENSION = r"(?:(?:转|分机|ext\.?|x|\*|#|-)\s*(\d{1,6}))?"
_LANDLINE = re.compile(
    rf"(?:(?:\+|00)86{_GAP}0?|\(?0)(10|2\d|[3-9]\d{{2}})\)?{_GAP}(\d(?:{_GAP}\d){{6,7}})(?!\d)\s*{_EXTENSION}",
    re.IGNORECASE,
)
_SERVICE = re.compile(rf"([48]00(?:{_GAP}\d){{7}})(?!\d)")
_ABROAD = re.compile(rf"(?:\+|00)(85[23]{_GAP}\d{{4}}{_GAP}\d{{4}}|886{_GAP}\d(?:{_GAP}\d){{7,8}})(?!\d)")
_FORMS = (_MOBILE, _ABROAD, _SERVICE, _LANDLINE)

GONE = re.compile(r"停机|空号|作废|停用|不用|错号|打错|旧号|换号|换了|错误|无效|注销")
"""Remarks that say the number beside them is not to be called."""


def numbers_in(text: str) -> list[str] | None:
    """Return the phone numbers of a text in their plain form; None where digits are left that belong to none."""
    plain = formats.plain(text).replace("—", "-").replace("–", "-").replace("−", "-")
    found, rest = [], []
    place = 0
    while place < len(plain):
        number, end = _number_at(plain, place)
        if number:
            found.append(number)
            place = end
        else:
            rest.append(plain[place])
            place += 1
    left = "".join(rest)
    return None if any(sign.isdigit() for sign in left) or GONE.search(left) else found


def _number_at(text: str, place: int) -> tuple[str, int]:
    """Return the plain form of the number that begins at a place, and where it ends; "" where none does."""
    if place and text[place - 1].isdigit():
        return "", place
    for form in _FORMS:
        found = form.match(text, place)
        if found and (number := _plain(form, found)):
            return number, found.end()
    return "", place


def _plain(form: re.Pattern[str], found: re.Match[str]) -> str:
    digits = [re.sub(r"\D", "", part or "") for part in found.groups()]
    if form is not _LANDLINE:
        return f"+{digits[0]}" if form is _ABROAD else digits[0]
    area, local, extension = digits
    if len(area) == 2 and len(local) != formats.LOCAL_DIGITS_OF_CITIES:
        return ""
    return f"0{area}-{local}" + (f"-{extension}" if extension else "")


def without_one_digit(text: str) -> Iterator[str]:
    """Yield what a number may have been before one digit too many was typed."""
    digits = re.sub(r"\D", "", formats.plain(text))
    yield from dict.fromkeys(digits[:place] + digits[place + 1 :] for place in range(len(digits)))
