"""A sample store in memory and on disk, made once and copied for each test."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from calc_addin import addin_open
from memory_store import MemoryStore, MemoryWorkbook
from time_limit import pytest_timeout_cancel_timer, pytest_timeout_set_timer
from xlwings_calc import CalcEngine, NoCalcError, registered, running_calc

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.tables import (
    BOOKS,
    EXTRAS,
    NOT_SENT,
    SUMMARY,
    SUMMARY_TEXT,
    TABLES,
    TARGETS,
    TODAY,
    TREND,
    YEAR_SUMMARY,
    YEAR_TEXT,
    YEAR_TREND,
)
from dealer_xl.dealership.targets import TARGETS as AIMS
from dealer_xl.office.folder import saving
from dealer_xl.sample import Sample, make_sample
from dealer_xl.schema import Table

__all__ = ["pytest_timeout_cancel_timer", "pytest_timeout_set_timer"]  # hooks, which pytest takes from here

NOW = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - the shop's own clock
VEHICLES = 60

# A run in the background has SIGINT ignored, and so would have each program that a test starts and ends by it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_logs(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test write into the log of whoever runs it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture(autouse=True)
def no_day_of_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear backups by their count alone: those of tests are all of the last day."""
    monkeypatch.setattr(saving, "FRESH", timedelta(0))


@pytest.fixture(scope="session")
def calc() -> Iterator[CalcEngine]:
    """Run a Calc that xlwings takes for Excel."""
    try:
        with running_calc() as program, registered(program) as engine:
            yield engine
    except NoCalcError as reason:
        pytest.skip(str(reason))


@pytest.fixture
def calc_with_addin(calc: CalcEngine) -> Iterator[CalcEngine]:
    """Open the add-in in it, as it is wherever a button is clicked."""
    with addin_open(calc.program):
        yield calc


@pytest.fixture(scope="session")
def sample() -> Sample:
    """Invent a small year."""
    return make_sample(NOW.date(), vehicles=VEHICLES)


@pytest.fixture
def memory_context(sample: Sample) -> Context:
    """Lay the sample out in a store in memory."""
    books = {name: MemoryWorkbook(name) for name in BOOKS}
    for table in TABLES:
        rows = [
            {table.heading(key): value for key, value in row.items()}
            for row in sample.rows.get(table.name, ())
        ]
        books[table.workbook].lay(table, rows if table is not TARGETS else _default_targets())
    for table in (TODAY, NOT_SENT, SUMMARY, YEAR_SUMMARY):
        books[table.workbook].lay(table)
    for place, (month, year) in enumerate(((TREND, YEAR_TREND), (SUMMARY_TEXT, YEAR_TEXT)), start=1):
        for table in (month, year):
            books[table.workbook].lay(table, left=20 * place)
    store = MemoryStore(books.values())
    return Context(lambda: store, NOW)


def _default_targets() -> list[dict[str, str | float]]:
    return [
        {
            TARGETS.heading("year"): 2026,
            TARGETS.heading("label"): aim.label,
            TARGETS.heading("target"): aim.target,
            TARGETS.heading("direction"): aim.direction,
        }
        for aim in AIMS
    ]


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the four blank workbooks once."""
    folder = tmp_path_factory.mktemp("blank")
    jobs.make_books(folder, NOW.year, [table.sheet for table in EXTRAS])
    return folder


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sample into a folder once."""
    folder = tmp_path_factory.mktemp("store")
    jobs.make_sample_store(folder, NOW, vehicles=VEHICLES)
    return folder


@pytest.fixture
def folder(sample_folder: Path, tmp_path: Path) -> Path:
    """Copy the sample store for one test."""
    place = tmp_path / "演示店"
    shutil.copytree(sample_folder, place)
    return place


def rows_of(context: Context, table: Table) -> list[dict[str, object]]:
    """Read a table's rows, blank cells left out."""
    frame = context.store.workbook(table.workbook).read_table(table)
    rows = frame.to_dict("records")
    return [{str(key): value for key, value in row.items() if value is not None} for row in rows]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Put into the test log what other programs said of our files."""
    said = (
        str(words)
        for report in terminalreporter.stats.get("passed", ())
        for name, words in report.user_properties
        if name == "log"
    )
    for line in sorted(said):
        terminalreporter.write_line(line)
