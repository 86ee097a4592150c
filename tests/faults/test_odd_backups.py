"""Whatever lies in 备份, a command ends soon, with a sentence where it must, and goes on where it can."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from odd_backups import IN_THE_WAY, ODD_LINES, ODD_THINGS, as_journal, outcome_of

SECONDS = 20


@pytest.fixture(autouse=True)
def _no_hanging() -> Iterator[None]:
    """End a test that waits for what never comes; how long work takes is no matter here."""

    def hangs(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", ODD_THINGS)
def test_something_odd_stops_no_command_and_is_told_at_most_once(tmp_path: Path, name: str) -> None:
    first, second = outcome_of(tmp_path / "处", ODD_THINGS[name])

    assert not first.startswith("refused")
    assert second == ""


@pytest.mark.parametrize("name", ODD_LINES)
def test_a_line_that_no_command_can_have_written_is_set_aside_and_told(tmp_path: Path, name: str) -> None:
    first, _ = outcome_of(tmp_path / "处", ODD_THINGS[f"a line: {name}"])

    (aside,) = (tmp_path / "处" / "店" / "备份").glob("日志.jsonl.*")
    assert aside.read_bytes() == ODD_LINES[name] + b"\n"
    assert first == f"操作日志里有读不懂的内容，已移到“备份”里的“{aside.name}”，其他操作不受影响。"


def test_what_stands_for_the_journal_is_set_aside_as_it_is(tmp_path: Path) -> None:
    outcome_of(tmp_path / "处", as_journal(os.mkfifo))

    (aside,) = (tmp_path / "处" / "店" / "备份").glob("日志.jsonl.*")
    assert aside.is_fifo()


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_stands_where_a_command_must_write_is_named(tmp_path: Path, name: str) -> None:
    first, second = outcome_of(tmp_path / "处", IN_THE_WAY[name])

    assert first == second
    assert first.startswith("refused: “备份/")
    assert first.endswith("。")
