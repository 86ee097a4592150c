"""The Python that the add-in starts."""

from __future__ import annotations

from pathlib import Path

from dealer_xl.office.installing.environment import CheckResult, Environment, failure, fine, there, warning
from dealer_xl.office.installing.machine import WINDOWS

_OLDEST = (3, 11)
_AGAIN = "请重新运行 dealer-xl addin install。"
_MOVE = "请把本程序装到名字简单的文件夹里，例如 {}，再运行 dealer-xl addin install。"
_PROGRAM = "dealer-xl"


def python(environment: Environment) -> CheckResult:
    """Check that this Python is new enough, and of 64 bits as its packages are."""
    machine = environment.machine
    version = ".".join(map(str, machine.version))
    if machine.frozen:
        return fine(f"这是免安装版的 dealer-xl（自带 Python {version}）。")
    if machine.version < _OLDEST:
        return failure(f"Python 是 {version} 版，太旧了。", "请安装 Python 3.11 或更新的版本。")
    if machine.bits != 64:
        return failure(
            f"Python {version} 是 32 位的，所用的组件只有 64 位。",
            "请安装 64 位的 Python；Excel 是 32 位还是 64 位没有关系。",
        )
    return fine(f"Python {version}（64 位）可以用。")


def store(environment: Environment) -> CheckResult | None:
    """Check that it is not the Python of which Windows hides what it writes."""
    if not environment.machine.is_from_the_store:
        return None
    return failure(
        "这是微软应用商店版的 Python，它写到个人设置里的文件 Excel 看不见。",
        "请从 python.org 另装一个 Python，或改用免安装版的 dealer-xl。",
    )


def interpreter(environment: Environment) -> CheckResult | None:
    """Check that the Python that the add-in names is there, and whether it is this one."""
    if environment.installed is None:
        return None
    named = environment.interpreter
    if not named:
        return failure("装着的加载项不知道用哪个 Python。", _AGAIN)
    if not there(Path(named)):
        return failure(f"加载项要用的 Python 不见了：{named}。", _AGAIN)
    if Path(named) != environment.machine.python:
        return warning(
            f"加载项用的是另一个 Python：{named}。",
            f"如果应当用现在这一个（{environment.machine.python}），{_AGAIN}",
        )
    return fine(f"加载项用的就是这个 Python：{named}。")


def imported(environment: Environment) -> CheckResult | None:
    """Check that the add-in's Python knows dealer_xl."""
    named = environment.interpreter
    if not named or not there(Path(named)):
        return None
    if Path(named) == environment.machine.python:
        return fine("加载项的 Python 里装有 dealer_xl。")
    is_program = Path(named).stem == _PROGRAM  # it takes commands only
    words = ["--version"] if is_program else ["-c", "import dealer_xl; print(dealer_xl.__version__)"]
    said = environment.machine.ask([named, *words])
    if said is None:
        return failure("加载项的 Python 里没有 dealer_xl，或者启动不了。", _AGAIN)
    return fine(f"加载项的 Python 里装有 dealer_xl {said}。")


def letters(environment: Environment) -> CheckResult | None:
    """Check that the macro can say where Python lies: VBA and the shell lose some letters."""
    place = str(environment.machine.python)
    on_windows = environment.machine.system == WINDOWS
    remedy = _MOVE.format(r"C:\dealer-xl" if on_windows else "/Users/Shared/dealer-xl")
    if not _fits(place, environment.machine.code_page):
        return failure(f"程序所在的路径有 Excel 宏认不出的文字：{place}。", remedy)
    found = [letter for letter in ("%" if on_windows else " '\"&|;()$`") if letter in place]
    if found:
        shown = "、".join("空格" if letter == " " else letter for letter in found)
        return failure(f"程序所在的路径里有“{shown}”，按钮启动不了它：{place}。", remedy)
    return None


def _fits(text: str, code_page: str) -> bool:
    try:
        text.encode(code_page)
    except UnicodeEncodeError:
        return False
    return True
