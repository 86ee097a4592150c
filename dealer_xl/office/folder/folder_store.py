"""A store that is a folder: its workbooks, its templates, and the files made in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import anchored
from dealer_xl.office.folder.kept_names import inside
from dealer_xl.office.folder.open_markers import refuse_open
from dealer_xl.office.folder.own_templates import OwnTemplates, TemplateUnfitError, own_templates
from dealer_xl.office.folder.recovery import recover, refuse_unfinished
from dealer_xl.office.folder.saving import FileWrite, ShownWrite, save_all
from dealer_xl.office.folder.shipped import shipped_names, shipped_template
from dealer_xl.office.folder.store_errors import TemplateMissingError, WorkbookMissingError
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook
from dealer_xl.office.sheets.cell_record import CellRecord
from dealer_xl.office.xlsx.closed_file import FileWorkbook

TEMPLATES = "模板"
MOST_CELLS = 200_000
"""More are written only when a store is filled for the first time; nobody takes that back cell by cell."""
_ENDINGS = (".xlsx", ".xlsm")


def file_names(name: str) -> list[PurePath]:
    """Return the names under which a workbook may lie: one with macros serves as well."""
    return [PurePath(name).with_suffix(ending) for ending in _ENDINGS]


def workbooks_in(folder: Path) -> list[str]:
    """Name the workbooks of a folder; what programs leave beside them is none."""
    files = (name for name in disk.names(folder) if name[0] not in "~.")
    return [name for name in files if PurePath(name).suffix.lower() in _ENDINGS]


class FolderMissingError(DealerXlError):
    """There is no such folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"找不到文件夹“{folder}”；请检查名字，或先运行 dealer-xl new {folder} 建立。")


class NoWorkbooksError(DealerXlError):
    """The folder has no workbook at all."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder}”里没有工作簿；请先运行 dealer-xl new {folder} 建立空白的工作簿。")


def has_workbook(folder: Path, name: str) -> bool:
    """Return whether a folder has a workbook of that name; one with macros is one, too."""
    paths = [(folder / name).with_suffix(ending) for ending in (*_ENDINGS, *map(str.upper, _ENDINGS))]
    return any(disk.is_file(path) or disk.is_folder(path) for path in paths)


class FolderStore:
    """The folder of a shop; nothing in it changes before `save`, and in a dry run nothing at all."""

    def __init__(self, folder: Path, *, dry_run: bool = False, request: str | None = None) -> None:
        """Open the folder.

        What an earlier run left half done is put back first. The journal keeps the id of the request with what is saved.
        Raises FolderMissingError, NoWorkbooksError, UnfinishedError and what `recover` raises.
        """
        if not disk.is_folder(folder):
            raise FolderMissingError(folder)
        self.folder = folder.resolve()
        self._shop = anchored(self.folder)
        self.name = self.folder.name
        self.dry_run = dry_run
        self._request = request
        self._workbooks: dict[PurePath, FileWorkbook] = {}
        self._recalled: dict[PurePath, bytes | None] = {}
        self._kept: dict[PurePath, bytes] = {}
        if dry_run:
            refuse_unfinished(self._shop)
        else:
            recover(self._shop)
        if not workbooks_in(self.folder):
            raise NoWorkbooksError(folder)

    def workbook(self, name: str) -> BufferedWorkbook:
        """Open one of its workbooks; one with macros serves as well.

        Raises WorkbookMissingError, WorkbookOpenError, or one of the errors of `file_errors` when it cannot be read.
        """
        path = next((path for path in file_names(name) if disk.is_file(self.folder / path)), None)
        if path is None:
            raise WorkbookMissingError(self.name, name, workbooks_in(self.folder))
        if path not in self._workbooks:
            if not self.dry_run:
                # What is open holds entries that are not in the file yet; and it could not be written.
                refuse_open(self._shop / path)
            self._workbooks[path] = FileWorkbook(path.name, disk.read(self._shop / path))
        return self._workbooks[path]

    def read_file(self, path: PurePath) -> bytes | None:
        """Read a file that an earlier job made, if it is there."""
        if path not in self._recalled:
            self._recalled[path] = disk.read_if_there(self._shop / path)
        return self._recalled[path]

    def names_in(self, folder: PurePath) -> Sequence[str]:
        """Return the names of what lies in a folder of the shop, nothing where there is no such folder."""
        return disk.names(self._shop / folder)

    def stage_file(self, path: PurePath, content: bytes) -> None:
        """Gather a file to be made at a path inside the store when it is saved."""
        self._kept[PurePath(inside(path.as_posix()))] = content

    def template(self, name: str) -> bytes:
        """Read a Word template: the shop's own from 模板, else the shipped one.

        Raises TemplateUnfitError for a file meant as it that cannot be used, TemplateMissingError.
        """
        own = self._own_templates()
        if name in own.usable:
            return disk.read(self._shop / TEMPLATES / own.usable[name])
        if name in own.unfit:
            raise TemplateUnfitError(name, *own.unfit[name])
        if name in shipped_names():
            return shipped_template(name)
        raise TemplateMissingError(name, sorted({*own.usable, *shipped_names()}))

    def template_names(self) -> Sequence[str]:
        """Return the names of the shop's own templates, those that cannot be used as they lie there among them."""
        own = self._own_templates()
        return sorted({*own.usable, *own.unfit})

    def _own_templates(self) -> OwnTemplates:
        return own_templates(disk.names(self._shop / TEMPLATES))

    def save(self, command: str, *, keep: int = 30) -> Sequence[PurePath]:
        """Write everything staged at once, or nothing; return the files that changed.

        Raises what `save_all` and the writing of a sheet raise.
        """
        return self.save_with(command, keep=keep)

    def save_with(
        self, command: str, more: Sequence[FileWrite] = (), *, keep: int = 30, undoes: str | None = None
    ) -> Sequence[PurePath]:
        """Save what was gathered and some files besides, as an undo does; return which files changed."""
        writes = [*self._workbook_writes(), *self._file_writes(), *more]
        shown = self.shown_write()
        cells = self._records()
        saved: dict[PurePath, bytes | None] = {}
        if (writes or shown or undoes) and not self.dry_run:
            every = [*writes, *self._read_only(writes)]
            save_all(
                self._shop,
                command,
                every,
                keep=keep,
                undoes=undoes,
                cells=cells,
                shown=shown,
                request=self._request,
            )
            saved = {write.path: write.after for write in writes}
        self._recalled |= {path: content for path, content in saved.items() if path in self._kept}
        self._kept = {}
        for path, book in self._workbooks.items():
            if book.changes:
                book.take(saved.get(path) or book.content)
        return [*(write.path for write in writes), *map(PurePath, shown.names if shown else ())]

    def is_open(self, name: str) -> bool:  # noqa: ARG002 - here all are closed
        """Return whether a workbook is open in the program that this store works with."""
        return False

    def changed_books(self) -> Sequence[BufferedWorkbook]:
        """List the workbooks for which anything is gathered."""
        return [book for book in self._workbooks.values() if any(book.changes.values())]

    def shown_write(self) -> ShownWrite | None:
        """Return what is to be written into workbooks that are open; here all are closed."""
        return None

    def _records(self) -> dict[str, CellRecord]:
        """Return what cells hold before and after, so that they can be put back when the bytes cannot."""
        books = [] if self.dry_run else self.changed_books()
        # Of a workbook that is open nothing else is kept.
        return {book.name: book.recorded() for book in books if self.is_open(book.name) or _is_small(book)}

    def _read_only(self, writes: Sequence[FileWrite]) -> list[FileWrite]:
        """Name what the job read and leaves as it is."""
        read = {path: book.content for path, book in self._workbooks.items()} | self._recalled
        written = {write.path for write in writes}
        return [FileWrite(path, content, content) for path, content in read.items() if path not in written]

    def _workbook_writes(self) -> list[FileWrite]:
        contents = ((path, book.content, book.rewritten()) for path, book in self._workbooks.items())
        return [FileWrite(path, before, after) for path, before, after in contents if after != before]

    def _file_writes(self) -> list[FileWrite]:
        writes: list[FileWrite] = []
        for path, content in self._kept.items():
            before = self.read_file(path)
            if before != content:
                writes.append(FileWrite(path, before, content))
        return writes


def _is_small(book: BufferedWorkbook) -> bool:
    """Return whether few enough cells change for a record of each."""
    counts = (len(cells) for change in book.changes.values() for cells in change.cells.values())
    return sum(counts) <= MOST_CELLS
