"""What is printed: every letter on any console, and no fault when nobody reads any more (`… | head`)."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:  # `--help` need not load rich
    from rich.console import RenderableType

_NOBODY_READS = (errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN)
"""A closed pipe; on Windows it is EINVAL."""


class Screen:
    """The console: lines for staff on stdout, or on stderr where stdout belongs to a JSON object."""

    def __init__(self, *, as_json: bool = False) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(
                stream, TextIOWrapper
            ):  # a console of an older code page shows a ? for what it lacks
                stream.reconfigure(encoding="utf-8" if as_json else None, errors="replace")

    def show(self, line: RenderableType) -> None:
        """Print a line or a table."""
        self._print(line, sys.stdout)

    def show_beside(self, line: RenderableType) -> None:
        """Print a line or a table on stderr, beside what belongs to stdout."""
        self._print(line, sys.stderr)

    def finish(self) -> None:
        """Print what is still to be printed, as argparse left it."""
        with reader_may_leave(sys.stdout):
            sys.stdout.flush()

    def _print(self, line: RenderableType, stream: TextIO) -> None:
        with reader_may_leave(stream):
            if isinstance(line, str):
                print(line, file=stream, flush=True)
                return
            _print_table(line, stream)
            stream.flush()


def _print_table(table: RenderableType, stream: TextIO) -> None:
    from rich.console import Console  # noqa: PLC0415 - as above

    console = Console(markup=False, highlight=False, file=stream)
    with console.capture() as captured:
        console.print(table)
    stream.write(captured.get())


@contextmanager
def reader_may_leave(stream: TextIO) -> Iterator[None]:
    """Print, and if nobody reads any more print into nothing from then on."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in _NOBODY_READS:
            raise
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
