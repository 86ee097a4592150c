"""What differs between Excel on Windows and on a Mac: the few names that xlwings leaves to the program itself, and more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dealer_xl.office.live.blocks import FAULTS

if TYPE_CHECKING:  # xlwings is slow to load
    import xlwings

ON_A_MAC = sys.platform == "darwin"


def asked(api: Any, name: str) -> Any:  # noqa: ANN401 - COM has no types
    """Ask for a property by its COM name; a Mac has it in small letters, and must be told to get it."""
    if not ON_A_MAC:
        return getattr(api, name)
    return getattr(api, re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()).get()


def is_called(app: xlwings.App) -> str:
    """Return what the program calls itself, and where it lies."""
    return f"{asked(app.api, 'Name')} {asked(app.api, 'Path')}"


def answer(app: xlwings.App, question: str, title: str, default: str) -> str | None:
    """Ask for a word in a box; None when staff cancel. A Mac's Excel has no such box, the system has."""
    if not ON_A_MAC:
        given = app.api.InputBox(question, title, default)
        return None if given is False or given is None else str(given)
    lines = (
        "on run words",
        "text returned of (display dialog item 1 of words with title item 2 of words default answer item 3 of words)",
        "end run",
    )
    script = [word for line in lines for word in ("-e", line)]
    said = subprocess.run(  # noqa: S603 - the system's own program, the words are handed over as words
        ["/usr/bin/osascript", *script, question, title, default],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.rstrip("\n") if said.returncode == 0 else None


def the_app() -> xlwings.App:
    """Return the Excel in which a button was clicked; a Mac has one, which may keep its add-ins out of the list of workbooks."""
    import xlwings  # noqa: PLC0415 - slow to load

    if ON_A_MAC and (app := xlwings.apps.active) is not None:
        return app
    return xlwings.Book.caller().app


def values_of(cells: xlwings.Range) -> Sequence[Sequence[object]]:
    """Read cells row by row, errors by their names; on a Mac xlwings fails over these in more than one cell."""
    if not ON_A_MAC:
        found: Sequence[Sequence[object]] = cells.options(ndim=2, err_to_str=True).value
        return found
    values, shown = cells.options(ndim=2).value, _in_rows(cells.api.string_value.get(), cells.shape)
    return [
        [text if text in FAULTS.values() else value for value, text in zip(*row, strict=True)]
        for row in zip(values, shown, strict=True)
    ]


def _in_rows(told: Any, shape: tuple[int, int]) -> Sequence[Sequence[object]]:  # noqa: ANN401 - a cell, a row, or rows
    if shape == (1, 1):
        return [[told]]
    if isinstance(told[0], list):
        return told  # type: ignore[no-any-return]
    return [told] if shape[0] == 1 else [[each] for each in told]


def show_folder(folder: Path) -> None:
    """Show a folder as the system does; Windows would read the address of one with a Chinese name in another code page."""
    if sys.platform == "win32":
        os.startfile(folder)  # noqa: S606 - a folder, which the Explorer shows
    else:
        webbrowser.open(folder.as_uri())


def clear_notes(cells: xlwings.Range) -> None:
    """Take away the notes that came with a copied row."""
    if ON_A_MAC:
        cells.api.clear_Excel_comments()
    else:
        cells.api.ClearComments()


def prepare() -> None:
    """Keep xlwings on Windows from two habits: to end other Excels at exit, and to try a refused call for ever."""
    if sys.platform != "win32":
        return
    import atexit  # noqa: PLC0415 - only here

    from xlwings import _xlwindows  # noqa: PLC0415

    atexit.unregister(_xlwindows.cleanup)
    _xlwindows.N_COM_ATTEMPTS = 1000
