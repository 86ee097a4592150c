"""File names made of what staff typed: every system takes them, and nobody is misled by them."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 80
MOST_BYTES = 200  # file systems take 255; a register number and an ending still have to fit
UNNAMED = "未命名"

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
# Control and format characters (a right-to-left override turns "docx.exe" round), lone surrogates.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
# Windows keeps these for devices, whatever the ending: CON.docx cannot be made.
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}) | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}


def safe_name(text: str) -> str:
    """Turn a text into a file name, without ending, that is never empty and good on every system."""
    name = unicodedata.normalize("NFC", _without_unseen(text))
    name = _trimmed(_FORBIDDEN.sub("_", " ".join(name.split())))
    if is_device(name):
        name = f"_{name}"
    return _trimmed(_shortened(name)) or UNNAMED


def _without_unseen(text: str) -> str:
    kept = (character if not character.isspace() else " " for character in text)
    return "".join(character for character in kept if unicodedata.category(character) not in _UNSEEN)


def _trimmed(name: str) -> str:
    # Windows drops dots and spaces at the end; a dot in front hides a file, `~$` makes it Word's own.
    return name.lstrip(" .~").rstrip(" .")


def is_device(name: str) -> bool:
    """Return whether Windows takes a name, whatever its ending, for a device."""
    return name.partition(".")[0].rstrip(" ").upper() in _DEVICES


def _shortened(name: str) -> str:
    return name[:MOST_CHARACTERS].encode()[:MOST_BYTES].decode(errors="ignore")
