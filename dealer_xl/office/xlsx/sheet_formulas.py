"""Formulas of a sheet: where they are, which must not be split, and how one is carried down to new rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from dealer_xl.office.sheets.addresses import Area, address
from dealer_xl.office.xlsx.markup import attributes, closes_itself, end_tag, start_tag, text_of
from dealer_xl.office.xlsx.sheet_rows import CellSpan, SheetRows, UnusualSheetError

_SPREAD = (b"array", b"dataTable")


@dataclass(frozen=True)
class CellFormula:
    """The formula of one cell."""

    text: str  # without the equals sign; empty when the cell only shares another's
    kind: bytes  # normal, shared, array or dataTable
    group: bytes  # the number of the formula it shares


@dataclass(frozen=True)
class Model:
    """A formula with the cell for which it was written."""

    text: str
    origin: str

    @cached_property
    def _translator(self) -> Translator:
        return Translator(f"={self.text}", origin=self.origin)

    def at(self, row: int, column: int) -> str:
        """Return the formula as it reads in another cell.

        Raises UnusualSheetError for what is no formula.
        """
        try:
            moved = self._translator.translate_formula(address(row, column))
        except (TokenizerError, TranslatorError, IndexError) as error:
            raise UnusualSheetError from error
        return str(moved).removeprefix("=")


def formula_in(rows: SheetRows, cell: CellSpan) -> CellFormula | None:
    """Read the formula of a cell."""
    tag = start_tag(rows.prefix, b"f").search(rows.seen, cell.inner, cell.end)
    if tag is None:
        return None
    told = attributes(tag[0])
    text = b""
    if not closes_itself(tag[0]):
        closing = end_tag(rows.prefix, b"f").search(rows.seen, tag.end(), cell.end)
        text = rows.xml[tag.end() : closing.start()] if closing else b""
    return CellFormula(text_of(text), told.get(b"t", b"normal"), told.get(b"si", b""))


def formula_places(rows: SheetRows, places: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return which of some cells (row, column) show what a formula computes, their own or one spread over them."""
    spread = spread_areas(rows)
    found = {place for place in places if any(place in area for area in spread)}
    for row in {row for row, _ in places}:
        start, is_there = rows.place(row)
        cells = rows.cells(start) if is_there else ()
        found |= {(row, cell.column) for cell in cells if formula_in(rows, cell)}
    return found & set(places)


def formula_texts(rows: SheetRows, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Return the formulas of some cells (row, column), without the equals sign; one shared with others as it reads there."""
    found: dict[tuple[int, int], str] = {}
    for row in {row for row, _ in places}:
        start, is_there = rows.place(row)
        for cell in rows.cells(start) if is_there else ():
            if (row, cell.column) in places and formula_in(rows, cell) is not None:
                model = model_of(rows, row, cell)
                found[row, cell.column] = model.at(row, cell.column) if model else ""
    return found


def spread_areas(rows: SheetRows) -> list[Area]:
    """List the areas over which one formula is spread; no single cell of them may be written."""
    if not any(kind in rows.seen for kind in _SPREAD):
        return []
    areas: list[Area] = []
    for tag in start_tag(rows.prefix, b"f").finditer(rows.seen, rows.data_start, rows.data_end):
        told = attributes(tag[0])
        area = Area.of(told.get(b"ref", b"").decode())
        if told.get(b"t") in _SPREAD and area is not None:
            areas.append(area)
    return areas


def model_of(rows: SheetRows, row: int, cell: CellSpan) -> Model | None:
    """Find the formula that a cell hands down to the rows below; a spread one hands down nothing."""
    formula = formula_in(rows, cell)
    if formula is None or formula.kind in _SPREAD:
        return None
    if formula.text:
        return Model(formula.text, address(row, cell.column))
    return _shared_model(rows, formula.group)


def _shared_model(rows: SheetRows, group: bytes) -> Model | None:
    """Find the one cell of a group that has the formula's text."""
    for row in rows.numbers:
        start, _ = rows.place(row)
        content_end, _ = rows.row_ends(start)
        if rows.seen.find(b"shared", start, content_end) < 0:
            continue
        for cell in rows.cells(start):
            formula = formula_in(rows, cell)
            if formula and formula.group == group and formula.text:
                return Model(formula.text, address(row, cell.column))
    return None
