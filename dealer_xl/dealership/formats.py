"""Formally right phones, plates and VINs (sources: sections 5.1 to 5.3 of the notes on systems).

Each check takes the text as `tidy` leaves it and answers yes or no.
"""

from __future__ import annotations

import re
import unicodedata

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_SERIAL = "[A-HJ-NP-Z0-9]"  # a serial never has I or O
_REGION = f"[{PROVINCES}][A-Z]"
_PLATE = re.compile(
    "|".join(
        (
            f"{_REGION}{_SERIAL}{{5}}",
            f"{_REGION}[A-HJK]{_SERIAL}[0-9]{{4}}",  # new energy, small
            f"{_REGION}[0-9]{{5}}[A-HJK]",  # new energy, large
            f"{_REGION}{_SERIAL}{{4}}[挂学警]",
            f"粤Z{_SERIAL}{{4,5}}[港澳]",
            f"[{PROVINCES}][0-9]{{5}}领",
            f"{_REGION}[0-9]{{4}}领",
            "[0-9]{6}使|使[0-9]{6}",
            "[A-Z]{2}[0-9]{5}",  # the armed forces: two letters and five digits
            f"WJ[{PROVINCES}]?[0-9]{{4}}[0-9TDSHBXJ]",  # the armed police
            f"{_REGION}{_SERIAL}{{4}}应急",
            f"临{_REGION}{_SERIAL}{{4,6}}|{_REGION}临{_SERIAL}{{4,6}}|{_REGION}{_SERIAL}{{4,6}}临",  # of paper
        )
    )
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
LOCAL_DIGITS_OF_CITIES = 8  # behind 010 and 02x
_LANDLINE = re.compile(r"0(10|2\d)-?\d{8}(-\d{1,6})?|0[3-9]\d{2}-?\d{7,8}(-\d{1,6})?")
_ABROAD = re.compile(r"\+(85[23]\d{8}|886\d{8,9})")
_SERVICE = re.compile(r"[48]00-?\d{3}-?\d{4}")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_SEPARATORS = re.compile(r"[\s·•・.\-_]+")
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True)
)
_VIN_VALUES |= {digit: int(digit) for digit in "0123456789"}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_LOOKALIKES = str.maketrans("OQI", "001")


def plain(text: str) -> str:
    """Bring full-width and compatibility characters to their plain form, without outer spaces."""
    shown = "".join(
        letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf"
    )
    return shown.strip()


def tidy_plate(text: str) -> str:
    """Write a plate without separators, in capitals."""
    return _SEPARATORS.sub("", plain(text)).upper()


def tidy_vin(text: str) -> str:
    """Write a VIN without separators, in capitals."""
    return _SEPARATORS.sub("", plain(text)).upper()


def tidy_phone(text: str) -> str:
    """Write a phone number without spaces and country code, brackets of an area code as a hyphen."""
    bare = re.sub(r"[\s·.]+", "", plain(text)).replace("—", "-").replace("–", "-")
    home, from_abroad = re.subn(r"^(\+86|0086)-?", "", bare)
    home = re.sub(r"^\((0\d{2,3})\)-?", r"\1-", home)
    if re.fullmatch(r"1[\d-]{10,}", home):
        home = re.sub(r"\D", "", home)
    # From abroad an area code is dialled without its zero; a mobile that lacks a digit is no landline.
    lost_zero = from_abroad and not is_phone(home) and not re.match(r"1[3-9]", home)
    return f"0{home}" if lost_zero and is_phone(f"0{home}") else home


def is_phone(text: str) -> bool:
    """Accept a mobile of 11 digits, a landline with its area code, a 400 or 800 number."""
    return any(form.fullmatch(text) for form in (_MOBILE, _LANDLINE, _SERVICE, _ABROAD))


def is_plate(text: str) -> bool:
    """Accept the plates of civil cars, new energy cars and the special kinds."""
    return _PLATE.fullmatch(text) is not None


def has_province(text: str) -> bool:
    """Return whether a text holds a province's character, as all plates but a few special ones do."""
    return any(character in PROVINCES for character in text)


def is_vin(text: str) -> bool:
    """Accept 17 letters and digits without I, O and Q."""
    return _VIN.fullmatch(text) is not None


def vin_check_digit(vin: str) -> str:
    """Compute the ninth character of a VIN (GB 16735, ISO 3779): the weighted sum modulo 11, 10 as X."""
    total = sum(_VIN_VALUES[letter] * weight for letter, weight in zip(vin, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11]


def mended_vin(text: str) -> str | None:
    """Offer a VIN with O, Q, I read as 0, 0, 1 when the check digit proves it."""
    guess = text.translate(_LOOKALIKES)
    return guess if is_vin(guess) and vin_check_digit(guess) == guess[8] else None
