"""The xlwings engine for LibreOffice Calc behaves as Excel on Windows does, as far as the add-in relies on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw
from xlwings_calc import CalcEngine, ComError
from xlwings_calc.formulas import to_calc, to_excel
from xlwings_calc.typed_text import Typed, read_typed

Book: TypeAlias = Any  # xlwings holds that there may be no active program, and so no book

TOOLS = Path(__file__).resolve().parents[2] / "tools"
DAY = datetime(2026, 3, 1)  # noqa: DTZ001 - Excel knows no zones
HEADINGS = ("编号", "日期", "金额", "应收", "备注")


def _draw(path: Path) -> None:
    """Draw a workbook with a table, a filtered sheet, a locked one with a merged area, and a table with totals."""
    book = xlsxwriter.Workbook(path)
    of = {
        name: book.add_format({"num_format": shape})
        for name, shape in {
            "text": "@",
            "day": "yyyy-mm-dd",
            "moment": "yyyy-mm-dd hh:mm",
            "clock": "h:mm",
            "money": "[$¥-804]#,##0.00",
        }.items()
    }
    sheet = book.add_worksheet("客户")
    for row in range(1, 5):
        sheet.write_string(row, 0, f"00{row}", of["text"])
        sheet.write_datetime(row, 1, DAY.replace(day=row), of["day"])
        sheet.write_number(row, 2, row * 1.5)
        sheet.write_formula(row, 3, f"=C{row + 1}*2")
    sheet.add_table("A1:E5", {"name": "客户表", "columns": [{"header": heading} for heading in HEADINGS]})
    sheet.data_validation("C2:C5", {"validate": "decimal", "criteria": ">", "value": 0})
    sheet.conditional_format(
        "A2:E5",
        {"type": "formula", "criteria": '=$E2<>""', "format": book.add_format({"bg_color": "#FFCC00"})},
    )
    sheet.write_comment("E3", "记得回电")
    kinds = book.add_worksheet("各种")
    kinds.write_datetime("A1", datetime(2026, 3, 1, 9, 30), of["moment"])  # noqa: DTZ001
    kinds.write_number("A2", 0.5, of["clock"])
    kinds.write_number("A3", 12.345, of["money"])
    kinds.write_boolean("A4", True)
    for row, formula in enumerate(("=1/0", "=NA()", '="a"+1', "=nosuch()"), start=5):
        kinds.write_formula(f"A{row}", formula)
    kinds.write_blank("C10", None, of["text"])
    filtered = book.add_worksheet("筛选")
    filtered.write_column(0, 0, ["类", 1, 2, 1, 2])
    filtered.autofilter("A1:A5")
    filtered.filter_column(0, "x == 1")
    for row in (2, 4):
        filtered.set_row(row, options={"hidden": True})
    locked = book.add_worksheet("锁")
    locked.merge_range("A3:B4", "合")
    locked.protect()
    totals = book.add_worksheet("合计")
    totals.add_table(
        "B2:C4",
        {
            "name": "合计表",
            "total_row": True,
            "columns": [{"header": "项"}, {"header": "数", "total_function": "sum"}],
            "data": [["一", 1]],
        },
    )
    book.close()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw the workbook once."""
    path = tmp_path_factory.mktemp("drawn") / "店.xlsx"
    _draw(path)
    return path


@pytest.fixture
def book(calc: CalcEngine, drawn: Path, tmp_path: Path) -> Iterator[Book]:
    """Open a copy of the workbook in Calc."""
    calc.reset()
    yield xw.books.open(shutil.copy(drawn, tmp_path))
    calc.reset()


def _saved(book: Book) -> Book:
    """Save, and read the file with another reader."""
    book.save()
    return openpyxl.load_workbook(book.fullname)


# --- reading ------------------------------------------------------------------------------------------------------


def test_a_block_comes_as_texts_floats_dates_and_none(book: Book) -> None:
    assert book.sheets["客户"].range((1, 1), (2, 5)).value == [
        list(HEADINGS),
        ["001", datetime(2026, 3, 1), 1.5, 3.0, None],  # noqa: DTZ001
    ]


def test_a_time_of_day_comes_as_a_number_and_money_as_a_decimal(book: Book) -> None:
    moment, clock, money, truth = book.sheets["各种"].range("A1:A4").value

    assert (moment, clock, truth) == (datetime(2026, 3, 1, 9, 30), 0.5, True)  # noqa: DTZ001
    assert isinstance(truth, bool)
    assert (type(money), money) == (Decimal, Decimal("12.345"))


def test_errors_come_as_their_names_or_not_at_all(book: Book) -> None:
    cells = book.sheets["各种"].range("A5:A8")

    assert cells.options(err_to_str=True).value == ["#DIV/0!", "#N/A", "#VALUE!", "#NAME?"]
    assert cells.value == [None] * 4
    assert cells.raw_value[1] == (-2146826246,)


def test_ranges_take_their_corners_in_any_order(book: Book) -> None:
    sheet = book.sheets["客户"]

    cells = sheet.range(sheet.range("C4"), sheet.range("A2"))

    assert (cells.address, cells.row, cells.column, cells.shape) == ("$A$2:$C$4", 2, 1, (3, 3))
    assert sheet.range("A1")(2, 3).get_address(False, False) == "C2"


def test_the_used_range_reaches_as_far_as_formats_do_where_it_is_asked_to(
    book: Book, calc: CalcEngine
) -> None:
    sheet = book.sheets["各种"]
    assert (book.sheets["客户"].used_range.address, sheet.used_range.address) == ("$A$1:$E$5", "$A$1:$A$8")

    calc.quirks.uses_formats = True
    assert sheet.used_range.address == "$A$1:$C$10"


# --- writing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("客户", None),
        ("13800000000", Typed(13800000000)),
        ("-1,234.5", Typed(-1234.5, "#,##0.00")),
        ("(5)", Typed(-5)),
        ("12%", Typed(0.12, "0%")),
        ("1e3", Typed(1000, "0.00E+00")),
        ("¥1,200", Typed(1200, "¥#,##0")),
        ("１２３", Typed(123)),
        ("true", Typed(1, "BOOLEAN")),
        ("2026-03-01", Typed(46082, "yyyy/m/d")),
        ("3-1", Typed(46082, 'm"月"d"日"')),
        ("2026年3月", Typed(46082, 'yyyy"年"m"月"')),
        ("2026/3/1 9:30", Typed(46082 + 9.5 / 24, "yyyy/m/d h:mm")),
        ("9:30", Typed(9.5 / 24, "h:mm")),
        ("2026-02-30", None),
        ("1,23", None),
        ("2026.3.1", None),
        ("LSVAA1234", None),
    ],
)
def test_excel_takes_some_texts_for_numbers_and_dates(text: str, held: Typed | None) -> None:
    assert read_typed(text, date(2026, 11, 22)) == held


def test_values_of_every_kind_come_back_as_they_were_assigned(book: Book) -> None:
    cells = book.sheets["客户"].range((20, 1), (21, 4))
    values = [["车主", 2.5, True, datetime(2026, 5, 6, 7, 8)], [None, -1.0, False, datetime(2026, 5, 6)]]  # noqa: DTZ001

    cells.value = values

    assert cells.value == values
    assert [cell.number_format for cell in cells[0, :]][:3] == ["General"] * 3


def test_a_date_gives_a_format_to_a_general_cell_only(book: Book) -> None:
    sheet = book.sheets["客户"]
    sheet.range("B2").value = sheet.range("H2").value = DAY

    assert (sheet.range("B2").number_format, sheet.range("H2").number_format) == ("yyyy-mm-dd", "yyyy/m/d")


def test_a_text_that_looks_like_something_else_becomes_it(book: Book) -> None:
    cells = book.sheets["客户"].range("H2:K2")
    cells.value = ["007", "2026-3-1", "true", "=1+C3"]

    assert cells.value == [7, DAY, True, 4]


def test_a_text_cell_and_an_apostrophe_keep_a_text(book: Book) -> None:
    sheet = book.sheets["客户"]
    sheet.range("A2:A4").value = [["=1+1"], ["007"], [7]]
    sheet.range("H2:H5").value = [["'=1+1"], ["'007"], ["'2026-3-1"], ["''x"]]

    assert sheet.range("A2:A4").value == ["=1+1", "007", "7"]
    assert sheet.range("H2:H5").value == ["=1+1", "007", "2026-3-1", "'x"]
    assert [cell.number_format for cell in sheet.range("H2:H5")] == ["General"] * 4
    written = _saved(book)["客户"]
    assert [(cell.value, cell.data_type) for cell in (written["H2"], written["H3"])] == [
        ("=1+1", "s"),
        ("007", "s"),
    ]


def test_none_clears_a_cell_and_keeps_its_format(book: Book) -> None:
    cell = book.sheets["客户"].range("B2")
    cell.value = None

    assert (cell.value, cell.number_format) == (None, "yyyy-mm-dd")


def test_what_com_has_no_variant_for_is_refused(book: Book) -> None:
    with pytest.raises(TypeError, match="VARIANT"):
        book.sheets["客户"].range("H1").value = time(9, 30)


def test_a_note_outlives_a_block_written_over_it(book: Book) -> None:
    book.sheets["客户"].range("D2:E4").value = [[1, "=C2"], [2, "=C3"], [3, "x"]]

    assert book.sheets["客户"].range("D2:E4").value == [[1, 1.5], [2, 3], [3, "x"]]
    assert _saved(book)["客户"]["E3"].comment.text == "记得回电"


def test_one_formula_for_many_cells_is_shifted(book: Book) -> None:
    cells = book.sheets["客户"].range("H2:H4")
    cells.value = "=C2+1"

    assert cells.formula == (("=C2+1",), ("=C3+1",), ("=C4+1",))
    assert cells.value == [2.5, 4.0, 5.5]


@pytest.mark.parametrize(
    ("excel", "calc"),
    [
        ("=SUM(A1,{1,2;3,4})", "=SUM(A1;{1;2|3;4})"),
        ("=VLOOKUP(\"a,'b'!\",'甲 乙'!$A$1:B2,2,FALSE)", "=VLOOKUP(\"a,'b'!\";$'甲 乙'.$A$1:B2;2;FALSE)"),
        ("=锁!A:A*1.5+#REF!", "=$锁.A:A*1.5+#REF!"),
    ],
)
def test_formulas_are_spelt_for_both_programs(excel: str, calc: str) -> None:
    assert (to_calc(excel), to_excel(calc)) == (calc, excel)


def test_formulas_come_back_as_excel_spells_them(book: Book) -> None:
    cells = book.sheets["客户"].range("H2:H3")
    cells.formula = [['=IF(筛选!A2=1,"a,b",锁!A3)'], ["=SUM(客户表[金额])"]]

    assert cells.formula == (('=IF(筛选!A2=1,"a,b",锁!A3)',), ("=SUM(客户表[金额])",))
    assert cells.value == ["a,b", 15.0]
    assert book.sheets["客户"].range("A2:D2").formula == (("001", "46082", "1.5", "=C2*2"),)


def test_has_formula_tells_all_none_or_a_mixture(book: Book) -> None:
    sheet = book.sheets["客户"]

    assert [sheet.range(cells).api.HasFormula for cells in ("D2:D5", "A1:C5", "A1:D5")] == [True, False, None]


# --- tables, filters, copies ---------------------------------------------------------------------------------------------


def test_a_table_takes_another_size_but_keeps_its_headings(book: Book) -> None:
    sheet = book.sheets["客户"]
    table = sheet.tables["客户表"]
    table.resize(sheet.range("A1:E9"))

    assert (table.name, table.range.address, table.show_totals) == ("客户表", "$A$1:$E$9", False)
    assert table.header_row_range.value == list(HEADINGS)
    assert table.data_body_range.address == "$A$2:$E$9"
    with pytest.raises(ComError, match="headings"):
        table.resize(sheet.range("A2:E9"))
    assert _saved(book)["客户"].tables["客户表"].ref == "A1:E9"


def test_a_totals_row_is_part_of_the_table_but_not_of_its_body(book: Book) -> None:
    (table,) = book.sheets["合计"].tables

    assert (table.show_totals, table.range.address) == (True, "$B$2:$C$4")
    assert table.data_body_range.value == ["一", 1]


def test_a_table_grows_with_what_is_written_under_it_where_autocorrect_says_so(
    book: Book, calc: CalcEngine
) -> None:
    sheet = book.sheets["客户"]
    sheet.range("A6:E6").value = ["a", None, 1, None, None]
    assert sheet.tables[0].range.last_cell.row == 5

    calc.quirks.grows_tables = True
    sheet.range("A6:E7").value = [["a", None, 1, None, None]] * 2
    assert sheet.tables[0].range.address == "$A$1:$E$7"


def test_a_filter_stays_and_the_rows_it_hides_are_written_unless_told_otherwise(
    book: Book, calc: CalcEngine
) -> None:
    sheet = book.sheets["筛选"]
    cells = sheet.range("A2:A5")
    assert (sheet.api.FilterMode, book.sheets["客户"].api.FilterMode) == (True, False)

    cells.value = [["a"], ["b"], ["c"], ["d"]]
    assert cells.value == ["a", "b", "c", "d"]
    assert sheet.api.FilterMode

    calc.quirks.skips_hidden_rows = True
    cells.value = [[1], [2], ["=1+2"], ["=1+3"]]
    assert cells.value == [1, "b", 3, "d"]
    written = _saved(book)["筛选"]
    assert written.auto_filter.ref == "A1:A5"
    assert [row for row in range(1, 7) if written.row_dimensions[row].hidden] == [3, 5]


def test_a_row_copied_over_several_brings_all_that_belongs_to_it(book: Book) -> None:
    sheet = book.sheets["客户"]
    sheet.range("A5:E5").copy(sheet.range("A6:E12"))

    assert sheet.range("A12:D12").value == ["004", datetime(2026, 3, 4), 6.0, 12.0]  # noqa: DTZ001
    assert sheet.range("D12").formula == "=C12*2"
    written = _saved(book)["客户"]
    assert (written["A12"].number_format, written["B12"].number_format) == ("@", "yyyy\\-mm\\-dd")
    assert [str(each.sqref) for each in written.conditional_formatting] == ["A2:E12"]
    assert [str(each.sqref) for each in written.data_validations.dataValidation] == ["C2:C12"]


def test_merged_cells_are_all_none_or_a_mixture(book: Book) -> None:
    sheet = book.sheets["锁"]

    assert [sheet.range(cells).merge_cells for cells in ("B4", "A3:B4", "A1", "A1:C9")] == [
        True,
        True,
        False,
        None,
    ]
    assert sheet.range("B4").merge_area.address == "$A$3:$B$4"


def test_a_protected_sheet_takes_no_values(book: Book) -> None:
    sheet = book.sheets["锁"]

    assert (sheet.api.ProtectContents, book.sheets["客户"].api.ProtectContents) == (True, False)
    with pytest.raises(ComError):
        sheet.range("A1").value = 1
    with pytest.raises(ComError):
        sheet.range("A3").clear_contents()
    assert sheet.range("A3").value == "合"


# --- the program --------------------------------------------------------------------------------------------------


def test_books_are_found_by_their_names(book: Book) -> None:
    app = book.app

    assert (app.books["店.XLSX"], app.books.active, xw.Book("店.xlsx")) == (book, book, book)
    assert app.books.open(book.fullname) == book
    with pytest.raises(KeyError):
        app.books["无.xlsx"]
    with pytest.raises(ComError):
        book.sheets["无"]
    book.close()
    assert len(app.books) == 0


def test_a_book_tells_whether_it_was_changed_since_it_was_saved(book: Book) -> None:
    assert (book.api.Saved, book.api.ReadOnly) == (True, False)
    book.sheets[0].range("A2").value = "009"
    assert not book.api.Saved
    assert _saved(book)["客户"]["A2"].value == "009"
    assert book.api.Saved


def test_a_book_opened_to_be_read_is_not_saved(book: Book) -> None:
    place = book.fullname
    book.close()

    again = xw.books.open(place, read_only=True)

    assert again.api.ReadOnly
    with pytest.raises(ComError, match="read-only"):
        again.save()


def test_settings_of_the_program_are_put_back(book: Book, calc: CalcEngine) -> None:
    app = book.app
    with app.properties(screen_updating=False, calculation="manual", status_bar="请稍候"):
        book.sheets["客户"].range("C2").value = 100
        assert book.sheets["客户"].range("D2").value == 3
    app.calculate()

    assert book.sheets["客户"].range("D2").value == 200
    assert (app.screen_updating, app.calculation, app.status_bar) == (True, "automatic", False)
    assert ("status_bar", "请稍候") in calc.told


def test_boxes_are_recorded_and_answered(book: Book, calc: CalcEngine) -> None:
    calc.pressed.extend(["no"])
    calc.answers.extend(["2026-03", False])
    app = book.app

    assert [app.alert("继续？", "客户服务", "yes_no") for _ in range(2)] == ["no", "yes"]
    assert [app.api.InputBox("哪个月？", "客户服务", "2026-10") for _ in range(3)] == [
        "2026-03",
        False,
        "2026-10",
    ]
    assert calc.alerts[0].prompt == "继续？"
    assert calc.prompts[0].default == "2026-10"


def test_a_busy_excel_refuses_a_block_as_com_does(book: Book, calc: CalcEngine) -> None:
    calc.refusals.append(-2147418111)
    with pytest.raises(ComError) as refused:
        book.sheets[0].range("A1").value = "x"

    assert refused.value.hresult == -2147418111
    assert book.sheets[0].range("A1").value == "编号"


def test_an_open_add_in_is_none_of_the_books_but_found_by_its_name(book: Book, tmp_path: Path) -> None:
    shutil.copy(book.fullname, tmp_path / "加载宏.xlam")
    book.app.books.open(tmp_path / "加载宏.xlam")

    assert ([each.name for each in book.app.books], book.app.books.active) == (["店.xlsx"], book)
    assert book.app.books["加载宏.xlam"].sheets[0].range("A1").value == "编号"


def test_com_names_that_nobody_asked_for_are_unknown(book: Book) -> None:
    sheet = book.sheets[0]
    for api in (book.app.api, book.api, sheet.api, sheet.range("A1").api, sheet.tables[0].api):
        with pytest.raises(AttributeError):
            api.Nonsense  # noqa: B018
    assert book.app.api.Ready


def test_round_trips_are_counted(book: Book, calc: CalcEngine) -> None:
    sheet = book.sheets["客户"]
    before = (calc.counted.reads, calc.counted.writes)
    sheet.range("A1:E5").value = sheet.range("A1:E5").value

    assert (calc.counted.reads - before[0], calc.counted.writes - before[1]) == (1, 1)


def test_what_is_selected_is_told(book: Book) -> None:
    book.sheets["合计"].range("A2:B3").select()

    assert book.sheets.active.name == "合计"
    assert (book.app.selection.sheet.name, book.selection.address) == ("合计", "$A$2:$B$3")


def test_a_macro_of_the_workbook_runs(book: Book) -> None:
    libraries = book.impl.xl.BasicLibraries
    if not libraries.hasByName("VBAProject"):
        libraries.createLibrary("VBAProject")
    libraries.getByName("VBAProject").insertByName("Probe", "Function Twice(n)\nTwice = n * 2\nEnd Function")

    assert book.macro("Probe.Twice")(21) == 42


CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from xlwings_calc import registered, running_calc
import xlwings as xw
with running_calc() as program, registered(program):
    xw.Book.caller().sheets["客户"].range("A2").value = "孩子"
"""


def test_another_process_reaches_back_into_the_same_calc(book: Book, calc: CalcEngine) -> None:
    told = {**os.environ, "CALC_PIPE": calc.program.pipe, "CALC_BOOK": book.fullname}
    subprocess.run([sys.executable, "-c", CHILD, TOOLS], env=told, check=True)

    assert book.sheets["客户"].range("A2").value == "孩子"
    assert len(book.app.books) == 1
