"""Button 撤销: put back what a command changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dealer_xl.context import Context
from dealer_xl.office.folder.backups import Undoable, Undone, redo, undo, undoable
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.folder.recovery import Recovered, recover


def undo_last(context: Context) -> Undone:
    """Put back what the last command changed.

    Raises what `backups.undo` raises.
    """
    store = _folder_store(context)
    try:
        return undo(store.folder, dry_run=context.dry_run, books=store)
    finally:
        context.forget()


def redo_last(context: Context) -> Undone:
    """Take back the last undo.

    Raises what `backups.redo` raises.
    """
    store = _folder_store(context)
    try:
        return redo(store.folder, dry_run=context.dry_run, books=store)
    finally:
        context.forget()


def list_undoable(context: Context) -> Sequence[Undoable]:
    """Return the commands that could be taken back, newest first."""
    return undoable(_folder_store(context).folder)


def recover_folder(folder: Path) -> Recovered | None:
    """Put back what an earlier run left half done, as after a power cut; return None when there was nothing.

    Raises what `recovery.recover` raises.
    """
    return recover(folder.resolve()) if folder.is_dir() else None


def _folder_store(context: Context) -> FolderStore:
    if not isinstance(context.store, FolderStore):
        raise TypeError("only a folder keeps backups")
    return context.store
