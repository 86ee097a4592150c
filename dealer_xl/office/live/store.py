"""A shop's folder while some of its workbooks are open in Excel: those are used as they are on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from dealer_xl.office.folder.saving import FileWrite, ShownWrite
from dealer_xl.office.folder.store import FolderStore
from dealer_xl.office.live.program import Program
from dealer_xl.office.live.workbook import LiveWorkbook
from dealer_xl.office.sheets.gathered import GatheringWorkbook


class LiveStore(FolderStore):
    """A folder some of whose workbooks are open; what is open is written on the screen, and staff save it."""

    def __init__(self, folder: Path, program: Program, *, dry_run: bool = False) -> None:
        """Open the folder.

        Raises what opening a folder raises.
        """
        super().__init__(folder, dry_run=dry_run)
        self._program = program
        self._open = {
            book.name.casefold(): LiveWorkbook(book, program.trips) for book in program.books_in(self.folder)
        }

    def workbook(self, name: str) -> GatheringWorkbook:
        """Open one of its workbooks; one that is open already is used as it is."""
        for ending in (".xlsx", ".xlsm"):
            book = self._open.get(PurePath(name).with_suffix(ending).name.casefold())
            if book is not None:
                return book
        return super().workbook(name)

    @property
    def open_names(self) -> list[str]:
        """Name the workbooks that are open."""
        return [book.name for book in self._open.values()]

    def save_with(
        self, command: str, more: Sequence[FileWrite] = (), *, keep: int = 30, undoes: str | None = None
    ) -> Sequence[PurePath]:
        """Save what was gathered; files that are put back may be open, and are closed for that moment."""
        with self._program.closed(self.folder, [write.path for write in more]):
            return super().save_with(command, more, keep=keep, undoes=undoes)

    def shown_write(self) -> ShownWrite | None:
        """Give what is to be written into the workbooks that are open."""
        changed = [book for book in self._open.values() if book.is_changed]
        if not changed:
            return None
        ready = [(book, *book.made_ready()) for book in changed]

        def put() -> None:
            done: list[int] = []
            with self._program.quiet():
                for place, (book, writes, record) in enumerate(ready):
                    try:
                        book.write(writes, record)
                    except BaseException:
                        for earlier in done:
                            ready[earlier][0].restore(ready[earlier][2])
                        raise
                    done.append(place)

        return ShownWrite({book.name: record.written() for book, _, record in ready}, put)
