"""Whether a part can be read in one way only: where readers would differ, it is refused."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from lxml import etree

from dealer_xl.office.xlsx.contents import MAIN_NAMESPACES
from dealer_xl.office.xlsx.markup import masked, start_tag

MOST_CELLS = 4_000_000
"""As many as 150,000 rows of 26 columns have; with more, memory would go beyond one GiB."""

NAME = rb"(?:[\w.\-]+:)?"
ROOT = re.compile(rb"<([\w.\-]+:)?worksheet(?=[\s/>])[^<>]*>")
_ROW = re.compile(rb"<" + NAME + rb"row(?=[\s/>])")
_DATA = re.compile(rb"<" + NAME + rb"sheetData(?=[\s/>])")

# A text stands first in its item, run or spoken form but for the run's format; a run, after the item's text or a run;
# an item, after another.
_STRAY_TEXT = re.compile(
    rb"<(?!@(?:(?:si|is|r|rPh)[\s>]|rPr\s*/>)|/@rPr\s*>)[^<>]*>[^<]*<@t[\s/>]"
    rb"|<(?!@(?:(?:si|is)[\s>]|t\s*/>)|/@[tr]\s*>)[^<>]*>[^<]*<@r[\s/>]"
    rb"|</@r\s*>[^<]*</@r\s*>"
    rb"|<(?!@(?:sst[\s>]|si\s*/>)|/@si\s*>)[^<>]*>[^<]*<@si[\s/>]".replace(b"@", NAME)
)
ENCODING = re.compile(rb"""<\?xml[^<>]*\sencoding\s*=\s*["'](?!utf-?(?:8|16)|(?:us-)?ascii)""", re.IGNORECASE)
_COUNTED = re.compile(rb"<" + NAME + rb"sst\s[^<>]*>")
_COUNT = re.compile(rb"""\suniqueCount\s*=\s*["']([^"']*)["']""")
# An address, a kind or a format written by references: readers that search bytes and those that parse would differ.
_REFERRED = re.compile(rb"<" + NAME + rb"(?:row|c|f)\s[^<>]*&#[^<>]*>")
_BROKEN_UP = re.compile(rb"<" + NAME + rb"[vt](?:\s[^<>]*)?>[^<]*(?:<!--|<\?)")
HEAD = 10_000  # bytes in which a part says what it is


def is_strict(xml: bytes) -> bool:
    """Return whether a part is a worksheet with one value a cell: readers disagree about others."""
    root = ROOT.search(masked(xml))
    is_sheet = root is not None and any(name in root[0] for name in MAIN_NAMESPACES)
    data = [found.start() for found in _DATA.finditer(xml)]
    is_sheet = is_sheet and len(data) <= 1 and not _ROW.search(xml, 0, *data)
    prefix = (root[1] or b"") if root else b""
    data_end = max(xml.rfind(b"sheetData>"), *data, 0)
    is_sheet = is_sheet and not start_tag(prefix, b"row").search(xml, data_end)
    is_sheet = is_sheet and not any(odd.search(xml) for odd in _odd(prefix))
    is_sheet = is_sheet and not (_reference(prefix).search(xml) and _referring_number(prefix).search(xml))
    is_sheet = is_sheet and (_texts_are_alone(xml, prefix) or not _STRAY_TEXT.search(masked(xml)))
    is_sheet = is_sheet and not (b"&#" in xml and _REFERRED.search(xml))
    return is_sheet and not _is_broken_up(xml) and _is_xml(xml)


class _Nowhere:
    """Where the parser sends what it finds when only its judgement is asked for: no tree is built."""

    def close(self) -> None:
        """End, as every target of a parser can."""


def _is_xml(part: bytes) -> bool:
    """Return whether a part is XML at all: the reader of cells does not ask, and what it then makes of it nobody can tell."""
    nowhere = cast("etree.ParserTarget", _Nowhere())  # the stubs ask for more than lxml does
    parser = etree.XMLParser(target=nowhere, resolve_entities=False, no_network=True)
    try:
        etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        return False
    return not parser.error_log.filter_from_errors()  # such as a prefix that stands for nothing


def _texts_are_alone(xml: bytes, prefix: bytes) -> bool:
    """Return quickly whether each text is the whole of an inline one; False may only mean that there are formatted runs."""
    start = b"<" + prefix + b"t"
    return xml.count(b"<" + prefix + b"is>" + start) == xml.count(start + b">") + xml.count(start + b" ")


def is_readable(xml: bytes) -> bool:
    """Return whether the shared texts are as many as may be: the reader makes room for the number told, and dies of it."""
    lists = _COUNTED.findall(xml)
    told = _COUNT.findall(b"".join(lists))
    is_list = len(lists) == 1 and any(name in lists[0] for name in MAIN_NAMESPACES)
    are_possible = is_list and all(count.isdigit() and int(count) <= MOST_CELLS for count in told)
    seen = masked(xml)
    are_possible = are_possible and b"<!DOCTYPE" not in seen and not _STRAY_TEXT.search(seen) and _is_xml(xml)
    return are_possible and not _is_broken_up(xml) and not ENCODING.search(xml, 0, HEAD)


def _is_broken_up(xml: bytes) -> bool:
    """Return whether a comment stands inside a value, of which the reader would take the part before it only."""
    return (b"<!--" in xml or xml.count(b"<?") > 1) and _BROKEN_UP.search(xml) is not None


@lru_cache(maxsize=16)
def _odd(prefix: bytes) -> tuple[re.Pattern[bytes], ...]:
    """Build the patterns of what readers make different things of."""
    name = re.escape(prefix)
    patterns = (
        rb"""t="s"[^<>]*>[^<]*(?:<(?!/?@[vc][\s>])[^<]*)*<@v>(?!\s*[0-9]+\s*</)""",  # a shared text is told by its number
        rb"</@row>\s*<@c[\s>]",  # a cell in no row, or inside a text
        rb"<@is>[^<]*(?:<(?!/@is>|@(?:c|row|is)[\s>])[^<]*)*<@(?:c|row|is)[\s>]",
        rb"<@v[\s/>][^<]*<(?!/@[vc][\s>])",  # an element or CDATA inside a value, or two values
        rb"</@v>(?!</@c>)[^<]*<(?!/@c[\s>]|@(?:is|extLst)[\s/>])",
        rb"</@is>(?!</@c>)[^<]*<(?!/@c[\s>]|@extLst[\s/>])",
    )
    return tuple(re.compile(pattern.replace(b"@", name)) for pattern in patterns)


@lru_cache(maxsize=16)
def _reference(prefix: bytes) -> re.Pattern[bytes]:
    """Build the pattern of a value with a character written as a reference, which a text may have."""
    return re.compile(rb"<" + re.escape(prefix) + rb"v>[^<&]*&")


@lru_cache(maxsize=16)
def _referring_number(prefix: bytes) -> re.Pattern[bytes]:
    """Build the pattern of a number with such a character: the reader would leave it out, and `4&#50;` be a 4."""
    pattern = rb"""<@c(?=[\s>])(?![^<>]*\st\s*=\s*["'](?:str|e)["'])[^<>]*>"""
    pattern += rb"[^<]*(?:<@f(?:\s[^<>]*)?(?:/>|>[^<]*</[^<>]*>)[^<]*)*<@v>[^<&]*&"
    return re.compile(pattern.replace(b"@", re.escape(prefix)))
