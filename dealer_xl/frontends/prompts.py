"""What an action must be told before it can begin: prompts as plain data, and the request that the answers make.

The ribbon shows a prompt in a box, the menu as a line, `watch` takes the answer from behind the label; so would a window.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dealer_xl import jobs
from dealer_xl.actions import Action
from dealer_xl.context import Context
from dealer_xl.dealership.letter_forms import LETTER_FORMS, About, LetterForm
from dealer_xl.dealership.tasks import KINDS
from dealer_xl.errors import DealerXlError
from dealer_xl.requests import (
    REQUESTS,
    LettersRequest,
    PlanRequest,
    Request,
    ShopRequest,
    SummaryRequest,
    UndoRequest,
    parse_year,
)

MOST_CHOICES = 5


class NoEventError(DealerXlError):
    """Nobody said which event, and none is to come."""

    def __init__(self) -> None:
        super().__init__("没有还未结束的活动，不知道为哪个活动发信；请先登记到“活动计划”表，或写明活动编号。")


class NoComplaintError(DealerXlError):
    """Nobody said which complaint, and none is open."""

    def __init__(self) -> None:
        super().__init__("没有处理中的投诉，不知道答复哪一件；请先登记到“投诉跟踪”表，或写明投诉号。")


class NobodyNamedError(DealerXlError):
    """Nobody said to whom the letters go."""

    def __init__(self) -> None:
        super().__init__("没有写明发给谁；请填档案号，几个之间用顿号分开。")


class NotOfferedError(DealerXlError):
    """The answer is none of those that are offered."""

    def __init__(self, answer: str, offered: Sequence[str]) -> None:
        super().__init__(f"没有“{answer}”，可以填：{'、'.join(offered)}。")


class NeedlessWordError(DealerXlError):
    """A word was put behind a label that needs none."""

    def __init__(self, label: str, word: str) -> None:
        super().__init__(f"“{label}”后面不用写“{word}”；只写“{label}”就可以。")


@dataclass(frozen=True)
class Choice:
    """One answer that is offered, and how it is listed."""

    answer: str
    text: str


@dataclass(frozen=True)
class Prompt:
    """A question before an action: the answer that is most likely, what else is offered, and how an answer is read."""

    question: str
    default: str
    choices: tuple[Choice, ...] = ()
    parse: Callable[[str], str] = str
    is_closed: bool = False  # takes only what it offers

    def read(self, typed: str) -> str:
        """Return the answer that was typed, else the default, as a request has it.

        Raises what `parse` raises.
        """
        return self.parse(squeezed(typed) or self.default)

    def text(self, longest: int | None = None) -> str:
        """Return the question with the choices below it, as many as there is room for."""
        text = self.question
        for choice in self.choices:
            longer = f"{text}\n{choice.text}"
            text = longer if longest is None or len(longer) <= longest else text
        return text


class Ask(Protocol):
    """Puts a prompt to staff, and returns the answer as `Prompt.read` has it."""

    def __call__(self, prompt: Prompt, /) -> str:
        """Return the answer.

        Raises CancelledError, and what `Prompt.read` raises.
        """
        ...


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


def squeezed(text: str) -> str:
    """Return what was typed with letters of full width made plain, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _summary(folder: Path, context: Context, ask: Ask) -> SummaryRequest:
    month = jobs.last_full_month(context.today).code
    return SummaryRequest(
        folder, ask(Prompt("总结哪个月或哪一年？写成 2026-03 或 2026。", month, parse=_period))
    )


def _plan(folder: Path, context: Context, ask: Ask) -> PlanRequest:
    year = ask(Prompt("分解哪一年的目标？写成 2026。", f"{context.now.year}", parse=_without_unit))
    return PlanRequest(folder, parse_year(year))


def letters_request(
    folder: Path, context: Context, ask: Ask, forms: Sequence[LetterForm] = LETTER_FORMS
) -> LettersRequest:
    """Return the request of letters: which template, where there are several, and then what its form is about.

    Raises what `ask` raises, and what reading the workbooks raises.
    """
    form = forms[0]
    if len(forms) > 1:
        template = ask(_one_of("用哪个信函模板？", [Choice(each.template, each.template) for each in forms]))
        form = next(each for each in forms if each.template == template)
    match form.about:
        case About.EVENT:
            return LettersRequest(folder, form.template, event=ask(_event(form, context)))
        case About.TASK:
            task = form.task or ask(_one_of("发给今日必做中哪一类事项的客户？", _task_choices()))
            return LettersRequest(folder, form.template, task=task)
        case About.COMPLAINT:
            return LettersRequest(folder, form.template, complaint=ask(_complaint(context)))
        case About.CUSTOMERS:
            numbers = ask(Prompt("发给哪些客户？请填档案号，几个之间用顿号分开。", "", parse=_archive_nos))
            return LettersRequest(folder, form.template, archive=tuple(numbers.split("、")))


def _event(form: LetterForm, context: Context) -> Prompt:
    events = jobs.events_to_invite_to(context)
    choices = tuple(Choice(event.event_no, str(event)) for event in events[:MOST_CHOICES])
    likely = events[0].event_no if events else ""
    return Prompt(f"为哪个活动发{form.template}？请填活动编号。", likely, choices, _event_no)


def _complaint(context: Context) -> Prompt:
    complaints = jobs.complaints_to_answer(context)
    choices = tuple(Choice(each.complaint_no, str(each)) for each in complaints[:MOST_CHOICES])
    likely = complaints[0].complaint_no if complaints else ""
    return Prompt("答复哪一件投诉？请填投诉号。", likely, choices, _complaint_no)


def _task_choices() -> list[Choice]:
    labels = {kind.code: kind.label for kind in KINDS}
    return [Choice(code, f"{code} {label}") for code, label in labels.items()]


def _one_of(question: str, choices: Sequence[Choice]) -> Prompt:
    """Return a prompt that takes only what it offers, the first by default."""
    answers = [choice.answer for choice in choices]

    def parse(answer: str) -> str:
        if answer not in answers:
            raise NotOfferedError(answer, answers)
        return answer

    return Prompt(question, answers[0], tuple(choices), parse, is_closed=True)


def _period(answer: str) -> str:
    """Write a month or a year as a request has it; what is neither, its job will refuse."""
    month = re.fullmatch(r"(20\d\d)(?:[-/.年](\d{1,2})月?|(\d\d))", answer)
    return f"{month[1]}-{int(month[2] or month[3]):02}" if month else _without_unit(answer)


def _without_unit(answer: str) -> str:
    return re.sub(r"(?<=\d)年$", "", answer)


def _event_no(answer: str) -> str:
    if not answer:
        raise NoEventError
    return answer


def _complaint_no(answer: str) -> str:
    if not answer:
        raise NoComplaintError
    return answer


def _archive_nos(answer: str) -> str:
    numbers = [number for number in re.split("[、,;/]", answer) if number]
    if not numbers:
        raise NobodyNamedError
    return "、".join(numbers)


QUESTIONNAIRES: Mapping[str, Questionnaire] = {
    "summary": Questionnaire("月份或年份", _summary),
    "plan": Questionnaire("年份", _plan),
    "letters": Questionnaire("活动编号" if len(LETTER_FORMS) == 1 else "模板和活动编号", letters_request),
}
"""The actions that must be told something; all others begin at once."""

VARIANTS: Mapping[str, Callable[[Path], Request]] = {"redo": lambda folder: UndoRequest(folder, redo=True)}
"""The actions that are another one's command with an option."""
