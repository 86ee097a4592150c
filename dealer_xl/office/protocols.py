"""What every host of a workbook can do: the closed file, the running Excel and the one in memory.

Between the two rooms goes a pandas table: index = the Excel row number, columns = the schema's headings
(whatever the shop itself calls them), values = what the cell holds, untouched: str, float, int, bool, date, datetime, time, or None for
an empty cell. A cell that shows an Excel error holds its name as text (`#N/A`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Protocol, TypeAlias

import pandas as pd

from dealer_xl.schema import Table

Cell: TypeAlias = str | float | int | bool | date | datetime | time | None


class Workbook(Protocol):
    """One workbook of a store; writes are gathered and take effect when the store is saved."""

    name: str

    def read_table(self, table: Table) -> pd.DataFrame:
        """Read the table's rows, blank rows left out.

        Raises SheetMissingError, HeadingMissingError when the table is not there as a whole.
        """
        ...

    def formula_cells(self, table: Table, cells: Mapping[str, Collection[int]]) -> set[tuple[str, int]]:
        """Return which of some cells (heading to rows) hold a formula: it is the shop's, and not to be written over."""
        ...

    def headings_of(self, table: Table) -> frozenset[str]:
        """Return which of the table's headings its sheet has.

        Raises SheetMissingError, HeadingMissingError when the table is not there as a whole.
        """
        ...

    def write_cells(self, table: Table, heading: str, values: Mapping[int, Cell]) -> None:
        """Put values into one column of rows that are there; only cells whose value differs change."""
        ...

    def append_rows(self, table: Table, rows: Sequence[Mapping[str, Cell]]) -> None:
        """Put rows (heading to value) under the last row that holds something; the native table grows."""
        ...

    def replace_rows(self, table: Table, rows: Sequence[Mapping[str, Cell]]) -> None:
        """Put rows in the place of all rows of a table that the program writes."""
        ...

    def write_note(self, table: Table, text: str) -> None:
        """Put a line into the row between the table's title and its headings."""
        ...


class Store(Protocol):
    """A folder of workbooks, and the files that a job makes beside them."""

    name: str

    def workbook(self, name: str) -> Workbook:
        """Open one of its workbooks.

        Raises WorkbookMissingError, or one of the errors that tell why it cannot be read.
        """
        ...

    def read_file(self, path: PurePath) -> bytes | None:
        """Read a file that an earlier job made, if it is there."""
        ...

    def names_in(self, folder: PurePath) -> Sequence[str]:
        """Return the names of what lies in a folder of the shop, nothing where there is no such folder."""
        ...

    def stage_file(self, path: PurePath, content: bytes) -> None:
        """Gather a file to be made at a path inside the store when it is saved."""
        ...

    def template(self, name: str) -> bytes:
        """Read a Word template: the shop's own from 模板, else the shipped one."""
        ...

    def template_names(self) -> Sequence[str]:
        """Return the names of the shop's own templates."""
        ...

    def save(self, command: str, *, keep: int = 30) -> Sequence[PurePath]:
        """Write everything staged at once, or nothing; return the files that changed.

        A backup comes first, of which the last `keep` stay; `undo` puts everything back.
        """
        ...
