"""A shop of two workbooks and a few letters: what is done in it, and how it must look after any fault."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath

import xlsxwriter

from dealer_xl.office.folder.backups import redo, undo
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.new_files import add_files
from dealer_xl.schema import CHECK, Column, FilledBy, Table

CALLS = Table(
    "Calls",
    "电话登记",
    "跟踪电话.xlsx",
    "电话登记表",
    columns=(
        Column("call_no", "登记号"),
        Column("name", "客户名称"),
        Column("check", CHECK, filled_by=FilledBy.PROGRAM),
    ),
)
LETTERS = Table(
    "Letters",
    "信函登记",
    "信函登记.xlsx",
    "信函登记表",
    columns=(Column("letter_no", "登记号"), Column("name", "客户名称"), Column("file", "文件名")),
)
BLANK = {"客户档案.xlsx": b"customers", "月度计划.xlsx": b"plan"}
SEEN = PurePath("备份/上次校验所见.json")
NAMES = ("张三", "李_四", "王五")
BACKUPS = ("备份/", "备份\\")

State = Mapping[str, str]
"""The hash of each file outside the backups."""


def as_xlsx(table: Table, rows: int) -> bytes:
    """Draw a small register."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(table.sheet)
        options = {"name": table.name, "columns": [{"header": heading} for heading in table.headings]}
        page.add_table(2, 0, 2 + rows, len(table.headings) - 1, options)
        for row in range(rows):
            page.write_row(3 + row, 0, [f"T{row}", "客户"])
    return content.getvalue()


def open_shop(folder: Path, mode: int = 0o644) -> None:
    """Make the shop, and do one command in it, whose backup must live through everything."""
    folder.mkdir()
    for table in (CALLS, LETTERS):
        (folder / table.workbook).write_bytes(as_xlsx(table, 2))
        (folder / table.workbook).chmod(mode)
    store = FolderStore(folder)
    store.workbook(CALLS.workbook).write_cells(CALLS, CHECK, {4: "【客户名称】未填"})
    store.stage_file(SEEN, b"{}")
    store.save("check")


def send(folder: Path, letters: int = 3) -> None:
    """Write letters, book them in the register, mark the calls: two workbooks and some files, all or none."""
    store = FolderStore(folder)
    rows = []
    for place in range(letters):
        path = PurePath("信函") / "活动" / f"XH{place}_{NAMES[place % len(NAMES)]}.docx"
        store.stage_file(path, f"letter {place}".encode() * 50)
        rows.append({"登记号": f"XH{place}", "客户名称": "客户", "文件名": path.as_posix()})
    store.workbook(CALLS.workbook).write_cells(CALLS, CHECK, {5: "已发函"})
    store.workbook(LETTERS.workbook).append_rows(LETTERS, rows)
    store.save("letters")


def state(folder: Path) -> State:
    """Hash every file outside the backups but the temporary ones."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".~"))
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(names.items())
        if not name.startswith(BACKUPS)
    }


def first_backup(folder: Path) -> dict[str, str]:
    """Hash the backup of the command that was done before any fault."""
    kept = next(path for path in (folder / "备份").iterdir() if path.name.endswith("-check"))
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in kept.iterdir()}


def letters_booked(folder: Path) -> set[str]:
    """Read which files the register names."""
    frame = FolderStore(folder, dry_run=True).workbook(LETTERS.workbook).read_table(LETTERS)
    return {str(name) for name in frame["文件名"] if name is not None}


def letters_there(folder: Path) -> set[str]:
    """List the letters in the folder."""
    return {name for name in state(folder) if name.startswith("信函/")}


def leftovers(folder: Path) -> list[str]:
    """List temporary files and locks; a backup that a run cut off had just made stays, it is whole."""
    return [path.name for path in folder.rglob("*") if path.name.startswith(".~") or path.suffix == ".lock"]


@dataclass(frozen=True)
class Deed:
    """Something that is done in the shop, from a folder that is ready for it."""

    name: str
    do: Callable[[Path], object]
    start: Path
    old: State
    new: State

    @property
    def makes_a_store(self) -> bool:
        """Return whether the deed begins with an empty folder: its files come one by one."""
        return not self.old


def deeds(place: Path, letters: int = 3) -> list[Deed]:
    """Make ready everything that is done in a shop."""
    shop, sent, undone = (place / name for name in ("开店", "已发", "已撤"))
    open_shop(shop)
    shutil.copytree(shop, sent)
    send(sent, letters)
    shutil.copytree(sent, undone)
    undo(undone)
    empty = place / "空"
    empty.mkdir()
    blank = {name: sha256(content).hexdigest() for name, content in BLANK.items()}
    return [
        Deed("save", lambda folder: send(folder, letters), shop, state(shop), state(sent)),
        Deed("undo", undo, sent, state(sent), state(undone)),
        Deed("redo", redo, undone, state(undone), state(sent)),
        Deed("new", lambda folder: add_files(folder, _lacking(folder)), empty, {}, blank),
    ]


def _lacking(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in BLANK.items() if not (folder / name).exists()}
