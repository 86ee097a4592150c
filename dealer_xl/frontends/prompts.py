"""Prompts as plain data: a question, the answer that is most likely, what else is offered, how an answer is read.

The ribbon shows a prompt in a box, the menu as a line, `watch` takes the answer from behind the label; so would a window.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dealer_xl.errors import DealerXlError


class NotOfferedError(DealerXlError):
    """The answer is none of those that are offered."""

    def __init__(self, answer: str, offered: Sequence[str]) -> None:
        super().__init__(f"没有“{answer}”，可以填：{'、'.join(offered)}。")


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


def one_of(question: str, choices: Sequence[Choice]) -> Prompt:
    """Return a prompt that takes only what it offers, the first by default."""
    answers = [choice.answer for choice in choices]

    def parse(answer: str) -> str:
        if answer not in answers:
            raise NotOfferedError(answer, answers)
        return answer

    return Prompt(question, answers[0], tuple(choices), parse, is_closed=True)


def squeezed(text: str) -> str:
    """Return what was typed with letters of full width made plain, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
