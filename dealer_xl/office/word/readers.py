"""To whom a letter goes, as it stands on an envelope, a label or a list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reader:
    """One reader: the letter's number, the lines of the name, the address, and what a list shows besides."""

    number: str
    names: tuple[str, ...]
    address: str
    postcode: str
    plate: str = ""
    phone: str = ""
