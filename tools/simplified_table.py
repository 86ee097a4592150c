"""Write dealer_xl/simplified.py: which simplified character stands for which traditional one, by OpenCC's tables."""

from __future__ import annotations

import sys
from pathlib import Path

from opencc import OpenCC

CONFIGURATIONS = ("t2s", "hk2s", "tw2s")
"""OpenCC's ways from the traditional scripts of the mainland's older books, Hong Kong and Taiwan."""
FIRST, LAST = 0x3400, 0x9FFF
LINE = 100
HEAD = '''"""Traditional characters and the simplified ones they stand for, by OpenCC's tables; written by `make build`."""

from __future__ import annotations

'''


def pairs() -> list[tuple[str, str]]:
    """Return the characters that a conversion changes, each with what it becomes; the first conversion wins."""
    found: dict[str, str] = {}
    for name in CONFIGURATIONS:
        convert = OpenCC(name).convert
        for character in map(chr, range(FIRST, LAST + 1)):
            simplified = convert(character)
            if len(simplified) == 1 and simplified != character:
                found.setdefault(character, simplified)
    return sorted(found.items())


def source() -> str:
    """Return the text of the module."""
    traditional, simplified = (("".join(side)) for side in zip(*pairs(), strict=True))
    return f"{HEAD}TRADITIONAL = (\n{_lines(traditional)})\nSIMPLIFIED = (\n{_lines(simplified)})\n"


def _lines(text: str) -> str:
    return "".join(f'    "{text[start : start + LINE]}"\n' for start in range(0, len(text), LINE))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(source(), encoding="utf-8")
