"""The add-in's file put together: macros, ribbon and the name under which Excel lists it."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from dealer_xl.office.addin_file.project import NAME, blank_addin
from dealer_xl.office.addin_file.sources import Module, macros, ribbon, runner
from dealer_xl.office.word.word_package import zipped

_RIBBON_2010 = "http://schemas.microsoft.com/office/2009/07/customui"
_RIBBON_2007 = "http://schemas.microsoft.com/office/2006/01/customui"
# Excel from 2010 on takes the first and leaves the second alone; what is older knows the second only.
_RIBBONS = (
    ("customUI/customUI14.xml", "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"),
    ("customUI/customUI.xml", "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"),
)
_RELATIONS = "_rels/.rels"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PROPERTIES = "docProps/core.xml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DUBLIN = "http://purl.org/dc/elements/1.1/"


def build_addin(modules: Iterable[Module] | None = None, ribbon_xml: bytes | None = None) -> bytes:
    """Put the add-in together, by default of its sources as they lie there; the same sources give the same bytes.

    Raises BuilderMissingError.
    """
    ribbon_xml = ribbon() if ribbon_xml is None else ribbon_xml
    parts = blank_addin((*macros(), *runner()) if modules is None else modules)
    parts |= dict(zip((path for path, _ in _RIBBONS), (ribbon_xml, _for_2007(ribbon_xml)), strict=True))
    parts[_RELATIONS] = _related(parts[_RELATIONS])
    parts[_PROPERTIES] = _properties(ribbon_xml)
    return zipped(parts)


def _for_2007(ribbon_xml: bytes) -> bytes:
    return ribbon_xml.replace(_RIBBON_2010.encode(), _RIBBON_2007.encode())


def _related(relations: bytes) -> bytes:
    root = etree.fromstring(relations)
    for number, (path, kind) in enumerate(_RIBBONS, start=1):
        etree.SubElement(root, _RELATION, Id=f"ribbon{number}", Type=kind, Target=path)
    return _written(root)


def _properties(ribbon_xml: bytes) -> bytes:
    """Write what Excel's list of add-ins shows: the tab's words and those of its buttons; no date, no person."""
    tree = etree.fromstring(ribbon_xml)
    (tab,) = tree.iter(f"{{{_RIBBON_2010}}}tab")
    buttons = [str(button.get("label")) for button in tree.iter(f"{{{_RIBBON_2010}}}button")]
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DUBLIN})
    for name, text in (("title", tab.get("label")), ("creator", NAME), ("description", "、".join(buttons))):
        etree.SubElement(root, f"{{{_DUBLIN}}}{name}").text = text
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
