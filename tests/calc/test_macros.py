"""The macros behind the buttons run in Calc, each to the end of its line of Python.

Calc says nothing of an error in VBA. So the proof is what Python writes: "OK:" and the name of the function.
"""

from __future__ import annotations

import re
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from calc_addin import open_addin, run_macro
from xlwings_calc import NoCalcError, Program, Uno, running_calc
from xlwings_calc.com import load_properties

from dealer_xl.office.addin_file import sources
from dealer_xl.office.addin_file.building import build_addin
from dealer_xl.office.addin_file.sources import Module, macros, module_of

STAND_IN = Path(__file__).with_name("stand_in.bas")
(RIBBON,) = (module for module in macros() if module.name == "DealerRibbon")
FUNCTION_OF = dict(re.findall(r"Sub (\w+)\(.*\s+RunPython .*addin\.(\w+)\(\)", RIBBON.source))
ADDIN = '''
"""In place of the real one: every function says that it was called."""

from pathlib import Path


def __getattr__(name):
    def said():
        with Path(__file__).with_name("said").open("a", encoding="ascii") as file:
            file.write(f"OK:{name}")
    return said
'''


@pytest.fixture(scope="module")
def calc() -> Iterator[Program]:
    try:
        with running_calc() as program:
            yield program
    except NoCalcError as reason:
        pytest.skip(str(reason))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with a program "python" that knows the stand-in of dealer_xl only; its path has the usual traps."""
    folder = tmp_path / "客户 服务"
    package = folder / "dealer_xl"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "addin.py").write_text(ADDIN, encoding="utf-8")
    python = folder / "python"
    python.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(folder))} exec {shlex.quote(sys.executable)} -P "$@"\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    return folder


@pytest.fixture
def opened(calc: Program, place: Path) -> Iterator[Callable[[bytes], Uno]]:
    """Open an add-in in Calc, as a workbook."""
    documents = []

    def opened_addin(addin: bytes) -> Uno:
        file = place / "dealer_xl.xlam"
        file.write_bytes(addin)
        documents.append(open_addin(calc, file))
        return documents[-1]

    yield opened_addin
    for document in documents:
        document.close(True)


def _said(place: Path) -> str:
    """Wait for what Python says; the test's own limit ends it."""
    said = place / "dealer_xl" / "said"
    while not (said.exists() and (text := said.read_text(encoding="ascii"))):
        time.sleep(0.02)
    return text


@pytest.fixture(scope="module")
def addin() -> bytes:
    return build_addin((*macros(), module_of(STAND_IN.read_bytes())))


@pytest.mark.parametrize("macro", FUNCTION_OF)
def test_each_macro_runs_its_function(
    macro: str, addin: bytes, opened: Callable[[bytes], Uno], place: Path
) -> None:
    run_macro(opened(addin), f"DealerRibbon.{macro}")

    assert _said(place) == f"OK:{FUNCTION_OF[macro]}"


def test_a_macro_takes_the_button_that_was_clicked(
    addin: bytes, opened: Callable[[bytes], Uno], place: Path
) -> None:
    document = opened(addin)
    run_macro(document, "DealerRibbon.DealerGuide", document)

    assert _said(place) == "OK:guide"


def test_the_macro_tells_of_each_sheet_what_its_used_cells_hold(
    calc: Program, opened: Callable[[bytes], Uno], tmp_path: Path
) -> None:
    """Calc hands over texts, numbers and truths; dates and errors it loses on the way, which Excel does not."""
    file = tmp_path / "三张表.xlsx"
    with xlsxwriter.Workbook(file) as book:
        for name, place, row in (
            ("甲", "B3", ["文字", 1.5, True]),
            ("乙", "A1", ["只有一格"]),
            ("丙", "A1", []),
        ):
            book.add_worksheet(name).write_row(place, row)
    open_hidden = load_properties(Hidden=True)
    workbook = calc.desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, open_hidden)

    told = run_macro(opened(build_addin(macros())), "DealerBlocks.DealerSheets", file.name)
    workbook.close(True)

    assert told == (
        ("甲", 3, 2, (("文字", 1.5, True),)),
        ("乙", 1, 1, "只有一格"),
        ("丙", 1, 1, None),
    )


def test_a_slip_in_a_macro_would_be_noticed(opened: Callable[[bytes], Uno], place: Path) -> None:
    slip = Module(RIBBON.source.replace("RunPython", "RunPithon", 1))
    document = opened(build_addin((slip, module_of(STAND_IN.read_bytes()))))
    for macro in ("DealerCheck", "DealerToday"):  # the slip is in the first
        run_macro(document, f"DealerRibbon.{macro}")

    assert _said(place) == "OK:today"


def test_calc_finds_every_module_in_the_committed_add_in(opened: Callable[[bytes], Uno]) -> None:
    document = opened(sources.addin_path().read_bytes())

    project = document.BasicLibraries.getByName("dealer_xl")
    modules = [module.name for module in (*macros(), *sources.runner())]
    assert set(project.ElementNames) == {"ThisWorkbook", "Sheet1", *modules}
    assert document.DocumentProperties.Title == "客户服务"


def test_the_stand_in_is_called_as_xlwings_is() -> None:
    heading = "Public Function RunPython(PythonCommand As String)"

    assert [heading in module.source for module in sources.runner()] == [True, False]
    assert heading in STAND_IN.read_text(encoding="ascii")
