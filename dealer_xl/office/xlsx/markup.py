"""Find elements in the bytes of an XML part without parsing it, so that all other bytes can stay as they are."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape, unescape

_HIDDEN = re.compile(rb"<!--|<!\[CDATA\[|<\?")
_CLOSING = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
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
    """Read the attributes of a start tag, values as they are written."""
    return {name: value[1:-1] for name, value in _ATTRIBUTE.findall(tag)}


def with_attribute(tag: bytes, name: bytes, value: str) -> bytes:
    """Return the start tag with another value for an attribute, or with the attribute added."""
    written = b'"' + quoted(value).encode() + b'"'
    if attribute(name).search(tag):
        return attribute(name).sub(lambda found: found[1] + written, tag, count=1)
    cut = len(tag) - (2 if closes_itself(tag) else 1)
    return tag[:cut].rstrip() + b" " + name + b"=" + written + tag[cut:]


def text_of(content: bytes) -> str:
    """Read an element's text or an attribute's value."""
    return unescape(content.decode(), {"&quot;": '"', "&apos;": "'"})


def quoted(text: str) -> str:
    """Write a text as an attribute's value."""
    return escape(text, {'"': "&quot;"})
