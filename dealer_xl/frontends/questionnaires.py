"""From an action to its request: what each must be told before it can begin, and the request that the answers make."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dealer_xl import jobs
from dealer_xl.actions import Action
from dealer_xl.context import Context
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends import letter_prompts
from dealer_xl.frontends.prompts import Ask, Prompt, squeezed
from dealer_xl.requests import (
    REQUESTS,
    PlanRequest,
    Request,
    ShopRequest,
    SummaryRequest,
    UndoRequest,
    parse_year,
)


class NeedlessWordError(DealerXlError):
    """A word was put behind a label that needs none."""

    def __init__(self, label: str, word: str) -> None:
        super().__init__(f"“{label}”后面不用写“{word}”；只写“{label}”就可以。")


@dataclass(frozen=True)
class Questionnaire:
    """What may be said behind an action's label, and how its request comes of the answers."""

    behind: str
    request: Callable[[Path, Context, Ask], Request]


def request_of(action: Action, folder: Path, context: Context, ask: Ask) -> Request:
    """Return the request of an action, after asking what it must be told.

    Raises what `ask` raises, and what reading the workbooks raises.
    """
    if action.name in QUESTIONNAIRES:
        return QUESTIONNAIRES[action.name].request(folder, context, ask)
    if action.name in VARIANTS:
        return VARIANTS[action.name](folder)
    kind = REQUESTS[action.name]
    if not issubclass(kind, ShopRequest):
        raise TypeError(f"{action.name} is no action of a shop's folder")
    return kind(folder)


def request_said(action: Action, said: str, folder: Path, context: Context) -> Request:
    """Return the request of an action from what was said behind its label; what was not said gets the default.

    Raises NeedlessWordError, NoEventError, and what reading the workbooks raises.
    """
    words = _Said(squeezed(said))
    request = request_of(action, folder, context, words.answer)
    if words.rest:
        raise NeedlessWordError(action.label, words.rest)
    return request


@dataclass
class _Said:
    """What was said behind a label, taken word by word by the prompts that it answers."""

    rest: str

    def answer(self, prompt: Prompt, /) -> str:
        """Return the answer: of a closed prompt what is offered and was said first, of another all that is left."""
        longest_first = sorted((choice.answer for choice in prompt.choices), key=len, reverse=True)
        offered = next((answer for answer in longest_first if self.rest.startswith(answer)), "")
        taken = offered if prompt.is_closed else self.rest
        self.rest = self.rest.removeprefix(taken).lstrip("、,:")
        return prompt.read(taken)


def _summary(folder: Path, context: Context, ask: Ask) -> SummaryRequest:
    month = jobs.last_full_month(context.today).code
    return SummaryRequest(
        folder, ask(Prompt("总结哪个月或哪一年？写成 2026-03 或 2026。", month, parse=_period))
    )


def _plan(folder: Path, context: Context, ask: Ask) -> PlanRequest:
    year = ask(Prompt("分解哪一年的目标？写成 2026。", f"{context.now.year}", parse=_without_unit))
    return PlanRequest(folder, parse_year(year))


def _period(answer: str) -> str:
    """Write a month or a year as a request has it; what is neither, its job will refuse."""
    month = re.fullmatch(r"(20\d\d)(?:[-/.年](\d{1,2})月?|(\d\d))", answer)
    return f"{month[1]}-{int(month[2] or month[3]):02}" if month else _without_unit(answer)


def _without_unit(answer: str) -> str:
    return re.sub(r"(?<=\d)年$", "", answer)


QUESTIONNAIRES: Mapping[str, Questionnaire] = {
    "summary": Questionnaire("月份或年份", _summary),
    "plan": Questionnaire("年份", _plan),
    "letters": Questionnaire(letter_prompts.BEHIND, letter_prompts.letters_request),
}
"""The actions that must be told something; all others begin at once."""

VARIANTS: Mapping[str, Callable[[Path], Request]] = {"redo": lambda folder: UndoRequest(folder, redo=True)}
"""The actions that are another one's command with an option."""
