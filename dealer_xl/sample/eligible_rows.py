"""In which rows a mistake harms nothing else: rows on which no other rule leans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from dealer_xl.sample.call_rows import OUT
from dealer_xl.sample.sample_types import Row
from dealer_xl.sample.snapshot import Snapshot, day_of

IsEligible: TypeAlias = Callable[[Snapshot, Row], bool]


def filled(key: str) -> IsEligible:
    """Fit rows in which the cell holds something."""
    return lambda _snapshot, row: row.get(key) is not None


def repair(_snapshot: Snapshot, row: Row) -> bool:
    """Fit plain repairs: no service, no claim."""
    return row["kind"] == "维修" and row["left_on"] is not None


def recent_repair(snapshot: Snapshot, row: Row) -> bool:
    """Fit plain repairs of the last month."""
    return repair(snapshot, row) and day_of(row, "came_on") > snapshot.today - timedelta(days=30)


def quiet_call(_snapshot: Snapshot, row: Row) -> bool:
    """Fit enquiries and sundry calls on which nothing else depends."""
    return row["kind"] in {"咨询", "其他"} and row["next_on"] is None


def plain_letter(_snapshot: Snapshot, row: Row) -> bool:
    """Fit notices that belong to no event."""
    return row["event_no"] is None and row["phoned_on"] is None


def quiet_customer(snapshot: Snapshot, row: Row) -> bool:
    """Fit vehicles to which no other table refers."""
    return row["archive_no"] not in snapshot.mentioned


def usual_plate(_snapshot: Snapshot, row: Row) -> bool:
    """Fit plates of seven signs; an eight-sign one without its province reads as a plate of the armed forces."""
    return len(str(row["plate"])) == 7


def uncalled_order(snapshot: Snapshot, row: Row) -> bool:
    """Fit orders of the last days to which no call refers yet."""
    fresh = row["left_on"] is not None and day_of(row, "left_on") > snapshot.today - timedelta(days=7)
    return fresh and row["order_no"] not in snapshot.called_orders and row["order_no"] not in snapshot.booked


def unanswered_complaint(snapshot: Snapshot, row: Row) -> bool:
    """Fit complaints that no letter names."""
    return row["complaint_no"] not in snapshot.answered


def telephoned(_snapshot: Snapshot, row: Row) -> bool:
    """Fit complaints that a call in the register tells of, but for wishes: those would be missed there."""
    return row["call_no"] is not None and row["nature"] == "投诉"


def filed_long_ago(snapshot: Snapshot, row: Row) -> bool:
    """Fit customers filed some time ago, so that a later day has come already."""
    return day_of(row, "came_on") < snapshot.today - timedelta(days=20)


def lone_first(snapshot: Snapshot, row: Row) -> bool:
    """Fit the only call of an order, a first one in vain: its day decides nothing else."""
    lone = (
        row["kind"] == "第一次跟踪"
        and row["result"] == "未接"
        and snapshot.called_orders.get(str(row["order_no"])) == 1
    )
    return lone and day_of(row, "called_on") < snapshot.today - timedelta(days=30)


def lone_second(snapshot: Snapshot, row: Row) -> bool:
    """Fit second calls of orders with one first and one second call, the first without an appointment."""
    order_no = str(row["order_no"])
    lone = (
        row["kind"] == "第二次跟踪"
        and snapshot.called_orders.get(order_no) == 2
        and order_no in snapshot.answered_on
    )
    settled = order_no not in snapshot.appointed and day_of(row, "called_on") < snapshot.today - timedelta(
        days=30
    )
    return lone and settled and row["direction"] == OUT
