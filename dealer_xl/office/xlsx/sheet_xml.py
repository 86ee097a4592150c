"""Splice changed cells into a sheet's part; every byte outside the rows touched stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.xlsx.cell_formats import CellFormats
from dealer_xl.office.xlsx.markup import start_tag
from dealer_xl.office.xlsx.obstacles import Obstacles
from dealer_xl.office.xlsx.row_xml import RowWriter, opened
from dealer_xl.office.xlsx.sheet_formulas import formula_in
from dealer_xl.office.xlsx.sheet_reach import lengthened, recalculating, with_extent
from dealer_xl.office.xlsx.sheet_rows import SheetRows


@dataclass(frozen=True)
class SplicedSheet:
    """A sheet's part with its changes, and the cells whose formula they took away."""

    xml: bytes
    overwritten: Sequence[str] = ()


@dataclass(frozen=True)
class SheetPlace:
    """Whose sheet it is, and what of its workbook matters to its cells."""

    workbook: str
    sheet: str
    from_1904: bool = False
    has_chain: bool = False  # formulas somewhere in the workbook look at cells
    recalculates: bool = False  # Excel computes everything anew anyway


def spliced(place: SheetPlace, xml: bytes, change: SheetChange, formats: CellFormats) -> SplicedSheet:
    """Return a sheet's part with a change.

    Raises UnusualSheetError, SheetProtectedError, FormulaInTheWayError, MergedCellError.
    """
    rows = SheetRows(xml)
    touched = [*change.cells, *(row for row, _ in change.notes)]
    obstacles = Obstacles(place.workbook, place.sheet, rows, min(touched), max(touched))
    _take_notes(rows, change, obstacles)
    writer = RowWriter(rows, change, obstacles, formats, from_1904=place.from_1904)
    data = _spliced_rows(rows, change, writer)
    if data == xml[rows.data_tag : rows.data_end]:
        return SplicedSheet(xml)
    head = with_extent(rows.prefix, xml[: rows.data_tag], _written_area(change))
    tail = lengthened(rows.prefix, xml[rows.tail_start :], list(change.growths.values()))
    if not place.recalculates and (place.has_chain or _has_formulas(rows)):
        tail = recalculating(rows.prefix, tail)
    return SplicedSheet(b"".join([head, data, rows.data_closing, tail]), writer.overwritten)


def _spliced_rows(rows: SheetRows, change: SheetChange, writer: RowWriter) -> bytes:
    pieces, position = [opened(rows.xml[rows.data_tag : rows.data_start])], rows.data_start
    for number in sorted(change.cells):
        start, is_there = rows.place(number)
        pieces.append(rows.xml[position:start])
        if is_there:
            pieces.append(writer.edited_row(number, start))
            _, position = rows.row_ends(start)
        else:
            pieces.append(writer.new_row(number))
            position = start
    return b"".join([*pieces, rows.xml[position : rows.data_end]])


def _take_notes(rows: SheetRows, change: SheetChange, obstacles: Obstacles) -> None:
    """Move notes to the cells, but for those that have no room: no job stops for a note."""
    for (row, column), text in change.notes.items():
        start, is_there = rows.place(row)
        cells = rows.cells(start) if is_there else ()
        is_formula = any(cell.column == column and formula_in(rows, cell) for cell in cells)
        if not is_formula and not obstacles.bar(row, column, blank=True):
            change.put(row, column, text or None)


def _written_area(change: SheetChange) -> Area:
    columns = [column for values in change.cells.values() for column in values]
    columns += [side for growth in change.growths.values() for side in (growth.rows.left, growth.rows.right)]
    return Area(min(change.cells), min(columns), max(change.cells), max(columns))


def _has_formulas(rows: SheetRows) -> bool:
    return start_tag(rows.prefix, b"f").search(rows.seen, rows.data_start, rows.data_end) is not None
