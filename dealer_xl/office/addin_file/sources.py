"""Where the add-in's sources lie: its macros and ribbon, and the modules of xlwings that start Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]
# In a checkout they lie beside the package, in an installed copy inside it.
_FOLDERS = (_PACKAGE.parent / "macros", _PACKAGE / "macros")
_FROM_XLWINGS = ("xlwings.bas", "addin/Dictionary.cls")
_BARE = 'In Range(sht.Range("A1"), lastCell)'
_QUALIFIED = 'In sht.Range(sht.Range("A1"), lastCell)'
_NAME = re.compile(r'^Attribute VB_Name = "(\w+)"', re.MULTILINE)


@dataclass(frozen=True)
class Module:
    """One module of VBA, as its .bas or .cls file has it."""

    source: str

    @property
    def name(self) -> str:
        """Return the name under which Excel lists the module.

        Raises ValueError when its file says none.
        """
        (name,) = _NAME.findall(self.source)
        return str(name)

    @property
    def is_class(self) -> bool:
        """Return whether it is a class module, by the heading of its exported file."""
        return self.source.startswith("VERSION")


def macros() -> tuple[Module, ...]:
    """Read our own modules: the macros behind the buttons."""
    return tuple(module_of(path.read_bytes()) for path in sorted(macros_folder().glob("*.bas")))


def runner() -> tuple[Module, ...]:
    """Read the modules of xlwings that give RunPython; on a Mac it needs its own dictionary.

    Raises ValueError when the line that is mended is not there any more.
    """
    return tuple(_mended(module_of(files("xlwings").joinpath(path).read_bytes())) for path in _FROM_XLWINGS)


def _mended(module: Module) -> Module:
    """Make RunPython read its settings when no workbook is open, too: a bare Range is one of the sheet in front."""
    if module.is_class:
        return module
    if module.source.count(_BARE) != 1:
        raise ValueError(f"look at what became of “{_BARE}” in {module.name}")
    return Module(module.source.replace(_BARE, _QUALIFIED))


def module_of(content: bytes) -> Module:
    """Read the file of a module; VBA's own line ending is that of Windows.

    Raises UnicodeDecodeError when there is more than ASCII in it: a module has no Chinese, since VBA keeps its
    source in the code page of the machine.
    """
    lines = content.decode("ascii").splitlines()
    return Module("".join(f"{line}\r\n" for line in lines))


def ribbon() -> bytes:
    """Read the ribbon, as Excel from 2010 on reads it."""
    return (macros_folder() / "ribbon.xml").read_bytes()


def addin_path() -> Path:
    """Return where the built add-in lies."""
    return macros_folder() / "dealer_xl.xlam"


def macros_folder() -> Path:
    """Find the folder of the macros."""
    return next((folder for folder in _FOLDERS if folder.is_dir()), _FOLDERS[0])
