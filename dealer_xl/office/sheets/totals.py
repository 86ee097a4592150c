"""A total that staff typed below their records: new rows come above it only where its sums count them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dealer_xl.errors import DealerXlError
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.row_kinds import SkippedRow

_AREA = re.compile(r"(?<![A-Za-z0-9_!'.])\$?[A-Z]{1,3}\$?[0-9]{1,7}:\$?[A-Z]{1,3}\$?[0-9]{1,7}")


class TotalRowBelowError(DealerXlError):
    """New rows would not fit above a total, or its sums would leave them out."""

    def __init__(self, workbook: str, sheet: str, row: int, count: int) -> None:
        super().__init__(
            f"《{workbook}》“{sheet}”表的第{row}行是合计行一类的内容，新的{count}行要写在它上面，没有写入；"
            f"请在第{row}行上面插入{count}行以上的空行，并让合计公式包括这些空行，再试一次。"
        )


def see_that_sums_stay_right(
    place: tuple[str, str],
    below: SkippedRow,
    rows: range,
    cells: Mapping[tuple[int, int], Cell],
    formulas: Mapping[tuple[int, int], str],
) -> None:
    """Raise where new rows meet the row below the records, or where a cell of it does not count them.

    `cells`: those of the row below that stand under a number of the new rows.
    Raises TotalRowBelowError.
    """
    fits = rows.stop <= below.row
    if not fits or not all(_counts(formulas.get(cell, ""), cell[1], rows) for cell in cells):
        raise TotalRowBelowError(*place, below.row, len(rows))


def _counts(formula: str, column: int, rows: range) -> bool:
    """Return whether a formula sums an area that has all new rows of its column."""
    areas = (Area.of(found.replace("$", "")) for found in _AREA.findall(formula.upper()))
    return any(
        area is not None and (rows.start, column) in area and (rows.stop - 1, column) in area
        for area in areas
    )
