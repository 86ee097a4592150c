"""The add-in put into Excel's start folder and taken out again, and the traps that the doctor knows."""

from __future__ import annotations

import io
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, cast
from zipfile import ZipFile

import pytest
import xlwings
from python_calamine import CalamineWorkbook

from dealer_xl.office.addin_file.sources import addin_path
from dealer_xl.office.folder import disk
from dealer_xl.office.installing import environment, system_checks
from dealer_xl.office.installing.addin_settings import runner_version, settings_in, with_settings
from dealer_xl.office.installing.diagnostics import CHECKS, diagnose
from dealer_xl.office.installing.environment import CheckResult, Environment
from dealer_xl.office.installing.install import (
    AddinHeldError,
    AddinMissingError,
    RunnerMismatchError,
    StorePythonError,
    install,
    uninstall,
)
from dealer_xl.office.installing.machine import Machine, NoExcelHereError, ask, this_machine

HOUSE = Path(__file__).resolve().parents[2]
VALIDATOR = HOUSE / ".make" / "node_modules" / ".bin" / "ooxml-validator"
ADDIN = addin_path().read_bytes()
SYSTEMS = ("Windows", "Darwin")
CHINESE = re.compile("[一-鿿]")
EXCEL = r'"C:\Program Files\Microsoft Office\Root\Office16\EXCEL.EXE" /automation'
CLASS = "{00024500-0000-0000-C000-000000000046}"
HAS_EXCEL: Mapping[str, Mapping[str, object]] = {
    r"HKCR\Excel.Application\CLSID": {"": CLASS},
    rf"HKCR\CLSID\{CLASS}\LocalServer32": {"": EXCEL},
}
NO_CHILDREN = system_checks.NO_CHILDREN


def computer(
    home: Path,
    system: str = "Windows",
    registry: Mapping[str, Mapping[str, object]] = HAS_EXCEL,
    **more: Any,  # noqa: ANN401 - fields of a Machine
) -> Machine:
    """Make up a computer in a folder."""
    python = home / "Python" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()
    (home / "Programs" / "Microsoft Excel.app").mkdir(parents=True, exist_ok=True)
    known: dict[str, Any] = {
        "environ": {"APPDATA": str(home / "AppData" / "Roaming"), "OneDrive": str(home / "OneDrive")},
        "registry": lambda key: registry.get(key, {}),
        "python": python,
        "programs": home / "Programs",
    }
    return Machine(system=system, home=home, **{**known, **more})


@pytest.fixture(params=SYSTEMS)
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    return computer(tmp_path / "张三 & 李四", request.param)


def tree(folder: Path) -> dict[str, bytes | None]:
    """List all that lies in a folder, with what the files hold."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def said(
    machine: Machine, code: str, folder: Path | None = None, shipped: bytes | None = ADDIN
) -> CheckResult | None:
    """Return what one check of the doctor tells."""
    told = {each.code: each.said for each in diagnose(Environment(machine, shipped, folder))}
    return told.get(code)


def state(machine: Machine, code: str, folder: Path | None = None) -> str:
    found = said(machine, code, folder)
    return found.state if found else ""


def macro_reads(addin: bytes) -> dict[str, object]:
    """Read the settings as GetConfigFromSheet of xlwings.bas does: column A down to the first empty cell."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(addin)).get_sheet_by_name("xlwings.conf")
    settings: dict[str, object] = {}
    for name, value in sheet.to_python():
        if not name:
            break
        assert str(name).upper() not in settings, "VBA's dictionary takes a key once"
        settings[str(name).upper()] = value
    return settings


def test_the_add_in_goes_where_excel_opens_it_when_it_starts(tmp_path: Path) -> None:
    assert computer(tmp_path).addin == tmp_path / "AppData/Roaming/Microsoft/Excel/XLSTART/dealer_xl.xlam"
    assert computer(tmp_path, "Darwin").addin == (
        tmp_path
        / "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/dealer_xl.xlam"
    )


def test_without_the_variable_the_folder_of_windows_is_the_usual_one(tmp_path: Path) -> None:
    machine = replace(computer(tmp_path), environ={})

    assert machine.addin.is_relative_to(tmp_path / "AppData" / "Roaming")


def test_the_installed_add_in_names_this_python_whatever_letters_its_path_has(machine: Machine) -> None:
    install(machine, ADDIN)

    settings = macro_reads(machine.addin.read_bytes())
    key = "INTERPRETER_WIN" if machine.system == "Windows" else "INTERPRETER_MAC"
    assert settings[key] == str(machine.python)
    assert settings["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"


def test_the_add_in_names_each_setting_that_the_macro_asks_for_so_that_no_other_file_is_asked(
    machine: Machine,
) -> None:
    """Those of another place's own: cloud folders, which are of use beside a workbook only, and a licence."""
    install(machine, ADDIN)
    source = (Path(xlwings.__file__).parent / "xlwings.bas").read_text(encoding="ascii")
    calls = source[
        source.index("Public Function RunPython") : source.index("Public Function RunFrozenPython")
    ]

    asked = {part.split('"')[0] for part in calls.split('GetConfig("')[1:]}
    elsewhere = {name for name in asked if name.startswith(("ONEDRIVE", "SHAREPOINT"))} | {
        "LICENSE_KEY",
        "INTERPRETER",
    }
    other_system = {"INTERPRETER_WIN", "INTERPRETER_MAC"}
    assert asked - elsewhere - other_system <= set(macro_reads(machine.addin.read_bytes()))
    assert "SHOW CONSOLE" in asked


def test_the_installation_changes_the_settings_only_and_no_macro_or_button(machine: Machine) -> None:
    install(machine, ADDIN)

    with ZipFile(machine.addin) as ours, ZipFile(io.BytesIO(ADDIN)) as shipped:
        changed = {name for name in shipped.namelist() if ours.read(name) != shipped.read(name)}
        assert ours.namelist() == shipped.namelist()
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "docProps/app.xml"}


def test_the_open_xml_sdk_finds_nothing_wrong_with_the_installed_add_in(machine: Machine) -> None:
    if not VALIDATOR.exists():
        pytest.skip("the Open XML SDK validator is not installed (make system)")
    install(machine, ADDIN)

    told = subprocess.run([VALIDATOR, machine.addin], capture_output=True, text=True, check=False)
    shipped = subprocess.run([VALIDATOR, addin_path()], capture_output=True, text=True, check=False)
    assert told.returncode == shipped.returncode
    assert told.stdout.count('"Description"') == shipped.stdout.count('"Description"')


def test_a_second_installation_writes_nothing(machine: Machine) -> None:
    first = install(machine, ADDIN)
    before = tree(machine.home)

    second = install(machine, ADDIN)

    assert machine.addin in first.written
    assert list(second.written) == []
    assert tree(machine.home) == before


def test_an_installation_by_another_python_takes_the_place_of_the_first(machine: Machine) -> None:
    install(machine, ADDIN)
    other = replace(machine, python=machine.home / "另一个" / "python.exe")

    install(other, ADDIN)
    uninstall(other)

    assert not machine.addin.exists()
    assert not any(path for path in tree(machine.home) if "Microsoft/" in path or "Library" in path)


def test_uninstalling_leaves_the_computer_as_it_was(machine: Machine) -> None:
    before = tree(machine.home)

    install(machine, ADDIN)
    removed = uninstall(machine)

    assert tree(machine.home) == before
    assert machine.addin in removed


def test_uninstalling_leaves_alone_what_others_have_there(machine: Machine) -> None:
    theirs = (machine.start_folder / "报表.xlam", machine.home / ".xlwings" / "xlwings.conf")
    for path in (*theirs, machine.scripts_folder / f"xlwings-{xlwings.__version__}.applescript"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("别人的", encoding="utf-8")
    before = tree(machine.home)

    install(machine, ADDIN)
    install(machine, ADDIN)
    uninstall(machine)

    assert tree(machine.home) == before


def test_uninstalling_what_was_never_installed_changes_nothing(machine: Machine) -> None:
    before = tree(machine.home)

    assert uninstall(machine) == []
    assert tree(machine.home) == before


def test_on_a_mac_excel_also_gets_the_script_of_the_same_version(tmp_path: Path) -> None:
    mac = computer(tmp_path, "Darwin")

    install(mac, ADDIN)

    script = mac.scripts_folder / f"xlwings-{xlwings.__version__}.applescript"
    assert script.read_bytes() == (Path(xlwings.__file__).parent / script.name).read_bytes()


def test_what_a_killed_run_left_in_the_start_folder_is_swept(machine: Machine) -> None:
    machine.start_folder.mkdir(parents=True)
    left = machine.start_folder / ".~dealer-xl-0123456789ab.xlam"
    left.write_bytes(ADDIN[:100])

    install(machine, ADDIN)

    assert not left.exists()


@pytest.mark.parametrize("done_before", [False, True])
def test_an_add_in_that_excel_holds_stays_as_it_is_and_nothing_else_changes(
    done_before: bool, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(machine, python=machine.home / "python2")
    if done_before:
        install(machine, ADDIN)
    before = tree(machine.home)

    def held(source: Path, target: Path) -> None:
        if target == machine.addin:
            raise PermissionError
        Path(source).rename(target)

    monkeypatch.setattr(disk, "_PAUSES", ())
    monkeypatch.setattr("os.replace", held)
    with pytest.raises(AddinHeldError):
        install(other, ADDIN)

    assert tree(machine.home) == before


def test_an_add_in_that_excel_holds_is_not_uninstalled_by_half(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(machine, ADDIN)
    before = tree(machine.home)

    def held(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(disk, "_PAUSES", ())
    monkeypatch.setattr("os.unlink", held)
    with pytest.raises(AddinHeldError):
        uninstall(machine)

    assert tree(machine.home) == before


def test_where_there_is_no_excel_nothing_is_installed(tmp_path: Path) -> None:
    linux = computer(tmp_path, "Linux")

    for do in (lambda: install(linux, ADDIN), lambda: uninstall(linux)):
        with pytest.raises(NoExcelHereError):
            do()


def test_without_its_file_the_add_in_is_not_installed(machine: Machine) -> None:
    with pytest.raises(AddinMissingError):
        install(machine, None)


def test_on_a_mac_an_add_in_of_another_xlwings_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dealer_xl.office.installing.install.runner_version", lambda _: "0.1.0")

    with pytest.raises(RunnerMismatchError):
        install(computer(tmp_path, "Darwin"), ADDIN)


@pytest.mark.parametrize("where", ["python", "base"])
def test_the_python_of_the_store_is_told_to_stay_out(where: str, tmp_path: Path) -> None:
    place = Path(r"C:\Users\a\AppData\Local\Microsoft\WindowsApps\Python.3.11\python.exe")
    fields: dict[str, Any] = {where: place}
    machine = computer(tmp_path, **fields)

    with pytest.raises(StorePythonError):
        install(machine, ADDIN)
    assert state(machine, "store-python") == "fail"


def test_the_version_of_the_macros_is_read_without_a_reader_of_macros() -> None:
    assert runner_version(ADDIN) == xlwings.__version__


@pytest.mark.parametrize("content", [b"", b"no zip", ADDIN[:3000]])
def test_a_damaged_add_in_has_no_settings_and_no_version(content: bytes) -> None:
    assert settings_in(content) == {}
    assert runner_version(content) is None


def test_an_add_in_that_was_copied_by_hand_has_no_settings() -> None:
    assert settings_in(ADDIN) == {}


def test_the_settings_come_back_as_they_were_written() -> None:
    settings = {"INTERPRETER_WIN": r"C:\张三 & 李四\<py>\python.exe", "PYTHONPATH": ""}

    assert settings_in(with_settings(ADDIN, settings)) == settings


def test_a_computer_on_which_all_is_well_gets_no_remark(machine: Machine, tmp_path: Path) -> None:
    machine = replace(machine, python=tmp_path / "python")
    machine.python.touch()
    shop = tmp_path / "店"
    shop.mkdir()
    install(machine, ADDIN)

    told = diagnose(Environment(machine, ADDIN, shop))

    assert {each.said.state for each in told} == {"ok"}
    assert {"excel", "python", "addin", "interpreter", "dealer-xl", "xlwings", "folder"} <= {
        each.code for each in told
    }


def test_on_linux_the_doctor_says_that_there_is_no_excel_and_looks_at_the_rest(tmp_path: Path) -> None:
    linux = computer(tmp_path, "Linux")

    assert state(linux, "excel") == "warn"
    assert state(linux, "python") == "ok"
    assert state(linux, "xlwings") == "ok"
    assert state(linux, "folder", tmp_path) == "ok"
    assert state(linux, "addin") == ""


def test_what_is_not_installed_is_told_once(machine: Machine) -> None:
    assert state(machine, "addin") == "fail"
    assert state(machine, "interpreter") == ""


def test_an_older_or_changed_add_in_is_told(machine: Machine) -> None:
    install(machine, ADDIN)
    with ZipFile(machine.addin, "a") as addin:
        addin.writestr("docProps/custom.xml", "<changed/>")

    assert state(machine, "addin") == "warn"


def test_an_add_in_that_was_copied_by_hand_is_told(machine: Machine) -> None:
    disk.write_atomic(machine.addin, ADDIN)

    assert state(machine, "addin") == "warn"
    assert state(machine, "interpreter") == "fail"


def where_noted(machine: Machine) -> Path:
    """Name the file that the shortcuts of macros/ read."""
    home = machine.home
    if machine.system == "Windows":
        return home / "AppData" / "Local" / "dealer-xl" / "program.txt"
    return home / "Library" / "Application Support" / "dealer-xl" / "program.txt"


def test_the_installation_notes_for_the_shortcuts_where_the_program_lies(machine: Machine) -> None:
    program = machine.home / "我的 程序" / "dealer-xl.exe"

    done = install(replace(machine, program=program, console_page="gbk"), ADDIN)

    assert where_noted(machine).read_bytes() == f"{program}\n".encode("gbk")
    assert where_noted(machine) in done.written


def test_what_was_noted_follows_the_program_and_goes_with_the_add_in(machine: Machine) -> None:
    before = tree(machine.home)
    install(replace(machine, program=Path("/old/dealer-xl")), ADDIN)
    install(replace(machine, program=Path("/new/dealer-xl")), ADDIN)

    assert where_noted(machine).read_text(encoding="utf-8") == f"{Path('/new/dealer-xl')}\n"
    uninstall(machine)
    assert tree(machine.home) == before


def test_a_path_that_the_console_cannot_read_is_not_noted(machine: Machine) -> None:
    install(replace(machine, program=Path("/南沙/dealer-xl"), console_page="cp437"), ADDIN)

    assert not where_noted(machine).exists()
    assert machine.addin.exists()


def test_an_installation_does_not_fail_because_nothing_can_be_noted(machine: Machine) -> None:
    where_noted(machine).parent.parent.mkdir(parents=True)
    where_noted(machine).parent.write_text("a file of another's", encoding="utf-8")

    install(replace(machine, program=Path("/p/dealer-xl")), ADDIN)

    assert machine.addin.exists()


def test_the_program_of_this_installation_is_known() -> None:
    found = this_machine().program

    assert found is not None
    assert found.stem == "dealer-xl"
    assert subprocess.run([found, "--version"], capture_output=True, check=True).stdout.strip()


def test_a_python_that_is_gone_or_another_one_is_told(machine: Machine) -> None:
    install(machine, ADDIN)
    other = replace(machine, python=machine.home / "另一个")

    assert state(other, "interpreter") == "warn"
    machine.python.unlink()
    assert state(machine, "interpreter") == "fail"


@pytest.mark.parametrize(("answer", "expected"), [("0.1.0", "ok"), (None, "fail")])
def test_another_python_is_asked_whether_it_knows_dealer_xl(
    answer: str | None, expected: str, machine: Machine
) -> None:
    install(machine, ADDIN)
    asked: list[str] = []

    def answering(words: Sequence[str]) -> str | None:
        asked.extend(words)
        return answer

    other = replace(machine, python=machine.home / "x", ask=answering)

    assert state(other, "dealer-xl") == expected
    assert asked[0] == str(machine.python)


def test_a_program_of_its_own_is_asked_for_its_version_only(tmp_path: Path) -> None:
    program = tmp_path / "dealer-xl.exe"
    program.touch()
    machine = computer(tmp_path)
    install(replace(machine, python=program), ADDIN)

    def answering(words: Sequence[str]) -> str | None:
        return "0.1.0" if list(words) == [str(program), "--version"] else None

    assert state(replace(machine, ask=answering), "dealer-xl") == "ok"


def test_a_python_is_really_asked() -> None:
    assert ask([sys.executable, "-c", "import dealer_xl; print(1)"]) == "1"
    assert ask([sys.executable, "-c", "raise SystemExit(1)"]) is None
    assert ask(["/no/such/python"]) is None


@pytest.mark.parametrize(
    ("version", "bits", "expected"), [((3, 10), 64, "fail"), ((3, 12), 32, "fail"), ((3, 13), 64, "ok")]
)
def test_a_python_that_is_too_old_or_of_32_bits_is_told(
    version: tuple[int, int], bits: int, expected: str, tmp_path: Path
) -> None:
    assert state(computer(tmp_path, version=version, bits=bits), "python") == expected


def test_the_program_for_computers_without_python_needs_none(tmp_path: Path) -> None:
    assert state(computer(tmp_path, frozen=True, version=(3, 10)), "python") == "ok"


@pytest.mark.parametrize(
    ("system", "place", "code_page", "expected"),
    [
        ("Windows", r"C:\Users\张三\python.exe", "gbk", ""),
        ("Windows", r"C:\Users\张三\python.exe", "cp1252", "fail"),
        ("Windows", r"C:\Program Files\R&D\python.exe", "gbk", ""),
        ("Windows", r"C:\100%\python.exe", "gbk", "fail"),
        ("Darwin", "/Users/a/my apps/python", "utf-8", "fail"),
        ("Darwin", "/Users/张三/python", "utf-8", ""),
    ],
)
def test_a_path_that_the_macro_cannot_say_is_told(
    system: str, place: str, code_page: str, expected: str, tmp_path: Path
) -> None:
    machine = computer(tmp_path, system, python=Path(place), code_page=code_page)

    assert state(machine, "python-path") == expected


def test_a_mark_of_the_internet_beside_the_add_in_is_told(tmp_path: Path) -> None:
    machine = computer(tmp_path)
    install(machine, ADDIN)
    assert state(machine, "blocked") == "ok"

    machine.addin.with_name("dealer_xl.xlam:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")

    assert state(machine, "blocked") == "fail"


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        (EXCEL, "ok"),
        (r"C:\Program Files (x86)\Kingsoft\WPS Office\12.1.0\office6\et.exe /automation", "fail"),
        (r"C:\Users\a\AppData\Local\Kingsoft\WPS Office\office6\wps.exe /et", "fail"),
        ("", "fail"),
    ],
)
def test_wps_answering_in_excels_name_is_told(server: str, expected: str, tmp_path: Path) -> None:
    registry = {**HAS_EXCEL, rf"HKCR\CLSID\{CLASS}\LocalServer32": {"": server}}

    assert state(computer(tmp_path, registry=registry), "excel") == expected


def test_an_excel_of_32_bits_is_found(tmp_path: Path) -> None:
    registry = {
        r"HKCR\Excel.Application\CLSID": {"": CLASS},
        rf"HKCR\WOW6432Node\CLSID\{CLASS}\LocalServer32": {"": EXCEL},
    }

    assert state(computer(tmp_path, registry=registry), "excel") == "ok"


def test_an_excel_that_is_not_registered_is_told(tmp_path: Path) -> None:
    key = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"

    assert state(computer(tmp_path, registry={key: {"": r"C:\EXCEL.EXE"}}), "excel") == "warn"
    assert state(computer(tmp_path, registry={}), "excel") == "fail"


def test_a_mac_without_excel_is_told(tmp_path: Path) -> None:
    mac = computer(tmp_path, "Darwin")
    assert state(mac, "excel") == "ok"

    assert state(replace(mac, programs=tmp_path / "none"), "excel") == "fail"


GUARD = r"Microsoft\Windows Defender\Windows Defender Exploit Guard"
OFFICE = r"HKCU\Software\Policies\Microsoft\Office\16.0"
TRAPS: tuple[tuple[str, str, str, object, str], ...] = (
    ("child-processes", rf"HKLM\SOFTWARE\Policies\{GUARD}\ASR\Rules", NO_CHILDREN, "1", "fail"),
    ("child-processes", rf"HKLM\SOFTWARE\{GUARD}\ASR\Rules", NO_CHILDREN, 1, "fail"),
    ("child-processes", rf"HKLM\SOFTWARE\{GUARD}\ASR\Rules", NO_CHILDREN, 2, "ok"),
    ("child-processes", rf"HKLM\SOFTWARE\{GUARD}\ASR\Rules", NO_CHILDREN, 6, "warn"),
    (
        "child-processes", r"HKLM\SOFTWARE\Microsoft\PolicyManager\current\device\Defender",
        "attacksurfacereductionrules", f"be9ba2d9-53ea-4cdc-84e5-9b1eeee46550=1|{NO_CHILDREN.upper()}=1", "fail",
    ),
    (
        "child-processes", r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager",
        "asrrules", f"{{{NO_CHILDREN}}}=2|be9ba2d9-53ea-4cdc-84e5-9b1eeee46550=1", "ok",
    ),
    ("macros", rf"{OFFICE}\Excel\Security", "vbawarnings", 4, "warn"),
    ("macros", rf"{OFFICE}\Excel\Security", "vbawarnings", 2, "ok"),
    ("macros", rf"{OFFICE}\Excel\Security", "blockcontentexecutionfrominternet", 1, "ok"),
    ("macros", rf"{OFFICE}\Excel\Security\Trusted Locations", "alllocationsdisabled", 1, "warn"),
    ("macros", rf"{OFFICE}\Common", "vbaoff", 1, "fail"),
    ("guarded-folders", rf"HKLM\SOFTWARE\{GUARD}\Controlled Folder Access", "enablecontrolledfolderaccess", 1, "warn"),
    (
        "disabled", r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems",
        "a1", b"\x01\0" + r"C:\x\XLSTART\Dealer_xl.xlam".encode("utf-16-le"), "fail",
    ),
    (
        "second-copy", r"HKCU\Software\Microsoft\Office\16.0\Excel\Options",
        "open1", r'/R "D:\old\Dealer_xl.xlam"', "warn",
    ),
)  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap[0]}-{trap[3]}"[:40])
def test_a_trap_of_the_registry_is_told(trap: tuple[str, str, str, object, str], tmp_path: Path) -> None:
    code, key, name, value, expected = trap

    assert state(computer(tmp_path, registry={**HAS_EXCEL, key: {name: value}}), code) == expected


def test_the_worst_policy_is_told_first(tmp_path: Path) -> None:
    registry = {rf"{OFFICE}\Excel\Security": {"vbawarnings": 4}, rf"{OFFICE}\Common": {"vbaoff": 1}}

    assert state(computer(tmp_path, registry=registry), "macros") == "fail"


def test_where_buttons_cannot_start_python_the_other_way_is_named(tmp_path: Path) -> None:
    registry = {rf"HKLM\SOFTWARE\{GUARD}\ASR\Rules": {NO_CHILDREN: 1}}

    found = said(computer(tmp_path, registry=registry), "child-processes")
    assert found
    assert "dealer-xl watch" in found.remedy


def test_a_second_copy_of_the_add_in_is_told(machine: Machine) -> None:
    assert state(machine, "second-copy") == ""

    disk.write_atomic(machine.addins_folder / "dealer_xl.xlam", ADDIN)

    assert state(machine, "second-copy") == "warn"


def test_the_start_folder_of_all_users_is_looked_into(tmp_path: Path) -> None:
    disk.write_atomic(tmp_path / "Office16" / "XLSTART" / "dealer_xl.xlam", ADDIN)
    key = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
    machine = computer(tmp_path, registry={key: {"path": str(tmp_path / "Office16")}})

    assert state(machine, "second-copy") == "warn"


def test_xlwings_own_add_in_does_no_harm_but_its_settings_in_the_start_folder_do(machine: Machine) -> None:
    disk.write_atomic(machine.start_folder / "xlwings.xlam", b"")
    assert state(machine, "other-addins") == "ok"

    disk.write_atomic(machine.start_folder / "xlwings.conf", b"")

    assert state(machine, "other-addins") == "warn"


def test_settings_of_a_person_on_the_network_are_told(tmp_path: Path) -> None:
    machine = computer(tmp_path, environ={"APPDATA": r"\\server\profiles\a"})

    assert state(machine, "network-profile") == "warn"


def test_a_script_that_is_gone_is_told_on_a_mac(tmp_path: Path) -> None:
    mac = computer(tmp_path, "Darwin")
    install(mac, ADDIN)
    (mac.scripts_folder / f"xlwings-{xlwings.__version__}.applescript").unlink()

    assert state(mac, "script") == "fail"


def test_where_the_shops_folder_lies_is_told(tmp_path: Path) -> None:
    machine = computer(tmp_path)
    shop = tmp_path / "OneDrive" / "店"
    shop.mkdir(parents=True)
    deep = tmp_path.joinpath(*["很长的文件夹名字"] * 20)
    deep.mkdir(parents=True)

    assert state(machine, "folder", shop) == "warn"
    assert state(machine, "folder", tmp_path) == "ok"
    assert state(machine, "folder", tmp_path / "没有") == "fail"
    assert state(machine, "folder", Path("https://d.docs.live.net/1/店")) == "fail"
    assert state(machine, "long-path", deep) == "warn"
    assert state(machine, "folder") == ""


def test_every_check_has_a_code_of_its_own() -> None:
    codes = [check.code for check in CHECKS]

    assert len(codes) == len(set(codes))


def test_all_that_the_doctor_says_is_chinese_and_ends_as_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[CheckResult] = [policy.found for policy in system_checks.POLICIES]
    made = CheckResult.__init__

    def noted(self: CheckResult, *words: str) -> None:
        made(self, *words)
        told.append(self)

    monkeypatch.setattr(environment.CheckResult, "__init__", noted)
    for code, key, name, value, _ in TRAPS:
        said(computer(tmp_path, registry={key: {name: value}}), code)
    for system in (*SYSTEMS, "Linux"):
        machine = computer(tmp_path, system, version=(3, 9), code_page="ascii")
        for folder in (tmp_path, tmp_path / "没有", Path("https://d.docs.live.net/1")):
            diagnose(Environment(machine, ADDIN, folder))

    for each in told:
        for sentence in filter(None, (each.message, each.remedy)):
            assert CHINESE.search(sentence)
            assert sentence.endswith("。")
        assert (each.state == "ok") == (not each.remedy)


def test_this_computer_can_be_described() -> None:
    machine = this_machine()

    assert machine.python == Path(sys.executable)
    assert not machine.frozen


class Winreg:
    """In place of Windows' module: one key with two values, and one that may not be read."""

    HKEY_CLASSES_ROOT, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "classes", "user", "machine"
    KEY_READ, KEY_WOW64_64KEY = 1, 256
    VALUES = (("", "the key's own", 1), ("VBAWarnings", 4, 4))

    @contextmanager
    def OpenKey(self, root: str, path: str, *, access: int) -> Iterator[None]:  # noqa: N802 - as Windows has it
        assert access == 257
        if (root, path) != ("user", r"Software\A"):
            raise PermissionError
        yield None

    def EnumValue(self, _: None, place: int) -> tuple[str, object, int]:  # noqa: N802 - likewise
        if place == len(self.VALUES):
            raise OSError
        return self.VALUES[place]


def test_windows_registry_is_read_value_by_value_and_a_key_that_lacks_is_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", cast("ModuleType", Winreg()))
    registry = runpy.run_path(str(HOUSE / "dealer_xl" / "office" / "installing" / "machine.py"))["registry"]

    assert registry(r"HKCU\Software\A") == {"": "the key's own", "vbawarnings": 4}
    assert registry(r"HKLM\Software\A") == {}


def test_a_program_without_its_add_in_is_told(machine: Machine) -> None:
    found = said(machine, "addin", shipped=None)

    assert found
    assert found.state == "fail"


def test_macros_of_another_xlwings_are_told(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    install(machine, ADDIN)
    monkeypatch.setattr(xlwings, "__version__", "0.99.0")

    assert state(machine, "xlwings") == "warn"
