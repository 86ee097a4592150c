"""The two locks hold all that is needed, for every system, and agree with each other and with the add-in's macros."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_walls import SOURCES, imports, tree

from dealer_xl.office.addin_file.sources import addin_path
from dealer_xl.office.installing.addin_settings import runner_version

HOUSE = Path(__file__).resolve().parents[1]
RUNTIME, DEV = "requirements.lock", "requirements-dev.lock"
LOCKS = (RUNTIME, DEV)
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "Mac": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HERE = {"win32": "Windows", "darwin": "Mac"}.get(sys.platform, "Linux")
OURS = "dealer-xl"


@dataclass(frozen=True)
class Pin:
    """One package of a lock."""

    wanted: Requirement
    hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.wanted.name)

    @property
    def version(self) -> str:
        return str(self.wanted.specifier).removeprefix("==")

    def stands_for(self, where: Mapping[str, str]) -> bool:
        return self.wanted.marker is None or self.wanted.marker.evaluate(dict(where))


@cache
def text_of(lock: str) -> str:
    return (HOUSE / lock).read_text(encoding="utf-8")


@cache
def pins(lock: str) -> tuple[Pin, ...]:
    """Read a lock: a package begins its line, its hashes follow on lines of their own."""
    blocks = re.findall(r"^(\S.*?) \\\n((?:    --hash=.*\n)+)", text_of(lock), re.MULTILINE)
    return tuple(Pin(Requirement(head), block.count("--hash=sha256:")) for head, block in blocks)


def place(system: str, python: str) -> dict[str, str]:
    """Describe a computer in the words of markers."""
    known = {str(key): str(value) for key, value in default_environment().items()}
    return known | SYSTEMS[system] | {"python_version": python, "python_full_version": f"{python}.0"}


def needed(name: str, extras: frozenset[str], where: Mapping[str, str]) -> Iterator[Requirement]:
    """List what an installed package asks for there, besides what only its other extras ask for."""
    for line in requires(name) or ():
        asked = Requirement(line)
        if asked.marker is None or any(
            asked.marker.evaluate({**where, "extra": extra}) for extra in ("", *extras)
        ):
            yield asked


def is_here(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def lacking(asked: Requirement, lock: str, where: Mapping[str, str]) -> str | None:
    """Tell what a lock lacks of a requirement."""
    found = [each for each in pins(lock) if each.name == canonicalize_name(asked.name)]
    fitting = [each for each in found if each.stands_for(where) and asked.specifier.contains(each.version)]
    if not fitting:
        return f"{asked}: not pinned"
    if not asked.extras <= fitting[0].wanted.extras:
        return f"{asked}: pinned without the extra"
    return None


@pytest.mark.parametrize("lock", LOCKS)
def test_each_line_of_a_lock_is_one_version_with_its_hashes(lock: str) -> None:
    lines = [line for line in text_of(lock).splitlines() if line and not line.startswith((" ", "#"))]

    assert len(lines) == len(pins(lock)) == len({pin.name for pin in pins(lock)})
    assert all(re.fullmatch(r"==[\w.]+", str(pin.wanted.specifier)) and pin.hashes for pin in pins(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_records_no_address_and_no_place_on_a_disk(lock: str) -> None:
    said = re.sub(r"#\s+(via )?dealer-xl \(pyproject\.toml\)", "", text_of(lock))

    assert re.findall(r"\S*(?:://|\bfile:|@ |--index|--extra-index|--find-links|/home/|/tmp/)\S*", said) == []
    assert not re.search(r"^\s*-(?!-hash)", said, re.MULTILINE)
    assert "/" not in said


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_its_packages_ask_for(lock: str, system: str, python: str) -> None:
    """Of packages that only another system has, nothing can be read here; there this test reads them."""
    where = place(system, python)
    asked = [
        each
        for pin in pins(lock)
        if pin.stands_for(where) and is_here(pin.name)
        for each in needed(pin.name, frozenset(pin.wanted.extras), where)
    ]

    assert len(asked) > 10
    assert [lack for each in asked if (lack := lacking(each, lock, where))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_that_this_system_has_is_installed_as_pinned(lock: str) -> None:
    where = place(HERE, f"{sys.version_info[0]}.{sys.version_info[1]}")
    here = [pin for pin in pins(lock) if pin.stands_for(where)]

    assert [pin.name for pin in here if not is_here(pin.name) or version(pin.name) != pin.version] == []


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    ("lock", "extras"), [(RUNTIME, ("build",)), (DEV, ("build", "dev"))], ids=["runtime", "dev"]
)
def test_a_lock_holds_all_that_the_project_asks_for(
    lock: str, extras: tuple[str, ...], system: str, python: str
) -> None:
    where = place(system, python)
    lines = [
        *PROJECT["dependencies"],
        *(each for name in extras for each in PROJECT["optional-dependencies"][name]),
    ]
    asked = [each for each in map(Requirement, lines) if canonicalize_name(each.name) != OURS]

    assert [lack for each in asked if (lack := lacking(each, lock, where))] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_the_code_imports_stands_in_the_lock_of_the_program(system: str) -> None:
    where = place(system, "3.11")
    modules = {name.partition(".")[0] for module in SOURCES for name in imports(tree(module))}
    foreign = {name for name in modules if name not in sys.stdlib_module_names and name != "dealer_xl"}
    pinned = {pin.name for pin in pins(RUNTIME) if pin.stands_for(where)}
    of = packages_distributions()

    builders = {"pyopenvba"}  # only `addin build` needs it, and says so where it lacks
    lacks = [name for name in foreign - builders if not {*map(canonicalize_name, of.get(name, ()))} & pinned]
    assert len(foreign) > 5
    assert lacks == []


def test_both_locks_pin_the_same_versions_for_the_same_systems() -> None:
    of_program = {pin.name: str(pin.wanted) for pin in pins(RUNTIME)}
    of_makers = {pin.name: str(pin.wanted) for pin in pins(DEV)}

    assert {name: line for name, line in of_program.items() if of_makers.get(name) != line} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_xlwings_is_pinned_to_the_version_whose_macros_the_add_in_carries(lock: str) -> None:
    carried = runner_version(addin_path().read_bytes())
    asked = [line for line in PROJECT["dependencies"] if Requirement(line).name == "xlwings"]

    assert asked == [f"xlwings=={carried}"]
    assert [pin.version for pin in pins(lock) if pin.name == "xlwings"] == [carried]
