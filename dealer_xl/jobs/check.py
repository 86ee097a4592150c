"""Button 校验: find every wrong entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import pandas as pd

from dealer_xl.dealership import last_seen
from dealer_xl.dealership.desk import Desk
from dealer_xl.dealership.entries import Reading
from dealer_xl.dealership.issues import Issue, marks
from dealer_xl.dealership.tables import CHANGES, TABLES
from dealer_xl.jobs.run import Run, gather, judged_desk, outside
from dealer_xl.office.workbook import Cell
from dealer_xl.schema import CHECK, Table


@dataclass(frozen=True)
class Checked:
    """What `check_entries` found and wrote."""

    issues: tuple[Issue, ...]
    readings: tuple[Reading, ...]  # cells that were understood, but not as they were typed
    fixed: int  # cells put into plain form
    changes: int  # rows added to 变更记录
    files: Sequence[PurePath]


def check_entries(run: Run, *, fix: bool = False) -> Checked:
    """Find every wrong entry and say in 校验 what is wrong; with `fix`, put what was understood into plain form."""
    cells = gather(run)

    run.tell("检查", 0, 1)
    desk = judged_desk(run, cells)
    mended = _mended(desk) if fix else {}
    if mended:
        cells = _with_mended(cells, mended)
        desk = judged_desk(run, cells)
    seen = run.store.recall(PurePath(last_seen.PLACE))
    changes = last_seen.changes(desk, seen)
    run.tell("检查", 1, 1)

    for (table, key), values in mended.items():
        run.store.workbook(table.workbook).write_cells(table, table.heading(key), values)
    _write_marks(run, cells, desk.issues)
    run.store.workbook(CHANGES.workbook).append_rows(CHANGES, outside(CHANGES, changes))
    remembered = last_seen.written(desk, seen)
    if remembered != seen:
        run.store.keep(PurePath(last_seen.PLACE), remembered)
    files = run.store.save("check", keep=desk.settings.backup_keep)
    return Checked(desk.issues, desk.readings, sum(map(len, mended.values())), len(changes), files)


def _mended(desk: Desk) -> dict[tuple[Table, str], dict[int, Cell]]:
    """Gather what was understood otherwise than typed, and what can be proved: table and column to row to value."""
    mended: dict[tuple[Table, str], dict[int, Cell]] = {}
    for reading in desk.readings:
        mended.setdefault((reading.table, reading.column), {})[reading.row] = reading.plain
    for issue in desk.issues:
        if issue.suggestion is not None:
            mended.setdefault((issue.table, issue.column), {})[issue.row] = issue.suggestion
    return mended


def _with_mended(
    cells: Mapping[str, pd.DataFrame], mended: Mapping[tuple[Table, str], Mapping[int, Cell]]
) -> dict[str, pd.DataFrame]:
    changed = {name: frame.astype("object") for name, frame in cells.items()}
    for (table, key), values in mended.items():
        plain = pd.Series(values, dtype="object")
        changed[table.name].loc[plain.index, table.heading(key)] = plain
    return changed


def _write_marks(run: Run, cells: Mapping[str, pd.DataFrame], issues: Sequence[Issue]) -> None:
    for table in TABLES:
        said = marks(issue for issue in issues if issue.table is table)
        values = {int(row): said.get(int(row)) for row in cells[table.name].index}
        run.store.workbook(table.workbook).write_cells(table, CHECK, values)
