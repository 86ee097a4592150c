"""The add-in's macro hands over all sheets of an open workbook in one call."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import xlwings
from excel_books import BOOK, CALLS, as_xlsx, call, calls_sheet, today_sheet
from trips import opened
from xlwings_calc import CalcEngine

from dealer_xl.office.live import read_all_sheets
from dealer_xl.office.live.blocks import as_read
from dealer_xl.office.live.live_sheet import CallCounter, LiveSheet, UsedTooFarError
from dealer_xl.office.live.live_workbook import LiveWorkbook
from dealer_xl.office.live.read_all_sheets import read_used_ranges
from dealer_xl.office.sheets.grid import Grid


@pytest.fixture
def book(calc: CalcEngine, tmp_path: Path) -> xlwings.Book:
    app = xlwings.apps.active
    assert calc.running
    assert app is not None
    (tmp_path / BOOK).write_bytes(as_xlsx([calls_sheet([call(1, "甲"), call(2, "乙")]), today_sheet(["丙"])]))
    opened(app, tmp_path, [BOOK])
    return app.books[BOOK]


def one_by_one(book: xlwings.Book) -> dict[str, Grid]:
    return {sheet.name: LiveSheet(sheet, book.name, CallCounter()).read() for sheet in book.sheets}


@pytest.mark.usefixtures("calc_with_addin")
def test_a_workbook_is_read_in_one_call_and_holds_what_its_sheets_hold_one_by_one(book: xlwings.Book) -> None:
    sheet = book.sheets[CALLS.sheet]
    sheet.range("G4:G5").formula = [["=1/0"], ["=NA()"]]
    sheet.range("H4:H5").value = [[True], [datetime(2026, 1, 5, 8, 30)]]  # noqa: DTZ001 - Excel knows no zones
    sheet.range("I4").value = 12.5
    book.sheets.add("空表")
    book.sheets.add("一格").range("C7").value = "只有一格"
    calls = CallCounter()

    told = read_used_ranges(book, calls)

    assert told == one_by_one(book)
    assert told["一格"] == Grid(7, 3, [["只有一格"]])
    assert str(calls) == "1 reads, 0 writes, 0 asks"


@pytest.mark.usefixtures("calc_with_addin")
def test_a_sheet_used_down_to_its_last_row_does_not_hinder_the_others(book: xlwings.Book) -> None:
    far = book.sheets.add("远")
    far.range("A1").value, far.range("H1048576").value = "始", "终"
    workbook = LiveWorkbook(book, CallCounter())

    assert workbook.read_table(CALLS)["客户名称"].tolist() == ["甲", "乙"]
    with pytest.raises(UsedTooFarError, match="“远”表占用的行列过多（一直到"):
        workbook.grid("远")


@pytest.mark.usefixtures("calc")
def test_without_the_add_in_each_sheet_is_read_by_itself(book: xlwings.Book) -> None:
    calls = CallCounter()
    workbook = LiveWorkbook(book, calls)

    assert {name: workbook.grid(name) for name in workbook.sheet_names()} == one_by_one(book)
    assert calls.reads == 2


def test_a_mac_is_not_asked_for_blocks_from_a_macro(
    calc_with_addin: CalcEngine, book: xlwings.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_all_sheets, "ON_A_MAC", True)
    before = calc_with_addin.counted.reads

    assert read_used_ranges(book, CallCounter()) == {}
    assert calc_with_addin.counted.reads == before


def test_a_macro_that_met_an_error_hands_over_nothing() -> None:
    app = SimpleNamespace(macro=lambda _: lambda _: None)

    assert read_used_ranges(cast(Any, SimpleNamespace(app=app, name=BOOK)), CallCounter()) == {}


@pytest.mark.parametrize(
    ("told", "value"),
    [
        (datetime(2026, 1, 5, tzinfo=UTC), date(2026, 1, 5)),
        (datetime(2026, 1, 5, 8, 30, tzinfo=UTC), datetime(2026, 1, 5, 8, 30)),  # noqa: DTZ001 - Excel knows no zones
        (datetime(1899, 12, 30, 8, 30, tzinfo=UTC), time(8, 30)),
        (-2146826281, "#DIV/0!"),
        (-2146826246, "#N/A"),
    ],
)
def test_what_com_tells_of_a_cell_bears_no_zone_and_names_faults(told: object, value: object) -> None:
    assert as_read(told) == value
