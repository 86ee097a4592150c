"""Offer the actions by their numbers, ask what they must be told, and run them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dealer_xl import fault_log, jobs
from dealer_xl.actions import Action, Place, action_named, actions_in
from dealer_xl.context import Context
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends import clock, dispatch
from dealer_xl.frontends.command_text import CommandText, read_command
from dealer_xl.frontends.console_menu.console import END, Console
from dealer_xl.frontends.questionnaires import request_of, request_said
from dealer_xl.jobs.command_cell import missing_workbooks


@dataclass(frozen=True)
class Menu:
    """The numbered menu of one shop's folder."""

    folder: Path
    console: Console
    now: Callable[[], datetime] = clock.now
    dry_run: bool = False

    def run(self) -> int:
        """Offer the actions again and again, until staff end it; return how many were done."""
        done = 0
        try:
            while True:
                actions = self._offered()
                self.console.show(self._text(actions))
                typed = self.console.type_in("请输入数字，再按回车：").strip()
                if typed in END:
                    break
                done += self._pick(typed, actions)
        except (KeyboardInterrupt, EOFError):
            pass
        return done

    def _offered(self) -> list[Action]:
        new = [action_named("new")] if missing_workbooks(self.folder) else []
        return [*new, *actions_in(Place.MENU)]

    def _text(self, actions: Sequence[Action]) -> str:
        lines = [
            f"{number:>3}  {action.label}：{action.sentence}"
            for number, action in enumerate(actions, start=1)
        ]
        return "\n".join([f"“{self.folder.name}”要办什么？", *lines, "  0  结束（也可以直接按回车）"])

    def _pick(self, typed: str, actions: Sequence[Action]) -> bool:
        """Do what was picked, by its number or as one asks for it elsewhere; return whether it was done."""
        try:
            self._carry_out(_picked(typed, actions))
        except DealerXlError as reason:
            self.console.show(f"{reason}\n")
            return False
        except Exception as fault:  # noqa: BLE001 - the front end: whatever is our own fault goes to the log
            self.console.show(f"{fault_log.told(fault)}\n")
            return False
        return True

    def _carry_out(self, picked: CommandText) -> None:
        """Ask what an action must be told, run it and show what came of it.

        Raises DealerXlError when it cannot go on.
        """
        recovered = None if self.dry_run else jobs.recover_folder(self.folder)
        if recovered is not None:
            self.console.show(recovered.message)
        context = Context.of_folder(
            self.folder, self.now(), confirm=self.console.confirm, dry_run=self.dry_run
        )
        request = (
            request_said(picked.action, picked.said, self.folder, context)
            if picked.said
            else request_of(picked.action, self.folder, context, self.console.ask)
        )
        self.console.show(f"正在办理“{picked.action.label}”，请稍候……")
        for line in dispatch.run(request, context).lines:
            self.console.show(line)
        self.console.show("")


def _picked(typed: str, actions: Sequence[Action]) -> CommandText:
    number = int(typed) if typed.isdecimal() else 0
    return CommandText(actions[number - 1]) if 1 <= number <= len(actions) else read_command(typed)
