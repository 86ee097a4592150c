"""Names that staff type for what programs know by a code: settings and figures, the codes of older books among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dealer_xl.dealership import settings
from dealer_xl.dealership.figure_names import FIGURE_NAMES, code_of, label_of
from dealer_xl.dealership.parsed_table import ParsedTable


def with_known_names(entries: ParsedTable) -> ParsedTable:
    """Return a table whose settings bear the names of 设置, and whose figures have both their name and their code.

    `filled` are the cells of names and codes that stand blank, or stale, in the sheet.
    """
    columns = set(entries.rows.columns)
    if entries.table.name == "Settings":
        return _completed(entries, _with_setting_names(entries.rows), ("code",))
    if {"label", "code"} <= columns:
        return _completed(entries, _with_codes(entries.rows), ("label", "code"))
    return entries


def _completed(entries: ParsedTable, rows: pd.DataFrame, keys: tuple[str, ...]) -> ParsedTable:
    """Return the table with these rows, and which cells of some columns they fill in."""
    filled = {key: _differing(entries.rows, rows, key) for key in keys}
    return replace(entries, rows=rows, filled={key: cells for key, cells in filled.items() if cells})


def _differing(before: pd.DataFrame, after: pd.DataFrame, key: str) -> Mapping[int, str]:
    """Return the cells to fill in: blank ones, and codes that are stale; a name stays as it was typed."""
    return {
        int(row): value
        for row, value, there in zip(after.index, after[key], before[key], strict=True)
        if pd.notna(value) and (pd.isna(there) or (key == "code" and value != there))
    }


def _with_setting_names(rows: pd.DataFrame) -> pd.DataFrame:
    named = rows["key"].map(settings.label_of, na_action="ignore").astype("str")
    codes = named.map(settings.KEYS, na_action="ignore").astype("str")
    return rows.assign(key=named, code=codes.fillna(rows["code"]))


def _with_codes(rows: pd.DataFrame) -> pd.DataFrame:
    """Fill in codes by the names, and names by the codes where only those were typed.

    A name that was typed rules: the code beside it may be left from what stood there before.
    """
    typed = rows["label"].notna()
    codes = rows["label"].map(code_of, na_action="ignore").where(typed, rows["code"])
    known = codes.isin(FIGURE_NAMES) | ~typed
    labels = codes.map(label_of, na_action="ignore").where(known, rows["label"])
    return rows.assign(label=labels.astype("str"), code=codes.astype("str"))
