"""A workbook in a closed file: cells are read fast, and written without touching anything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from xml.parsers import expat

from lxml import etree

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook, Place
from dealer_xl.office.sheets.grid import Grid, NativeTable
from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.xlsx.calc_chain import without_cells
from dealer_xl.office.xlsx.cell_formats import CellFormats
from dealer_xl.office.xlsx.cell_reader import CellReader
from dealer_xl.office.xlsx.contents import Contents, SheetPart, read_tables
from dealer_xl.office.xlsx.file_checks import open_package
from dealer_xl.office.xlsx.file_errors import DamagedError, SignedError, UnusualFormError
from dealer_xl.office.xlsx.merged_cells import merged_areas
from dealer_xl.office.xlsx.package import Package, PackageError
from dealer_xl.office.xlsx.sheet_formulas import formula_places, formula_texts
from dealer_xl.office.xlsx.sheet_reach import grown_table
from dealer_xl.office.xlsx.sheet_rows import SheetRows, UnusualSheetError
from dealer_xl.office.xlsx.sheet_xml import SheetPlace, spliced
from dealer_xl.office.xlsx.styles_check import check_styles


class FileWorkbook(BufferedWorkbook):
    """A workbook from the content of its file; what is written is to be had as a new content."""

    def __init__(self, name: str, content: bytes) -> None:
        """Open the workbook.

        Raises one of the errors of `file_errors` when it cannot be read.
        """
        super().__init__(name)
        self.take(content)

    def take(self, content: bytes) -> None:
        """Take another content, with nothing gathered yet."""
        self.content = content
        self.changes = {}
        self.forget()
        self._package, self._contents = open_package(self.name, content)
        self._reader = CellReader(self._package, self._contents)
        self._grids: dict[str, Grid] = {}
        self._natives: dict[str, list[NativeTable]] = {}
        self._merged: dict[str, Sequence[Area]] = {}

    def sheet_names(self) -> Sequence[str]:
        """List the sheets."""
        return [sheet.name for sheet in self._contents.sheets]

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet; each sheet is read once."""
        if sheet not in self._grids:
            self._grids[sheet] = self._reader.grid(sheet)
        return self._grids[sheet]

    def natives(self, sheet: str) -> Sequence[NativeTable]:
        """List the Excel tables of a sheet.

        Raises DamagedError.
        """
        if sheet not in self._natives:
            part = self._contents.sheet(sheet)
            try:
                tables = read_tables(self._package, part.part) if part else []
            except (etree.XMLSyntaxError, ValueError) as error:
                raise DamagedError(self.name) from error
            self._natives[sheet] = [table.native for table in tables]
        return self._natives[sheet]

    def formula_places(self, sheet: str, places: Collection[Place]) -> set[Place]:
        """Return which of some cells of a sheet hold a formula.

        Raises UnusualFormError.
        """
        part = self._contents.sheet(sheet)
        try:
            return (
                formula_places(SheetRows(self._package.read(part.part)), places) if part and places else set()
            )
        except (PackageError, UnusualSheetError) as error:
            raise UnusualFormError(self.name) from error

    def formulas(self, sheet: str, places: Iterable[Place]) -> Mapping[Place, str]:
        """Return the formulas of some cells of a sheet, without the equals sign.

        Raises UnusualFormError.
        """
        part, wanted = self._contents.sheet(sheet), set(places)
        try:
            return formula_texts(SheetRows(self._package.read(part.part)), wanted) if part and wanted else {}
        except (PackageError, UnusualSheetError) as error:
            raise UnusualFormError(self.name) from error

    def merged(self, sheet: str, top: int, bottom: int) -> Sequence[Area]:
        """List the merged cells of a sheet that meet some rows, first and last included."""
        part = self._contents.sheet(sheet)
        if sheet not in self._merged:
            self._merged[sheet] = merged_areas(self._package.read(part.part)) if part else []
        return [area for area in self._merged[sheet] if area.top <= bottom and area.bottom >= top]

    def rewritten(self) -> bytes:
        """Return the file's content with everything gathered; the same content when nothing changes.

        Raises SignedError, UnusualFormError and the errors of `sheet_xml`.
        """
        changes = {sheet: change for sheet, change in self.changes.items() if change}
        return rewritten(self._package, self._contents, changes) if changes else self.content


def rewritten(package: Package, contents: Contents, changes: dict[str, SheetChange]) -> bytes:
    """Return a package with the changes of its sheets; only parts that must change do."""
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        raise SignedError(package.name)
    parts: dict[str, bytes] = {}
    gone: dict[str, Sequence[str]] = {}  # a sheet's number, its cells that hold a formula no longer
    try:
        formats = CellFormats(package.read(contents.styles) if contents.styles else b"")
        for name, change in changes.items():
            sheet = contents.sheet(name)
            if sheet is not None:
                place = SheetPlace(
                    package.name, name, contents.from_1904, contents.chain is not None, contents.recalculates
                )
                before = package.read(sheet.part)
                _see_that_it_is_xml(before)
                result = spliced(place, before, change, formats)
                _see_that_it_is_xml(result.xml)
                parts[sheet.part] = result.xml
                parts |= _grown_tables(package, sheet, change)
                gone[sheet.number] = result.overwritten
        if contents.styles and formats.is_grown:
            check_styles(package.read(contents.styles), formats.xml)
            parts[contents.styles] = formats.xml
        if contents.chain is not None and any(gone.values()):
            parts[contents.chain] = without_cells(package.read(contents.chain), gone)
        parts = {part: content for part, content in parts.items() if content != package.read(part)}
        return package.rewritten(parts) if parts else package.content
    except (PackageError, UnusualSheetError, expat.ExpatError, etree.XMLSyntaxError) as error:
        raise UnusualFormError(package.name) from error
    except (LookupError, ValueError) as error:  # a number or an encoding in the part that is none
        raise UnusualFormError(package.name) from error


def _see_that_it_is_xml(part: bytes) -> None:
    """Look at the part before it is searched, and once more before it goes into anybody's file."""
    expat.ParserCreate(namespace_separator=" ").Parse(part, True)


def _grown_tables(package: Package, sheet: SheetPart, change: SheetChange) -> dict[str, bytes]:
    growths = {growth.native: growth for growth in change.growths.values()}
    return {
        table.part: grown_table(package.read(table.part), growths[table.native])
        for table in read_tables(package, sheet.part)
        if table.native in growths
    }
