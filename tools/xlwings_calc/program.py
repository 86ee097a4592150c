"""One running LibreOffice Calc, spoken to over UNO: the program behind the xlwings engine of these tests.

The pipe of an outer test may be named in CALC_PIPE: a process that a macro of that Calc starts reaches back into it.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Uno: TypeAlias = Any  # whatever lives on the other side of the bridge

OFFICE = shutil.which("soffice")
DEBIAN_PYTHON = Path("/usr/bin/python3")
_OFFICES: set[int] = set()  # the process groups of those that run

# Macros run unasked; formulas are computed on load, as Excel does for XlsxWriter's files; no lock files beside the shop's.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
ITEM = '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "0"),
    ("Common/Misc", "FirstRun", "false"),
    ("Common/Misc", "UseLocking", "false"),
    ("Common/Misc", "UseDocumentOOoLockFile", "false"),
    ("Calc/Formula/Load", "OOXMLRecalcMode", "0"),
)


class NoCalcError(Exception):
    """LibreOffice or its bridge to Python is not to be had on this machine."""


class CalcEndedError(Exception):
    """LibreOffice is installed, but ended instead of answering."""


@dataclass(frozen=True)
class Program:
    """A running Calc: what UNO calls its desktop, the pipe that leads to it, its process (0 if another started it)."""

    desktop: Uno
    pipe: str
    pid: int


@functools.cache
def load_uno() -> Uno:
    """Import UNO from where Debian's own interpreter has it; it fits an interpreter of the same version only."""
    if OFFICE is None or not DEBIAN_PYTHON.exists():
        raise NoCalcError("LibreOffice is not installed (make test as root installs it)")
    question = "import sys, json, uno; print(json.dumps([uno.__file__, sys.version_info[:2]]))"
    said = subprocess.run([DEBIAN_PYTHON, "-c", question], capture_output=True, text=True, check=False)
    if said.returncode:
        raise NoCalcError("Debian's Python has no UNO (package python3-uno)")
    place, version = json.loads(said.stdout)
    if tuple(version) != sys.version_info[:2]:
        raise NoCalcError(
            f"UNO is made for Python {version[0]}.{version[1]}, this is {sys.version.split()[0]}"
        )
    return _imported_from(str(Path(place).parent))


def _imported_from(folder: str) -> Uno:
    """Import with the folder at the end of the path, for as long as it takes: it holds other packages, too."""
    sys.path.append(folder)
    try:
        return importlib.import_module("uno")
    finally:
        sys.path.remove(folder)


@contextmanager
def running_calc() -> Iterator[Program]:
    """Yield the Calc that CALC_PIPE names, or else start one and end it afterwards."""
    load_uno()
    if pipe := os.environ.get("CALC_PIPE"):
        yield Program(_desktop(pipe), pipe, 0)
        return
    with tempfile.TemporaryDirectory(prefix="calc-", ignore_cleanup_errors=True) as profile:
        pipe = Path(profile).name  # two may run at once
        with _started(Path(profile), pipe) as process:
            desktop = _connected(pipe, process)
            yield Program(desktop, pipe, process.pid)
            _end(desktop, process)


@contextmanager
def _started(profile: Path, pipe: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start an office of our own; whatever happens, none of its processes outlives the tests."""
    (profile / "user").mkdir()
    items = "\n".join(ITEM.format(path=path, name=name, value=value) for path, name, value in SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE.format(items=items), encoding="utf-8")
    switches = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
    command = [
        str(OFFICE),
        f"-env:UserInstallation={profile.as_uri()}",
        *switches,
        f"--accept=pipe,name={pipe};urp;",
    ]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        _OFFICES.add(process.pid)
        try:
            yield process
        finally:
            _OFFICES.discard(process.pid)
            _kill(process.pid)


def end_offices() -> None:
    """Kill every office that was started here; calls that wait for one fail then."""
    for office in list(_OFFICES):
        _kill(office)


def _kill(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _connected(pipe: str, process: subprocess.Popen[bytes]) -> Uno:
    """Wait until the new office answers; raise CalcEndedError when it ends before."""
    while True:
        try:
            return _desktop(pipe)
        except Exception as reason:
            if process.poll() is not None:
                raise CalcEndedError from reason
            time.sleep(0.05)


def _desktop(pipe: str) -> Uno:
    local = load_uno().getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)


def _end(desktop: Uno, process: subprocess.Popen[bytes]) -> None:
    """Ask the office to leave; the bridge falls away under the question, which UNO calls an error."""
    with suppress(Exception):
        desktop.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
