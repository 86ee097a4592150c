"""The rules of the letter register: in time, with consent, and never twice."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR
from dealer_xl.dealership.letter_forms import LETTER_FORMS
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.rule import Rule

MARKETING = (LETTER_FORMS[0].kind,)


def sent_late(dataset: Dataset) -> pd.Series:
    """Find letters sent more than `letter_days` after the customer was told by phone (LE-02)."""
    letters = dataset.tables["Letters"]
    return letters["sent_on"] > dataset.calendar.later(letters["phoned_on"], dataset.settings.letter_days)


def sent_without_consent(dataset: Dataset) -> pd.Series:
    """Find marketing letters to customers who did not agree (消费者权益保护法 art. 29)."""
    letters = dataset.tables["Letters"]
    archive = dataset.tables["Customers"].dropna(subset=["archive_no"]).set_index("archive_no")
    known = letters["archive_no"].isin(archive.index)
    agreed = look_up(letters["archive_no"], archive["consent"]) == "同意"
    return letters["kind"].isin(MARKETING) & known & ~agreed


def sent_twice(dataset: Dataset) -> pd.Series:
    """Find later letters about the same event to the same archive number."""
    letters = dataset.tables["Letters"].dropna(subset=["event_no", "archive_no"])
    return letters.duplicated(["event_no", "archive_no"])


LETTER_RULES = (
    Rule(
        "letter-late",
        "Letters",
        ("sent_on", "phoned_on"),
        sent_late,
        lambda settings: {"days": settings.letter_days},
        message="寄晚了：应在电话通知后{days}天内",
        source="LE-02",
    ),
    Rule(
        "letter-without-consent",
        "Letters",
        ("archive_no", "kind"),
        sent_without_consent,
        severity=ERROR,
        also_reads=("Customers.archive_no", "Customers.consent"),
        message="该客户没有同意接收营销信函，不应寄出",
        source="消费者权益保护法 29条",
    ),
    Rule(
        "letter-duplicate",
        "Letters",
        ("archive_no", "event_no"),
        sent_twice,
        severity=ERROR,
        message="这次活动已经给该客户发过信，请勿重复",
    ),
)
