"""A test that waits for an office for ever is ended at its limit, and the office with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from xlwings_calc.program import NoCalcError, load_uno

HERE = Path(__file__).parent
HANGING = '''
import pathlib

import pytest
from calc_addin import open_addin, run_macro
from xlwings_calc.program import running_calc

from dealer_xl.office.addin_file.building import build_addin
from dealer_xl.office.addin_file.sources import Module

LOOP = """Attribute VB_Name = "Loop"
Public Sub Forever()
Do
Loop
End Sub
"""


@pytest.fixture
def calc():
    with running_calc() as program:
        pathlib.Path("office").write_text(str(program.pid))
        yield program


def test_never_ends(calc, tmp_path):
    file = tmp_path / "loop.xlam"
    file.write_bytes(build_addin([Module(LOOP.replace("\\n", "\\r\\n"))]))
    run_macro(open_addin(calc, file), "Loop.Forever")
'''


@pytest.fixture(autouse=True)
def office() -> None:
    try:
        load_uno()
    except NoCalcError as reason:
        pytest.skip(str(reason))


def test_a_macro_that_never_ends_is_ended_with_its_office(tmp_path: Path) -> None:
    (tmp_path / "test_hanging.py").write_text(HANGING, encoding="utf-8")
    limit = ["--timeout=3", "-o", "timeout_func_only=true", "-p", "time_limit", "-p", "no:cacheprovider"]

    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *limit], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1] / "tools")])},
    )  # fmt: skip

    assert told.returncode == 1, told.stdout + told.stderr
    assert "Timeout (>3.0 s): every office was ended." in told.stdout
    office = int((tmp_path / "office").read_text())
    assert not Path(f"/proc/{office}").exists()
