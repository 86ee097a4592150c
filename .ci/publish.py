"""Make what is published, in dist/: wheel, sdist, guide, the download for this system, and the installer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import bundle
from freeze import frozen
from installer import NoInstallerError, installer
from licences import LicenceMissingError, licences

from dealer_xl import __version__

HOUSE = Path(__file__).resolve().parents[1]
DIST = HOUSE / "dist"
GUIDE = DIST / bundle.GUIDE
PAGE = HOUSE / "docs" / "第一天.md"


class NoGuideError(Exception):
    """There is no guide for the first day."""


def packages(place: Path = DIST) -> None:
    """Make wheel and sdist: the sdist of the checkout, the wheel of the sdist."""
    shutil.rmtree(HOUSE / "dealer_xl.egg-info", ignore_errors=True)  # it remembers files of earlier versions
    words = ["-m", "uv", "build", "--quiet", "--no-build-isolation", "--offline", "--python", sys.executable]
    subprocess.run([sys.executable, *words, "--out-dir", str(place), str(HOUSE)], check=True)


def guide(page: Path = PAGE, target: Path = GUIDE) -> None:
    """Make the guide for the first day; a system without LibreOffice is given the one that another system made.

    Raises NoGuideError.
    """
    if target.is_file():
        return
    if not page.is_file():
        raise NoGuideError(f"{page} is missing; the download needs it as {target.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, str(HOUSE / "docs" / "to_pdf.py"), str(page), str(target)], check=True)


def download() -> None:
    """Make the program for PCs without Python, and all that goes with it, as one zip."""
    guide()
    with TemporaryDirectory(prefix="dealer_xl_") as folder:
        place = Path(folder, bundle.NAME)
        bundle.lay_out(place, frozen().parent, bundle.system(), GUIDE, licences(__version__))
        bundle.pack(place, DIST / f"dealer-xl-{__version__}-{bundle.system()}.zip")


def setup() -> None:
    """Make the installer, where the download for Windows has been made or brought here."""
    source = DIST / f"dealer-xl-{__version__}-windows.zip"
    if source.is_file():
        installer(source)
    else:
        print(f"no installer: {source.name} is made on Windows (.ci/publish.py download); put it into dist/ and run this again")  # fmt: skip


STEPS: Mapping[str, Callable[[], None]] = {
    "packages": packages,
    "guide": guide,
    "download": download,
    "setup": setup,
}


def main(names: list[str]) -> None:
    """Take the named steps, else all of them."""
    DIST.mkdir(exist_ok=True)
    try:
        for name in names or STEPS:
            STEPS[name]()
    except (NoGuideError, NoInstallerError, LicenceMissingError) as reason:
        sys.exit(str(reason))
    for path in sorted(DIST.glob("[!.]*")):
        print(f"{path.stat().st_size:>12,}  {path.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
