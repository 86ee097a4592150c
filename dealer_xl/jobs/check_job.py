"""Button 校验: find every wrong entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

import pandas as pd

from dealer_xl.context import Context
from dealer_xl.dealership import change_tracking
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import OWN
from dealer_xl.dealership.issues import Issue, status_texts
from dealer_xl.dealership.parsed_table import Normalisation
from dealer_xl.dealership.tables import BY_NAME, CHANGES, TABLES
from dealer_xl.jobs.row_headings import to_headings
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.headings import HeadingMissingError
from dealer_xl.schema import CHECK, Table

Mended: TypeAlias = dict[Table, dict[str, dict[int, Cell]]]
"""Table to column to row to what the cell shall hold."""


@dataclass(frozen=True)
class Checked:
    """What `check_entries` found and wrote."""

    issues: tuple[Issue, ...]
    normalisations: tuple[Normalisation, ...]  # cells that were understood, but not as they were typed
    fixed: int  # cells put into plain form
    by_formula: int  # cells that were not, since a formula of the shop stands there
    changes: int  # rows added to 变更记录
    files: Sequence[PurePath]


def check_entries(context: Context, *, fix: bool = False) -> Checked:
    """Find every wrong entry and say in 校验 what is wrong; with `fix`, put what was understood into plain form."""
    cells = context.tables()

    context.progress("检查", 0, 1)
    dataset = context.dataset()
    mended, by_formula = _writable(context, _mended(dataset)) if fix else ({}, 0)
    if mended:
        cells = _with_mended(cells, mended)
        dataset = context.judged(cells)
    seen = context.store.read_file(PurePath(change_tracking.PLACE))
    changes = change_tracking.changes(dataset, seen)
    context.progress("检查", 1, 1)

    for table, key, values in _columns(mended):
        context.store.workbook(table.workbook).write_cells(table, table.heading(key), values)
    _write_codes(context, dataset)
    _write_status_texts(context, cells, dataset.issues)
    context.store.workbook(CHANGES.workbook).append_rows(CHANGES, to_headings(CHANGES, changes))
    remembered = change_tracking.snapshot_of(dataset, seen)
    if remembered != seen:
        context.store.stage_file(PurePath(change_tracking.PLACE), remembered)
    files = context.save("check", keep=dataset.settings.backup_keep)
    fixed = sum(len(values) for _, _, values in _columns(mended))
    return Checked(dataset.issues, dataset.normalisations, fixed, by_formula, len(changes), files)


def _mended(dataset: Dataset) -> Mended:
    """Gather what was understood otherwise than typed, and what can be proved."""
    mended: Mended = {}
    for normalisation in dataset.normalisations:
        mended.setdefault(normalisation.table, {}).setdefault(normalisation.column, {})[normalisation.row] = (
            normalisation.plain
        )
    for issue in dataset.issues:
        if issue.suggestion is not None:
            mended.setdefault(issue.table, {}).setdefault(issue.column, {})[issue.row] = issue.suggestion
    return mended


def _writable(context: Context, mended: Mended) -> tuple[Mended, int]:
    """Leave out the cells that hold a formula, and return how many these are."""
    writable: Mended = {}
    left = 0
    for table, columns in mended.items():
        cells = {table.heading(key): values.keys() for key, values in columns.items()}
        formulas = context.store.workbook(table.workbook).formula_cells(table, cells)
        left += len(formulas)
        writable[table] = {
            key: {row: value for row, value in values.items() if (table.heading(key), row) not in formulas}
            for key, values in columns.items()
        }
    return writable, left


def _columns(mended: Mended) -> Iterator[tuple[Table, str, Mapping[int, Cell]]]:
    for table, columns in mended.items():
        for key, values in columns.items():
            if values:
                yield table, key, values


def _with_mended(cells: Mapping[str, pd.DataFrame], mended: Mended) -> dict[str, pd.DataFrame]:
    changed = {name: frame.astype("object") for name, frame in cells.items()}
    for table, key, values in _columns(mended):
        plain = pd.Series(values, dtype="object")
        changed[table.name].loc[plain.index, table.heading(key)] = plain
    return changed


def _write_codes(context: Context, dataset: Dataset) -> None:
    """Put the codes of figures and settings beside the names that staff typed."""
    for name, columns in dataset.filled.items():
        table = BY_NAME[name]
        codes = {row: code for row, code in columns.get("code", {}).items() if not code.startswith(OWN)}
        with suppress(HeadingMissingError):  # a workbook made before the codes stood behind the names
            context.store.workbook(table.workbook).write_cells(table, table.heading("code"), codes)


def _write_status_texts(context: Context, cells: Mapping[str, pd.DataFrame], issues: Sequence[Issue]) -> None:
    for table in TABLES:
        said = status_texts(issue for issue in issues if issue.table is table)
        values = {int(row): said.get(int(row)) for row in cells[table.name].index}
        if values:
            context.store.workbook(table.workbook).write_cells(table, CHECK, values)
