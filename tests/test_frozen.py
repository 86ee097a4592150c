"""The program for PCs without Python answers as the one for Python does: commands, and the line of a button."""

from __future__ import annotations

import json
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW

from dealer_xl import __version__, addin
from dealer_xl.actions import Place, actions_in
from dealer_xl.frontends import frozen

HOUSE = Path(__file__).resolve().parents[1]
DATE = f"--date={NOW:%Y-%m-%d}"
PATHS = r"False;C:\\Users\\张三 ^& 李四 (1)\\XLSTART\\dealer_xl.xlam;C:\\x\\dealer_xl.xlam;;;;"
WINDOWS = 'import xlwings.utils;xlwings.utils.prepare_sys_path("{}"); from dealer_xl import addin; addin.{}()'
MAC = "import xlwings.utils;xlwings.utils.prepare_sys_path('{};');from dealer_xl import addin; addin.{}() "
FROM_EXCEL = ("--wb=dealer_xl.xlam", "--from_xl=1", r"--app=C:\Office16\Microsoft Excel", "--hwnd=123")


@pytest.fixture(scope="session")
def program() -> Path:
    """Make the program; half a minute when something has changed since."""
    return Path(runpy.run_path(str(HOUSE / ".ci" / "freeze.py"))["frozen"]())


def both(program: Path, *words: object) -> tuple[subprocess.CompletedProcess[str], ...]:
    """Run the program and Python with the same words, far from the sources."""
    python = [sys.executable, *(["-m", "dealer_xl"] if words[0] != "-B" else [])]
    return said([program], words), said(python, words)


def said(program: Sequence[object], words: Sequence[object]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, program), *map(str, words)], capture_output=True, text=True, cwd="/", check=False,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
    )  # fmt: skip


def test_the_program_tells_its_version(program: Path) -> None:
    told = said([program], ["--version"])

    assert (told.returncode, told.stdout.strip()) == (0, __version__)


def test_the_component_under_the_lgpl_lies_beside_the_program_as_sources_that_it_runs(
    program: Path, folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "program"
    shutil.copytree(program.parent, copy, symlinks=True)
    (copy / "_internal" / "docxtpl" / "__init__.py").write_text("raise SystemExit(77)", encoding="utf-8")

    told = said(
        [copy / program.name], ["letters", folder, "--template", "邀请函", "--task", "service-due", DATE]
    )

    assert told.returncode == 77


def test_the_program_makes_a_shops_workbooks_and_finds_nothing_wrong_in_them(
    program: Path, shipped: Path, tmp_path: Path
) -> None:
    made = said([program], ["new", tmp_path, DATE])
    checked = said([program], ["check", tmp_path, "--json", DATE])

    assert (made.returncode, checked.returncode) == (0, 0), made.stderr + checked.stderr
    assert json.loads(checked.stdout)["issues"] == []
    books = sorted(path.name for path in shipped.glob("*.xlsx"))
    assert [(tmp_path / name).read_bytes() for name in books] == [
        (shipped / name).read_bytes() for name in books
    ]


@pytest.mark.parametrize(
    "words", [("check",), ("today",), ("summary", "2026-10"), ("letters", "--template", "邀请函", "--task", "service-due")],
    ids=lambda words: words[0],
)  # fmt: skip
def test_the_program_says_and_writes_what_python_does(
    words: tuple[str, ...], program: Path, folder: Path, tmp_path: Path
) -> None:
    command, *rest = words
    copy = tmp_path / "copy" / folder.name
    shutil.copytree(folder, copy)

    ours = said([program], [command, copy, *rest, "--json", DATE])
    pythons = said([sys.executable, "-m", "dealer_xl"], [command, folder, *rest, "--json", DATE])

    assert ours.returncode == pythons.returncode, ours.stderr
    assert json.loads(ours.stdout) == json.loads(pythons.stdout)
    assert files(copy) == files(folder)


def files(folder: Path) -> set[str]:
    """Name the files of a shop; a backup's name tells the second."""
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {path.as_posix() for path in found if path.parts[0] != "备份"}


@pytest.mark.parametrize("form", [WINDOWS, MAC], ids=["Windows", "Mac"])
def test_a_button_gets_from_the_program_what_it_gets_from_python(form: str, program: Path) -> None:
    """Here there is no Excel, so both tell it in a sentence, which the macro shows."""
    mac = ("-u", "-W", "ignore") if form == MAC else ()

    ours, pythons = both(program, "-B", *mac, "-c", form.format(PATHS, "check"), *FROM_EXCEL)

    assert "连接不上Excel" in ours.stderr
    assert (ours.returncode, ours.stdout, ours.stderr) == (pythons.returncode, pythons.stdout, pythons.stderr)


def test_the_program_runs_no_other_code(program: Path) -> None:
    told = said([program], ["-B", "-c", "print(1)"])

    assert told.returncode == 1
    assert told.stdout == ""
    assert "Traceback" not in told.stderr


def test_the_doctor_knows_the_program_for_what_it_is(program: Path) -> None:
    told = said([program], ["addin", "doctor", "--json"])

    checks: dict[str, Any] = {check["code"]: check for check in json.loads(told.stdout)["checks"]}
    assert told.returncode == 1
    assert "免安装版" in checks["python"]["says"]
    assert checks["xlwings"]["state"] == "ok"


def test_the_program_builds_no_add_in_for_it_has_no_sources(program: Path) -> None:
    told = said([program], ["addin", "build"])

    assert told.returncode == 2
    assert "pyOpenVBA" in told.stderr


@pytest.mark.parametrize("button", [action.name for action in actions_in(Place.BUTTON)])
@pytest.mark.parametrize("form", [WINDOWS, MAC], ids=["Windows", "Mac"])
def test_the_line_of_every_button_is_understood(
    form: str, button: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicked: list[str] = []
    monkeypatch.setattr(addin, button, lambda: clicked.append(button))
    monkeypatch.setattr(sys, "argv", ["dealer-xl", "-B", "-c", form.format(PATHS, button), *FROM_EXCEL])

    assert frozen.main() == 0

    assert clicked == [button]


def test_the_macros_say_the_line_that_is_understood() -> None:
    """As xlwings.bas puts it together; another xlwings may say it in other words."""
    import xlwings  # noqa: PLC0415 - slow to load

    place = Path(xlwings.__file__).parent
    source = (place / "xlwings.bas").read_text(encoding="ascii")
    script = (place / f"xlwings-{xlwings.__version__}.applescript").read_text(encoding="utf-8")

    assert (
        r'''" -B -c ""import xlwings.utils;xlwings.utils.prepare_sys_path(\""" & PYTHONPATH & "\""); " & PythonCommand & """ "'''
        in source
    )
    assert (
        r'''-B -u -W ignore -c \"import xlwings.utils;xlwings.utils.prepare_sys_path('" & PYTHONPATH & "');"'''
        in script
    )


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("-c",),
        ("-c", "print(1)"),
        ("-c", WINDOWS.format(PATHS, "Click")),
        ("-c", WINDOWS.format(PATHS, "check") + "; print(1)"),
    ],
)
def test_no_other_code_is_run(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["dealer-xl", "-B", *words])

    with pytest.raises(SystemExit) as left:
        frozen.main()

    assert str(left.value).endswith("。")
    assert capsys.readouterr().out == ""


def test_what_is_no_line_of_a_button_is_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["dealer-xl", "addin", "doctor", "--json"])

    assert frozen.main() in {0, 1}
    assert "checks" in json.loads(capsys.readouterr().out)
