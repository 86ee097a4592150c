"""Door 1: the command line. Exit 0 done, 1 done and something to look at, 2 cannot go on."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING

from dealer_xl import fault_log
from dealer_xl.arguments import understood
from dealer_xl.errors import DealerXlError
from dealer_xl.masking import Masking

if TYPE_CHECKING:  # `--help` need not load pandas
    from rich.console import RenderableType

    from dealer_xl.commands import Outcome

CANNOT_GO_ON = 2


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and tell its outcome; no traceback ever reaches staff."""
    words = list(sys.argv[1:] if words is None else words)
    as_json = "--json" in words
    _speak_any_letter(as_json=as_json)
    try:
        outcome = carry_out(words)
    except DealerXlError as reason:
        return _refuse(str(reason), as_json=as_json)
    except KeyboardInterrupt:
        return _refuse("已中断，没有写入的内容不会保存。", as_json=as_json)
    except Exception as fault:  # noqa: BLE001 - the door: whatever is our own fault goes to the log
        return _refuse(fault_log.told(fault), as_json=as_json)
    told, data = (outcome.told, outcome.data) if "--mask" not in words else _masked(outcome)
    if as_json:
        print(json.dumps(data, ensure_ascii=False))  # noqa: T201 - the one object on stdout
    else:
        _tell(told)
    return outcome.code


def _masked(outcome: Outcome) -> tuple[Sequence[RenderableType], object]:
    masking = Masking(outcome.data)
    lines = [masking.line(line) if isinstance(line, str) else line for line in outcome.told]
    return lines, masking.data(outcome.data)


def _speak_any_letter(*, as_json: bool) -> None:
    """Make the console accept any character: one of an older code page shows a ? for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if as_json else None, errors="replace")


def _tell(told: Iterable[RenderableType]) -> None:
    from rich.console import Console  # noqa: PLC0415 - as above

    screen = Console(markup=False, highlight=False)
    for line in told:
        screen.print(line, soft_wrap=isinstance(line, str))


def _refuse(sentence: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))  # noqa: T201
    print(sentence, file=sys.stderr)  # noqa: T201
    return CANNOT_GO_ON


def carry_out(words: Sequence[str]) -> Outcome:  # each loads what it needs: `--help` need not load pandas
    """Run one command on closed files, or open the door that runs others.

    Raises DealerXlError when it cannot go on.
    """
    asked, now = understood(words)
    match asked.command:
        case "watch":
            from dealer_xl.watching.door import watch  # noqa: PLC0415

            return watch(asked)
        case "menu":
            from dealer_xl.picking.door import menu  # noqa: PLC0415

            return menu(asked)
        case _:
            from dealer_xl.commands import do  # noqa: PLC0415

            return do(asked, now)
