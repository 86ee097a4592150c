"""What a cell holds, whatever pandas had, and where a sheet ends."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pandas as pd
import pytest

from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import LAST_COLUMN, LAST_ROW, Area, column_of, letters_of
from dealer_xl.office.sheets.cells import SheetFullError, checked, plain
from dealer_xl.office.sheets.grid import Grid

NOON = datetime(2026, 1, 5, 12)  # noqa: DTZ001 - Excel knows no time zones


@pytest.mark.parametrize(
    ("held", "cell"),
    [
        (pd.NaT, None),
        (pd.NA, None),
        (float("nan"), None),
        (pd.Timestamp("2026-01-05 12:00"), NOON),
        (pd.Timestamp("2026-01-05 12:00", tz="Asia/Shanghai"), NOON),
        (timedelta(hours=36), 1.5),
        (time(8), time(8)),
        (date(2026, 1, 5), date(2026, 1, 5)),
    ],
)
def test_what_pandas_holds_becomes_what_a_cell_holds(held: object, cell: Cell) -> None:
    assert plain(held) == cell
    assert type(plain(held)) is type(cell)


@pytest.mark.parametrize(("row", "column"), [(LAST_ROW + 1, 1), (1, LAST_COLUMN + 1)])
def test_beyond_the_last_row_or_column_nothing_is_written(row: int, column: int) -> None:
    assert checked("末", "表", LAST_ROW, LAST_COLUMN) == "末"
    with pytest.raises(SheetFullError, match="写满1048576行"):
        checked("外", "表", row, column)


def test_a_grid_without_cells_has_no_rows() -> None:
    empty = Grid.of({})

    assert (list(empty.rows), empty.bottom, empty.right) == ([], 0, 0)
    assert list(empty.row(1)) == []
    assert list(Grid.of({(2, 1): "一"}).row(3)) == []


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")]
)
def test_a_column_is_known_by_its_letters(column: int, letters: str) -> None:
    assert (letters_of(column), column_of(letters)) == (letters, column)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A1:XFD1048576", Area(1, 1, LAST_ROW, LAST_COLUMN)),
        ("b2", Area(2, 2, 2, 2)),
        ("A1:XFE1", None),
        ("A1:A1048577", None),
        ("A0:A3", None),
    ],
)
def test_an_area_reaches_to_the_sheets_edges_and_no_further(text: str, area: Area | None) -> None:
    assert Area.of(text) == area


def test_areas_meet_when_they_share_a_single_cell() -> None:
    middle = Area(3, 3, 5, 5)

    for corner in (Area(1, 1, 3, 3), Area(5, 5, 9, 9), Area(1, 5, 3, 9), Area(5, 1, 9, 3)):
        assert middle.meets(corner)
        assert corner.meets(middle)
    for beside in (Area(1, 3, 2, 5), Area(6, 3, 9, 5), Area(3, 1, 5, 2), Area(3, 6, 5, 9)):
        assert not middle.meets(beside)


def test_the_corners_of_an_area_belong_to_it_and_the_cells_around_do_not() -> None:
    area = Area(3, 3, 5, 5)

    assert all(cell in area for cell in ((3, 3), (3, 5), (5, 3), (5, 5)))
    assert not any(cell in area for cell in ((2, 3), (6, 3), (3, 2), (3, 6)))


def test_an_area_is_told_as_staff_read_it() -> None:
    assert [str(Area(4, 3, 4, 3)), str(Area(3, 1, 900, 26))] == ["C4", "A3:Z900"]
    assert Area(3, 3, 5, 5).with_area(Area(4, 1, 9, 4)) == Area(3, 1, 9, 5)
    assert Area(3, 3, 5, 5).down_to(9) == Area(3, 3, 9, 5)
