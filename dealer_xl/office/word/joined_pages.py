"""`第 x 页 共 y 页` in a joined Word file: the number of pages is that of the letter.

Only Word knows a field for the pages of a section, and a letter may have several. So the last page of a letter bears
a bookmark, and its number is referred to: pages count from one in each letter.
"""

from __future__ import annotations

import re

from lxml import etree

from dealer_xl.office.word.field_codes import field_codes
from dealer_xl.office.word.word_package import W

_TOTAL = re.compile(r"(\s*)(?:NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_FIRST_MARK = 900_000  # numbers of bookmarks stand once in a file; Word counts its own from 0
_IN_BOX = f"{W}txbxContent"


def mark_of(letter: int) -> str:
    """Return the name of the bookmark at a letter's end; one that begins so is not shown in Word's list."""
    return f"_LetterEnd{letter}"


def counts_pages(root: etree._Element) -> bool:
    """Return whether a part prints the number of pages."""
    return any(_TOTAL.match(code.text) for code in field_codes(root))


def count_own_pages(root: etree._Element, letter: int) -> None:
    """Make a part print the number of pages of its letter."""
    for code in list(field_codes(root)):
        if _TOTAL.match(code.text):
            code.say(_TOTAL.sub(rf"\1PAGEREF {mark_of(letter)}", code.text, count=1))


def mark_end(body: etree._Element, letter: int) -> None:
    """Put the bookmark into the last paragraph of a letter."""
    paragraphs = [p for p in body.iter(f"{W}p") if not any(a.tag == _IN_BOX for a in p.iterancestors())]
    last = paragraphs[-1] if paragraphs else etree.Element(f"{W}p")
    if not paragraphs:
        body.insert(0, last)
    number = str(_FIRST_MARK + letter)
    etree.SubElement(last, f"{W}bookmarkStart", {f"{W}id": number, f"{W}name": mark_of(letter)})
    etree.SubElement(last, f"{W}bookmarkEnd", {f"{W}id": number})
