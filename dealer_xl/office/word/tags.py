"""The tags in a paragraph of a template: whole ones, broken ones, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

# What a Chinese keyboard types for the braces, alone or mixed with the narrow ones.
_NARROW = (
    (re.compile("[{｛]{2}"), "{{"),
    (re.compile("[}｝]{2}"), "}}"),
    (re.compile("[{｛][%％]"), "{%"),
    (re.compile("[%％][}｝]"), "%}"),
)
_OPENS = re.compile(r"\{[{%#]")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LEFT_OVER = re.compile(r"\{[{%#]|[}%#]\}|[{｛][{｛%％]|[}｝%％][}｝]")
_FOR_OBJECTS = re.compile(r"\{\{(?:p|tr|tc|r)\s")  # docxtpl's, for objects that we do not hand in
_BRACKETS = (("[{｛]", "[}｝]"), ("[«]", "[»]"), ("【", "】"), ("<<|《《|＜＜", ">>|》》|＞＞"))


class BrokenTags(Exception):  # noqa: N818 - turned into a sentence where the template's name is known
    """A tag is not whole."""


def narrowed(text: str) -> str:
    """Return a text with the braces of tags as Jinja writes them."""
    for wide, narrow in _NARROW:
        text = wide.sub(narrow, text)
    return text


def tags_of(text: str) -> tuple[list[str], str]:
    """Return the tags of a text, and what is left without them, in one pass.

    Raises BrokenTags.
    """
    tags, rest, position = list[str](), list[str](), 0
    while found := _OPENS.search(text, position):
        end = text.find(_CLOSES[found[0]], found.end())
        if end < 0:
            raise BrokenTags
        rest.append(text[position : found.start()])
        position = end + len("}}")
        tags.append(text[found.start() : position])
    left = "\0".join([*rest, text[position:]])
    if _LEFT_OVER.search(left) or any(map(_FOR_OBJECTS.match, tags)):
        raise BrokenTags
    return tags, left


def near_field(left: str, names: Collection[str]) -> str:
    """Return what stands beside a text's tags and looks like one of the fields, or nothing: {名}, 【名】, «名»."""
    found = _near(tuple(sorted(names))).search(left) if names else None
    return found[0] if found else ""


@lru_cache(maxsize=8)
def _near(names: tuple[str, ...]) -> re.Pattern[str]:
    name = "|".join(map(re.escape, names))
    return re.compile("|".join(rf"(?:{opens})\s*(?:{name})\s*(?:{closes})" for opens, closes in _BRACKETS))
