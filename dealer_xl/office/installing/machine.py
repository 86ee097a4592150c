"""The computer that the add-in is for: its system, folders, Python and registry, which a test can make up."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import TypeAlias

from dealer_xl.errors import DealerXlError
from dealer_xl.office.installing.own_program import own_program

Registry: TypeAlias = Callable[[str], Mapping[str, object]]
"""Gives the values of a key by their names in small letters; the key's own value has no name. A key that lacks has none."""


def no_registry(_: str) -> Mapping[str, object]:
    """Hold nothing, as on a Mac."""
    return {}


if sys.platform == "win32":
    import winreg
    from itertools import count

    _ROOTS = {
        "HKCR": winreg.HKEY_CLASSES_ROOT,
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
    }

    def registry(key: str) -> Mapping[str, object]:
        """Read a key as 64-bit programs see it; one that lacks or may not be read holds nothing."""
        root, _, path = key.partition("\\")
        values: dict[str, object] = {}
        try:
            with winreg.OpenKey(_ROOTS[root], path, access=winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as found:
                for place in count():
                    name, value, _kind = winreg.EnumValue(found, place)
                    values[name.lower()] = value
        except OSError:  # also how EnumValue says that there are no more
            pass
        return values
else:
    registry: Registry = no_registry

WINDOWS, MAC = "Windows", "Darwin"
ADDIN = "dealer_xl.xlam"
OWN_FOLDER = "dealer-xl"
LONGEST_WAIT = 60.0  # seconds, for a Python that shall tell its version
_OFFICE_ON_MAC = "Library/Group Containers/UBF8T346G9.Office/User Content.localized"
_SCRIPTS_ON_MAC = "Library/Application Scripts/com.microsoft.Excel"

Ask: TypeAlias = Callable[[Sequence[str]], str | None]
"""Runs a program and gives what it says; None when it fails."""


class NoExcelHereError(DealerXlError):
    """There is no Excel for this system."""

    def __init__(self) -> None:
        super().__init__(
            "这台电脑的系统没有 Excel，加载项装不了；其他 dealer-xl 命令照常可用，它们直接读写工作簿文件。"
        )


def ask(words: Sequence[str]) -> str | None:
    """Run a program and return what it says; None when it fails."""
    try:
        said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=LONGEST_WAIT)  # noqa: S603 - the Python that the add-in would start
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return said.stdout.strip()


@dataclass(frozen=True)
class Machine:
    """A computer, and the Python that runs this program on it."""

    system: str
    home: Path
    python: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    registry: Registry = no_registry
    base: Path = Path()  # of which Python's installation a virtual environment is
    frozen: bool = False  # a program of its own, for computers without Python
    version: tuple[int, int] = (3, 11)
    bits: int = 64
    code_page: str = "utf-8"  # in which VBA names files
    console_page: str = "utf-8"  # in which a script of the console reads
    program: Path | None = None  # by which staff start this program
    programs: Path = Path("/Applications")  # on a Mac
    ask: Ask = ask

    @property
    def has_excel(self) -> bool:
        """Return whether there is an Excel for this system."""
        return self.system in {WINDOWS, MAC}

    @property
    def start_folder(self) -> Path:
        """Return from where Excel opens every file when it starts; it trusts the macros there.

        Raises NoExcelHereError.
        """
        if self.system == WINDOWS:
            return self.roaming / "Microsoft" / "Excel" / "XLSTART"
        if self.system == MAC:
            return self.home / _OFFICE_ON_MAC / "Startup.localized" / "Excel"
        raise NoExcelHereError

    @property
    def addins_folder(self) -> Path:
        """Return where Excel's own list of add-ins looks, from which a copy may be loaded besides."""
        if self.system == WINDOWS:
            return self.roaming / "Microsoft" / "AddIns"
        return self.home / _OFFICE_ON_MAC / "Add-Ins.localized"

    @property
    def roaming(self) -> Path:
        """Return where Windows keeps a person's settings."""
        return Path(self.environ.get("APPDATA") or self.home / "AppData" / "Roaming")

    @property
    def own_folder(self) -> Path | None:
        """Return where this program keeps what it notes of itself for this person; None where no shortcut asks."""
        if self.system == WINDOWS:
            return Path(self.environ.get("LOCALAPPDATA") or self.home / "AppData" / "Local") / OWN_FOLDER
        if self.system == MAC:
            return self.home / "Library" / "Application Support" / OWN_FOLDER
        return None

    @property
    def scripts_folder(self) -> Path:
        """Return from where Excel on a Mac may run a script."""
        return self.home / _SCRIPTS_ON_MAC

    @property
    def addin(self) -> Path:
        """Return where the add-in is installed.

        Raises NoExcelHereError.
        """
        return self.start_folder / ADDIN

    @property
    def is_from_the_store(self) -> bool:
        """Return the Python of Microsoft's Store: what it writes into a person's settings no other program sees."""
        return any(
            "windowsapps" in PureWindowsPath(str(place).casefold()).parts
            for place in (self.python, self.base)
        )


def this_machine() -> Machine:
    """Describe the computer that runs this program."""
    return Machine(
        system=platform.system(),
        home=Path.home(),
        python=Path(sys.executable),
        environ=os.environ,
        registry=registry,
        base=Path(sys.base_prefix),
        frozen=bool(getattr(sys, "frozen", False)),
        version=sys.version_info[:2],
        bits=64 if sys.maxsize > 1 << 32 else 32,
        code_page="mbcs" if sys.platform == "win32" else "utf-8",
        console_page="oem" if sys.platform == "win32" else "utf-8",
        program=own_program(),
    )
