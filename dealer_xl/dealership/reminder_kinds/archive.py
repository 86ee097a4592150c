"""Customers who are to be archived (AR-02)."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.reminder_kinds.kind import ReminderKind, Step, rows_left_blank


def unfinished_archives(dataset: Dataset) -> pd.DataFrame:
    """Find customers who came and are not archived yet."""
    customers = dataset.tables["Customers"]
    return _to_archive(dataset, customers[rows_left_blank(dataset, "Customers", "archived_on")])


def visits_without_archive(dataset: Dataset) -> pd.DataFrame:
    """Find visits whose archive number stands in no archive."""
    visits = dataset.tables["Visits"]
    return _to_archive(dataset, visits[visits["archive_no"].isna()])


def _to_archive(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    came = rows[rows["came_on"].notna()]
    days = dataset.settings.archive_days
    return came.assign(earliest=came["came_on"], due=dataset.calendar.later(came["came_on"], days), days=days)


ARCHIVE_KINDS = (
    ReminderKind(
        "archive-due",
        "建立档案",
        "Customers",
        "archive_no",
        7,
        unfinished_archives,
        "送修或来访后应在{days}天内建档，建档日期还空着".format_map,
        ("Customers.came_on", "Customers.archived_on"),
        drop="archive_drop_days",
        step=Step("archived_on"),
    ),
    ReminderKind(
        "archive-due",
        "建立档案",
        "Visits",
        "order_no",
        7,
        visits_without_archive,
        "来过厂，但客户档案里没有这辆车，应在{days}天内建档".format_map,
        ("Visits.came_on", "Visits.archive_no"),
        ("Visits.order_no",),
        drop="archive_drop_days",
    ),
)
