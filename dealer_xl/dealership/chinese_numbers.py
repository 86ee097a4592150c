"""Numbers in Chinese characters: digits within a text, and whole numbers up to 99,999."""

from __future__ import annotations

import re

_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_RUN = re.compile(rf"[{''.join(_DIGITS)}{''.join(_UNITS)}]+")
_BEFORE_A_UNIT = re.compile(
    rf"[{''.join(_DIGITS)}十]+(?=[年月日号点时个])|(?<=[年月点])[{''.join(_DIGITS)}十]+"
)


def with_digits(text: str) -> str:
    """Write the Chinese numbers of a day or a time in digits: 二〇二六年十一月五日 as 2026年11月5日."""
    return _BEFORE_A_UNIT.sub(lambda found: _digits(found[0]), text)


def _digits(run: str) -> str:
    if "十" in run:
        number = number_of(run)
        return run if number is None else str(number)
    return "".join(str(_DIGITS[sign]) for sign in run)


def number_of(text: str) -> int | None:
    """Return the number that a text such as 八百 or 一万二千 stands for; None where it is none."""
    if not _RUN.fullmatch(text):
        return None
    total = part = digit = 0
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign == "万":
            total, part, digit = (part + digit) * 10_000, 0, 0
        else:
            part, digit = part + (digit or 1) * _UNITS[sign], 0
    if digit and len(text) > 1 and text[-2] in "百千万":
        return None  # 一万二 is 12,000, 一百二 is 120: not said plainly
    return total + part + digit
