"""Formulas in Excel's spelling and in the one that UNO speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

QUOTED = r'"(?:[^"]|"")*"'
ERROR = r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!)"
EXCEL = re.compile(rf"{QUOTED}|{ERROR}|'(?:[^']|'')+'!|[^\W\d][\w.]*!|[,;{{}}]")
CALC = re.compile(
    rf"{QUOTED}|{ERROR}|(?:\$?'(?:[^']|'')+'|\$?[^\W\d]\w*)\.(?=\$?[A-Z]{{1,3}}(?:\$?\d|:))|[;|{{}}]"
)


class Formula(str):
    """A text that is a formula, in Excel's own spelling."""

    __slots__ = ()


def to_calc(formula: str) -> str:
    """Spell an Excel formula as UNO wants it."""
    return _respelled(formula, EXCEL, {",": ";"}, {",": ";", ";": "|"}, lambda name: f"${name[:-1]}.")


def to_excel(formula: str) -> str:
    """Spell a formula of Calc as Excel does."""
    return _respelled(
        formula, CALC, {";": ","}, {";": ",", "|": ";"}, lambda name: f"{name[:-1].removeprefix('$')}!"
    )


def _respelled(
    formula: str,
    parts: re.Pattern[str],
    outside: Mapping[str, str],
    inside: Mapping[str, str],
    sheet: Callable[[str], str],
) -> str:
    """Exchange separators, which differ inside an array in braces, and the mark behind a sheet's name."""
    depth = 0

    def exchanged(found: re.Match[str]) -> str:
        nonlocal depth
        part = found[0]
        if part[0] in '"#':
            return part
        if part in "{}":
            depth += 1 if part == "{" else -1
            return part
        return (inside if depth else outside).get(part, part) if len(part) == 1 else sheet(part)

    return parts.sub(exchanged, formula)
