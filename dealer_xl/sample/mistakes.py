"""The wrong entries put in on purpose: which cell, what stands there, and in which rows it harms nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from dealer_xl.sample.eligible_rows import (
    IsEligible,
    filed_long_ago,
    filled,
    lone_first,
    lone_second,
    plain_letter,
    quiet_call,
    quiet_customer,
    recent_repair,
    repair,
    telephoned,
    unanswered_complaint,
    uncalled_order,
    usual_plate,
)
from dealer_xl.sample.typing_errors import (
    Wrong,
    days_after,
    days_after_first,
    days_after_leaving,
    days_ahead,
    longer_vin,
    misread_vin,
    phone_cut_short,
    plate_with_letter_o,
    plate_without_city,
    typed,
    vin_with_letter_o,
)


@dataclass(frozen=True)
class Mistake:
    """One kind of wrong entry, which must be found as exactly one issue; without `wrong` the cell repeats an earlier row's."""

    table: str
    column: str
    code: str
    wrong: Wrong | None
    fits: IsEligible = lambda _snapshot, _row: True


MISTAKES = (
    # What repeats a number comes first: few rows are fit for it.
    Mistake("Customers", "archive_no", "duplicate", None, quiet_customer),
    Mistake("Visits", "order_no", "duplicate", None, uncalled_order),
    Mistake("Calls", "call_no", "duplicate", None, quiet_call),
    Mistake("Letters", "letter_no", "duplicate", None, plain_letter),
    Mistake("Complaints", "complaint_no", "duplicate", None, unanswered_complaint),
    Mistake("Visits", "left_on", "date-in-future", days_ahead(31), uncalled_order),
    Mistake("Complaints", "call_no", "unknown-reference", typed("DH990001"), telephoned),
    Mistake("Complaints", "archive_no", "unknown-reference", typed("DA99001")),
    Mistake("Complaints", "confirmed_score", "out-of-range", typed(120), filled("confirmed_score")),
    Mistake("Complaints", "parts_wait_days", "not-a-number", typed("一周左右")),
    Mistake("Complaints", "status", "missing", typed(None)),
    Mistake("Tasks", "content", "missing", typed(None)),
    Mistake("Tasks", "kind", "not-in-list", typed("培训")),
    Mistake("Tasks", "planned_on", "not-a-date", typed("月底前")),
    Mistake("Tasks", "owner", "unknown-staff", typed("小赵")),
    Mistake("Customers", "model", "missing", typed(None)),
    Mistake("Customers", "bought_on", "not-a-date", typed("去年三月")),
    Mistake("Customers", "cycle_km", "not-a-number", typed("五千左右")),
    Mistake("Customers", "grade", "not-in-list", typed("金卡")),
    Mistake("Customers", "phone", "phone-format", phone_cut_short),
    Mistake("Customers", "plate", "plate-format", plate_without_city, usual_plate),
    Mistake("Customers", "plate", "plate-format", plate_with_letter_o),
    Mistake("Customers", "vin", "vin-format", longer_vin),
    Mistake("Customers", "vin", "vin-format", vin_with_letter_o),
    Mistake("Customers", "vin", "vin-check-digit", misread_vin),
    Mistake("Customers", "clerk", "unknown-staff", typed("小周")),
    Mistake("Customers", "bought_on", "date-in-future", days_ahead(200)),
    Mistake("Customers", "cycle_months", "out-of-range", typed(600)),
    Mistake("Customers", "archived_on", "archive-late", days_after("came_on", 6), filed_long_ago),
    Mistake("Visits", "amount", "missing", typed(None), repair),
    Mistake("Visits", "promised_on", "not-a-date", typed("2026.13.5"), repair),
    Mistake("Visits", "km", "not-a-number", typed("约3万"), repair),
    Mistake("Visits", "amount", "not-a-number", typed("八百"), repair),
    Mistake("Visits", "booked", "not-in-list", typed("电话预约"), repair),
    Mistake("Visits", "plate", "plate-format", plate_with_letter_o, repair),
    Mistake("Visits", "advisor", "unknown-staff", typed("小马"), repair),
    Mistake("Visits", "archive_no", "unknown-reference", typed("DA99002"), recent_repair),
    Mistake("Visits", "amount", "out-of-range", typed(-200), repair),
    Mistake("Calls", "name", "missing", typed(None), quiet_call),
    Mistake("Calls", "next_on", "not-a-date", typed("下周三"), quiet_call),
    Mistake("Calls", "satisfaction", "not-a-number", typed("很好"), quiet_call),
    Mistake("Calls", "result", "not-in-list", typed("说在忙"), quiet_call),
    Mistake("Calls", "phone", "phone-format", phone_cut_short, quiet_call),
    Mistake("Calls", "order_no", "unknown-reference", typed("GD99123199"), quiet_call),
    Mistake("Calls", "event_no", "unknown-reference", typed("HD99"), quiet_call),
    Mistake("Calls", "clerk", "unknown-staff", typed("小陈"), quiet_call),
    Mistake("Calls", "called_on", "date-in-future", days_ahead(9), quiet_call),
    Mistake("Calls", "satisfaction", "out-of-range", typed(150), quiet_call),
    Mistake("Calls", "called_on", "first-call-early", days_after_leaving(1), lone_first),
    Mistake("Calls", "called_on", "first-call-late", days_after_leaving(10), lone_first),
    Mistake("Calls", "called_on", "second-call-early", days_after_first(5), lone_second),
    Mistake("Calls", "called_on", "second-call-late", days_after_first(18), lone_second),
    Mistake("Letters", "clerk", "missing", typed(None), plain_letter),
    Mistake("Letters", "status", "not-in-list", typed("在途"), plain_letter),
    Mistake("Letters", "archive_no", "unknown-reference", typed("DA99003"), plain_letter),
    Mistake("Letters", "sent_on", "date-in-future", days_ahead(12), plain_letter),
)
"""Every mistake, each of them made a few times in a store of full size."""
