"""Look up in one table what another table's rows name."""

from __future__ import annotations

import pandas as pd


def look_up(keys: pd.Series, by: pd.Series) -> pd.Series:
    """Return, for each key, the value that stands under it, blank where there is none; `by` has each key once.

    `Series.map` would do, but loses the type of dates when there is nothing to look up in.
    """
    return by.reindex(keys).set_axis(keys.index)
