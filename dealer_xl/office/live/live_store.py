"""A shop's folder while some of its workbooks are open in Excel: those are used as they are on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from dealer_xl.office.folder.folder_store import FolderStore, file_names
from dealer_xl.office.folder.saving import HalfShownError, ShownWrite
from dealer_xl.office.live.live_workbook import LiveWorkbook
from dealer_xl.office.live.program import Program
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook


class LiveStore(FolderStore):
    """A folder some of whose workbooks are open; what is open is written on the screen, and staff save it."""

    def __init__(self, folder: Path, program: Program, *, dry_run: bool = False) -> None:
        """Open the folder.

        Raises what opening a folder raises.
        """
        super().__init__(folder, dry_run=dry_run)
        self._program = program
        self._open = {
            book.name.casefold(): LiveWorkbook(book, program.calls) for book in program.books_in(self.folder)
        }

    def workbook(self, name: str) -> BufferedWorkbook:
        """Open one of its workbooks; one that is open already is used as it is."""
        for path in file_names(name):
            book = self._open.get(path.name.casefold())
            if book is not None:
                return book
        return super().workbook(name)

    @property
    def open_names(self) -> list[str]:
        """Name the workbooks that are open."""
        return [book.name for book in self._open.values()]

    def is_open(self, name: str) -> bool:
        """Return whether a workbook is open."""
        return name.casefold() in self._open

    def changed_books(self) -> Sequence[BufferedWorkbook]:
        """List the workbooks for which anything is gathered, open ones made ready first."""
        return [*super().changed_books(), *self._changed()]

    def shown_write(self) -> ShownWrite | None:
        """Return what is to be written into the workbooks that are open."""
        changed = self._changed()
        for book in changed:
            book.make_ready()
        return ShownWrite([book.name for book in changed], self._put, self._take_back) if changed else None

    def _changed(self) -> list[LiveWorkbook]:
        return [book for book in self._open.values() if book.is_changed]

    def _put(self) -> None:
        with self._program.quiet():
            for book in self._changed():
                book.write()
        for book in self._changed():
            book.settle()

    def _take_back(self) -> None:
        stuck: list[str] = []
        with suppress(Exception), self._program.quiet():  # the mode of calculation is the least of it
            stuck += [book.name for book in self._open.values() if not book.take_back()]
        if stuck:
            raise HalfShownError(stuck)
