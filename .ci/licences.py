"""The licence texts of all that the program for PCs without Python carries."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

HOUSE = Path(__file__).resolve().parents[1]
GIVEN = Path(__file__).with_name("licences")
"""The texts of packages that come without one."""
BUILDER = "pyinstaller"  # its small start program is in the .exe
NOT_CARRIED = {"setuptools"}
_LICENCE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_OF_PYTHON = (
    Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
    Path(sys.base_prefix, "LICENSE.txt"),
    Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright"),
)
NOTE = """dealer-xl {version}
本程序按 MIT 许可发布（见 dealer-xl.txt），并带有下列组件；每个组件的许可全文放在与它同名的文件夹里。

{packages}

docxtpl 按 LGPL-2.1 发布。它没有编进程序文件，而是以源代码放在 {folder} 里：
您可以修改它，或用自己的版本替换这个文件夹里的文件，程序会照常使用。
未经改动的源代码可用 pip download --no-deps --no-binary :all: docxtpl=={docxtpl} 取得。
"""


class LicenceMissingError(Exception):
    """A package has no licence text, and none is given for it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} comes without a licence text; put it into {GIVEN / f'{name}.txt'}")


def carried() -> list[Distribution]:
    """Return the packages that the program carries on this system: those of the lock.

    Raises PackageNotFoundError when one of them is not installed.
    """
    lines = re.findall(
        r"^(\S.*?) \\$", (HOUSE / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
    asked = [each for each in map(Requirement, lines) if each.marker is None or each.marker.evaluate()]
    return [
        distribution(name)
        for name in (*(each.name for each in asked if each.name not in NOT_CARRIED), BUILDER)
    ]


def licences(version: str) -> dict[str, bytes]:
    """Return all texts by the names of their files, with one that lists them.

    Raises LicenceMissingError, PackageNotFoundError.
    """
    packages = carried()
    files = {f"{name_of(package)}/{name}": text for package in packages for name, text in texts_of(package)}
    files["Python/LICENSE.txt"] = _python()
    files["dealer-xl.txt"] = (HOUSE / "LICENSE").read_bytes()
    lines = [f"{name_of(each)} {each.version}　{kind_of(each)}" for each in packages]
    (docxtpl,) = (each.version for each in packages if name_of(each) == "docxtpl")
    lines.append(f"Python {sys.version.split()[0]}　PSF-2.0")
    note = NOTE.format(
        version=version, packages="\n".join(lines), folder="_internal/docxtpl", docxtpl=docxtpl
    )
    return {**files, "说明.txt": note.replace("\n", "\r\n").encode("utf-8-sig")}


def name_of(package: Distribution) -> str:
    """Return a package's name."""
    return str(package.metadata["Name"]).lower()


def kind_of(package: Distribution) -> str:
    """Return in one word or two under which licence a package is."""
    known = package.metadata.json
    told = str(known.get("license_expression") or known.get("license") or "")
    classes = [str(each) for each in known.get("classifier", ()) if str(each).startswith("License ::")]
    return told.partition("\n")[0].strip() or "、".join(each.rpartition(" :: ")[2] for each in classes)


def texts_of(package: Distribution) -> Iterator[tuple[str, bytes]]:
    """List the licence files that came with a package, else the one that is given for it.

    Raises LicenceMissingError.
    """
    found = [
        file
        for file in package.files or ()
        if _LICENCE.search(str(file)) and ".dist-info" in str(file) and file.suffix not in {".py", ".pyc"}
    ]
    for file in found:
        yield "/".join(file.parts[1:]).removeprefix("licenses/"), Path(str(file.locate())).read_bytes()
    if not found:
        given = GIVEN / f"{name_of(package)}.txt"
        if not given.is_file():
            raise LicenceMissingError(name_of(package))
        yield "LICENSE.txt", given.read_bytes()


def _python() -> bytes:
    place = next((place for place in _OF_PYTHON if place.is_file()), None)
    if place is None:
        raise LicenceMissingError("Python")
    return place.read_bytes()


__all__ = ["LicenceMissingError", "PackageNotFoundError", "licences"]
