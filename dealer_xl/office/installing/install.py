"""Put the add-in where Excel finds it, and take it away again with all that came with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from dealer_xl.errors import DealerXlError
from dealer_xl.office.addin_file.sources import addin_path
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.io_errors import FileHeldError
from dealer_xl.office.installing.addin_settings import (
    made_by,
    runner_version,
    settings_for,
    settings_in,
    with_settings,
)
from dealer_xl.office.installing.machine import MAC, Machine

RECORD = "program.txt"


class AddinMissingError(DealerXlError):
    """The program came without its add-in."""

    def __init__(self) -> None:
        super().__init__("程序里没有加载项的文件，没有安装；请重新安装本程序，再装一次加载项。")


class AddinHeldError(DealerXlError):
    """Excel is running and holds the add-in."""

    def __init__(self) -> None:
        super().__init__(
            "加载项正被 Excel 使用或没有写入权限，什么都没有改动；请退出所有 Excel 窗口，再运行一次。"
        )


class StorePythonError(DealerXlError):
    """Windows hides from Excel what this Python writes."""

    def __init__(self) -> None:
        super().__init__(
            "这是微软应用商店版的运行环境，它写的文件 Excel 看不见，没有安装；请从官网另装一个，或改用免安装版的 dealer-xl。"
        )


class RunnerMismatchError(DealerXlError):
    """The script beside the add-in is of another version than its macros."""

    def __init__(self) -> None:
        super().__init__("加载项与程序里的运行组件版本不一致，没有安装；请重新安装本程序，再装一次加载项。")


@dataclass(frozen=True)
class Installed:
    """What an installation wrote; nothing when all was there already."""

    addin: Path
    written: Sequence[Path]


def shipped_addin() -> bytes | None:
    """Read the add-in that comes with the program; None when it lacks."""
    return disk.read_if_there(addin_path())


def install(machine: Machine, addin: bytes | None) -> Installed:
    """Put the add-in, with this Python in its settings, into Excel's start folder.

    Raises NoExcelHereError, AddinMissingError, StorePythonError, RunnerMismatchError, AddinHeldError and the errors
    of `io_errors`; then nothing has changed.
    """
    place = machine.addin
    if addin is None:
        raise AddinMissingError
    if machine.is_from_the_store:
        raise StorePythonError
    before = disk.read_if_there(place)
    wanted = _scripts(machine, addin)
    new = [each for each in wanted if not disk.is_file(each)]
    record = _record(machine)
    folders = [folder for path in (place, *wanted, *record) for folder in _lacking(path.parent)]
    made = dict.fromkeys(
        [*made_by(settings_in(before)), *map(str, folders), *map(str, new), *map(str, record)]
    )
    wanted = {path: content for path, content in wanted.items() if str(path) in made}
    wanted[place] = with_settings(addin, settings_for(machine, made))
    try:
        written = _put(wanted)
    except BaseException as fault:
        _take_away(new, folders)
        if isinstance(fault, FileHeldError):
            raise AddinHeldError from fault
        raise
    return Installed(place, [*written, *_noted(record)])


def uninstall(machine: Machine) -> list[Path]:
    """Take away the add-in and what its installation made; return which files that were.

    Raises NoExcelHereError, AddinHeldError and the errors of `io_errors`.
    """
    place = machine.addin
    content = disk.read_if_there(place)
    if content is None:
        return []
    made = [Path(each) for each in made_by(settings_in(content))]
    scripts = [path for path in made if disk.is_file(path)]
    try:
        disk.remove(place)
    except FileHeldError as fault:
        raise AddinHeldError from fault
    disk.remove_temp(place.parent)
    _take_away(scripts, [path for path in made if path not in scripts])
    return [place, *scripts]


def _scripts(machine: Machine, addin: bytes) -> dict[Path, bytes]:
    """Return what the macro needs besides on a Mac, where it may start a program by a script only.

    Raises RunnerMismatchError.
    """
    if machine.system != MAC:
        return {}
    name = f"xlwings-{runner_version(addin)}.applescript"
    script = files("xlwings").joinpath(name)
    if not script.is_file():
        raise RunnerMismatchError
    return {machine.scripts_folder / name: script.read_bytes()}


def _lacking(folder: Path) -> list[Path]:
    """List the folders that will have to be made, the outermost first."""
    return [] if disk.is_folder(folder) else [*_lacking(folder.parent), folder]


def _put(wanted: dict[Path, bytes]) -> list[Path]:
    """Write what is not there as it shall be; the add-in comes last, so that none is there without its script."""
    written = [path for path, content in wanted.items() if disk.read_if_there(path) != content]
    for path in written:
        disk.write_atomic(path, wanted[path])
        disk.remove_temp(path.parent)  # Excel would open what a killed run left in its start folder
    return written


def _record(machine: Machine) -> dict[Path, bytes]:
    """Return the file in which the shortcuts of macros/ read where the program lies: they may be copied anywhere.

    Nothing where no shortcut asks, or where the console could not read the path in its code page.
    """
    if machine.own_folder is None or machine.program is None:
        return {}
    try:
        line = f"{machine.program}\n".encode(machine.console_page)
    except UnicodeEncodeError:
        return {}
    return {machine.own_folder / RECORD: line}


def _noted(record: dict[Path, bytes]) -> list[Path]:
    """Write down where the program lies; the buttons do not need it, and a shortcut has other places to look."""
    try:
        return _put(record)
    except DealerXlError:
        return []


def _take_away(paths: Iterable[Path], folders: Sequence[Path]) -> None:
    for path in paths:
        with suppress(DealerXlError):  # what is not there any more, or not ours to take
            disk.remove(path)
    for folder in sorted(folders, key=lambda each: len(each.parts), reverse=True):
        disk.drop_empty(folder)
