"""The journal of a store: which command changed which files, and what is undone.

A command's line is written before its first file is exchanged, and a short one with the same id when it is over.
Where the second lacks, the command was cut off.
"""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path, PurePath

from dealer_xl.office.folder import disk

FOLDER = "备份"
_FILE = "日志.jsonl"


class State(StrEnum):
    """How far a command came."""

    BEGUN = "begun"
    DONE = "done"
    TAKEN_BACK = "taken back"
    UNSURE = "unsure"  # cut off while cells of an open workbook were written: some may be


@dataclass(frozen=True)
class FileChange:
    """The hashes of a file before and after; None where there was or is no file."""

    before: str | None
    after: str | None


@dataclass(frozen=True)
class Entry:
    """One command as the journal keeps it; no cell values, only names, addresses and hashes."""

    id: str  # also the name of its folder of backups
    when: str
    who: str
    command: str
    files: Mapping[str, FileChange]  # by the path inside the store
    undoes: str | None = None
    state: State = State.DONE
    shown: tuple[
        str, ...
    ] = ()  # workbooks that were open: what their cells held stands in `record_place` alone
    wrote: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # workbook, sheet, address of what was written

    @property
    def is_over(self) -> bool:
        """Return whether the command came to its end, so that it can be taken back."""
        return self.state in (State.DONE, State.UNSURE)


@dataclass(frozen=True)
class Journal:
    """The entries of a store, oldest first."""

    entries: Sequence[Entry] = field(default_factory=tuple)

    def find(self, name: str) -> Entry | None:
        """Find an entry by its id."""
        return self._by_id.get(name)

    def begun(self) -> list[Entry]:
        """List what was cut off, newest first."""
        return [entry for entry in reversed(self.entries) if entry.state == State.BEGUN]

    def stands(self, entry: Entry) -> bool:
        """Return whether an entry was finished, and nothing later that stands took it back."""
        return entry.is_over and not any(map(self.stands, self._undone_by.get(entry.id, ())))

    def standing(self) -> list[Entry]:
        """List the commands that are not undone, newest first."""
        return [entry for entry in reversed(self.entries) if not entry.undoes and self.stands(entry)]

    def last_undo(self) -> Entry | None:
        """Return the undo to take back: the last that stands, with no other command after it."""
        for entry in reversed(self.entries):
            if self.stands(entry):
                if not entry.undoes:
                    return None
                if self.is_undo(entry):
                    return entry
        return None

    def origin(self, entry: Entry) -> Entry:
        """Return the command that an undo, or the undo of an undo, is about."""
        target = self.find(entry.undoes) if entry.undoes else None
        return self.origin(target) if target else entry

    def is_undo(self, entry: Entry) -> bool:
        """Return whether it is an undo, and not the undo of an undo."""
        target = self.find(entry.undoes) if entry.undoes else None
        return target is not None and not self.is_undo(target)

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _undone_by(self) -> Mapping[str, Sequence[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.undoes:
                found.setdefault(entry.undoes, []).append(entry)
        return found


def read_journal(store: Path) -> Journal:
    """Read a store's journal; a line that a crash cut short is passed over."""
    entries: dict[str, Entry] = {}
    content = disk.read_if_there(store / FOLDER / _FILE) or b""
    for line in content.decode(errors="replace").split("\n"):
        told = _told(line)
        if isinstance(told, Entry):
            entries[told.id] = told
        elif told is not None and told[0] in entries:
            name, state = told
            entries[name] = replace(entries[name], state=state)
    return Journal(tuple(entries.values()))


def is_settled(store: Path) -> bool:
    """Return whether nothing was cut off, from the last line alone: no command begins before the one before it ended."""
    content = disk.read_if_there(store / FOLDER / _FILE) or b""
    last = content.rstrip(b"\n").rpartition(b"\n")[2]
    return not content or isinstance(_told(last.decode(errors="replace")), tuple)


def _told(line: str) -> Entry | tuple[str, State] | None:
    """Read a line: a command, or how one ended."""
    try:
        told = json.loads(line)
        state = State(told.pop("state", State.DONE))
        if "files" not in told:
            return str(told["id"]), state
        files = {_inside(path): FileChange(**change) for path, change in told.pop("files").items()}
        datetime.fromisoformat(told["when"])
        shown = tuple(map(_inside, told.pop("shown", ())))
        return Entry(id=_inside(told.pop("id")), files=files, state=state, shown=shown, **told)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _inside(path: str) -> str:
    """Return a path that anybody may have edited, if it leads nowhere else."""
    if PurePath(path).is_absolute() or ".." in PurePath(path).parts:
        raise ValueError(path)
    return path


def write_entry(store: Path, entry: Entry) -> None:
    """Put an entry at the journal's end."""
    _append(store, asdict(entry))
    disk.fsync_dir(store / FOLDER)


def write_state(store: Path, entry: Entry, state: State) -> None:
    """Write into the journal how an entry ended."""
    _append(store, {"id": entry.id, "state": state})


def _append(store: Path, told: Mapping[str, object]) -> None:
    disk.append_line(store / FOLDER / _FILE, json.dumps(told, ensure_ascii=False))


def record_place(store: Path, entry: str, workbook: str) -> Path:
    """Return where a command's record of a workbook's cells lies."""
    return store / FOLDER / entry / f"{workbook}.单元格.json"


def hashed(content: bytes | None) -> str | None:
    """Return a content's hash."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def who() -> str:
    """Return who runs the program, as the machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a machine that knows no users
        return ""
