"""Styles written twice over, for a program that knows more and for all others (mc:AlternateContent)."""

from __future__ import annotations

import re

from dealer_xl.office.xlsx.markup import attributes, masked

_NAME = rb"(?:[\w.\-]+:)?"
_ALTERNATES = re.compile(
    rb"<(?P<p>" + _NAME + rb")AlternateContent[\s>].*?</(?P=p)AlternateContent\s*>", re.DOTALL
)
_BRANCH = re.compile(
    rb"<(?P<p>" + _NAME + rb")(?P<kind>Choice|Fallback)(?:\s[^<>]*)?>(?P<content>.*?)</(?P=p)(?P=kind)\s*>",
    re.DOTALL,
)
_FORMAT = re.compile(rb"<" + _NAME + rb"(?:xf|numFmt)(?=[\s/>])[^<>]*>")


class UnclearStylesError(Exception):
    """A program that knows more would take other number formats than one that does not."""


def plain_styles(xml: bytes) -> bytes:
    """Return a styles part, or a piece of one, as a program without extensions takes it.

    Raises UnclearStylesError.
    """
    if b"AlternateContent" not in xml:
        return xml
    pieces, position = [], 0
    for found in _ALTERNATES.finditer(masked(xml)):
        pieces += [xml[position : found.start()], _fallback(xml[found.start() : found.end()])]
        position = found.end()
    return b"".join([*pieces, xml[position:]])


def _fallback(alternates: bytes) -> bytes:
    if alternates.count(b"AlternateContent") > 2:  # one inside another
        raise UnclearStylesError
    branches = list(_BRANCH.finditer(alternates))
    fallback = next((branch["content"] for branch in branches if branch["kind"] == b"Fallback"), b"")
    if any(_numbers(branch["content"]) != _numbers(fallback) for branch in branches):
        raise UnclearStylesError
    return fallback


def _numbers(branch: bytes) -> list[tuple[bytes | None, bytes | None]]:
    """Return the number formats that a branch uses or defines, in their order."""
    told = (attributes(tag) for tag in _FORMAT.findall(branch))
    return [(each.get(b"numFmtId"), each.get(b"formatCode")) for each in told]
