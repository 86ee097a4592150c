"""A sheet as a table is looked for in it: its cells, its Excel tables, its merged cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.grid import Grid, NativeTable

Merged: TypeAlias = Callable[[int, int], Sequence[Area]]
"""Lists the merged cells that meet some rows, first and last included."""


def none_merged(_: int, __: int) -> Sequence[Area]:
    """Return no merged cells."""
    return ()


@dataclass(frozen=True)
class SheetView:
    """One sheet of a workbook."""

    workbook: str
    name: str
    grid: Grid
    natives: Sequence[NativeTable] = ()
    merged: Merged = none_merged
