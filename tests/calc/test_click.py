"""One click from end to end: the macro in a running Calc starts Python, which writes into the open workbook."""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings
from calc_addin import open_addin, run_macro
from xlwings_calc import CalcEngine

from dealer_xl.office.addin_file.building import build_addin
from dealer_xl.office.addin_file.sources import macros, module_of

HERE = Path(__file__).parent
Click = Callable[[str], list[str]]


@pytest.fixture
def app(calc: CalcEngine, folder: Path) -> xlwings.App:
    """Open one workbook of the sample store; the others stay closed."""
    app = xlwings.apps.active
    assert calc.running
    assert app is not None
    for book in list(app.books):
        book.close()
    app.books.open(str(folder / "跟踪电话.xlsx"))
    return app


@pytest.fixture
def click(calc: CalcEngine, app: xlwings.App, tmp_path: Path) -> Iterator[Click]:
    """Load the add-in beside the workbook; its macros start a Python that finds back to this Calc."""
    place = tmp_path / "加载宏"
    place.mkdir()
    said = place / "said.json"
    python = place / "python"
    names = {
        "CALC_PIPE": calc.program.pipe,
        "CALC_BOOK": "跟踪电话.xlsx",
        "CALC_SAID": said,
        "PYTHONPATH": HERE.parents[1] / "tools",
    }
    words = [
        *(f"{name}={value}" for name, value in names.items()),
        sys.executable,
        str(HERE / "reach_back.py"),
    ]
    python.write_text(f'#!/bin/sh\nexec env {shlex.join(words)} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    file = place / "dealer_xl.xlam"
    file.write_bytes(build_addin((*macros(), module_of((HERE / "stand_in.bas").read_bytes()))))
    addin = open_addin(calc.program, file)
    app.books["跟踪电话.xlsx"].activate()

    def clicked(macro: str) -> list[str]:
        said.unlink(missing_ok=True)
        run_macro(addin, f"DealerRibbon.{macro}")
        while not said.exists():  # the test's own limit ends it
            time.sleep(0.05)
        boxes: list[str] = json.loads(said.read_text(encoding="utf-8"))
        return boxes

    yield clicked
    addin.close(True)


def test_a_click_lists_the_day_in_the_open_workbook_and_another_takes_it_back(
    click: Click, app: xlwings.App, folder: Path
) -> None:
    sheet = app.books["跟踪电话.xlsx"].sheets["今日必做"]
    before, file = sheet.range("A4:C6").value, (folder / "跟踪电话.xlsx").read_bytes()

    (told,) = click("DealerToday")
    after = sheet.range("A4:C6").value
    (taken_back,) = click("DealerUndo")

    assert "今天共" in told
    assert "打开着的《跟踪电话.xlsx》已更新" in told
    assert (before[0][0], after[0][0]) == (None, 1.0)
    assert "已撤销" in taken_back
    assert sheet.range("A4:C6").value == before
    assert (folder / "跟踪电话.xlsx").read_bytes() == file


def test_a_click_marks_what_is_wrong_on_the_screen(click: Click, app: xlwings.App) -> None:
    sheet = app.books["跟踪电话.xlsx"].sheets["电话登记"]
    headings = sheet.range("A3:Z3").value
    phone, check = headings.index("联系电话") + 1, headings.index("校验") + 1
    sheet.range((4, phone)).value = "123"

    (told,) = click("DealerCheck")

    assert "处错误" in told
    assert "【联系电话】" in sheet.range((4, check)).value
