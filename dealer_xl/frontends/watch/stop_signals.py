"""Every way in which staff and systems end a program comes as KeyboardInterrupt while it watches."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ALWAYS = ("SIGINT", "SIGTERM", "SIGBREAK")
"""Ctrl+C, also where a shell began the program in the background and had it ignored; the end of a service; Ctrl+Break
and a closed console on Windows."""
_UNLESS_IGNORED = ("SIGHUP",)
"""A closed console; who begins the program by nohup wants it to go on."""


@contextmanager
def stop_signals() -> Iterator[None]:
    """Raise KeyboardInterrupt at any of the signals that end a program, and put the handlers back afterwards."""
    if threading.current_thread() is not threading.main_thread():  # only there a signal can be handled
        yield
        return
    before = {number: signal.signal(number, _interrupt) for number in _numbers()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _numbers() -> list[signal.Signals]:
    there = {each.name: each for each in signal.Signals}
    always = [there[name] for name in _ALWAYS if name in there]
    wanted = [there[name] for name in _UNLESS_IGNORED if name in there]
    return [*always, *(each for each in wanted if signal.getsignal(each) is not signal.SIG_IGN)]


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
