"""A conversation on the console: lines that are shown, answers that are typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dealer_xl.errors import CancelledError
from dealer_xl.frontends.prompts import Prompt

if TYPE_CHECKING:
    from rich.console import RenderableType

END = ("", "0")
NO = ("0", "n", "N", "否", "不")


@dataclass
class Console:
    """Shows lines, and asks for words; `type_in` raises EOFError when nobody can answer any more."""

    type_in: Callable[[str], str]
    show: Callable[[RenderableType], None]

    def confirm(self, question: str, /) -> bool:
        """Ask before something that makes much; Enter is yes."""
        return self.type_in(f"{question}\n（直接按回车：是；0：不）").strip() not in NO

    def ask(self, prompt: Prompt, /) -> str:
        """Put a prompt; Enter is the default.

        Raises CancelledError, and what `Prompt.read` raises.
        """
        enter = prompt.default or "返回"
        answer = self.type_in(f"{prompt.text()}\n（直接按回车：{enter}；0：返回）").strip()
        if (answer or prompt.default) in END:
            raise CancelledError
        return prompt.read(answer)
