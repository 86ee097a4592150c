"""Tables drawn as people draw them, and a dataset made of a few of them.

A cell is drawn as it would be typed; an empty one is blank. The first column is the Excel row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

import pandas as pd

from dealer_xl.dealership.dataset import Dataset, read_dataset
from dealer_xl.dealership.issues import Issue
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.schema import Table

Cells: TypeAlias = dict[str, pd.DataFrame]
Drawing: TypeAlias = str | pd.DataFrame

TODAY = date(2026, 3, 18)
"""A Wednesday."""

REQUIRED: Mapping[str, Mapping[str, str]] = {
    "Customers": {
        "archive_no": "A{row}",
        "name": "客户{row}",
        "phone": "138{row:08}",
        "plate": "粤A{row:05}",
        "model": "朗逸",
        "came_on": "2025-01-02",
        "archived_on": "2025-01-02",
        "clerk": "张三",
    },
    "Visits": {
        "order_no": "G{row}",
        "archive_no": "A1",
        "came_on": "2025-01-02",
        "kind": "维修",
        "amount": "100",
    },
    "Calls": {
        "call_no": "D{row}",
        "called_on": "2026-03-01",
        "direction": "呼出",
        "name": "客户",
        "kind": "其他",
        "result": "接通",
        "clerk": "张三",
    },
    "Complaints": {
        "complaint_no": "T{row}",
        "call_no": "D1",
        "received_on": "2026-03-02",
        "acceptor": "张三",
        "status": "处理中",
    },
    "Letters": {
        "letter_no": "X{row}",
        "sent_on": "2026-03-02",
        "kind": "通知",
        "archive_no": "A1",
        "name": "客户",
        "clerk": "张三",
    },
    "Events": {
        "event_no": "H{row}",
        "name": "春季免费检测周",
        "starts_on": "2026-04-11",
        "place": "本店",
        "content": "免费检测",
    },
    "Renewals": {
        "renewal_no": "B{row}",
        "signed_on": "2026-03-02",
        "archive_no": "A1",
        "premium": "3000",
        "ends_on": "2027-03-10",
        "ours": "是",
    },
    "Appointments": {
        "appointment_no": "Y{row}",
        "due_on": "2026-03-20",
        "name": "客户",
        "services": "常规保养",
        "status": "待到店",
    },
    "Invitees": {"event_no": "H1", "archive_no": "A1"},
    "LetterForms": {"template": "邀请函{row}", "kind": "邀请函", "used_for": "活动"},
    "Targets": {"year": "2026", "code": "csi"},
    "OwnFigures": {"month": "2026-03", "label": "毛利", "value": "1"},
    "Trainings": {"held_on": "2026-03-02", "name": "张三", "kind": "培训", "topic": "接待礼仪"},
    "Rewards": {"given_on": "2026-03-02", "name": "张三", "kind": "奖励", "matter": "微笑服务之星"},
    "Measures": {
        "measure_no": "Z{row}",
        "found_on": "2026-03-02",
        "problem": "等候久",
        "measure": "加人",
        "owner": "张三",
        "due_on": "2026-03-20",
    },
    "Tasks": {"task_no": "P{row}", "month": "2026-03", "content": "接待礼仪"},
    "Settings": {"key": "archive_days", "value": "2"},
    "Staff": {"name": "员工{row}"},
    "Calendar": {"day": "2026-03-01"},
}
"""What stands in a required column that a drawing leaves out, so that a row is wrong only where it is drawn so."""


def drawn(text: str) -> pd.DataFrame:
    """Read a drawn table: index = the column `row`, columns as drawn, cells as text or None."""
    lines = [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]
    head, *rows = lines
    table = pd.DataFrame(rows, columns=[str(cell) for cell in head], dtype="object")
    return table.set_index(table.pop("row").astype(int))


def cells_of(**tables: Drawing) -> Cells:
    """Make the cells of a whole store of a few tables; a number or name that they mention stands in its table."""
    cells = {table.name: _completed(table, tables[table.name]) for table in TABLES if table.name in tables}
    waiting = [table for table in TABLES if table.name not in tables]
    # A row made up for one table mentions numbers of another: those referring most come first.
    for table in sorted(waiting, key=lambda table: _RANK.get(table.name, 0)):
        cells[table.name] = _mentioned(table, cells)
    return cells


def dataset_of(today: date = TODAY, /, **tables: Drawing) -> Dataset:
    """Read a dataset of a few drawn tables (name to drawing, under keys or headings), all else empty."""
    texts = {name: drawing for name, drawing in tables.items() if isinstance(drawing, str)}
    if len(texts) == len(tables):
        return _dataset_of_texts(today, tuple(texts.items()))
    return read_dataset(cells_of(**tables), today)


@cache  # many tests look at the same dataset, and nobody changes one
def _dataset_of_texts(today: date, texts: tuple[tuple[str, str], ...]) -> Dataset:
    return read_dataset(cells_of(**dict(texts)), today)


def places(issues: tuple[Issue, ...]) -> list[tuple[str, int, str, str]]:
    """Return where issues are and their codes: table, row, column key, code."""
    return [(issue.table.name, issue.row, issue.column, issue.code) for issue in issues]


_RANK = {"Complaints": 0, "Calls": 1, "Visits": 2, "Events": 2, "Customers": 3, "Staff": 4}


def _completed(table: Table, drawing: Drawing) -> pd.DataFrame:
    """Put a drawing under all the table's headings; required columns that are not drawn are filled in."""
    rows = drawn(drawing) if isinstance(drawing, str) else drawing
    rows = rows.rename(columns={column.key: column.heading for column in table.columns})
    strange = set(rows.columns) - set(table.headings)
    assert not strange, f"{table.name} has no {strange}"
    full: dict[str, list[Any]] = {}
    for column in table.columns:
        known = REQUIRED.get(table.name, {}).get(column.key)
        made_up = [known.format(row=row) if known else None for row in rows.index]
        full[column.heading] = list(rows[column.heading]) if column.heading in rows else made_up
    return pd.DataFrame(full, index=rows.index, dtype="object")


def _mentioned(table: Table, cells: Cells) -> pd.DataFrame:
    """Make a plain row for each number by which the other tables refer to this one."""
    numbers = dict.fromkeys(
        value
        for name, rows in cells.items()
        for column in BY_NAME[name].columns
        if column.refers_to == table.name
        for value in rows[column.heading]
        if isinstance(value, str)
    )
    if not numbers:
        return pd.DataFrame(columns=list(table.headings), dtype="object")
    key = table.key_column.heading
    return _completed(table, pd.DataFrame({key: list(numbers)}, index=range(4, 4 + len(numbers))))
