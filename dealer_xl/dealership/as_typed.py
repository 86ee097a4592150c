"""What a person is shown of a cell that cannot be read: what was typed there (only computing needs trusted cells)."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR
from dealer_xl.dealership.parsers import as_text, is_blank


def with_typed(dataset: Dataset, name: str, keys: Collection[str]) -> pd.DataFrame:
    """Return a table's rows with what was typed into the wrong cells of some text columns."""
    rows = dataset.tables[name]
    wrong = [
        (issue.row, issue.column, as_text(issue.value))
        for issue in dataset.issues
        if issue.table.name == name
        and issue.column in keys
        and issue.severity == ERROR
        and issue.row in rows.index
        and not is_blank(issue.value)
    ]
    typed: dict[str, dict[int, str]] = {}
    for row, key, text in wrong:
        typed.setdefault(key, {})[row] = text
    shown = {
        key: rows[key].fillna(pd.Series(cells, dtype="str").reindex(rows.index).astype("str"))
        for key, cells in typed.items()
    }
    return rows.assign(**shown)
