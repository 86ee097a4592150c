"""`menu`: the actions to be picked by their number."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dealer_xl.errors import CancelledError
from dealer_xl.frontends import clock
from dealer_xl.frontends.arguments import Options
from dealer_xl.frontends.console_menu.console import Console
from dealer_xl.frontends.console_menu.dropped import dropped, shop_meant, typed_paths
from dealer_xl.frontends.console_menu.menu import Menu
from dealer_xl.frontends.results.outcome import Outcome
from dealer_xl.frontends.screen import Screen
from dealer_xl.requests import MenuRequest

ASKS = "请把店文件夹拖到这个窗口里，再按回车："


def menu(request: MenuRequest, options: Options) -> Outcome:
    """Offer the actions until staff end it; each has a context of its own."""
    screen = Screen(as_json=options.as_json)
    console = Console(_type_in, screen.show_beside if options.as_json else screen.show)
    folder = _folder([str(path) for path in request.paths], console)
    done = Menu(folder, console, lambda: clock.now(options.day), options.dry_run).run()
    headline = f"结束，共办理{done}件事。"
    return Outcome([headline], {"folder": str(folder), "done": done}, headline=headline)


def _folder(words: list[str], console: Console) -> Path:
    """Return whose folder is meant; when nothing was dropped, staff are asked for it.

    Raises CancelledError, FolderMissingError, SeveralShopsError.
    """
    paths = dropped(words, os.environ)
    if not paths:
        try:
            paths = typed_paths(console.type_in(ASKS))
        except EOFError:
            paths = []
    if not paths:
        raise CancelledError
    return shop_meant(paths)


def _type_in(question: str) -> str:
    print(question, end="", flush=True, file=sys.stderr)  # noqa: T201 - input() itself would print on stdout
    return input()
