"""Where this program lies, noted for the shortcuts in macros/: they may have been copied anywhere."""

from __future__ import annotations

from pathlib import Path

from dealer_xl.office.installing.machine import Machine

RECORD = "program.txt"


def program_record(machine: Machine) -> dict[Path, bytes]:
    """Return the file that the shortcuts read, with one line, the path of the program.

    Nothing where no shortcut asks, or where the console could not read the path in its code page.
    """
    if machine.own_folder is None or machine.program is None:
        return {}
    try:
        line = f"{machine.program}\n".encode(machine.console_page)
    except UnicodeEncodeError:
        return {}
    return {machine.own_folder / RECORD: line}
