"""Numbered lists in a joined Word file: Word counts on from letter to letter unless each has a list of its own."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from dealer_xl.office.word.word_package import W

# What stands before the numbering and before the indent in a paragraph's properties; the format fixes the order.
_BEFORE_NUMBERING = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_BEFORE_INDENT = _BEFORE_NUMBERING | {
    f"{W}{name}"
    for name in (
        *(
            "numPr",
            "suppressLineNumbers",
            "pBdr",
            "shd",
            "tabs",
            "suppressAutoHyphens",
            "kinsoku",
            "wordWrap",
        ),
        *(
            "overflowPunct",
            "topLinePunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "bidi",
            "adjustRightInd",
            "snapToGrid",
        ),
        "spacing",
    )
}


@dataclass(frozen=True)
class _StyleList:
    """The list that a style of paragraphs belongs to."""

    number: str
    level: str
    indent: etree._Element | None  # the style's own, which goes before the list's


class Lists:
    """The lists of a joined file."""

    def __init__(self, numbering: etree._Element, styles: etree._Element | None) -> None:
        """Take the part with the lists, to which some are added, and the part with the styles that use them."""
        self._numbering = numbering
        self._levels = {
            (style.get(f"{W}val", "")): level.get(f"{W}ilvl", "0")
            for level in numbering.iterfind(f"{W}abstractNum/{W}lvl")
            for style in level.iterfind(f"{W}pStyle")
        }
        self._styles = _by_identity(styles)
        self._default = next(
            (key for key, style in self._styles.items() if style.get(f"{W}default") in ("1", "true")), ""
        )

    def restart(self, letter: etree._Element) -> None:
        """Restart the numbered lists of a letter, each counting from its start again."""
        for paragraph in letter.iter(f"{W}p"):
            self._number_by_style(paragraph)
        lists = {item.get(f"{W}numId"): item for item in self._numbering.iter(f"{W}num")}
        renamed: dict[str, str] = {}
        for use in letter.iter(f"{W}numId"):
            old = use.get(f"{W}val", "")
            if old in lists and old not in renamed:
                renamed[old] = self._add(lists[old])
            use.set(f"{W}val", renamed.get(old, old))

    def _number_by_style(self, paragraph: etree._Element) -> None:
        """Write into a paragraph which list its style puts it in: only so can it be in another."""
        properties = paragraph.find(f"{W}pPr")
        style = "" if properties is None else _value(properties.find(f"{W}pStyle"))
        found = self._list_of(style or self._default)
        if found is None or (properties is not None and properties.find(f"{W}numPr/{W}numId") is not None):
            return
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        numbering = properties.find(f"{W}numPr")
        if numbering is None:
            numbering = _put(properties, etree.Element(f"{W}numPr"), _BEFORE_NUMBERING)
        if numbering.find(f"{W}ilvl") is None:
            numbering.insert(0, etree.Element(f"{W}ilvl", {f"{W}val": found.level}))
        numbering.insert(1, etree.Element(f"{W}numId", {f"{W}val": found.number}))
        if found.indent is not None and properties.find(f"{W}ind") is None:
            _put(properties, deepcopy(found.indent), _BEFORE_INDENT)

    def _list_of(self, style: str) -> _StyleList | None:
        """Find the list of a style, its own or that of a style it is based on."""
        indent, seen = None, set[str]()
        while style in self._styles and style not in seen:
            seen.add(style)
            own = self._styles[style].find(f"{W}pPr/{W}ind")
            indent = own if indent is None else indent
            numbering = self._styles[style].find(f"{W}pPr/{W}numPr")
            number = _value(numbering.find(f"{W}numId")) if numbering is not None else ""
            if number:
                level = _value(numbering.find(f"{W}ilvl")) if numbering is not None else ""
                return (
                    _StyleList(number, level or self._levels.get(style, "0"), indent)
                    if number != "0"
                    else None
                )
            style = _value(self._styles[style].find(f"{W}basedOn"))
        return None

    def _add(self, like: etree._Element) -> str:
        taken = list(self._numbering.iter(f"{W}num"))
        number = str(max(int(item.get(f"{W}numId", "0")) for item in taken) + 1)
        again = deepcopy(like)
        again.set(f"{W}numId", number)
        for level, start in self._starts(like):
            if again.find(f"{W}lvlOverride[@{W}ilvl='{level}']") is None:
                override = etree.SubElement(again, f"{W}lvlOverride", {f"{W}ilvl": level})
                etree.SubElement(override, f"{W}startOverride", {f"{W}val": start})
        taken[-1].addnext(again)
        return number

    def _starts(self, like: etree._Element) -> list[tuple[str, str]]:
        levels = self._abstract(like).findall(f"{W}lvl")
        return [(level.get(f"{W}ilvl", "0"), _value(level.find(f"{W}start")) or "1") for level in levels]

    def _abstract(self, item: etree._Element) -> etree._Element:
        """Find what a list is made after; a list style stands for another list."""
        number = _value(item.find(f"{W}abstractNumId"))
        found = self._numbering.find(f"{W}abstractNum[@{W}abstractNumId='{number}']")
        if found is None:
            return item
        linked = self._styles.get(_value(found.find(f"{W}numStyleLink")))
        other = "" if linked is None else _value(linked.find(f"{W}pPr/{W}numPr/{W}numId"))
        item_there = self._numbering.find(f"{W}num[@{W}numId='{other}']") if other else None
        if item_there is None or item_there is item:
            return found
        number = _value(item_there.find(f"{W}abstractNumId"))
        through = self._numbering.find(f"{W}abstractNum[@{W}abstractNumId='{number}']")
        return found if through is None else through


def _by_identity(styles: etree._Element | None) -> Mapping[str, etree._Element]:
    return (
        {} if styles is None else {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    )


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _put(properties: etree._Element, element: etree._Element, before: frozenset[str]) -> etree._Element:
    properties.insert(sum(child.tag in before for child in properties), element)
    return element
