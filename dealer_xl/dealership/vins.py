"""What a VIN that cannot be right may have been: one character mended, and the check digit proves it (GB 16735)."""

from __future__ import annotations

import re

from dealer_xl.dealership import formats

LOOKALIKES = ("0OQD", "1IL7T", "2Z", "5S", "6G", "8B3", "UV", "MN", "4A")
"""Signs that are taken for each other when a VIN is copied by hand."""

EUROPE = frozenset("STUVWXYZ")
"""First letters of makers whose VINs need no check digit (ISO 3780)."""

_LENGTH = 17
_CHECK_PLACE = 8


def tidy(text: str) -> str:
    """Write a VIN in capitals, without separators and a word before it."""
    return re.sub(r"^(VIN码?|车架号码?|车辆识别代号|底盘号)[:：]?", "", formats.tidy_vin(text))


def mended(text: str) -> str:
    """Return the only VIN that differs by one lookalike, or by one sign too many, and has its check digit; else ""."""
    bare = tidy(text)
    candidates = set(_with_lookalikes(bare)) if len(bare) == _LENGTH else set()
    if len(bare) == _LENGTH + 1:
        candidates = {bare[:place] + bare[place + 1 :] for place in range(len(bare))}
    proved = {each for each in candidates if is_proved(each)}
    return next(iter(proved)) if len(proved) == 1 else ""


def is_proved(vin: str) -> bool:
    """Return whether a text is a VIN with its check digit."""
    return formats.is_vin(vin) and formats.vin_check_digit(vin) == vin[_CHECK_PLACE]


def _with_lookalikes(bare: str) -> list[str]:
    """Return the texts with one sign changed into one of its lookalikes; all forbidden ones are changed at once."""
    allowed = formats.mended_vin(bare)
    if allowed:
        return [allowed]
    return [
        bare[:place] + other + bare[place + 1 :]
        for place, sign in enumerate(bare)
        for group in LOOKALIKES
        if sign in group
        for other in group
        if other != sign
    ]
