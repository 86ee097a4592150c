"""The file of the workbook in which staff ask, seen from outside: whether it is there, and whether it was saved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from dealer_xl.errors import DealerXlError
from dealer_xl.jobs.command_cell import workbook_asked_in

MISSED = 3
"""So many looks in a row must fail before it counts as away: while a workbook is being saved it is gone for a moment."""

Signature: TypeAlias = tuple[str, int, int, int]


@dataclass
class WorkbookFile:
    """The file as it was at the last look: one question to the disk a look."""

    folder: Path
    missed: int = 0  # looks in a row at which it was not there
    _signature: Signature | None = None
    _before: Signature | None = None

    @property
    def name(self) -> str:
        """Return its name at the last look."""
        return self._signature[0] if self._signature else ""

    @property
    def is_away(self) -> bool:
        """Return whether it has been gone for longer than a save takes."""
        return self.missed >= MISSED

    def look(self) -> bool:
        """Look at it; return whether it is there."""
        self._before, self._signature = self._signature, _signature(self.folder)
        is_there = self._signature is not None
        self.missed = 0 if is_there else self.missed + 1
        return is_there

    @property
    def has_changed(self) -> bool:
        """Return whether it is another than at the look before the last."""
        return self._signature != self._before


def _signature(folder: Path) -> Signature | None:
    """Return what changes whenever the workbook is saved; None when it is not there."""
    try:
        path = workbook_asked_in(folder)
        found = path.stat() if path else None
    except (OSError, DealerXlError):  # a network drive that is away
        return None
    if path is None or found is None:
        return None
    return path.name, found.st_ino, found.st_mtime_ns, found.st_size
