"""What staff typed to ask for a job: its label, or the unique beginning of it, and what the job is to be told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dealer_xl.choices import NEEDS
from dealer_xl.errors import DealerXlError
from dealer_xl.menu import MENU, Entry

ASKED_FOR = tuple(entry for entry in MENU if entry.button and entry.typed)
"""The jobs that can be asked for by their label: those of the buttons that are commands, too."""

REDO = Entry("undo", "取消撤销", "取消刚才的撤销，回到撤销之前")
"""Has no button and no command of its own, but whoever types 撤销 by mistake needs it."""


class UnknownRequestError(DealerXlError):
    """No job has such a name, or several have."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"看不懂“{typed}”。可以写：{'、'.join(offered())}。")


@dataclass(frozen=True)
class Request:
    """A job that is asked for: its entry, the words of the command line it always has, and what was said besides."""

    entry: Entry
    said: str = ""

    @property
    def options(self) -> Sequence[str]:
        """Return the options that make the command this job."""
        return ("--redo",) if self.entry is REDO else ()


def offered() -> list[str]:
    """Name what can be asked for, with what each may be told."""
    return [
        f"{entry.label} {NEEDS[entry.command].what}" if entry.command in NEEDS else entry.label
        for entry in (*ASKED_FOR, REDO)
    ]


def read_request(typed: str) -> Request:
    """Read what was typed; letters of full width, spaces and a colon behind the label do not matter.

    Raises UnknownRequestError.
    """
    text = unicodedata.normalize("NFKC", typed).strip(" \t\r\n.。!")
    found = _by_label(text) or _by_beginning(text)
    if found is None:
        raise UnknownRequestError(typed.strip())
    return found


def _by_label(text: str) -> Request | None:
    for entry in (REDO, *ASKED_FOR):
        for name in (entry.label, *([] if entry is REDO else [entry.command])):
            letters = r"\s*".join(map(re.escape, name))
            rest = re.fullmatch(f"{letters}(.*)", text, re.DOTALL)
            if rest and not (name.isascii() and rest[1][:1].isalpha()):
                return Request(entry, _bare(rest[1]))
    return None


def _by_beginning(text: str) -> Request | None:
    """Read a beginning of a label; behind it stands a space, a colon or a number."""
    word = re.match(r"[^\W\d_]+", text)
    if word is None:
        return None
    likely = [entry for entry in (*ASKED_FOR, REDO) if entry.label.startswith(word[0])]
    return Request(likely[0], _bare(text[word.end() :])) if len(likely) == 1 else None


def _bare(said: str) -> str:
    return said.strip().lstrip(":,，、-").strip()
