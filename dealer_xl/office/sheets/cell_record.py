"""What the cells of a workbook held before and after a write: enough to put them back one by one.

For workbooks that are open in a running spreadsheet program, or that another program saves afterwards: no copy of the
file would serve there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import NamedTuple, Self

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.cells import same
from dealer_xl.office.sheets.sheet_change import Growth


class Formula(str):
    """A formula as a cell holds it, `=A1+1`; any other text is only text."""

    __slots__ = ()


_LAST_DIGITS = 1e-14  # of sixteen or so that a number has

_KINDS: Mapping[str, Callable[[str], Cell]] = {
    "formula": Formula,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


@dataclass(frozen=True)
class BlockRecord:
    """A rectangle of cells of a sheet, row by row, before and after."""

    sheet: str
    row: int
    column: int
    before: Sequence[Sequence[Cell]]
    after: Sequence[Sequence[Cell]]

    @property
    def first_row(self) -> Area:
        """Return where its first row lies."""
        return Area(self.row, self.column, self.row, self.column + len(self.before[0]) - 1)

    def cells(self) -> Iterator[tuple[int, int, Cell, Cell]]:
        """Yield each cell: row, column, before, after."""
        for row, (before, after) in enumerate(zip(self.before, self.after, strict=True), start=self.row):
            for column, pair in enumerate(zip(before, after, strict=True), start=self.column):
                yield row, column, *pair


class Written(NamedTuple):
    """One cell of a row: where it stands, what it held, what was written."""

    column: int
    before: Cell
    after: Cell


@dataclass(frozen=True)
class TableRecord:
    """An Excel table that reached further afterwards: its area as an address."""

    sheet: str
    name: str
    before: str
    after: str

    @classmethod
    def of(cls, sheet: str, growth: Growth) -> Self | None:
        """Return the record of a table that new rows make longer."""
        if growth.native is None or growth.reach is None:
            return None
        return cls(sheet, growth.native.name, str(growth.native.area), str(growth.reach))


@dataclass(frozen=True)
class CellRecord:
    """All that a command wrote into one workbook."""

    blocks: Sequence[BlockRecord]
    tables: Sequence[TableRecord] = ()

    def areas(self) -> dict[str, str]:
        """Return which rows and columns of each sheet were written: the address of the smallest area that holds them."""
        found: dict[str, Area] = {}
        for block in self.blocks:
            area = block.first_row.down_to(block.row + len(block.before) - 1)
            found[block.sheet] = found[block.sheet].with_area(area) if block.sheet in found else area
        return {sheet: str(area) for sheet, area in found.items()}

    def by_row(self) -> dict[str, dict[int, list[Written]]]:
        """Return the cells of each sheet, row by row."""
        rows: dict[str, dict[int, list[Written]]] = {}
        for block in self.blocks:
            sheet = rows.setdefault(block.sheet, {})
            for row, column, before, after in block.cells():
                sheet.setdefault(row, []).append(Written(column, before, after))
        return rows

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Read what `written` gave."""
        told = json.loads(content)
        blocks = [
            BlockRecord(**{**block, "before": _read(block["before"]), "after": _read(block["after"])})
            for block in told["blocks"]
        ]
        return cls(blocks, [TableRecord(**table) for table in told["tables"]])

    def written(self) -> bytes:
        """Return it as a file's content."""
        blocks = [
            {**vars(block), "before": _told(block.before), "after": _told(block.after)}
            for block in self.blocks
        ]
        told = {"blocks": blocks, "tables": [asdict(table) for table in self.tables]}
        return json.dumps(told, ensure_ascii=False).encode()


def holds_still(now: Cell, after: Cell) -> bool:
    """Return whether a cell holds what was written; a program that saved it meanwhile may keep fewer digits."""
    if isinstance(after, Formula):
        return True
    if isinstance(now, float) and isinstance(after, float | int) and not isinstance(after, bool):
        return math.isclose(now, after, rel_tol=_LAST_DIGITS)
    return same(now, after)


def _told(rows: Sequence[Sequence[Cell]]) -> list[list[object]]:
    return [[_value_told(value) for value in row] for row in rows]


def _value_told(value: Cell) -> object:
    if isinstance(value, Formula):
        return {"formula": str(value)}
    if isinstance(value, (date, time)):  # a datetime is a date, too
        return {type(value).__name__: value.isoformat()}
    return value


def _read(rows: Sequence[Sequence[object]]) -> list[list[Cell]]:
    return [[_value_read(value) for value in row] for row in rows]


def _value_read(told: object) -> Cell:
    if isinstance(told, dict):
        ((kind, text),) = told.items()
        return _KINDS[kind](text)
    return told  # type: ignore[return-value]  # what JSON holds besides is a cell's value
