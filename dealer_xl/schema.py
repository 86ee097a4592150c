"""The words in which a table's shape is told: Kind, Column, Table.

Both rooms speak these words: `dealership.tables` says the shapes, `office` finds and writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

CHECK = "校验"
"""Heading of the status column in which the program says what is wrong with a row."""


class Kind(Enum):
    """What a cell of a column holds; decides its format, its check and its type in memory."""

    TEXT = "文字"
    CHOICE = "选项"
    DATE = "日期"
    MONTH = "月份"  # typed as YYYY-MM
    TIME = "时间"  # of a day, typed as HH:MM
    NUMBER = "数字"
    MONEY = "金额"  # yuan in the cell, whole fen in memory
    PHONE = "电话"
    PLATE = "车牌"
    VIN = "VIN码"


class FilledBy(Enum):
    """Who fills a column: white for staff, light grey for the other two."""

    STAFF = "人工"
    FORMULA = "公式"
    PROGRAM = "程序"


@dataclass(frozen=True)
class Column:
    """One column: its heading outside, its key inside, and what its cells may hold."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    unless: str = ""  # the key of the column that stands in for a required one: a row needs one of the two
    unique: bool = False
    choices: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()  # words to pick from where others are allowed, too
    offers_by: tuple[str, ...] = ()  # keys of columns whose texts pick from 可选内容 the words on offer
    offers_from: str = (
        ""  # the name of a table of the same workbook whose column of the same key has these words
    )
    refers_to: str = ""  # the name of the table whose unique column it repeats
    happened: bool = False  # a date of what has happened cannot lie in the future
    low: float | None = None
    high: float | None = None
    width: int = 0  # in characters of a digit's width; 0: what the kind needs
    hint: str = ""  # shown beside the cell when staff enter it
    may_lack: bool = False  # a sheet may do without the column, as one made before the column was thought of
    aliases: tuple[str, ...] = ()  # headings that other shops use for the same thing
    filled_by: FilledBy = FilledBy.STAFF
    formula: str = ""  # as in the first row, `{other_key}` standing for that column's cell
    unit: str = ""  # of its numbers, such as 元; with % a fraction of one is shown as a share


@dataclass(frozen=True)
class Table:
    """One Excel table: where it stands and the columns it has."""

    name: str  # the ListObject's name
    sheet: str
    workbook: str  # file name
    title: str  # the form's official name, printed above it
    columns: tuple[Column, ...]
    description: str = ""  # one sentence for the sheet 说明
    unique_together: tuple[str, ...] = ()
    by_program: bool = False  # the program writes the whole table
    known_by: tuple[tuple[str, ...], ...] = ()  # keys of columns; see `identity`
    may_lack: bool = False  # a workbook may do without the sheet, as one made before it was thought of

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings in the order of the sheet."""
        return tuple(column.heading for column in self.columns)

    @property
    def entered(self) -> tuple[Column, ...]:
        """Columns that staff fill; a row counts as entered when one of them holds something."""
        return tuple(column for column in self.columns if column.filled_by is FilledBy.STAFF)

    @property
    def identity(self) -> tuple[tuple[str, ...], ...]:
        """Return the alternatives by which a row is known, each the keys of columns that must all be there.

        A sheet that has the columns of one of them can be read; every other column may be absent.
        """
        if self.known_by:
            return self.known_by
        unique = next((column.key for column in self.columns if column.unique), None)
        if unique is not None:
            return ((unique,),)
        return (tuple(column.key for column in self.columns if column.required),)

    @property
    def key_column(self) -> Column:
        """The column by which other tables refer to a row."""
        return next(column for column in self.columns if column.unique)

    def column(self, key: str) -> Column:
        """Find a column by its key."""
        return next(column for column in self.columns if column.key == key)

    def heading(self, key: str) -> str:
        """Return the heading of a column by its key."""
        return self.column(key).heading
