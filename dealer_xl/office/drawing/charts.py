"""Draw the native charts of a report: few, flat, named at the line's end, readable in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.utility import xl_col_to_name

from dealer_xl.office.drawing.styles import ACCENT, FONT, INK, LINE, NAVY, QUIET
from dealer_xl.schema import Table
from dealer_xl.workbook_spec import Chart

Options: TypeAlias = dict[str, Any]

TONES = (NAVY, "#A9BBCD")  # far enough apart for a copy in black and white
MARKERS = ("circle", "square")
AXIS_FORMATS = {"元": '0\\.0,"万"', "%": "0%"}  # 12000 shown as 1.2万
LABEL_FORMATS = {"%": "0.0%"}


class Trend:
    """The cells from which the charts of a report are drawn."""

    def __init__(self, table: Table, first_row: int, rows: int) -> None:
        self._table = table
        self._first, self._last = first_row, first_row + rows - 1

    @property
    def months(self) -> str:
        """The cells of the first column."""
        return self._cells(0)

    @property
    def count(self) -> int:
        """The number of months."""
        return self._last - self._first + 1

    def values(self, key: str) -> str:
        """Return the cells of a column."""
        return self._cells(self._place(key))

    def name(self, key: str) -> str:
        """Return the heading cell of a column, so that the legend follows it."""
        return f"='{self._table.sheet}'!${xl_col_to_name(self._place(key))}${self._first - 1}"

    def _place(self, key: str) -> int:
        return self._table.columns.index(self._table.column(key))

    def _cells(self, place: int) -> str:
        letter = xl_col_to_name(place)
        return f"='{self._table.sheet}'!${letter}${self._first}:${letter}${self._last}"


def draw_chart(book: Workbook, chart: Chart, trend: Trend) -> NativeChart:
    """Make one chart, to be put on its sheet."""
    lines = book.add_chart({"type": "line"})
    for place, key in enumerate(chart.lines):
        lines.add_series(_line(trend, key, place, chart.unit))
    if chart.target:
        lines.add_series(_target(trend, chart.target))
    picture = lines
    if chart.bars:
        stacked = {"subtype": "stacked"} if len(chart.bars) > 1 else {}
        picture = book.add_chart({"type": "column", **stacked})
        for place, key in enumerate(chart.bars):
            picture.add_series(_bar(trend, key, place, alone=len(chart.bars) == 1))
        picture.combine(lines)
    _dress(picture, chart)
    return picture


def _bar(trend: Trend, key: str, place: int, *, alone: bool) -> Options:
    """Describe a column; a single one carries its number."""
    labels: Options = (
        {"data_labels": {"value": True, "position": "outside_end", "font": _font(8, INK)}} if alone else {}
    )
    fill = {"fill": {"color": TONES[place]}, "border": {"color": NAVY, "width": 0.75}, "gap": 55}
    return {**_cells(trend, key), **fill, **labels}


def _line(trend: Trend, key: str, place: int, unit: str) -> Options:
    """Describe a line with its last value written beside it."""
    tone = NAVY if place == 0 else QUIET
    marker = {"type": MARKERS[place], "size": 6, "border": {"color": tone}, "fill": {"color": tone}}
    only_last: list[Options] = [{"delete": True}] * (trend.count - 1)
    labels = {
        "value": True,
        "position": "above" if place == 0 else "below",
        "num_format": LABEL_FORMATS.get(unit, "General"),
        "font": _font(9, tone, bold=True),
        "custom": [*only_last, {}],
    }
    line = {"color": tone, "width": 2.25, "dash_type": "solid" if place == 0 else "square_dot"}
    return {**_cells(trend, key), "line": line, "marker": marker, "data_labels": labels}


def _target(trend: Trend, key: str) -> Options:
    """Describe the target: a dashed line."""
    line = {"color": ACCENT, "width": 1.75, "dash_type": "dash"}
    return {**_cells(trend, key), "line": line, "marker": {"type": "none"}}


def _cells(trend: Trend, key: str) -> Options:
    return {"name": trend.name(key), "categories": trend.months, "values": trend.values(key)}


def _dress(picture: NativeChart, chart: Chart) -> None:
    """Set a chart's title, axes and legend; months without a value stay empty."""
    picture.set_title({"name": chart.title, "name_font": _font(12, NAVY, bold=True), "overlay": False})
    quiet = {"num_font": _font(8, QUIET), "line": {"color": LINE}, "major_tick_mark": "none"}
    picture.set_x_axis({**quiet, "text_axis": True})
    grid = {"visible": True, "line": {"color": "#E6E9EC", "width": 0.75}}
    whole: Sequence[tuple[str, float]] = (("max", 1),) if chart.unit == "%" else (("min", 0),)
    axis = {"num_format": AXIS_FORMATS.get(chart.unit, "#,##0"), "major_gridlines": grid, **dict(whole)}
    picture.set_y_axis({**quiet, **axis, "line": {"none": True}})
    picture.set_legend({"position": "bottom", "font": _font(9, INK)})
    picture.set_chartarea({"border": {"color": LINE}})
    picture.show_blanks_as("gap")


def _font(size: int, color: str, *, bold: bool = False) -> Options:
    return {"name": FONT, "size": size, "color": color, "bold": bold}
