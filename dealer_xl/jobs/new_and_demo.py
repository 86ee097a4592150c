"""The blank workbooks, and the sample store."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dealer_xl.context import Context, Progress, no_progress
from dealer_xl.dealership.settings import SETTINGS as DEFAULTS
from dealer_xl.dealership.tables import BOOKS, BY_NAME, EXTRAS, SETTINGS
from dealer_xl.dealership.workbook_specs import workbook_spec_of
from dealer_xl.errors import DealerXlError
from dealer_xl.jobs.row_headings import to_headings
from dealer_xl.office.folder.folder_store import FolderStore, has_workbook
from dealer_xl.office.folder.new_files import add_files
from dealer_xl.office.protocols import Cell
from dealer_xl.sample import SHOP, Sample, make_sample
from dealer_xl.schema import Table

FIRST_ROW = 4
"""The Excel row under the headings of a blank workbook."""


class FolderTakenError(DealerXlError):
    """The demo would write among workbooks that are there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder}”里已有工作簿，演示不会动它们；请换一个新文件夹的名字。")


class UnknownTableError(DealerXlError):
    """A table was asked for by a name that none of the extra tables has."""

    def __init__(self, names: Sequence[str]) -> None:
        known = "、".join(table.sheet for table in EXTRAS)
        super().__init__(f"没有叫“{'、'.join(names)}”的表可以添加。可以添加的表：{known}。")


def extra_tables(names: Sequence[str]) -> tuple[Table, ...]:
    """Return the extra tables by the names of their sheets.

    Raises UnknownTableError.
    """
    unknown = [name for name in names if name not in {table.sheet for table in EXTRAS}]
    if unknown:
        raise UnknownTableError(unknown)
    return tuple(table for table in EXTRAS if table.sheet in names)


def blank_book(name: str, year: int, extras: Collection[Table] = EXTRAS) -> bytes:
    """Build one of the four blank workbooks, with the default targets of a year and some of the extra tables."""
    from dealer_xl.office.drawing.builder import build_book  # noqa: PLC0415 - only new workbooks need it

    return build_book(workbook_spec_of(name, year, extras))


@dataclass(frozen=True)
class NewBooks:
    """Which workbooks `make_books` made, and which were there and left alone."""

    made: list[str]
    left: list[str]


def make_books(
    folder: Path, year: int, with_tables: Sequence[str] = (), *, dry_run: bool = False
) -> NewBooks:
    """Put the blank workbooks into a folder that lacks them.

    The extra tables (续保, 预约, …) come only where they are named. Raises UnknownTableError.
    """
    extras = extra_tables(with_tables)
    left = [name for name in BOOKS if has_workbook(folder, name)]
    made = [name for name in BOOKS if name not in left]
    if not dry_run:
        add_files(folder, {name: blank_book(name, year, extras) for name in made})
    return NewBooks(made, left)


def make_sample_store(
    folder: Path, now: datetime, progress: Progress = no_progress, *, vehicles: int = 1500
) -> Sample:
    """Make a store of an invented year in a new folder; return what was invented, mistakes included.

    Raises FolderTakenError when workbooks are there already.
    """
    if any(has_workbook(folder, name) for name in BOOKS):
        raise FolderTakenError(folder)
    sample = make_sample(now.date(), vehicles=vehicles)
    make_books(folder, now.year, [table.sheet for table in EXTRAS])
    fill_with_sample(Context(lambda: FolderStore(folder), now, progress), sample)
    return sample


def fill_with_sample(context: Context, sample: Sample) -> None:
    """Write an invented year into a store of blank workbooks."""
    for done, (name, rows) in enumerate(sample.rows.items()):
        context.progress("写入演示数据", done, len(sample.rows))
        table = BY_NAME[name]
        context.store.workbook(table.workbook).append_rows(table, to_headings(table, rows))
    _name_the_shop(context)
    context.progress("写入演示数据", len(sample.rows), len(sample.rows))
    context.save("demo")


def _name_the_shop(context: Context) -> None:
    book = context.store.workbook(SETTINGS.workbook)
    names = book.read_table(SETTINGS)[SETTINGS.heading("key")]
    words = {each.label: SHOP[each.key] for each in DEFAULTS if each.key in SHOP}
    values: dict[int, Cell] = {
        row: words[name] for row, name in zip(names.index, names, strict=True) if name in words
    }
    book.write_cells(SETTINGS, SETTINGS.heading("value"), values)


if __name__ == "__main__":
    make_books(
        Path(sys.argv[1]), 2026, [table.sheet for table in EXTRAS]
    )  # `make build` puts them into workbooks/
