"""An xlwings engine for LibreOffice Calc: tests of an add-in run where there is no Excel."""

from xlwings_calc.com import ComError
from xlwings_calc.engine import CalcEngine, registered
from xlwings_calc.program import NoCalcError, Program, Uno, load_uno, running_calc

__all__ = [
    "CalcEngine",
    "ComError",
    "NoCalcError",
    "Program",
    "Uno",
    "load_uno",
    "registered",
    "running_calc",
]
