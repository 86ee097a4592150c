"""`watch`: answer what staff ask for in the cell 设置!命令, until Ctrl+C."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from dealer_xl.commands import Outcome, Teller
from dealer_xl.commands.outcome import DONE, TO_LOOK_AT
from dealer_xl.named import Clerk, Request
from dealer_xl.office.folder.folder_store import FolderMissingError
from dealer_xl.watching.alone import alone
from dealer_xl.watching.watch import PAUSE, Watch

WELCOME = (
    "正在等候“{}”的命令：在《月度计划》“设置”表的“命令”一行写要办的事，保存后关闭工作簿。按 Ctrl+C 停止。"
)


def watch(asked: Namespace) -> Outcome:
    """Answer what is asked for in a folder, once or until Ctrl+C; each job has an occasion of its own."""
    say = _teller(sys.stderr if asked.json else sys.stdout)
    if not asked.once:
        _wait_for(asked.folder, say)
    if not asked.folder.is_dir():
        raise FolderMissingError(asked.folder)
    folder = asked.folder.resolve()
    watched = Watch(folder, lambda request: _carried_out(request, folder, asked), say)
    with alone(folder) as show_alive:
        if asked.once:
            watched.once()
        else:
            say(WELCOME.format(folder.name))
            watched.forever(lambda: time.sleep(PAUSE), show_alive)
    return _outcome(watched, once=asked.once)


def _outcome(watched: Watch, *, once: bool) -> Outcome:
    count = len(watched.answered)
    gist = f"办理了{count}条命令。" if count else "没有办理命令。"
    gist = gist if once else f"已停止等候命令，{gist}"
    data = {"answered": [{"asked": what, "answer": says} for what, says in watched.answered]}
    return Outcome([gist], data, TO_LOOK_AT if watched.is_waiting else DONE, gist)


def _carried_out(request: Request, folder: Path, asked: Namespace) -> Outcome:
    with Teller() as teller:
        return Clerk(folder, asked, tell=teller.tell).carry_out(request)


def _wait_for(folder: Path, say: Callable[[str], None]) -> None:
    """Wait for a folder, as for a network drive that is connected after the machine has started."""
    if not folder.is_dir():
        say(f"还找不到文件夹“{folder}”；请检查名字或网络盘，它出现后会自动开始。按 Ctrl+C 停止。")
    while not folder.is_dir():
        time.sleep(PAUSE)


def _teller(stream: TextIO) -> Callable[[str], None]:
    return lambda sentence: print(sentence, file=stream, flush=True)
