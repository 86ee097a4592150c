"""An xlwings engine for LibreOffice Calc: what xlwings asks of Excel on Windows, answered over UNO.

Made from what `xlwings.base_classes` lists and `xlwings._xlwindows` does; what the add-in does not use is left out.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import xlwings
from calc_cells import (
    CONTENTS,
    NOTES,
    Block,
    ComError,
    Formats,
    Formula,
    Value,
    read_formulas,
    read_values,
    runs_of,
)
from calc_program import Program, Uno, load_uno
from xlwings import base_classes

FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
}
ERROR_NAMES: Final = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}
RUNS_ALL_MACROS: Final = 4
YES: Final = {"ok": "ok", "ok_cancel": "ok", "yes_no": "yes", "yes_no_cancel": "yes"}


@dataclass
class Counted:
    """Round trips since the engine was made: blocks read, blocks written, other questions put to the program."""

    reads: int = 0
    writes: int = 0
    asks: int = 0


@dataclass(frozen=True)
class Alert:
    """A box that was shown."""

    prompt: str
    title: str | None
    buttons: str
    mode: str | None


@dataclass(frozen=True)
class Prompt:
    """A question that was put with InputBox."""

    prompt: str
    title: str | None
    default: object


@dataclass
class Quirks:
    """What Excel does under some circumstances only; each is off until a test switches it on.

    A block leaves out the rows that a filter hides; what is written right under a table becomes part of it, as AutoCorrect
    has it by default; the used range reaches to the last cell with a format of its own (which Calc takes half a second for).
    """

    skips_hidden_rows: bool = False
    grows_tables: bool = False
    uses_formats: bool = False


@dataclass
class CalcEngine:
    """The engine: one running Calc, what it was told and asked, and how it is to answer."""

    program: Program
    quirks: Quirks = field(default_factory=Quirks)
    counted: Counted = field(default_factory=Counted)
    alerts: list[Alert] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    pressed: deque[str] = field(default_factory=deque)  # the buttons of the boxes to come
    answers: deque[object] = field(default_factory=deque)  # the answers to InputBox to come; False cancels
    refusals: deque[int] = field(
        default_factory=deque
    )  # COM's errors that the next blocks meet, as from a busy Excel
    ready: bool = True
    running: bool = True
    settings: dict[str, Any] = field(default_factory=dict)
    told: list[tuple[str, Any]] = field(default_factory=list)  # every setting as it was set, in order
    today: date = field(default_factory=lambda: datetime.now().astimezone().date())
    active: str | None = None  # the URL of the active workbook
    name: str = "calc"
    type: str = "desktop"

    @property
    def apps(self) -> Apps:
        return Apps(self)

    def meet(self) -> None:
        """Refuse a block, if it is to be refused."""
        if self.refusals:
            raise ComError("refused", self.refusals.popleft())

    def reset(self) -> None:
        """Close every workbook unsaved, and forget all that was set, queued, recorded and counted."""
        App(self).quit()
        fresh = CalcEngine(self.program)
        self.__dict__.update(fresh.__dict__)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: object) -> Any:  # noqa: ANN401 - whatever is to be written
        """Make of a value what is handed to COM: blank for what is missing."""
        if isinstance(value, pd.Timestamp):
            value = value.to_pydatetime()
        if value is None or pd.isna(value):
            return ""
        return value.item() if isinstance(value, np.generic) else value

    @staticmethod
    def clean_value_data(
        data: list[list[Any]],
        datetime_builder: Callable[..., object],
        empty_as: object,
        number_builder: Callable[[float], object] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Make of what COM gives the values that a reader asked for."""

        def cleaned(value: Value) -> object:
            if value in ("", None):
                return empty_as
            if isinstance(value, datetime):
                names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**{name: getattr(value, name) for name in names}, tzinfo=None)
            if number_builder is not None and isinstance(value, float):
                return number_builder(value)
            if isinstance(value, int) and value in ERROR_NAMES:
                return ERROR_NAMES[value] if err_to_str else None
            return value

        return [[cleaned(value) for value in row] for row in data]


@contextmanager
def registered(program: Program) -> Iterator[CalcEngine]:
    """Make a Calc the active engine of xlwings, and take it away again with its workbooks.

    The caller's workbook is the one that CALC_BOOK names, if any.
    """
    engine = CalcEngine(program)
    before = xlwings.engines.active
    xlwings.engines.add(xlwings.Engine(impl=engine))
    xlwings.engines["calc"].activate()
    try:
        if name := os.environ.get("CALC_BOOK"):
            caller = xlwings.books[Path(name).name]
            caller.impl.activate()
            caller.set_mock_caller()
        yield engine
    finally:
        if program.pid:
            App(engine).quit()
        xlwings.engines.active = before
        xlwings.engines.engines.remove(xlwings.engines.engines_by_name.pop("calc"))
        if hasattr(xlwings.Book, "_mock_caller"):
            del xlwings.Book._mock_caller


class com_errors:  # noqa: N801 - used like a function
    """Turn what UNO refuses into what COM raises; its exceptions cannot pass through contextlib's own managers."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, reason: object, trace: object) -> None:
        if kind is not None and issubclass(kind, load_uno().getClass("com.sun.star.uno.Exception")):
            raise ComError(f"{kind.__name__}: {reason}") from None


class Apps:
    """The one program, as long as it was not quit."""

    def __init__(self, engine: CalcEngine) -> None:
        self.engine = engine

    def keys(self) -> list[int]:
        return [app.pid for app in self]

    def add(self, **_how: object) -> App:
        self.engine.running = True
        return App(self.engine)

    def __iter__(self) -> Iterator[App]:
        return iter([App(self.engine)] if self.engine.running else [])

    def __len__(self) -> int:
        return int(self.engine.running)

    def __getitem__(self, pid: int) -> App:
        return {app.pid: app for app in self}[pid]


class Kept:
    """A setting of the program, kept by the engine so that it can be looked at; it changes nothing in Calc."""

    def __init__(self, default: object) -> None:
        self.default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name.strip("_")

    def __get__(self, app: App, owner: type) -> Any:  # noqa: ANN401
        return app.engine.settings.get(self.name, self.default)

    def __set__(self, app: App, value: object) -> None:
        app.engine.settings[self.name] = value
        app.engine.told.append((self.name, value))


class App(base_classes.App):
    """Calc as Excel.Application."""

    visible = Kept(default=True)
    screen_updating = Kept(default=True)
    display_alerts = Kept(default=True)
    enable_events = Kept(default=True)
    interactive = Kept(default=True)
    status_bar = Kept(default=False)
    cut_copy_mode = Kept(default=None)
    _calculation = Kept(default="automatic")
    version = "16.0"

    def __init__(self, engine: CalcEngine) -> None:
        self.engine = engine

    @property
    def api(self) -> AppApi:
        return AppApi(self.engine)

    @property
    def pid(self) -> int:
        return self.engine.program.pid

    hwnd = pid

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def calculation(self) -> str:
        return str(self._calculation)

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in {"automatic", "manual", "semiautomatic"}:
            raise KeyError(value)
        self._calculation = value
        for book in self.books:
            book.xl.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        for book in self.books:
            book.xl.calculate()

    @property
    def selection(self) -> Range | None:
        """What is selected in the active workbook; a hidden document has a selection of its own, too."""
        self.engine.counted.asks += 1
        if not len(self.books):
            return None
        book = self.books.active
        cells = book.xl.getCurrentSelection()
        return Range(Sheet(book, cells.Spreadsheet), cells) if hasattr(cells, "RangeAddress") else None

    def activate(self, steal_focus: bool = False) -> None:
        """Calc has no window here that could come to the front."""

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, _callback: object) -> str:
        self.engine.alerts.append(Alert(prompt, title, buttons, mode))
        return self.engine.pressed.popleft() if self.engine.pressed else YES[buttons or "ok"]

    def run(self, macro: str, args: tuple[object, ...]) -> object:
        """Run a macro: 'book.xlsm'!Module.Name of a workbook's own library."""
        name, _, routine = macro.rpartition("!")
        book = self.books(name.strip("'")) if name else self.books.active
        project = book.xl.BasicLibraries.ProjectName or "VBAProject"
        place = f"vnd.sun.star.script:{project}.{routine}?language=Basic&location=document"
        with com_errors():
            told = book.xl.getScriptProvider().getScript(place).invoke(args, (), ())[0]
        if not routine.endswith(".DealerSheets"):
            return told
        self.engine.counted.reads += 1
        self.engine.meet()
        return self._as_com(self.books(str(args[0])), told)

    @staticmethod
    def _as_com(book: Book, told: Any) -> object:  # noqa: ANN401
        """Return the cells that a macro told of as COM does: Calc loses dates and error values on the way."""
        sheets = book.xl.Sheets
        return tuple(
            found and (*found[:3], told_of(Sheet(book, sheets.getByName(found[0])), *found[1:]).values())
            for found in told
        )

    def quit(self) -> None:
        """Close every workbook unsaved; the Calc itself stays for the next test."""
        for book in list(self.books.with_addins()):
            book.close()
        self.engine.running = False

    kill = quit  # noqa: A003 - xlwings' names


def told_of(sheet: Sheet, row: int, column: int, cells: object) -> Range:
    """Return the range that begins in a cell and is as large as what a macro told of it."""
    size = (len(cells), len(cells[0])) if isinstance(cells, tuple) else (1, 1)
    return Range.of(sheet, row, column, *size)


class AppApi:
    """What the add-in asks of Excel.Application itself."""

    def __init__(self, engine: CalcEngine) -> None:
        self._engine = engine

    Name = "Microsoft Excel"
    Path = r"C:\Program Files\Microsoft Office\root\Office16"

    @property
    def Ready(self) -> bool:  # noqa: N802 - COM's name
        self._engine.counted.asks += 1
        return self._engine.ready

    def InputBox(self, Prompt: str, Title: str | None = None, Default: object = "", *_more: object) -> object:  # noqa: N802, N803
        self._engine.prompts.append(_Prompt(Prompt, Title, Default))
        return self._engine.answers.popleft() if self._engine.answers else Default


_Prompt = Prompt  # InputBox has an argument of this name


class Books(base_classes.Books):
    """The open workbooks."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def active(self) -> Book:
        books = list(self)
        if not books:
            raise ComError("no workbook is open")
        return next((book for book in books if self.app.engine.active == book.xl.URL), books[0])

    def __iter__(self) -> Iterator[Book]:
        """Go through the workbooks; an open add-in is none of them."""
        return iter([book for book in self.with_addins() if not book.is_addin])

    def with_addins(self) -> Iterator[Book]:
        """Go through all that is open."""
        self.app.engine.counted.asks += 1
        for each in self.app.engine.program.desktop.Components:
            if each.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                yield Book(self.app, each)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> Book:
        if isinstance(name_or_index, int):
            return list(self)[name_or_index - 1]
        for book in self.with_addins():
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def add(self) -> Book:
        return self._load("private:factory/scalc", read_only=False)

    def open(
        self, fullname: str, _links: object = None, read_only: bool | None = None, *_more: object
    ) -> Book:
        return self._load(load_uno().systemPathToFileUrl(fullname), read_only=bool(read_only))

    def _load(self, url: str, *, read_only: bool) -> Book:
        how = load_properties(Hidden=True, ReadOnly=read_only, MacroExecutionMode=RUNS_ALL_MACROS)
        with com_errors():
            document = self.app.engine.program.desktop.loadComponentFromURL(url, "_blank", 0, how)
        if document is None:
            raise ComError(f"cannot open {url}")
        book = Book(self.app, document)
        if not book.is_addin:
            book.activate()
        document.enableAutomaticCalculation(self.app.calculation != "manual")
        return book


def load_properties(**named: object) -> tuple[Uno, ...]:
    """Name arguments as UNO wants them."""
    made = []
    for name, value in named.items():
        each = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
        each.Name, each.Value = name, value
        made.append(each)
    return tuple(made)


class Book:
    """An open workbook."""

    def __init__(self, app: App, xl: Uno) -> None:
        self.app = app
        self.xl = xl
        self.formats = Formats(xl)
        start = xl.NullDate
        self.null_date = date(start.Year, start.Month, start.Day)

    @property
    def api(self) -> BookApi:
        return BookApi(self)

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def fullname(self) -> str:
        return str(load_uno().fileUrlToSystemPath(self.xl.URL)) if self.xl.URL else str(self.xl.Title)

    @property
    def is_addin(self) -> bool:
        """Return whether it is an add-in."""
        return Path(self.name).suffix.lower() in {".xlam", ".xla"}

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    def activate(self) -> None:
        self.app.engine.active = self.xl.URL

    def close(self) -> None:
        self.xl.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if password is not None:
            raise NotImplementedError
        if self.xl.isReadonly() and path is None:
            raise ComError(f"{self.name} is read-only")
        with com_errors():
            if path is None and self.xl.URL:
                self.xl.store()
                return
            place = Path(path or f"{self.name}.xlsx").resolve()
            how = load_properties(FilterName=FILTERS[place.suffix.lower()], Overwrite=True)
            self.xl.storeAsURL(load_uno().systemPathToFileUrl(str(place)), how)
        self.activate()


class BookApi:
    """What the add-in asks of a Workbook itself."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def Saved(self) -> bool:  # noqa: N802
        self._book.app.engine.counted.asks += 1
        return not self._book.xl.isModified()

    @Saved.setter
    def Saved(self, value: bool) -> None:  # noqa: N802
        self._book.xl.setModified(not value)

    @property
    def ReadOnly(self) -> bool:  # noqa: N802
        self._book.app.engine.counted.asks += 1
        return bool(self._book.xl.isReadonly())


class Sheets(base_classes.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.xl.CurrentController.ActiveSheet)

    def __iter__(self) -> Iterator[Sheet]:
        self.book.app.engine.counted.asks += 1
        return iter([Sheet(self.book, each) for each in self.book.xl.Sheets])

    def __len__(self) -> int:
        return int(self.book.xl.Sheets.Count)

    def __call__(self, name_or_index: str | int) -> Sheet:
        for place, sheet in enumerate(self, start=1):
            if name_or_index == place or str(name_or_index).lower() == sheet.name.lower():
                return sheet
        raise ComError(f"no sheet {name_or_index}")

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        at = before.index - 1 if before else after.index if after else 0
        title = name or f"Sheet{len(self) + 1}"
        self.book.xl.Sheets.insertNewByName(title, at)
        return self(title)


class Sheet:
    """A sheet."""

    def __init__(self, book: Book, xl: Uno) -> None:
        self.book = book
        self.xl = xl
        self.engine = book.app.engine

    @property
    def api(self) -> SheetApi:
        return SheetApi(self)

    @property
    def name(self) -> str:
        return str(self.xl.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.xl.Name = value

    @property
    def index(self) -> int:
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.xl.IsVisible = value

    def range(self, arg1: Any, arg2: Any = None) -> Range:  # noqa: ANN401 - addresses, tuples, ranges
        first = self._corner(arg1)
        return first if arg2 is None else first.joined(self._corner(arg2))

    def _corner(self, arg: Any) -> Range:  # noqa: ANN401
        if isinstance(arg, Range):
            return arg
        if isinstance(arg, str):
            with com_errors():
                return Range(self, self.xl.getCellRangeByName(arg))
        if 0 in arg[:2]:
            raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
        row, column, height, width = (*arg, 1, 1)[:4]
        return Range.of(self, row, column, height, width)

    @property
    def cells(self) -> Range:
        return Range(self, self.xl)

    @property
    def used_range(self) -> Range:
        """The cells that hold something, and all between them."""
        self.engine.counted.asks += 1
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        used = Range(self, cursor)
        return used.joined(self._formatted(used)) if self.engine.quirks.uses_formats else used

    def _formatted(self, used: Range) -> Range:
        """Add the cells with a format of their own; what reaches to the last row or column is a whole column's or row's."""
        end = self.xl.RangeAddress
        for group in self.xl.getUniqueCellFormatRanges():
            areas = group.RangeAddresses
            if all(area.EndRow < end.EndRow and area.EndColumn < end.EndColumn for area in areas):
                for area in areas:
                    used = used.joined(Range.of(self, area.EndRow + 1, area.EndColumn + 1, 1, 1))
        return used

    @property
    def tables(self) -> Tables:
        return Tables(self)

    def activate(self) -> None:
        self.book.activate()
        self.book.xl.CurrentController.setActiveSheet(self.xl)

    select = activate

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def delete(self) -> None:
        self.book.xl.Sheets.removeByName(self.name)


class SheetApi:
    """What the add-in asks of a Worksheet itself."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:  # noqa: N802
        self._sheet.engine.counted.asks += 1
        return bool(self._sheet.xl.isProtected())

    @property
    def FilterMode(self) -> bool:  # noqa: N802
        self._sheet.engine.counted.asks += 1
        return bool(filtered_rows(self._sheet.used_range))


class Range(base_classes.Range):
    """A rectangle of cells."""

    def __init__(self, sheet: Sheet, xl: Uno, where: tuple[int, int, int, int] | None = None) -> None:
        self.sheet = sheet
        self.xl = xl
        self.engine = sheet.engine
        self._where = where
        self.options: Mapping[str, object] = {}

    @classmethod
    def of(cls, sheet: Sheet, row: int, column: int, height: int, width: int) -> Range:
        """Return the cells from a row and column, counted from 1."""
        with com_errors():
            xl = sheet.xl.getCellRangeByPosition(column - 1, row - 1, column + width - 2, row + height - 2)
        return cls(sheet, xl, (row, column, height, width))

    @property
    def where(self) -> tuple[int, int, int, int]:
        """Row and column from 1, height and width; asked once."""
        if self._where is None:
            at = self.xl.RangeAddress
            size = (at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1)
            self._where = (at.StartRow + 1, at.StartColumn + 1, *size)
        return self._where

    @property
    def coords(self) -> tuple[object, ...]:
        return (self.sheet, *self.where)

    @property
    def api(self) -> RangeApi:
        return RangeApi(self)

    @property
    def row(self) -> int:
        return self.where[0]

    @property
    def column(self) -> int:
        return self.where[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.where[2:]

    @property
    def last_row(self) -> int:
        """The number of its last row."""
        return self.row + self.shape[0] - 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (each + 1 for each in divmod(row - 1, self.shape[1]))
        return Range.of(self.sheet, self.row + row - 1, self.column + column - 1, 1, 1)

    def joined(self, other: Range) -> Range:
        """Return the smallest rectangle with both, whichever corners they are."""
        top, left = min(self.row, other.row), min(self.column, other.column)
        bottom = max(self.last_row, other.last_row)
        right = max(each.column + each.shape[1] - 1 for each in (self, other))
        return Range.of(self.sheet, top, left, bottom - top + 1, right - left + 1)

    @property
    def raw_value(self) -> Any:  # noqa: ANN401 - one value or rows of them
        self.engine.counted.reads += 1
        self.engine.meet()
        return self.values()

    @raw_value.setter
    def raw_value(self, data: Any) -> None:  # noqa: ANN401
        self.engine.counted.writes += 1
        self.engine.meet()
        if not isinstance(data, list | tuple):
            self._fill(data)
            return
        skips = self.engine.quirks.skips_hidden_rows and self.shape != (
            1,
            1,
        )  # a single cell is always written
        hidden = filtered_rows(self) if skips else frozenset()
        self._write(data, frozenset(row - self.row for row in hidden))

    def values(self) -> Any:  # noqa: ANN401 - one value or rows of them
        """Return what COM tells of the cells."""
        rows = read_values(self.xl, self.sheet.book.formats, self.sheet.book.null_date)
        return rows[0][0] if self.shape == (1, 1) else rows

    def _write(self, rows: Any, skipped: frozenset[int] = frozenset()) -> None:  # noqa: ANN401
        block = Block(self.xl, self.sheet.book.formats, self.sheet.book.null_date, self.engine.today)
        with com_errors():
            block.write(rows, skipped)
        if self.engine.quirks.grows_tables:
            grow_tables(self)

    def _fill(self, value: object) -> None:
        """Set every cell to the same value; a formula is shifted from the first cell on."""
        height, width = self.shape
        if not (isinstance(value, str) and value.startswith("=")):
            self._write([[value] * width] * height)
            return
        first = self(1, 1)
        first._write([[value]])
        if first.api.HasFormula:
            tokens = first.xl.getCellByPosition(0, 0).getTokens()
            for place in range(1, len(self)):
                self.xl.getCellByPosition(place % width, place // width).setTokens(tokens)

    @property
    def formula(self) -> Any:  # noqa: ANN401 - one text or rows of them
        self.engine.counted.reads += 1
        rows = read_formulas(self.xl)
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, value: Any) -> None:  # noqa: ANN401
        self.raw_value = value

    formula2 = formula

    @property
    def has_array(self) -> bool:
        return False

    @property
    def number_format(self) -> str | None:
        self.engine.counted.asks += 1
        formats = self.sheet.book.formats
        told = {formats.text(key) for key, _ in formats.groups(self.xl)}
        return told.pop() if len(told) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.engine.counted.writes += 1
        self.xl.NumberFormat = self.sheet.book.formats.key(value)

    def clear_contents(self) -> None:
        self.engine.counted.writes += 1
        if self.sheet.xl.isProtected() and self.xl.CellProtection.IsLocked:
            raise ComError("the sheet is protected")
        self.xl.clearContents(CONTENTS)

    def copy(self, destination: xlwings.Range | None = None) -> None:
        """Copy onto another range; a destination of several times the height is filled, as Excel does."""
        if destination is None:
            raise NotImplementedError("there is no clipboard here")
        self.engine.counted.writes += 1
        target: Range = destination.impl
        height, width = self.shape
        times = target.shape[0] // height if target.shape[0] % height == 0 else 1
        first = Range.of(target.sheet, target.row, target.column, height, width)
        with com_errors():
            _copy(self, first)
            done = 1
            while done < times:
                more = min(done, times - done)
                source = Range.of(target.sheet, target.row, target.column, more * height, width)
                _copy(source, Range.of(target.sheet, target.row + done * height, target.column, 1, 1))
                done += more

    def get_address(
        self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False
    ) -> str:
        height, width = self.shape
        rows, columns = ("$" if row_absolute else ""), ("$" if col_absolute else "")
        ends = ((self.row, self.column), (self.last_row, self.column + width - 1))
        names = [f"{columns}{_letters(column)}{rows}{row}" for row, column in ends]
        place = names[0] if (height, width) == (1, 1) else ":".join(names)
        return f"[{self.sheet.book.name}]{self.sheet.name}!{place}" if external else place

    @property
    def address(self) -> str:
        return self.get_address()

    @property
    def merge_cells(self) -> bool | None:
        """True inside of one merged area, False where none is, None for a mixture."""
        self.engine.counted.asks += 1
        cursor = self.sheet.xl.createCursorByRange(self(1, 1).xl)
        cursor.collapseToMergedArea()
        area = Range(self.sheet, cursor)
        if len(area) > 1 and area.joined(self).where == area.where:
            return True
        cursor = self.sheet.xl.createCursorByRange(self.xl)
        cursor.collapseToMergedArea()
        return None if self.xl.IsMerged or Range(self.sheet, cursor).where != self.where else False

    @property
    def merge_area(self) -> Range:
        cursor = self.sheet.xl.createCursorByRange(self(1, 1).xl)
        cursor.collapseToMergedArea()
        return Range(self.sheet, cursor)

    def merge(self, across: bool) -> None:
        for part in (
            [self(at + 1, 1).joined(self(at + 1, self.shape[1])) for at in range(self.shape[0])]
            if across
            else [self]
        ):
            part.xl.merge(True)

    def unmerge(self) -> None:
        self.xl.merge(False)

    def select(self) -> None:
        self.sheet.activate()
        self.sheet.book.xl.CurrentController.select(self.xl)


def _letters(column: int) -> str:
    return str(xlwings.utils.col_name(column))  # type: ignore[no-untyped-call]


def _copy(source: Range, target: Range) -> None:
    """Copy cells with all that belongs to them, within a workbook."""
    cell = load_uno().createUnoStruct("com.sun.star.table.CellAddress")
    cell.Sheet, cell.Row, cell.Column = target.sheet.index - 1, target.row - 1, target.column - 1
    source.sheet.xl.copyRange(cell, source.xl.RangeAddress)


def filtered_rows(area: Range) -> frozenset[int]:
    """Return which rows of a range a filter hides; a run of hidden rows is judged by its first."""
    seen: set[int] = set()
    for each in area.xl.queryVisibleCells().RangeAddresses:
        seen.update(range(each.StartRow + 1, each.EndRow + 2))
    hidden = runs_of(row for row in range(area.row, area.last_row + 1) if row not in seen)
    rows = area.sheet.xl.Rows
    return frozenset(
        row
        for first, last in hidden
        if rows.getByIndex(first - 1).IsFiltered
        for row in range(first, last + 1)
    )


def grow_tables(written: Range) -> None:
    """Take what was written right under a table into it."""
    for table in written.sheet.tables:
        body = table.range
        beside = (
            written.column < body.column + body.shape[1] and body.column < written.column + written.shape[1]
        )
        if beside and not table.show_totals and written.row == body.last_row + 1:
            table.extend(body.joined(Range.of(written.sheet, written.last_row, body.column, 1, 1)))


class RangeApi:
    """What the add-in asks of a Range itself."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    @property
    def HasFormula(self) -> bool | None:  # noqa: N802
        """True where every cell is a formula, False where none is, None for a mixture."""
        self._cells.engine.counted.asks += 1
        cells = [isinstance(told, Formula) for row in read_formulas(self._cells.xl) for told in row]
        return cells[0] if len(set(cells)) == 1 else None

    def ClearComments(self) -> None:  # noqa: N802
        """Take the notes away."""
        self._cells.engine.counted.asks += 1
        self._cells.xl.clearContents(NOTES)


class Tables(base_classes.Tables):
    """The tables of a sheet: Calc's named database ranges with headings."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __iter__(self) -> Iterator[Table]:
        self.sheet.engine.counted.asks += 1
        found = [Table(self.sheet, each) for each in self.sheet.book.xl.DatabaseRanges]
        return iter([table for table in found if table.xl.DataArea.Sheet == self.sheet.index - 1])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> Table:
        for place, table in enumerate(self, start=1):
            if name_or_index == place or str(name_or_index).lower() == table.name.lower():
                return table
        raise ComError(f"no table {name_or_index}")

    def __contains__(self, name: str) -> bool:
        return any(table.name.lower() == name.lower() for table in self)


class Table:
    """A table."""

    def __init__(self, parent: Sheet, xl: Uno) -> None:
        self.parent = parent
        self.xl = xl

    @property
    def api(self) -> TableApi:
        return TableApi(self)

    @property
    def name(self) -> str:
        return str(self.xl.Name)

    @property
    def display_name(self) -> str:
        return self.name

    @property
    def range(self) -> Range:
        self.parent.engine.counted.asks += 1
        at = self.xl.DataArea
        size = (at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1)
        return Range.of(self.parent, at.StartRow + 1, at.StartColumn + 1, *size)

    @property
    def header_row_range(self) -> Range | None:
        cells = self.range
        return (
            Range.of(self.parent, cells.row, cells.column, 1, cells.shape[1]) if self.show_headers else None
        )

    @property
    def data_body_range(self) -> Range | None:
        cells = self.range
        top, bottom = cells.row + self.show_headers, cells.last_row - self.show_totals
        height = bottom - top + 1
        return Range.of(self.parent, top, cells.column, height, cells.shape[1]) if height > 0 else None

    @property
    def totals_row_range(self) -> Range | None:
        cells = self.range
        return (
            Range.of(self.parent, cells.last_row, cells.column, 1, cells.shape[1])
            if self.show_totals
            else None
        )

    @property
    def show_headers(self) -> bool:
        return bool(self.xl.ContainsHeader)

    @property
    def show_totals(self) -> bool:
        return bool(self.xl.TotalsRow)

    @property
    def show_autofilter(self) -> bool:
        return bool(self.xl.AutoFilter)

    def resize(self, range: xlwings.Range) -> None:  # noqa: A002 - the name in xlwings
        """Resize the table; like Excel, only from the same heading row on and with a row of data."""
        wanted: Range = range.impl
        if wanted.row != self.range.row or wanted.shape[0] < 2 or wanted.sheet.index != self.parent.index:
            raise ComError("the headings must stay in their row, and the table needs a row of data")
        self.parent.engine.counted.writes += 1
        self.extend(wanted)

    def extend(self, wanted: Range) -> None:
        """Set the table's cells."""
        with com_errors():
            self.xl.setDataArea(wanted.xl.RangeAddress)


class TableApi:
    """What the add-in asks of a ListObject itself."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def ShowTotals(self) -> bool:  # noqa: N802
        return self._table.show_totals

    @property
    def AutoFilter(self) -> SheetApi | None:  # noqa: N802
        """The table's filter, which tells its mode as a sheet does; None without arrows."""
        self._table.parent.engine.counted.asks += 1
        return self._table.parent.api if self._table.xl.AutoFilter else None
