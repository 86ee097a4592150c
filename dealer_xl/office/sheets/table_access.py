"""One table wherever it stands: on one sheet, on a sheet a month, in a workbook a year, under our headings or the shop's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dealer_xl.errors import DealerXlError
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook
from dealer_xl.office.sheets.month_names import best_for
from dealer_xl.office.sheets.translation import to_shop, translated
from dealer_xl.schema import CHECK, Kind, Table
from dealer_xl.table_sources import ROWS_OF_A_SHEET, Place, Source, part_number, row_number


class TableAbsentError(DealerXlError):
    """Rows are to be written into a table that the shop does not keep."""

    def __init__(self, sheet: str) -> None:
        super().__init__(
            f"本店的工作簿里没有“{sheet}”表，没有写入；请点“接入本店表格”选好哪张表是它，或运行 dealer-xl new 文件夹 补上空白的。"
        )


class ColumnAbsentError(DealerXlError):
    """A value is to be written into a column that the shop's sheet does not have."""

    def __init__(self, workbook: str, sheet: str, heading: str) -> None:
        super().__init__(
            f"《{workbook}》的“{sheet}”表没有相当于“{heading}”的列，没有写入；"
            f"请在表里加一列“{heading}”，再点一次“接入本店表格”。"
        )


@dataclass(frozen=True)
class Part:
    """A sheet that holds a table, or some rows of it."""

    book: BufferedWorkbook
    source: Source  # of this very workbook and sheet, no pattern

    @property
    def name(self) -> str:
        """Return what tells it from the other parts: its workbook and its sheet."""
        return f"{self.book.name} {self.source.sheet}"


@dataclass(frozen=True)
class Skipped:
    """A row that was left out, and why."""

    row_id: int
    why: str


@dataclass(frozen=True)
class TableCells:
    """The records of a table: cells as objects under row ids; columns are those headings of ours that stand in a part at least."""

    frame: pd.DataFrame
    skipped: tuple[Skipped, ...] = ()
    absent: bool = False  # the shop does not keep the table

    @property
    def present(self) -> frozenset[str]:
        """Return the headings of ours that stand there."""
        return frozenset(self.frame.columns)


class TableAccess:
    """Reads and writes one table; a row is known by its id: the Excel row, plus ROWS_OF_A_SHEET for each part before its own."""

    def __init__(self, table: Table, parts: Sequence[Part]) -> None:
        self.table, self.parts = table, parts

    @property
    def absent(self) -> bool:
        """Return whether the shop does not keep the table."""
        return not self.parts

    def read(self) -> TableCells:
        """Read all records.

        Raises HeadingMissingError, DescribedHeadingError.
        """
        if self.absent:
            empty = pd.DataFrame(columns=list(self.table.headings), index=_row_ids([], 0), dtype=object)
            return TableCells(empty, absent=True)
        frames = [self._part_cells(number, part) for number, part in enumerate(self.parts)]
        if len(frames) == 1:
            return TableCells(frames[0], self._skipped())
        there = {heading for frame in frames for heading in frame.columns}
        headings = [heading for heading in self.table.headings if heading in there]
        joined = pd.concat([frame.reindex(columns=headings) for frame in frames])
        return TableCells(joined.astype(object).where(joined.notna(), None), self._skipped())

    def place_of(self, row_id: int) -> Place:
        """Return where a row stands."""
        if self.absent:
            return Place(self.table.workbook, self.table.sheet, row_number(row_id))
        part = self.parts[part_number(row_id)]
        return Place(part.book.name, part.source.sheet, row_number(row_id))

    def heading_at(self, heading: str, row_id: int = 0) -> str:
        """Return what a column of ours is called on the sheet of a row."""
        if self.absent:
            return heading
        part = self.parts[part_number(row_id)]
        return part.book.layout(self.table, part.source).labels.get(heading, heading)

    @property
    def takes_marks(self) -> bool:
        """Return whether the column 校验 may be written in every part."""
        return bool(self.parts) and all(
            part.source.marks and CHECK in part.book.layout(self.table, part.source).columns
            for part in self.parts
        )

    def fixed_cells(self, cells: Mapping[str, Collection[int]]) -> set[tuple[str, int]]:
        """Return which of some cells (heading to row ids) are not to be written over: formulas of the shop's, cells under merged ones."""
        found: set[tuple[str, int]] = set()
        for number, part in enumerate(self.parts):
            here = {
                heading: [row_number(each) for each in ids if part_number(each) == number]
                for heading, ids in cells.items()
            }
            fixed = part.book.fixed_cells(self.table, here, part.source)
            found |= {(heading, number * ROWS_OF_A_SHEET + row) for heading, row in fixed}
        return found

    def write_cells(self, heading: str, values: Mapping[int, Cell]) -> None:
        """Put values (by row id) into one column, in the shop's words; only cells whose value differs change."""
        for number, part in enumerate(self.parts):
            here = {
                row_number(each): to_shop(heading, value, part.source)
                for each, value in values.items()
                if part_number(each) == number
            }
            if here:
                part.book.write_cells(self.table, heading, here, part.source)

    def append_rows(self, rows: Sequence[Mapping[str, Cell]]) -> list[int]:
        """Put rows (our heading to value) under the last record of the part that staff use for their month, else of the last.

        Returns the row id of each. Raises TableAbsentError, ColumnAbsentError, TotalRowBelowError and what the workbook raises.
        """
        if rows and self.absent:
            raise TableAbsentError(self.table.sheet)
        ids = [0] * len(rows)
        for number, places in self._by_part(rows).items():
            part = self.parts[number]
            shops = [self._as_shop(rows[place], part) for place in places]
            first = part.book.append_rows(self.table, shops, part.source)
            for row, place in enumerate(places, start=number * ROWS_OF_A_SHEET + first):
                ids[place] = row
        return ids

    def replace_rows(self, rows: Sequence[Mapping[str, Cell]]) -> None:
        """Put rows in the place of all rows of a table that the program writes.

        Raises TableAbsentError.
        """
        part = self._only_part()
        part.book.replace_rows(self.table, rows, part.source)

    def write_note(self, text: str) -> None:
        """Put a line into the row between the table's title and its headings.

        Raises TableAbsentError.
        """
        part = self._only_part()
        part.book.write_note(self.table, text, part.source)

    def _only_part(self) -> Part:
        if self.absent:
            raise TableAbsentError(self.table.sheet)
        return self.parts[0]

    def _part_cells(self, number: int, part: Part) -> pd.DataFrame:
        cells = part.book.read_table(self.table, part.source)
        cells.index = _row_ids(cells.index, number)
        return translated(cells, part.source)

    def _skipped(self) -> tuple[Skipped, ...]:
        return tuple(
            Skipped(number * ROWS_OF_A_SHEET + each.row, each.kind.value)
            for number, part in enumerate(self.parts)
            for each in part.book.rows(self.table, part.source).skipped
        )

    def _by_part(self, rows: Sequence[Mapping[str, Cell]]) -> dict[int, list[int]]:
        """Share new rows, by their places, out among the parts: by the month that a part's name bears."""
        if len(self.parts) == 1 or not rows:
            return {0: list(range(len(rows)))} if rows else {}
        names = [part.name for part in self.parts]
        shared: dict[int, list[int]] = {}
        for place, row in enumerate(rows):
            shared.setdefault(best_for(self._day_of(row), names, self._last_used()), []).append(place)
        return shared

    def _identities(self) -> list[list[str]]:
        """Return the headings of ours that a row is known by, in each way."""
        return [[self.table.heading(key) for key in each] for each in self.table.identity]

    def _known_by(self, there: Collection[str]) -> list[list[str]]:
        return [each for each in self._identities() if set(each) <= set(there)]

    def _last_used(self) -> int:
        """Return the last part that has a record."""
        used = [
            number
            for number, part in enumerate(self.parts)
            if part.book.rows(self.table, part.source).records
        ]
        return used[-1] if used else len(self.parts) - 1

    def _day_of(self, row: Mapping[str, Cell]) -> date | None:
        """Return the first day that a row tells."""
        headings = (column.heading for column in self.table.columns if column.kind is Kind.DATE)
        days = (row.get(heading) for heading in headings)
        return next((day for day in days if isinstance(day, date)), None)

    def _as_shop(self, row: Mapping[str, Cell], part: Part) -> dict[str, Cell]:
        """Return a row in the shop's words, without what its sheet has no column for, if it is not what the row is known by."""
        if not part.source.columns:
            return dict(row)
        columns = part.book.layout(self.table, part.source).columns
        if not any(all(row.get(heading) is not None for heading in each) for each in self._known_by(columns)):
            lacking = next(
                heading for each in self._identities() for heading in each if heading not in columns
            )
            raise ColumnAbsentError(part.book.name, part.source.sheet, lacking)
        return {
            heading: to_shop(heading, value, part.source)
            for heading, value in row.items()
            if heading in columns
        }


def _row_ids(rows: Collection[int], number: int) -> pd.Index[int]:
    return pd.Index([number * ROWS_OF_A_SHEET + int(row) for row in rows], dtype="int64", name="row")
