"""The running Excel itself: which workbooks are open, what staff are asked and shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_xl.errors import DealerXlError
from dealer_xl.office.live.live_sheet import CallCounter
from dealer_xl.office.live.native import answer, is_called

if TYPE_CHECKING:  # xlwings is slow to load
    import xlwings

TITLE = "客户服务"

_BUSY = {
    -2147418111,  # RPC_E_CALL_REJECTED
    -2147417846,  # RPC_E_SERVERCALL_RETRYLATER
    -2146777998,  # VBA_E_IGNORE: a cell is being edited
}


class NotSavedError(DealerXlError):
    """The workbook lies in no folder yet."""

    def __init__(self) -> None:
        super().__init__("请先打开放四个工作簿的文件夹里的一个工作簿，再点这个按钮。")


class OnlyOnlineError(DealerXlError):
    """Excel tells an address of the internet instead of a folder."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》是从网上（OneDrive 或 SharePoint）打开的，程序找不到它在本机的文件夹；"
            "请在资源管理器里把文件夹设为“始终保留在此设备上”，从那里打开，或把四个工作簿放到本机的文件夹里。"
        )


class WrongProgramError(DealerXlError):
    """WPS answers in Excel's name."""

    def __init__(self) -> None:
        super().__init__(
            "按钮是由 WPS 表格执行的，WPS 不支持它；请用 Excel 打开，或运行“dealer-xl watch 文件夹”后在“设置”表里选命令。"
        )


class ExcelBusyError(DealerXlError):
    """Excel takes no call just now."""

    def __init__(self) -> None:
        super().__init__(
            "Excel 正忙，或有单元格正在编辑；请按回车或 Esc 结束编辑，关掉打开的对话框，再点一次。"
        )


class Program:
    """The running Excel from which a button was clicked."""

    def __init__(self, app: xlwings.App) -> None:
        self.app = app
        self.calls = CallCounter()
        self._shown = ""

    def require_excel(self) -> None:
        """Check that it is Excel that answers.

        Raises WrongProgramError.
        """
        told = is_called(self.app).casefold()
        if "wps" in told or "kingsoft" in told:
            raise WrongProgramError

    def folder(self) -> Path:
        """Return the folder of the workbook that staff see.

        Raises NotSavedError, OnlyOnlineError.
        """
        try:
            book = self.app.books.active
            name = book.name
        except Exception as fault:  # no workbook in front, which every host tells in its own way
            if is_busy(fault):
                raise
            raise NotSavedError from fault
        place = _place(book)
        if place is None:
            raise OnlyOnlineError(name)
        if place.parent == Path():
            raise NotSavedError
        return place.parent

    def books_in(self, folder: Path) -> list[xlwings.Book]:
        """List the open workbooks of a folder."""
        self.calls.asks += 1
        places = [(book, _place(book)) for book in self.app.books]
        self.calls.asks += len(places)
        return [
            book
            for book, place in places
            if place and place.parent != Path() and place.parent.resolve() == folder
        ]

    def confirm(self, question: str, /) -> bool:
        """Ask a question; return whether the answer is yes."""
        return bool(self.app.alert(question, title=TITLE, buttons="yes_no", mode="info") == "yes")

    def answer(self, question: str, default: str) -> str | None:
        """Ask for a word, with one that will mostly do; None when staff cancel."""
        given = answer(self.app, question, TITLE, default)
        return given.strip() if given and given.strip() else None

    def show(self, sentence: str) -> None:
        """Show a sentence in a box."""
        self.app.alert(sentence, title=TITLE)

    def progress(self, step: str, done: int, total: int, /) -> None:
        """Show in the status bar how far long work is, a few times a step."""
        shown = f"{TITLE}：{step} {10 * done // total * 10 if total else 0}%"
        if shown != self._shown:
            self._shown = shown
            self.calls.asks += 1
            self.app.status_bar = shown

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Show that work goes on, and leave the status bar to Excel afterwards.

        Raises ExcelBusyError.
        """
        try:
            yield
        except Exception as fault:
            if is_busy(fault):
                raise ExcelBusyError from fault
            raise
        finally:
            if self._shown:
                self._shown, self.app.status_bar = "", False

    def wake(self) -> None:
        """Make Excel draw and compute again, where a click that was cut off could not: else it goes on with old figures."""
        self.app.screen_updating, self.app.calculation, self.app.enable_events = True, "automatic", True

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Write without a redraw or a calculation between two cells; afterwards all is as staff had it."""
        self.calls.asks += 6
        with self.app.properties(screen_updating=False, calculation="manual", enable_events=False):
            yield


def is_busy(fault: BaseException) -> bool:
    """Return whether a fault is Excel's way to say that it takes no call just now."""
    details = getattr(fault, "excepinfo", None)  # a cell that is edited is told in the details
    numbers = {getattr(fault, "hresult", None), details[5] if details and len(details) > 5 else None}
    return bool(numbers & _BUSY) or type(fault).__name__ == "ExcelBusyError"


def _place(book: xlwings.Book) -> Path | None:
    """Return where a workbook lies; none when Excel tells only an address of the internet."""
    try:
        place = str(book.fullname)
    except Exception as fault:  # xlwings could not find the folder behind an address
        if is_busy(fault):
            raise
        return None
    return None if "://" in place else Path(place)
