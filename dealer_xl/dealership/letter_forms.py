"""The kinds of letters: what each is about, to whom it goes, and what the register calls it (LE-01 to LE-07).

A new kind of letter is an entry in LETTER_FORMS and a Word template of that name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from dealer_xl.dealership.tables.letter_register import LETTER_KINDS


class About(Enum):
    """What a letter is about, and so what must be told before it is written."""

    EVENT = "活动"
    TASK = "事项"  # of today's list
    COMPLAINT = "投诉"
    CUSTOMERS = "客户"  # those who are named


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


LETTER_FORMS = (LetterForm("邀请函", "邀请函", marketing=True, about=About.EVENT),)
"""The first is the one that is offered first."""
