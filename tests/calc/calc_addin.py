"""Our add-in in a running Calc."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlwings_calc import Program, Uno
from xlwings_calc.book import RUNS_ALL_MACROS
from xlwings_calc.com import load_properties

from dealer_xl.office.addin_file import sources
from dealer_xl.office.addin_file.building import build_addin


def open_addin(calc: Program, file: Path) -> Uno:
    """Open it as a workbook; the filter is named, since Calc does not know what an .xlam is."""
    how = load_properties(
        Hidden=True, MacroExecutionMode=RUNS_ALL_MACROS, FilterName="Calc MS Excel 2007 VBA XML"
    )
    return calc.desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, how)


@contextmanager
def addin_open(calc: Program) -> Iterator[None]:
    """Have it open, as it is wherever a button is clicked; without xlwings' modules, which Calc does not understand."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / sources.addin_path().name
        file.write_bytes(_own_macros())
        document = open_addin(calc, file)
        try:
            yield
        finally:
            document.close(True)


@functools.cache
def _own_macros() -> bytes:
    return build_addin(sources.macros())


def run_macro(document: Uno, macro: str, *given: object) -> object:
    """Run one of its macros: Module.Name; Calc is silent about errors."""
    place = f"vnd.sun.star.script:dealer_xl.{macro}?language=Basic&location=document"
    return document.getScriptProvider().getScript(place).invoke(given, (), ())[0]
