"""Why the program cannot go on: one sentence for staff each, caught where staff are spoken to.

A wrong entry is no exception but data: see `dealership.issues`. Each class stands next to
the code that raises it, unless both rooms raise it; it writes its own sentence from typed arguments.
"""

from __future__ import annotations

from typing import Any


class DealerXlError(Exception):
    """The program cannot go on, and the message tells staff why and what to do."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as what it says, and not as what it was made of."""
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[DealerXlError], says: tuple[object, ...]) -> DealerXlError:
    error = kind.__new__(kind)
    error.args = says
    return error


class CancelledError(DealerXlError):
    """Staff were asked whether to go on, and said no."""

    def __init__(self) -> None:
        super().__init__("已取消，什么都没有写入。")
