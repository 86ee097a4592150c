"""Workbooks and a store that live in memory only: the host that a test can look into."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import PurePath

from dealer_xl.office.folder.shipped import shipped_template
from dealer_xl.office.folder.store_errors import WorkbookMissingError
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook, Place
from dealer_xl.office.sheets.grid import Grid, NativeTable
from dealer_xl.schema import Table

HEADING_ROW = 3
"""A laid-out table has its title in row 1 and room for a note in row 2."""


class MemoryWorkbook(BufferedWorkbook):
    """A workbook as grids of cells."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sheets: dict[str, dict[tuple[int, int], Cell]] = {}
        self.tables: dict[str, list[NativeTable]] = {}

    @classmethod
    def of(cls, name: str, tables: Mapping[Table, Sequence[Mapping[str, Cell]]]) -> MemoryWorkbook:
        """Lay out tables with rows (heading to value), each on its own sheet."""
        workbook = cls(name)
        for table, rows in tables.items():
            workbook.lay(table, rows)
        return workbook

    def lay(self, table: Table, rows: Sequence[Mapping[str, Cell]] = (), *, left: int = 1) -> None:
        """Lay out one table: title, headings, rows."""
        cells = self.sheets.setdefault(table.sheet, {})
        cells[1, left] = table.title
        for column, heading in enumerate(table.headings, start=left):
            cells[HEADING_ROW, column] = heading
            for number, row in enumerate(rows, start=HEADING_ROW + 1):
                if row.get(heading) is not None:
                    cells[number, column] = row[heading]
        bottom = HEADING_ROW + max(len(rows), 1)
        area = Area(HEADING_ROW, left, bottom, left + len(table.columns) - 1)
        self.tables.setdefault(table.sheet, []).append(NativeTable(table.name, area))

    def sheet_names(self) -> Sequence[str]:
        """List the sheets."""
        return list(self.sheets)

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet."""
        return Grid.of(self.sheets[sheet])

    def natives(self, sheet: str) -> Sequence[NativeTable]:
        """List the Excel tables of a sheet."""
        return self.tables.get(sheet, ())

    def formula_places(self, sheet: str, places: Collection[Place]) -> set[Place]:  # noqa: ARG002 - there is none
        """Return no cell with a formula: it is not known what was computed."""
        return set()

    def take_effect(self) -> bool:
        """Put everything gathered into the cells; return whether there was anything."""
        changes, self.changes = self.changes, {}
        self.forget()
        for sheet, change in changes.items():
            cells = self.sheets[sheet]
            for (row, column), text in change.notes.items():
                change.put(row, column, text or None)
            for row, values in change.cells.items():
                for column, value in values.items():
                    cells.pop((row, column), None)
                    if value is not None:
                        cells[row, column] = value
            grown = {growth.native: growth.rows.bottom for growth in change.growths.values()}
            self.tables[sheet] = [_grown(native, grown) for native in self.natives(sheet)]
        return any(changes.values())


def _grown(native: NativeTable, bottoms: Mapping[NativeTable | None, int]) -> NativeTable:
    bottom = max(native.area.bottom, bottoms.get(native, 0))
    return NativeTable(native.name, native.area.down_to(bottom), native.totals)


class MemoryStore:
    """A store in memory; files made and commands saved can be looked up."""

    def __init__(
        self,
        workbooks: Iterable[MemoryWorkbook] = (),
        *,
        name: str = "示例店",
        templates: Mapping[str, bytes] | None = None,
    ) -> None:
        self.name = name
        self.workbooks = {workbook.name: workbook for workbook in workbooks}
        self.templates = dict(templates or {})
        self.files: dict[PurePath, bytes] = {}
        self.commands: list[str] = []
        self._kept: dict[PurePath, bytes] = {}

    @classmethod
    def of(cls, tables: Mapping[Table, Sequence[Mapping[str, Cell]]], *, name: str = "示例店") -> MemoryStore:
        """Lay out tables with rows in the workbooks they belong to."""
        store = cls(name=name)
        for table, rows in tables.items():
            workbook = store.workbooks.setdefault(table.workbook, MemoryWorkbook(table.workbook))
            workbook.lay(table, rows)
        return store

    def workbook(self, name: str) -> MemoryWorkbook:
        """Open one of its workbooks.

        Raises WorkbookMissingError.
        """
        if name not in self.workbooks:
            raise WorkbookMissingError(self.name, name, list(self.workbooks))
        return self.workbooks[name]

    def read_file(self, path: PurePath) -> bytes | None:
        """Return a file that an earlier job made, if it is there."""
        return self.files.get(path)

    def stage_file(self, path: PurePath, content: bytes) -> None:
        """Gather a file to be made when the store is saved."""
        self._kept[path] = content

    def names_in(self, folder: PurePath) -> Sequence[str]:
        """Return the names of the files in a folder."""
        return [path.name for path in self.files if path.parent == folder]

    def template_names(self) -> Sequence[str]:
        """Return the names of the templates that were put in."""
        return sorted(self.templates)

    def template(self, name: str) -> bytes:
        """Return a template that was put in, else the shipped one."""
        return self.templates[name] if name in self.templates else shipped_template(name)

    def save(self, command: str, *, keep: int = 30) -> Sequence[PurePath]:  # noqa: ARG002 - memory keeps no backups
        """Write everything staged; return the files that changed."""
        changed = [PurePath(book.name) for book in self.workbooks.values() if book.take_effect()]
        changed += [path for path, content in self._kept.items() if self.files.get(path) != content]
        self.files |= self._kept
        self._kept = {}
        self.commands.append(command)
        return changed
