"""The command line. Exit code 0: done; 1: done, and something to look at; 2: cannot go on."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_xl import fault_log
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends import clock
from dealer_xl.frontends.arguments import Options, parse
from dealer_xl.frontends.screen import Screen
from dealer_xl.frontends.utf8 import restart_in_utf8
from dealer_xl.masking import Masking
from dealer_xl.requests import MenuRequest, Request, ShopRequest, WatchRequest

if TYPE_CHECKING:  # `--help` need not load pandas
    from dealer_xl.frontends.results.outcome import Outcome

CANNOT_GO_ON = 2


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and show its outcome; return the exit code. No traceback ever reaches staff."""
    if words is None:
        restart_in_utf8()
        words = sys.argv[1:]
    as_json = "--json" in words
    screen = Screen(as_json=as_json)
    try:
        request, options = parse(words)
        outcome = _run(request, options)
    except SystemExit:  # --help and --version
        screen.finish()
        raise
    except DealerXlError as reason:
        return _refuse(screen, str(reason), as_json=as_json)
    except KeyboardInterrupt:
        return _refuse(screen, "已中断，没有写入的内容不会保存。", as_json=as_json)
    except Exception as fault:  # noqa: BLE001 - the front end: whatever is our own fault goes to the log
        return _refuse(screen, fault_log.told(fault), as_json=as_json)
    _show(screen, outcome, options)
    return outcome.code


def _run(request: Request, options: Options) -> Outcome:
    """Run a request on closed files, or open the front end that runs others; each loads what it needs.

    Raises DealerXlError when it cannot go on.
    """
    match request:
        case WatchRequest():
            from dealer_xl.frontends.watch.command import watch  # noqa: PLC0415 - loads pandas

            return watch(request, options)
        case MenuRequest():
            from dealer_xl.frontends.console_menu.command import menu  # noqa: PLC0415 - as above

            return menu(request, options)
        case _:
            return _run_once(request, options)


def _run_once(request: Request, options: Options) -> Outcome:
    from dealer_xl.context import Context  # noqa: PLC0415 - loads pandas
    from dealer_xl.frontends.dispatch import run  # noqa: PLC0415
    from dealer_xl.frontends.progress_bar import progress_bar  # noqa: PLC0415

    folder = request.folder if isinstance(request, ShopRequest) else Path()  # of which nothing is opened
    with progress_bar() as progress:
        context = Context.of_folder(folder, clock.now(options.day), progress, dry_run=options.dry_run)
        return run(request, context)


def _show(screen: Screen, outcome: Outcome, options: Options) -> None:
    masking = Masking(outcome.data) if options.mask else None
    if options.as_json:
        data = outcome.data if masking is None else masking.data(outcome.data)
        screen.show(json.dumps(data, ensure_ascii=False))
        return
    for line in outcome.lines:
        screen.show(masking.line(line) if masking and isinstance(line, str) else line)


def _refuse(screen: Screen, sentence: str, *, as_json: bool) -> int:
    if as_json:
        screen.show(json.dumps({"error": sentence}, ensure_ascii=False))
    screen.show_beside(sentence)
    return CANNOT_GO_ON
