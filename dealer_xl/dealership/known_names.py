"""Names that staff type for what programs know by a code: settings and figures, the codes of older books among them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dealer_xl.dealership import settings
from dealer_xl.dealership.entries import Entries
from dealer_xl.dealership.figure_names import FIGURE_NAMES, code_of, label_of


def with_known_names(entries: Entries) -> Entries:
    """Return a table whose settings bear the names of 设置, and whose figures have both their name and their code."""
    columns = set(entries.rows.columns)
    if entries.table.name == "Settings":
        return replace(entries, rows=_with_setting_names(entries.rows))
    if {"label", "code"} <= columns:
        return replace(entries, rows=_with_codes(entries.rows))
    return entries


def _with_setting_names(rows: pd.DataFrame) -> pd.DataFrame:
    named = rows["key"].map(settings.label_of, na_action="ignore").astype("str")
    return rows.assign(key=named)


def _with_codes(rows: pd.DataFrame) -> pd.DataFrame:
    """Fill in codes by the names, and names by the codes where only those were typed.

    A name that was typed rules: the code beside it may be left from what stood there before.
    """
    typed = rows["label"].notna()
    codes = rows["label"].map(code_of, na_action="ignore").where(typed, rows["code"])
    known = codes.isin(FIGURE_NAMES) | ~typed
    labels = codes.map(label_of, na_action="ignore").where(known, rows["label"])
    return rows.assign(label=labels.astype("str"), code=codes.astype("str"))
