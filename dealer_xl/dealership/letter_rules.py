"""The rules of the letter register: in time, with consent, and never twice."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR
from dealer_xl.dealership.letter_forms import LETTER_FORMS, forms_of
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.persons import refused
from dealer_xl.dealership.rule import Rule
from dealer_xl.dealership.sent_letters import RETURNED

MARKETING = (LETTER_FORMS[0].kind,)


def sent_late(dataset: Dataset) -> pd.Series:
    """Find letters sent more than `letter_days` after the customer was told by phone (LE-02)."""
    letters = dataset.tables["Letters"]
    return letters["sent_on"] > dataset.calendar.later(letters["phoned_on"], dataset.settings.letter_days)


def sent_without_consent(dataset: Dataset) -> pd.Series:
    """Find marketing letters to customers who did not agree, or refused on another car (消费者权益保护法 art. 29)."""
    letters, customers = dataset.tables["Letters"], dataset.tables["Customers"]
    marketing = {name for name, form in forms_of(dataset).items() if form.marketing}
    advertises = letters["template"].isin(marketing) | (
        letters["template"].isna() & letters["kind"].isin(MARKETING)
    )
    agreed = (customers["consent"] == "同意") & ~refused(customers)
    by_number = agreed.groupby(customers["archive_no"]).first()
    known = letters["archive_no"].isin(by_number.index)
    return advertises & known & ~look_up(letters["archive_no"], by_number).fillna(False).astype(bool)


def came_back(dataset: Dataset) -> pd.Series:
    """Find addresses to which the latest letter came back, as long as they are as they were."""
    letters = dataset.tables["Letters"].dropna(subset=["archive_no"])
    in_order = letters.sort_values("sent_on", kind="stable", na_position="first")
    last = in_order.drop_duplicates("archive_no", keep="last").set_index("archive_no")
    back = last[last["status"] == RETURNED]
    customers = dataset.tables["Customers"]
    sent_to = look_up(customers["archive_no"], back["address"])
    returned = customers["archive_no"].isin(back.index)
    return returned & (sent_to.isna() | (sent_to == customers["address"]).fillna(False))


def sent_twice(dataset: Dataset) -> pd.Series:
    """Find later letters about the same event to the same archive number; one that came back is none."""
    letters = dataset.tables["Letters"].dropna(subset=["event_no", "archive_no"])
    return letters[letters["status"] != "退回"].duplicated(["event_no", "archive_no"])


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
        uses=("Letters.template", "Customers.name", "Customers.phone", "Customers.address"),
        message="该客户没有同意接收营销信函，不应寄出",
        source="消费者权益保护法 29条",
    ),
    Rule(
        "letter-duplicate",
        "Letters",
        ("archive_no", "event_no"),
        sent_twice,
        severity=ERROR,
        uses=("Letters.status",),
        message="这次活动已经给该客户发过信，请勿重复",
    ),
    Rule(
        "letter-returned",
        "Customers",
        ("address", "archive_no"),
        came_back,
        also_reads=("Letters.archive_no", "Letters.status"),
        uses=("Letters.sent_on", "Letters.address"),
        message="上一封信按这个地址寄出后被退回，请核对地址",
    ),
)
