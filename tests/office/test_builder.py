"""The workbooks that staff open say what `tables` says, and look after themselves while they are filled."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dealer_xl.dealership.kpis import KPIS
from dealer_xl.dealership.settings import SETTINGS as DEFAULTS
from dealer_xl.dealership.tables import (
    BOOKS,
    CALLS_BOOK,
    CUSTOMERS,
    EXTRAS,
    MEASURES,
    PLAN_BOOK,
    SETTINGS,
    SUMMARY,
    TABLES,
    TARGETS,
    TODAY,
    TREND,
    YEAR_SUMMARY,
)
from dealer_xl.dealership.targets import TARGETS as AIMS
from dealer_xl.dealership.workbook_specs import workbook_spec_of
from dealer_xl.office.drawing.builder import build_book
from dealer_xl.office.drawing.data_validation import FIRST_ROW, LAST_ROW
from dealer_xl.office.drawing.styles import NAVY
from dealer_xl.schema import CHECK, FilledBy, Kind, Table
from dealer_xl.workbook_spec import Form, Register, Report, WorkbookSpec

HEADINGS_ROW = FIRST_ROW - 1


@cache
def plan(name: str) -> WorkbookSpec:
    return workbook_spec_of(name, 2026)


@cache
def built(name: str) -> Workbook:
    return openpyxl.load_workbook(BytesIO(build_book(plan(name))))


def sheet_of(table: Table) -> Worksheet:
    sheet = built(table.workbook)[table.sheet]
    assert isinstance(sheet, Worksheet)
    return sheet


def validations(table: Table) -> dict[str, DataValidation]:
    """Return the data validation of each column by its heading; each reaches down the whole sheet."""
    found = {}
    for validation in sheet_of(table).data_validations.dataValidation:
        (area,) = validation.sqref.ranges
        assert (area.min_row, area.max_row, area.min_col) == (FIRST_ROW, LAST_ROW, area.max_col)
        found[table.headings[area.min_col - 1]] = validation
    return found


def formulas(table: Table) -> dict[str, list[str]]:
    """Return the formulas of the conditional formats by their areas."""
    rules = sheet_of(table).conditional_formatting
    return {str(area.sqref): [rule.formula[0] for rule in area.rules] for area in rules}


def first_entry(table: Table) -> dict[str, Cell]:
    """Return the cells of the first row under the headings by their headings."""
    cells = next(sheet_of(table).iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW, max_col=len(table.columns)))
    return {
        heading: cell for heading, cell in zip(table.headings, cells, strict=True) if isinstance(cell, Cell)
    }


registers = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
books = pytest.mark.parametrize("name", BOOKS)


@books
def test_the_same_plan_gives_the_same_bytes(name: str) -> None:
    assert build_book(plan(name)) == build_book(plan(name))


@books
def test_a_workbook_has_its_guide_first_and_every_planned_sheet(name: str) -> None:
    assert built(name).sheetnames == ["说明", *(sheet.sheet for sheet in plan(name).sheets)]


def test_every_table_stands_in_its_workbook() -> None:
    placed = {
        each.table.name: name for name in BOOKS for each in plan(name).sheets if isinstance(each, Register)
    }

    assert {table.name: table.workbook for table in TABLES}.items() <= placed.items()


@registers
def test_a_register_bears_title_headings_and_a_native_table(table: Table) -> None:
    sheet = sheet_of(table)
    native = sheet.tables[table.name]
    rows = max(sheet.max_row, FIRST_ROW)

    assert sheet["A1"].value == table.title
    assert tuple(cell.value for cell in sheet[HEADINGS_ROW]) == table.headings
    assert tuple(native.column_names) == table.headings
    assert native.ref == f"A{HEADINGS_ROW}:{sheet.cell(rows, len(table.columns)).coordinate}"


@registers
def test_required_headings_and_only_those_are_dark(table: Table) -> None:
    dark = {
        cell.value
        for cell in sheet_of(table)[HEADINGS_ROW]
        if cell.fill.fgColor.rgb == NAVY.replace("#", "FF")
    }

    assert dark == {column.heading for column in table.columns if column.required}


@registers
def test_cells_are_formatted_for_what_they_hold(table: Table) -> None:
    formats = {heading: cell.number_format for heading, cell in first_entry(table).items()}

    for column in table.columns:
        if column.kind is Kind.DATE:
            assert formats[column.heading] == "yyyy-mm-dd"
        if column.kind is Kind.MONEY:
            assert formats[column.heading] == "#,##0.00"
        if column.kind in {Kind.TEXT, Kind.PHONE, Kind.PLATE, Kind.VIN, Kind.MONTH}:
            assert formats[column.heading] == "@", column.heading


@registers
def test_only_what_staff_do_not_type_is_grey(table: Table) -> None:
    grey = {heading for heading, cell in first_entry(table).items() if cell.fill.patternType == "solid"}

    assert grey == {column.heading for column in table.columns if column.filled_by is not FilledBy.STAFF}


@registers
def test_choices_are_offered_in_a_list_and_others_are_let_through(table: Table) -> None:
    found = validations(table)

    for column in table.columns:
        if column.choices:
            assert found[column.heading].formula1 == f'"{",".join(column.choices)}"'
            assert found[column.heading].errorStyle == "warning"


@registers
def test_words_are_offered_where_others_are_allowed(table: Table) -> None:
    found = validations(table)

    for column in table.columns:
        if column.offers:
            assert found[column.heading].formula1 == f'"{",".join(column.offers)}"'
            assert not found[column.heading].showErrorMessage


def test_a_target_may_be_picked_from_the_figures_of_the_summary() -> None:
    assert validations(TARGETS)["指标"].formula1 == f"月度总结!$A${FIRST_ROW}:$A${FIRST_ROW + len(KPIS) - 1}"


def test_a_workbook_leaves_out_the_extra_tables_that_nobody_asked_for() -> None:
    bare = {name: [sheet.sheet for sheet in workbook_spec_of(name, 2026, ()).sheets] for name in BOOKS}
    asked = workbook_spec_of(PLAN_BOOK, 2026, (MEASURES,))

    assert not {table.sheet for table in EXTRAS} & {sheet for sheets in bare.values() for sheet in sheets}
    assert {"整改措施"} == {sheet.sheet for sheet in asked.sheets} - set(bare[PLAN_BOOK])


def test_what_staff_fill_on_today_s_list_is_offered_and_the_rest_is_not() -> None:
    choices = sheet_of(TODAY).data_validations.dataValidation
    headings = {TODAY.headings[next(iter(each.sqref.ranges)).min_col - 1] for each in choices}

    assert headings == {column.heading for column in TODAY.columns if column.filled_by is FilledBy.STAFF} - {
        "通话要点"
    }


def test_today_s_list_prints_on_one_page_across() -> None:
    sheet = sheet_of(TODAY)

    assert sheet.page_setup.fitToWidth in {None, 1}


@registers
def test_no_validation_forbids_an_entry(table: Table) -> None:
    assert {each.errorStyle for each in validations(table).values()} <= {
        "warning",
        "information",
        None,
        "stop",
    }
    assert all(each.errorStyle != "stop" for each in validations(table).values() if each.type)


@registers
def test_names_and_numbers_of_the_same_workbook_are_offered(table: Table) -> None:
    by_name = {each.name: each for each in TABLES}
    for column in table.columns:
        source = by_name.get(column.refers_to)
        if source and source.workbook == table.workbook:
            assert f"OFFSET({source.sheet}!$" in str(validations(table)[column.heading].formula1)


@registers
def test_what_the_check_says_colours_the_cell_it_names(table: Table) -> None:
    letter = get_column_letter(table.headings.index(CHECK) + 1)
    before = get_column_letter(table.headings.index(CHECK))

    assert formulas(table)[f"A{FIRST_ROW}:{before}{LAST_ROW}"][:2] == [
        f'ISNUMBER(FIND("【"&A${HEADINGS_ROW}&"】",${letter}{FIRST_ROW}))',
        f'ISNUMBER(FIND("〔"&A${HEADINGS_ROW}&"〕",${letter}{FIRST_ROW}))',
    ]


@registers
def test_a_register_prints_on_a4_under_repeated_headings(table: Table) -> None:
    sheet = sheet_of(table)

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == f"$1:${HEADINGS_ROW}"
    assert sheet.page_setup.fitToHeight == 0
    assert "第 &P 页 共 &N 页" in str(sheet.oddFooter)


@registers
def test_headings_and_the_first_columns_stay_in_sight(table: Table) -> None:
    assert str(sheet_of(table).freeze_panes)[1:] == str(FIRST_ROW)


@books
def test_rows_of_a_register_grow_with_what_is_typed(name: str) -> None:
    with ZipFile(BytesIO(build_book(plan(name)))) as package:
        for place, sheet in enumerate(plan(name).sheets, start=2):
            if isinstance(sheet, Register):
                rows = package.read(f"xl/worksheets/sheet{place}.xml").decode().split("<row ")[FIRST_ROW:]
                assert rows
                assert not [row for row in rows if "customHeight" in row.split(">")[0]]


def test_the_next_service_follows_from_the_last_and_the_cycle() -> None:
    native = sheet_of(CUSTOMERS).tables["Customers"]
    (calculated,) = (column for column in native.tableColumns if column.calculatedColumnFormula)
    formula = first_entry(CUSTOMERS)["下次保养日期"].value

    assert calculated.name == "下次保养日期"
    assert formula == f"={calculated.calculatedColumnFormula.attr_text}"
    last, months = (
        get_column_letter(CUSTOMERS.headings.index(each) + 1) for each in ("上次保养日期", "保养周期(月)")
    )
    assert formula == f'=IF(OR({last}4="",{months}4=""),"",EDATE({last}4,{months}4))'


def test_settings_and_targets_are_filled_with_their_defaults() -> None:
    settings = sheet_of(SETTINGS).iter_rows(min_row=FIRST_ROW, max_col=6, values_only=True)
    targets = sheet_of(TARGETS).iter_rows(min_row=FIRST_ROW, max_col=8, values_only=True)

    assert [(row[0], row[1], row[5] or row[0]) for row in settings] == [
        (each.label, each.default, each.key) for each in DEFAULTS
    ]
    assert [(row[0], row[1], row[3], row[7]) for row in targets] == [
        (2026, aim.label, aim.target, aim.code) for aim in AIMS
    ]


@pytest.mark.parametrize("table", [SUMMARY, YEAR_SUMMARY], ids=lambda table: table.name)
def test_each_figure_has_its_row_and_the_format_of_its_unit(table: Table) -> None:
    rows = sheet_of(table).iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + len(KPIS) - 1)
    shown = [(row[0].value, row[1].value, row[2].number_format) for row in rows]
    formats = {"元": "#,##0.00", "%": "0.0%", "台/天": "0.0"}

    assert shown == [(kpi.label, kpi.unit, formats.get(kpi.unit, "#,##0")) for kpi in KPIS]


@pytest.mark.parametrize("name", ["月度总结", "年度总结"])
def test_a_summary_has_charts_that_leave_empty_months_out(name: str) -> None:
    (report,) = (each for each in plan(PLAN_BOOK).sheets if isinstance(each, Report) and each.sheet == name)
    sheet = built(PLAN_BOOK)[name]

    assert isinstance(sheet, Worksheet)
    charts = sheet._charts  # type: ignore[attr-defined]  # openpyxl has no public way to them

    assert set(sheet.tables) == {report.figures.name, report.trend.name}
    assert len(charts) == len(report.charts) == 4
    assert {chart.display_blanks for chart in charts} == {"gap"}
    assert sheet.row_breaks.count == 2


def test_the_trend_shows_shares_as_percentages() -> None:
    sheet = sheet_of(TREND)
    area = sheet.tables["Trend"].ref
    cells = {str(heading.value): cell for heading, cell in zip(*sheet[area][:2], strict=True)}

    assert cells["满意度CSI"].number_format == "0.0%"
    assert cells["车间产值"].number_format == "#,##0.00"


def test_the_call_form_finds_every_box_by_the_number_in_the_marked_cell() -> None:
    (form,) = (each for each in plan(CALLS_BOOK).sheets if isinstance(each, Form))
    sheet = built(CALLS_BOOK)[form.sheet]
    assert isinstance(sheet, Worksheet)
    found = [cell.value for row in sheet["A4:D30"] for cell in row if str(cell.value).startswith("=")]
    boxes = [box for row in form.boxes for box in row if box.key]

    assert len(found) == len(boxes)
    assert all("INDEX(" in str(formula) for formula in found)
    assert str(sheet.print_area).endswith("$A$1:$D$21")
    assert (sheet["A3"].value, sheet["B3"].value) == ("登记号", None)


@books
def test_the_guide_names_every_sheet_and_prints_on_one_page(name: str) -> None:
    guide = built(name)["说明"]
    assert isinstance(guide, Worksheet)
    words = {cell.value for cell in guide["B"]}

    assert {sheet.sheet for sheet in plan(name).sheets} <= words
    assert (guide.page_setup.fitToHeight or 1, guide.page_setup.orientation) == (1, "portrait")
