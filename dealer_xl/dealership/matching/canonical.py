"""One spelling for headings that mean the same: hints cut off, words of the trade made one."""

from __future__ import annotations

import re
from functools import lru_cache

from dealer_xl.dealership.matching.vocabulary import OPPOSITES, OWNER_WORDS, SAME_WORDS, SUBJECT_WORDS
from dealer_xl.heading_text import normal

_BRACKETED = re.compile(r"[(\[{【〔<《][^)\]}】〕>》]*[)\]}】〕>》]")
_UNIT = re.compile(r"(?<=[\u4e00-\u9fff])(vin|km|no|元|%|/.*)$")
_NUMBERED = re.compile(r"(?<=[\u4e00-\u9fff])(\d{1,2}|[一二])$")
_STANDS_FOR = {word: group[0] for group in SAME_WORDS for word in group}
_ANY_WORD = re.compile("|".join(sorted(map(re.escape, _STANDS_FOR), key=len, reverse=True)))
PERSON = "名"
"""What an owner word alone stands for."""


@lru_cache(maxsize=8192)
def canonical(heading: str, table: str = "") -> str:
    """Return the form in which headings of a table are the same when they mean the same."""
    text = _made_one(without_hints(normal(heading)))
    for word in SUBJECT_WORDS.get(table, ()):
        text = _without_prefix(text, word, "")
    for word in OWNER_WORDS:
        text = _without_prefix(text, word, PERSON)
    return re.sub("日$", "日期", _made_one(text))


def _made_one(text: str) -> str:
    """Return a text in which the first word of each group stands for the others."""
    return _ANY_WORD.sub(lambda found: _STANDS_FOR[found[0]], text)


def without_hints(text: str) -> str:
    """Return a normal heading without what stands in brackets, its unit and its number."""
    bare = _BRACKETED.sub("", text)
    bare = _NUMBERED.sub("", _UNIT.sub("", bare))
    return bare or text


def _without_prefix(text: str, word: str, alone: str) -> str:
    if text == word:
        return alone or text
    return text.removeprefix(word)


def are_opposite(one: str, other: str) -> bool:
    """Return whether two headings differ by a pair of words of which one excludes the other."""
    return any(
        (first in one and second in other and second not in one and first not in other)
        or (second in one and first in other and first not in one and second not in other)
        for first, second in OPPOSITES
    )
