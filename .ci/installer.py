"""Make the installer for Windows of the download for Windows; NSIS makes it on Linux, too."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import bundle
from icon import icon
from version_resource import four_numbers

SCRIPT = Path(__file__).with_name("installer.nsi")
_DOWNLOAD = re.compile(r"dealer-xl-(\d+\.\d+\.\d+)-windows\.zip")


class NoInstallerError(Exception):
    """The installer cannot be made."""


def installer(download: Path) -> Path:
    """Make the installer beside the download that it unpacks.

    Raises NoInstallerError when the file is no such download, or when NSIS is missing or refuses.
    """
    named = _DOWNLOAD.fullmatch(download.name)
    if not named or not download.is_file():
        raise NoInstallerError(f"{download} is no dealer-xl-VERSION-windows.zip")
    if shutil.which("makensis") is None:
        raise NoInstallerError("makensis is missing (sh .ci/install_nsis.sh, as root, installs it)")
    target = download.with_name(f"dealer-xl-{named[1]}-setup.exe")
    with TemporaryDirectory(prefix="dealer_xl_") as folder:
        program = bundle.unpack(download, Path(folder))
        entries = Path(folder, "entries.nsh")
        entries.write_text(entry_lines(program), encoding="utf-8")
        Path(folder, "dealer-xl.ico").write_bytes(icon())
        said = subprocess.run(words(named[1], Path(folder), target), capture_output=True, text=True, check=False)  # fmt: skip
    if said.returncode:
        raise NoInstallerError(f"{said.stdout}\n{said.stderr}")
    return target


def words(version: str, folder: Path, target: Path) -> list[str]:
    """Return the command that makes the installer of what lies in a folder."""
    known = {
        "VERSION": version,
        "NUMBERS": ".".join(map(str, four_numbers(version))),
        "FOLDER": folder,
        "TARGET": target,
        "GUIDE": bundle.GUIDE,
        "SHORTCUT": next((folder / bundle.NAME).glob("*.cmd")).name,
    }
    return ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *(f"-D{key}={value}" for key, value in known.items()), str(SCRIPT)]  # fmt: skip


def entry_lines(program: Path) -> str:
    """Return a line for each file and folder that is put into the program's folder: those are taken away again."""
    return "".join(f'!insertmacro Entry "{path.name}"\n' for path in sorted(program.iterdir()))


if __name__ == "__main__":
    print(installer(Path(sys.argv[1])))
