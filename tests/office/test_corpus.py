"""Write into every workbook of the shared corpus and see that nothing else changes.

The files stay where they are; none is copied, and no cell's value is printed.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from dealer_xl.errors import DealerXlError
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.office.sheets.sheet_change import SheetChange
from dealer_xl.office.workbook import Cell
from dealer_xl.office.xlsx.closed_file import FileWorkbook, rewritten
from dealer_xl.office.xlsx.obstacles import FormulaInTheWayError, MergedCellError
from dealer_xl.office.xlsx.opening import open_package

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = sorted([*CORPUS.glob("*/*.xlsx"), *CORPUS.glob("*/*.xlsm")])
OTHERS = sorted(path for ending in ("xls", "xlsb", "docx") for path in CORPUS.glob(f"*/*.{ending}"))[::8]
SAMPLE = FILES if os.environ.get("DEALER_XL_ALL_FILES") else FILES[::4]
NEW_TEXT = "=新值 <&>"
NEW_NUMBER = 20260105.5


def first_written_cell(grid: Grid) -> tuple[int, int] | None:
    """Find a cell with a plain text or number."""
    for number, row in enumerate(grid.rows, start=grid.top):
        for column, value in enumerate(row, start=grid.left):
            if isinstance(value, (str, float)) and value != "" and not str(value).startswith("#"):
                return number, column
    return None


@pytest.mark.skipif(not FILES, reason="the shared corpus does not lie beside the checkout")
@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_a_write_changes_one_sheet_part_and_two_cells_only(path: Path) -> None:
    content = path.read_bytes()
    try:
        before, part = read(path.name, content)
    except DealerXlError:
        pytest.skip("it cannot be read")
    place = first_written_cell(before)
    new_place = (before.bottom + 20, before.left)
    try:
        after = written(path.name, content, {place: NEW_TEXT, new_place: NEW_NUMBER})
    except (FormulaInTheWayError, MergedCellError):
        place = None
        after = written(path.name, content, {new_place: NEW_NUMBER})
    except DealerXlError:
        pytest.skip("it cannot be written")

    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (content, after))
    assert new.testzip() is None
    assert [described(info) for info in old.infolist()] == [described(info) for info in new.infolist()]
    changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert [name.lower() for name in changed] == [part.lower()]

    grid, _ = read(path.name, after)
    assert place is None or grid.cell(*place) == NEW_TEXT
    assert grid.cell(*new_place) == NEW_NUMBER
    for number, row in enumerate(before.rows, start=before.top):
        for column, value in enumerate(row, start=before.left):
            if (number, column) != place:
                assert grid.cell(number, column) == value


def read(name: str, content: bytes) -> tuple[Grid, str]:
    """Read the first sheet's cells, and tell its part."""
    _, contents = open_package(name, content)
    return FileWorkbook(name, content).grid(contents.sheets[0].name), contents.sheets[0].part


def written(name: str, content: bytes, values: Mapping[tuple[int, int] | None, Cell]) -> bytes:
    """Write cells of the first sheet."""
    package, contents = open_package(name, content)
    change = SheetChange()
    for place, value in values.items():
        if place is not None:
            change.put(*place, value)
    return rewritten(package, contents, {contents.sheets[0].name: change})


@pytest.mark.skipif(not OTHERS, reason="the shared corpus does not lie beside the checkout")
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_other_files_are_refused_with_one_sentence(path: Path) -> None:
    with pytest.raises(DealerXlError) as refusal:
        read(path.name, path.read_bytes())

    told = str(refusal.value)
    assert path.name in told
    assert told.count("。") == 1


def described(info: zipfile.ZipInfo) -> tuple[str, tuple[int, ...], int]:
    """Tell what must stay of a part's entry."""
    return info.filename, info.date_time, info.compress_type
