"""Headings are known again in whatever way staff write them."""

from __future__ import annotations

import pytest
from excel_books import CALLS

from dealer_xl.heading_text import normal
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.cells import is_blank, plain, same
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.headings import find_heading_row
from dealer_xl.office.sheets.layout import sheet_named


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("客户\n名称", "客户名称"),
        (" 客户　名称 ", "客户名称"),
        ("客户名称*", "客户名称"),
        ("＊客户名称：", "客户名称"),
        ("客戶名稱", "客户名称"),
        ("聯繫電話", "联系电话"),
        ("檔案號", "档案号"),
        ("ＶＩＮ码", "vin码"),
        ("保养周期（月）", "保养周期(月)"),
        ("客户\u200b名称", "客户名称"),
    ],
)
def test_two_ways_of_writing_a_heading_are_one(written: str, meant: str) -> None:
    assert normal(written) == normal(meant)


def test_different_headings_stay_different() -> None:
    assert len({normal(heading) for heading in CALLS.headings}) == len(CALLS.headings)


def test_of_rows_that_fit_alike_the_first_is_the_heading_row() -> None:
    cells: dict[tuple[int, int], Cell] = {(2, 1): "登记号", (2, 2): "日期", (9, 1): "登记号", (9, 2): "日期"}

    assert find_heading_row(CALLS, Grid.of(cells)).row == 2


def test_a_heading_row_far_down_is_not_looked_for() -> None:
    assert find_heading_row(CALLS, Grid.of({(1, 1): "甲", (101, 1): "登记号"})).columns == {}


@pytest.mark.parametrize("name", ["电话登记", " 电话登记 ", "電話登記"])
def test_a_sheets_name_is_known_again(name: str) -> None:
    assert sheet_named("电话登记", ["别的", name]) == name
    assert sheet_named("信函登记", [name]) is None


def test_a_grid_gives_columns_and_cells_beyond_its_edges_as_blanks() -> None:
    grid = Grid.of({(3, 2): "一", (5, 4): "二"})

    assert grid.column(2, 1, 7) == [None, None, "一", None, None, None, None]
    assert grid.column(9, 4, 6) == [None, None, None]
    assert grid.column(2, 6, 5) == []
    assert grid.column(2, 8, 9) == [None, None]
    assert (grid.cell(5, 4), grid.cell(1, 1), grid.cell(9, 9)) == ("二", None, None)


def test_values_count_as_the_same_when_they_look_the_same() -> None:
    assert same(1, 1.0)
    assert not same(1, "1")
    assert not same(1, True)
    assert not same(None, 0)
    assert is_blank(" \n")
    assert not is_blank(0)


def test_what_no_cell_can_hold_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        plain([1])
