"""Where a fault of the program is written down, so that staff can send it on and never see a traceback.

The log tells where in our own lines it happened, and never whose row it was: what an exception says may hold a
cell's value, so numbers, VINs and every word that is not plain English are masked.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PRIVATE = re.compile(
    r"\b(?=[0-9]*[A-Za-z])(?:(?=\w*\d)\w{12,}|(?:[A-Za-z]*\d){4}\w*)"  # a VIN or plate, also mistyped
    r"|(?P<number>\+?\d(?:[\d -]*\d)?)"  # a phone, also in groups
    r"|[\w.@-]*[^\x00-\x7f][\w.@-]*"  # names, addresses, plates: any word with a letter that is not English
)
_SHORT = 7  # a line number, an error number or a row tells nothing about anybody


def write(fault: BaseException) -> Path | None:
    """Append a fault to the log, and return where the log is; None when it can be written nowhere."""
    folder = Path(tempfile.gettempdir())
    # Another user of the machine may have begun the first, and this one may not write into it.
    for place in (folder / "dealer_xl-错误日志.txt", folder / f"dealer_xl-错误日志-{os.getpid()}.txt"):
        with suppress(OSError):
            _append(place, fault)
            return place
    return None


def _append(place: Path, fault: BaseException) -> None:
    notes = logging.FileHandler(place, encoding="utf-8", delay=True)
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
        where = tempfile.gettempdir()
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
