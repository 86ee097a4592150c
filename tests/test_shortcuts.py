"""The shortcut for the Mac finds the program of each installation; that of Windows is tried in tests/wine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
FOR_MAC = next((HOUSE / "macros").glob("*.command"))
FOR_WINDOWS = next((HOUSE / "macros").glob("*.cmd"))
STAND_IN = '#!/bin/sh\necho "$(basename "$(cd "$(dirname "$0")" && pwd)")" "$@"\n'
SITE = "lib/python3.13/site-packages/dealer_xl/macros"
LAYOUTS = {
    "frozen folder, beside": ("下载/dealer-xl", "下载/dealer-xl"),
    "frozen folder, in a folder inside": ("下载/dealer-xl/macros", "下载/dealer-xl"),
    "frozen folder, inside the program": ("p (1)/_internal/dealer_xl/macros", "p (1)"),
    "checkout": ("源码/macros", "源码/.venv/bin"),
    "venv": (f"my env/{SITE}", "my env/bin"),
    "pipx or uv tool": (f".local/share/uv/tools/dealer-xl/{SITE}", ".local/share/uv/tools/dealer-xl/bin"),
    "pip --user": (f".local/{SITE}", ".local/bin"),
    "pip --user on a Mac": ("Library/Python/3.13/lib/python/site-packages/dealer_xl/macros", "Library/Python/3.13/bin"),
    "own programs, copied away": ("桌面 & 更多", "Applications/dealer-xl"),
    "pipx or uv tool, copied away": ("桌面", ".local/bin"),
    "pip --user on a Mac, copied away": ("桌面", "Library/Python/3.12/bin"),
    "on the path, copied away": ("桌面", "path"),
    "noted by the installation, copied away": ("桌面", "我的 程序"),
}  # fmt: skip
ON_A_PC = pytest.mark.skipif(sys.platform == "win32", reason="a Mac's shortcut needs a shell")


def laid(home: Path, shortcut: str, folder: str) -> tuple[Path, Path]:
    """Lay the shortcut and a stand-in for the program out in a home folder."""
    copied, program = home / shortcut / FOR_MAC.name, home / folder / "dealer-xl"
    for place, content in ((copied, FOR_MAC.read_bytes()), (program, STAND_IN.encode())):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        place.chmod(0o755)
    return copied, program


def started(home: Path, shortcut: Path) -> subprocess.CompletedProcess[str]:
    environ = {"HOME": str(home), "PATH": f"{home / 'path'}:{os.defpath}"}
    return subprocess.run([shortcut, "南沙 店"], env=environ, capture_output=True, text=True, check=False)


@ON_A_PC
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_shortcut_finds_the_program_of_each_installation(layout: str, tmp_path: Path) -> None:
    shortcut, program = laid(tmp_path, *LAYOUTS[layout])
    if layout.startswith("noted"):
        note = tmp_path / "Library" / "Application Support" / "dealer-xl" / "program.txt"
        note.parent.mkdir(parents=True)
        note.write_text(f"{program}\n", encoding="utf-8")

    assert started(tmp_path, shortcut).stdout == f"{program.parent.name} menu 南沙 店\n"


@ON_A_PC
def test_the_nearest_program_is_taken(tmp_path: Path) -> None:
    laid(tmp_path, "桌面", ".local/bin")
    shortcut, _ = laid(tmp_path, "下载/dealer-xl", "下载/dealer-xl")

    assert started(tmp_path, shortcut).stdout == "dealer-xl menu 南沙 店\n"


@ON_A_PC
def test_a_folder_of_the_programs_name_is_no_program(tmp_path: Path) -> None:
    shortcut, _ = laid(tmp_path, "a/macros", "a/.venv/bin")
    (tmp_path / "a" / "dealer-xl").mkdir()

    assert started(tmp_path, shortcut).stdout == "bin menu 南沙 店\n"


@ON_A_PC
def test_where_there_is_no_program_it_is_told_in_chinese_what_to_do(tmp_path: Path) -> None:
    shortcut, program = laid(tmp_path, "桌面", "elsewhere")
    program.unlink()

    said = started(tmp_path, shortcut)

    assert said.returncode == 127
    assert said.stderr.startswith("没有找到 dealer-xl 程序：")
    assert said.stderr.endswith("。\n")


def test_both_shortcuts_look_where_the_installation_notes_the_program() -> None:
    assert r"%LOCALAPPDATA%\dealer-xl\program.txt" in FOR_WINDOWS.read_text(encoding="utf-8")
    assert "$HOME/Library/Application Support/dealer-xl/program.txt" in FOR_MAC.read_text(encoding="utf-8")


@pytest.mark.parametrize("shortcut", [FOR_MAC, FOR_WINDOWS], ids=["Mac", "Windows"])
def test_the_command_that_a_shortcut_starts_stands_in_one_place(shortcut: Path) -> None:
    lines = [
        line
        for line in shortcut.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("#", "rem"))
    ]

    assert sum("menu" in line for line in lines) == 1


def test_the_shortcut_for_windows_is_ascii_until_it_has_chosen_its_code_page() -> None:
    """Cmd reads each line in the code page of the moment, and looks for a label from the line where it is on."""
    content = FOR_WINDOWS.read_bytes()
    before, page, after = content.partition(b"chcp 65001 >nul\r\n")

    assert content.count(b"\n") == content.count(b"\r\n")
    assert page
    assert before.isascii()
    assert b"goto" not in after
    assert after.decode("utf-8").splitlines()[0].startswith("echo 没有找到 dealer-xl 程序：")
    assert content.endswith(b"\r\nexit\r\n")
