"""What is asked before letters are made: which template, and then what its form is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.letter_forms import About, LetterForm
from dealer_xl.dealership.reminders import REMINDERS
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends.prompts import Ask, Choice, Prompt, one_of
from dealer_xl.requests import LettersRequest

MOST_CHOICES = 5

BEHIND = "模板和活动编号"
"""What may be said behind the label of the action."""


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


def letters_request(
    folder: Path, context: Context, ask: Ask, forms: Sequence[LetterForm] | None = None
) -> LettersRequest:
    """Return the request of letters: which template, where there are several, and then what its form is about.

    The forms are those of the shop where none are named.
    Raises what `ask` raises, and what reading the workbooks raises.
    """
    forms = forms or jobs.letter_forms(context)
    form = forms[0]
    if len(forms) > 1:
        template = ask(one_of("用哪个信函模板？", [Choice(each.template, each.template) for each in forms]))
        form = next(each for each in forms if each.template == template)
    match form.about:
        case About.EVENT:
            event = ask(_event(form, context))
            return LettersRequest(folder, form.template, event=event, where=_conditions(ask(_WHICH)))
        case About.TASK:
            task = form.task or ask(one_of("发给今日必做中哪一类事项的客户？", _task_choices()))
            return LettersRequest(folder, form.template, task=task)
        case About.COMPLAINT:
            return LettersRequest(folder, form.template, complaint=ask(_complaint(context)))
        case About.CUSTOMERS:
            whom = ask(Prompt(_WHOM, "", parse=_somebody))
            if _is_condition(whom):
                return LettersRequest(folder, form.template, where=_conditions(whom))
            return LettersRequest(folder, form.template, archive=tuple(_archive_nos(whom)))


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
    labels = {kind.code: kind.label for kind in REMINDERS}
    return [Choice(code, f"{code} {label}") for code, label in labels.items()]


def _event_no(answer: str) -> str:
    if not answer:
        raise NoEventError
    return answer


def _complaint_no(answer: str) -> str:
    if not answer:
        raise NoComplaintError
    return answer


_EXAMPLE = "如 地区=天河 或 客户等级=VIP、一级；忠诚客户=是"
_WHICH = Prompt(f"只发给哪些客户？不填就是活动的名单；也可以写条件，{_EXAMPLE}。", "")
_WHOM = f"发给哪些客户？请填档案号，几个之间用顿号分开；也可以写条件，{_EXAMPLE}。"


def _is_condition(answer: str) -> bool:
    return re.search("[=<>≥≤]", answer) is not None


def _conditions(answer: str) -> tuple[str, ...]:
    return tuple(each for each in re.split("[;,]", answer) if each)


def _somebody(answer: str) -> str:
    if not (_is_condition(answer) or _archive_nos(answer)):
        raise NobodyNamedError
    return answer


def _archive_nos(answer: str) -> list[str]:
    return [number for number in re.split("[、,;/]", answer) if number]
