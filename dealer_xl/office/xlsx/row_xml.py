"""Write one row of a sheet's part: a new one, or one that is there with some of its cells exchanged."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import date, time

from dealer_xl.office.sheets.addresses import address, letters_of
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange
from dealer_xl.office.xlsx.cell_formats import CellFormats
from dealer_xl.office.xlsx.cell_xml import CellContent, Formula, serial, written_cell
from dealer_xl.office.xlsx.markup import attribute, attributes, closes_itself, with_attribute
from dealer_xl.office.xlsx.obstacles import Obstacles
from dealer_xl.office.xlsx.row_styles import PLAIN, SheetStyles, StyleChoice
from dealer_xl.office.xlsx.sheet_formulas import formula_in
from dealer_xl.office.xlsx.sheet_rows import CellSpan, SheetRows

_REPLACED = re.compile(rb"""\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")


class RowWriter:
    """Writes the rows of one sheet that a change touches."""

    def __init__(
        self,
        rows: SheetRows,
        change: SheetChange,
        obstacles: Obstacles,
        formats: CellFormats,
        *,
        from_1904: bool,
    ) -> None:
        self._rows, self._change, self._obstacles, self._formats = rows, change, obstacles, formats
        self._looks = SheetStyles(rows, change)
        self._prefix, self._from_1904 = rows.prefix.decode(), from_1904
        self.overwritten: list[str] = []  # cells whose formula is gone

    def new_row(self, number: int) -> bytes:
        """Write a row where none is yet."""
        growth = next(self._change.growth_at(number), None)
        handed_down = self._looks.of(growth.model_row).handed_down if growth else ""
        contents = self._contents(number, (), growth)
        styles = self._looks.under_model(growth.model_row) if growth else self._looks.in_row(number)
        cells = self._written(number, contents, styles)
        prefix = self._prefix
        return f'<{prefix}row r="{number}"{handed_down}>{"".join(cells)}</{prefix}row>'.encode()

    def edited_row(self, number: int, start: int) -> bytes:
        """Write the row that begins there with the changed cells; all others keep their bytes."""
        rows = self._rows
        tag, (content_end, end) = rows.row_tag(start), rows.row_ends(start)
        cells = list(rows.cells(start))
        growth = next(self._change.growth_at(number), None)
        contents = self._contents(number, cells, growth)
        styles = self._looks.under_model(growth.model_row) if growth else self._looks.in_row(number)
        waiting = deque(sorted(contents.items()))
        pieces, position = [_spanning(opened(tag), cells, contents)], start + len(tag)
        for cell in cells:
            pieces.append(rows.xml[position : cell.start])
            while waiting and waiting[0][0] < cell.column:
                pieces += self._added(number, [waiting.popleft()], styles)
            if waiting and waiting[0][0] == cell.column:
                pieces.append(self._changed(number, cell, waiting.popleft()[1]))
            else:
                pieces.append(rows.xml[cell.start : cell.end])
            position = cell.end
        pieces += self._added(number, waiting, styles)
        closing = rows.xml[content_end:end] or b"</" + rows.prefix + b"row>"
        return b"".join([*pieces, rows.xml[position:content_end], closing])

    def _contents(
        self, number: int, cells: Sequence[CellSpan], growth: Growth | None
    ) -> Mapping[int, CellContent]:
        """Return what goes into a row: what was gathered, and what a new row takes from its model."""
        gathered = self._change.cells[number]
        if growth is None:
            return gathered
        values: dict[int, CellContent] = dict(gathered)
        there = {cell.column: cell for cell in cells}
        models = self._looks.models(growth.model_row)
        for column in range(growth.rows.left, growth.rows.right + 1):
            if values.get(column) is None:
                if column in there and self._stays(there[column], gathered=column in values):
                    values.pop(column, None)
                else:
                    model = models.get(column)
                    values[column] = Formula(model.at(number, column)) if model else None
        return values

    def _stays(self, cell: CellSpan, *, gathered: bool) -> bool:
        """Return whether a cell of a row filled anew keeps what it has: a formula, or an entry of a staff column."""
        return cell.is_filled and (not gathered or formula_in(self._rows, cell) is not None)

    def _added(
        self, number: int, contents: Sequence[tuple[int, CellContent]], styles: StyleChoice
    ) -> list[bytes]:
        return [cell.encode() for cell in self._written(number, dict(contents), styles)]

    def _written(self, number: int, contents: Mapping[int, CellContent], styles: StyleChoice) -> list[str]:
        """Write new cells; a blank without a format needs none."""
        is_barred = self._obstacles.meet(number)
        cells: list[str] = []
        for column in sorted(contents):
            value = contents[column]
            if is_barred and self._obstacles.bar(number, column, blank=value is None):
                continue
            style = self._fit(styles[column], value)
            if value is not None or style != PLAIN:
                styled = f' s="{style.decode()}"' if style != PLAIN or _is_moment(value) else ""
                start = f'{self._prefix}c r="{letters_of(column)}{number}"{styled}'
                cells.append(written_cell(self._prefix, start, value, from_1904=self._from_1904))
        return cells

    def _changed(self, number: int, cell: CellSpan, value: CellContent) -> bytes:
        """Write another value into a cell; its format and all its other attributes stay."""
        if self._obstacles.bar(number, cell.column, blank=value is None):
            return self._rows.xml[cell.start : cell.end]
        self._give_up_formula(number, cell)
        tag, style = _REPLACED.sub(b"", cell.tag), self._fit(cell.style, value)
        if style != cell.style or _is_moment(value):
            tag = with_attribute(tag, b"s", style.decode())
        if attribute(b"r").search(tag) is None:
            tag = with_attribute(tag, b"r", address(number, cell.column))
        start = tag.rstrip(b"/>").rstrip()[1:]
        return written_cell(self._prefix, start.decode(), value, from_1904=self._from_1904).encode()

    def _fit(self, style: bytes, value: CellContent) -> bytes:
        """Choose the format of a cell; a day before Excel's calendar begins is a text and needs none."""
        if isinstance(value, (date, time)) and serial(value, from_1904=self._from_1904) is None:
            return style
        return self._formats.fit(style, value)

    def _give_up_formula(self, number: int, cell: CellSpan) -> None:
        formula = formula_in(self._rows, cell) if cell.is_filled else None
        if formula is None:
            return
        if formula.kind != b"normal" or cell.column not in self._change.own_columns:
            raise self._obstacles.refuse_formula(number, cell.column)
        self.overwritten.append(address(number, cell.column))


def _is_moment(value: CellContent) -> bool:
    """Return whether a cell has to name its format: where the first of all shows days, some readers take none for it."""
    return isinstance(value, (date, time))


def opened(tag: bytes) -> bytes:
    """Turn the tag of an element without content into a start tag."""
    return tag[:-2].rstrip() + b">" if closes_itself(tag) else tag


def _spanning(tag: bytes, cells: Sequence[CellSpan], contents: Mapping[int, CellContent]) -> bytes:
    """Widen the hint that tells which columns a row uses, where there is one."""
    told = attributes(tag).get(b"spans", b"").split()
    columns = [*contents, *(cell.column for cell in cells)]
    if len(told) != 1 or b":" not in told[0] or not columns:
        return tag
    first, _, last = told[0].partition(b":")
    low, high = min(int(first), *columns), max(int(last), *columns)
    return tag if (low, high) == (int(first), int(last)) else with_attribute(tag, b"spans", f"{low}:{high}")
