"""Every kind of reminder (section 7), a module a subject; a new kind is an entry in the list of its module."""

from __future__ import annotations

from dealer_xl.dealership.reminder_kinds.appointments import APPOINTMENT_KINDS
from dealer_xl.dealership.reminder_kinds.archive import ARCHIVE_KINDS
from dealer_xl.dealership.reminder_kinds.complaints import COMPLAINT_KINDS
from dealer_xl.dealership.reminder_kinds.customers import CUSTOMER_KINDS
from dealer_xl.dealership.reminder_kinds.events import EVENT_KINDS
from dealer_xl.dealership.reminder_kinds.follow_up_calls import FOLLOW_UP_KINDS
from dealer_xl.dealership.reminder_kinds.kind import RECORD, ReminderKind, Step
from dealer_xl.dealership.reminder_kinds.plan import PLAN_KINDS
from dealer_xl.dealership.reminder_kinds.promises import PROMISE_KINDS

REMINDERS: tuple[ReminderKind, ...] = tuple(
    sorted(
        (
            *COMPLAINT_KINDS,
            *PROMISE_KINDS,
            *FOLLOW_UP_KINDS,
            *ARCHIVE_KINDS,
            *EVENT_KINDS,
            *CUSTOMER_KINDS,
            *APPOINTMENT_KINDS,
            *PLAN_KINDS,
        ),
        key=lambda kind: kind.rank,
    )
)
"""Those of the lowest rank first."""

__all__ = ["RECORD", "REMINDERS", "ReminderKind", "Step"]
