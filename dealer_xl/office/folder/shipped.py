"""The Word templates that come with the program."""

from __future__ import annotations

from pathlib import Path

from dealer_xl.office.folder.stores import TemplateMissingError

_PACKAGE = Path(__file__).resolve().parents[2]
# In a checkout they lie beside the package, in an installed copy inside it.
_FOLDERS = (_PACKAGE.parent / "templates", _PACKAGE / "templates")


def shipped_names() -> list[str]:
    """List the names of the shipped templates."""
    return sorted({path.stem for folder in _FOLDERS for path in folder.glob("*.docx")})


def shipped_template(name: str) -> bytes:
    """Read a shipped template.

    Raises TemplateMissingError.
    """
    if name in shipped_names():
        for folder in _FOLDERS:
            path = folder / f"{name}.docx"
            if path.is_file():
                return path.read_bytes()
    raise TemplateMissingError(name, shipped_names())
