"""How long is waited for who holds a folder or a file, by a clock that costs no time."""

from __future__ import annotations

import json
import os
import platform
import time
from pathlib import Path, PurePath

import pytest

from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath
from dealer_xl.office.folder.io_errors import FileHeldError
from dealer_xl.office.folder.lock import FolderBusyError, Holder, holding
from dealer_xl.office.folder.saving import FileWrite, save_all

NAME = "使用中.lock"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Make time go by only where somebody waits; return how long each time."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0 + sum(waited))
    return waited


def left_by(folder: Path, **facts: object) -> Path:
    """Lay down the lock of another machine's program, or one with other facts."""
    (folder / "备份").mkdir(exist_ok=True)
    path = folder / "备份" / NAME
    path.write_text(
        json.dumps({"who": "小周", "host": "DESKTOP-1", "pid": 4711, "token": "t"} | facts), encoding="utf-8"
    )
    return path


def test_who_holds_the_folder_is_waited_for_until_five_seconds_are_over_a_quarter_at_a_time(
    tmp_path: Path, waits: list[float]
) -> None:
    left_by(tmp_path)

    with pytest.raises(FolderBusyError), holding(tmp_path):
        pass

    assert set(waits) == {0.25}
    assert 5 < sum(waits) <= 5.25


def test_who_lets_go_in_the_last_moment_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    path = left_by(tmp_path)

    def sleep(pause: float) -> None:
        waits.append(pause)
        if sum(waits) == 5:
            path.unlink()

    monkeypatch.setattr(time, "sleep", sleep)
    with holding(tmp_path):
        assert sum(waits) == 5


@pytest.mark.parametrize(("token", "longest"), [("t", 600), ("", 5)])
def test_a_lock_holds_for_ten_minutes_and_one_without_a_name_for_five_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float], token: str, longest: float
) -> None:
    left_by(tmp_path, token=token)

    monkeypatch.setattr(disk, "age", lambda _: longest)
    with pytest.raises(FolderBusyError), holding(tmp_path):
        pass
    waits.clear()
    monkeypatch.setattr(disk, "age", lambda _: longest + 0.5)
    with holding(tmp_path):
        assert waits == []


def test_a_lock_of_a_process_that_lives_holds_no_longer_than_ten_minutes_either(
    tmp_path: Path, waits: list[float]
) -> None:
    path = left_by(tmp_path, host=platform.node(), pid=os.getppid())
    moment = path.stat().st_mtime - 700
    os.utime(path, (moment, moment))

    with holding(tmp_path):
        assert waits == []


def test_a_lock_tells_who_where_and_since_when(tmp_path: Path) -> None:
    with holding(tmp_path):
        told = json.loads((tmp_path / "备份" / NAME).read_text(encoding="utf-8"))

    assert set(told) == {"who", "host", "pid", "since", "token"}
    assert time.strptime(told["since"], "%Y-%m-%d %H:%M:%S")
    assert len(told["token"]) == 16
    assert Holder() == Holder(who="", host="", pid=0, since="", token="")


def test_a_file_that_stays_held_is_waited_for_two_and_a_half_seconds_longer_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    def held(*_: object) -> None:
        raise PermissionError

    (tmp_path / "甲.xlsx").write_bytes(b"a1")
    monkeypatch.setattr(os, "unlink", held)

    with pytest.raises(FileHeldError):
        disk.remove(tmp_path / "甲.xlsx")

    assert waits == sorted(waits)
    assert sum(waits) == pytest.approx(2.5)
    assert waits[0] == 0.05


def test_a_save_whose_folder_was_taken_over_before_its_first_exchange_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(b"a1")
    real = disk.write_beside

    def taken_over(target: AnchoredPath, content: bytes, *like: AnchoredPath) -> AnchoredPath:
        if Path(target) == path:
            left_by(tmp_path)
        return real(target, content, *like)

    monkeypatch.setattr(disk, "write_beside", taken_over)
    with pytest.raises(FolderBusyError, match="小周"):
        save_all(tmp_path, "check", [FileWrite(PurePath(path.name), b"a1", b"a2")], keep=30)

    assert path.read_bytes() == b"a1"
