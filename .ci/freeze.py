"""Make the program for PCs without Python, in .make/frozen/dealer-xl, unless it is there and of these sources."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
FROZEN = HOUSE / ".make" / "frozen"
SPEC = HOUSE / ".ci" / "dealer-xl.spec"


def frozen() -> Path:
    """Return the program, made anew when it lacks or is of other sources."""
    program = FROZEN / "dealer-xl" / ("dealer-xl.exe" if os.name == "nt" else "dealer-xl")
    made_of = FROZEN / "made-of"
    now = digest()
    if not (program.is_file() and made_of.is_file() and made_of.read_text() == now):
        fresh = FROZEN.with_name(f"frozen-{os.getpid()}")  # two may make it at once
        build(fresh)
        (fresh / "made-of").write_text(now)
        shutil.rmtree(FROZEN, ignore_errors=True)
        fresh.replace(FROZEN)
    return program


def digest() -> str:
    """Return a number that changes with everything the program is made of."""
    whole = hashlib.sha256(sys.version.encode())
    for path in sources():
        whole.update(path.relative_to(HOUSE).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def sources() -> Iterator[Path]:
    """List what the program is made of."""
    yield from (HOUSE / "requirements.lock", SPEC)
    for folder, ending in (
        (".ci", "*.py"),
        ("dealer_xl", "*.py"),
        ("macros", "*.*"),
        ("templates", "*.docx"),
    ):
        yield from sorted((HOUSE / folder).rglob(ending))


def build(place: Path) -> None:
    """Make it with PyInstaller: half a minute on an idle machine."""
    work = place / "work"
    words = [
        "--noconfirm",
        "--log-level",
        "WARN",
        "--distpath",
        str(place),
        "--workpath",
        str(work),
        str(SPEC),
    ]
    subprocess.run([sys.executable, "-m", "PyInstaller", *words], check=True)
    shutil.rmtree(work)


if __name__ == "__main__":
    print(frozen())
