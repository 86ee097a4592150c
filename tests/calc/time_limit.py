"""End the offices of a test at its time limit: a call that waits for one over UNO is deaf to the limit's signal.

A pytest plug-in, loaded by conftest.py; how long the limit is stands in pyproject.toml.
"""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest
import pytest_timeout
from xlwings_calc.program import end_offices

_TIMERS = pytest.StashKey[threading.Timer]()


@pytest.hookimpl(wrapper=True)
def pytest_timeout_set_timer(
    item: pytest.Item, settings: pytest_timeout.Settings
) -> Generator[None, object, object]:
    """Start a second timer beside the one of pytest-timeout."""
    timer = threading.Timer(settings.timeout, _end, [item, settings.timeout])
    timer.daemon = True
    timer.start()
    item.stash[_TIMERS] = timer
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_timeout_cancel_timer(item: pytest.Item) -> Generator[None, object, object]:
    """Stop it when the test has ended; a skipped test never started one."""
    if timer := item.stash.get(_TIMERS, None):
        timer.cancel()
    return (yield)


def _end(item: pytest.Item, limit: float) -> None:
    """End the offices and say so in the test's report.

    What a dead office held cannot be shown in a traceback: UNO would abort Python over it.
    """
    item.add_report_section("call", "limit", f"Timeout (>{limit} s): every office was ended.")
    item.config.option.tbstyle = "short"
    end_offices()
