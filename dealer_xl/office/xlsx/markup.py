"""Find elements in the bytes of an XML part without parsing it, so that all other bytes can stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

_HIDDEN = re.compile(rb"<!--|<!\[CDATA\[|<\?")
_CLOSING = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_REFERENCE = re.compile(r"&(?:#([0-9]{1,9})|#x([0-9A-Fa-f]{1,8})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# A literal line break or tab in an attribute reads as a blank, so a value has to name them.
_IN_ATTRIBUTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
# The rest of a start tag; a quoted value may hold a `>`.
_REST = rb"""(?=[\s/>])([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>"""


def masked(xml: bytes) -> bytes:
    """Blank out comments, CDATA and instructions, so that nothing inside them is taken for an element."""
    if b"<!" not in xml and xml.rfind(b"<?") <= 0:  # the only one stands at the start and tells the version
        return xml
    pieces: list[bytes] = []
    position = 0
    while found := _HIDDEN.search(xml, position):
        closing = _CLOSING[found[0]]
        end = xml.find(closing, found.end())
        if end < 0:  # no XML; the parser will say so
            break
        pieces += [xml[position : found.start()], b" " * (end + len(closing) - found.start())]
        position = end + len(closing)
    return b"".join([*pieces, xml[position:]])


@lru_cache(maxsize=256)
def start_tag(prefix: bytes, *names: bytes) -> re.Pattern[bytes]:
    """Build the pattern of an element's start tag; group 1 is what follows the name."""
    return re.compile(rb"<" + re.escape(prefix) + rb"(?:" + b"|".join(names) + rb")" + _REST)


@lru_cache(maxsize=256)
def end_tag(prefix: bytes, name: bytes) -> re.Pattern[bytes]:
    """Build the pattern of an element's end tag."""
    return re.compile(rb"</" + re.escape(prefix + name) + rb"\s*>")


@lru_cache(maxsize=64)
def attribute(name: bytes) -> re.Pattern[bytes]:
    """Build the pattern of one attribute; group 2 is its value with the quotes."""
    return re.compile(rb"""(\s""" + re.escape(name) + rb"""\s*=\s*)("[^"]*"|'[^']*')""")


def closes_itself(tag: bytes) -> bool:
    """Return whether a start tag is an element without content."""
    return tag.endswith(b"/>")


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """Return the attributes of a start tag, values decoded."""
    return {
        name: value[1:-1] if b"&" not in value else text_of(value[1:-1]).encode()
        for name, value in _ATTRIBUTE.findall(tag)
    }


def with_attribute(tag: bytes, name: bytes, value: str) -> bytes:
    """Return the start tag with another value for an attribute, or with the attribute added."""
    written = b'"' + quoted(value).encode() + b'"'
    if attribute(name).search(tag):
        return attribute(name).sub(lambda found: found[1] + written, tag, count=1)
    cut = len(tag) - (2 if closes_itself(tag) else 1)
    return tag[:cut].rstrip() + b" " + name + b"=" + written + tag[cut:]


def replaced(xml: bytes, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Return the part with some of its pieces, each from a start to an end, exchanged; they come in order."""
    pieces, position = [], 0
    for start, end, content in changes:
        pieces += [xml[position:start], content]
        position = end
    return b"".join([*pieces, xml[position:]])


def text_of(content: bytes) -> str:
    """Return the text that an element's content or an attribute's value stands for.

    Character references of both kinds, the five entities of XML, CDATA and comments are resolved.
    """
    pieces: list[str] = []
    position = 0
    while found := _HIDDEN.search(content, position):
        closing = _CLOSING[found[0]]
        end = content.find(closing, found.end())
        if end < 0:
            break
        pieces.append(_resolved(content[position : found.start()].decode()))
        if found[0] == b"<![CDATA[":
            pieces.append(content[found.end() : end].decode())
        position = end + len(closing)
    return "".join([*pieces, _resolved(content[position:].decode())])


def escaped(text: str) -> str:
    """Return a text as an element's content; a carriage return would be read as a line feed."""
    return escape(text, {"\r": "&#13;"})


def quoted(text: str) -> str:
    """Return a text as an attribute's value."""
    return escape(text, _IN_ATTRIBUTES)


def _resolved(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return _NAMED[name]
    return chr(int(decimal) if decimal else int(hexadecimal, 16))
