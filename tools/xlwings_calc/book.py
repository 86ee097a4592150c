"""The open workbooks and their sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xlwings import base_classes

from xlwings_calc.com import ComError, com_errors, load_properties
from xlwings_calc.formats import Formats
from xlwings_calc.program import Uno, load_uno
from xlwings_calc.sheet import Sheet

if TYPE_CHECKING:
    from xlwings_calc.app import App


FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
}
RUNS_ALL_MACROS: Final = 4


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
