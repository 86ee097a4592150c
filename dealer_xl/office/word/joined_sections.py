"""The ends of sections in a joined Word file: where a letter stops, begins its page and counts its pages."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from dealer_xl.office.word.word_package import R, W

_KINDS = {f"{W}headerReference": "header", f"{W}footerReference": "footer"}
# What stands behind the type and behind the page numbering in a section's end; the format fixes the order.
_BEFORE_TYPE = frozenset({*_KINDS, f"{W}footnotePr", f"{W}endnotePr"})
_BEFORE_NUMBERS = _BEFORE_TYPE | {
    f"{W}{name}" for name in ("type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType")
}


def body_of(document: etree._Element) -> etree._Element:
    """Find the body of a document: its last part, behind a background that it may have."""
    return document[-1]


def ended(document: etree._Element) -> etree._Element:
    """Return a document's end of its last section, added where a program left it out."""
    body = body_of(document)
    if len(body) == 0 or body[-1].tag != f"{W}sectPr":
        etree.SubElement(body, f"{W}sectPr")
    return document


def sections(document: etree._Element) -> list[etree._Element]:
    """Find the ends of all sections, in the order of the pages; what a tracked change keeps of an older one is none."""
    return [
        end
        for end in document.iter(f"{W}sectPr")
        if getattr(end.getparent(), "tag", "") != f"{W}sectPrChange"
    ]


def references(section: etree._Element) -> Iterator[etree._Element]:
    """Find a section's references to headers and footers."""
    return section.iter(*_KINDS)


def close(body: etree._Element) -> None:
    """End the last section where the body ends, so that another letter can follow."""
    section = body[-1]
    last = section.getprevious()
    if last is None or last.tag != f"{W}p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        last = etree.Element(f"{W}p")
        section.addprevious(last)
    properties = last.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        last.insert(0, properties)
    change = properties.find(f"{W}pPrChange")
    properties.insert(len(properties) if change is None else properties.index(change), section)


def begin_page(section: etree._Element) -> None:
    """Make a section begin on a new page that is page one, whatever it said before."""
    kind = section.find(f"{W}type")
    if kind is not None and kind.get(f"{W}val") == "continuous":
        section.remove(kind)
    numbers = section.find(f"{W}pgNumType")
    if numbers is None:
        numbers = etree.Element(f"{W}pgNumType")
        section.insert(sum(child.tag in _BEFORE_NUMBERS for child in section), numbers)
    if numbers.get(f"{W}start") is None:
        numbers.set(f"{W}start", "1")


def point(section: etree._Element, renamed: dict[str, str]) -> None:
    """Point a section's headers and footers at the letter's own parts."""
    for reference in references(section):
        old = reference.get(f"{R}id", "")
        reference.set(f"{R}id", renamed.get(old, old))


def missing(document: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the headers (`header`) and footers that the first section lacks and a later one has, by their type.

    Such a section would take over the header of the letter before.
    """
    first, *later = sections(document)
    has = {(item.tag, item.get(f"{W}type")) for item in references(first)}
    for tag, kind in {
        (item.tag, item.get(f"{W}type", "")) for end in later for item in references(end)
    } - has:
        yield _KINDS[str(tag)], kind


def refer(section: etree._Element, kind: str, page: str, identity: str) -> None:
    """Set a section's header or footer for a type of page."""
    section.insert(0, etree.Element(f"{W}{kind}Reference", {f"{W}type": page, f"{R}id": identity}))
