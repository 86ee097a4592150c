"""How the workbooks look: the colours, the fonts, and the format of each kind of cell."""

from __future__ import annotations

from typing import Any, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from dealer_xl.schema import Column, FilledBy, Kind, Table

Properties: TypeAlias = dict[str, Any]

FONT = "微软雅黑"
SIZE = 10

INK = "#1F2A36"
QUIET = "#6E7883"
NAVY = "#2F4A66"  # the one colour of headings
MIST = "#DEE6EE"  # the same, for what may stay empty
GREY = "#F3F4F5"  # what the program or a formula fills
GREY_HEADING = "#E4E6E8"
LINE = "#C8CED5"
ACCENT = "#B4632B"
INVITING = "#FFF6DA"  # the one cell of a form into which staff type
ERROR, ERROR_INK = "#F6CDC7", "#8A1C10"
WARNING, WARNING_INK = "#FCEBC2", "#7A5200"

SWATCHES: dict[str, Properties] = {
    "required": {"bg_color": NAVY, "font_color": "#FFFFFF"},
    "optional": {"bg_color": MIST, "font_color": INK},
    "program": {"bg_color": GREY_HEADING, "font_color": QUIET},
    "error": {"bg_color": ERROR, "font_color": ERROR_INK},
    "warning": {"bg_color": WARNING, "font_color": WARNING_INK},
}

TEXT = "@"  # keeps leading zeros, and 2026-03 from turning into a date
DAY = "yyyy-mm-dd"
NUMBER_FORMATS = {
    Kind.DATE: DAY,
    Kind.NUMBER: "General",
    Kind.MONEY: "#,##0.00",
}
UNIT_FORMATS = {"元": "#,##0.00", "%": "0.0%", "台/天": "0.0", "天": "0.0"}
COUNT = "#,##0"
RIGHT = (Kind.NUMBER, Kind.MONEY)

GRID: Properties = {"border": 1, "border_color": LINE}
SMALL_PRINT: Properties = {"font_size": 8, "font_color": QUIET}


def follows_unit(column: Column) -> bool:
    """Return whether a column holds amounts in the unit that the row names: numbers without bounds."""
    return column.kind is Kind.NUMBER and column.low is None and not column.unit


def number_format(column: Column, unit: str = "") -> str:
    """Choose how a column shows its values; the unit decides for the numbers that have one."""
    unit = column.unit or (unit if follows_unit(column) else "")
    return UNIT_FORMATS.get(unit, COUNT) if unit else NUMBER_FORMATS.get(column.kind, TEXT)


def cell_style(column: Column, unit: str = "") -> Properties:
    """Return how a cell of a column looks anywhere on the sheet."""
    return {
        "num_format": number_format(column, unit),
        "align": "right" if column.kind in RIGHT else "left",
        "indent": 1,
        "valign": "vcenter",
        "text_wrap": column.kind is Kind.TEXT,
        "font_color": INK,
    }


def is_shaded(column: Column, table: Table) -> bool:
    """Return whether a column is grey among those that staff fill; a sheet all by the program stays white."""
    return column.filled_by is not FilledBy.STAFF and not table.by_program


def entry_style(column: Column, table: Table, unit: str = "") -> Properties:
    """Return how a cell of a column looks in a row of the table: lines, and grey where staff do not type."""
    return {**cell_style(column, unit), **GRID, **({"bg_color": GREY} if is_shaded(column, table) else {})}


def heading_style(column: Column, table: Table) -> Properties:
    """Return how a heading looks: dark when required, grey when staff do not fill the column."""
    swatch = "required" if column.required else "optional"
    if is_shaded(column, table):
        swatch = "program"
    align = "right" if table.by_program and column.kind in RIGHT else "left"
    return {
        **SWATCHES[swatch],
        **GRID,
        "bold": True,
        "align": align,
        "indent": 1,
        "valign": "vcenter",
        "text_wrap": True,
    }


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, properties: Properties) -> Format:
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    @property
    def title(self) -> Format:
        """The form's name above a table."""
        return self.of({"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter"})

    @property
    def note(self) -> Format:
        """The quiet line under the title."""
        return self.of({"font_size": 9, "font_color": QUIET, "valign": "vcenter"})
