"""What every store can do: the folder, the folder with workbooks open in Excel, and the one in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook
from dealer_xl.office.sheets.table_access import TableAccess
from dealer_xl.schema import Table
from dealer_xl.table_sources import Catalogue


class Store(Protocol):
    """A folder of workbooks, and the files that a job makes beside them."""

    name: str

    catalogue: Catalogue

    def table(self, table: Table) -> TableAccess:
        """Find a table wherever the shop keeps it: one that it does not keep reads as empty.

        Raises what tells that it is not there or cannot be read.
        """
        ...

    def workbook_names(self) -> Sequence[str]:
        """Name the workbooks."""
        ...

    def has_workbook(self, name: str) -> bool:
        """Return whether there is a workbook of that name, one with macros among them."""
        ...

    def workbook(self, name: str) -> BufferedWorkbook:
        """Open one of its workbooks.

        Raises WorkbookMissingError, or one of the errors that tell why it cannot be read.
        """
        ...

    def read_file(self, path: PurePath) -> bytes | None:
        """Read a file that an earlier job made, if it is there."""
        ...

    def stage_file(self, path: PurePath, content: bytes) -> None:
        """Gather a file to be made at a path inside the store when it is saved."""
        ...

    def template(self, name: str) -> bytes:
        """Read a Word template: the shop's own from 模板, else the shipped one."""
        ...

    def save(self, command: str, *, keep: int = 30) -> Sequence[PurePath]:
        """Write everything staged at once, or nothing; return the files that changed.

        A backup comes first, of which the last `keep` stay; `undo` puts everything back.
        """
        ...
