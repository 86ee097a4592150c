"""Odd things in 备份, as a damaged drive or a stranger may leave them: no command hangs, and none is in the way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from small_shop import CALLS, LETTERS, SEEN, open_shop

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder.backups import undo, undoable
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.recovery import recover
from dealer_xl.schema import CHECK

JOURNAL = Path("备份") / "日志.jsonl"
ID = "20261122-093005-check"
PRIVATE = "私人.txt"
"""A file beside the shop, which no line of a journal may reach."""


def line(**facts: object) -> str:
    """Write a line as a command does, but for some facts."""
    entry: dict[str, object] = {
        "id": ID,
        "when": "2026-11-22T09:30:05+08:00",
        "who": "",
        "command": "check",
        "files": {"甲.txt": {"before": None, "after": "0"}},
        "undoes": None,
        "state": "begun",
        "shown": [],
        "wrote": {},
    }
    return json.dumps(entry | facts, ensure_ascii=False)


def overwriting(path: str) -> str:
    """Write a line after which a file would be put back that a command seems to have changed."""
    after = sha256(b"private").hexdigest()
    return line(files={path: {"before": None, "after": after}})


ODD_LINES: Mapping[str, bytes] = {
    "200,000 brackets": b"[" * 200_000,
    "200,000 objects": b'{"a":' * 200_000,
    "not UTF-8": b'{"id": "\xff\xfe"}',
    "a NUL": b"\0" * 10,
    "no object": b"17",
    "an id .": line(id=".").encode(),
    "an id ..": line(id="..").encode(),
    "an empty id": line(id="").encode(),
    "an id of two steps": line(id=f"{ID}/..").encode(),
    "an id with a backslash": line(id=f"{ID}\\..\\..").encode(),
    "an id of the journal": line(id="日志.jsonl").encode(),
    "an id that is no text": line(id=[ID]).encode(),
    "an end of an id .": b'{"id": ".", "state": "done"}',
    "a blank path": overwriting("").encode(),
    "the path .": overwriting(".").encode(),
    "a path of two dots": overwriting(f"../{PRIVATE}").encode(),
    "a path of dots and a space": overwriting(f".. /{PRIVATE}").encode(),
    "a path from the root": overwriting(f"/{PRIVATE}").encode(),
    "a path from the root of a drive": overwriting(f"\\Users\\{PRIVATE}").encode(),
    "a path of a drive": overwriting(f"C:{PRIVATE}").encode(),
    "a path from a drive's root": overwriting(f"C:/{PRIVATE}").encode(),
    "a path of a share": overwriting(f"\\\\server\\share\\{PRIVATE}").encode(),
    "a path of a share with slashes": overwriting(f"//server/share/{PRIVATE}").encode(),
    "a path with a NUL": overwriting("甲\0.txt").encode(),
    "a path of a device": overwriting("CON").encode(),
    "a path of a device with an ending": overwriting("信函/nul .txt").encode(),
    "a path of a stream": overwriting("甲.xlsx:私").encode(),
    "a path that is no text": line(files={"甲.txt": 1}).encode(),
    "an open workbook elsewhere": line(shown=["../甲.xlsx"]).encode(),
    "an undo of itself": line(undoes=ID, state="done").encode(),
    "an undo of a list": line(undoes=[ID]).encode(),
    "a command that is no text": line(command=["check"]).encode(),
    "an unknown fact": line(more=1).encode(),
}

ODD_JOURNALS: Mapping[str, bytes] = {
    "two that undo each other": "\n".join(
        (
            line(state="done"),
            line(id=f"{ID}-2", undoes=ID, state="done"),
            line(undoes=f"{ID}-2", state="done"),
        )
    ).encode(),
    "5,000 that undo the one before": "\n".join(
        line(id=f"{ID}-{turn}", undoes=f"{ID}-{turn - 1}", state="done") for turn in range(5_000)
    ).encode(),
}
"""Lines that are odd only together, or merely many."""


def as_journal(act: Callable[[Path], object]) -> Callable[[Path], None]:
    """Put something else in the place of the journal."""

    def put(folder: Path) -> None:
        (folder / JOURNAL).unlink()
        act(folder / JOURNAL)

    return put


def with_lines(lines: bytes) -> Callable[[Path], None]:
    """Add lines to the journal, and a line after them that ends it well."""

    def put(folder: Path) -> None:
        path = folder / JOURNAL
        path.write_bytes(path.read_bytes() + lines + b"\n")

    return put


def _link_elsewhere(path: Path) -> None:
    path.symlink_to(path.parent.parent.parent / PRIVATE)


def _begun_with_a_pipe(folder: Path) -> None:
    kept = folder / "备份" / ID
    kept.mkdir()
    os.mkfifo(kept / "甲.txt")
    (folder / "甲.txt").write_bytes(b"new")
    change = {"before": "0", "after": sha256(b"new").hexdigest()}
    with_lines(line(files={"甲.txt": change, "乙.txt": {"before": None, "after": "0"}}).encode())(folder)


def _pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


ODD_THINGS: Mapping[str, Callable[[Path], None]] = {
    **{f"a line: {name}": with_lines(lines) for name, lines in ODD_LINES.items()},
    **{f"lines: {name}": with_lines(lines) for name, lines in ODD_JOURNALS.items()},
    "the journal is a pipe": as_journal(os.mkfifo),
    "the journal is a folder": as_journal(_folder),
    "the journal is a link": as_journal(_link_elsewhere),
    "the journal is empty": as_journal(lambda path: path.write_bytes(b"")),
    "a backup is a pipe": _begun_with_a_pipe,
    "a temporary file is a pipe": lambda folder: os.mkfifo(folder / ".~dealer-xl-left.xlsx"),
}
"""What no command may be stopped by."""

IN_THE_WAY: Mapping[str, Callable[[Path], None]] = {
    "使用中.lock is a pipe": lambda folder: os.mkfifo(folder / "备份" / "使用中.lock"),
    "使用中.lock is a folder": lambda folder: _folder(folder / "备份" / "使用中.lock"),
    "使用中.lock is a link": lambda folder: _link_elsewhere(folder / "备份" / "使用中.lock"),
    "what the last check saw is a pipe": lambda folder: _pipe(folder / SEEN),
}
"""What stands where a command must write: it ends with a sentence that names it."""


def commands(folder: Path) -> str:
    """Do what every command does first, read and write in a shop, and undo; return what staff were told first."""
    mended = recover(folder)
    list(undoable(folder))
    store = FolderStore(folder)
    store.read_file(SEEN)
    store.workbook(CALLS.workbook).write_cells(CALLS, CHECK, {5: "改"})
    store.workbook(LETTERS.workbook).append_rows(LETTERS, [{"登记号": "XH9", "客户名称": "客户"}])
    store.save("check")
    undo(folder)
    return mended.message if mended else ""


def outcome_of(place: Path, odd: Callable[[Path], None]) -> tuple[str, str]:
    """Work in a shop with something odd, twice; return what was told each time, and see that nothing outside changed."""
    place.mkdir()
    (place / PRIVATE).write_bytes(b"private")
    folder = place / "店"
    open_shop(folder)
    odd(folder)
    told = _told(folder), _told(folder)
    assert (place / PRIVATE).read_bytes() == b"private"
    assert sorted(path.name for path in place.iterdir()) == sorted((PRIVATE, "店"))
    return told


def _told(folder: Path) -> str:
    try:
        return commands(folder)
    except DealerXlError as reason:
        return f"refused: {reason}"
