"""Numbered lists in a joined Word file: Word counts on from letter to letter unless each has a list of its own."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from dealer_xl.office.word.word_package import W


def restart_lists(letter: etree._Element, numbering: etree._Element) -> None:
    """Restart the numbered lists of a letter, each counting from its start again."""
    lists = {item.get(f"{W}numId"): item for item in numbering.iter(f"{W}num")}
    renamed: dict[str, str] = {}
    for use in letter.iter(f"{W}numId"):
        old = use.get(f"{W}val", "")
        if old not in lists:
            continue
        if old not in renamed:
            renamed[old] = _add_list(numbering, lists[old])
        use.set(f"{W}val", renamed[old])


def _add_list(numbering: etree._Element, like: etree._Element) -> str:
    taken = list(numbering.iter(f"{W}num"))
    number = str(max(int(item.get(f"{W}numId", "0")) for item in taken) + 1)
    again = deepcopy(like)
    again.set(f"{W}numId", number)
    for level, start in _starts(numbering, like):
        if again.find(f"{W}lvlOverride[@{W}ilvl='{level}']") is None:
            override = etree.SubElement(again, f"{W}lvlOverride", {f"{W}ilvl": level})
            etree.SubElement(override, f"{W}startOverride", {f"{W}val": start})
    taken[-1].addnext(again)
    return number


def _starts(numbering: etree._Element, like: etree._Element) -> list[tuple[str, str]]:
    abstract = like.find(f"{W}abstractNumId")
    number = "" if abstract is None else abstract.get(f"{W}val")
    levels = numbering.findall(f"{W}abstractNum[@{W}abstractNumId='{number}']/{W}lvl")
    found = []
    for level in levels:
        start = level.find(f"{W}start")
        found.append((level.get(f"{W}ilvl", "0"), "1" if start is None else start.get(f"{W}val", "1")))
    return found
