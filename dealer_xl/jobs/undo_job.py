"""Button 撤销: put back what a command changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dealer_xl.office.folder.backups import Undoable, Undone, redo, undo, undoable
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.recovery import Recovered, recover


def take_back(store: FolderStore) -> Undone:
    """Put back what the last command changed."""
    return undo(store.folder, dry_run=store.dry_run, books=store)


def bring_back(store: FolderStore) -> Undone:
    """Take back the last undo."""
    return redo(store.folder, dry_run=store.dry_run, books=store)


def list_undoable(store: FolderStore) -> Sequence[Undoable]:
    """List the commands that could be taken back, newest first."""
    return undoable(store.folder)


def mend(folder: Path) -> Recovered | None:
    """Put back what an earlier run left half done, as after a power cut; None when there was nothing."""
    return recover(folder.resolve()) if folder.is_dir() else None
