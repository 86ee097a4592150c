"""The kinds of letters: what each is about, to whom it goes, and what the register calls it (LE-01 to LE-07).

What a template is for stands in 信函模板; for the shipped ones the shipped rows serve as long as the sheet lacks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.shipped_forms import SHIPPED_FORMS, ShippedForm
from dealer_xl.dealership.tables.letter_register import LETTER_KINDS


class About(Enum):
    """What a letter is about, and so what must be told before it is written."""

    EVENT = "活动"
    TASK = "事项"  # of today's list
    COMPLAINT = "投诉"
    CUSTOMERS = "客户"  # those who are named


USES: Mapping[str, tuple[About, str]] = {
    "活动": (About.EVENT, ""),
    "首保": (About.TASK, "first-service-due"),
    "保养": (About.TASK, "service-due"),
    "续保": (About.TASK, "renewal-due"),
    "流失": (About.TASK, "lost-customer"),
    "投诉": (About.COMPLAINT, ""),
    "感谢": (About.CUSTOMERS, ""),
    "其他": (About.CUSTOMERS, ""),
}
"""What 用于 makes a letter be about, and the kind of task that it goes to."""

OTHER = "其他"
YES = "是"


@dataclass(frozen=True)
class LetterForm:
    """One kind of letter: its template, what the register calls it, and what it needs."""

    template: str
    kind: str  # 信函种类
    marketing: bool  # goes only to those who agreed
    about: About
    task: str = ""  # the kind of task it goes to, where it is always the same
    one_a_customer: bool = True  # else one a car

    def __post_init__(self) -> None:
        if self.kind not in LETTER_KINDS:  # the register would hold what `check` marks as wrong
            raise ValueError(f"{self.kind} is none of {LETTER_KINDS}")


def _form(template: str, kind: str, used_for: str, *, marketing: bool, one_a_customer: bool) -> LetterForm:
    about, task = USES[used_for]
    return LetterForm(template, kind, marketing, about, task, one_a_customer)


def _shipped(form: ShippedForm) -> LetterForm:
    return _form(
        form.template,
        form.kind,
        form.used_for,
        marketing=form.marketing == YES,
        one_a_customer=form.one_a_customer == YES,
    )


LETTER_FORMS = tuple(map(_shipped, SHIPPED_FORMS))
"""The shipped ones; the first is the one that is offered first."""


def forms_of(dataset: Dataset) -> dict[str, LetterForm]:
    """Return the forms by their templates: the shipped ones as the sheet has them, then the shop's own.

    A wrong cell is read with care: a letter whose 营销 cannot be read needs consent.
    """
    rows = dataset.tables["LetterForms"].dropna(subset=["template"])
    wrong = dataset.error_masks["LetterForms"]
    typed = {
        str(row["template"]): _typed(row, doubtful=bool(wrong.loc[row["row"], "marketing"]))
        for row in rows.assign(row=rows.index).to_dict("records")
    }
    return {form.template: form for form in LETTER_FORMS} | typed


def _typed(row: Mapping[Any, Any], *, doubtful: bool) -> LetterForm:
    kind, used_for = (None if pd.isna(row[key]) else str(row[key]) for key in ("kind", "used_for"))
    return _form(
        str(row["template"]),
        kind or LETTER_KINDS[0],
        used_for or OTHER,
        marketing=doubtful or row["marketing"] == YES,
        one_a_customer=row["one_a_customer"] == YES,
    )


def offered_row(template: str) -> ShippedForm:
    """Return the row of 信函模板 that a template without one is offered: that of the shipped one that its name holds.

    Of what has no such name nothing is known, so that it needs consent.
    """
    like = next((form for form in SHIPPED_FORMS if form.template in template), None)
    if like is None:
        return ShippedForm(template, LETTER_KINDS[0], OTHER, YES, YES, "请核对这一行")
    return ShippedForm(
        template, like.kind, like.used_for, like.marketing, like.one_a_customer, "请核对这一行"
    )


def form_of_row(row: ShippedForm) -> LetterForm:
    """Return the form that a row of 信函模板 makes."""
    return _shipped(row)
