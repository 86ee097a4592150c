"""Making the environment: what can go wrong is told in one sentence, and the next run completes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the script is for systems with make")
HOUSE = Path(__file__).resolve().parents[1]
SCRIPT = HOUSE / ".ci" / "install_python.sh"
LOCK = "requirements.lock"
STAND_IN = """#!/bin/sh
# Stands in for Python: its failures are told by the surroundings.
case "$*" in
*version_info*) exit "${OLD:-0}" ;;
*ensurepip*) exit 0 ;;
--version) echo "Python 3.9.2" ;;
"-m venv "*)
    mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
    [ -z "${VENV_SAYS:-}" ] || { echo "$VENV_SAYS" >&2; exit 1; }
    touch "$3/bin/pip"
    ;;
"-m pip --version") [ -e "$(dirname "$0")/pip" ] ;;
"-m pip install "*)
    [ -z "${PIP_SAYS:-}" ] || { echo "$PIP_SAYS" >&2; exit 1; }
    echo "$*" >>"$(dirname "$0")/../installed"
    ;;
esac
"""
FAULTS = {
    "network": (
        "WARNING: Retrying after 'NewConnectionError(Temporary failure in name resolution)'\nERROR: No matching distribution",
        "network",
    ),
    "proxy": (
        "WARNING: Retrying after 'ProxyError('Cannot connect to proxy.', OSError())'\nERROR: No matching distribution",
        "HTTPS_PROXY",
    ),
    "full disk": ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "full"),
    "permission": ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'", "copy it"),
    "hash": ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "names"),
    "index": ("ERROR: No matching distribution found for rich==15.0.0", "rich==15.0.0"),
    "anything else": ("ERROR: something that nobody has seen", "something that nobody has seen"),
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a folder of its own with a stand-in for Python beside it."""
    (tmp_path / "programs").mkdir()
    python = tmp_path / "programs" / "python3"
    python.write_text(STAND_IN, encoding="utf-8")
    python.chmod(0o755)
    folder = tmp_path / "我的 工具"
    folder.mkdir()
    (folder / LOCK).touch()
    return folder


def run(
    place: Path, lock: str = LOCK, python: str = "python3", **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run the script; the only Python on the path is the one that stands in."""
    path = f"{place.parent / 'programs'}:{place.parent / 'tools'}"
    _link_tools(place.parent / "tools")
    return subprocess.run(
        ["/bin/sh", SCRIPT, python, ".venv", lock], cwd=place, capture_output=True, text=True, check=False,
        env={"PATH": path, "HOME": str(place.parent), "TMPDIR": str(place.parent)} | environ,
    )  # fmt: skip


def _link_tools(folder: Path) -> None:
    """Give the script what a system has besides Python."""
    folder.mkdir(exist_ok=True)
    for name in ("awk", "cat", "cp", "df", "dirname", "env", "grep", "id", "mkdir", "mktemp", "rm", "touch"):
        source = next(Path(each, name) for each in os.get_exec_path() if Path(each, name).exists())
        if not (folder / name).exists():
            (folder / name).symlink_to(source)


def installed(place: Path) -> list[str]:
    log = place / ".venv" / "installed"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_the_lock_and_the_program_are_installed_without_a_resolver(place: Path) -> None:
    assert run(place).returncode == 0

    lock, program = installed(place)
    assert "--no-deps" in lock
    assert lock.endswith(f"--require-hashes -r {LOCK}")
    assert program.endswith("--no-build-isolation --editable .")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_one_sentence_nothing_is_left_and_the_next_run_completes_it(
    fault: str, place: Path
) -> None:
    words, expected = FAULTS[fault]
    before = sorted(place.parent.rglob("*"))

    failed = run(place, PIP_SAYS=words)
    left = sorted(path for path in place.parent.rglob("*") if "tools" not in path.parts)

    last = failed.stderr.strip().splitlines()[-1]
    assert failed.returncode == 1
    assert expected in failed.stderr
    assert "Traceback" not in failed.stderr
    assert "run the command" in last
    assert fault == "anything else" or failed.stderr.count("\n") == 1
    assert left == before
    assert run(place).returncode == 0
    assert len(installed(place)) == 2


def test_a_disk_without_room_is_told_even_when_python_does_not_say_so(place: Path) -> None:
    _link_tools(place.parent / "tools")
    df = place.parent / "tools" / "df"
    df.unlink()
    df.write_text(
        "#!/bin/sh\necho 'Filesystem Blocks Used Available'\necho 'd 60000 59000 1000'\n", encoding="utf-8"
    )
    df.chmod(0o755)

    failed = run(place, VENV_SAYS="Error: Command '['ensurepip']' returned non-zero exit status 1.")

    assert failed.stderr.startswith("The disk is full")
    assert failed.stderr.count("\n") == 1


@pytest.mark.parametrize("words", ["Error: [Errno 28] No space left on device", "Error: [Errno 13] Permission denied: '/x'"])  # fmt: skip
def test_an_environment_that_could_not_be_made_is_not_left_by_half(words: str, place: Path) -> None:
    assert run(place, VENV_SAYS=words).returncode == 1

    assert not (place / ".venv").exists()


def test_an_environment_without_pip_is_made_anew(place: Path) -> None:
    run(place)
    (place / ".venv" / "bin" / "pip").unlink()

    assert run(place).returncode == 0
    assert len(installed(place)) == 2


def test_an_environment_whose_python_has_gone_is_made_anew(place: Path) -> None:
    run(place)
    (place / ".venv" / "bin" / "python").unlink()
    (place / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")

    assert run(place).returncode == 0
    assert len(installed(place)) == 2


def test_what_was_installed_before_stays_when_more_cannot_be_had(place: Path) -> None:
    run(place)

    assert run(place, "requirements-dev.lock", PIP_SAYS=FAULTS["network"][0]).returncode == 1

    assert len(installed(place)) == 2


@pytest.mark.parametrize("python", ["python3", "python3.11"])
def test_a_python_that_is_too_old_is_told_with_its_version(python: str, place: Path) -> None:
    said = run(place, python=python, OLD="1")

    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "3.11 or newer" in said.stderr
    assert "3.9.2" in said.stderr
    assert not (place / ".venv").exists()


def test_where_there_is_no_python_it_is_told(place: Path) -> None:
    (place.parent / "programs" / "python3").unlink()

    said = run(place)

    assert said.returncode == 1
    assert "install it" in said.stderr


def test_another_python_is_taken_where_the_named_one_lacks(place: Path) -> None:
    (place.parent / "programs" / "python3").rename(place.parent / "programs" / "python3.13")

    assert run(place, python="python3.11").returncode == 0


@pytest.mark.parametrize("name", ["OneDrive", "OneDrive - 泰安公司", "坚果云", "Dropbox"])
def test_a_folder_that_is_kept_online_is_told_and_not_touched(name: str, place: Path) -> None:
    inside = place.parent / name / "dealer_xl"
    inside.parent.mkdir()
    place.rename(inside)
    (inside.parent / "programs").symlink_to(place.parent / "programs")

    said = run(inside)

    assert said.returncode == 1
    assert "move it" in said.stderr
    assert [path.name for path in inside.iterdir()] == [LOCK]


def test_the_script_and_its_like_are_plain_shell() -> None:
    for script in (HOUSE / ".ci").glob("*.sh"):
        assert subprocess.run(["/bin/sh", "-n", script], check=False).returncode == 0
