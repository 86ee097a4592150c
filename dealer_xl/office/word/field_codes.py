"""Word's own fields: PAGE, NUMPAGES, MERGEFIELD …, whichever of the two ways they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from dealer_xl.office.word.word_package import W


@dataclass
class FieldCode:
    """One field: the element that begins it, and the pieces of its code, over which Word may spread it."""

    start: etree._Element
    pieces: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The code as it reads, such as `MERGEFIELD 客户名称`."""
        simple = self.start.get(f"{W}instr")
        return simple if simple is not None else "".join(piece.text or "" for piece in self.pieces)

    @property
    def kind(self) -> str:
        """Its first word in capitals."""
        return self.text.split(maxsplit=1)[0].upper() if self.text.strip() else ""

    def say(self, code: str) -> None:
        """Return it another code; its result is to be computed anew."""
        self.start.set(f"{W}dirty", "true")
        if self.start.tag == f"{W}fldSimple":
            self.start.set(f"{W}instr", code)
        for place, piece in enumerate(self.pieces):
            piece.text = code if place == 0 else ""


def field_codes(root: etree._Element) -> Iterator[FieldCode]:
    """Find the fields of a part; one that stands in another's code comes before it."""
    open_fields: list[tuple[FieldCode, bool]] = []  # each with whether its code has ended
    for element in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}fldSimple":
            yield FieldCode(element)
        elif element.tag == f"{W}instrText":
            if open_fields and not open_fields[-1][1]:
                open_fields[-1][0].pieces.append(element)
        elif element.get(f"{W}fldCharType") == "begin":
            open_fields.append((FieldCode(element), False))
        elif open_fields and element.get(f"{W}fldCharType") == "separate":
            open_fields[-1] = (open_fields[-1][0], True)
        elif open_fields and element.get(f"{W}fldCharType") == "end":
            yield open_fields.pop()[0]
    yield from (found for found, _ in reversed(open_fields))
