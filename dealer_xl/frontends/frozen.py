"""The program for PCs without Python: the command line, and a stand-in for the Python that a button starts.

The macro of a button says to it what it would say to Python (xlwings.bas, ExecuteWindows; on a Mac its script):
-B -c "import xlwings.utils;xlwings.utils.prepare_sys_path(…); from dealer_xl import addin; addin.check()" --wb=…
That one line is understood, and no other code is run. The words after it are xlwings' own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from dealer_xl import addin
from dealer_xl.actions import Place, actions_in
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends import command_line

_LIKE_PYTHON = "-B"
_CODE = "-c"
# The paths that it would add are those of modules beside a workbook, which a program of its own has no use for.
_CALL = re.compile(
    r"import xlwings\.utils;xlwings\.utils\.prepare_sys_path\(.*\); ?"
    r"from dealer_xl import addin; addin\.(\w+)\(\) ?"
)


class UnknownCallError(DealerXlError):
    """The program was started as if it were Python, but not by a button of ours."""

    def __init__(self) -> None:
        super().__init__("这个程序只认加载项的按钮，不运行别的代码；请用它重新安装一次加载项。")


def main() -> int:
    """Do what a button asks for, or else run a command."""
    words = sys.argv[1:]
    if words[:1] != [_LIKE_PYTHON]:
        return command_line.main()
    try:
        button = button_of(words)
    except UnknownCallError as reason:
        raise SystemExit(str(reason)) from None  # as from Python: the macro shows it in a box
    getattr(addin, button)()
    return 0


def button_of(words: Sequence[str]) -> str:
    """Return the name of the button that was clicked.

    Raises UnknownCallError.
    """
    code = words[words.index(_CODE) + 1 :][:1] if _CODE in words else []
    call = _CALL.fullmatch("".join(code))
    if call is None or call[1] not in {action.name for action in actions_in(Place.BUTTON)}:
        raise UnknownCallError
    return call[1]
