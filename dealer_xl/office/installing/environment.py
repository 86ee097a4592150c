"""What a check of this computer looks at, and what it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.installing.addin_settings import interpreter_key, settings_in
from dealer_xl.office.installing.machine import MAC, WINDOWS, Machine

OK, WARN, FAIL = "ok", "warn", "fail"
EXCELS = ("16.0", "15.0", "14.0")
"""Under which numbers Excel keeps its settings: 2016 and all after it, 2013, 2010."""

EXCEL_PROGRAM = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
"""Where the registry tells in which folder Excel lies."""


@dataclass(frozen=True)
class CheckResult:
    """What a check found: one sentence, and what to do when all is not well."""

    state: str
    message: str
    remedy: str = ""


def fine(message: str) -> CheckResult:
    """Return that all is well."""
    return CheckResult(OK, message)


def warning(message: str, remedy: str) -> CheckResult:
    """Return what may go wrong."""
    return CheckResult(WARN, message, remedy)


def failure(message: str, remedy: str) -> CheckResult:
    """Return why the buttons cannot work."""
    return CheckResult(FAIL, message, remedy)


@dataclass(frozen=True)
class Environment:
    """The computer that is looked at, the add-in that came with the program, and the shop's folder if one is named."""

    machine: Machine
    shipped: bytes | None
    folder: Path | None = None

    @cached_property
    def installed(self) -> bytes | None:
        """Read the add-in that Excel opens; None when there is none."""
        return disk.read_if_there(self.machine.addin) if self.machine.has_excel else None

    @cached_property
    def interpreter(self) -> str:
        """Return which Python the add-in starts; an empty text when none is named."""
        return settings_in(self.installed).get(interpreter_key(self.machine), "")

    def value(self, key: str, name: str = "") -> object:
        """Read one value of the registry."""
        return self.machine.registry(key).get(name.lower())


CheckFunction: TypeAlias = Callable[[Environment], CheckResult | None]
"""Looks at one thing; None when there is nothing to tell of this computer."""


@dataclass(frozen=True)
class Check:
    """One trap: its code, how one sees it, and on which systems it lies."""

    code: str
    look: CheckFunction
    systems: frozenset[str] = frozenset((WINDOWS, MAC))


EVERYWHERE = frozenset[str]()
"""On every system."""
ON_WINDOWS, ON_MAC = frozenset((WINDOWS,)), frozenset((MAC,))


def there(path: Path) -> bool:
    """Return whether there is such a file, as far as one may look."""
    try:
        return disk.is_file(path)
    except DealerXlError:
        return False
