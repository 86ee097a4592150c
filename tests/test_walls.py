"""The walls of the house, read from its sources: who imports whom, and who may look at the clock."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1] / "dealer_xl"
SOURCES = {
    ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(HOUSE.rglob("*.py"))
}
DEALERSHIP, OFFICE, JOBS = "dealer_xl.dealership", "dealer_xl.office", "dealer_xl.jobs"
CONTEXT = "dealer_xl.context"
SAMPLE = "dealer_xl.sample"
OF_THE_OFFICE = {
    OFFICE,
    "docx",
    "docxtpl",
    "jinja2",
    "lxml",
    "openpyxl",
    "pathlib",
    "python_calamine",
    "shutil",
    "tempfile",
    "xlsxwriter",
    "xlwings",
    "zipfile",
}
"""What the dealership has no business with: Excel, Word and the disk."""
CLOCKS = {"now", "today", "utcnow", "localtime", "gmtime", "monotonic", "perf_counter"}
PRO = {"xlwings.pro", "xlwings.reports", "xlwings.server"}
"""Parts of xlwings that need a licence."""


def tree(module: str) -> ast.Module:
    return ast.parse(SOURCES[module].read_text(encoding="utf-8"))


def imports(source: ast.AST) -> Iterator[str]:
    """Name what is imported anywhere in a source, also inside functions."""
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that a reader can see the walls"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def clock_readings(source: ast.AST) -> Iterator[str]:
    """Name every call that tells the time of the day it runs."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of_time = isinstance(node.func.value, ast.Name) and node.func.value.id == "time"
            if node.func.attr in CLOCKS or of_time:
                yield ast.unparse(node)
        if isinstance(node, ast.Call) and any(
            isinstance(word, ast.Constant) and word.value in {"now", "today"} for word in node.args
        ):
            yield ast.unparse(node)
    yield from (name for name in imports(source) if within(name, {"time"}))


def of(room: str) -> list[str]:
    return [module for module in SOURCES if within(module, {room})]


@pytest.mark.parametrize("module", [*of(DEALERSHIP), *of(SAMPLE)])
def test_the_dealership_knows_no_excel_no_word_and_no_disk(module: str) -> None:
    assert [name for name in imports(tree(module)) if within(name, OF_THE_OFFICE)] == []


@pytest.mark.parametrize("module", [*of(DEALERSHIP), *of(SAMPLE)])
def test_the_dealership_is_told_the_day_and_never_reads_the_clock(module: str) -> None:
    assert list(clock_readings(tree(module))) == []


@pytest.mark.parametrize("module", of(DEALERSHIP))
def test_the_dealership_does_without_the_invented_shop(module: str) -> None:
    assert [name for name in imports(tree(module)) if within(name, {SAMPLE})] == []


@pytest.mark.parametrize("module", of(OFFICE))
def test_the_office_knows_no_business(module: str) -> None:
    assert [name for name in imports(tree(module)) if within(name, {DEALERSHIP, SAMPLE})] == []


@pytest.mark.parametrize("module", [module for module in SOURCES if not within(module, {JOBS, CONTEXT})])
def test_the_rooms_meet_in_the_jobs_and_their_context_and_nowhere_else(module: str) -> None:
    entered = {
        room for room in (DEALERSHIP, OFFICE) for name in imports(tree(module)) if within(name, {room})
    }

    assert len(entered) < 2


def test_the_rooms_meet_in_the_jobs() -> None:
    names = [name for module in of(JOBS) for name in imports(tree(module))]

    assert all(any(within(name, {room}) for name in names) for room in (DEALERSHIP, OFFICE))


@pytest.mark.parametrize(
    "module", ["dealer_xl.schema", "dealer_xl.workbook_spec", "dealer_xl.errors", "dealer_xl.actions"]
)
def test_the_words_that_both_rooms_speak_belong_to_neither(module: str) -> None:
    assert [name for name in imports(tree(module)) if within(name, {DEALERSHIP, OFFICE})] == []


@pytest.mark.parametrize("module", SOURCES)
def test_nobody_uses_what_needs_a_licence(module: str) -> None:
    assert [name for name in imports(tree(module)) if within(name, PRO)] == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now()",
        "datetime.datetime.now(UTC)",
        "date.today()",
        "datetime.utcnow()",
        "pd.Timestamp.now()",
        "pd.Timestamp('now')",
        "pd.to_datetime('today')",
        "time.time()",
        "from time import monotonic",
        "import time",
    ],
)
def test_every_way_to_read_the_clock_is_seen(line: str) -> None:
    assert list(clock_readings(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["desk.today", "cell.time() == time()", "from datetime import time", "later(today, 3)"]
)
def test_a_day_that_was_told_is_no_clock(line: str) -> None:
    assert not list(clock_readings(ast.parse(line)))


FRONT_ENDS = {"commands", "frontends", "named", "picking", "watching"}
"""Packages that may have a file of the same name as the room that they open onto."""


def test_no_file_name_stands_for_two_things() -> None:
    names = Counter(
        path.name
        for path in SOURCES.values()
        if path.stem not in {"__init__", "__main__"} and not FRONT_ENDS & set(path.relative_to(HOUSE).parts)
    )

    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("module", SOURCES)
def test_docstrings_open_with_the_verbs_of_the_field(module: str) -> None:
    documented = [
        (node.name, ast.get_docstring(node) or "")
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    ]

    quaint = re.compile("(Tell|Give|Let|See|Say) ")  # Return, Yield, Raise, Check, Make
    assert [name for name, text in documented if quaint.match(text)] == []


def test_no_two_rooms_of_the_office_need_each_other() -> None:
    needs: dict[str, set[str]] = {}
    for module in of(OFFICE):
        needs.setdefault(room_of(module), set()).update(
            room_of(name) for name in imports(tree(module)) if within(name, {OFFICE})
        )

    for room, needed in needs.items():
        needed.discard(room)
    list(TopologicalSorter(needs).static_order())  # raises CycleError with the rooms of a circle


def room_of(module: str) -> str:
    """Return the package inside the office that a module, or a name imported from one, belongs to."""
    return ".".join(module.split(".")[:3])


FOLDER_ROOM = "dealer_xl.office.folder"
ON_THE_DISK = {"chmod", "exists", "glob", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes", "read_text"} | {
    "rename", "rglob", "rmdir", "stat", "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip


CALLS_THE_SYSTEM = {f"{FOLDER_ROOM}.{name}" for name in ("disk", "anchored", "shipped")}
"""In the first two tests let each call fail; the last reads our own package."""


@pytest.mark.parametrize("module", of(FOLDER_ROOM))
def test_every_call_to_the_file_system_of_a_shop_stands_in_one_place(module: str) -> None:
    if module in CALLS_THE_SYSTEM:
        return
    source = tree(module)
    called = [
        ast.unparse(node)
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ON_THE_DISK
        and ast.unparse(node.func.value) != "disk"
    ]

    assert called == []
    assert [name for name in imports(source) if within(name, {"shutil", "tempfile", "io"})] == []
