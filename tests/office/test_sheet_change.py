"""What is gathered for a sheet: areas without a gap, and how far tables grow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.grid import NativeTable
from dealer_xl.office.sheets.sheet_change import Growth, SheetChange

TABLE = NativeTable("T", Area(3, 1, 10, 4))


def changed(*cells: tuple[int, int]) -> SheetChange:
    change = SheetChange()
    for row, column in cells:
        change.put(row, column, f"{row}/{column}")
    return change


@given(st.sets(st.tuples(st.integers(1, 9), st.integers(1, 6))))
def test_the_areas_hold_each_cell_once_and_no_others(cells: set[tuple[int, int]]) -> None:
    told = [
        ((area.top + down, area.left + across), value)
        for area, rows in changed(*cells).areas()
        for down, values in enumerate(rows)
        for across, value in enumerate(values)
    ]

    assert sorted(told) == sorted(((row, column), f"{row}/{column}") for row, column in cells)


def test_rows_that_follow_each_other_are_one_area_and_a_gap_parts_them() -> None:
    areas = [area for area, _ in changed((4, 1), (4, 2), (5, 1), (5, 2), (7, 1), (7, 2)).areas()]

    assert areas == [Area(4, 1, 5, 2), Area(7, 1, 7, 2)]


def test_a_table_grows_only_to_rows_below_it() -> None:
    def reach(bottom: int, native: NativeTable | None = TABLE) -> Area | None:
        return Growth(Area(9, 1, bottom, 4), 4, (8,), native).reach

    assert (reach(10), reach(11), reach(11, None)) == (None, Area(3, 1, 11, 4), None)


def test_a_cell_belongs_to_the_lowest_table_that_begins_above_it_in_its_column() -> None:
    change = SheetChange(bodies={Area(4, 1, 4, 3), Area(20, 1, 20, 2)})

    tops = [change.top_of(row, column) for row, column in ((3, 1), (4, 1), (19, 3), (20, 2), (25, 3), (9, 4))]

    assert tops == [None, 4, 4, 20, 4, None]
