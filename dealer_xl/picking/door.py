"""`menu`: the jobs to be picked by their number."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from rich.console import Console

from dealer_xl.commands import Outcome
from dealer_xl.errors import CancelledError
from dealer_xl.named import Clerk
from dealer_xl.picking.dropped import dropped, shop_meant, typed
from dealer_xl.picking.pick import Talk, pick

ASKS = "请把店文件夹拖到这个窗口里，再按回车："


def menu(asked: Namespace) -> Outcome:
    """Offer the jobs until staff end it; each job has an occasion of its own."""
    screen = Console(markup=False, highlight=False, stderr=asked.json)
    talk = Talk(_typed, lambda line: screen.print(line, soft_wrap=isinstance(line, str)))
    folder = _folder([str(path) for path in asked.folder], talk)
    done = pick(Clerk(folder, asked, agree=talk.agree), talk)
    gist = f"结束，共办理{done}件事。"
    return Outcome([gist], {"folder": str(folder), "done": done}, gist=gist)


def _folder(words: list[str], talk: Talk) -> Path:
    """Return whose folder is meant; when nothing was dropped, staff are asked for it.

    Raises CancelledError, FolderMissingError, SeveralShopsError.
    """
    paths = dropped(words, os.environ)
    if not paths:
        try:
            paths = typed(talk.ask(ASKS))
        except EOFError:
            paths = []
    if not paths:
        raise CancelledError
    return shop_meant(paths)


def _typed(question: str) -> str:
    print(question, end="", flush=True, file=sys.stderr)  # noqa: T201 - input() itself would print on stdout
    return input()
