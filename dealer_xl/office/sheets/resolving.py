"""Find the sheets on which a table stands, as the shop's catalogue describes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from dealer_xl.errors import DealerXlError
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook
from dealer_xl.office.sheets.headings import SheetMissingError
from dealer_xl.office.sheets.layout import sheet_named
from dealer_xl.office.sheets.table_access import Part, TableAccess
from dealer_xl.schema import Table
from dealer_xl.table_sources import Catalogue, Source, is_pattern, matching


class DescribedWorkbookError(DealerXlError):
    """A workbook that 对照 names is not in the folder."""

    def __init__(self, name: str, found: Sequence[str]) -> None:
        super().__init__(
            f"“对照”表里写的《{name}》不在文件夹里，现有：{'、'.join(found) or '无'}；"
            "请把它放回来，或在“对照”表的“工作簿”列改成现在的名字。"
        )


class DescribedSheetError(DealerXlError):
    """A sheet that 对照 names is not in its workbook."""

    def __init__(self, workbook: str, sheet: str, found: Sequence[str]) -> None:
        super().__init__(
            f"“对照”表里写的“{sheet}”表不在《{workbook}》里，现有：{'、'.join(found) or '无'}；"
            "请把工作表的名字改回来，或在“对照”表的“工作表”列改成现在的名字。"
        )


class Books(Protocol):
    """What a store knows of its workbooks."""

    def workbook_names(self) -> Sequence[str]:
        """Name the workbooks."""
        ...

    def has_workbook(self, name: str) -> bool:
        """Return whether there is a workbook of that name, one with macros among them."""
        ...

    def workbook(self, name: str) -> BufferedWorkbook:
        """Open a workbook."""
        ...


def table_access(books: Books, catalogue: Catalogue, table: Table) -> TableAccess:
    """Find a table.

    Raises DescribedWorkbookError, DescribedSheetError; in a shop with our workbooks WorkbookMissingError and
    SheetMissingError where a table is not there that must be; and what opening a workbook raises.
    """
    described = catalogue.described(table)
    if described:
        return TableAccess(table, [part for source in described for part in _described(books, source)])
    found = next(_usual(books, catalogue, table), None)
    if found is not None:
        return TableAccess(table, [found])
    if not (catalogue.adopted or table.may_lack):
        book = books.workbook(table.workbook)
        raise SheetMissingError(book.name, table.sheet, book.sheet_names())
    return TableAccess(table, [])


def _described(books: Books, source: Source) -> Iterator[Part]:
    names = books.workbook_names()
    workbooks = matching(source.workbook, names) if is_pattern(source.workbook) else [source.workbook]
    if not workbooks or not all(map(books.has_workbook, workbooks)):
        raise DescribedWorkbookError(source.workbook, names)
    for name in workbooks:
        book = books.workbook(name)
        for sheet in _sheets(book, source.sheet):
            yield Part(book, replace(source, workbook=book.name, sheet=sheet))


def _sheets(book: BufferedWorkbook, wanted: str) -> Sequence[str]:
    """Return the sheets that a name stands for; of a pattern's those that hold nothing are left out."""
    there = book.sheet_names()
    if is_pattern(wanted):
        found = [sheet for sheet in matching(wanted, there) if book.grid(sheet).rows]
    else:
        named = sheet_named(wanted, there)
        found = [named] if named else []
    if not found:
        raise DescribedSheetError(book.name, wanted, there)
    return found


def _usual(books: Books, catalogue: Catalogue, table: Table) -> Iterator[Part]:
    for source in catalogue.usual(table):
        if books.has_workbook(source.workbook):
            book = books.workbook(source.workbook)
            sheet = sheet_named(source.sheet, book.sheet_names())
            if sheet is not None:
                yield Part(book, replace(source, workbook=book.name, sheet=sheet))
