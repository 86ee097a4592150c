"""What Windows' registry holds; a test gives a dictionary instead."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TypeAlias

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
