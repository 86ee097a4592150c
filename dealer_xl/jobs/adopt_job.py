"""Button 接入本店表格: look at the workbooks that a shop has, and describe in 对照 what stands where."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from dealer_xl.context import Context, describes
from dealer_xl.dealership.adopting.mapping_sheet import (
    SheetRow,
    list_rows,
    mapping_sheet_rows,
    word_sheet_rows,
)
from dealer_xl.dealership.adopting.proposal import ADOPTABLE, Proposal, SheetSeen, confirmed, propose
from dealer_xl.dealership.described_tables import HELPER_BOOK, MappingRow, mapping_rows
from dealer_xl.dealership.matching.heading_choice import known_headings
from dealer_xl.dealership.parsers import as_text, is_blank
from dealer_xl.dealership.tables import BOOKS, LISTS, MAPPING, PLAN_BOOK, SETTINGS, TABLES, WORDS
from dealer_xl.dealership.workbook_specs import adopted_book_spec
from dealer_xl.errors import DealerXlError
from dealer_xl.jobs.row_headings import to_headings
from dealer_xl.office.folder.other_formats import OtherFile, other_files
from dealer_xl.office.sheets.buffered_workbook import BufferedWorkbook
from dealer_xl.office.sheets.headings import HeadingMissingError
from dealer_xl.office.sheets.layout import sheet_named
from dealer_xl.office.sheets.row_kinds import SkippedRow
from dealer_xl.office.sheets.survey import Survey, survey
from dealer_xl.requests import AdoptRequest
from dealer_xl.schema import Table


class UnknownTableNameError(DealerXlError):
    """A table was named that is none of ours."""

    def __init__(self, name: str) -> None:
        known = "、".join(table.sheet for table in ADOPTABLE)
        super().__init__(f"没有叫“{name}”的表；--as 后面请写其中一个：{known}。")


class FileNotInFolderError(DealerXlError):
    """A file was named that is no workbook of the folder."""

    def __init__(self, name: str, found: Sequence[str]) -> None:
        super().__init__(
            f"文件夹里没有工作簿《{name}》，现有：{'、'.join(found) or '无'}；请写其中一个的名字。"
        )


@dataclass(frozen=True)
class Looked:
    """A sheet that was looked at."""

    proposal: Proposal
    skipped: Sequence[SkippedRow]


@dataclass(frozen=True)
class Adopted:
    """What `adopt_workbooks` found and wrote."""

    sheets: Sequence[Looked]
    words_asked: int  # words of cells that staff must answer
    unreadable: Mapping[str, str]  # file to why
    others: Sequence[OtherFile]
    own_book: str
    files: Sequence[PurePath]

    @property
    def proposals(self) -> list[Proposal]:
        """Return what the sheets may be."""
        return [each.proposal for each in self.sheets]


@dataclass
class _Looking:
    """What was seen so far."""

    surveys: list[tuple[SheetSeen, Survey | None]] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)


def adopt_workbooks(context: Context, request: AdoptRequest) -> Adopted:
    """Describe what stands where in the shop's workbooks, in the program's own; no byte of the shop's changes.

    Raises UnknownTableNameError, FileNotInFolderError, BrokenMappingError, and what saving raises.
    """
    as_table = _table_named(request.as_table)
    own = _own_book(context)
    kept, kept_words = _kept(context, own)

    looking = _look(context, _files(context, request.files, own))
    proposals = propose([seen for seen, _ in looking.surveys], kept, as_table)
    proposals = confirmed(proposals) if request.yes else proposals
    rows = mapping_sheet_rows(proposals, kept)
    words = word_sheet_rows(proposals, kept_words, confirm=request.yes)
    lists = list_rows(proposals, words)

    if rows:
        _write(context, own, {MAPPING: rows, WORDS: words, LISTS: lists}, proposals)
    files = context.save("adopt")
    asked = sum(row["certainty"] == "请确认" for row in words)
    others = other_files(request.folder) if request.folder.is_dir() else []
    return Adopted(_looked(proposals, looking), asked, looking.unreadable, others, own, files)


def _looked(proposals: Sequence[Proposal], looking: _Looking) -> list[Looked]:
    return [
        Looked(proposal, seen.skipped if seen else ())
        for proposal, (_, seen) in zip(proposals, looking.surveys, strict=True)
    ]


def _table_named(name: str | None) -> Table | None:
    if name is None:
        return None
    found = next(
        (table for table in ADOPTABLE if name.casefold() in (table.sheet, table.name.casefold())), None
    )
    if found is None:
        raise UnknownTableNameError(name)
    return found


def _own_book(context: Context) -> str:
    """Return the name of the program's own workbook: the usual one, or another where the shop has one of that name."""
    store = context.store
    if store.has_workbook(HELPER_BOOK):
        return HELPER_BOOK
    if not store.has_workbook(PLAN_BOOK) or describes(store.workbook(PLAN_BOOK)):
        return PLAN_BOOK
    return HELPER_BOOK


def _kept(context: Context, own: str) -> tuple[list[MappingRow], list[SheetRow]]:
    """Return what staff answered before."""
    if not context.store.has_workbook(own) or not describes(context.store.workbook(own)):
        return [], []
    book = context.store.workbook(own)
    words = book.read_table(WORDS)
    keys = {WORDS.heading(key): key for key in ("table", "column", "word", "count", "choice", "certainty")}
    told = [
        {key: None if is_blank(row[heading]) else as_text(row[heading]) for heading, key in keys.items()}
        for row in words.to_dict("records")
    ]
    return mapping_rows(book.read_table(MAPPING)), [dict(row) for row in told]


def _files(context: Context, named: Sequence[Path], own: str) -> list[str]:
    """Return the workbooks to look at: those named, or all but the program's own."""
    there = [name for name in context.store.workbook_names() if name != own]
    missing = [path.name for path in named if path.name not in there]
    if missing:
        raise FileNotInFolderError(missing[0], there)
    return [path.name for path in named] or there


def _look(context: Context, files: Collection[str]) -> _Looking:
    looking = _Looking()
    for done, name in enumerate(files):
        context.progress("查看工作簿", done, len(files))
        try:
            looking.surveys += list(_surveys(context.store.workbook(name)))
        except DealerXlError as reason:
            looking.unreadable[name] = str(reason)
    context.progress("查看工作簿", len(files), len(files))
    return looking


def _surveys(book: BufferedWorkbook) -> Iterator[tuple[SheetSeen, Survey | None]]:
    ours = set(_sheets_of_ours(book))
    for sheet in book.sheet_names():
        view = book.view(sheet)
        if sheet in ours or not view.grid.rows:
            continue
        found = survey(view, lambda headings: known_headings(headings, ADOPTABLE))
        if found is None:
            yield SheetSeen(book.name, sheet, "", 0, {}, 0), None
        else:
            columns = dict(found.columns)
            yield SheetSeen(book.name, sheet, found.title, found.heading_row, columns, len(found.rows)), found


def _sheets_of_ours(book: BufferedWorkbook) -> Iterator[str]:
    """Return the sheets of a workbook of the program's: there nothing must be described."""
    if book.name not in BOOKS or not _is_of_the_program(book):
        return
    yield from book.sheet_names()


def _is_of_the_program(book: BufferedWorkbook) -> bool:
    """Return whether a workbook was made by this program: each of its tables stands there under its own headings."""
    tables = [table for table in TABLES if table.workbook == book.name and not table.may_lack]
    for table in tables:
        sheet = sheet_named(table.sheet, book.sheet_names())
        if sheet is None:
            return False
        try:
            layout = book.layout(table)
        except HeadingMissingError:
            return False
        if any(column.required and column.heading not in layout.columns for column in table.columns):
            return False
    return bool(tables) or sheet_named(SETTINGS.sheet, book.sheet_names()) is not None


def _write(
    context: Context, own: str, rows: Mapping[Table, Sequence[SheetRow]], proposals: Sequence[Proposal]
) -> None:
    """Put the rows into the program's own workbook, which is made if it is not there."""
    if context.store.has_workbook(own):
        book = context.store.workbook(own)
        for table, some in rows.items():
            book.replace_rows(table, to_headings(table, some))
        return
    from dealer_xl.office.drawing.builder import build_book  # noqa: PLC0415 - only new workbooks need it

    kept = {each.table for each in proposals if each.table is not None}
    kept |= _kept_in_ours(context)
    spec = adopted_book_spec(
        own, context.now.year, kept, {table: tuple(some) for table, some in rows.items()}
    )
    context.store.stage_file(PurePath(own), build_book(spec))


def _kept_in_ours(context: Context) -> set[Table]:
    """Return the tables that stand in workbooks of the program's, beside those of the shop."""
    found: set[Table] = set()
    for table in TABLES:
        if context.store.has_workbook(table.workbook):
            book = context.store.workbook(table.workbook)
            if sheet_named(table.sheet, book.sheet_names()) is not None:
                found.add(table)
    return found
