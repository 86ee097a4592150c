"""What xlwings leaves to the program itself: the few names that it has under COM, and under appscript on a Mac."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # xlwings is slow to load
    import xlwings

ON_A_MAC = sys.platform == "darwin"


def asked(api: Any, name: str) -> Any:  # noqa: ANN401 - COM has no types
    """Ask for a property by its COM name; a Mac has it in small letters, and must be told to get it."""
    if not ON_A_MAC:
        return getattr(api, name)
    return getattr(api, re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()).get()


def is_called(app: xlwings.App) -> str:
    """Tell what the program calls itself, and where it lies."""
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


def clear_notes(cells: xlwings.Range) -> None:
    """Take away the notes that came with a copied row."""
    if ON_A_MAC:
        cells.api.clear_range_comments()
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
