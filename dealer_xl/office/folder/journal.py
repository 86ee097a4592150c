"""The journal of a store: which command changed which files, and what is undone.

A command's line is written before its first file is exchanged, and a short one with the same id when it is over.
Where the second lacks, the command was cut off. Anybody may have edited it: a line that no command can have written
is odd, and counts for nothing.
"""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath, P, Place, anchored
from dealer_xl.office.folder.kept_names import hidden, inside, named, plain_id

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
    request: str | None = None  # the id of the request that led to it, where it has one

    @property
    def is_over(self) -> bool:
        """Return whether the command came to its end, so that it can be taken back."""
        return self.state in (State.DONE, State.UNSURE)


@dataclass(frozen=True)
class Journal:
    """The entries of a store, oldest first; whatever takes one back comes after it."""

    entries: Sequence[Entry] = field(default_factory=tuple)
    odd_lines: Sequence[bytes] = field(default_factory=tuple)

    def find(self, name: str) -> Entry | None:
        """Find an entry by its id."""
        return self._by_id.get(name)

    def begun(self) -> list[Entry]:
        """List what was cut off, newest first."""
        return [entry for entry in reversed(self.entries) if entry.state == State.BEGUN]

    def stands(self, entry: Entry) -> bool:
        """Return whether an entry was finished, and nothing later that stands took it back."""
        return entry.id in self._standing

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
        return [entry, *self._taken_back(entry)][-1]

    def is_undo(self, entry: Entry) -> bool:
        """Return whether it is an undo, and not the undo of an undo."""
        return len(list(self._taken_back(entry))) % 2 == 1

    def _taken_back(self, entry: Entry) -> Iterator[Entry]:
        """Yield what an entry took back, what that took back, and so on."""
        target = self.find(entry.undoes) if entry.undoes else None
        while target:
            yield target
            target = self.find(target.undoes) if target.undoes else None

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _standing(self) -> set[str]:
        standing: set[str] = set()
        undone: set[str] = set()
        for entry in reversed(self.entries):
            if entry.is_over and entry.id not in undone:
                standing.add(entry.id)
                undone |= {entry.undoes} if entry.undoes else set()
        return standing


def read_journal(store: Place) -> Journal:
    """Read a store's journal; what no command can have written is passed over, and told as odd.

    Raises the errors of `io_errors`.
    """
    entries: dict[str, Entry] = {}
    odd = []
    for line in filter(None, _content(anchored(store)).split(b"\n")):
        parsed = _parsed(line)
        if isinstance(parsed, Entry) and _fits(parsed, entries):
            entries[parsed.id] = parsed
        elif isinstance(parsed, tuple) and parsed[0] in entries:
            name, state = parsed
            entries[name] = replace(entries[name], state=state)
        else:
            odd.append(line)
    return Journal(tuple(entries.values()), tuple(odd))


def _fits(entry: Entry, before: Mapping[str, Entry]) -> bool:
    """Return whether an entry may follow: it takes back nothing that comes later, itself included."""
    known = before.get(entry.id)
    return entry.undoes != entry.id if known is None else entry.undoes == known.undoes


def is_settled(store: Place) -> bool:
    """Return that nothing was cut off and nothing is odd; no command begins before the one before it ended."""
    place = journal_place(anchored(store))
    if disk.is_odd(place):
        return False
    content = disk.read_if_there(place) or b""
    return all(map(_parsed, filter(None, content.split(b"\n")))) and _ends_settled(content)


def _ends_settled(content: bytes) -> bool:
    last = content.rstrip(b"\n").rpartition(b"\n")[2]
    return not last or isinstance(_parsed(last), tuple)


def _content(store: AnchoredPath) -> bytes:
    place = journal_place(store)
    return b"" if disk.is_odd(place) else disk.read_if_there(place) or b""


@lru_cache(maxsize=20_000)  # one command reads the journal several times
def _parsed(line: bytes) -> Entry | tuple[str, State] | None:
    """Parse a line: a command, or how one ended; None when it is odd."""
    try:
        facts = json.loads(line.decode())
        state = State(facts.pop("state", State.DONE))
        if "files" not in facts:
            return plain_id(facts["id"]), state
        return _entry(facts, state)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _entry(facts: dict[str, Any], state: State) -> Entry:
    """Make an entry of what a line says.

    Raises ValueError, TypeError, KeyError or AttributeError where it says something else.
    """
    datetime.fromisoformat(facts["when"])
    undoes = facts.pop("undoes", None)
    return Entry(
        id=plain_id(facts.pop("id")),
        when=facts.pop("when"),
        who=_text(facts.pop("who")),
        command=_text(facts.pop("command")),
        files={
            inside(path): FileChange(_hash(change["before"]), _hash(change["after"]))
            for path, change in facts.pop("files").items()
        },
        undoes=undoes and _text(undoes),
        state=state,
        shown=tuple(map(inside, facts.pop("shown", ()))),
        wrote=dict(facts.pop("wrote", {})),
        **facts,
    )


def _text(fact: object) -> str:
    if not isinstance(fact, str):
        raise TypeError(fact)
    return fact


def _hash(fact: object) -> str | None:
    return None if fact is None else _text(fact)


def with_names(store: AnchoredPath, entry: Entry) -> Entry:
    """Return an entry of the journal with the names that its files bear in the folder.

    Raises the errors of `io_errors`.
    """
    names = named((store, store / FOLDER / entry.id), entry.files)
    return replace(entry, files={names[path].as_posix(): change for path, change in entry.files.items()})


def write_entry(store: AnchoredPath, entry: Entry) -> None:
    """Put an entry at the journal's end."""
    files = {hidden(path): change for path, change in entry.files.items()}
    kept = replace(entry, files=files) if len(files) == len(entry.files) else entry
    told = asdict(kept)
    if entry.request is None:  # most have none, and an older program knows no such word
        del told["request"]
    _append(store, told)
    disk.fsync_dir(store / FOLDER)


def write_state(store: Place, entry: Entry, state: State) -> None:
    """Write into the journal how an entry ended."""
    _append(anchored(store), {"id": entry.id, "state": state})


def _append(store: AnchoredPath, told: Mapping[str, object]) -> None:
    disk.append_line(journal_place(store), json.dumps(told, ensure_ascii=False))


def journal_place(store: AnchoredPath) -> AnchoredPath:
    """Return where a store's journal lies."""
    return store / FOLDER / _FILE


def record_place(store: P, entry: str, workbook: str) -> P:
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
