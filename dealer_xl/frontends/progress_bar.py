"""How far long work is, on the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bars

from dealer_xl.context import Progress


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a bar on stderr while work goes on; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task("", total=None)

        def show(step: str, done: int, total: int, /) -> None:
            bars.update(bar, description=step, completed=done, total=total)

        yield show
