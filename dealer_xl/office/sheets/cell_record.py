"""What the cells of a workbook held before and after a write: enough to put them back one by one.

Used for workbooks that are open in a running spreadsheet program, where no copy of the file would tell it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Self

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.workbook import Cell


class Formula(str):
    """A formula as a cell holds it, `=A1+1`; any other text is only text."""

    __slots__ = ()


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
        """Tell where its first row lies."""
        return Area(self.row, self.column, self.row, self.column + len(self.before[0]) - 1)

    def cells(self) -> Iterator[tuple[int, int, Cell, Cell]]:
        """Give each cell: row, column, before, after."""
        for row, (before, after) in enumerate(zip(self.before, self.after, strict=True), start=self.row):
            for column, pair in enumerate(zip(before, after, strict=True), start=self.column):
                yield row, column, *pair


@dataclass(frozen=True)
class TableRecord:
    """An Excel table that reached further afterwards: its area as an address."""

    sheet: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class CellRecord:
    """All that a command wrote into one open workbook."""

    blocks: Sequence[BlockRecord]
    tables: Sequence[TableRecord] = ()

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
        """Give it as a file's content."""
        blocks = [
            {**vars(block), "before": _told(block.before), "after": _told(block.after)}
            for block in self.blocks
        ]
        told = {"blocks": blocks, "tables": [asdict(table) for table in self.tables]}
        return json.dumps(told, ensure_ascii=False).encode()


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
