"""What a row hands down to the rows put under it: formats, formulas, height."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.xlsx.markup import attributes, quoted
from dealer_xl.office.xlsx.sheet_formulas import Model, model_of
from dealer_xl.office.xlsx.sheet_rows import SheetRows

_HANDED_DOWN = (b"s", b"customFormat", b"ht", b"customHeight")
PLAIN = b"0"
"""The format of a cell that has none of its own."""


@dataclass(frozen=True)
class RowStyles:
    """The looks of one row; formats are numbers as they are written."""

    attributes: Mapping[bytes, bytes] = field(default_factory=dict)
    styles: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def own_style(self) -> bytes:
        """The format of cells that are not there yet."""
        is_own = self.attributes.get(b"customFormat") in (b"1", b"true")
        return self.attributes.get(b"s", PLAIN) if is_own else PLAIN

    @property
    def handed_down(self) -> str:
        """The row's attributes that a new row takes, ready to be written."""
        kept = {name: value for name, value in self.attributes.items() if name in _HANDED_DOWN}
        return "".join(f' {name.decode()}="{quoted(value.decode())}"' for name, value in kept.items())


class StyleChoice(dict[int, bytes]):
    """The format of new cells in some rows, by column; chosen once for each column."""

    def __init__(self, choose: Callable[[int], bytes]) -> None:
        super().__init__()
        self._choose = choose

    def __missing__(self, column: int) -> bytes:
        self[column] = self._choose(column)
        return self[column]


class SheetStyles:
    """The looks of a sheet's rows, each read once."""

    def __init__(self, rows: SheetRows, change: SheetChange) -> None:
        self._rows, self._change = rows, change
        self._read: dict[int, RowStyles] = {}
        self._models: dict[int, Mapping[int, Model]] = {}
        self._choices: dict[int, StyleChoice] = {}

    def of(self, row: int) -> RowStyles:
        """Return the looks of a row; one that is not there has none."""
        if row not in self._read:
            start, is_there = self._rows.place(row)
            self._read[row] = self._read_row(start) if is_there else RowStyles()
        return self._read[row]

    def models(self, row: int) -> Mapping[int, Model]:
        """Return the formulas that a row hands down, by column."""
        if row not in self._models:
            start, is_there = self._rows.place(row)
            cells = [cell for cell in self._rows.cells(start) if cell.is_filled] if is_there else []
            found = {cell.column: model_of(self._rows, row, cell) for cell in cells}
            self._models[row] = {column: model for column, model in found.items() if model is not None}
        return self._models[row]

    def under_model(self, model_row: int) -> StyleChoice:
        """Choose formats of cells in new rows: the model's, then the column's."""
        if model_row not in self._choices:
            model = self.of(model_row)
            self._choices[model_row] = StyleChoice(
                lambda column: model.styles.get(column) or self._default(model, column)
            )
        return self._choices[model_row]

    def in_row(self, row: int) -> StyleChoice:
        """Choose formats of new cells in a row that is there: of the cell above, the row's, the column's."""
        own, above = self.of(row), self.of(row - 1)

        def choose(column: int) -> bytes:
            top = self._change.top_of(row, column)
            upper = above.styles.get(column) if top is not None and top < row else None
            return upper or self._default(own, column)

        return StyleChoice(choose)

    def _default(self, row: RowStyles, column: int) -> bytes:
        return row.own_style if row.own_style != PLAIN else self._column_styles.get(column, PLAIN)

    @cached_property
    def _column_styles(self) -> Mapping[int, bytes]:
        return self._rows.column_styles()

    def _read_row(self, start: int) -> RowStyles:
        styles = {cell.column: cell.style for cell in self._rows.cells(start)}
        return RowStyles(attributes(self._rows.row_tag(start)), styles)
