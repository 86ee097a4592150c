"""Button 校验: find every wrong entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

import pandas as pd

from dealer_xl.context import Context
from dealer_xl.dealership import change_tracking
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import OWN
from dealer_xl.dealership.issues import ERROR, Issue, status_texts
from dealer_xl.dealership.mending import Mending, mendings_of
from dealer_xl.dealership.parsed_table import Normalisation
from dealer_xl.dealership.parsers import as_text
from dealer_xl.dealership.tables import BY_NAME, CHANGES, FOUND
from dealer_xl.jobs.row_headings import to_headings
from dealer_xl.office.protocols import Cell
from dealer_xl.schema import CHECK, Table
from dealer_xl.table_sources import Place

MOST_LISTED = 5000
"""Nobody works through more; the others show when these are mended."""

MOST_LISTED = 20
"""A question with more lines than a screen is not read."""

Mended: TypeAlias = dict[Table, dict[str, dict[int, Cell]]]
"""Table to column to row to what the cell shall hold."""


@dataclass(frozen=True)
class Finding:
    """An issue, where it stands, and what its column is called there."""

    issue: Issue
    place: Place
    heading: str


@dataclass(frozen=True)
class Checked:
    """What `check_entries` found and wrote."""

    findings: tuple[Finding, ...]
    normalisations: tuple[Normalisation, ...]  # cells that were understood, but not as they were typed
    mendings: tuple[
        Mending, ...
    ]  # what can be written plainly; with `fix` what was, or would be in a dry run
    fixed: int  # cells put into plain form
    by_formula: int  # cells that were not, since a formula of the shop stands there
    changes: int  # rows added to 变更记录
    files: Sequence[PurePath]
    skipped: Sequence[tuple[Place, str]] = ()  # rows that are no records, and why

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Return the issues alone."""
        return tuple(finding.issue for finding in self.findings)


def check_entries(context: Context, *, fix: bool = False) -> Checked:
    """Find every wrong entry and say in 校验 what is wrong.

    With `fix`, list what can be put into plain form, ask, and write it; who declines has the rest of the check all the same.
    """
    cells = context.tables()

    context.progress("检查", 0, 1)
    dataset = context.dataset()
    mendings = mendings_of(dataset, cells)
    mended, by_formula = _writable(context, _by_cell(mendings)) if fix else ({}, 0)
    if mended:
        mendings = tuple(each for each in mendings if each.row in mended[each.table].get(each.column, {}))
    if mendings and mended and not context.confirm(question(mendings)):
        mended, mendings = {}, ()
    if mended:
        cells = _with_mended(cells, mended)
        dataset = context.judged(cells)
    seen = context.store.read_file(PurePath(change_tracking.PLACE))
    changes = change_tracking.changes(dataset, seen)
    context.progress("检查", 1, 1)

    for table, key, values in _columns(mended):
        context.table(table).write_cells(table.heading(key), values)
    _write_codes(context, dataset)
    _write_status_texts(context, cells, dataset.issues)
    if not context.table(CHANGES).absent:
        context.table(CHANGES).append_rows(to_headings(CHANGES, changes))
    remembered = change_tracking.snapshot_of(dataset, seen)
    if remembered != seen:
        context.store.stage_file(PurePath(change_tracking.PLACE), remembered)
    _list_findings(context, dataset.issues)
    findings, skipped = tuple(_finding(context, issue) for issue in dataset.issues), context.skipped()
    files = context.save("check", keep=dataset.settings.backup_keep)
    fixed = sum(len(values) for _, _, values in _columns(mended))
    return Checked(
        findings, dataset.normalisations, mendings, fixed, by_formula, len(changes), files, skipped
    )


def _list_findings(context: Context, issues: Sequence[Issue]) -> None:
    """List on the sheet 校验结果 what is wrong in sheets that have no column 校验 of the program's."""
    access = context.table(FOUND)
    if access.absent:
        return
    listed = [_finding(context, issue) for issue in issues if not context.table(issue.table).takes_marks]
    access.replace_rows(to_headings(FOUND, map(_found_row, listed[:MOST_LISTED])))


def _found_row(finding: Finding) -> dict[str, object]:
    issue = finding.issue
    return {
        "workbook": finding.place.workbook,
        "sheet": finding.place.sheet,
        "row": finding.place.row,
        "column": finding.heading,
        "value": None if issue.value is None else as_text(issue.value),
        "severity": "错误" if issue.severity == ERROR else "提醒",
        "message": issue.message,
        "count": 1,
    }


def _finding(context: Context, issue: Issue) -> Finding:
    access = context.table(issue.table)
    return Finding(issue, access.place_of(issue.row), access.heading_at(issue.heading, issue.row))


def question(mendings: Sequence[Mending]) -> str:
    """Ask whether cells shall be put into plain form, the first of them as a list."""
    lines = [f"{len(mendings)}个单元格可以改成规范写法：", *map(str, mendings[:MOST_LISTED])]
    lines += [f"…… 还有{len(mendings) - MOST_LISTED}处"] if len(mendings) > MOST_LISTED else []
    return "\n".join([*lines, "改了以后可以撤销。现在改吗？"])


def _by_cell(mendings: Sequence[Mending]) -> Mended:
    mended: Mended = {}
    for each in mendings:
        mended.setdefault(each.table, {}).setdefault(each.column, {})[each.row] = each.plain
    return mended


def _writable(context: Context, mended: Mended) -> tuple[Mended, int]:
    """Leave out the cells that hold a formula, and return how many these are."""
    writable: Mended = {}
    left = 0
    for table, columns in mended.items():
        cells = {table.heading(key): values.keys() for key, values in columns.items()}
        formulas = context.table(table).fixed_cells(cells)
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
        if codes and table.heading("code") in context.table(table).read().present:
            context.table(table).write_cells(table.heading("code"), codes)


def _write_status_texts(context: Context, cells: Mapping[str, pd.DataFrame], issues: Sequence[Issue]) -> None:
    """Write into 校验 what is wrong with each row, where the sheet has that column and staff let it be written."""
    for name, frame in cells.items():
        access = context.table(BY_NAME[name])
        if not access.takes_marks:
            continue
        said = status_texts((issue for issue in issues if issue.table.name == name), access.heading_at)
        access.write_cells(CHECK, {int(row): said.get(int(row)) for row in frame.index})
