"""In which rows a mistake harms nothing else: rows on which no other rule leans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from dealer_xl.dealership.sample.calls import OUT
from dealer_xl.dealership.sample.scene import Scene, day_of
from dealer_xl.dealership.sample.store import Row

Fits: TypeAlias = Callable[[Scene, Row], bool]


def filled(key: str) -> Fits:
    """Fit rows in which the cell holds something."""
    return lambda _scene, row: row.get(key) is not None


def repair(_scene: Scene, row: Row) -> bool:
    """Fit plain repairs: no service, no claim."""
    return row["kind"] == "维修" and row["left_on"] is not None


def recent_repair(scene: Scene, row: Row) -> bool:
    """Fit plain repairs of the last month."""
    return repair(scene, row) and day_of(row, "came_on") > scene.today - timedelta(days=30)


def quiet_call(_scene: Scene, row: Row) -> bool:
    """Fit enquiries and sundry calls on which nothing else depends."""
    return row["kind"] in {"咨询", "其他"} and row["next_on"] is None


def plain_letter(_scene: Scene, row: Row) -> bool:
    """Fit notices that belong to no event."""
    return row["event_no"] is None and row["phoned_on"] is None


def quiet_customer(scene: Scene, row: Row) -> bool:
    """Fit vehicles to which no other table refers."""
    return row["archive_no"] not in scene.mentioned


def usual_plate(_scene: Scene, row: Row) -> bool:
    """Fit plates of seven signs; an eight-sign one without its province reads as a plate of the armed forces."""
    return len(str(row["plate"])) == 7


def uncalled_order(scene: Scene, row: Row) -> bool:
    """Fit orders of the last days to which no call refers yet."""
    fresh = row["left_on"] is not None and day_of(row, "left_on") > scene.today - timedelta(days=7)
    return fresh and row["order_no"] not in scene.called_orders and row["order_no"] not in scene.booked


def unanswered_complaint(scene: Scene, row: Row) -> bool:
    """Fit complaints that no letter names."""
    return row["complaint_no"] not in scene.answered


def telephoned(_scene: Scene, row: Row) -> bool:
    """Fit complaints that a call in the register tells of, but for wishes: those would be missed there."""
    return row["call_no"] is not None and row["nature"] == "投诉"


def filed_long_ago(scene: Scene, row: Row) -> bool:
    """Fit customers filed some time ago, so that a later day has come already."""
    return day_of(row, "came_on") < scene.today - timedelta(days=20)


def lone_first(scene: Scene, row: Row) -> bool:
    """Fit the only call of an order, a first one in vain: its day decides nothing else."""
    lone = (
        row["kind"] == "第一次跟踪"
        and row["result"] == "未接"
        and scene.called_orders.get(str(row["order_no"])) == 1
    )
    return lone and day_of(row, "called_on") < scene.today - timedelta(days=30)


def lone_second(scene: Scene, row: Row) -> bool:
    """Fit second calls of orders with one first and one second call, the first without an appointment."""
    order_no = str(row["order_no"])
    lone = (
        row["kind"] == "第二次跟踪"
        and scene.called_orders.get(order_no) == 2
        and order_no in scene.answered_on
    )
    settled = order_no not in scene.appointed and day_of(row, "called_on") < scene.today - timedelta(days=30)
    return lone and settled and row["direction"] == OUT
