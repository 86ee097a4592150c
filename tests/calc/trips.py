"""How often each button crosses over to the running program: `make trips` prints the table of docs/add-in.md."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import xlwings
from calc_addin import addin_open
from xlwings_calc import CalcEngine, registered, running_calc

from dealer_xl import addin, jobs
from dealer_xl.actions import label_of
from dealer_xl.dealership.tables import BOOKS

CLICKS = ("check", "today", "summary", "letters", "plan", "undo")
OPEN = (*((name,) for name in BOOKS), tuple(BOOKS))


def opened(app: xlwings.App, folder: Path, names: Sequence[str]) -> None:
    """Have just these workbooks of a folder open, the last in front."""
    for book in list(app.books):
        book.close()
    for name in names:
        app.books.open(str(folder / name))
    app.books[names[-1]].set_mock_caller()
    app.books[names[-1]].activate()


def clicked(engine: CalcEngine, command: str) -> tuple[int, int, int, str]:
    """Click a button, and tell blocks read, blocks written, other calls, and what was said last."""
    before = engine.counted.reads, engine.counted.writes, engine.counted.asks
    engine.alerts.clear()
    getattr(addin, command)()
    after = engine.counted.reads, engine.counted.writes, engine.counted.asks
    reads, writes, asks = (later - earlier for earlier, later in zip(before, after, strict=True))
    return reads, writes, asks, engine.alerts[-1].prompt


def table(engine: CalcEngine, store: Path, place: Path) -> Iterator[tuple[Sequence[str], str, int, int, int]]:
    """Click every button with each workbook open alone, and with all of them: names, command, reads, writes, asks."""
    app = xlwings.apps.active
    assert app is not None
    for number, names in enumerate(OPEN):
        folder = place / f"店{number}"
        shutil.copytree(store, folder)
        opened(app, folder, names)
        for command in CLICKS:
            reads, writes, asks, said = clicked(engine, command)
            if "没有写入" in said:
                raise RuntimeError(said)
            yield names, command, reads, writes, asks


def main(vehicles: int) -> None:
    """Print the table as Markdown."""
    with (
        tempfile.TemporaryDirectory() as place,
        running_calc() as program,
        registered(program) as engine,
        addin_open(program),
    ):
        store = Path(place) / "演示"
        jobs.make_sample_store(store, datetime.now(), vehicles=vehicles)  # noqa: DTZ005 - the shop's own clock
        print("| open | button | blocks read | blocks written | other calls |\n|---|---|--:|--:|--:|")  # noqa: T201
        for names, command, *counts in table(engine, store, Path(place)):
            which = names[0].removesuffix(".xlsx") if len(names) == 1 else "all four"
            print(f"| {which} | {label_of(command)} | {' | '.join(map(str, counts))} |")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
