"""What a rule over several cells is; the rules themselves stand by the table they judge, in `*_rules.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import WARNING
from dealer_xl.dealership.settings import Settings


@dataclass(frozen=True)
class Rule:
    """A rule over several cells of a row."""

    code: str
    table: str
    looks_at: tuple[str, ...]  # the first gets the colour
    broken: Callable[[Dataset], pd.Series]  # yes or no for rows of the table; those not named keep the rule
    words: Callable[[Settings], Mapping[str, object]] = lambda _: {}
    severity: str = WARNING
    also_reads: tuple[
        str, ...
    ] = ()  # further columns, as `Table.key`; where a sheet lacks one, the rule is silent
    uses: tuple[str, ...] = ()  # columns, as `Table.key`, that it reads where a sheet has them
    silenced_by: tuple[str, ...] = ()  # keys; without any, an error in whatever it reads of the row
    one_of: tuple[str, ...] = ()  # the first blank one among these gets the colour instead
    message: str = field(kw_only=True)  # what is wrong and what to do, with `words` filled in
    source: str = field(
        default="", kw_only=True
    )  # the domain IDs or the law it comes from; blank: the house's own

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column without which the rule is silent, as `Table.key`."""
        return (*(f"{self.table}.{key}" for key in self.looks_at), *self.also_reads)

    @property
    def silencing(self) -> list[str]:
        """The keys of the columns of its own table in which an error silences it: those that it reads."""
        if self.silenced_by:
            return list(self.silenced_by)
        named = (column.partition(".") for column in (*self.reads, *self.uses))
        return list(dict.fromkeys(key for table, _, key in named if table == self.table))
