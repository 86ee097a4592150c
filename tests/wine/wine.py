"""A Windows to try the installer and the shortcut on: Wine, with a user and paths that have Chinese names."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_PROGRAMS = Path("/usr/lib/wine")
WINE, SERVER = _PROGRAMS / "wine64", _PROGRAMS / "wineserver64"
COMPILER = "x86_64-w64-mingw32-gcc-posix"
USER = "张三"
CODE_PAGE = "gbk"


@dataclass(frozen=True)
class Windows:
    """One person's Windows: its drive C: is a folder here."""

    place: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def drive(self) -> Path:
        return self.place / "prefix" / "drive_c"

    @property
    def home(self) -> Path:
        return self.drive / "users" / USER

    @property
    def local(self) -> Path:
        return self.home / "AppData" / "Local"

    @property
    def roaming(self) -> Path:
        return self.home / "AppData" / "Roaming"

    @property
    def environ(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key in {"PATH", "TMPDIR"}}
        return kept | {
            "HOME": str(self.place / "home"),
            "USER": USER,
            "LC_ALL": "zh_CN.UTF-8",
            "LOCPATH": str(self.place / "locale"),
            "WINEPREFIX": str(self.place / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
            **self.more,
        }

    def named(self, path: Path) -> str:
        """Return a place as Windows names it."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def run(self, *words: object, **environ: str) -> subprocess.CompletedProcess[bytes]:
        """Run a program of Windows to its end."""
        return subprocess.run(
            [WINE, *map(str, words)], env=self.environ | environ, stdin=subprocess.DEVNULL,
            capture_output=True, check=False, cwd=self.place,
        )  # fmt: skip

    def run_line(self, line: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
        """Run one line of the console, as it stands: a word with a space gets no quotes of its own."""
        script = self.drive / "line.cmd"
        script.write_bytes(f"@echo off\r\n{line}\r\nexit %errorlevel%\r\n".encode(CODE_PAGE))
        return self.run("cmd", "/c", self.named(script), **environ)

    def started(self, *words: object) -> subprocess.Popen[bytes]:
        """Start a program of Windows."""
        return subprocess.Popen(
            [WINE, *map(str, words)], env=self.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=self.place,
        )  # fmt: skip


@contextmanager
def windows(place: Path) -> Iterator[Windows]:
    """Set a Windows up in a folder, and end what still runs on it."""
    system = Windows(place)
    for folder in ("home", "locale"):
        (place / folder).mkdir()
    locale = place / "locale" / "zh_CN.UTF-8"
    subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", locale], check=True)
    try:
        system.run("wineboot", "-i")
        says = system.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        assert says.returncode == 0, says.stderr
        yield system
    finally:
        subprocess.run([SERVER, "-k"], env=system.environ, check=False)


def stand_in(place: Path) -> Path:
    """Compile the program that stands in for ours."""
    program = place / "dealer-xl.exe"
    source = Path(__file__).with_name("stand_in.c")
    subprocess.run([COMPILER, "-municode", "-O1", "-s", "-o", program, source], check=True)
    return program
