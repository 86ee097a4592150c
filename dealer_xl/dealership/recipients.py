"""Why a customer gets no letter: consent, address, and letters already sent.

Consent: 消费者权益保护法 art. 29 and 广告法 art. 43 allow advertising only to those who agreed; unknown is no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letter_forms import About, LetterForm

Row: TypeAlias = Mapping[Any, Any]
"""One row of a table: keys and values."""

NO_CONSENT, ALREADY_SENT, NO_ADDRESS, TOO_SOON = "no-consent", "already-sent", "no-address", "too-soon"

REASONS = {
    NO_CONSENT: "客户没有同意接收营销信函",
    ALREADY_SENT: "这次活动已经给该客户发过信",
    NO_ADDRESS: "档案里没有名称或地址",
    TOO_SOON: "离上一封信还不到规定天数",
}


SENT_BEFORE = "已经给该客户发过这种信"
"""Of letters that are about no event."""


def reason_text(reason: str, form: LetterForm) -> str:
    """Return why customers get no letter of a form, in words for staff."""
    return SENT_BEFORE if reason == ALREADY_SENT and form.about is not About.EVENT else REASONS[reason]


def refusals(
    dataset: Dataset, customers: Sequence[Row], event_no: str | None, form: LetterForm
) -> dict[str, str]:
    """Return for each archive number that gets no letter the first reason why.

    Where the form goes to each customer once, a person with two cars (same name and phone) gets one letter.
    """
    letters = dataset.tables["Letters"]
    archive = dataset.tables["Customers"].dropna(subset=["archive_no"])
    person_of = {row["archive_no"]: _person(row) for row in archive.to_dict("records")}
    sent = letters.loc[_about_the_same(dataset, letters, event_no, form.kind), "archive_no"].dropna()
    reached = {person_of.get(number, (number, "")) for number in sent} if form.one_a_customer else set()
    reached_cars = set() if form.one_a_customer else set(sent)
    near = letters["sent_on"] > dataset.today - pd.Timedelta(days=dataset.settings.letter_gap_days)
    recent = {person_of.get(number, (number, "")) for number in letters.loc[near, "archive_no"].dropna()}
    refused = {}
    for customer in customers:
        person = _person(customer)
        is_reached = person in reached or customer["archive_no"] in reached_cars
        too_soon = form.marketing and person in recent
        if reason := _reason(customer, is_reached, too_soon, marketing=form.marketing):
            refused[customer["archive_no"]] = reason
        elif form.one_a_customer:
            reached.add(person)
    return refused


def _reason(customer: Row, reached: bool, too_soon: bool, *, marketing: bool) -> str | None:
    if marketing and customer["consent"] != "同意":
        return NO_CONSENT
    if reached:
        return ALREADY_SENT
    if not (blank(customer["name"]) and blank(customer["address"])):
        return NO_ADDRESS
    return TOO_SOON if too_soon else None


def _about_the_same(dataset: Dataset, letters: pd.DataFrame, event_no: str | None, kind: str) -> pd.Series:
    """Choose the letters of the same event; without one, those of the same kind made today."""
    if event_no is not None:
        return letters["event_no"] == event_no
    return (letters["kind"] == kind) & (letters["sent_on"] == dataset.today)


def _person(customer: Row) -> tuple[str, str]:
    return blank(customer["name"]), blank(customer["phone"]) or blank(customer["archive_no"])


def blank(value: object) -> str:
    """Write a cell of text, nothing for an empty one."""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
