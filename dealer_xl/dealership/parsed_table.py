"""One table as staff typed it becomes one typed table, and a list of what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import compress

import pandas as pd

from dealer_xl.dealership import persons
from dealer_xl.dealership.issues import CELL_CHECK, ERROR, Issue, ask_whether, format_message
from dealer_xl.dealership.parsers import DTYPES, READERS, Unreadable, Value, as_text, doubts, is_blank
from dealer_xl.dealership.unreadable import Fault
from dealer_xl.schema import Column, FilledBy, Kind, Table


@dataclass(frozen=True)
class Normalisation:
    """A cell that was understood, but not as it was typed."""

    table: Table
    row: int
    column: str
    value: Value

    @property
    def plain(self) -> str | float | date | None:
        """Return what would stand in the cell had it been typed plainly."""
        is_money = self.table.column(self.column).kind is Kind.MONEY
        return self.value / 100 if is_money and isinstance(self.value, int) else self.value


@dataclass(frozen=True)
class ParsedTable:
    """One table: its rows under their Excel row numbers, keys as columns, types from the schema."""

    table: Table
    rows: pd.DataFrame
    issues: tuple[Issue, ...] = ()
    normalisations: tuple[Normalisation, ...] = ()
    typed: frozenset[str] = frozenset()  # headings of the columns that the shop's sheet has
    derived: frozenset[str] = frozenset()  # headings of those computed from others in their stead
    filled: Mapping[str, Mapping[int, str]] = field(
        default_factory=dict
    )  # names that the sheet lacks, by key and row

    def with_issues(self, more: tuple[Issue, ...]) -> ParsedTable:
        """Add issues that were found later."""
        return replace(self, issues=self.issues + more)

    def absent(self) -> frozenset[str]:
        """Return the headings of the columns that the sheet lacks and nothing stands in for."""
        return frozenset(self.table.headings) - self.typed - self.derived

    def error_mask(self) -> pd.DataFrame:
        """Return which cells hold an error (a warning still counts as right): same shape, yes or no."""
        error_mask = pd.DataFrame(False, index=self.rows.index, columns=self.rows.columns)
        for issue in self.issues:
            if issue.severity == ERROR and not issue.used:
                error_mask.loc[issue.row, issue.column] = True
        return error_mask

    def valid_rows(self) -> pd.DataFrame:
        """Return the rows with every wrong cell left blank, so that nothing is concluded from it."""
        return self.rows.mask(self.error_mask()) if self.issues else self.rows


@dataclass(frozen=True)
class _Understood:
    """What one cell turned out to hold, and the codes of what is wrong with it."""

    value: Value
    faults: tuple[Fault, ...] = ()
    differs: bool = False  # understood otherwise than it stands there
    blank: bool = False


_BLANK = _Understood(None, blank=True)
_TEXTS = frozenset({Kind.TEXT, Kind.CHOICE, Kind.PHONE, Kind.PLATE, Kind.VIN, Kind.MONTH, Kind.TIME})

CUSTOMER_NAME = "客户名称"
TITLES = ("先生", "女士", "小姐")
"""Titles that belong into 称呼, not into the name."""

MOST_LETTERS = 24
"""So many letters of choices fit into a sentence of 校验."""


def parse_table(cells: pd.DataFrame, table: Table, today: date) -> ParsedTable:
    """Parse the cells of a table (columns = the headings that its sheet has) into typed rows (keys as columns).

    A column that the sheet lacks is blank in every row, and nothing is said of it (4b: an identity is enough).
    """
    present = [column for column in table.columns if column.heading in cells.columns]
    understood = {column: _understand_all(cells[column.heading], column, today) for column in present}
    understood = {column: _spared(column, table, understood) for column in present}
    entered = _entered(understood, len(cells))
    kept = cells.loc[entered]
    absent = [None] * len(kept)
    columns = {
        column.key: pd.Series(
            [each.value for each in compress(understood[column], entered)]
            if column in understood
            else absent,
            index=kept.index,
            dtype="object",
        ).astype(DTYPES[column.kind])
        for column in table.columns
    }
    told = [
        (row, column, cell, each)
        for column, known in understood.items()
        if column.filled_by is FilledBy.STAFF
        for row, cell, each in zip(kept.index, kept[column.heading], compress(known, entered), strict=True)
        if each.faults or each.differs
    ]
    return ParsedTable(
        table,
        pd.DataFrame(columns, index=kept.index),
        tuple(
            _issue(table, row, column, fault, cell)
            for row, column, cell, each in told
            for fault in each.faults
        ),
        tuple(
            Normalisation(table, row, column.key, each.value) for row, column, _, each in told if each.differs
        ),
        frozenset(column.heading for column in present),
    )


def empty_table(table: Table) -> ParsedTable:
    """Return a table that the shop does not keep: it has no rows and no typed column."""
    columns = {column.key: pd.Series([], dtype=DTYPES[column.kind]) for column in table.columns}
    return ParsedTable(table, pd.DataFrame(columns))


def _spared(
    column: Column, table: Table, understood: Mapping[Column, list[_Understood]]
) -> list[_Understood]:
    """Return what a column holds, its blank cells no fault where another column of the row stands in for it."""
    if not column.unless or table.column(column.unless) not in understood:
        return understood[column]
    pairs = zip(understood[column], understood[table.column(column.unless)], strict=True)
    return [_BLANK if each.blank and not other.blank else each for each, other in pairs]


def _entered(understood: Mapping[Column, list[_Understood]], count: int) -> list[bool]:
    """Return, for each row, whether staff have entered anything."""
    entered = [False] * count
    for column, known in understood.items():
        if column.filled_by is FilledBy.STAFF:
            entered = [before or not each.blank for before, each in zip(entered, known, strict=True)]
    return entered


def _understand_all(cells: Iterable[object], column: Column, today: date) -> list[_Understood]:
    """Understand the cells of a column; what staff repeat from row to row is understood once."""
    known: dict[object, _Understood] = {}
    understood = []
    for cell in cells:
        key = (cell.__class__, cell)  # 1, 1.0 and True are the same key, but not the same entry
        if key not in known:
            known[key] = _understand(cell, column, today)
        understood.append(known[key])
    return understood


def _understand(cell: object, column: Column, today: date) -> _Understood:
    if is_blank(cell):
        return _Understood(None, (Fault("missing"),) if column.required else (), blank=True)
    try:
        value = READERS[column.kind](cell, column, today)
    except Unreadable as unread:
        return _Understood(None, (unread.fault,))
    faults = tuple(_faults(cell, value, column, today))
    differs = _differs(cell, value, column.kind) and not any(fault.used for fault in faults)
    return _Understood(value, faults, differs)


def _issue(table: Table, row: int, column: Column, fault: Fault, cell: object) -> Issue:
    code = fault.code
    sentence = format_message(
        code,
        value="" if cell is None else as_text(cell),
        choices=_choices(column),
        low=_bound(column.low),
        high=_bound(column.high),
    )
    if code == "missing" and not is_blank(cell):
        sentence = f"公式出错（{as_text(cell)}），请改正"
    if code == "out-of-range" and column.kind is Kind.TEXT:
        sentence = "超过15位的数字被Excel改掉了后面几位，请把单元格设为文本格式后重新填写"
    if code == "not-a-date" and column.kind is Kind.MONTH:
        sentence = sentence.replace("不是日期", "不是月份").replace("2026-03-05", "2026-03")
    if code == "not-a-date" and column.kind is Kind.TIME:
        sentence = sentence.replace("不是日期", "不是时间").replace("2026-03-05", "09:30")
    if fault.guess and code != "name-with-title":
        sentence = ask_whether(as_text(cell), fault.guess)
    return Issue(
        table,
        row,
        column.key,
        code,
        cell,
        fault.advice or sentence,
        CELL_CHECK[code].severity,
        fault.guess or None,
        is_guess=bool(fault.guess) and code != "name-with-title",
        used=fault.used,
    )


def _faults(cell: object, value: Value, column: Column, today: date) -> Iterator[Fault]:
    """Name what is wrong with a value that could be read."""
    if column.happened and isinstance(value, date) and value > today:
        yield Fault("date-in-future")
    if isinstance(value, int | float) and not _within(value, column):
        yield Fault("out-of-range")
    if column.heading == CUSTOMER_NAME and isinstance(value, str) and (bare := _without_title(value)):
        yield Fault("name-with-title", guess=bare)
    yield from doubts(cell, value, column)


def _without_title(name: str) -> str:
    """Return a name without the title behind it, "" where there is none or nothing else."""
    is_titled = persons.bare_name(name) != name and name.rstrip().endswith(TITLES)
    return persons.bare_name(name) if is_titled else ""


def _within(value: float, column: Column) -> bool:
    scale = 100 if column.kind is Kind.MONEY else 1
    above = column.low is None or value >= column.low * scale
    return above and (column.high is None or value <= column.high * scale)


def _choices(column: Column) -> str:
    """Name the choices when they are few; a long list is better looked up in the cell."""
    few = len("".join(column.choices)) <= MOST_LETTERS
    return (
        f"：{'、'.join(column.choices)}"
        if few
        else f"：{'、'.join(column.choices[:2])}…共{len(column.choices)}项"
    )


def _bound(value: float | None) -> str:
    return "不限" if value is None else f"{value:.0f}"


def _differs(cell: object, value: Value, kind: Kind) -> bool:
    """Return whether a cell was understood otherwise than it stands there."""
    if kind in _TEXTS:
        return isinstance(cell, str) and cell != value
    if kind is Kind.DATE:
        return not isinstance(cell, date)
    return isinstance(cell, str)
