"""Personal data made unreadable in what a command tells, for screens and files that go to others (`--mask`).

What a person is known by stands under known keys of a command's object; there it is masked, and wherever the same
words stand in the other sentences and in the lines for staff.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

_STAR = "＊"


def _name(word: str) -> str:
    return word[:1] + _STAR * len(word[1:])


def _number(word: str) -> str:
    return word[:2] + _STAR * len(word[2:-2]) + word[-2:] if len(word) > 6 else _STAR * len(word)


def _typed(word: str) -> str:
    """Mask what stood in a wrong cell: it may be anything."""
    return _STAR * len(word)


def _file(word: str) -> str:
    """Mask whose letter a file is; its register number stays."""
    return re.sub(r"_[^/]*(?=\.docx$)", f"_{_STAR}", word)


MASKS: Mapping[str, Callable[[str], str]] = {
    "customer": _name,
    "plate": _number,
    "phone": _number,
    "value": _typed,
    "suggestion": _typed,
    "file": _file,
    "files": _file,
    "removed": _file,
    "restored": _file,
}
"""What stands under a key of a command's object is masked so."""

SHORTEST = 2  # a single letter stands in many words


class Masking:
    """The personal words of one outcome, and what stands in their place."""

    def __init__(self, told: object) -> None:
        words = {
            word: MASKS[key](word) for key, word in _words(told) if key in MASKS and len(word) >= SHORTEST
        }
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def line(self, text: str) -> str:
        """Return a sentence without those words."""
        return self._pattern.sub(lambda found: self._words[found[0]], text)

    def data(self, told: object, key: str = "") -> object:
        """Return an object of plain values without those words."""
        if isinstance(told, Mapping):
            return {name: self.data(value, name) for name, value in told.items()}
        if isinstance(told, Sequence) and not isinstance(told, str):
            return [self.data(value, key) for value in told]
        if not isinstance(told, str):
            return told
        return MASKS[key](told) if key in MASKS else self.line(told)


def _words(told: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(told, Mapping):
        for name, value in told.items():
            yield from _words(value, name)
    elif isinstance(told, Sequence) and not isinstance(told, str):
        for value in told:
            yield from _words(value, key)
    elif isinstance(told, str):
        yield key, told
