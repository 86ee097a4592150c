"""The blank workbooks, and the sample store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dealer_xl.dealership.tables import BOOKS, BY_NAME, SETTINGS
from dealer_xl.dealership.workbook_specs import workbook_spec_of
from dealer_xl.errors import DealerXlError
from dealer_xl.jobs.run import Run, Tell, silence, to_headings
from dealer_xl.office.folder.folder_store import FolderStore, has_workbook
from dealer_xl.office.folder.new_files import add_files
from dealer_xl.office.protocols import Cell
from dealer_xl.sample import SHOP, Sample, make_sample

FIRST_ROW = 4
"""The Excel row under the headings of a blank workbook."""


class FolderTakenError(DealerXlError):
    """The demo would write among workbooks that are there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder}”里已有工作簿，演示不会动它们；请换一个新文件夹的名字。")


def blank_book(name: str, year: int) -> bytes:
    """Build one of the four blank workbooks, with the default targets of a year."""
    from dealer_xl.office.drawing.builder import build_book  # noqa: PLC0415 - only new workbooks need it

    return build_book(workbook_spec_of(name, year))


def make_books(folder: Path, year: int) -> tuple[list[str], list[str]]:
    """Put the blank workbooks into a folder that lacks them; return which were made and which left alone."""
    left = [name for name in BOOKS if has_workbook(folder, name)]
    made = [name for name in BOOKS if name not in left]
    add_files(folder, {name: blank_book(name, year) for name in made})
    return made, left


def make_sample_store(folder: Path, now: datetime, tell: Tell = silence, *, vehicles: int = 1500) -> Sample:
    """Make a store of an invented year in a new folder; return what was invented, mistakes included.

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
        run.store.workbook(table.workbook).append_rows(table, to_headings(table, rows))
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
