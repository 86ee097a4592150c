"""What staff type to ask for an action: its label, or the unique beginning of it, and what the action must be told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dealer_xl.actions import Action, Place, actions_in
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends.questionnaires import QUESTIONNAIRES

LONGEST_FIRST = sorted(actions_in(Place.CELL), key=lambda action: -len(action.label))
"""A label that begins with another one is tried before it."""


class UnknownCommandError(DealerXlError):
    """No action has such a label, or several have."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"看不懂“{typed}”。可以写：{'、'.join(_offered())}。")


@dataclass(frozen=True)
class CommandText:
    """An action that is asked for, and what was said behind its label."""

    action: Action
    said: str = ""


def read_command(typed: str) -> CommandText:
    """Read what was typed; letters of full width, spaces and a colon behind the label do not matter.

    Raises UnknownCommandError.
    """
    text = unicodedata.normalize("NFKC", typed).strip(" \t\r\n.。!")
    found = _by_label(text) or _by_beginning(text)
    if found is None:
        raise UnknownCommandError(typed.strip())
    return found


def _offered() -> list[str]:
    """Return what can be asked for, with what each may be told."""
    return [
        f"{action.label} {QUESTIONNAIRES[action.name].behind}"
        if action.name in QUESTIONNAIRES
        else action.label
        for action in actions_in(Place.CELL)
    ]


def _by_label(text: str) -> CommandText | None:
    for action in LONGEST_FIRST:
        for name in (action.label, *([action.name] if action.is_typed else [])):
            letters = r"\s*".join(map(re.escape, name))
            rest = re.fullmatch(f"{letters}(.*)", text, re.DOTALL)
            if rest and not (name.isascii() and rest[1][:1].isalpha()):
                return CommandText(action, _bare(rest[1]))
    return None


def _by_beginning(text: str) -> CommandText | None:
    """Read a beginning of a label; behind it stands a space, a colon or a number."""
    word = re.match(r"[^\W\d_]+", text)
    if word is None:
        return None
    likely = [action for action in actions_in(Place.CELL) if action.label.startswith(word[0])]
    return CommandText(likely[0], _bare(text[word.end() :])) if len(likely) == 1 else None


def _bare(said: str) -> str:
    return said.strip().lstrip(":,，、-").strip()
