"""New files in a folder that may be new itself: nothing is there yet that a backup would have to keep."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dealer_xl.office.folder import disk


def add_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, each whole or not at all.

    Raises the errors of `disk`.
    """
    disk.make_folder(folder)
    for name, content in files.items():
        disk.replace(disk.write_beside(folder / name, content), folder / name)
