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
from dealer_xl.office.installing.registry import Registry, no_registry, registry

WINDOWS, MAC = "Windows", "Darwin"
ADDIN = "dealer_xl.xlam"
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
    )
