"""A store that is a folder: its workbooks, its templates, and the files made in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.holders import refuse_open
from dealer_xl.office.folder.saving import FileWrite, save_all
from dealer_xl.office.folder.shipped import shipped_names, shipped_template
from dealer_xl.office.folder.stores import TemplateMissingError, WorkbookMissingError
from dealer_xl.office.xlsx.closed_file import FileWorkbook

TEMPLATES = "模板"
_ENDINGS = (".xlsx", ".xlsm")


class FolderMissingError(DealerXlError):
    """There is no such folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"找不到文件夹“{folder}”；请检查名字，或先运行 dealer-xl new {folder} 建立。")


class NoWorkbooksError(DealerXlError):
    """The folder has no workbook at all."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder}”里没有工作簿；请先运行 dealer-xl new {folder} 建立空白的工作簿。")


class FolderStore:
    """The folder of a shop; nothing in it changes before `save`, and in a dry run nothing at all."""

    def __init__(self, folder: Path, *, dry_run: bool = False) -> None:
        """Open the folder.

        Raises FolderMissingError, NoWorkbooksError.
        """
        if not folder.is_dir():
            raise FolderMissingError(folder)
        self.folder = folder.resolve()
        self.name = self.folder.name
        self.dry_run = dry_run
        self._workbooks: dict[PurePath, FileWorkbook] = {}
        self._kept: dict[PurePath, bytes] = {}
        if not self._found():
            raise NoWorkbooksError(folder)

    def workbook(self, name: str) -> FileWorkbook:
        """Open one of its workbooks; one with macros serves as well.

        Raises WorkbookMissingError, WorkbookOpenError, or one of the errors of `refusals` when it cannot be read.
        """
        paths = [PurePath(name).with_suffix(ending) for ending in _ENDINGS]
        path = next((path for path in paths if (self.folder / path).is_file()), None)
        if path is None:
            raise WorkbookMissingError(self.name, name, self._found())
        if path not in self._workbooks:
            if not self.dry_run:
                # What is open holds entries that are not in the file yet; and it could not be written.
                refuse_open(self.folder / path)
            self._workbooks[path] = FileWorkbook(path.name, disk.read(self.folder / path))
        return self._workbooks[path]

    def recall(self, path: PurePath) -> bytes | None:
        """Read a file that an earlier job made, if it is there."""
        place = self.folder / path
        return disk.read(place) if place.is_file() else None

    def keep(self, path: PurePath, content: bytes) -> None:
        """Gather a file to be made at a path inside the store when it is saved."""
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{path} is not inside the store")
        self._kept[path] = content

    def template(self, name: str) -> bytes:
        """Read a Word template: the shop's own from 模板, else the shipped one.

        Raises TemplateMissingError.
        """
        own = {
            path.stem: path for path in (self.folder / TEMPLATES).glob("*.docx") if path.name[0] not in "~."
        }
        if name in own:
            return disk.read(own[name])
        if name in shipped_names():
            return shipped_template(name)
        raise TemplateMissingError(name, sorted({*own, *shipped_names()}))

    def save(self, command: str, *, keep: int = 30) -> Sequence[PurePath]:
        """Let everything gathered take effect at once, or nothing; tell which files changed.

        Raises WorkbookOpenError, ChangedMeanwhileError, the errors of `disk` and of writing a sheet.
        """
        writes = [*self._workbook_writes(), *self._file_writes()]
        if writes and not self.dry_run:
            for write in writes:
                refuse_open(self.folder / write.path)
            save_all(self.folder, command, writes, keep=keep)
        self._kept = {}
        for path, book in self._workbooks.items():
            if book.changes:
                book.take(disk.read(self.folder / path))
        return [write.path for write in writes]

    def _found(self) -> list[str]:
        files = (path for path in self.folder.iterdir() if path.suffix.lower() in _ENDINGS)
        return sorted(path.name for path in files if path.name[0] not in "~.")

    def _workbook_writes(self) -> list[FileWrite]:
        contents = ((path, book.content, book.rewritten()) for path, book in self._workbooks.items())
        return [FileWrite(path, before, after) for path, before, after in contents if after != before]

    def _file_writes(self) -> list[FileWrite]:
        writes: list[FileWrite] = []
        for path, content in self._kept.items():
            before = self.recall(path)
            if before != content:
                writes.append(FileWrite(path, before, content))
        return writes
