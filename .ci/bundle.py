"""Lay out the folder that staff download: the program, its shortcuts, the guide and the licences."""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HOUSE = Path(__file__).resolve().parents[1]
NAME = "dealer-xl"
GUIDE = "第一天.pdf"
LICENCES = "许可"
_SHORTCUTS = {"windows": "*.cmd", "mac": "*.command", "linux": "*.command"}
_DATE = (1980, 1, 1, 0, 0, 0)  # the same contents give the same zip


def system() -> str:
    """Return for which computers a program that is made here runs, as the name of its file has it."""
    return {"win32": "windows", "darwin": "mac"}.get(sys.platform, "linux")


def lay_out(folder: Path, program: Path, system: str, guide: Path, licences: Mapping[str, bytes]) -> None:
    """Fill an empty folder with all that goes into the download."""
    shutil.copytree(program, folder, symlinks=True)
    for path in (HOUSE / "macros").glob(_SHORTCUTS[system]):
        shutil.copy(path, folder)
        (folder / path.name).chmod(0o755)
    shutil.copyfile(guide, folder / GUIDE)
    for name, text in licences.items():
        place = folder / LICENCES / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text)


def pack(folder: Path, target: Path) -> None:
    """Put a folder as dealer-xl/ into one zip; on a Mac some of its files are links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or path.is_file():
                info = ZipInfo(f"{NAME}/{path.relative_to(folder).as_posix()}", _DATE)
                info.compress_type = ZIP_DEFLATED
                info.external_attr = path.lstat().st_mode << 16
                archive.writestr(info, str(path.readlink()) if path.is_symlink() else path.read_bytes())


def unpack(source: Path, folder: Path) -> Path:
    """Take a download apart and return the folder of its program."""
    with ZipFile(source) as archive:
        for info in archive.infolist():
            mode = info.external_attr >> 16
            if stat.S_ISLNK(mode):
                (folder / info.filename).parent.mkdir(parents=True, exist_ok=True)
                (folder / info.filename).symlink_to(archive.read(info).decode())
                continue
            place = Path(archive.extract(info, folder))
            place.chmod(stat.S_IMODE(mode) or 0o644)
    return folder / NAME
