"""The jobs: gather from the workbooks, decide in the dealership, write back.

Here and nowhere else the two rooms meet. Each job takes a Run (whose store, which day, what time) and returns
what it found and made; the doors tell it to staff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TypeAlias

import pandas as pd

from dealer_xl.dealership import last_seen
from dealer_xl.dealership.books import book_of
from dealer_xl.dealership.desk import Desk, read_desk
from dealer_xl.dealership.entries import Reading
from dealer_xl.dealership.issues import Issue, marks
from dealer_xl.dealership.letters import Mailing, form_of, plan_mailing
from dealer_xl.dealership.periods import Period
from dealer_xl.dealership.printed import report_words, summary_rows, today_rows
from dealer_xl.dealership.rules import judged
from dealer_xl.dealership.sample import SHOP, Sample, make_sample
from dealer_xl.dealership.summary import Summary, summarise
from dealer_xl.dealership.tables import (
    BOOKS,
    BY_NAME,
    CHANGES,
    LETTERS,
    SETTINGS,
    SUMMARY,
    SUMMARY_TEXT,
    TABLES,
    TODAY,
    TREND,
    YEAR_SUMMARY,
    YEAR_TEXT,
    YEAR_TREND,
)
from dealer_xl.dealership.tasks import Task, customers_with, tasks_of
from dealer_xl.dealership.wording import paragraphs
from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder.backups import Undoable, Undone, redo, undo, undoable
from dealer_xl.office.folder.new_files import add_files
from dealer_xl.office.folder.recovery import recover
from dealer_xl.office.folder.store import FolderStore, has_workbook
from dealer_xl.office.word.filenames import safe_name
from dealer_xl.office.workbook import Cell, Store
from dealer_xl.schema import CHECK, Table

FIRST_ROW = 4
"""The Excel row under the headings of a blank workbook."""

Tell: TypeAlias = Callable[[str, int, int], None]
"""Told what is going on, how far it is, and how far it goes."""


def _silence(_: str, __: int, ___: int) -> None:
    """Tell nobody."""


class FolderTakenError(DealerXlError):
    """The demo would write among workbooks that are there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder}”里已有工作簿，演示不会动它们；请换一个新文件夹的名字。")


@dataclass(frozen=True)
class Run:
    """One job's occasion: the store, the day that stands for today, the time of writing, who is told."""

    store: Store
    now: datetime
    tell: Tell = field(default=_silence)

    @property
    def today(self) -> date:
        """Tell the day that stands for today."""
        return self.now.date()


@dataclass(frozen=True)
class Checked:
    """What `check_entries` found and wrote."""

    issues: tuple[Issue, ...]
    readings: tuple[Reading, ...]  # cells that were understood, but not as they were typed
    fixed: int  # cells put into plain form
    changes: int  # rows added to 变更记录
    files: Sequence[PurePath]


@dataclass(frozen=True)
class Listed:
    """What `list_today` found and wrote."""

    tasks: tuple[Task, ...]
    files: Sequence[PurePath]


@dataclass(frozen=True)
class Summarised:
    """What `write_summary` computed and wrote."""

    summary: Summary
    text: tuple[str, ...]
    files: Sequence[PurePath]


@dataclass(frozen=True)
class Wanted:
    """Which letters are asked for: about an event, or to named customers, or to those with a task today."""

    template: str
    event: str | None = None
    archive_nos: Sequence[str] | None = None
    task: str | None = None
    pdf: bool = False


@dataclass(frozen=True)
class Mailed:
    """What `write_letters` decided and made."""

    mailing: Mailing
    made: Mapping[str, PurePath]  # register number to file
    merged: PurePath | None
    pdf: PurePath | None
    files: Sequence[PurePath]


def run_on(folder: Path, now: datetime, tell: Tell = _silence, *, dry_run: bool = False) -> Run:
    """Open the store of a folder for one job.

    Raises FolderMissingError, NoWorkbooksError.
    """
    return Run(FolderStore(folder, dry_run=dry_run), now, tell)


def check_entries(run: Run, *, fix: bool = False) -> Checked:
    """Find every wrong entry and say in 校验 what is wrong; with `fix`, put what was understood into plain form."""
    cells = gather(run)

    run.tell("检查", 0, 1)
    desk = _desk(run, cells)
    mended = _mended(desk) if fix else {}
    if mended:
        cells = _with_mended(cells, mended)
        desk = _desk(run, cells)
    seen = run.store.recall(PurePath(last_seen.PLACE))
    changes = last_seen.changes(desk, seen)
    run.tell("检查", 1, 1)

    for (table, key), values in mended.items():
        run.store.workbook(table.workbook).write_cells(table, table.heading(key), values)
    _write_marks(run, cells, desk.issues)
    run.store.workbook(CHANGES.workbook).append_rows(CHANGES, _outside(CHANGES, changes))
    remembered = last_seen.written(desk, seen)
    if remembered != seen:
        run.store.keep(PurePath(last_seen.PLACE), remembered)
    files = run.store.save("check", keep=desk.settings.backup_keep)
    return Checked(desk.issues, desk.readings, sum(map(len, mended.values())), len(changes), files)


def list_today(run: Run) -> Listed:
    """List what is to be done today on the sheet 今日必做."""
    desk = _desk(run, gather(run))

    tasks = tasks_of(desk)

    overdue = sum(task.overdue_days > 0 for task in tasks)
    book = run.store.workbook(TODAY.workbook)
    rows = _outside(TODAY, today_rows(tasks))
    book.replace_rows(TODAY, _with_results(book.read_table(TODAY), rows))
    book.write_note(TODAY, _note(run, desk, f"{run.today:%Y-%m-%d} · 共{len(tasks)}项，其中逾期{overdue}项"))
    return Listed(tasks, run.store.save("today", keep=desk.settings.backup_keep))


def _with_results(before: pd.DataFrame, rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """Carry over what staff noted beside a task that is still on the list."""
    done = TODAY.heading("done")
    known = [TODAY.heading(key) for key in ("kind", "customer", "origin")]
    noted = {
        tuple(row[heading] for heading in known): row[done]
        for row in before.to_dict("records")
        if row[done] is not None
    }
    return [{**row, done: noted.get(tuple(row.get(heading) for heading in known))} for row in rows]


def write_summary(run: Run, period: Period) -> Summarised:
    """Compute a period's figures, write them on their sheet and as a Word report."""
    from dealer_xl.office.word.rendering import Template  # noqa: PLC0415 - Word is slow to load, and only this needs it

    desk = _desk(run, gather(run))
    template = Template("月度总结", run.store.template("月度总结"))

    run.tell("计算指标", 0, 1)
    summary = summarise(desk, period)
    text = paragraphs(summary)
    run.tell("计算指标", 1, 1)

    figures, trend, words = (
        (YEAR_SUMMARY, YEAR_TREND, YEAR_TEXT) if period.is_year else (SUMMARY, TREND, SUMMARY_TEXT)
    )
    book = run.store.workbook(figures.workbook)
    book.replace_rows(figures, _outside(figures, summary_rows(summary)))
    book.replace_rows(trend, _outside(trend, summary.trend))
    book.replace_rows(words, _outside(words, [{"text": paragraph} for paragraph in text]))
    book.write_note(figures, _note(run, desk, period.label))
    report = template.render(report_words(summary, text, _store_words(run, desk)["name"], run.today))
    run.store.keep(PurePath("总结") / f"{period.label}工作总结.docx", report)
    return Summarised(summary, text, run.store.save("summary", keep=desk.settings.backup_keep))


def write_letters(run: Run, wanted: Wanted) -> Mailed:
    """Write one letter a customer, one joined file for printing, and book them in 信函登记."""
    from dealer_xl.office.word.rendering import Template  # noqa: PLC0415 - Word is slow to load, and few jobs need it

    desk = _desk(run, gather(run))
    form = form_of(wanted.template)
    template = Template(form.template, run.store.template(form.template))

    numbers = _asked_for(desk, wanted)
    mailing = plan_mailing(desk, form, wanted.event, numbers, _store_words(run, desk))
    contents = _rendered(run, template.render, mailing)

    folder = PurePath("信函") / safe_name(wanted.event or f"{run.today:%Y-%m-%d}")
    made = {
        letter.letter_no: folder / f"{letter.letter_no}_{safe_name(letter.customer)}.docx"
        for letter in mailing.letters
    }
    for letter_no, path in made.items():
        run.store.keep(path, contents[letter_no])
    merged, pdf = _keep_joined(run, folder, list(contents.values()), pdf=wanted.pdf)
    rows = [{**letter.register, "file": made[letter.letter_no].as_posix()} for letter in mailing.letters]
    run.store.workbook(LETTERS.workbook).append_rows(LETTERS, _outside(LETTERS, rows))
    return Mailed(mailing, made, merged, pdf, run.store.save("letters", keep=desk.settings.backup_keep))


def blank_book(name: str, year: int) -> bytes:
    """Build one of the four blank workbooks, with the default targets of a year."""
    from dealer_xl.office.drawing.builder import build_book  # noqa: PLC0415 - only new workbooks need it

    return build_book(book_of(name, year))


def make_books(folder: Path, year: int) -> tuple[list[str], list[str]]:
    """Put the blank workbooks into a folder that lacks them; tell which were made and which left alone."""
    left = [name for name in BOOKS if has_workbook(folder, name)]
    made = [name for name in BOOKS if name not in left]
    add_files(folder, {name: blank_book(name, year) for name in made})
    return made, left


def take_back(folder: Path, *, dry_run: bool = False) -> Undone:
    """Put back what the last command changed."""
    return undo(FolderStore(folder, dry_run=dry_run).folder, dry_run=dry_run)


def bring_back(folder: Path, *, dry_run: bool = False) -> Undone:
    """Take back the last undo."""
    return redo(FolderStore(folder, dry_run=dry_run).folder, dry_run=dry_run)


def list_undoable(folder: Path) -> Sequence[Undoable]:
    """List the commands that could be taken back, newest first."""
    return undoable(FolderStore(folder, dry_run=True).folder)


def mend(folder: Path) -> str:
    """Put back what an earlier run left half done, as after a power cut; tell it in a sentence."""
    mended = recover(folder.resolve()) if folder.is_dir() else None
    return mended.says if mended else ""


def make_sample_store(folder: Path, now: datetime, tell: Tell = _silence, *, vehicles: int = 1500) -> Sample:
    """Make a store of an invented year in a new folder; tell what was invented, mistakes included.

    Raises FolderTakenError when workbooks are there already.
    """
    if any(has_workbook(folder, name) for name in BOOKS):
        raise FolderTakenError(folder)
    sample = make_sample(now.date(), vehicles=vehicles)
    make_books(folder, now.year)
    fill_with_sample(Run(FolderStore(folder), now, tell), sample)
    return sample


def fill_with_sample(run: Run, sample: Sample) -> None:
    """Write an invented year into a store of blank workbooks."""
    for done, (name, rows) in enumerate(sample.rows.items()):
        run.tell("写入演示数据", done, len(sample.rows))
        table = BY_NAME[name]
        run.store.workbook(table.workbook).append_rows(table, _outside(table, rows))
    _name_the_shop(run)
    run.tell("写入演示数据", len(sample.rows), len(sample.rows))
    run.store.save("demo")


def _name_the_shop(run: Run) -> None:
    book = run.store.workbook(SETTINGS.workbook)
    keys = book.read_table(SETTINGS)[SETTINGS.heading("key")]
    values: dict[int, Cell] = {
        row: SHOP[key] for row, key in zip(keys.index, keys, strict=True) if key in SHOP
    }
    book.write_cells(SETTINGS, SETTINGS.heading("value"), values)


def gather(run: Run) -> dict[str, pd.DataFrame]:
    """Read every table, each once: name to cells with headings as columns."""
    cells = {}
    for done, table in enumerate(TABLES):
        run.tell("读取表格", done, len(TABLES))
        cells[table.name] = run.store.workbook(table.workbook).read_table(table)
    run.tell("读取表格", len(TABLES), len(TABLES))
    return cells


def _desk(run: Run, cells: Mapping[str, pd.DataFrame]) -> Desk:
    """Read the cells of all tables and judge them by every rule."""
    return judged(read_desk(cells, run.today))


def _outside(table: Table, rows: Iterable[Mapping[str, object]]) -> list[dict[str, Cell]]:
    """Turn the keys of rows into the headings of the sheet."""
    return [{table.heading(key): value for key, value in row.items()} for row in rows]  # type: ignore[misc]  # cells by their schema


def _mended(desk: Desk) -> dict[tuple[Table, str], dict[int, Cell]]:
    """Gather what was understood otherwise than typed, and what can be proved: table and column to row to value."""
    mended: dict[tuple[Table, str], dict[int, Cell]] = {}
    for reading in desk.readings:
        mended.setdefault((reading.table, reading.column), {})[reading.row] = reading.plain
    for issue in desk.issues:
        if issue.suggestion is not None:
            mended.setdefault((issue.table, issue.column), {})[issue.row] = issue.suggestion
    return mended


def _with_mended(
    cells: Mapping[str, pd.DataFrame], mended: Mapping[tuple[Table, str], Mapping[int, Cell]]
) -> dict[str, pd.DataFrame]:
    changed = {name: frame.astype("object") for name, frame in cells.items()}
    for (table, key), values in mended.items():
        plain = pd.Series(values, dtype="object")
        changed[table.name].loc[plain.index, table.heading(key)] = plain
    return changed


def _write_marks(run: Run, cells: Mapping[str, pd.DataFrame], issues: Sequence[Issue]) -> None:
    for table in TABLES:
        said = marks(issue for issue in issues if issue.table is table)
        values = {int(row): said.get(int(row)) for row in cells[table.name].index}
        run.store.workbook(table.workbook).write_cells(table, CHECK, values)


def _asked_for(desk: Desk, wanted: Wanted) -> Sequence[str] | None:
    """List the archive numbers asked for; nobody named is everybody."""
    if wanted.task is None:
        return wanted.archive_nos
    due = customers_with(desk, wanted.task)
    return due if wanted.archive_nos is None else [number for number in due if number in wanted.archive_nos]


def _rendered(
    run: Run, render: Callable[[Mapping[str, object]], bytes], mailing: Mailing
) -> dict[str, bytes]:
    contents = {}
    for done, letter in enumerate(mailing.letters):
        run.tell("生成信函", done, len(mailing.letters))
        contents[letter.letter_no] = render(letter.words)
    run.tell("生成信函", len(mailing.letters), len(mailing.letters))
    return contents


def _keep_joined(
    run: Run, folder: PurePath, letters: Sequence[bytes], *, pdf: bool
) -> tuple[PurePath | None, PurePath | None]:
    """Join the letters into one file for printing; no letters, no file."""
    from dealer_xl.office.word.joining import join  # noqa: PLC0415 - as above
    from dealer_xl.office.word.pdf import to_pdf  # noqa: PLC0415

    if not letters:
        return None, None
    run.tell("合并打印", 0, 1)
    merged = folder / f"合并打印_{run.now:%Y-%m-%d_%H%M%S}.docx"
    joined = join(letters)
    run.store.keep(merged, joined)
    printable = merged.with_suffix(".pdf") if pdf else None
    if printable:
        run.store.keep(printable, to_pdf(joined))
    run.tell("合并打印", 1, 1)
    return merged, printable


def _store_words(run: Run, desk: Desk) -> dict[str, str]:
    settings = desk.settings
    return {
        "name": settings.filled("store_name") or run.store.name,
        "address": settings.filled("store_address"),
        "phone": settings.filled("store_phone"),
    }


def _note(run: Run, desk: Desk, words: str) -> str:
    return f"{_store_words(run, desk)['name']} · {words} · {run.now:%Y-%m-%d %H:%M} 生成"
