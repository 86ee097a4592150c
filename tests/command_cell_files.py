"""A shop's folder as staff and other programs change it around the cell 设置!命令."""

from __future__ import annotations

import hashlib
from pathlib import Path

import openpyxl
from conftest import NOW

from dealer_xl.dealership.tables import SETTINGS
from dealer_xl.office.xlsx.closed_file import FileWorkbook

PLAN, CALLS = "月度计划.xlsx", "跟踪电话.xlsx"
DATE = f"--date={NOW:%Y-%m-%d}"


def row_of(sheet: object) -> int:
    return next(row for row in range(4, 60) if sheet.cell(row, 1).value == "命令")  # type: ignore[attr-defined]


def row_number(book: FileWorkbook) -> int:
    keys = book.read_table(SETTINGS)["参数"]
    return int(next(row for row, key in zip(keys.index, keys, strict=True) if key == "命令"))


def asks(folder: Path, text: str | None) -> None:
    """Type a request and save."""
    book = FileWorkbook(PLAN, (folder / PLAN).read_bytes())
    book.write_cells(SETTINGS, "值", {row_number(book): text})
    (folder / PLAN).write_bytes(book.rewritten())


def saves(folder: Path, text: str | None, **more: str) -> None:
    """Type a request, and others of the sheet's values, and save as another program would: every byte is new."""
    book = openpyxl.load_workbook(folder / PLAN)
    sheet = book["设置"]
    sheet.cell(row_of(sheet), 2).value = text
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, 1).value in more:
            sheet.cell(row, 2).value = int(more[str(sheet.cell(row, 1).value)])
    book.save(folder / PLAN)


def row(folder: Path) -> tuple[str, str]:
    """Return what stands in the cell, and the answer beside it."""
    book = FileWorkbook(PLAN, (folder / PLAN).read_bytes())
    told = book.read_table(SETTINGS).loc[row_number(book)]
    return str(told["值"]), str(told["说明"])


def files(folder: Path, *, but: str = PLAN) -> dict[str, str]:
    """Return the files of a shop but for the workbook asked in and the backups."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "备份" not in path.parts)
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.name != but
    }


def cells(folder: Path) -> dict[tuple[str, int, int], object]:
    """Return all that stands in the workbook asked in, but for the row of the request."""
    book = FileWorkbook(PLAN, (folder / PLAN).read_bytes())
    at = row_number(book)
    found: dict[tuple[str, int, int], object] = {}
    for sheet in book.sheet_names():
        grid = book.grid(sheet)
        for number in range(1, grid.bottom + 1):
            for column, value in grid.row(number):
                if value not in (None, "") and (sheet, number) != ("设置", at):
                    found[sheet, number, column] = round(value, 6) if isinstance(value, float) else value
    return found
