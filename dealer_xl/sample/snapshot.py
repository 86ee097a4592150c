"""What must be known of the whole store to put a mistake where it harms nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import cast

from dealer_xl.sample.call_rows import CONNECTED
from dealer_xl.sample.sample_types import Row, Rows


@dataclass(frozen=True)
class Snapshot:
    """The store before any mistake was made."""

    today: date
    mentioned: frozenset[str]  # archive numbers that another table names
    called_orders: Counter[str]  # calls an order
    left_on: dict[str, date]
    answered_on: dict[str, date]  # the first answered first call of an order
    appointed: frozenset[str]  # orders whose first call names the day of the next
    booked: frozenset[str]  # orders that an appointment names
    answered: frozenset[str]  # complaints that a letter names


def snapshot_of(today: date, rows: Rows) -> Snapshot:
    """Look over the store."""
    calls = [row for row in rows["Calls"] if row["order_no"]]
    firsts = [row for row in calls if row["kind"] == "第一次跟踪" and row["result"] == CONNECTED]
    return Snapshot(
        today=today,
        mentioned=frozenset(
            str(row["archive_no"])
            for table in (
                "Visits",
                "Calls",
                "Letters",
                "Changes",
                "Complaints",
                "Renewals",
                "Appointments",
                "Invitees",
            )
            for row in rows[table]
        ),
        called_orders=Counter(str(row["order_no"]) for row in calls),
        left_on={str(row["order_no"]): day_of(row, "left_on") for row in rows["Visits"] if row["left_on"]},
        answered_on={str(row["order_no"]): day_of(row, "called_on") for row in reversed(firsts)},
        appointed=frozenset(str(row["order_no"]) for row in firsts if row["next_on"]),
        booked=frozenset(str(row["order_no"]) for row in rows["Appointments"] if row.get("order_no")),
        answered=frozenset(str(row["complaint_no"]) for row in rows["Letters"] if row["complaint_no"]),
    )


def day_of(row: Row, key: str) -> date:
    """Take a date from a row as the generator wrote it."""
    return cast("date", row[key])
