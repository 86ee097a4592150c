"""Appointments: confirm them, have the parts there; and cars that are ready (AP-01, RF-25)."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.reminder_kinds.customer_calls import reached_since
from dealer_xl.dealership.reminder_kinds.customer_visits import known_customers
from dealer_xl.dealership.reminder_kinds.kind import ReminderKind, Step, day_of, rows_left_blank

CONFIRMATION, PICKUP = "预约确认", "取车通知"
PARTS_LEAD_DAYS = 3
"""So many days before an appointment without a day of booking its parts are asked for (section 7)."""


def to_confirm(dataset: Dataset) -> pd.DataFrame:
    """Find appointments that nobody confirmed with the customer the day before."""
    rows = _expected(dataset)
    eve = dataset.calendar.later(rows["due_on"], -1)
    rows = rows.assign(earliest=eve, due=eve, until=rows["due_on"])
    return rows[~reached_since(dataset, rows, rows["earliest"], CONFIRMATION)]


def parts_missing(dataset: Dataset) -> pd.DataFrame:
    """Find appointments whose parts are not there."""
    rows = _expected(dataset)
    rows = rows[rows["parts_state"] == "缺"]
    later = dataset.calendar.later
    eve = later(rows["due_on"], -1)
    asked_on = rows["booked_on"].fillna(later(rows["due_on"], -PARTS_LEAD_DAYS))
    return rows.assign(earliest=asked_on.where(asked_on < eve, eve), due=eve, until=rows["due_on"])


def ready_cars(dataset: Dataset) -> pd.DataFrame:
    """Find finished cars that are still there and whose customer does not know it (RF-25)."""
    visits = dataset.tables["Visits"]
    rows = visits[visits["finished_on"].notna() & rows_left_blank(dataset, "Visits", "left_on")]
    phones = known_customers(dataset).set_index("archive_no")["phone"]
    whom = rows.assign(phone=look_up(rows["archive_no"], phones))
    waiting = rows[~reached_since(dataset, whom, rows["finished_on"], PICKUP)]
    return waiting.assign(earliest=waiting["finished_on"], due=waiting["finished_on"])


def _expected(dataset: Dataset) -> pd.DataFrame:
    rows = dataset.tables["Appointments"]
    return rows[(rows["status"] == "待到店") & rows["due_on"].notna()]


_REACHED = ("Calls.called_on", "Calls.direction", "Calls.kind", "Calls.result")
_OF_APPOINTMENTS = ("Appointments.due_on", "Appointments.status")

APPOINTMENT_KINDS = (
    ReminderKind(
        "pickup",
        "通知取车",
        "Visits",
        "order_no",
        4,
        ready_cars,
        lambda row: f"{day_of(row['finished_on'])} 完工，请通知客户来取车",
        (*_REACHED, "Visits.finished_on", "Visits.left_on"),
        ("Visits.order_no", "Visits.archive_no", "Calls.archive_no", "Calls.phone", "Customers.phone"),
        call=PICKUP,
    ),
    ReminderKind(
        "appointment-confirm",
        "确认预约",
        "Appointments",
        "appointment_no",
        8,
        to_confirm,
        lambda row: f"约了 {day_of(row['due_on'])} 来店：{_services(row['services'])}，请确认",
        (*_REACHED, *_OF_APPOINTMENTS),
        (
            "Appointments.services",
            "Appointments.archive_no",
            "Appointments.phone",
            "Calls.archive_no",
            "Calls.phone",
        ),
        call=CONFIRMATION,
    ),
    ReminderKind(
        "parts-missing",
        "备齐配件",
        "Appointments",
        "appointment_no",
        8,
        parts_missing,
        lambda row: f"{day_of(row['due_on'])} 来店，还缺配件：{_services(row['parts'])}",
        (*_OF_APPOINTMENTS, "Appointments.parts_state"),
        ("Appointments.booked_on", "Appointments.parts"),
        step=Step("parts_state", "齐"),
    ),
)


def _services(words: object) -> str:
    return "未写明" if pd.isna(words) else str(words)  # type: ignore[call-overload]
