"""`watch`: answer what staff ask for in the cell 设置!命令, until the program is ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dealer_xl.context import Context
from dealer_xl.frontends import clock, dispatch
from dealer_xl.frontends.arguments import Options
from dealer_xl.frontends.command_text import CommandText
from dealer_xl.frontends.progress_bar import progress_bar
from dealer_xl.frontends.questionnaires import request_said
from dealer_xl.frontends.results.outcome import DONE, TO_LOOK_AT, Outcome
from dealer_xl.frontends.screen import Screen
from dealer_xl.frontends.watch.sentences import NO_FOLDER
from dealer_xl.frontends.watch.single_instance import alone
from dealer_xl.frontends.watch.stop_signals import stop_signals
from dealer_xl.frontends.watch.watch import PAUSE, Watch
from dealer_xl.office.folder.folder_store import FolderMissingError, FolderStore
from dealer_xl.requests import WatchRequest


def watch(request: WatchRequest, options: Options) -> Outcome:
    """Answer what is asked for in a folder, once or until the program is ended; each request has a context of its own.

    Raises FolderMissingError, WatchedAlreadyError, and KeyboardInterrupt when it is ended before it has begun.
    """
    screen = Screen(as_json=options.as_json)
    show = screen.show_beside if options.as_json else screen.show
    with stop_signals():
        if not request.once:
            _wait_for(request.folder, show)
        if not request.folder.is_dir():
            raise FolderMissingError(request.folder)
        folder = request.folder.resolve()
        watched = Watch(folder, partial(carry_out, folder, options), show)
        with alone(folder) as show_alive:
            if request.once:
                watched.once()
            else:
                watched.forever(lambda: time.sleep(PAUSE), show_alive)
    return _outcome(watched, once=request.once)


def carry_out(folder: Path, options: Options, command: CommandText, request_id: str) -> Outcome:
    """Run what is asked for; the journal keeps the id of the request with what is written.

    Raises DealerXlError when it cannot go on.
    """
    with progress_bar() as progress:
        open_store = partial(FolderStore, folder, request=request_id)
        context = Context(open_store, clock.now(options.day), progress)
        return dispatch.run(request_said(command.action, command.said, folder, context), context)


def _outcome(watched: Watch, *, once: bool) -> Outcome:
    count = len(watched.answered)
    headline = f"办理了{count}条命令。" if count else "没有办理命令。"
    headline = headline if once else f"已停止等候命令，{headline}"
    data = {"answered": [{"asked": what, "answer": says} for what, says in watched.answered]}
    return Outcome([headline], data, TO_LOOK_AT if watched.is_waiting else DONE, headline)


def _wait_for(folder: Path, show: Callable[[str], None]) -> None:
    """Wait for a folder, as for a network drive that is connected after the machine has started."""
    if not folder.is_dir():
        show(NO_FOLDER.format(folder))
    while not folder.is_dir():
        time.sleep(PAUSE)
