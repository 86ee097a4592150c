"""Run a piece of work in a process of its own, with a limit on its time and memory, and tell how it ended."""

from __future__ import annotations

import math
import os
import pickle
import resource
import select
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

GIB = 1024**3
WAITS = 10  # times as long by the clock, for what waits without working


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """How a child ended: with a value, with an exception, or not of its own will."""

    value: T | None
    error: str  # the traceback of an exception that nobody caught
    died: str  # `hung` or the signal's name
    seconds: float
    peak: int  # bytes

    @property
    def is_whole(self) -> bool:
        """Return whether the work came to its end."""
        return not self.error and not self.died


def in_child(work: Callable[[], T], *, seconds: float, memory: int = GIB) -> Outcome[T]:
    """Do the work in a forked child that may take so many seconds of the processor and so many bytes of memory."""
    began = time.monotonic()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_child(work, writing, seconds, memory)
    os.close(writing)
    sent, hung = _received(reading, began + WAITS * seconds)
    if hung:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    took, peak = time.monotonic() - began, usage.ru_maxrss * 1024
    if hung or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return Outcome(None, "", "hung", took, peak)
    if os.WIFSIGNALED(status) or not sent:
        name = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else f"exit {status}"
        return Outcome(None, "", name, took, peak)
    value, error = pickle.loads(sent)  # noqa: S301 - our own child's
    return Outcome(value, error, "", took, peak)


def _be_the_child(work: Callable[[], T], writing: int, seconds: float, memory: int) -> None:
    """Never comes back."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a panic of the reader prints itself
        try:
            answer = pickle.dumps((work(), ""))
        except BaseException:  # noqa: BLE001 - a child that fails says how
            answer = pickle.dumps((None, traceback.format_exc()))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _received(reading: int, deadline: float) -> tuple[bytes, bool]:
    pieces: list[bytes] = []
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while True:
            ready, _, _ = select.select([pipe], [], [], max(deadline - time.monotonic(), 0))
            if not ready:
                return b"", True
            piece = pipe.read(1 << 20)
            if not piece:
                return b"".join(pieces), False
            pieces.append(piece)
