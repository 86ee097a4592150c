"""What every command returns: lines for staff, an object for programs, the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, TypeAlias, TypeVar

from rich.console import RenderableType

from dealer_xl.context import Context
from dealer_xl.requests import Request
from dealer_xl.schema import Table

DONE, TO_LOOK_AT, CANNOT_GO_ON = 0, 1, 2
"""Exit codes: done and clean; done and something to look at; cannot go on."""

MOST_LINES = 40
"""More than a screenful is not read; the column 校验 and the sheets hold the rest."""


@dataclass(frozen=True)
class Outcome:
    """What a command shows: lines for staff, an object for programs, and the exit code."""

    lines: Sequence[RenderableType]
    data: Mapping[str, Any]
    code: int = DONE
    headline: str = ""  # one line, and below it what staff must see in the box of a button, too
    written: Sequence[str] = ()  # the files; in a dry run those that would be


R = TypeVar("R", bound=Request)
Presenter: TypeAlias = Callable[[R, Context], Outcome]
"""Runs the job of a request and returns what to show."""


def shortened(lines: Sequence[str], rest: str) -> list[str]:
    """Return a screenful of lines, and how many there are besides."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    return [*lines[:MOST_LINES], f"…… 还有{len(lines) - MOST_LINES}{rest}"]


def names_of(files: Iterable[PurePath]) -> list[str]:
    """Return files as programs read them, with / between folders."""
    return [file.as_posix() for file in files]


def name_of(file: PurePath | None) -> str | None:
    """Return a file as programs read it, if there is one."""
    return None if file is None else file.as_posix()


def with_files(outcome: Outcome, files: Iterable[PurePath], context: Context) -> Outcome:
    """Return an outcome that also names the files that were written, or would be."""
    names = names_of(files)
    written = [f"{'将写入' if context.dry_run else '已写入'}：{'、'.join(names)}"] if names else []
    data = {**outcome.data, "files": names}
    return replace(outcome, lines=[*outcome.lines, *written], data=data, written=names)


def cell_object(table: Table, row: int, column: str) -> dict[str, Any]:
    """Return where a cell stands, by its column's key."""
    return {"workbook": table.workbook, "sheet": table.sheet, "row": row, "column": table.heading(column)}
