"""Excel.Application: settings that are kept, boxes that are recorded, macros that run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from xlwings import base_classes

from xlwings_calc.book import Book, Books
from xlwings_calc.cell_range import Range
from xlwings_calc.com import com_errors
from xlwings_calc.records import Alert
from xlwings_calc.records import Prompt as PromptRecord
from xlwings_calc.sheet import Sheet

if TYPE_CHECKING:
    from xlwings_calc.engine import CalcEngine


YES: Final = {"ok": "ok", "ok_cancel": "ok", "yes_no": "yes", "yes_no_cancel": "yes"}


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


class AppSetting:
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

    visible = AppSetting(default=True)
    screen_updating = AppSetting(default=True)
    display_alerts = AppSetting(default=True)
    enable_events = AppSetting(default=True)
    interactive = AppSetting(default=True)
    status_bar = AppSetting(default=False)
    cut_copy_mode = AppSetting(default=None)
    _calculation = AppSetting(default="automatic")
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
        self._engine.prompts.append(PromptRecord(Prompt, Title, Default))
        return self._engine.answers.popleft() if self._engine.answers else Default
