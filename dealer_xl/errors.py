"""Why the program cannot go on: one sentence for staff each, caught where staff are spoken to.

A wrong entry is no exception but data: see `dealership.issues`. Each class stands next to
the code that raises it, unless both rooms raise it; it writes its own sentence from typed arguments.
"""

from __future__ import annotations


class DealerXlError(Exception):
    """The program cannot go on, and the message tells staff why and what to do."""


class CancelledError(DealerXlError):
    """Staff were asked whether to go on, and said no."""

    def __init__(self) -> None:
        super().__init__("已取消，什么都没有写入。")
