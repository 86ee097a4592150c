"""Events: call the customers on the list in the days before the notice is due, then write to them (LE-01, LE-02)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.months import edate
from dealer_xl.dealership.persons import refused, usable_address
from dealer_xl.dealership.reminder_kinds.customer_calls import DECISIVE, REACHED, outbound
from dealer_xl.dealership.reminder_kinds.kind import RECORD, ReminderKind, day_of

NOTICE = "活动通知"
AGREED = "同意"


def coming(dataset: Dataset) -> pd.DataFrame:
    """Return the events that begin after today, with `notice` (the last day to tell of it) and `first` (the first)."""
    events, settings = dataset.tables["Events"], dataset.settings
    rows = events[events["event_no"].notna() & (events["starts_on"] > dataset.today)]
    notice = dataset.calendar.later(rows["starts_on"], -settings.event_notice_days)
    return rows.assign(notice=notice, first=notice - pd.Timedelta(days=settings.event_call_days))


def invitees(dataset: Dataset, first: pd.Timestamp, wanted: float) -> pd.DataFrame:
    """Return the customers to invite to an event whose calls begin on a day, in their order: the loyal first.

    wanted: how many; blank for all who agreed to hear of it.
    """
    customers = dataset.tables["Customers"]
    rows = customers[
        (customers["consent"] == AGREED)
        & customers["phone"].notna()
        & customers["archive_no"].notna()
        & ~refused(customers)
    ]
    visits = dataset.tables["Visits"]
    before = visits[visits["came_on"] < first]
    year = pd.Timestamp(edate(np.array([first], dtype="datetime64[D]"), -12)[0])
    times = before[before["came_on"] >= year].groupby("archive_no").size()
    rows = rows.assign(
        loyal=look_up(rows["archive_no"], times).fillna(0) >= dataset.settings.loyal_visits,
        last_came=look_up(rows["archive_no"], before.groupby("archive_no")["came_on"].max()),
    )
    ordered = rows.sort_values(
        ["loyal", "last_came", "archive_no"], ascending=[False, False, True], na_position="last"
    )
    return ordered if pd.isna(wanted) else ordered.head(int(wanted))


def calls_to_make(dataset: Dataset) -> pd.DataFrame:
    """Find the invited customers who are not told of a coming event yet, spread over the days of calling."""
    told = _told(dataset, DECISIVE)
    parts = [_calls_for(dataset, event, told) for event in coming(dataset).to_dict("records")]
    return pd.concat([_nobody(dataset), *parts])


def _calls_for(dataset: Dataset, event: dict, told: pd.DataFrame) -> pd.DataFrame:  # type: ignore[type-arg]  # cells of a row
    listed = invitees(dataset, event["first"], event["invited"])
    days = np.arange(len(listed)) * (dataset.settings.event_call_days + 1) // max(len(listed), 1)
    listed = listed.assign(
        earliest=(event["first"] + pd.to_timedelta(days, unit="D")).astype("datetime64[s]"),
        due=event["notice"],
    )
    known = told.loc[told["event_no"] == event["event_no"], "row"]
    return _of_event(listed[~listed.index.isin(known)], event)


def letters_to_write(dataset: Dataset) -> pd.DataFrame:
    """Find customers who were told of a coming event by phone and have no letter yet (LE-02)."""
    told = _told(dataset, REACHED).groupby(["event_no", "row"], as_index=False)["called_on"].min()
    parts = [
        _letters_for(dataset, event, told[told["event_no"] == event["event_no"]])
        for event in coming(dataset).to_dict("records")
        if event["posted"] != "否"
    ]
    return pd.concat([_nobody(dataset), *parts])


def _letters_for(dataset: Dataset, event: dict, told: pd.DataFrame) -> pd.DataFrame:  # type: ignore[type-arg]  # cells of a row
    customers, letters = dataset.tables["Customers"], dataset.tables["Letters"]
    sent = letters[(letters["event_no"] == event["event_no"]) & (letters["status"] != "退回")]
    addresses = customers["address"].map(usable_address, na_action="ignore")
    wanted = customers[
        (customers["consent"] == AGREED)
        & ~refused(customers)
        & addresses.notna()
        & ~customers["archive_no"].isin(sent["archive_no"].dropna())
    ]
    called_on = look_up(pd.Series(wanted.index, index=wanted.index), told.set_index("row")["called_on"])
    rows = wanted.assign(
        earliest=called_on, due=dataset.calendar.later(called_on, dataset.settings.letter_days)
    )
    return _of_event(rows[called_on.notna()], event)


def _told(dataset: Dataset, results: tuple[str, ...]) -> pd.DataFrame:
    """Return who was told of which event when: event_no, row of the archive, called_on.

    A call without an archive number tells every customer of its phone.
    """
    calls = outbound(dataset, NOTICE)
    calls = calls[calls["result"].isin(results) & calls["event_no"].notna()]
    customers = dataset.tables["Customers"]
    customers = customers.assign(row=customers.index)[["archive_no", "phone", "row"]]
    named = calls["archive_no"].notna()
    kept = ["event_no", "called_on"]
    parts = (
        calls.loc[named, [*kept, "archive_no"]].merge(
            customers.dropna(subset=["archive_no"]), on="archive_no"
        ),
        calls.loc[~named & calls["phone"].notna(), [*kept, "phone"]].merge(customers, on="phone"),
    )
    return pd.concat([part[[*kept, "row"]] for part in parts], ignore_index=True)


def _of_event(rows: pd.DataFrame, event: dict) -> pd.DataFrame:  # type: ignore[type-arg]  # cells of a row
    return rows.assign(
        event=event["name"],
        starts_on=event["starts_on"],
        **{RECORD: event["event_no"] + "/" + rows["archive_no"]},
    )


def _nobody(dataset: Dataset) -> pd.DataFrame:
    nothing = pd.Series([], dtype="datetime64[s]")
    words = pd.Series([], dtype="str")
    return (
        dataset.tables["Customers"]
        .head(0)
        .assign(earliest=nothing, due=nothing, event=words, starts_on=nothing, **{RECORD: words})
    )


def event_of(record: str) -> str:
    """Return the number of the event in the name of a task."""
    return record.rpartition("/")[0]


_CONSENT = ("Customers.consent", "Customers.archive_no")
_PERSON = ("Customers.name", "Customers.address", "Customers.phone")
_OF_EVENTS = ("Events.event_no", "Events.starts_on")
_CALLS = ("Calls.called_on", "Calls.kind", "Calls.direction", "Calls.result", "Calls.event_no")

EVENT_KINDS = (
    ReminderKind(
        "event-letter",
        "寄活动信函",
        "Customers",
        RECORD,
        8,
        letters_to_write,
        lambda row: f"{day_of(row['earliest'])} 已电话通知“{row['event']}”，请寄信（点“生成信函”）",
        (*_CALLS, *_OF_EVENTS, *_CONSENT, "Customers.address", "Letters.event_no", "Letters.archive_no"),
        (
            "Customers.name",
            "Customers.phone",
            "Calls.archive_no",
            "Calls.phone",
            "Letters.status",
            "Events.posted",
            "Events.name",
        ),
    ),
    ReminderKind(
        "event-call",
        "活动通知",
        "Customers",
        RECORD,
        9,
        calls_to_make,
        lambda row: f"{day_of(row['starts_on'])} “{row['event']}”，请通知客户",
        (*_CALLS, *_OF_EVENTS, *_CONSENT, "Customers.phone"),
        (
            *_PERSON,
            "Calls.archive_no",
            "Calls.phone",
            "Visits.came_on",
            "Visits.archive_no",
            "Events.invited",
            "Events.name",
        ),
        call=NOTICE,
    ),
)
