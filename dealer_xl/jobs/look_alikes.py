"""Workbooks of a shop's own that hold a register: no empty one of ours is put beside them unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dealer_xl.dealership.adopting.proposal import ADOPTABLE, SheetSeen, propose
from dealer_xl.dealership.described_tables import HELPER_BOOK
from dealer_xl.dealership.matching.columns import CERTAIN
from dealer_xl.dealership.matching.heading_choice import known_headings
from dealer_xl.dealership.tables import BOOKS
from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.folder_store import workbooks_in
from dealer_xl.office.folder.other_formats import other_files
from dealer_xl.office.sheets.survey import survey
from dealer_xl.office.xlsx.closed_file import FileWorkbook


class RegisterThereError(DealerXlError):
    """A workbook of the shop's looks like a register that an empty one of ours would stand beside."""

    def __init__(self, workbook: str, sheet: str, table: str) -> None:
        super().__init__(
            f"《{workbook}》的“{sheet}”表看起来就是“{table}”，没有新建空白的；请点“接入本店表格”（或运行 dealer-xl adopt 文件夹），"
            "程序就在它后面办事。"
        )


class OtherFormatThereError(DealerXlError):
    """A file in another form may hold a register."""


def refuse_beside_registers(folder: Path) -> None:
    """Raise where a folder has a workbook that looks like a register and is none of ours.

    Raises RegisterThereError, OtherFormatThereError.
    """
    if not disk.is_folder(folder):
        return
    for name in workbooks_in(folder):
        for seen in _sheets(folder, name) if name not in {*BOOKS, HELPER_BOOK} else ():
            (found,) = propose([seen], [])
            if found.table is not None and found.table_sure == CERTAIN and seen.rows:
                raise RegisterThereError(name, seen.sheet, found.table.sheet)
    others = [each for each in other_files(folder) if each.sheets]
    if others and not workbooks_in(folder):
        raise OtherFormatThereError(others[0].says)


def _sheets(folder: Path, name: str) -> Iterator[SheetSeen]:
    """Yield what stands in a workbook; nothing of one that cannot be read, which is none of ours anyway."""
    try:
        book = FileWorkbook(name, disk.read(folder / name))
    except DealerXlError:
        return
    for sheet in book.sheet_names():
        found = survey(book.view(sheet), lambda headings: known_headings(headings, ADOPTABLE))
        if found is not None:
            yield SheetSeen(name, sheet, found.title, found.heading_row, dict(found.columns), len(found.rows))
