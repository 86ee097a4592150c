"""What is made in a shop can be read by no more people than its workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from private import MODES, UMASKS, too_open

from dealer_xl.office.folder import anchored


@pytest.mark.parametrize("umask", UMASKS, ids=oct)
@pytest.mark.parametrize("mode", MODES, ids=oct)
def test_nothing_that_is_made_is_open_to_more_than_the_workbooks_are(
    tmp_path: Path, umask: int, mode: int
) -> None:
    made, wide = too_open(tmp_path, umask, mode)

    assert made > 20
    assert wide == []


def test_the_trial_finds_what_is_made_as_the_system_makes_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchored.Anchor, "mode", 0o777)

    assert "备份/日志.jsonl" in too_open(tmp_path, 0o022, 0o600)[1]
