"""The Word templates that come with the program."""

from __future__ import annotations

from pathlib import Path

from dealer_xl.office.folder.store_errors import TemplateMissingError

_PACKAGE = Path(__file__).resolve().parents[2]
# In a checkout they lie beside the package, in an installed copy inside it.
_FOLDERS = (_PACKAGE.parent / "templates", _PACKAGE / "templates")


def shipped_names() -> list[str]:
    """List the names of the shipped templates."""
    return sorted(_places())


def shipped_template(name: str) -> bytes:
    """Read a shipped template.

    Raises TemplateMissingError.
    """
    places = _places()
    if name not in places:
        raise TemplateMissingError(name, sorted(places))
    return places[name].read_bytes()


def _places() -> dict[str, Path]:
    return {path.stem: path for folder in _FOLDERS for path in folder.glob("*.docx")}
