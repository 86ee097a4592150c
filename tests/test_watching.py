"""`watch` on real files: what staff type into 设置!命令 and save is done once, when all is closed, and answered there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from command_cell_files import CALLS, DATE, PLAN, asks, cells, files, row, row_of, saves
from conftest import NOW

from dealer_xl.dealership.settings import UNFILLED
from dealer_xl.frontends import command_line
from dealer_xl.frontends.arguments import Options
from dealer_xl.frontends.command_text import CommandText, read_command
from dealer_xl.frontends.results.outcome import Outcome
from dealer_xl.frontends.watch import watch
from dealer_xl.frontends.watch.command import carry_out
from dealer_xl.frontends.watch.single_instance import FILE, OLD, WatchedAlreadyError, alone
from dealer_xl.frontends.watch.state import TRANSITIONS, State
from dealer_xl.frontends.watch.stop_signals import stop_signals
from dealer_xl.frontends.watch.watch import Watch
from dealer_xl.frontends.watch.workbook_file import MISSED
from dealer_xl.jobs import command_cell as cell
from dealer_xl.jobs import open_books
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import AnchoredPath
from dealer_xl.office.folder.io_errors import FileHeldError
from dealer_xl.sample import Sample


@dataclass
class Staff:
    """A watch, what it has said, and what happens between two looks."""

    folder: Path
    said: list[str] = field(default_factory=list)
    done: list[CommandText] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = Watch(self.folder, self.carry_out, self.said.append)

    def carry_out(self, command: CommandText, request_id: str) -> Outcome:
        self.done.append(command)
        return carry_out(self.folder, Options(day=NOW.date()), command, request_id)

    def looks(self, times: int = 8) -> None:
        for _ in range(times):
            self.watch.look()

    def answer(self) -> str:
        assert row(self.folder)[0] == UNFILLED
        return row(self.folder)[1]


@pytest.fixture
def staff(folder: Path) -> Staff:
    return Staff(folder)


def event_of(sample: Sample) -> str:
    return sample.next_event(NOW.date())


# A request from the cell to the answer


def test_each_job_is_done_and_answered_in_its_row(staff: Staff, sample: Sample) -> None:
    staff.looks()
    for typed, part in (
        ("校验", "处错误"),
        ("今日必做", "今天共"),
        ("月度总结 2026-10", "有目标的指标"),
        (f"生成信函 {event_of(sample)}", "封邀请函"),
        ("本年计划", "已分到各月"),
    ):
        asks(staff.folder, typed)
        staff.looks()

        assert part in staff.answer()
        assert part in staff.said[-1]
    assert len(staff.done) == 5
    assert (staff.folder / "总结" / "2026年10月工作总结.docx").is_file()


@pytest.mark.parametrize("typed", ["校验", "今日必做", "月度总结 2026-10", "生成信函", "本年计划"])
def test_an_undo_takes_back_the_job_and_leaves_the_answer(staff: Staff, typed: str) -> None:
    before, plan = files(staff.folder), cells(staff.folder)
    asks(staff.folder, typed)
    staff.looks()
    assert (files(staff.folder), cells(staff.folder)) != (before, plan)

    saves(staff.folder, "撤销")
    staff.looks()

    assert f"撤销：已撤销{NOW:%Y}" in staff.answer()
    assert read_command(typed).action.label in staff.answer()
    assert files(staff.folder) == before
    assert cells(staff.folder) == plan


def test_two_undos_go_two_steps_back_and_answers_are_no_steps(staff: Staff) -> None:
    before = files(staff.folder)
    for typed in ("今日必做", "跳舞", "月度总结 2026-10", "撤销", "撤销"):
        asks(staff.folder, typed)
        staff.looks()

    assert "“今日必做”" in staff.answer()
    assert files(staff.folder) == before


def test_an_undo_can_be_taken_back_in_the_cell_too(staff: Staff) -> None:
    asks(staff.folder, "本年计划")
    staff.looks()
    after = cells(staff.folder)
    for typed in ("撤销", "取消撤销"):
        asks(staff.folder, typed)
        staff.looks()

    assert "取消撤销" in staff.answer()
    assert cells(staff.folder) == after


def test_the_command_line_takes_back_what_was_asked_for_in_the_cell(staff: Staff) -> None:
    asks(staff.folder, "月度总结 2026-10")
    before, plan = files(staff.folder), cells(staff.folder)
    staff.looks()
    answer = row(staff.folder)

    assert command_line.main(["undo", str(staff.folder)]) == 0

    assert (files(staff.folder), cells(staff.folder), row(staff.folder)) == (before, plan, answer)


def test_what_staff_typed_since_stays_when_the_job_is_taken_back(staff: Staff) -> None:
    asks(staff.folder, "月度总结 2026-10")
    staff.looks()
    saves(staff.folder, "撤销", lost_months="9")
    staff.looks()

    assert "已撤销" in staff.answer()
    assert 9 in [
        value for (sheet, _, column), value in cells(staff.folder).items() if (sheet, column) == ("设置", 2)
    ]


def test_the_row_does_not_confuse_the_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for typed in (UNFILLED, "跳舞", "月度总结 2026-10"):
        asks(folder, typed)
        capsys.readouterr()
        command_line.main(["check", str(folder), "--json", "--dry-run", DATE])

        issues = json.loads(capsys.readouterr().out)["issues"]
        assert [each for each in issues if each["sheet"] == "设置"] == []


def test_a_word_that_is_no_job_is_answered_and_nothing_is_done(staff: Staff) -> None:
    before = files(staff.folder)
    asks(staff.folder, "跳舞")
    staff.looks()

    assert "看不懂“跳舞”" in staff.answer()
    assert "校验、今日必做" in staff.answer()
    assert (staff.done, files(staff.folder)) == ([], before)


def test_why_a_job_cannot_go_on_is_the_answer(staff: Staff) -> None:
    asks(staff.folder, "月度总结 上月")
    staff.looks()

    assert "“上月”不是月份或年份" in staff.answer()


def test_a_fault_of_the_program_is_answered_by_the_place_of_the_log(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff.watch, "carry_out", lambda *_: 1 / 0)
    asks(staff.folder, "校验")
    staff.looks()

    assert "错误日志.txt" in staff.answer()


def test_the_workbook_before_an_answer_is_kept(staff: Staff) -> None:
    asks(staff.folder, "跳舞")
    typed = (staff.folder / PLAN).read_bytes()
    staff.looks()

    assert (staff.folder / "备份" / f"答复前的{PLAN}").read_bytes() == typed


# While workbooks are open


@pytest.mark.parametrize("mark", ["~$" + CALLS, f".~lock.{PLAN}#", ".~" + PLAN, ".~" + CALLS[1:]])
def test_a_request_waits_until_all_workbooks_are_closed(staff: Staff, mark: str) -> None:
    (staff.folder / mark).write_bytes(b"")
    asks(staff.folder, "今日必做")
    staff.looks()

    assert staff.done == []
    assert row(staff.folder)[0] == "今日必做"
    assert sum("收到“今日必做”。请关闭《" in sentence for sentence in staff.said) == 1

    (staff.folder / mark).unlink()
    staff.looks()

    assert len(staff.done) == 1
    assert "今天共" in staff.answer()


def test_a_mark_that_was_left_over_is_named_after_a_minute(staff: Staff) -> None:
    (staff.folder / f"~${CALLS}").write_bytes(b"")
    asks(staff.folder, "今日必做")
    staff.looks(watch.LONG + 5)

    assert sum(f"请删除旁边的“~${CALLS}”" in sentence for sentence in staff.said) == 1


def test_what_windows_holds_is_open_without_a_mark(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(path: Path, _: Path) -> None:
        if path.name == CALLS:
            fault = PermissionError(13, "held")
            fault.winerror = 32  # type: ignore[attr-defined]
            raise fault

    monkeypatch.setattr(os, "rename", rename)

    assert open_books.open_books(folder) == {CALLS: ""}


def test_a_request_that_is_taken_back_before_it_began_is_not_done(staff: Staff) -> None:
    (staff.folder / f"~${CALLS}").write_bytes(b"")
    asks(staff.folder, "今日必做")
    staff.looks()
    asks(staff.folder, None)
    staff.looks()
    (staff.folder / f"~${CALLS}").unlink()
    staff.looks()

    assert staff.done == []
    assert "命令已经取消" in staff.said[-1]


def test_a_workbook_opened_after_the_job_began_is_waited_for_and_the_job_is_done_once(staff: Staff) -> None:
    real = staff.watch.carry_out

    def opened_meanwhile(command: CommandText, request_id: str) -> Outcome:
        staff.watch.carry_out = real
        (staff.folder / f"~${CALLS}").write_bytes(b"")
        return real(command, request_id)

    staff.watch.carry_out = opened_meanwhile
    asks(staff.folder, "今日必做")
    staff.looks(12)
    assert "正在办理" in row(staff.folder)[1]
    saves(staff.folder, UNFILLED, lost_months="9")
    (staff.folder / f"~${CALLS}").unlink()
    staff.looks(12)

    assert "今天共" in staff.answer()
    assert len(staff.watch.answered) == 1


def test_the_answer_waits_when_its_workbook_is_opened_while_the_job_runs(staff: Staff) -> None:
    real = staff.watch.carry_out

    def opened_after(command: CommandText, request_id: str) -> Outcome:
        outcome = real(command, request_id)
        (staff.folder / f"~${PLAN}").write_bytes(b"")
        return outcome

    staff.watch.carry_out = opened_after
    asks(staff.folder, "今日必做")
    staff.looks(12)
    (staff.folder / f"~${PLAN}").unlink()
    staff.looks(12)

    assert "今天共" in staff.answer()
    assert len(staff.done) == 1


def test_a_job_that_never_gets_through_is_answered_at_last(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> bytes:
        raise FileHeldError(staff.folder / CALLS)

    monkeypatch.setattr(staff.watch, "carry_out", held)
    asks(staff.folder, "今日必做")
    staff.looks(60)

    assert "没有写入权限" in staff.answer()


# Once, whatever happens between


def test_a_workbook_saved_again_for_other_reasons_asks_for_nothing(staff: Staff) -> None:
    asks(staff.folder, "今日必做")
    staff.looks()
    saves(staff.folder, UNFILLED, lost_months="9")
    staff.looks()

    assert len(staff.done) == 1


def test_the_same_request_typed_again_is_done_again(staff: Staff) -> None:
    for _ in range(2):
        asks(staff.folder, "今日必做")
        staff.looks()

    assert len(staff.done) == 2


class PowerCutError(BaseException):
    """Ends a watch as a power cut does: nothing of it runs any more."""


def cut_before_the_job(folder: Path, typed: str = "今日必做") -> None:
    """Let a watch accept a request and end before it is done."""

    def cut(*_: object) -> Outcome:
        raise PowerCutError

    ended = Staff(folder)
    ended.watch.carry_out = cut
    asks(folder, typed)
    with pytest.raises(PowerCutError):
        ended.looks()


def cut_before_the_answer(folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str = "今日必做") -> None:
    """Let a watch carry out a request and end before it is answered."""

    def cut(*_: object) -> None:
        raise PowerCutError

    asks(folder, typed)
    with monkeypatch.context() as patch:
        patch.setattr(cell, "answer", cut)
        with pytest.raises(PowerCutError):
            Staff(folder).looks()


def test_a_crash_between_the_job_and_its_answer_is_told_and_the_job_is_not_done_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_before_the_answer(folder, monkeypatch)

    second = Staff(folder)
    second.looks()

    assert second.done == []
    assert "程序中断，这件事已经做完" in second.answer()


def test_a_crash_before_the_job_is_told_and_nothing_was_done(folder: Path) -> None:
    before = files(folder)
    cut_before_the_job(folder)

    second = Staff(folder)
    second.looks()

    assert "没有做，文件没有改动" in second.answer()
    assert files(folder) == before


def test_a_request_that_was_cut_off_is_not_done_because_a_colleague_did_something_since(folder: Path) -> None:
    cut_before_the_job(folder)
    assert command_line.main(["check", str(folder), DATE]) == 1
    assert command_line.main(["today", str(folder), DATE]) == 0

    second = Staff(folder)
    second.looks()

    assert "没有做，文件没有改动" in second.answer()


def test_a_request_that_was_done_is_done_whatever_a_colleague_did_since(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_before_the_answer(folder, monkeypatch, "月度总结 2026-10")
    assert command_line.main(["today", str(folder), DATE]) == 0
    assert command_line.main(["undo", str(folder)]) == 0

    second = Staff(folder)
    second.looks()

    assert "这件事已经做完" in second.answer()


def test_a_request_that_was_done_and_taken_back_since_is_told_to_be_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_before_the_answer(folder, monkeypatch)
    assert command_line.main(["undo", str(folder)]) == 0

    second = Staff(folder)
    second.looks()

    assert "做完以后又被撤销了" in second.answer()


def test_of_a_request_that_an_older_program_began_nothing_is_claimed(folder: Path) -> None:
    cut_before_the_job(folder)
    note = row(folder)[1].partition("，编号")[0]
    cell.answer(folder, note)

    second = Staff(folder)
    second.looks()

    assert "不能确定这件事是否做完" in second.answer()


def test_the_journal_tells_which_request_led_to_what_is_written(staff: Staff) -> None:
    asks(staff.folder, "今日必做")
    staff.looks()
    command_line.main(["check", str(staff.folder), DATE])

    lines = (staff.folder / "备份" / "日志.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [entry for entry in map(json.loads, lines) if "files" in entry]
    assert [(entry["command"], "request" in entry) for entry in entries[-2:]] == [
        ("today", True),
        ("check", False),
    ]


def test_every_state_of_a_watch_can_be_reached_and_left() -> None:
    assert set(TRANSITIONS) == set(State) == set().union(*TRANSITIONS.values())


def test_a_state_that_may_not_follow_is_a_fault(staff: Staff) -> None:
    with pytest.raises(RuntimeError, match="IDLE is not followed by ANSWERED"):
        staff.watch._move(State.ANSWERED)


def test_a_request_goes_from_state_to_state(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [staff.watch.state]
    real = staff.watch._move

    def note(to: State) -> None:
        real(to)
        if to is not passed[-1]:
            passed.append(to)

    monkeypatch.setattr(staff.watch, "_move", note)
    staff.looks()
    asks(staff.folder, "今日必做")
    staff.looks()

    assert passed == [
        *(State.IDLE, State.CHANGED, State.IDLE),  # as it begins
        *(State.CHANGED, State.ASKED, State.ACCEPTED, State.ANSWERED, State.IDLE),
        *(State.CHANGED, State.IDLE),  # its own answer
    ]


def test_a_fault_while_the_workbook_asked_in_is_written_changes_no_file(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, before, plan = disk.write_atomic, files(staff.folder), cells(staff.folder)

    def full(path: AnchoredPath, content: bytes | None, *like: AnchoredPath) -> None:
        if path.name == PLAN and staff.done:
            raise FileHeldError(path)
        real(path, content, *like)

    asks(staff.folder, "月度总结 2026-10")
    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_atomic", full)
        staff.looks()
    assert (files(staff.folder), cells(staff.folder)) == (before, plan)
    staff.looks(20)

    assert "有目标的指标" in staff.answer()


def test_two_watches_of_one_folder_do_a_request_once(folder: Path) -> None:
    first, second = Staff(folder), Staff(folder)
    asks(folder, "今日必做")
    for _ in range(8):
        first.watch.look()
        second.watch.look()

    assert len(first.done) + len(second.done) == 1


# The folder and its row


def test_a_workbook_without_the_row_is_told_how_to_get_it(staff: Staff) -> None:
    book = openpyxl.load_workbook(staff.folder / PLAN)
    sheet = book["设置"]
    sheet.cell(row_of(sheet), 1).value = "别的"
    book.save(staff.folder / PLAN)
    staff.looks()

    assert len(staff.said) == 1
    assert "没有“命令”这一行；请在最下面加一行" in staff.said[0]


def test_a_row_that_staff_added_below_serves(staff: Staff) -> None:
    book = openpyxl.load_workbook(staff.folder / PLAN)
    sheet = book["设置"]
    sheet.cell(row_of(sheet), 1).value = "别的"
    last = max(row for row in range(4, 60) if sheet.cell(row, 1).value)
    sheet.cell(last + 1, 1).value = " 命令"
    sheet.cell(last + 1, 2).value = "今日必做"
    book.save(staff.folder / PLAN)
    staff.looks()

    assert "今天共" in str(openpyxl.load_workbook(staff.folder / PLAN)["设置"].cell(last + 1, 4).value)


def test_a_folder_that_disappears_is_waited_for(staff: Staff) -> None:
    staff.looks()
    away = staff.folder.with_name("网络盘断开")
    staff.folder.rename(away)
    staff.looks()
    away.rename(staff.folder)
    asks(staff.folder, "今日必做")
    staff.looks()

    assert sum("暂时找不到" in sentence for sentence in staff.said) == 1
    assert sum("又找到" in sentence for sentence in staff.said) == 1
    assert "今天共" in staff.answer()


def test_a_workbook_that_is_away_while_it_is_saved_is_no_matter(staff: Staff) -> None:
    (staff.folder / PLAN).rename(staff.folder / "save.tmp")
    staff.looks(MISSED - 1)
    (staff.folder / "save.tmp").rename(staff.folder / PLAN)
    staff.looks()

    assert staff.said == []


def test_a_workbook_that_cannot_be_read_is_told_once_and_read_again_when_it_changes(staff: Staff) -> None:
    content = (staff.folder / PLAN).read_bytes()
    (staff.folder / PLAN).write_bytes(content[:5000])
    staff.looks()
    assert len(staff.said) == 1
    (staff.folder / PLAN).write_bytes(content)
    asks(staff.folder, "今日必做")
    staff.looks()

    assert "今天共" in staff.answer()


def test_a_workbook_in_which_nothing_happens_is_not_read_again(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff.looks()
    monkeypatch.setattr(cell, "read_asked", lambda _: pytest.fail("read again"))

    staff.looks(50)


# The command


def test_once_answers_what_is_asked_now_and_ends(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asks(folder, "今日必做")

    assert command_line.main(["watch", str(folder), "--once", DATE]) == 0

    assert "办理了1条命令。" in capsys.readouterr().out
    assert "今天共" in row(folder)[1]
    assert not (folder / "备份" / FILE).exists()


def test_once_does_not_wait_for_what_is_open(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asks(folder, "今日必做")
    (folder / f"~${CALLS}").write_bytes(b"")

    assert command_line.main(["watch", str(folder), "--once"]) == 1

    assert f"请关闭《{CALLS}》" in capsys.readouterr().out
    assert row(folder)[0] == "今日必做"


def test_once_without_the_row_or_the_folder_cannot_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["watch", str(tmp_path / "没有"), "--once"]) == 2
    assert command_line.main(["watch", str(tmp_path), "--once"]) == 2
    assert "没有《月度计划.xlsx》" in capsys.readouterr().err


def test_the_json_of_a_watch_is_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asks(folder, "跳舞")
    capsys.readouterr()
    command_line.main(["watch", str(folder), "--once", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert told["answered"][0]["asked"] == "跳舞"


def test_ctrl_c_ends_the_watch_with_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pauses = iter(range(6))

    def pause(_: float) -> None:
        if next(pauses, None) is None:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", pause)
    asks(folder, "今日必做")

    assert command_line.main(["watch", str(folder), DATE]) == 0

    told = capsys.readouterr().out
    assert "正在等候“演示店”的命令" in told
    assert "已停止等候命令，办理了1条命令。" in told


def test_ctrl_c_in_the_midst_of_a_job_is_answered(staff: Staff) -> None:
    def cut(_: CommandText, __: str) -> Outcome:
        raise KeyboardInterrupt

    staff.watch.carry_out = cut
    asks(staff.folder, "今日必做")
    staff.watch.forever(lambda: None)

    assert "没有做，文件没有改动" in staff.answer()


def test_a_folder_that_is_not_there_yet_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = folder.with_name("还没接上")
    folder.rename(away)
    steps: Iterator[Callable[[], object]] = iter([lambda: None, lambda: away.rename(folder)])

    def pause(_: float) -> None:
        step = next(steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr(time, "sleep", pause)

    assert command_line.main(["watch", str(folder)]) == 0
    assert "还找不到文件夹" in capsys.readouterr().out


# One watch a folder


def test_a_second_watch_of_a_folder_says_who_watches(folder: Path) -> None:
    with alone(folder), pytest.raises(WatchedAlreadyError, match="已有一个窗口在等候命令"), alone(folder):
        pass

    with alone(folder):
        pass


@pytest.mark.parametrize("holder", [{"host": "别的电脑", "pid": 1}, {}])
def test_a_watch_that_shows_no_life_is_gone(folder: Path, holder: dict[str, object]) -> None:
    place = folder / "备份" / FILE
    place.write_text(json.dumps(holder), encoding="utf-8")
    with pytest.raises(WatchedAlreadyError), alone(folder):
        pass
    past = place.stat().st_mtime - OLD - 5
    os.utime(place, (past, past))

    with alone(folder) as show_alive:
        show_alive()


# As a process of its own


WATCH = [sys.executable, "-m", "dealer_xl", "watch"]
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


@needs_signals
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("is_ignored", [False, True], ids=["", "SIGINT ignored"])
def test_a_watch_ends_by_every_signal_that_ends_a_program(
    name: str, folder: Path, *, is_ignored: bool
) -> None:
    """A shell that is no terminal has SIGINT ignored by what it starts in the background."""
    shell = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"] if is_ignored else []
    before = signal.signal(
        signal.SIGHUP, signal.SIG_DFL
    )  # what nohup ignores would be ignored by the watch, too
    try:
        watch = subprocess.Popen([*shell, *WATCH, folder], stdout=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGHUP, before)
    with watch as running:
        assert running.stdout is not None
        assert "正在等候" in running.stdout.readline()
        running.send_signal(signal.Signals[name])
        told, _ = running.communicate(timeout=60)

    assert "已停止等候命令，没有办理命令。" in told
    assert running.returncode == 0
    assert not (folder / "备份" / FILE).exists()


@needs_signals
def test_a_watch_begun_by_nohup_outlives_its_console() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stop_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


@needs_signals
def test_the_handlers_of_signals_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt), stop_signals():
        signal.raise_signal(signal.SIGTERM)

    assert signal.getsignal(signal.SIGTERM) == before


def test_a_watch_that_nobody_asks_anything_asks_the_disk_twice_a_look_and_opens_nothing(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads the workbook when it begins; from then on it asks whether it is there, and when it was saved."""
    staff.looks()
    questions: list[str] = []
    for name in ("stat", "listdir", "scandir", "open"):
        monkeypatch.setattr(os, name, counted(getattr(os, name), questions, name))
    monkeypatch.setattr("builtins.open", counted(open, questions, "open"))

    staff.looks(50)

    assert Counter(questions) == {"stat": 100}


def counted(real: Callable[..., object], calls: list[str], name: str) -> Callable[..., object]:
    def call(*words: object, **options: object) -> object:
        calls.append(name)
        return real(*words, **options)

    return call
