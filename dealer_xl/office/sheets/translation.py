"""Values between a shop's own words and those of our lists: read forwards, written backwards."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dealer_xl.heading_text import normal
from dealer_xl.office.protocols import Cell
from dealer_xl.table_sources import Source


def translated(cells: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return the cells of a part in our words and scales, with the columns that have one value in every row."""
    if not (source.constants or source.words or source.scales):
        return cells
    columns = {heading: cells[heading] for heading in cells.columns}
    for heading, words in source.words.items():
        if heading in columns:
            known = {normal(word): ours for word, ours in words.items()}
            columns[heading] = columns[heading].map(lambda value, known=known: _our_word(value, known))
    for heading, factor in source.scales.items():
        if heading in columns:
            columns[heading] = columns[heading].map(lambda value, factor=factor: _scaled(value, factor))
    for heading, value in source.constants.items():
        columns[heading] = pd.Series([value] * len(cells), index=cells.index, dtype=object)
    return pd.DataFrame(columns, index=cells.index, columns=list(columns), dtype=object)


def to_shop(heading: str, value: Cell, source: Source) -> Cell:
    """Return a value as the shop writes it: its own word for ours (the one it uses most), its own scale."""
    if isinstance(value, str):
        theirs = (word for word, ours in source.words.get(heading, {}).items() if ours == value)
        return next(theirs, value)
    factor = source.scales.get(heading)
    if factor and isinstance(value, int | float) and not isinstance(value, bool):
        return value / factor
    return value


def _our_word(value: object, known: Mapping[str, str]) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    word = value if isinstance(value, str) else f"{value:g}"
    return known.get(normal(word), value)


def _scaled(value: object, factor: float) -> object:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value * factor
    return value
