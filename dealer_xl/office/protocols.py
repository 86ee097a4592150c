"""What every host of a workbook hands over: cells as they are.

Between the two rooms goes a pandas table: index = the id of a row, columns = the schema's headings
(whatever the shop itself calls them), values = what the cell holds, untouched: str, float, int, bool, date, datetime, time, or None for
an empty cell. A cell that shows an Excel error holds its name as text (`#N/A`).
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TypeAlias

Cell: TypeAlias = str | float | int | bool | date | datetime | time | None
