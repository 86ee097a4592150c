"""What a customer is phoned for unasked: first service, service, insurance, a visit by phone, winning back (FC-17, IN-09, CV-02, LL-03)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dealer_xl.dealership import service
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.months import days_of, edate
from dealer_xl.dealership.persons import refused
from dealer_xl.dealership.reminder_kinds.customer_calls import REACHED, outbound, settled_since
from dealer_xl.dealership.reminder_kinds.customer_visits import (
    OF_LOSS,
    gone_on,
    known_customers,
    last_seen,
    months_after,
    not_lost,
)
from dealer_xl.dealership.reminder_kinds.kind import ReminderKind, day_of

SERVICE, RENEWAL, VISIT, RECALL = "保养提醒", "续保提醒", "客户拜访", "流失回访"
FIRST_SERVICE_WITHIN = 12
"""So many months after the purchase a first service is still asked for (section 7)."""


def first_services(dataset: Dataset) -> pd.DataFrame:
    """Find cars that never had a service (FC-17)."""
    customers, settings = known_customers(dataset), dataset.settings
    visits = dataset.tables["Visits"]
    served = visits[(visits["kind"] == "保养") | (visits["first_service"] == "是")]["archive_no"]
    never = customers["bought_on"].notna() & ~customers["archive_no"].isin(served.dropna())
    rows = customers[never & not_lost(dataset, customers)]
    due = months_after(rows["bought_on"], settings.first_service_months)
    rows = rows.assign(
        earliest=dataset.calendar.later(due, -settings.service_ahead_days),
        due=due,
        until=months_after(rows["bought_on"], FIRST_SERVICE_WITHIN),
    )
    return rows[~settled_since(dataset, rows, SERVICE, rows["earliest"])]


def services(dataset: Dataset) -> pd.DataFrame:
    """Find cars whose next service is due, of customers who are not lost."""
    customers = known_customers(dataset)
    rows = customers.join(service.next_services(dataset)[["due", "by_months", "by_km", "serviced_on"]])
    rows = rows[rows["due"].notna() & not_lost(dataset, customers)]
    ahead = dataset.calendar.later(rows["due"], -dataset.settings.service_ahead_days)
    rows = rows.assign(earliest=ahead)
    return rows[~settled_since(dataset, rows, SERVICE, rows["earliest"])]


def renewals(dataset: Dataset) -> pd.DataFrame:
    """Find policies that end and that nobody renewed or refused to renew (IN-09)."""
    customers, settings = _willing(dataset), dataset.settings
    rows = customers[customers["insured_until"].notna()]
    earlier = dataset.calendar.later
    rows = rows.assign(
        earliest=earlier(rows["insured_until"], -settings.renewal_ahead_days),
        due=earlier(rows["insured_until"], -settings.renewal_call_days),
    )
    signed_on = look_up(
        rows["archive_no"], dataset.tables["Renewals"].groupby("archive_no")["signed_on"].max()
    )
    renewed = signed_on >= rows["earliest"]
    return rows[~renewed & ~settled_since(dataset, rows, RENEWAL, rows["earliest"])]


def class_visits(dataset: Dataset) -> pd.DataFrame:
    """Find customers of the upper classes who are to be visited by phone (CV-02, CV-03)."""
    customers, settings = _willing(dataset), dataset.settings
    steps = {"VIP": settings.vip_visit_months, "一级": settings.level1_visit_months}
    rows = customers[customers["grade"].isin(steps)]
    rows = rows.assign(
        last=_last_visited(dataset, rows).fillna(rows["archived_on"]), months=rows["grade"].map(steps)
    )
    rows = rows[rows["last"].notna()]
    due = _cycle_day(rows["last"], rows["months"].astype("int64"), dataset.today)
    rows = rows.assign(earliest=dataset.calendar.later(due, -settings.visit_ahead_days), due=due)
    return rows[~settled_since(dataset, rows, VISIT, rows["earliest"])]


def _last_visited(dataset: Dataset, customers: pd.DataFrame) -> pd.Series:
    """Return the day on which each customer was last reached by a call of this type."""
    calls = outbound(dataset, VISIT)
    calls = calls[calls["result"].isin(REACHED)]
    named = calls["archive_no"].notna()
    by_number = calls[named].groupby("archive_no")["called_on"].max()
    by_phone = calls[~named].groupby("phone")["called_on"].max()
    found = (look_up(customers["archive_no"], by_number), look_up(customers["phone"], by_phone))
    return pd.concat(found, axis=1).max(axis=1).astype("datetime64[s]")


def _cycle_day(last: pd.Series, months: pd.Series, today: pd.Timestamp) -> pd.Series:
    """Return the latest day of a cycle that is not after today, else the first; counted from `last` at once."""
    start, step = days_of(last), months.to_numpy("int64")
    day = today.to_numpy().astype("datetime64[D]")
    passed = (day.astype("datetime64[M]") - start.astype("datetime64[M]")).astype("int64")
    cycles = passed // step
    cycles = np.maximum(np.where(edate(start, cycles * step) > day, cycles - 1, cycles), 1)
    return pd.Series(edate(start, cycles * step).astype("datetime64[s]"), index=last.index)


def lost_customers(dataset: Dataset) -> pd.DataFrame:
    """Find customers who stay away, to win them back (LL-03)."""
    customers, settings = _willing(dataset), dataset.settings
    gone = gone_on(dataset, customers)
    seen = last_seen(dataset, customers)
    rows = customers.assign(
        seen_on=seen,
        earliest=gone,
        due=dataset.calendar.later(gone, settings.lost_call_days),
        until=months_after(seen, settings.lost_months + settings.lost_drop_months),
    )
    rows = rows[gone.notna()]
    return rows[~settled_since(dataset, rows, RECALL, rows["earliest"])]


def _willing(dataset: Dataset) -> pd.DataFrame:
    """Return the customers none of whose cars says 拒绝."""
    customers = dataset.tables["Customers"]
    return customers[customers["archive_no"].notna() & ~refused(customers)]


def _why_service(row: Mapping[str, Any]) -> str:
    last = "" if pd.isna(row["serviced_on"]) else f"上次保养 {day_of(row['serviced_on'])}，"
    by_km = pd.isna(row["by_months"]) or row["by_km"] < row["by_months"]
    return f"{last}按行驶里程推算该保养了" if by_km else f"{last}保养周期到期"


_CALLS = ("Calls.called_on", "Calls.kind", "Calls.direction", "Calls.result")
_WHOSE = ("Calls.archive_no", "Calls.phone", "Customers.phone")
_CONSENT = ("Customers.consent", "Customers.name", "Customers.phone", "Customers.address")

CUSTOMER_KINDS = (
    ReminderKind(
        "first-service-due",
        "首保提醒",
        "Customers",
        "archive_no",
        10,
        first_services,
        lambda row: f"{day_of(row['bought_on'])} 购车，还没有做首次保养",
        (*_CALLS, "Customers.bought_on", "Visits.kind"),
        (*_WHOSE, *OF_LOSS, "Visits.first_service"),
        call=SERVICE,
    ),
    ReminderKind(
        "service-due",
        "保养提醒",
        "Customers",
        "archive_no",
        11,
        services,
        _why_service,
        ("Customers.archive_no",),
        (
            *_CALLS,
            *_WHOSE,
            *OF_LOSS,
            "Customers.cycle_months",
            "Customers.cycle_km",
            "Customers.last_service_km",
            "Visits.kind",
            "Visits.km",
        ),
        drop="service_drop_days",
        call=SERVICE,
    ),
    ReminderKind(
        "renewal-due",
        "续保提醒",
        "Customers",
        "archive_no",
        12,
        renewals,
        lambda row: f"保险 {day_of(row['insured_until'])} 到期，请提醒续保",
        (*_CALLS, "Customers.insured_until"),
        (*_WHOSE, *_CONSENT, "Renewals.archive_no", "Renewals.signed_on"),
        drop="renewal_drop_days",
        call=RENEWAL,
    ),
    ReminderKind(
        "class-visit",
        "客户拜访",
        "Customers",
        "archive_no",
        13,
        class_visits,
        lambda row: f"{row['grade']}客户，每{row['months']:.0f}个月拜访一次，上次 {day_of(row['last'])}",
        (*_CALLS, "Customers.grade", "Customers.archived_on"),
        (*_WHOSE, *_CONSENT),
        call=VISIT,
    ),
    ReminderKind(
        "lost-customer",
        "流失回访",
        "Customers",
        "archive_no",
        14,
        lost_customers,
        lambda row: f"{day_of(row['seen_on'])} 以后没有再来，请问原因并邀请回店",
        (*_CALLS, "Visits.came_on"),
        (*_WHOSE, *_CONSENT, *OF_LOSS),
        call=RECALL,
    ),
)
