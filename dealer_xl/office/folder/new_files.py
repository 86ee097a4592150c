"""New files in a folder that may be new itself: nothing is there yet that a backup would have to keep."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import anchored
from dealer_xl.office.folder.lock import holding
from dealer_xl.office.folder.saving import ChangedMeanwhileError


def add_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that are not there yet, each whole or not at all.

    Raises ChangedMeanwhileError, FolderBusyError and the errors of `io_errors`.
    """
    if not files:
        return
    disk.make_folder(folder.resolve())
    shop = anchored(folder)
    with holding(shop):
        disk.remove_temp(shop)
        for name in files:
            if disk.is_there(shop / name):
                raise ChangedMeanwhileError(name)
        for name, content in files.items():
            disk.write_atomic(shop / name, content)
