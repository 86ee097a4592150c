"""The file by which staff start this program, from whatever kind of installation it runs."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

PROGRAM = "dealer-xl"


def own_program() -> Path | None:
    """Return the program of this installation; None when there is none, as beside bare sources."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable)
    name = f"{PROGRAM}.exe" if os.name == "nt" else PROGRAM
    started = Path(sys.argv[0]).absolute()  # what starts Python on Windows may leave out its ending
    named = [started.with_name(name)] if started.stem == PROGRAM else []
    user = sysconfig.get_preferred_scheme("user")
    folders = (
        Path(sys.executable).parent,
        Path(sysconfig.get_path("scripts")),
        Path(sysconfig.get_path("scripts", user)),
    )
    places = [*named, *(folder / name for folder in folders)]
    return next((place for place in places if place.is_file()), None)
