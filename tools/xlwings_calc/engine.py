"""The engine: what xlwings asks of Excel on Windows, answered by one running Calc."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import xlwings

from xlwings_calc.app import App, Apps
from xlwings_calc.com import ComError, Value
from xlwings_calc.program import Program
from xlwings_calc.records import Alert, Counted, Prompt, Quirks

ERROR_NAMES: Final = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}


@dataclass
class CalcEngine:
    """The engine: one running Calc, what it was told and asked, and how it is to answer."""

    program: Program
    quirks: Quirks = field(default_factory=Quirks)
    counted: Counted = field(default_factory=Counted)
    alerts: list[Alert] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    pressed: deque[str] = field(default_factory=deque)  # the buttons of the boxes to come
    answers: deque[object] = field(default_factory=deque)  # the answers to InputBox to come; False cancels
    refusals: deque[int] = field(
        default_factory=deque
    )  # COM's errors that the next blocks meet, as from a busy Excel
    ready: bool = True
    running: bool = True
    settings: dict[str, Any] = field(default_factory=dict)
    told: list[tuple[str, Any]] = field(default_factory=list)  # every setting as it was set, in order
    today: date = field(default_factory=lambda: datetime.now().astimezone().date())
    active: str | None = None  # the URL of the active workbook
    name: str = "calc"
    type: str = "desktop"

    @property
    def apps(self) -> Apps:
        return Apps(self)

    def meet(self) -> None:
        """Refuse a block, if it is to be refused."""
        if self.refusals:
            raise ComError("refused", self.refusals.popleft())

    def reset(self) -> None:
        """Close every workbook unsaved, and forget all that was set, queued, recorded and counted."""
        App(self).quit()
        fresh = CalcEngine(self.program)
        self.__dict__.update(fresh.__dict__)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: object) -> Any:  # noqa: ANN401 - whatever is to be written
        """Make of a value what is handed to COM: blank for what is missing."""
        if isinstance(value, pd.Timestamp):
            value = value.to_pydatetime()
        if value is None or pd.isna(value):
            return ""
        return value.item() if isinstance(value, np.generic) else value

    @staticmethod
    def clean_value_data(
        data: list[list[Any]],
        datetime_builder: Callable[..., object],
        empty_as: object,
        number_builder: Callable[[float], object] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Make of what COM gives the values that a reader asked for."""

        def cleaned(value: Value) -> object:
            if value in ("", None):
                return empty_as
            if isinstance(value, datetime):
                names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**{name: getattr(value, name) for name in names}, tzinfo=None)
            if number_builder is not None and isinstance(value, float):
                return number_builder(value)
            if isinstance(value, int) and value in ERROR_NAMES:
                return ERROR_NAMES[value] if err_to_str else None
            return value

        return [[cleaned(value) for value in row] for row in data]


@contextmanager
def registered(program: Program) -> Iterator[CalcEngine]:
    """Make a Calc the active engine of xlwings, and take it away again with its workbooks.

    The caller's workbook is the one that CALC_BOOK names, if any.
    """
    engine = CalcEngine(program)
    before = xlwings.engines.active
    xlwings.engines.add(xlwings.Engine(impl=engine))
    xlwings.engines["calc"].activate()
    try:
        if name := os.environ.get("CALC_BOOK"):
            caller = xlwings.books[Path(name).name]
            caller.impl.activate()
            caller.set_mock_caller()
        yield engine
    finally:
        if program.pid:
            App(engine).quit()
        xlwings.engines.active = before
        xlwings.engines.engines.remove(xlwings.engines.engines_by_name.pop("calc"))
        if hasattr(xlwings.Book, "_mock_caller"):
            del xlwings.Book._mock_caller
