"""What is done otherwise on a Mac: the names that its Excel knows, and blocks with errors in them."""

from __future__ import annotations

import inspect
import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from xlwings import mac_dict

from dealer_xl.office.live import live_sheet, live_workbook, native, program, sheet_write
from dealer_xl.office.live.native import asked, clear_notes, values_of

KNOWN = {entry[0] for entry in (*mac_dict.properties, *mac_dict.commands)}


@pytest.fixture(autouse=True)
def mac(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "ON_A_MAC", True)


class Native:
    """Takes any name, and notes it."""

    def __init__(self) -> None:
        self.named: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        self.named.append(name)
        return SimpleNamespace(get=lambda: None) if name != "clear_Excel_comments" else lambda: None


def com_names() -> set[str]:
    """Find every property that is asked for by its COM name."""
    sources = "".join(map(inspect.getsource, (native, program, live_sheet, sheet_write, live_workbook)))
    return set(re.findall(r"""asked\((?:[^()]*(?:\([^()]*\))?[^()]*, )?["'](\w+)["']\)""", sources))


def test_each_property_is_asked_for_by_a_name_that_a_mac_knows() -> None:
    api = Native()
    for name in com_names():
        asked(api, name)

    assert len(api.named) >= 5
    assert set(api.named) <= KNOWN


def test_notes_are_cleared_by_a_command_that_a_mac_knows() -> None:
    api = Native()
    clear_notes(cast(Any, SimpleNamespace(api=api)))

    assert set(api.named) <= KNOWN


@pytest.mark.parametrize(
    ("shown", "values"),
    [
        ([["甲", "#N/A"], ["1", "#DIV/0!"]], [["甲", None], [1.0, None]]),
        ([["甲", "#N/A"]], [["甲", None]]),
        (["甲", "#N/A"], [["甲", None]]),
        (["甲", "#N/A"], [["甲"], [None]]),
        ("#N/A", [[None]]),
    ],
)
def test_errors_are_read_by_their_names_however_many_cells_there_are(
    shown: object, values: list[list[object]]
) -> None:
    cells = SimpleNamespace(
        shape=(len(values), len(values[0])),
        options=lambda **_: SimpleNamespace(value=values),
        api=SimpleNamespace(string_value=SimpleNamespace(get=lambda: shown)),
    )

    told = values_of(cast(Any, cells))

    assert [cell for row in told for cell in row if isinstance(cell, str) and cell.startswith("#")]
    assert [[cell for cell in row if not str(cell).startswith("#")] for row in told] == [
        [cell for cell in row if cell is not None] for row in values
    ]
