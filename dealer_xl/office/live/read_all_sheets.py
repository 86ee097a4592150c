"""All sheets of an open workbook in one call: Excel has none for it, the add-in's own macro has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dealer_xl.office.live.blocks import as_read, without_blank_edges
from dealer_xl.office.live.live_sheet import CallCounter
from dealer_xl.office.live.native import ON_A_MAC
from dealer_xl.office.sheets.grid import Grid

if TYPE_CHECKING:  # xlwings is slow to load
    import xlwings

MACRO = "'dealer_xl.xlam'!DealerBlocks.DealerSheets"


def read_used_ranges(book: xlwings.Book, calls: CallCounter) -> dict[str, Grid]:
    """Read the used part of every sheet; none where no macro answers, then sheets are read one by one.

    That is so without the add-in, with an older one, and on a Mac, whose macros are not known to hand over blocks.
    """
    if ON_A_MAC:
        return {}
    try:
        told = book.app.macro(MACRO)(book.name)
    except Exception:  # noqa: BLE001 - Excel says no in many ways; a busy one says so again at the next call
        calls.asks += 1
        return {}
    calls.reads += 1
    return {name: _grid(top, left, cells) for name, top, left, cells in filter(None, told or ())}


def _grid(top: int, left: int, cells: object) -> Grid:
    rows = cells if isinstance(cells, (tuple, list)) else ((cells,),)  # a single cell comes bare
    return Grid(top, left, without_blank_edges([[as_read(value) for value in row] for row in rows]))
