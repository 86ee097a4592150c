"""The cell 设置!命令: what staff ask for in a workbook, and what they are answered in its row.

An answer is no command: it stands in no list of what can be undone, and a copy of the workbook is kept before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

import pandas as pd

from dealer_xl.dealership.parsers import as_text, is_blank
from dealer_xl.dealership.settings import REQUEST, UNFILLED
from dealer_xl.dealership.tables import BOOKS, SETTINGS
from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import anchored
from dealer_xl.office.folder.folder_store import FolderMissingError, file_names, has_workbook, workbooks_in
from dealer_xl.office.folder.journal import FOLDER, read_journal
from dealer_xl.office.folder.lock import holding
from dealer_xl.office.folder.open_markers import refuse_open
from dealer_xl.office.folder.saving import ChangedMeanwhileError
from dealer_xl.office.folder.store_errors import WorkbookMissingError
from dealer_xl.office.xlsx.closed_file import FileWorkbook

LONGEST = 400
"""So many letters of an answer can be read in a cell; the rest is told on the screen."""

_KEY, _VALUE, _ANSWER = map(SETTINGS.heading, ("key", "value", "remark"))
_BEFORE = f"答复前的{SETTINGS.workbook}"  # no name of a backup that is cleared away


class NoRequestRowError(DealerXlError):
    """The sheet 设置 has no row to ask in, as one made before the row was thought of."""

    def __init__(self) -> None:
        super().__init__(
            f"《{SETTINGS.workbook}》的“{SETTINGS.sheet}”表里没有“{REQUEST}”这一行；请在最下面加一行："
            f"“{_KEY}”填“{REQUEST}”，“{_VALUE}”填要办的事（如 校验），保存后关闭工作簿。"
        )


@dataclass(frozen=True)
class Asked:
    """What stands in the row: what is asked for, and what was answered last."""

    text: str
    answer: str


@dataclass(frozen=True)
class Begun:
    """A request that was accepted: its id, which its entry in the journal bears, and the label of its action."""

    request_id: str
    label: str

    def note(self, moment: datetime) -> str:
        """Return what stands in the row until the request is answered."""
        return f"{moment:%Y-%m-%d %H:%M:%S} 正在办理“{self.label}”，编号{self.request_id}"

    @classmethod
    def read(cls, answer: str) -> Begun | None:
        """Read the note of a request; None when the row says something else."""
        found = _BEGUN.match(answer)
        return cls(found[2] or "", found[1]) if found else None


_BEGUN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d 正在办理“(.+?)”(?:，编号(\w+))?")


class Ending(Enum):
    """What became of a request that was cut off."""

    DONE = auto()
    UNDONE = auto()  # done, and taken back since
    NOT_DONE = auto()
    UNKNOWN = auto()  # an older program accepted it, which gave it no id


def workbook_asked_in(folder: Path) -> Path | None:
    """Return the workbook in which staff ask, if it is there."""
    paths = [folder / name for name in file_names(SETTINGS.workbook)]
    return next((path for path in paths if disk.is_file(path)), None)


def missing_workbooks(folder: Path) -> list[str]:
    """Return the workbooks that a folder lacks."""
    return [name for name in BOOKS if not has_workbook(folder, name)]


def shop_of(path: Path) -> Path:
    """Return the shop's folder of something that lies in it; what lies in no shop is taken as it is."""
    place = path.resolve()
    for folder in (place, *place.parents):
        if disk.is_folder(folder) and len(missing_workbooks(folder)) < len(BOOKS):
            return folder
    return place if disk.is_folder(place) else place.parent


def read_asked(folder: Path) -> Asked:
    """Read what is asked for, also while the workbook is open.

    Raises FolderMissingError, WorkbookMissingError, NoRequestRowError, and what reading a workbook raises.
    """
    cells = _opened(folder).read_table(SETTINGS)
    row = _row_of(cells)
    text, answer = (_plain(cells.loc[row, heading]) for heading in (_VALUE, _ANSWER))
    return Asked("" if text == UNFILLED else text, answer)


def accept(folder: Path, asked: Asked, says: str) -> bool:
    """Clear the cell before the job begins, so that it is never done twice; return whether the same still stood there.

    Raises WorkbookOpenError, and what `read_asked` raises.
    """
    if read_asked(folder).text != asked.text:
        return False
    _write(folder, {_VALUE: UNFILLED, _ANSWER: says})
    return True


def answer(folder: Path, says: str) -> None:
    """Write into the row what came of it; what staff have asked for meanwhile stays.

    Raises WorkbookOpenError, and what `read_asked` raises.
    """
    _write(folder, {_ANSWER: says if len(says) <= LONGEST else f"{says[: LONGEST - 1]}…"})


def ending_of(folder: Path, request_id: str) -> Ending:
    """Return what became of a request; what was cut off in the folder must have been put in order before.

    Raises the errors of `io_errors`.
    """
    if not request_id:
        return Ending.UNKNOWN
    journal = read_journal(folder)
    entries = [entry for entry in journal.entries if entry.request == request_id and entry.is_over]
    if not entries:
        return Ending.NOT_DONE
    return Ending.DONE if any(map(journal.stands, entries)) else Ending.UNDONE


def _opened(folder: Path) -> FileWorkbook:
    if not disk.is_folder(folder):
        raise FolderMissingError(folder)
    path = workbook_asked_in(folder)
    if path is None:
        raise WorkbookMissingError(folder.name, SETTINGS.workbook, workbooks_in(folder))
    return FileWorkbook(path.name, disk.read(anchored(folder) / path.name))


def _row_of(cells: pd.DataFrame) -> int:
    rows = zip(cells.index, cells[_KEY], strict=True)
    row = next((int(row) for row, key in rows if _plain(key) == REQUEST), None)
    if row is None:
        raise NoRequestRowError
    return row


def _plain(cell: object) -> str:
    return "" if is_blank(cell) else as_text(cell)


def _write(folder: Path, said: dict[str, str]) -> None:
    """Write into the row, with a copy of the workbook kept before.

    Raises WorkbookOpenError, ChangedMeanwhileError, FolderBusyError and the errors of `io_errors`.
    """
    book = _opened(folder)
    shop = anchored(folder)
    place = shop / book.name
    refuse_open(place)
    row = _row_of(book.read_table(SETTINGS))
    for heading, text in said.items():
        book.write_cells(SETTINGS, heading, {row: text})
    after = book.rewritten()
    with holding(shop):
        if disk.read_if_there(place) != book.content:
            raise ChangedMeanwhileError(book.name)
        refuse_open(place)
        disk.write_atomic(shop / FOLDER / _BEFORE, book.content)
        disk.write_atomic(place, after)
