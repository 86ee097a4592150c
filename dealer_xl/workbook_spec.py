"""The words in which a workbook is drawn: Guide, Register, Report, Form, Book.

`dealership.books` says what staff find in each workbook, `office.drawing.builder` draws it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from dealer_xl.schema import Table

Value: TypeAlias = str | float | date | None
Row: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Topic:
    """One line of a guide: a word and what it means."""

    head: str
    description: str
    sheet: str = ""  # the sheet that a click on the word opens
    colour: str = ""  # the word wears this colour of the registers, so that staff know it again


@dataclass(frozen=True)
class Guide:
    """The sheet that tells what the workbook is for; it prints on one page."""

    sheet: str
    title: str
    description: str
    chapters: tuple[tuple[str, tuple[Topic, ...]], ...]


@dataclass(frozen=True)
class Register:
    """A sheet with one table, to which rows are added under one another."""

    table: Table
    frozen: int = 1  # the first columns that stay in sight
    lines: int = 1  # of text that a row has room for; rows that the program adds are as high
    rows: tuple[Row, ...] = ()  # what is filled in already, by the columns' keys
    alarm: str = ""  # a column in which a number above zero, or a word with 未, stands out
    lights: str = ""  # a column whose words 确定 and 请确认 colour their row's cell
    small: tuple[str, ...] = ()  # columns in small print
    one_page: bool = False  # prints on one page across, in smaller type if need be

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self.table.sheet


@dataclass(frozen=True)
class Chart:
    """One picture of a trend: columns upon each other or lines, and the target as a dashed line."""

    title: str
    unit: str
    bars: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True)
class Report:
    """A sheet that the program writes for a meeting: the figures, the text, the trend and its charts."""

    figures: Table
    rows: tuple[Row, ...]
    text: Table
    lines: tuple[int, ...]  # that each paragraph of the text may take
    trend: Table
    months: int
    charts: tuple[Chart, ...]
    alarm: str = ""  # as in a register
    small: tuple[str, ...] = ()  # columns of the figures in small print

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self.figures.sheet


@dataclass(frozen=True)
class Box:
    """One box of a paper form, filled from a register or, without a key, with a pen."""

    label: str
    key: str = ""
    source: Table | None = None  # None: the form's own register
    lines: int = 1


@dataclass(frozen=True)
class Form:
    """A paper form of one row of a register, found by the number that staff type into it."""

    sheet: str
    title: str
    description: str
    source: Table
    boxes: tuple[tuple[Box, ...], ...]  # one or two beside each other
    signatures: tuple[str, ...]
    foot: str

    @property
    def asks(self) -> str:
        """The number's heading: the key of the form's own register."""
        return self.source.key_column.heading


Sheet: TypeAlias = Register | Report | Form


@dataclass(frozen=True)
class WorkbookSpec:
    """One workbook: its guide, its sheets in order, and every table that its columns may refer to."""

    name: str
    guide: Guide
    sheets: tuple[Sheet, ...]
    tables: tuple[Table, ...]
