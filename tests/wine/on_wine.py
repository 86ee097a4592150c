"""The installer and the shortcut on Wine, with a small program that stands in for ours: `make installer-test`."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import bundle
import pefile
import pytest
from installer import installer
from wine import CODE_PAGE, USER, Windows, stand_in, windows

HOUSE = Path(__file__).resolve().parents[2]
SHORTCUT = next((HOUSE / "macros").glob("*.cmd"))
OLDER, NEWER = "0.1.0", "0.2.0"
KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\dealer-xl"
CALLED = "called.txt"


@pytest.fixture(scope="session")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    with windows(tmp_path_factory.mktemp("windows")) as system:
        yield system


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stand_in(tmp_path_factory.mktemp("stand-in"))


@pytest.fixture(scope="session")
def setups(program: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make the installers of two versions; only the older has a file old.txt, above and inside."""
    made = {}
    for version in (OLDER, NEWER):
        place = tmp_path_factory.mktemp(version)
        folder = place / "frozen"
        (folder / "_internal" / "docxtpl").mkdir(parents=True)
        shutil.copy(program, folder)
        (folder / "_internal" / "version.txt").write_text(version, encoding="utf-8")
        if version == OLDER:
            (folder / "_internal" / "old.txt").touch()
            (folder / "old.txt").touch()
        guide = place / "guide.pdf"
        guide.write_bytes(b"%PDF-1.7")
        bundle.lay_out(place / "dealer-xl", folder, "windows", guide, {"rich/LICENSE": b"MIT"})
        download = place / f"dealer-xl-{version}-windows.zip"
        bundle.pack(place / "dealer-xl", download)
        made[version] = installer(download)
    return made


@pytest.fixture
def usual(pc: Windows) -> Iterator[Path]:
    """Name the folder where the program is installed, and leave nothing behind."""
    place = pc.local / "Programs" / "dealer-xl"
    yield place
    if (place / "uninstall.exe").exists():
        assert uninstall(pc, place) == 0
    shutil.rmtree(place, ignore_errors=True)


def uninstall(pc: Windows, place: Path, **environ: str) -> int:
    """Run the uninstaller in its place, so that its end is awaited; it cannot remove itself then."""
    code = pc.run_line(f'"{pc.named(place / "uninstall.exe")}" /S _?={pc.named(place)}', **environ).returncode
    if code == 0:
        (place / "uninstall.exe").unlink()
    return code


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def called(program: Path) -> list[str]:
    """Give the words that the stand-in beside was called with, each time."""
    place = program / CALLED
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    return [line.partition('.exe" ')[2] for line in lines]


def registered(pc: Windows, name: str) -> str:
    says = pc.run("reg", "query", KEY, "/v", name).stdout.decode(CODE_PAGE)
    return says.partition("REG_SZ")[2].strip()


def links(pc: Windows) -> list[str]:
    return sorted(path.name for path in pc.roaming.rglob("dealer-xl/*.lnk"))


def test_a_person_installs_without_questions_into_the_own_folder(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    assert pc.run(setups[OLDER], "/S").returncode == 0

    assert {path.name for path in usual.iterdir()} == {
        "_internal", "dealer-xl.exe", "old.txt", "uninstall.exe", "第一天.pdf", "许可", SHORTCUT.name, CALLED,
    }  # fmt: skip
    assert called(usual) == ["addin install"]
    assert (registered(pc, "DisplayVersion"), registered(pc, "InstallLocation")) == (OLDER, pc.named(usual))
    assert USER in pc.named(usual)
    assert len(links(pc)) == 5


def test_windows_shows_which_version_an_installer_is_and_that_it_is_for_64_bits(
    setups: dict[str, Path],
) -> None:
    with pefile.PE(str(setups[NEWER])) as setup:
        texts = {
            key.decode(): value.decode()
            for information in setup.FileInfo[0]
            if information.Key == b"StringFileInfo"
            for table in information.StringTable
            for key, value in table.entries.items()
        }
        machine = setup.FILE_HEADER.Machine

    assert (texts["ProductVersion"], texts["ProductName"]) == (NEWER, "dealer-xl")
    assert machine == pefile.MACHINE_TYPE["IMAGE_FILE_MACHINE_AMD64"]


def test_the_buttons_are_left_out_on_request(pc: Windows, setups: dict[str, Path], usual: Path) -> None:
    assert pc.run(setups[OLDER], "/S", "/NOADDIN").returncode == 0

    assert called(usual) == []


def test_a_newer_version_takes_the_place_of_the_older_and_keeps_what_is_not_its_own(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    pc.run(setups[OLDER], "/S")
    (usual / "我的记录.txt").write_text("我的", encoding="utf-8")

    assert pc.run(setups[NEWER], "/S").returncode == 0

    assert (usual / "_internal" / "version.txt").read_text(encoding="utf-8") == NEWER
    assert not [path for path in usual.rglob("*") if path.name in {"old.txt", ".new"}]
    assert (usual / "我的记录.txt").exists()
    assert called(usual) == ["addin install", "addin install"]
    assert registered(pc, "DisplayVersion") == NEWER


def test_the_same_version_can_be_installed_again_and_mends_what_is_broken(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    pc.run(setups[NEWER], "/S")
    whole = tree(usual)
    shutil.rmtree(usual / "_internal")
    (usual / ".new" / "_internal").mkdir(parents=True)

    assert pc.run(setups[NEWER], "/S").returncode == 0

    assert {**tree(usual), CALLED: b""} == {**whole, CALLED: b""}


def test_an_installation_that_was_cut_off_is_completed_by_the_next(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    (usual / ".new" / "_internal").mkdir(parents=True)
    (usual / "_internal").mkdir()

    assert pc.run(setups[NEWER], "/S").returncode == 0

    assert (usual / "_internal" / "version.txt").read_text(encoding="utf-8") == NEWER
    assert not (usual / ".new").exists()


def test_a_folder_that_was_unpacked_from_the_zip_is_taken_over(
    pc: Windows, setups: dict[str, Path], usual: Path, program: Path
) -> None:
    (usual / "_internal").mkdir(parents=True)
    (usual / "_internal" / "gone.txt").touch()
    shutil.copy(program, usual)

    assert pc.run(setups[NEWER], "/S").returncode == 0

    assert not (usual / "_internal" / "gone.txt").exists()


def test_uninstalling_takes_the_buttons_away_first_and_leaves_nothing_but_what_others_put_there(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    pc.run(setups[OLDER], "/S")

    pc.run(usual / "uninstall.exe", "/S")  # a copy of it goes on
    while (usual / "uninstall.exe").exists():
        time.sleep(0.2)

    assert called(usual) == ["addin install", "addin uninstall"]
    assert [path.name for path in usual.iterdir()] == [CALLED]
    assert links(pc) == []
    assert registered(pc, "DisplayVersion") == ""


def test_while_excel_holds_the_buttons_nothing_is_uninstalled(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    pc.run(setups[OLDER], "/S")
    before = {**tree(usual), CALLED: b""}

    assert uninstall(pc, usual, DEALER_XL_STAND_IN="2") == 2

    assert {**tree(usual), CALLED: b""} == before
    assert registered(pc, "DisplayVersion") == OLDER


def test_a_program_that_does_not_start_any_more_can_be_uninstalled_with_its_buttons(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    pc.run(setups[OLDER], "/S")
    (usual / "dealer-xl.exe").write_bytes(b"broken")
    button = pc.roaming / "Microsoft" / "Excel" / "XLSTART" / "dealer_xl.xlam"
    button.parent.mkdir(parents=True, exist_ok=True)
    button.touch()

    assert uninstall(pc, usual) == 0

    assert not button.exists()
    assert not (usual / "_internal").exists()


def test_buttons_that_could_not_be_installed_are_told_and_the_program_is_there(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    assert pc.run(setups[OLDER], "/S", DEALER_XL_STAND_IN="2").returncode == 4

    assert (usual / "_internal").exists()
    assert registered(pc, "DisplayVersion") == OLDER


def test_while_the_program_runs_nothing_is_changed(pc: Windows, setups: dict[str, Path], usual: Path) -> None:
    pc.run(setups[OLDER], "/S")
    with pc.started(usual / "dealer-xl.exe", "stay") as running:
        assert running.stdout is not None
        assert running.stdin is not None
        assert running.stdout.readline().strip() == b"runs"
        before = tree(usual)
        answers = (pc.run(setups[NEWER], "/S").returncode, uninstall(pc, usual))
        after = tree(usual)
        running.stdin.close()

    assert answers == (2, 2)
    assert after == before


def test_while_excel_uses_the_buttons_nothing_is_changed(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    pc.run(setups[OLDER], "/S")
    button = pc.roaming / "Microsoft" / "Excel" / "XLSTART" / "dealer_xl.xlam"
    button.parent.mkdir(parents=True, exist_ok=True)
    button.touch()
    excel = shutil.copy(usual / "dealer-xl.exe", pc.drive / "excel.exe")
    before = tree(usual)
    with pc.started(excel, "stay", pc.named(button)) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        assert running.stdout.readline().strip() == b"runs"
        answers = (pc.run(setups[NEWER], "/S").returncode, uninstall(pc, usual))
        running.stdin.close()
    button.unlink()

    assert answers == (2, 2)
    assert tree(usual) == before


def test_a_folder_with_a_space_and_chinese_letters_can_be_chosen(
    pc: Windows, setups: dict[str, Path]
) -> None:
    place = pc.drive / "我的 程序" / "售后 工具"

    setup = pc.named(setups[OLDER])

    assert pc.run_line(f'"{setup}" /S /D={pc.named(place)}').returncode == 0
    there = {path.name for path in place.iterdir()}
    assert uninstall(pc, place) == 0

    assert {"dealer-xl.exe", "_internal"} <= there
    assert called(place) == ["addin install", "addin uninstall"]


def test_a_folder_that_holds_other_things_gets_one_of_ours_inside(
    pc: Windows, setups: dict[str, Path]
) -> None:
    place = pc.drive / "工具"
    (place / "_internal").mkdir(parents=True)
    (place / "_internal" / "别人的.txt").touch()

    assert pc.run(setups[OLDER], "/S", f"/D={pc.named(place)}").returncode == 0
    assert (place / "dealer-xl" / "dealer-xl.exe").exists()
    assert uninstall(pc, place / "dealer-xl") == 0

    assert (place / "_internal" / "别人的.txt").exists()


def test_where_nothing_can_be_unpacked_the_program_that_was_there_stays(
    pc: Windows, setups: dict[str, Path], usual: Path
) -> None:
    pc.run(setups[OLDER], "/S")
    (usual / ".new").touch()  # a file where the installer needs a folder
    before = tree(usual)

    assert pc.run(setups[NEWER], "/S").returncode == 2

    assert tree(usual) == before
    assert registered(pc, "DisplayVersion") == OLDER


def test_a_windows_that_is_too_old_is_told(pc: Windows, setups: dict[str, Path], usual: Path) -> None:
    where = (r"HKCU\Software\Wine", "/v", "Version", "/d")
    pc.run("reg", "add", *where, "win7", "/f")
    try:
        assert pc.run(setups[OLDER], "/S").returncode == 2
    finally:
        pc.run("reg", "add", *where, "win10", "/f")

    assert not usual.exists()


# The shortcut

SITE = "Lib/site-packages/dealer_xl/macros"
SHOP = r"D:\南沙 店"
LAYOUTS = {
    "frozen folder, beside": ("{drive}/下载/dealer-xl", "{drive}/下载/dealer-xl"),
    "frozen folder, in a folder inside": ("{drive}/下载/dealer-xl/macros", "{drive}/下载/dealer-xl"),
    "frozen folder, inside the program": ("{drive}/p (1)/_internal/dealer_xl/macros", "{drive}/p (1)"),
    "checkout": ("{drive}/源码/macros", "{drive}/源码/.venv/Scripts"),
    "venv": (f"{{drive}}/env/{SITE}", "{drive}/env/Scripts"),
    "pipx or uv tool": (f"{{roaming}}/uv/tools/dealer-xl/{SITE}", "{roaming}/uv/tools/dealer-xl/Scripts"),
    "pip --user": ("{roaming}/Python/Python311/site-packages/dealer_xl/macros", "{roaming}/Python/Python311/Scripts"),
    "installer, copied away": ("{home}/桌面 & 更多", "{local}/Programs/dealer-xl"),
    "venv of the instructions, copied away": ("{home}/桌面", "{drive}/dealer-xl/Scripts"),
    "folder of the instructions, copied away": ("{home}/桌面", "{drive}/dealer-xl"),
    "pipx or uv tool, copied away": ("{home}/桌面", "{home}/.local/bin"),
    "pip --user, copied away": ("{home}/桌面", "{roaming}/Python/Python313/Scripts"),
}  # fmt: skip


def laid(pc: Windows, program: Path, shortcut: str, folder: str) -> tuple[Path, Path]:
    """Lay a shortcut and a program out; `{home}` and the like stand for folders of Windows."""
    known = {"drive": pc.drive, "home": pc.home, "local": pc.local, "roaming": pc.roaming}
    copied, beside = Path(shortcut.format(**known)), Path(folder.format(**known))
    for each, source in ((copied, SHORTCUT), (beside, program)):
        each.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, each)
    return copied / SHORTCUT.name, beside


def removed(program: Path) -> None:
    for name in ("dealer-xl.exe", CALLED):
        (program / name).unlink(missing_ok=True)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_shortcut_finds_the_program_of_each_installation(layout: str, pc: Windows, program: Path) -> None:
    shortcut, place = laid(pc, program, *LAYOUTS[layout])
    try:
        pc.run_line(f'"{pc.named(shortcut)}" "{SHOP}"')
        assert called(place) == [f'menu "{SHOP}"']
    finally:
        removed(place)


def test_the_shortcut_finds_what_the_installation_noted(pc: Windows, program: Path) -> None:
    shortcut, place = laid(pc, program, "{home}/桌面", "{drive}/我的 程序")
    note = pc.local / "dealer-xl" / "program.txt"
    note.parent.mkdir(exist_ok=True)
    note.write_bytes(f"{pc.named(place)}\\dealer-xl.exe\n".encode(CODE_PAGE))
    try:
        pc.run_line(f'"{pc.named(shortcut)}" "{SHOP}"')
        assert called(place) == [f'menu "{SHOP}"']
    finally:
        removed(place)
        note.unlink()


def test_the_shortcut_finds_a_program_on_the_path(pc: Windows, program: Path) -> None:
    shortcut, place = laid(pc, program, "{home}/桌面", "{drive}/elsewhere")
    try:
        pc.run_line(f'"{pc.named(shortcut)}" "{SHOP}"', WINEPATH=pc.named(place))
        assert called(place) == [f'menu "{SHOP}"']
    finally:
        removed(place)


def test_the_shortcut_says_in_chinese_that_there_is_no_program(pc: Windows, program: Path) -> None:
    shortcut, place = laid(pc, program, "{home}/桌面", "{drive}/elsewhere")
    removed(place)

    says = pc.run_line(f'"{pc.named(shortcut)}" "{SHOP}"').stdout

    assert "没有找到 dealer-xl 程序" in says.decode("utf-8", errors="replace")
