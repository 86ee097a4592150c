"""What is published holds all it must: wheel, sdist, the download with its licences, the installer's script."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from zipfile import ZipFile

import bundle
import installer
import licences
import publish
import pytest
from icon import SIZES, icon
from PIL import Image
from version_resource import four_numbers, version_resource

from dealer_xl import __version__

HOUSE = Path(__file__).resolve().parents[1]
SCRIPT = installer.SCRIPT.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make wheel and sdist."""
    place = tmp_path_factory.mktemp("dist")
    publish.packages(place)
    return place


def of_checkout(*folders: str) -> set[str]:
    """List the files that lie in folders of the checkout."""
    return {
        path.relative_to(HOUSE).as_posix()
        for folder in folders
        for path in (HOUSE / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_version_stands_in_one_place_and_has_a_dated_release() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    changes = (HOUSE / "CHANGELOG.md").read_text(encoding="utf-8")

    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "dealer_xl.__version__"}
    assert re.search(rf"^## \[{re.escape(__version__)}\] - 20\d\d-\d\d-\d\d$", changes, re.MULTILINE)


def test_every_package_of_the_sources_is_published() -> None:
    named = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    found = {
        ".".join(path.parent.relative_to(HOUSE).parts) for path in (HOUSE / "dealer_xl").rglob("__init__.py")
    }

    assert set(named["packages"]) == found | set(named["package-dir"])


def test_the_wheel_brings_macros_templates_and_workbooks_as_they_are(published: Path) -> None:
    with ZipFile(published / f"dealer_xl-{__version__}-py3-none-any.whl") as wheel:
        there = {name: wheel.read(name) for name in wheel.namelist()}

    for name in of_checkout("dealer_xl", "macros", "templates", "workbooks"):
        inside = name if name.startswith("dealer_xl/") else f"dealer_xl/{name}"
        assert there.get(inside) == (HOUSE / name).read_bytes(), name


def test_the_sdist_can_be_tested_for_it_holds_what_a_checkout_holds(published: Path) -> None:
    with tarfile.open(published / f"dealer_xl-{__version__}.tar.gz") as sdist:
        there = {member.name.partition("/")[2] for member in sdist if member.isfile()}

    folders = (".ci", ".github", "bench", "dealer_xl", "docs", "macros", "templates", "tests", "workbooks")
    files = {path.name for path in HOUSE.iterdir() if path.is_file() and path.name != ".coverage"}
    assert of_checkout(*folders) | (files - {".git"}) <= there


def test_the_icon_has_every_size_that_windows_shows() -> None:
    with Image.open(io.BytesIO(icon())) as picture:
        assert picture.info["sizes"] == {(side, side) for side in SIZES}


def test_windows_can_show_which_version_the_program_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from PyInstaller import compat  # noqa: PLC0415 - slow to load

    monkeypatch.setattr(compat, "win32api", None, raising=False)  # only reading a program's resource needs it
    from PyInstaller.utils.win32 import versioninfo  # noqa: PLC0415

    made = eval(version_resource(__version__), vars(versioninfo))  # noqa: S307 - as PyInstaller reads it

    assert made.ffi.fileVersionMS == four_numbers(__version__)[0] << 16 | four_numbers(__version__)[1]
    assert __version__.encode("utf-16-le") in made.toRaw()


def test_every_component_of_the_program_comes_with_its_licence() -> None:
    texts = licences.licences(__version__)

    for package in licences.carried():
        own = [text for name, text in texts.items() if name.startswith(f"{licences.name_of(package)}/")]
        assert any(len(text) > 40 for text in own), package.metadata["Name"]
    assert b"GNU LESSER GENERAL PUBLIC LICENSE" in texts["docxtpl/LICENSE.txt"]
    assert b"PYTHON SOFTWARE FOUNDATION" in texts["Python/LICENSE.txt"].upper()
    assert texts["dealer-xl.txt"] == (HOUSE / "LICENSE").read_bytes()


def test_it_is_said_how_to_replace_the_component_under_the_lgpl() -> None:
    note = licences.licences(__version__)["说明.txt"].decode("utf-8-sig")

    assert "docxtpl 按 LGPL-2.1 发布" in note
    assert "_internal/docxtpl" in note


def test_a_component_without_a_licence_stops_the_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(licences, "GIVEN", tmp_path)

    with pytest.raises(licences.LicenceMissingError, match="chinesecalendar"):
        licences.licences(__version__)


def laid_out(place: Path, system: str) -> Path:
    """Lay a download out with a few files for the program."""
    program, guide = place / "frozen", place / "guide.pdf"
    (program / "_internal").mkdir(parents=True)
    for name in ("dealer-xl", "_internal/library"):
        (program / name).write_text(name, encoding="utf-8")
        (program / name).chmod(0o755)
    guide.write_bytes(b"%PDF-1.7")
    bundle.lay_out(place / "download", program, system, guide, {"rich/LICENSE": b"MIT"})
    return place / "download"


@pytest.mark.parametrize(("system", "ending"), [("windows", ".cmd"), ("mac", ".command")])
def test_the_download_has_the_program_its_shortcut_the_guide_and_the_licences(
    system: str, ending: str, tmp_path: Path
) -> None:
    names = {path.name for path in laid_out(tmp_path, system).iterdir()}

    (shortcut,) = (path.name for path in (HOUSE / "macros").glob(f"*{ending}"))
    assert names == {"dealer-xl", "_internal", shortcut, "第一天.pdf", "许可"}


@pytest.mark.skipif(sys.platform == "win32", reason="links and rights to run are of other systems")
def test_what_is_unpacked_is_what_was_packed_with_links_and_rights_to_run(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, "mac")
    (folder / "_internal" / "link").symlink_to("library")

    bundle.pack(folder, tmp_path / "a.zip")
    bundle.pack(folder, tmp_path / "b.zip")
    there = bundle.unpack(tmp_path / "a.zip", tmp_path / "elsewhere")

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert os.readlink(there / "_internal" / "link") == "library"  # noqa: PTH115 - as it stands there
    assert (there / "dealer-xl").stat().st_mode == (folder / "dealer-xl").stat().st_mode
    assert sorted(path.relative_to(there) for path in there.rglob("*")) == sorted(
        path.relative_to(folder) for path in folder.rglob("*")
    )


def test_the_guide_for_the_first_day_becomes_a_pdf_with_its_pictures(tmp_path: Path) -> None:
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or poppler is missing (make system)")
    Image.new("RGB", (900, 300), "#1f5fa8").save(tmp_path / "ribbon.png")
    source = tmp_path / "guide.md"
    source.write_text(
        "# 第一天\n\n![按钮](ribbon.png)\n\n| 按钮 | 做什么 |\n|---|---|\n| 校验 | 检查 |\n", encoding="utf-8"
    )

    publish.guide(source, tmp_path / "第一天.pdf")

    made = str(tmp_path / "第一天.pdf")
    text = subprocess.run(["pdftotext", made, "-"], capture_output=True, text=True, check=True).stdout
    pictures = subprocess.run(["pdfimages", "-list", made], capture_output=True, text=True, check=True).stdout
    assert "第一天" in text
    assert "检查" in text
    assert " 900 " in pictures


def test_a_guide_that_another_system_made_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "第一天.pdf").write_bytes(b"%PDF-1.7")

    publish.guide(tmp_path / "nothing.md", tmp_path / "第一天.pdf")

    assert (tmp_path / "第一天.pdf").read_bytes() == b"%PDF-1.7"


def test_a_guide_that_lacks_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(publish.NoGuideError, match=r"nothing\.md is missing"):
        publish.guide(tmp_path / "nothing.md", tmp_path / "第一天.pdf")


def test_the_installer_needs_no_administrator_and_speaks_chinese() -> None:
    assert "\nRequestExecutionLevel user\n" in SCRIPT
    assert "\nTarget amd64-unicode\n" in SCRIPT
    assert re.findall(r"^!insertmacro MUI_LANGUAGE (.*)$", SCRIPT, re.MULTILINE) == ['"SimpChinese"']
    assert "HKLM" not in SCRIPT
    assert all(
        re.search("[一-鿿]", said)
        for said in re.findall(r'MessageBox [\w|]+ "([^"]*)"', SCRIPT)
        if said != "${WHY}"
    )


def test_the_installer_is_told_all_that_its_script_asks_for(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, "windows")
    folder.rename(tmp_path / "dealer-xl")

    words = installer.words("1.2.3", tmp_path, tmp_path / "setup.exe")

    told = {word[2:].partition("=")[0]: word.partition("=")[2] for word in words if word.startswith("-D")}
    own = set(re.findall(r"^!define (\w+)", SCRIPT, re.MULTILINE))
    asked = set(re.findall(r"\$\{([A-Z]+)\}", SCRIPT)) - own - {"ENTRY", "WHO", "WHY", "PLACE"}
    assert asked == set(told)
    assert (told["NUMBERS"], told["SHORTCUT"]) == ("1.2.3.0", "店文件夹拖到这里.cmd")


def test_the_installer_takes_away_what_it_put_there_and_nothing_else(tmp_path: Path) -> None:
    lines = installer.entry_lines(laid_out(tmp_path, "windows"))

    assert '!insertmacro Entry "_internal"\n' in lines
    assert lines.count("\n") == 5
    assert set(re.findall(r"RMDir /r (.*)", SCRIPT)) == {
        '"${PLACE}"', '"$INSTDIR\\.new"', '"$SMPROGRAMS\\${NAME}"',
    }  # fmt: skip


@pytest.mark.parametrize("name", ["dealer-xl-0.1.0-mac.zip", "x.zip"])
def test_an_installer_is_made_of_a_download_for_windows_only(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()

    with pytest.raises(installer.NoInstallerError):
        installer.installer(tmp_path / name)
