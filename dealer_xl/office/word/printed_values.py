"""How a value prints in a letter."""

from __future__ import annotations

import re
from datetime import date
from math import isnan

_UNPRINTABLE = re.compile(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_TEXTS = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*[\n\t][^<]*)(</w:t>)")


def shown(value: object) -> object:
    """Return a value as a letter prints it: no `None`, no `nan`, no `13800138000.0`."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", re.sub(r"\r\n?|[\v\f]", "\n", value))
    return value


def with_lines(xml: str) -> str:
    """Return a text whose line breaks and tabs show in Word, which takes them for blanks as they are."""
    return _TEXTS.sub(_broken_line, xml) if "\n" in xml or "\t" in xml else xml


def _broken_line(text: re.Match[str]) -> str:
    opening, words, closing = text.groups()
    again = '<w:t xml:space="preserve">'
    words = words.replace("\n", f"</w:t><w:br/>{again}").replace("\t", f"</w:t><w:tab/>{again}")
    return f"{opening}{words}{closing}"
