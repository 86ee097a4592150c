"""Everything the desk knows on a day: the typed tables, the settings, the calendar, and today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dealer_xl.dealership import integrity
from dealer_xl.dealership.calendar import ShopCalendar, shop_calendar
from dealer_xl.dealership.entries import Entries, Reading, read_entries
from dealer_xl.dealership.issues import Issue, says
from dealer_xl.dealership.settings import CHOICES, LARGEST, SETTINGS, Settings
from dealer_xl.dealership.tables import BY_NAME, TABLES


@dataclass(frozen=True, eq=False)
class Desk:
    """The tables as far as they can be trusted, under their names, and what they are judged by."""

    tables: Mapping[str, pd.DataFrame]  # index = Excel row, keys as columns, wrong cells blank
    wrong: Mapping[str, pd.DataFrame]  # which cells hold an error, same shape
    settings: Settings
    calendar: ShopCalendar
    today: pd.Timestamp
    issues: tuple[Issue, ...]  # of single cells, duplicates and references
    readings: tuple[Reading, ...]


def read_desk(cells: Mapping[str, pd.DataFrame], today: date) -> Desk:
    """Read every table (name to cells with headings as columns) and judge its single cells."""
    entries = {table.name: read_entries(cells[table.name], table, today) for table in TABLES}
    settings, faults = read_settings(entries["Settings"])
    entries["Settings"] = entries["Settings"].with_issues(faults)
    entries = integrity.judged(entries)
    trusted = {name: each.trusted() for name, each in entries.items()}
    return Desk(
        tables=trusted,
        wrong={name: each.wrong() for name, each in entries.items()},
        settings=settings,
        calendar=shop_calendar(settings, trusted["Calendar"]),
        today=pd.Timestamp(today),
        issues=tuple(issue for each in entries.values() for issue in each.issues),
        readings=tuple(reading for each in entries.values() for reading in each.readings),
    )


def read_settings(entries: Entries) -> tuple[Settings, tuple[Issue, ...]]:
    """Read the sheet 设置; a value that cannot be used is an issue, and the default serves."""
    known = {setting.key: setting for setting in SETTINGS}
    values: dict[str, int | str] = {}
    issues = []
    for row, key, value in entries.rows[["key", "value"]].dropna().drop_duplicates("key").itertuples():
        if key not in known:
            issues.append(_issue(row, "key", "not-in-list", key, choices="、".join(known)))
        elif known[key].is_number and not value.isdecimal():
            issues.append(_issue(row, "value", "not-a-number", value))
        elif known[key].is_number and (len(value) > len(str(LARGEST)) or int(value) > LARGEST):
            issues.append(_issue(row, "value", "out-of-range", value, low="0", high=str(LARGEST)))
        elif value not in CHOICES.get(key, (value,)):
            issues.append(_issue(row, "value", "not-in-list", value, choices="、".join(CHOICES[key])))
        else:
            values[key] = int(value) if known[key].is_number else value
    return Settings(**values), tuple(issues)  # type: ignore[arg-type]  # the types were judged above


def _issue(row: int, column: str, code: str, value: str, **words: str) -> Issue:
    return Issue(BY_NAME["Settings"], row, column, code, value, says(code, value=value, **words))
