"""Numbers of a register, counted on from those that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import pandas as pd

_TAIL = re.compile(r"(.*?)(\d+)")


def numbers_after(numbers: pd.Series, prefix: str) -> Iterator[str]:
    """Return numbers that follow the last row's, in its own way of writing; without one, `prefix` and a count.

    A number that is there already is passed over.
    """
    known = set(numbers.dropna())
    last = next(
        (found for each in reversed(numbers.dropna().tolist()) if (found := _TAIL.fullmatch(each))), None
    )
    head, digits = (last[1], last[2]) if last else (prefix, "0000")
    fresh = (f"{head}{value:0{len(digits)}}" for value in count(int(digits) + 1))
    return (number for number in fresh if number not in known)
