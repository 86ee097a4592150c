"""The journal of a store: which command changed which files, and what is undone."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from dealer_xl.office.folder import disk

FOLDER = "备份"
_FILE = "日志.jsonl"


@dataclass(frozen=True)
class FileChange:
    """The hashes of a file before and after; None where there was or is no file."""

    before: str | None
    after: str | None


@dataclass(frozen=True)
class Entry:
    """One command as the journal keeps it; no cell values, only names and hashes."""

    id: str  # also the name of its folder of backups
    when: str
    who: str
    command: str
    files: Mapping[str, FileChange]  # by the path inside the store
    undoes: str | None = None
    failed: str | None = None  # the entry that could not be finished and was taken back


@dataclass(frozen=True)
class Journal:
    """The entries of a store, oldest first."""

    entries: Sequence[Entry] = field(default_factory=tuple)

    def find(self, name: str) -> Entry | None:
        """Find an entry by its id."""
        return next((entry for entry in self.entries if entry.id == name), None)

    def is_undone(self, entry: Entry) -> bool:
        """Tell whether something later took the entry back, and was not taken back itself."""
        return any(
            other.failed == entry.id or (other.undoes == entry.id and not self.is_undone(other))
            for other in self.entries
        )

    def last_standing(self) -> Entry | None:
        """Give the last command that is not undone."""
        commands = (entry for entry in reversed(self.entries) if not entry.undoes and not entry.failed)
        return next((entry for entry in commands if not self.is_undone(entry)), None)


def read_journal(store: Path) -> Journal:
    """Read a store's journal; a line that a crash cut short is passed over."""
    path = store / FOLDER / _FILE
    if not path.is_file():
        return Journal()
    lines = disk.read(path).decode(errors="replace").splitlines()
    return Journal(tuple(entry for entry in map(_entry, lines) if entry is not None))


def _entry(line: str) -> Entry | None:
    try:
        told = json.loads(line)
        files = {path: FileChange(**change) for path, change in told.pop("files").items()}
        return Entry(files=files, **told)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def write_entry(store: Path, entry: Entry) -> None:
    """Put an entry at the journal's end."""
    disk.append_line(store / FOLDER / _FILE, json.dumps(asdict(entry), ensure_ascii=False))


def hashed(content: bytes | None) -> str | None:
    """Tell a content's hash."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def who() -> str:
    """Tell who runs the program, as the machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a machine that knows no users
        return ""
