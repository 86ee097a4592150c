"""Draw a report sheet: the figures on page one, text and trend on the second, the charts on the third.

The program writes values only, so every look stands here already.
"""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dealer_xl.office.drawing.charts import Trend, draw_chart
from dealer_xl.office.drawing.conditional_formats import highlight_alarms
from dealer_xl.office.drawing.data_validation import FIRST_ROW
from dealer_xl.office.drawing.native_table import TableLayout, draw_table, width_of
from dealer_xl.office.drawing.page import set_page
from dealer_xl.office.drawing.register_sheet import draw_head
from dealer_xl.office.drawing.styles import GRID, INK, SWATCHES, Styles
from dealer_xl.workbook_spec import Report, WorkbookSpec

AIR = 2  # points; the figures must fit on one page
PARAGRAPH_LINE, PARAGRAPH_AIR = 14, 3  # points; text and trend must fit on one page, too
SPARE = 3  # rows: a workbook in use has room for figures that are thought of later
GAP = 12
CHART_WIDTH, CHART_HEIGHT = 605, 312  # pixels; two beside each other
CHART_ROWS = 16  # of 20 pixels each


def draw_report(
    sheet: Worksheet, report: Report, book: WorkbookSpec, native: Workbook, styles: Styles
) -> None:
    """Draw one report on its sheet."""
    figures, last_column = report.figures, len(report.figures.columns) - 1
    draw_head(sheet, figures.title, figures.description, styles)
    for place, column in enumerate(figures.columns):
        sheet.set_column(place, place, width_of(column))
    draw_table(sheet, figures, report.rows, styles, TableLayout(air=AIR, small=report.small))
    if report.alarm:
        highlight_alarms(sheet, figures, report.alarm, styles, FIRST_ROW + len(report.rows) - 1)

    text_row = FIRST_ROW + len(report.rows) + SPARE
    _draw_text(sheet, report, text_row, styles)
    trend_row = text_row + len(report.lines) + 3
    sheet.set_row(trend_row - 3, GAP)
    draw_table(sheet, report.trend, ({},) * report.months, styles, TableLayout(trend_row, air=AIR))
    sheet.set_row(trend_row - 2, 22)
    chart_row = trend_row + report.months + 1
    _draw_charts(sheet, report, native, trend_row, chart_row)

    sheet.hide_gridlines(2)
    sheet.freeze_panes(FIRST_ROW - 1, 2)
    set_page(sheet, book.name)
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks([text_row - 1, chart_row - 1])
    sheet.repeat_rows(0, 1)
    sheet.print_area(0, 0, chart_row + len(report.charts) // 2 * CHART_ROWS - 1, last_column)


def _draw_text(sheet: Worksheet, report: Report, heading_row: int, styles: Styles) -> None:
    """Leave wide wrapped rows for the written text under its heading."""
    last = len(report.figures.columns) - 1
    head = styles.of({**SWATCHES["optional"], **GRID, "bold": True, "valign": "vcenter"})
    sheet.set_row(heading_row - 1, 22)
    sheet.merge_range(heading_row - 1, 0, heading_row - 1, last, report.text.columns[0].heading, head)
    look = styles.of({**GRID, "valign": "vcenter", "text_wrap": True, "font_color": INK, "indent": 1})
    for row, lines in enumerate(report.lines, start=heading_row):
        sheet.set_row(row, lines * PARAGRAPH_LINE + PARAGRAPH_AIR)
        sheet.merge_range(row, 0, row, last, None, look)


def _draw_charts(sheet: Worksheet, report: Report, native: Workbook, trend_row: int, chart_row: int) -> None:
    """Put the charts under the trend, two beside each other."""
    trend = Trend(report.trend, trend_row, report.months)
    for place, chart in enumerate(report.charts):
        picture = draw_chart(native, chart, trend)
        picture.set_size({"width": CHART_WIDTH, "height": CHART_HEIGHT})
        offsets = {"x_offset": 5 + place % 2 * (CHART_WIDTH + 15), "y_offset": 5}
        sheet.insert_chart(chart_row - 1 + place // 2 * CHART_ROWS, 0, picture, offsets)
