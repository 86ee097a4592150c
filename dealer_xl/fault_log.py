"""Where a fault of the program is written down, so that staff can send it on and never see a traceback.

The log tells where in our own lines it happened, and never whose row it was: what an exception says may hold a
cell's value, so numbers, VINs, names and every word that is not plain English are masked. It lies in a folder of
this user alone.
"""

from __future__ import annotations

import getpass
import logging
import os
import re
import stat
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SYLLABLE = (
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:i?ang|[iuü]?an|i?ong|[eu]?i?ng|iao|uai|ai|[eu]i|ao|[io]?u|[eiuüv]n|i[ae]|u[aoe]|[üv]e|er|[aoeiuüv])"
)
_PRIVATE = re.compile(
    r"[\w.+-]+@[\w.-]+"  # an e-mail address
    r"|\b(?=[0-9]*[A-Za-z])(?:(?=\w*\d)\w{12,}|(?:[A-Za-z]*\d){4}\w*)"  # a VIN or plate, also mistyped
    r"|\b[A-Z](?=\w*\d\w*\d)[A-Z0-9]{5,6}\b|\b[a-z](?=(?:\w*\d){3})[a-z0-9]{5,6}\b"  # a plate without its province
    r"|(?P<number>\+?\d(?:[\d -]*\d)?)"  # a phone, also in groups
    r"|[\w.@-]*[^\x00-\x7f][\w.@-]*"  # names, addresses, plates: any word with a letter that is not English
    r"|\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)+\b|\b[A-Z]{2,}(?: [A-Z]{2,})+\b"  # a name in Latin letters
    rf"|\b(?!None\b)(?=[A-Z])(?i:(?:{_SYLLABLE}){{1,4}})\b"  # a family name alone, by its sound
)
_SHORT = 7  # a line number, an error number or a row tells nothing about anybody
_MOST, _KEPT = 1_000_000, 2  # bytes of a log, and how many older ones are kept
_NAME = "dealer_xl-错误日志"


class _Log(RotatingFileHandler):
    """A log that only its owner may read, and that is written through no link."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        return open(os.open(self.baseFilename, flags, 0o600), "a", encoding="utf-8")  # noqa: PTH123 - the handler closes it

    def handleError(self, _: logging.LogRecord) -> None:  # noqa: N802 - a name of the library
        """Raise to whoever writes; the library would print a traceback on the screen."""
        raise  # noqa: PLE0704 - called while the fault is handled


def write(fault: BaseException) -> Path | None:
    """Append a fault to the log, and return where the log is; None when it can be written nowhere."""
    for folder in _folders():
        # Another program may hold the first, or something else stands there.
        for place in (folder / f"{_NAME}.txt", folder / f"{_NAME}-{os.getpid()}.txt"):
            with suppress(OSError):
                _make_private(folder)
                _append(place, fault)
                return place
    return None


def _folders() -> Iterator[Path]:
    """Name the folders in which a log of this user may lie, the best first."""
    with suppress(RuntimeError):  # a user without a home
        yield _own_folder()
    with suppress(OSError, KeyError, ImportError):  # a machine that knows no users
        yield Path(tempfile.gettempdir()) / f"dealer_xl-{getpass.getuser()}"


def _own_folder() -> Path:
    """Name the folder where this user's programs keep their logs.

    Raises RuntimeError.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "dealer_xl" / "Logs"
    if sys.platform == "darwin":
        return Path.home() / "Library/Logs/dealer_xl"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "dealer_xl"


def _make_private(folder: Path) -> None:
    """Make a folder that nobody else may look into, or see that it is one.

    Raises OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    there = folder.lstat()
    if not stat.S_ISDIR(there.st_mode):
        raise NotADirectoryError(folder)
    if os.name == "posix" and (there.st_uid != os.getuid() or there.st_mode & 0o077):
        raise PermissionError(folder)


def _append(place: Path, fault: BaseException) -> None:
    notes = _Log(place, maxBytes=_MOST, backupCount=_KEPT, encoding="utf-8")
    notes.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("dealer_xl")
    log.propagate = False
    log.addHandler(notes)
    try:
        log.error("fault\n%s", "".join(_told(fault)))
    finally:
        log.removeHandler(notes)
        notes.close()


def told(fault: BaseException) -> str:
    """Write a fault down, and tell staff where."""
    place = write(fault)
    if place is None:
        where = next(_folders(), tempfile.gettempdir())
        return f"程序出错了，没有写完的内容不会保存；错误日志也写不进“{where}”，请检查这个文件夹的权限和剩余空间后再试一次。"
    return f"程序出错了，没有写完的内容不会保存。请把这个文件发给维护人员：{place}"


def masked(text: str) -> str:
    """Take out of a text what could be a person's."""
    return _PRIVATE.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    number = found["number"]
    is_short = number is not None and sum(letter.isdigit() for letter in number) < _SHORT
    return found[0] if is_short else "***"


def _told(fault: BaseException) -> Iterator[str]:
    """Yield a fault after the one that led to it, each with the lines it passed and its masked words."""
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if before is not None:
        yield from _told(before)
        yield "\n"
    yield from traceback.format_tb(fault.__traceback__)
    yield f"{type(fault).__qualname__}: {masked(str(fault))}\n"
