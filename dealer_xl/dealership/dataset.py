"""Everything the dataset knows on a day: the typed tables, the settings, the calendar, and today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from dealer_xl.dealership import constraints
from dealer_xl.dealership.archive_hints import with_archive_hints
from dealer_xl.dealership.calendar import ShopCalendar, shop_calendar
from dealer_xl.dealership.identity import with_archive_numbers
from dealer_xl.dealership.issues import ERROR, Issue, format_message
from dealer_xl.dealership.known_names import with_known_names
from dealer_xl.dealership.parsed_table import Normalisation, ParsedTable, empty_table, parse_table
from dealer_xl.dealership.parsers import as_text
from dealer_xl.dealership.settings import CHOICES, SETTINGS, WINDOWS, Setting, Settings
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.schema import Column, Kind


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables as far as they can be trusted, under their names, and what they are judged by."""

    tables: Mapping[str, pd.DataFrame]  # index = Excel row, keys as columns, wrong cells blank
    error_masks: Mapping[str, pd.DataFrame]  # which cells hold an error, same shape
    settings: Settings
    calendar: ShopCalendar
    today: pd.Timestamp
    issues: tuple[Issue, ...]  # of single cells, duplicates and references
    normalisations: tuple[Normalisation, ...]
    filled: Mapping[str, Mapping[str, Mapping[int, str]]] = field(
        default_factory=dict
    )  # names and codes that sheets lack: table, key, row
    absent: Mapping[str, frozenset[str]] = field(default_factory=dict)  # headings that the sheets in use lack

    def as_typed(self, table: str, key: str) -> pd.Series:
        """Return a column as people are to see it: text, what could not be read as it was typed, never blank for it."""
        values, column = self.tables[table][key], BY_NAME[table].column(key)
        shown = (
            values.astype("object").map(lambda value: _seen(value, column), na_action="ignore").astype("str")
        )
        typed = {
            issue.row: as_text(issue.value)
            for issue in self.issues
            if issue.table.name == table and issue.column == key
            if issue.severity == ERROR and issue.value is not None
        }
        return shown.fillna(pd.Series(typed, dtype="str").reindex(values.index))

    def lacks(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Return the headings of those columns (each as `Table.key`) that the shop's sheets do not have.

        A table that the shop does not keep at all counts as empty, not as lacking columns.
        """
        named = (column.partition(".") for column in columns)
        headings = ((name, BY_NAME[name].heading(key)) for name, _, key in named)
        return tuple(
            dict.fromkeys(heading for name, heading in headings if heading in self.absent.get(name, ()))
        )


def _seen(value: object, column: Column) -> str:
    """Write a typed value as its cell shows it."""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return as_text(value / 100 if column.kind is Kind.MONEY and isinstance(value, int) else value)


def read_dataset(cells: Mapping[str, pd.DataFrame], today: date) -> Dataset:
    """Parse the tables (name to cells, columns = the headings a sheet has) and judge their single cells.

    A table of which there are no cells is one that the shop does not keep.
    """
    parsed = {
        table.name: with_known_names(parse_table(cells[table.name], table, today))
        if table.name in cells
        else empty_table(table)
        for table in TABLES
    }
    parsed = with_archive_hints(with_archive_numbers(parsed))
    settings, faults = read_settings(parsed["Settings"])
    parsed["Settings"] = parsed["Settings"].with_issues(faults)
    parsed = constraints.with_constraint_issues(parsed)
    valid = {name: each.valid_rows() for name, each in parsed.items()}
    return Dataset(
        tables=valid,
        error_masks={name: each.error_mask() for name, each in parsed.items()},
        settings=settings,
        calendar=shop_calendar(settings, valid["Calendar"]),
        today=pd.Timestamp(today),
        issues=tuple(issue for each in parsed.values() for issue in each.issues),
        normalisations=tuple(
            normalisation for each in parsed.values() for normalisation in each.normalisations
        ),
        absent={name: parsed[name].absent() for name in cells},
        filled={name: each.filled for name, each in parsed.items() if each.filled},
    )


def read_settings(parsed: ParsedTable) -> tuple[Settings, tuple[Issue, ...]]:
    """Read the sheet 设置; a value that cannot be used is an issue, and the default serves."""
    typed = parsed.rows[["key", "value"]].dropna().drop_duplicates("key")
    rows = {key: (int(row), value) for row, key, value in typed.itertuples()}
    known = {setting.label: setting for setting in SETTINGS}
    issues = [
        _issue(row, "key", "not-in-list", key, choices="：参数名不要改动")
        for key, (row, _) in rows.items()
        if key not in known
    ]
    values: dict[str, int | str] = {}
    for label, setting in known.items():
        if label in rows:
            fault = _fault(setting, *rows[label])
            if fault:
                issues.append(fault)
            else:
                values[setting.key] = int(rows[label][1]) if setting.is_number else rows[label][1]
    settings = Settings(**values)  # type: ignore[arg-type]  # the types were judged above
    return _with_windows(settings, rows, issues)


def _fault(setting: Setting, row: int, value: str) -> Issue | None:
    """Judge the value of one setting."""
    if setting.key in CHOICES and value not in CHOICES[setting.key]:
        return _issue(row, "value", "not-in-list", value, choices=f"：{'、'.join(CHOICES[setting.key])}")
    if not setting.is_number:
        return None
    if not value.isdecimal():
        return _issue(row, "value", "not-a-number", value)
    if len(value) > len(str(setting.high)) or not setting.low <= int(value) <= setting.high:
        return _issue(row, "value", "out-of-range", value, low=str(setting.low), high=str(setting.high))
    return None


def _with_windows(
    settings: Settings, rows: Mapping[str, tuple[int, str]], issues: list[Issue]
) -> tuple[Settings, tuple[Issue, ...]]:
    """Put a window whose end lies before its beginning back to its default."""
    by_key = {each.key: each for each in SETTINGS}
    for first, last in ((by_key[first], by_key[last]) for first, last in WINDOWS):
        start, end = getattr(settings, first.key), getattr(settings, last.key)
        if start > end:
            row = rows[last.label][0] if last.label in rows else rows[first.label][0]
            issues.append(_issue(row, "value", "out-of-range", str(end), low=str(start), high=str(last.high)))
            settings = replace(settings, **{first.key: first.default, last.key: last.default})  # type: ignore[arg-type]  # whole numbers
    return settings, tuple(issues)


def _issue(row: int, column: str, code: str, value: str, **words: str) -> Issue:
    return Issue(BY_NAME["Settings"], row, column, code, value, format_message(code, value=value, **words))
