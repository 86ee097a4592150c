"""A workbook that is open is read with what is not saved yet, written in blocks, and put back after a save, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
import xlwings
from excel_books import BOOK, CALLS, Sheet, as_xlsx, call, calls_sheet, today_sheet
from xlwings_calc import CalcEngine, Uno

from dealer_xl.office.folder import disk, journal, saving
from dealer_xl.office.folder.backups import Undone, redo, undo, undoable
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.io_errors import DiskFullError
from dealer_xl.office.folder.journal import Entry, State
from dealer_xl.office.folder.recovery import recover
from dealer_xl.office.folder.saving import HalfShownError
from dealer_xl.office.live.blocks import Block, as_read, as_typed
from dealer_xl.office.live.live_sheet import LiveSheet
from dealer_xl.office.live.live_store import LiveStore
from dealer_xl.office.live.live_workbook import LiveWorkbook, ReadOnlyBookError
from dealer_xl.office.live.program import ExcelBusyError, OnlyOnlineError, Program, WrongProgramError, is_busy
from dealer_xl.office.live.sheet_write import NotTakenError
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.addresses import Area
from dealer_xl.office.sheets.sheet_errors import FormulaInTheWayError, MergedCellError, SheetProtectedError

OTHER = "信函登记.xlsx"
Open = Callable[[Sequence[Sheet]], "Shop"]


class Shop:
    """A folder with a workbook that is open in Calc."""

    def __init__(self, folder: Path, app: xlwings.App) -> None:
        self.folder, self.app = folder, app
        self.store = self.clicked()

    @property
    def book(self) -> xlwings.Book:
        return self.app.books[BOOK]

    @property
    def sheet(self) -> xlwings.Sheet:
        return self.book.sheets[CALLS.sheet]

    def clicked(self) -> LiveStore:
        """Open the store anew, as each click does."""
        self.program = Program(self.app)
        return LiveStore(self.folder, self.program)

    def on_disk(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.glob("*.xlsx")}

    def column(self, heading: str) -> list[Cell]:
        """Read what is on the screen."""
        place = CALLS.headings.index(heading) + 1
        values = self.sheet.range((4, place), (9, place)).options(ndim=1).value
        return [None if value in ("", None) else value for value in values]

    def undo(self) -> Undone:
        store = self.clicked()
        return undo(store.folder, books=store)


@pytest.fixture
def opened(calc: CalcEngine, tmp_path: Path) -> Open:
    calc.quirks.skips_hidden_rows = False
    app = xlwings.apps.active
    assert app is not None
    for book in list(app.books):
        book.close()

    def open_book(sheets: Sequence[Sheet]) -> Shop:
        (tmp_path / BOOK).write_bytes(as_xlsx(sheets))
        app.books.open(str(tmp_path / BOOK))
        return Shop(tmp_path, app)

    return open_book


def four(**others: Cell) -> Sheet:
    return calls_sheet([call(number, name, **others) for number, name in enumerate("甲乙丙丁", start=1)])


def with_formulas(opened: Open) -> Shop:
    """Open four calls whose next day is a formula."""
    shop = opened([four()])
    for row in range(4, 8):
        shop.sheet.range((row, 6)).formula = f"=B{row}+7"
    shop.store = shop.clicked()
    return shop


def marked(shop: Shop, *texts: str) -> None:
    """Write what a check says, and save."""
    values: dict[int, Cell] = dict(enumerate(texts, start=4))
    shop.store.workbook(BOOK).write_cells(CALLS, "校验", values)
    shop.store.save("check")


def filtered(shop: Shop, shown: str) -> None:
    """Hide all customers but one by a filter."""
    table = shop.book.impl.xl.DatabaseRanges.getByIndex(0)
    descriptor = table.getFilterDescriptor()
    field = _uno_struct("com.sun.star.sheet.TableFilterField")
    field.Field, field.IsNumeric, field.StringValue = 2, False, shown
    descriptor.setFilterFields((field,))
    descriptor.ContainsHeader = True
    table.AutoFilter = True
    table.refresh()
    assert shop.sheet.api.FilterMode


def _uno_struct(name: str) -> Uno:
    from xlwings_calc import load_uno  # noqa: PLC0415 - only where Calc is

    return load_uno().createUnoStruct(name)


def test_what_is_typed_and_not_saved_yet_is_read(opened: Open) -> None:
    shop = opened([four()])
    shop.sheet.range("C5").value = "新客户"

    assert shop.store.workbook(BOOK).read_table(CALLS)["客户名称"].tolist() == ["甲", "新客户", "丙", "丁"]


def test_the_screen_changes_and_the_file_waits_for_staff_to_save(opened: Open) -> None:
    shop = opened([four()])
    before = shop.on_disk()

    marked(shop, "【日期】未填")

    assert shop.column("校验")[0] == "【日期】未填"
    assert shop.on_disk() == before
    assert not shop.book.api.Saved


def test_undo_puts_the_cells_back_after_staff_saved(opened: Open) -> None:
    shop = opened([four(校验="旧")])
    marked(shop, "新", "新", "新", "新")
    shop.book.save()

    undone = shop.undo()

    assert shop.column("校验")[:4] == ["旧"] * 4
    assert (undone.command, [path.name for path in undone.restored]) == ("check", [BOOK])


def test_what_an_open_workbook_held_is_kept_however_much_it_is(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dealer_xl.office.folder.folder_store.MOST_CELLS", 1)
    shop = opened([four(校验="旧")])
    marked(shop, "新", "新", "新", "新")

    shop.undo()

    assert shop.column("校验")[:4] == ["旧"] * 4


def test_undo_puts_the_cells_back_in_a_workbook_that_is_closed_by_now(opened: Open) -> None:
    shop = opened([four(校验="旧")])
    marked(shop, "新")
    shop.book.save()
    shop.book.close()

    undo(shop.folder)

    assert openpyxl.load_workbook(shop.folder / BOOK)[CALLS.sheet]["H4"].value == "旧"


def test_what_was_changed_since_is_left_and_counted(opened: Open) -> None:
    shop = opened([four()])
    marked(shop, "一", "二")
    shop.sheet.range("H5").value = "我自己写的"

    undone = shop.undo()

    assert shop.column("校验")[:2] == [None, "我自己写的"]
    assert undone.left == 1


def test_an_undo_of_open_cells_can_be_taken_back(opened: Open) -> None:
    shop = opened([four()])
    marked(shop, "一")
    shop.undo()
    store = shop.clicked()

    redo(store.folder, books=store)

    assert shop.column("校验")[0] == "一"
    assert [each.command for each in undoable(shop.folder)] == ["check"]


def test_new_rows_take_looks_and_formulas_and_the_table_grows(opened: Open) -> None:
    shop = with_formulas(opened)

    shop.store.workbook(BOOK).append_rows(CALLS, [call(5, "戊"), call(6, "己")])
    shop.store.save("letters")

    assert shop.sheet.range("C8:C9").value == ["戊", "己"]
    assert shop.sheet.range("F9").formula == "=B9+7"
    assert [table.range.address for table in shop.sheet.tables] == ["$A$3:$H$9"]


def test_undo_of_new_rows_clears_them_and_the_table_shrinks(opened: Open) -> None:
    shop = with_formulas(opened)
    shop.store.workbook(BOOK).append_rows(CALLS, [call(5, "戊"), call(6, "己")])
    shop.store.save("letters")

    shop.undo()

    assert shop.sheet.range("A8:H9").options(ndim=2).value == [[None] * 8] * 2
    assert [table.range.address for table in shop.sheet.tables] == ["$A$3:$H$7"]


def test_a_protected_sheet_is_refused_and_nothing_changes(opened: Open) -> None:
    shop = opened([four(), today_sheet(["甲"])])
    shop.sheet.impl.xl.protect("")

    with pytest.raises(SheetProtectedError, match="电话登记"):
        marked(shop, "一")

    assert list(undoable(shop.folder)) == []


def test_a_merged_cell_in_the_column_is_refused(opened: Open) -> None:
    shop = opened([four()])
    shop.sheet.range("H5:H6").merge()
    shop.store = shop.clicked()

    with pytest.raises(MergedCellError):
        marked(shop, "一", "二", "三")


def test_a_formula_of_the_shop_is_never_overwritten(opened: Open) -> None:
    shop = opened([four()])
    shop.sheet.range("G5").formula = "=C5"
    shop.store = shop.clicked()
    shop.store.workbook(BOOK).write_cells(CALLS, "备注", {5: "改"})

    with pytest.raises(FormulaInTheWayError, match="G5"):
        shop.store.save("check")


def test_formulas_are_told_from_what_was_typed(opened: Open) -> None:
    shop = with_formulas(opened)
    shop.sheet.range("F5").value = date(2026, 1, 1)
    shop.sheet.range("C4").value = "'=甲"

    told = shop.store.workbook(BOOK).formula_cells(CALLS, {"下次日期": [4, 5, 6], "客户名称": [4, 5]})

    assert told == {("下次日期", 4), ("下次日期", 6)}


def test_a_formula_between_the_cells_of_our_own_column_stays(opened: Open) -> None:
    shop = opened([four()])
    shop.sheet.range("H5").formula = '="手工："&C5'
    shop.store = shop.clicked()
    shop.store.workbook(BOOK).write_cells(CALLS, "校验", {4: "一", 6: "三"})
    shop.store.save("check")

    assert shop.column("校验")[:3] == ["一", "手工：乙", "三"]
    assert str(shop.sheet.range("H5").formula).startswith("=")


def test_a_formula_in_our_own_column_comes_back_with_undo(opened: Open) -> None:
    shop = opened([four()])
    shop.sheet.range("H5").formula = '="手工："&C5'
    shop.store = shop.clicked()
    marked(shop, "一", "二")

    shop.undo()

    assert str(shop.sheet.range("H5").formula).startswith('="手工："')


@pytest.mark.parametrize("skips", [False, True], ids=["written", "left out by Excel"])
def test_rows_that_a_filter_hides_are_written_too(opened: Open, calc: CalcEngine, skips: bool) -> None:
    shop = opened([four()])
    filtered(shop, "乙")
    calc.quirks.skips_hidden_rows = skips

    marked(shop, "一", "二", "三", "四")

    calc.quirks.skips_hidden_rows = False
    assert shop.column("校验")[:4] == ["一", "二", "三", "四"]
    assert shop.sheet.api.FilterMode


def test_what_excel_does_not_take_is_told_and_all_is_as_it_was(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = opened([four(校验="旧")])
    filtered(shop, "乙")
    said = iter([[(4, 8, "一")], [(4, 8, "一")]])  # twice; then the old cells are taken
    monkeypatch.setattr("dealer_xl.office.live.sheet_write._left_out", lambda *_: next(said, []))

    with pytest.raises(NotTakenError):
        marked(shop, "一", "二")

    assert shop.column("校验")[:4] == ["旧"] * 4
    assert list(undoable(shop.folder)) == []


def test_calculation_screen_events_and_status_bar_are_as_staff_had_them(
    opened: Open, calc: CalcEngine
) -> None:
    shop = opened([four()])
    shop.app.calculation = "manual"
    shop.app.enable_events = True
    shop.app.screen_updating = True
    with shop.program.busy():
        shop.program.progress("读取表格", 1, 2)
        marked(shop, "一")

    assert (shop.app.calculation, shop.app.enable_events, shop.app.screen_updating) == ("manual", True, True)
    assert ("status_bar", "客户服务：读取表格 50%") in calc.told
    assert [value for name, value in calc.told if name == "status_bar"][-1] is False
    shop.app.calculation = "automatic"


def test_a_fault_in_the_midst_of_a_write_leaves_cells_files_and_undo_as_they_were(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = opened([four(校验="旧"), today_sheet(["甲"])])
    before = shop.on_disk()
    failing(monkeypatch, at=2)
    shop.store.workbook(BOOK).write_cells(CALLS, "备注", {4: "改"})
    shop.store.stage_file(Path("信函/一.docx"), b"letter")

    with pytest.raises(OSError, match="Excel"):
        marked(shop, "一", "二")

    assert (shop.column("校验")[:4], shop.column("备注")[0]) == (["旧"] * 4, None)
    assert (shop.on_disk(), list(shop.folder.rglob("*.docx"))) == (before, [])
    assert list(undoable(shop.folder)) == []


def failing(monkeypatch: pytest.MonkeyPatch, *, at: int, then: bool = False) -> None:
    """Make Excel fail at the n-th write of a block, once or from then on."""
    write, count = LiveSheet.write, 0

    def counted(sheet: LiveSheet, block: Block) -> None:
        nonlocal count
        count += 1
        if count == at or (then and count > at):
            raise OSError("Excel")
        write(sheet, block)

    monkeypatch.setattr(LiveSheet, "write", counted)


def test_when_excel_takes_nothing_back_either_undo_can_try_again(opened: Open) -> None:
    shop = opened([four(校验="旧", 备注="旧")])
    shop.store.workbook(BOOK).write_cells(CALLS, "备注", {4: "新", 6: "新"})
    with pytest.MonkeyPatch.context() as patch:
        failing(patch, at=3, then=True)
        with pytest.raises(HalfShownError, match="撤销"):
            marked(shop, "一", "二")
    assert shop.column("备注")[0] == "新"

    shop.undo()

    assert (shop.column("校验")[:4], shop.column("备注")[:4]) == (["旧"] * 4, ["旧"] * 4)


def test_a_fault_after_the_cells_were_written_leaves_them_as_they_were(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = opened([four(校验="旧")])
    write_state = journal.write_state

    def cut(store: Path, entry: Entry, state: State) -> None:
        if state == State.DONE:
            raise DiskFullError(store)
        write_state(store, entry, state)

    monkeypatch.setattr(saving, "write_state", cut)

    with pytest.raises(DiskFullError):
        marked(shop, "一", "二")

    assert shop.column("校验")[:4] == ["旧"] * 4
    assert list(undoable(shop.folder)) == []


def test_after_a_crash_staff_are_told_to_look_at_what_was_open_and_can_undo(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    shop = opened([four(校验="旧")])
    with monkeypatch.context() as patch:
        patch.setattr(saving, "write_state", cut)
        patch.setattr(LiveWorkbook, "take_back", cut)
        patch.setattr(disk, "remove_folder", cut)
        with pytest.raises(PowerCut):
            marked(shop, "一", "二")
    told = recover(shop.folder)
    shop.undo()

    assert told is not None
    assert "可能没有写完" in told.message
    assert shop.column("校验")[:4] == ["旧"] * 4


def test_after_a_sort_undo_takes_away_whole_new_rows_or_none(opened: Open) -> None:
    shop = opened([four()])
    shop.store.workbook(BOOK).append_rows(CALLS, [call(5, "戊"), call(6, "己")])
    shop.store.save("letters")
    swapped = [shop.sheet.range(f"A{row}:E{row}").value for row in (7, 8)]
    for row, values in zip((8, 7), swapped, strict=True):
        shop.sheet.range(f"A{row}:E{row}").value = values

    undone = shop.undo()

    assert shop.sheet.range("C4:C9").value == ["甲", "乙", "丙", "戊", "丁", None]
    assert undone.left > 0
    assert [table.range.address for table in shop.sheet.tables] == ["$A$3:$H$9"]


def test_what_the_shop_keeps_of_its_own_below_the_last_row_is_not_overwritten(opened: Open) -> None:
    shop = opened(
        [Sheet("电话登记", [[*CALLS.headings[:6], "自用", *CALLS.headings[6:]], ["T1", None, "甲"]])]
    )
    shop.sheet.range("G3").value = "留着"
    shop.store = shop.clicked()

    shop.store.workbook(BOOK).append_rows(CALLS, [call(2, "乙")])
    shop.store.save("letters")

    assert shop.sheet.range("C3").value == "乙"
    assert shop.sheet.range("G3").value == "留着"


def test_of_two_open_workbooks_both_are_written_or_none(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = opened([four(校验="旧")])
    (shop.folder / OTHER).write_bytes(as_xlsx([four(校验="旧")]))
    shop.app.books.open(str(shop.folder / OTHER))
    shop.store = shop.clicked()
    for name in (BOOK, OTHER):
        shop.store.workbook(name).write_cells(CALLS, "校验", {4: "新"})
    failing(monkeypatch, at=2)

    with pytest.raises(OSError, match="Excel"):
        shop.store.save("check")

    for name in (BOOK, OTHER):
        assert shop.app.books[name].sheets[CALLS.sheet].range("H4").value == "旧"


def test_a_closed_neighbour_is_written_as_a_file_beside_the_open_workbook(opened: Open) -> None:
    shop = opened([four()])
    (shop.folder / OTHER).write_bytes(as_xlsx([four()]))
    for name in (BOOK, OTHER):
        shop.store.workbook(name).write_cells(CALLS, "校验", {4: "新"})

    changed = shop.store.save("check")

    assert {path.name for path in changed} == {BOOK, OTHER}
    assert openpyxl.load_workbook(shop.folder / OTHER)[CALLS.sheet]["H4"].value == "新"
    assert shop.column("校验")[0] == "新"


def test_undo_of_a_file_that_was_opened_since_puts_back_its_cells_on_the_screen(opened: Open) -> None:
    shop = opened([four(校验="旧")])
    shop.book.close()
    store = FolderStore(shop.folder)
    store.workbook(BOOK).write_cells(CALLS, "校验", {4: "新"})
    store.save("check")
    shop.app.books.open(str(shop.folder / BOOK))
    shop.sheet.range("C4").value = "正在填"

    shop.undo()

    assert (shop.column("校验")[0], shop.sheet.range("C4").value) == ("旧", "正在填")


def test_undo_of_a_file_that_excel_has_saved_since_puts_back_its_cells(opened: Open) -> None:
    shop = opened([four(校验="旧")])
    shop.book.close()
    store = FolderStore(shop.folder)
    store.workbook(BOOK).write_cells(CALLS, "校验", {4: "新"})
    store.save("check")
    shop.app.books.open(str(shop.folder / BOOK))
    shop.sheet.range("C4").value = "填好了"
    shop.book.save()
    shop.book.close()

    undo(shop.folder)

    sheet = openpyxl.load_workbook(shop.folder / BOOK)[CALLS.sheet]
    assert (sheet["H4"].value, sheet["C4"].value) == ("旧", "填好了")


def test_a_workbook_opened_for_reading_only_is_refused(opened: Open) -> None:
    shop = opened([four()])
    shop.book.close()
    shop.app.books.open(str(shop.folder / BOOK), read_only=True)
    shop.store = shop.clicked()

    with pytest.raises(ReadOnlyBookError):
        marked(shop, "一")


TRICKY = (
    "=1+1",
    "+86 138",
    "-5",
    "@SUM(A1)",
    "'引号",
    "13800138000",
    "007123",
    "1E10",
    "2026-01-05",
    "2026年1月5日",
    "3/4",
    "12%",
    "¥5",
    "TRUE",
    "#N/A",
    "5 Mar",
    "8:30",
)


def test_formulas_that_stay_are_not_written_again(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = opened([four()])
    shop.sheet.range("H5").formula = "=C5"
    shop.store = shop.clicked()
    written: list[Area] = []
    write = LiveSheet.write

    def noted(sheet: LiveSheet, block: Block) -> None:
        written.append(block.area)
        write(sheet, block)

    monkeypatch.setattr(LiveSheet, "write", noted)

    shop.store.workbook(BOOK).write_cells(CALLS, "校验", {4: "一", 6: "三", 7: "四"})
    shop.store.save("check")

    assert [str(area) for area in written] == ["H4", "H6:H7"]
    assert shop.column("校验")[:4] == ["一", "乙", "三", "四"]
    assert shop.sheet.range("H5").formula == "=C5"


def test_a_cell_that_shows_a_value_in_its_own_way_under_a_filter_was_written(opened: Open) -> None:
    shop = opened([four()])
    shop.sheet.range("B4").number_format = "@"
    filtered(shop, "乙")

    shop.store.workbook(BOOK).write_cells(CALLS, "日期", {4: date(2026, 3, 9)})
    shop.store.save("check")

    assert shop.sheet.range("B4").value == "2026/3/9"


def test_texts_that_look_like_something_else_stay_texts(opened: Open) -> None:
    shop = opened([calls_sheet([call(1, "甲") for _ in TRICKY])])
    shop.store.workbook(BOOK).write_cells(CALLS, "备注", dict(enumerate(TRICKY, start=4)))

    shop.store.save("check")

    assert shop.clicked().workbook(BOOK).read_table(CALLS)["备注"].tolist() == list(TRICKY)


@pytest.mark.parametrize(
    "text", ["【日期】未填", "粤A12345", "LSVAA4187N2183294", "XH20260101-001", "信函/HD1/一.docx"]
)
def test_ordinary_texts_bear_no_apostrophe(text: str) -> None:
    assert as_typed(text) == text


@pytest.mark.parametrize("count", [5, 400])
def test_a_write_takes_one_block_whatever_the_number_of_rows(opened: Open, count: int) -> None:
    shop = opened([calls_sheet([call(1, f"客户{number}") for number in range(count)])])

    shop.store.workbook(BOOK).write_cells(CALLS, "校验", dict.fromkeys(range(4, 4 + count, 2), "改"))
    shop.store.workbook(BOOK).append_rows(CALLS, [call(2, "新")] * count)
    shop.store.save("check")

    assert (shop.program.calls.reads, shop.program.calls.writes) == (2, 4)


def test_the_host_counts_as_the_program_does(opened: Open, calc: CalcEngine) -> None:
    shop = opened([four(), today_sheet(["甲"])])
    reads, writes = calc.counted.reads, calc.counted.writes

    shop.store.workbook(BOOK).read_table(CALLS)
    marked(shop, "一")

    assert (calc.counted.reads - reads, calc.counted.writes - writes) == (
        shop.program.calls.reads,
        shop.program.calls.writes,
    )


def test_days_times_numbers_and_faults_are_read_as_from_a_file(opened: Open) -> None:
    shop = opened([four()])
    shop.sheet.range("G4").formula = "=1/0"
    shop.sheet.range("G5").formula = "=NA()"
    shop.sheet.range("G6").value = True
    shop.book.save()
    file = FolderStore(shop.folder, dry_run=True).workbook(BOOK).read_table(CALLS)

    frame = shop.clicked().workbook(BOOK).read_table(CALLS)

    assert frame["备注"].tolist() == ["#DIV/0!", "#N/A", True, None]
    assert frame["日期"].tolist() == [date(2026, 1, number) for number in range(1, 5)]
    assert frame.equals(file)


class Answering:
    """A program that only says its name."""

    def __init__(self, name: str, place: str = "") -> None:
        self.Name, self.Path = name, place

    @property
    def api(self) -> Answering:
        return self


@pytest.mark.parametrize(
    "app", [Answering("WPS 表格"), Answering("Microsoft Excel", r"C:\Program Files\Kingsoft\WPS Office")]
)
def test_wps_that_answers_in_excels_name_is_told(app: Answering) -> None:
    with pytest.raises(WrongProgramError, match="WPS"):
        Program(cast(Any, app)).require_excel()


class OnlineBook:
    """A workbook whose folder cannot be found."""

    name = BOOK

    @property
    def fullname(self) -> str:
        raise xlwings.XlwingsError("Couldn't find your local OneDrive file")


class Books(list[Any]):
    """Open workbooks; the first is the active one."""

    @property
    def active(self) -> object:
        return self[0]


def test_a_workbook_opened_from_the_internet_is_told() -> None:
    app: Any = Answering("Microsoft Excel")
    app.books = Books([OnlineBook()])

    with pytest.raises(OnlyOnlineError, match=BOOK):
        Program(app).folder()
    assert Program(app).books_in(Path("/店")) == []


def test_a_refused_call_means_that_excel_is_busy() -> None:
    refused, edited = OSError("call rejected"), OSError("a cell is edited")
    refused.hresult = -2147418111  # type: ignore[attr-defined]  # as COM's errors have it
    edited.excepinfo = (0, None, None, None, 0, -2146777998)  # type: ignore[attr-defined]

    assert is_busy(refused)
    assert is_busy(edited)
    assert not is_busy(OSError("other"))


@pytest.mark.parametrize(("told", "value"), [(-2146826243, "#SPILL!"), (-2146826238, "#CALC!"), (5, 5.0)])
def test_the_newer_error_values_are_named(told: int, value: Cell) -> None:
    assert as_read(told) == value


@pytest.mark.parametrize(
    "text", ["１２：３０", "２０２６／１／２", "１２％", "３．５", "１，２３４", "＝A1", "９：30"]
)
def test_texts_of_full_width_that_look_like_something_else_bear_an_apostrophe(text: str) -> None:
    assert as_typed(text) == f"'{text}"


@pytest.mark.parametrize("text", ["\t=1+1", "\n-5", " =A1", "\u3000@a"])
def test_texts_that_begin_like_a_formula_behind_blanks_bear_an_apostrophe(text: str) -> None:
    assert as_typed(text) == f"'{text}"


@pytest.mark.parametrize("number", [2**31, 2**40, 7])
def test_whole_numbers_are_handed_over_as_excel_has_them(number: int) -> None:
    assert type(as_typed(number)) is float
    assert as_typed(number) == number


def test_a_busy_excel_is_not_taken_for_one_without_a_workbook() -> None:
    class Busy:
        @property
        def books(self) -> Any:  # noqa: ANN401
            refused = OSError("call rejected")
            refused.hresult = -2147418111  # type: ignore[attr-defined]
            raise refused

    program = Program(cast(Any, Busy()))
    with pytest.raises(ExcelBusyError), program.busy():
        program.folder()


def test_a_time_of_day_is_written_as_the_part_of_a_day() -> None:
    assert as_typed(time(6, 0)) == 0.25
