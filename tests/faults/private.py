"""Who may read what is made in a shop: no one who may not read the workbooks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from small_shop import open_shop, send

from dealer_xl.office.folder.backups import redo, undo
from dealer_xl.office.folder.lock import holding

UMASKS = (0o022, 0o077, 0o000)
MODES = (0o600, 0o640, 0o644, 0o660, 0o664, 0o400)
OTHERS = 0o077


@contextmanager
def masked(umask: int) -> Iterator[None]:
    """Work under a umask."""
    before = os.umask(umask)
    try:
        yield
    finally:
        os.umask(before)


def too_open(place: Path, umask: int, mode: int) -> tuple[int, list[str]]:
    """Work in a shop whose workbooks have a mode; count what was made, and name what more people may read."""
    folder = place / f"店-{umask:o}-{mode:o}"
    with masked(umask):
        open_shop(folder, mode)
        books = set(folder.glob("*.xlsx"))
        send(folder)
        undo(folder)
        redo(folder)
        with holding(folder):
            made = [path for path in folder.rglob("*") if path not in books]
            wide = [path for path in made if path.stat().st_mode & OTHERS & ~_allowed(path, mode)]
    changed = [path for path in books if path.stat().st_mode & 0o777 != mode]
    return len(made), [str(path.relative_to(folder)) for path in (*wide, *changed)]


def _allowed(path: Path, mode: int) -> int:
    """Return what is allowed; who may read a file may enter its folder."""
    return mode | (mode & 0o444) >> 2 if path.is_dir() else mode
