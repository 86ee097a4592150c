"""A folder of closed workbooks, of which one is put back cell by cell: the one that staff save between job and undo."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from pathlib import PurePath
from typing import ClassVar

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.holders import refuse_open
from dealer_xl.office.folder.saving import ChangedMeanwhileError, FileWrite, ShownWrite
from dealer_xl.office.folder.store import FolderStore
from dealer_xl.office.sheets.cell_record import BlockRecord, CellRecord
from dealer_xl.office.sheets.gathered import GatheringWorkbook
from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.workbook import Cell
from dealer_xl.office.xlsx.closed_file import FileWorkbook

_LAST_DIGITS = 1e-14  # of sixteen or so that a number has


class CellwiseStore(FolderStore):
    """Keeps of one workbook which cells a job wrote, as of a workbook that is open; all others come back by their bytes.

    Whoever types 撤销 into it saves the whole file anew: its bytes are never again those that the job left.
    """

    apart: ClassVar[str]
    """The name of that workbook."""

    def workbook(self, name: str) -> GatheringWorkbook:
        """Open one of its workbooks."""
        book = super().workbook(name)
        path = PurePath(book.name)
        if self._is_apart(path) and type(book) is FileWorkbook:
            book = self._workbooks[path] = _SavedByOthers(book.name, book.content)
        return book

    def save_with(
        self, command: str, more: Sequence[FileWrite] = (), *, keep: int = 30, undoes: str | None = None
    ) -> Sequence[PurePath]:
        """Save what was gathered; read the workbook anew that was not written as the others."""
        files = super().save_with(command, more, keep=keep, undoes=undoes)
        for path, book in self._apart():
            if path in files and not self.dry_run:
                book.take(disk.read(self.folder / path))
        return files

    def shown_write(self) -> ShownWrite | None:
        """Give what is to be written cell by cell."""
        found = next(self._apart(), None)
        return None if found is None else self._shown(*found)

    def _shown(self, path: PurePath, book: FileWorkbook) -> ShownWrite | None:
        before, after = book.content, book.rewritten()
        if after == before:
            return None
        record = CellRecord(list(_blocks(book)))
        return ShownWrite({path.name: record.written()}, lambda: self._put(path, before, after))

    def _workbook_writes(self) -> list[FileWrite]:
        set_apart = {path for path, _ in self._apart()}
        return [write for write in super()._workbook_writes() if write.path not in set_apart]

    def _apart(self) -> Iterator[tuple[PurePath, FileWorkbook]]:
        return ((path, book) for path, book in self._workbooks.items() if self._is_apart(path))

    def _is_apart(self, path: PurePath) -> bool:
        return path.stem == PurePath(self.apart).stem

    def _put(self, path: PurePath, before: bytes, after: bytes) -> None:
        place = self.folder / path
        refuse_open(place)
        if disk.read_if_there(place) != before:
            raise ChangedMeanwhileError(path.name)
        try:
            disk.put(place, after)
        except BaseException:
            with suppress(DealerXlError):  # it may be in its place all the same
                if disk.read_if_there(place) == after:
                    disk.put(place, before)
            raise


class _SavedByOthers(FileWorkbook):
    """A workbook that another program has saved since the job wrote it: that one may keep fewer digits."""

    def put_back(self, record: CellRecord) -> int:
        """Gather what cells held before; a number that differs in the last digits only is the one that was written."""
        return super().put_back(replace(record, blocks=[self._as_saved(block) for block in record.blocks]))

    def _as_saved(self, block: BlockRecord) -> BlockRecord:
        if block.sheet not in self.sheet_names():
            return block
        grid = self.grid(block.sheet)
        after = [
            [
                _as_now(value, grid.cell(row, column))
                for column, value in enumerate(values, start=block.column)
            ]
            for row, values in enumerate(block.after, start=block.row)
        ]
        return replace(block, after=after)


def _as_now(value: Cell, now: Cell) -> Cell:
    numbers = isinstance(value, float) and isinstance(now, float)
    return now if numbers and math.isclose(value, now, rel_tol=_LAST_DIGITS) else value  # type: ignore[arg-type]  # both are numbers


def _blocks(book: FileWorkbook) -> Iterator[BlockRecord]:
    for sheet, change in book.changes.items():
        grid = book.grid(sheet)
        for row, cells in _written(change).items():
            for first, values in _runs(cells):
                before = [grid.cell(row, column) for column in range(first, first + len(values))]
                yield BlockRecord(sheet, row, first, [_none_if_empty(before)], [_none_if_empty(values)])


def _written(change: SheetChange) -> dict[int, dict[int, Cell]]:
    cells = {row: dict(values) for row, values in change.cells.items()}
    for (row, column), text in change.notes.items():
        cells.setdefault(row, {})[column] = text or None
    return cells


def _none_if_empty(cells: Sequence[Cell]) -> list[Cell]:
    return [None if cell == "" else cell for cell in cells]


def _runs(cells: Mapping[int, Cell]) -> Iterator[tuple[int, list[Cell]]]:
    """Give the cells of a row in runs without a gap: the first column and the values."""
    for _, run in groupby(enumerate(sorted(cells)), key=lambda pair: pair[1] - pair[0]):
        columns = [column for _, column in run]
        yield columns[0], [cells[column] for column in columns]
