"""Names as the journal keeps them: it is never cleared, so it must not tell who was written to.

A letter is called by its register number and the customer's name; the journal keeps the number alone. Which file that
is, the folder tells where the file lies, or the command's folder of backups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath, PurePosixPath

from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath
from dealer_xl.office.folder.io_errors import OddPlaceError
from dealer_xl.office.word.filenames import is_device

_PERSON = re.compile(r"(?<=_)[^/_][^/]*(?=\.docx$)")
_HIDDEN = "＊"
_UNFIT = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_ID = re.compile(r"\d{8}-\d{6}-[^\x00-\x1f]+")


def hidden(path: str) -> str:
    """Return a path without the name of the person whom a letter is for."""
    return _PERSON.sub(_HIDDEN, path)


def inside(path: object) -> str:
    """Return a path that leads to a place inside the folder, on every system; anybody may have edited it.

    Raises ValueError.
    """
    if not isinstance(path, str) or not _leads_inside(path):
        raise ValueError(f"{path} is not inside the folder")
    return path


def plain_id(name: object) -> str:
    """Return an id such as a command is given, which is also the name of its folder of backups.

    Raises ValueError.
    """
    if not isinstance(name, str) or not _ID.fullmatch(name) or "/" in inside(name):
        raise ValueError(name)
    return name


def _leads_inside(path: str) -> bool:
    """Return whether each part names one file or folder, the same one on every system.

    Windows takes a backslash for another step, a colon for a drive or a stream, and leaves out dots and spaces at the
    end; so of all that leads upwards or elsewhere nothing is left.
    """
    return not _UNFIT.search(path) and all(
        part == part.strip() and part[-1:] not in ("", ".") and not is_device(part)
        for part in path.split("/")
    )


def named(folders: Iterable[AnchoredPath], paths: Iterable[str]) -> Mapping[str, PurePath]:
    """Find, by the path that the journal keeps, the file that is meant, where it lies in one of some folders.

    What lies in none is called as the journal calls it.
    Raises the errors of `io_errors`.
    """
    hidden_ones = [path for path in paths if _HIDDEN in path]
    above = {PurePosixPath(path).parent for path in hidden_ones}
    there = {hidden(path): path for folder in folders for path in _files_in(folder, above)}
    return {path: PurePath(there.get(path, path)) for path in paths}


def _files_in(folder: AnchoredPath, above: Iterable[PurePosixPath]) -> Iterator[str]:
    for each in above:
        try:
            names = disk.names(folder / each)
        except OddPlaceError:
            continue
        yield from ((each / name).as_posix() for name in names)
