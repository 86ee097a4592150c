"""What a rule over several cells is; the rules themselves stand by the table they judge, in `*_rules.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import WARNING
from dealer_xl.dealership.settings import Settings


@dataclass(frozen=True)
class Rule:
    """A rule over several cells of a row."""

    code: str  # its sentence stands in issues.MESSAGES
    table: str
    looks_at: tuple[str, ...]  # the first gets the colour
    broken: Callable[[Dataset], pd.Series]  # yes or no for rows of the table; those not named keep the rule
    words: Callable[[Settings], Mapping[str, object]] = lambda _: {}
    severity: str = WARNING
    one_of: tuple[str, ...] = ()  # the first blank one among these gets the colour instead
