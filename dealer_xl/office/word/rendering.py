"""Word templates with `{{ fields }}`: compiled once, each letter rendered straight into its own zip."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lxml import etree

from dealer_xl.office.word.template_faults import BrokenTagError, NoFieldError, UnknownFieldError
from dealer_xl.office.word.template_language import CompiledPart, compile_part
from dealer_xl.office.word.template_parts import made_ready
from dealer_xl.office.word.word_package import PLACES, W, parsed, read_parts, text_parts, written, zipped

_BRACES = tuple(brace.encode() for brace in "{}｛｝")


class Template:
    """A .docx that staff edit in Word, with fields for what differs from letter to letter.

    Raises NotWordFileError, StrictFormatError, WordFileTooLargeError, TrackedChangesError, NoFieldError, and what
    `compile_part` raises.
    """

    def __init__(self, name: str, content: bytes, names: Collection[str] = ()) -> None:
        """Make a template ready; `names` are those that a field may have, so that one written nearly right is not printed."""
        self.name = name
        parts = made_ready(name, read_parts(name, content))
        kinds = text_parts(parts)
        compiled = {
            path: compile_part(name, PLACES[kind], parts[path], names) for path, kind in kinds.items()
        }
        self._compiled = {path: part for path, part in compiled.items() if _has_tags(parts[path])}
        self._rest = zipped({path: part for path, part in parts.items() if path not in self._compiled})
        if not self.fields():
            raise NoFieldError(name)

    def fields(self) -> set[str]:
        """Return the fields that it uses, in the text, headers, footers and notes."""
        return {field for part in self._compiled.values() for field in part.fields}

    def render(self, values: Mapping[str, object]) -> bytes:
        """Make one letter.

        Texts print as they are, line breaks too; None and NaN print as nothing, so the caller says which
        fields may be empty. Raises UnknownFieldError for a field without a value.
        """
        unknown = self.fields() - values.keys()
        if unknown:
            raise UnknownFieldError(self.name, sorted(unknown), sorted(values))
        return zipped(
            {path: self._checked(part, values) for path, part in self._compiled.items()}, self._rest
        )

    def _checked(self, part: CompiledPart, values: Mapping[str, object]) -> bytes:
        xml = part.render(values)
        try:
            root = parsed(xml)
        except etree.XMLSyntaxError as error:
            # An {% if %} that opens in one paragraph and closes in another tears the XML.
            raise BrokenTagError(self.name, part.place, "{% if %}") from error
        return written(root) if _mended(root) else xml


def _has_tags(xml: bytes) -> bool:
    return any(brace in xml for brace in _BRACES)


def _mended(root: etree._Element) -> bool:
    """Add what Word insists on where a condition left nothing: a paragraph in each cell, a row in each table."""
    cells = [c for c in root.iter(f"{W}tc") if len(c) == 0 or c[-1].tag in (f"{W}tcPr", f"{W}tbl")]
    tables = [table for table in root.iter(f"{W}tbl") if table.find(f".//{W}tr") is None]
    for cell in cells:
        etree.SubElement(cell, f"{W}p")
    for table in tables:
        parent = table.getparent()
        if parent is not None:
            parent.remove(table)
    if len(root) == 0 and root.tag != f"{W}document":
        cells.append(etree.SubElement(root, f"{W}p"))
    return bool(cells or tables)
