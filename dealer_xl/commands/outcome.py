"""What every command is given and gives: its occasion, and its outcome for staff and for programs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, TypeAlias

from rich.console import RenderableType

from dealer_xl import jobs
from dealer_xl.schema import Table

DONE, TO_LOOK_AT = 0, 1


MOST_LINES = 40
"""More than a screenful is not read; the column 校验 and the sheets tell the rest."""


@dataclass(frozen=True)
class Outcome:
    """What a command tells: lines for staff, an object for programs, and the exit code."""

    told: Sequence[RenderableType]
    data: Mapping[str, Any]
    code: int = DONE
    gist: str = ""  # the outcome in one line, and below it what staff must see in the box of a button, too
    places: Sequence[str] = ()  # what was written


@dataclass(frozen=True)
class Occasion:
    """For whom a command runs: the time that stands for now, how the shop's store is opened, who is told and asked."""

    now: datetime
    open_store: Callable[..., jobs.FolderStore] = jobs.closed_files
    tell: jobs.Tell = jobs.silence
    agree: jobs.Agree = jobs.yes

    def store(self, asked: Namespace) -> jobs.FolderStore:
        """Open the store that is asked for."""
        return self.open_store(asked.folder, dry_run=asked.dry_run)

    def run(self, asked: Namespace) -> jobs.Run:
        """Return the run of a job."""
        return jobs.Run(self.store(asked), self.now, self.tell, self.agree)


Command: TypeAlias = Callable[[Namespace, Occasion], Outcome]
"""Takes the words of the command line and the occasion."""


def shortened(lines: Sequence[str], rest: str) -> list[str]:
    """Return a screenful of lines, and how many there are besides."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    return [*lines[:MOST_LINES], f"…… 还有{len(lines) - MOST_LINES}{rest}"]


def names_of(files: Iterable[PurePath]) -> list[str]:
    """Name files as programs read it, with / between folders."""
    return [file.as_posix() for file in files]


def name_of(file: PurePath | None) -> str | None:
    """Name a file, if there is one."""
    return None if file is None else file.as_posix()


def outcome_of(
    told: Sequence[str], gist: str, data: Mapping[str, Any], files: Sequence[PurePath], code: int = DONE
) -> Outcome:
    """Return an outcome that also lists the files written."""
    names = names_of(files)
    written = [f"已写入：{'、'.join(names)}"] if names else []
    return Outcome([*told, *written], {**data, "files": names}, code, gist, names)


def place_object(table: Table, row: int, column: str) -> dict[str, Any]:
    """Return where a cell stands, by its column's key."""
    return {"workbook": table.workbook, "sheet": table.sheet, "row": row, "column": table.heading(column)}
