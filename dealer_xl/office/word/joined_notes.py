"""Footnotes and endnotes in a joined Word file: each letter brings its own, under numbers that are still free."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from itertools import count
from types import MappingProxyType

from lxml import etree

from dealer_xl.office.word.word_package import W

_LAST_CIRCLED, _MOST_ROMAN = 20, 40
_ORDER = ("pos", "numFmt", "numStart", "numRestart")


def _unknown(_: int) -> str:
    return ""


def _circled(place: int) -> str:
    return chr(0x2460 + place - 1) if place <= _LAST_CIRCLED else ""


def _roman(place: int) -> str:
    tens, ones = divmod(place, 10)
    return (
        "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        if place < _MOST_ROMAN
        else ""
    )


_MARKS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": str,
        "lowerRoman": _roman,
        "decimalEnclosedCircle": _circled,
        "decimalEnclosedCircleChinese": _circled,
    }
)


class Notes:
    """The notes of one kind, `footnote` or `endnote`, in the joined file."""

    def __init__(self, kind: str, root: etree._Element) -> None:
        """Take the part with the first letter's notes, to which those of the others are added."""
        self.kind, self._root = kind, root
        numbers = (int(note.get(f"{W}id", "0")) for note in root.iter(f"{W}{kind}"))
        self._free = count(max([0, *numbers]) + 1)

    def take(self, letter: etree._Element, notes: etree._Element, form: str) -> None:
        """Copy the notes that a letter refers to, and let it refer to the copies.

        Their marks count from the letter's first: they are written out, for LibreOffice knows no counting by sections.
        `form` is how the marks are written; of a form that is not known here Word counts, as `restart` says.
        """
        own = {note.get(f"{W}id", ""): note for note in notes.iter(f"{W}{self.kind}")}
        for place, reference in enumerate(letter.iter(f"{W}{self.kind}Reference"), start=1):
            note = own.get(reference.get(f"{W}id", ""))
            if note is not None:
                copy, number = deepcopy(note), str(next(self._free))
                copy.set(f"{W}id", number)
                reference.set(f"{W}id", number)
                self._root.append(copy)
                self._write_mark(reference, copy, _MARKS.get(form, _unknown)(place))

    def _write_mark(self, reference: etree._Element, note: etree._Element, mark: str) -> None:
        if not mark or reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            return
        reference.set(f"{W}customMarkFollows", "1")
        reference.addnext(_text(mark))
        for own in list(note.iter(f"{W}{self.kind}Ref")):
            own.addnext(_text(mark))
            own.getparent().remove(own)  # type: ignore[union-attr]  # it stands in a run

    def form(self, settings: etree._Element | None, ends: Sequence[etree._Element]) -> str:
        """Return how the marks are written: as the letter's first section says, or the whole file."""
        for owner in (ends[0], settings):
            found = None if owner is None else owner.find(f"{W}{self.kind}Pr/{W}numFmt")
            if found is not None:
                return found.get(f"{W}val", "")
        return "decimal" if self.kind == "footnote" else "lowerRoman"

    def restart(self, ends: Sequence[etree._Element]) -> None:
        """Make the numbers of a letter's notes begin with 1; `ends` are the ends of its sections."""
        for place, end in enumerate(ends):
            properties = end.find(f"{W}{self.kind}Pr")
            if properties is None:
                properties = etree.Element(f"{W}{self.kind}Pr")
                before = (
                    "headerReference",
                    "footerReference",
                    *(["footnotePr"] if self.kind == "endnote" else []),
                )
                end.insert(sum(child.tag in {f"{W}{name}" for name in before} for child in end), properties)
            _say(properties, "numRestart", "eachSect" if place == 0 else "continuous")


def end_with_letters(settings: etree._Element) -> None:
    """Make endnotes stand at the end of their letter and not of the whole file."""
    properties = settings.find(f"{W}endnotePr")
    if properties is None:
        properties = etree.Element(f"{W}endnotePr")
        compat = settings.find(f"{W}compat")
        settings.insert(len(settings) if compat is None else settings.index(compat), properties)
    _say(properties, "pos", "sectEnd")


def hold_back(ends: Sequence[etree._Element]) -> None:
    """Make the endnotes of a letter of several sections wait for its last one."""
    for end in ends[:-1]:
        if end.find(f"{W}noEndnote") is None:
            after = {f"{W}{name}" for name in ("titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")}
            after |= {f"{W}printerSettings", f"{W}sectPrChange"}
            place = next((index for index, child in enumerate(end) if child.tag in after), len(end))
            end.insert(place, etree.Element(f"{W}noEndnote"))


def _text(mark: str) -> etree._Element:
    text = etree.Element(f"{W}t")
    text.text = mark
    return text


def _say(properties: etree._Element, name: str, value: str) -> None:
    found = properties.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        earlier = {f"{W}{each}" for each in _ORDER[: _ORDER.index(name)]}
        properties.insert(sum(child.tag in earlier for child in properties), found)
    found.set(f"{W}val", value)
