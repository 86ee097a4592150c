"""What a workbook's package says of itself: its sheets, their Excel tables, its calendar and its formulas."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.grid import NativeTable
from dealer_xl.office.xlsx.file_errors import DamagedError, UnreadableError
from dealer_xl.office.xlsx.package import Package

MAIN_NAMESPACES = (
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",  # strict
)
_RELATIONS = "_rels/.rels"


@dataclass(frozen=True)
class SheetPart:
    """One worksheet: its name, its part, and the number by which the chain of formulas knows it."""

    name: str
    part: str
    number: str


@dataclass(frozen=True)
class TablePart:
    """One Excel table of a sheet, and the part that describes it."""

    part: str
    native: NativeTable


@dataclass(frozen=True)
class Contents:
    """The parts of a workbook that matter to the reader and writer of cells."""

    part: str
    sheets: tuple[SheetPart, ...]
    from_1904: bool
    recalculates: bool  # Excel computes every formula anew when it opens the file
    styles: str | None
    texts: str | None  # the part with the texts that cells share
    chain: str | None  # the part with the order in which formulas are computed

    def sheet(self, name: str) -> SheetPart | None:
        """Find a sheet by its name; Excel makes no difference between cases."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)


@dataclass(frozen=True)
class _Relation:
    name: str
    kind: str  # the last word of its type, the same in strict files
    target: str


def parse(content: bytes) -> etree._Element:
    """Parse a small part; no entity is resolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("no part of a workbook has a document type: it could only bring in entities")
    return root


def read_contents(package: Package) -> Contents:
    """Read which sheets there are and where.

    Raises DamagedError, UnreadableError, and KeyError, ValueError, etree.XMLSyntaxError when the package is no workbook.
    """
    part = next(relation.target for relation in _relations(package, "") if relation.kind == "officeDocument")
    root = parse(package.read(part))
    if (etree.QName(root).namespace or "").encode() not in MAIN_NAMESPACES:
        raise DamagedError(package.name)
    relations = {relation.name: relation for relation in _relations(package, part)}
    properties = next(iter(_children(root, "workbookPr")), None)
    calculation = next(iter(_children(root, "calcPr")), None)
    for relation in relations.values():
        # Without these two, days would be read as numbers and texts not at all.
        if relation.kind in ("styles", "sharedStrings") and not package.has(relation.target):
            raise DamagedError(package.name)
        if relation.kind == "styles" and relation.target not in package.names:
            raise UnreadableError(
                package.name
            )  # the reader of cells would not find it under another spelling
    parts = {
        relation.kind: relation.target for relation in relations.values() if package.has(relation.target)
    }
    sheets = tuple(_sheets(package, root, relations))
    if len({sheet.name.casefold() for sheet in sheets} - {""}) < len(sheets):
        raise DamagedError(package.name)
    return Contents(
        part,
        sheets,
        _is_true(properties, "date1904"),
        _is_true(calculation, "fullCalcOnLoad"),
        parts.get("styles"),
        parts.get("sharedStrings"),
        parts.get("calcChain"),
    )


def _sheets(
    package: Package, root: etree._Element, relations: Mapping[str, _Relation]
) -> Iterator[SheetPart]:
    for group in _children(root, "sheets"):
        for sheet in _children(group, "sheet"):
            named = (
                str(value)
                for key, value in sheet.attrib.items()
                if str(key).startswith("{http://") and str(key).endswith("/relationships}id")
            )
            relation = relations.get(next(named, ""))
            if relation is None or not package.has(relation.target):
                raise DamagedError(package.name)
            if relation.kind == "worksheet":
                yield SheetPart(sheet.get("name", ""), relation.target, sheet.get("sheetId", ""))


def read_tables(package: Package, sheet_part: str) -> list[TablePart]:
    """Read the Excel tables of a sheet; those without a heading row are of no use here."""
    tables: list[TablePart] = []
    for relation in _relations(package, sheet_part):
        if relation.kind == "table":
            if not package.has(relation.target):
                raise DamagedError(package.name)
            root = parse(package.read(relation.target))
            area = Area.of(root.get("ref", ""))
            if area is not None and root.get("headerRowCount", "1") != "0":
                tables.append(TablePart(relation.target, _native(root, area)))
    return tables


def _native(root: etree._Element, area: Area) -> NativeTable:
    totals = root.get("totalsRowCount", "0") != "0"
    return NativeTable(root.get("displayName") or root.get("name") or "", area, totals)


def _relations(package: Package, part: str) -> list[_Relation]:
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels") if part else _RELATIONS
    if not package.has(place):
        return []
    found: list[_Relation] = []
    for relation in parse(package.read(place)):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External" and target:
            path = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            found.append(_Relation(relation.get("Id", ""), kind, path))
    return found


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str) and etree.QName(child).localname == name]


def _is_true(element: etree._Element | None, name: str) -> bool:
    return element is not None and element.get(name, "0") in ("1", "true", "on")
