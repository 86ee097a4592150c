"""Door 3 on real files: what staff type into 设置!命令 and save is done once, when all is closed, and answered there."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from conftest import NOW

from dealer_xl import choices, cli, commands, jobs
from dealer_xl.arguments import parser
from dealer_xl.dealership.settings import UNFILLED
from dealer_xl.dealership.tables import SETTINGS
from dealer_xl.errors import DealerXlError
from dealer_xl.jobs import asked as cell
from dealer_xl.jobs import open_books
from dealer_xl.menu import MENU
from dealer_xl.named import Clerk, Request, UnknownRequestError, read_request
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.io_errors import FileHeldError
from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.picking import Talk, dropped, pick
from dealer_xl.sample import Sample
from dealer_xl.watching import Watch, WatchedAlreadyError, alone, watch
from dealer_xl.watching.alone import FILE, OLD

PLAN, CALLS = "月度计划.xlsx", "跟踪电话.xlsx"
DATE = f"--date={NOW:%Y-%m-%d}"


def row_of(sheet: object) -> int:
    return next(row for row in range(4, 60) if sheet.cell(row, 1).value == "命令")  # type: ignore[attr-defined]


def row_number(book: FileWorkbook) -> int:
    keys = book.read_table(SETTINGS)["参数"]
    return int(next(row for row, key in zip(keys.index, keys, strict=True) if key == "命令"))


def asks(folder: Path, text: str | None) -> None:
    """Type a request and save."""
    book = FileWorkbook(PLAN, (folder / PLAN).read_bytes())
    book.write_cells(SETTINGS, "值", {row_number(book): text})
    (folder / PLAN).write_bytes(book.rewritten())


def saves(folder: Path, text: str | None, **more: str) -> None:
    """Type a request, and others of the sheet's values, and save as another program would: every byte is new."""
    book = openpyxl.load_workbook(folder / PLAN)
    sheet = book["设置"]
    sheet.cell(row_of(sheet), 2).value = text
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, 1).value in more:
            sheet.cell(row, 2).value = int(more[str(sheet.cell(row, 1).value)])
    book.save(folder / PLAN)


def row(folder: Path) -> tuple[str, str]:
    """Return what stands in the cell, and the answer beside it."""
    book = FileWorkbook(PLAN, (folder / PLAN).read_bytes())
    told = book.read_table(SETTINGS).loc[row_number(book)]
    return str(told["值"]), str(told["说明"])


def files(folder: Path, *, but: str = PLAN) -> dict[str, str]:
    """Return the files of a shop but for the workbook asked in and the backups."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "备份" not in path.parts)
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.name != but
    }


def cells(folder: Path) -> dict[tuple[str, int, int], object]:
    """Return all that stands in the workbook asked in, but for the row of the request."""
    book = FileWorkbook(PLAN, (folder / PLAN).read_bytes())
    at = row_number(book)
    found: dict[tuple[str, int, int], object] = {}
    for sheet in book.sheet_names():
        grid = book.grid(sheet)
        for number in range(1, grid.bottom + 1):
            for column, value in grid.row(number):
                if value not in (None, "") and (sheet, number) != ("设置", at):
                    found[sheet, number, column] = round(value, 6) if isinstance(value, float) else value
    return found


@dataclass
class Staff:
    """A watch, what it has said, and what happens between two looks."""

    folder: Path
    said: list[str] = field(default_factory=list)
    done: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = Watch(self.folder, self.carry_out, self.said.append)

    def carry_out(self, request: Request) -> commands.Outcome:
        self.done.append(request)
        asked = parser().parse_args(["watch", str(self.folder), DATE])
        return Clerk(self.folder, asked).carry_out(request)

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


# What can be asked for


@pytest.mark.parametrize(
    ("typed", "label", "said"),
    [
        ("校验", "校验", ""),
        (" 校 验。", "校验", ""),
        ("今日", "今日必做", ""),
        ("月度总结 2026-10", "月度总结", "2026-10"),
        ("月度总结：２０２６年１０月", "月度总结", "2026年10月"),
        ("月度总结2026", "月度总结", "2026"),
        ("生成信函HD12", "生成信函", "HD12"),
        ("生成 HD12", "生成信函", "HD12"),
        ("本年 2026", "本年计划", "2026"),
        ("撤", "撤销", ""),
        ("取消撤销", "取消撤销", ""),
        ("check", "校验", ""),
    ],
)
def test_a_job_is_asked_for_by_its_label_or_its_beginning(typed: str, label: str, said: str) -> None:
    request = read_request(typed)

    assert (request.entry.label, request.said) == (label, said)


@pytest.mark.parametrize("typed", ["跳舞", "校对", "2026", "checks", "—", "新建", "帮助"])
def test_what_is_no_job_is_answered_by_the_jobs_there_are(typed: str) -> None:
    with pytest.raises(UnknownRequestError) as told:
        read_request(typed)

    assert typed in str(told.value)
    assert "月度总结 月份或年份" in str(told.value)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("月度总结 2026年3月", ["2026-03"]),
        ("月度总结 2026.03", ["2026-03"]),
        ("月度总结 202603", ["2026-03"]),
        ("月度总结 2026年", ["2026"]),
        ("本年计划 2026 年", ["2026"]),
        ("生成信函 HD12", ["--template", "邀请函", "--event", "HD12"]),
        ("校验", []),
    ],
)
def test_what_is_said_behind_the_label_becomes_words_of_the_command(typed: str, words: list[str]) -> None:
    request = read_request(typed)

    def no_run() -> jobs.Run:
        raise AssertionError("nothing is missing")

    assert list(choices.words_for(request.entry.command, request.said, no_run)) == words


@pytest.mark.parametrize(("label", "word"), [("月度总结", "2026-10"), ("本年计划", "2026")])
def test_what_is_not_said_gets_the_likely_answer(label: str, word: str, memory_run: jobs.Run) -> None:
    assert list(choices.words_for(read_request(label).entry.command, "", lambda: memory_run)) == [word]


def test_letters_without_an_event_are_for_the_next_one(sample: Sample, memory_run: jobs.Run) -> None:
    assert choices.words_for("letters", "", lambda: memory_run)[-1] == event_of(sample)


def test_every_job_of_a_button_can_be_asked_for() -> None:
    for entry in (entry for entry in MENU if entry.button and entry.typed):
        assert read_request(entry.label).entry == entry


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
    assert read_request(typed).entry.label in staff.answer()
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

    assert cli.main(["undo", str(staff.folder)]) == 0

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
        cli.main(["check", str(folder), "--json", "--dry-run", DATE])

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
    monkeypatch.setattr(staff.watch, "carry_out", lambda _: 1 / 0)
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

    def opened_meanwhile(request: Request) -> commands.Outcome:
        staff.watch.carry_out = real
        (staff.folder / f"~${CALLS}").write_bytes(b"")
        return real(request)

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

    def opened_after(request: Request) -> commands.Outcome:
        outcome = real(request)
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


def test_a_crash_between_the_job_and_its_answer_is_told_and_the_job_is_not_done_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    first = Staff(folder)
    asks(folder, "今日必做")
    with monkeypatch.context() as patch:
        patch.setattr(cell, "answer", cut)
        with pytest.raises(PowerCut):
            first.looks()
    second = Staff(folder)
    second.looks()

    assert (len(first.done), second.done) == (1, [])
    assert "程序中断，这件事已经做完" in second.answer()


def test_a_crash_before_the_job_is_told_and_nothing_was_done(folder: Path) -> None:
    class PowerCut(BaseException):
        pass

    def cut(_: Request) -> commands.Outcome:
        raise PowerCut

    first, before = Staff(folder), files(folder)
    first.watch.carry_out = cut
    asks(folder, "今日必做")
    with pytest.raises(PowerCut):
        first.looks()
    second = Staff(folder)
    second.looks()

    assert "没有做，文件没有改动" in second.answer()
    assert files(folder) == before


def test_a_fault_while_the_workbook_asked_in_is_written_changes_no_file(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, before, plan = disk.write_atomic, files(staff.folder), cells(staff.folder)

    def full(path: Path, content: bytes | None) -> None:
        if path.name == PLAN and staff.done:
            raise FileHeldError(path)
        real(path, content)

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
    staff.looks(watch.MISSED - 1)
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

    assert cli.main(["watch", str(folder), "--once", DATE]) == 0

    assert "办理了1条命令。" in capsys.readouterr().out
    assert "今天共" in row(folder)[1]
    assert not (folder / "备份" / FILE).exists()


def test_once_does_not_wait_for_what_is_open(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asks(folder, "今日必做")
    (folder / f"~${CALLS}").write_bytes(b"")

    assert cli.main(["watch", str(folder), "--once"]) == 1

    assert f"请关闭《{CALLS}》" in capsys.readouterr().out
    assert row(folder)[0] == "今日必做"


def test_once_without_the_row_or_the_folder_cannot_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["watch", str(tmp_path / "没有"), "--once"]) == 2
    assert cli.main(["watch", str(tmp_path), "--once"]) == 2
    assert "没有《月度计划.xlsx》" in capsys.readouterr().err


def test_the_json_of_a_watch_is_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asks(folder, "跳舞")
    capsys.readouterr()
    cli.main(["watch", str(folder), "--once", "--json"])

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

    assert cli.main(["watch", str(folder), DATE]) == 0

    told = capsys.readouterr().out
    assert "正在等候“演示店”的命令" in told
    assert "已停止等候命令，办理了1条命令。" in told


def test_ctrl_c_in_the_midst_of_a_job_is_answered(staff: Staff) -> None:
    def cut(_: Request) -> commands.Outcome:
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

    assert cli.main(["watch", str(folder)]) == 0
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


# The menu


@dataclass
class Console:
    """Typed answers, and what was shown."""

    answers: list[str]
    shown: list[str] = field(default_factory=list)

    def ask(self, question: str) -> str:
        self.shown.append(question)
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)

    def all(self) -> str:
        return "\n".join(self.shown)


def picked(folder: Path, *answers: str, dry_run: bool = False) -> tuple[int, str]:
    console = Console(list(answers))
    words = ["menu", str(folder), DATE, *(["--dry-run"] if dry_run else [])]
    talk = Talk(console.ask, lambda line: console.shown.append(str(line)))
    dataset = Clerk(folder, parser().parse_args(words), agree=talk.agree)
    return pick(dataset, talk), console.all()


def number_of(label: str) -> str:
    labels = [entry.label for entry in MENU if entry.button and entry.typed]
    return str(labels.index(label) + 1)


def test_the_menu_names_every_job_of_a_button_and_stays_open(folder: Path) -> None:
    done, shown = picked(folder, number_of("校验"), number_of("今日必做"), "0")

    assert done == 2
    assert shown.count("“演示店”要办什么？") == 3
    for entry in (entry for entry in MENU if entry.button and entry.typed):
        assert f"{entry.label}：{entry.says}" in shown


@pytest.mark.parametrize(("typed", "named"), [("", "2026年10月"), ("2026年9月", "2026年9月")])
def test_the_menu_asks_what_a_job_must_be_told_and_enter_takes_the_likely_answer(
    folder: Path, typed: str, named: str
) -> None:
    done, shown = picked(folder, number_of("月度总结"), typed, "")

    assert done == 1
    assert "直接按回车：2026-10" in shown
    assert f"{named}工作总结" in shown


def test_the_menu_asks_before_letters_are_made(folder: Path, sample: Sample) -> None:
    before = files(folder, but="")

    done, shown = picked(folder, number_of("生成信函"), "", "0", "0")

    assert (done, files(folder, but="")) == (0, before)
    assert event_of(sample) in shown
    assert "现在生成吗" in shown
    assert "已取消" in shown


def test_a_question_of_the_menu_can_be_left_by_zero(folder: Path) -> None:
    assert picked(folder, number_of("本年计划"), "0", "0")[0] == 0


def test_the_menu_takes_what_one_asks_for_elsewhere(folder: Path) -> None:
    done, shown = picked(folder, "本年计划 2026", "跳舞", "99")

    assert done == 1
    assert "看不懂“跳舞”" in shown
    assert "看不懂“99”" in shown


def test_a_fault_of_a_job_leaves_the_menu_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clerk, "carry_out", lambda *_: 1 / 0)

    assert "错误日志.txt" in picked(folder, number_of("校验"), "0")[1]


def test_a_dry_run_of_the_menu_writes_nothing(folder: Path) -> None:
    before = files(folder, but="")
    answers = [number_of("校验"), number_of("今日必做"), number_of("月度总结"), "", number_of("本年计划"), ""]

    done, _ = picked(folder, *answers, "0", dry_run=True)

    assert (done, files(folder, but="")) == (4, before)


def test_the_menu_offers_new_workbooks_where_some_lack(folder: Path) -> None:
    (folder / CALLS).unlink()

    done, shown = picked(folder, "1", "0")

    assert done == 1
    assert "1  新建" in shown
    assert (folder / CALLS).is_file()


def test_an_undo_of_the_menu_is_byte_exact(folder: Path) -> None:
    before = files(folder, but="")

    picked(folder, number_of("月度总结"), "", number_of("撤销"), "0")

    assert files(folder, but="") == before


def test_the_command_opens_the_menu_on_what_was_dropped(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda: "0")

    assert cli.main(["menu", str(folder / PLAN), str(folder / CALLS)]) == 0

    assert "“演示店”要办什么？" in capsys.readouterr().out


def test_where_nothing_was_dropped_the_folder_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([f'"{folder}"', ""])
    monkeypatch.setattr("builtins.input", lambda: next(answers))

    assert cli.main(["menu"]) == 0
    assert "“演示店”要办什么？" in capsys.readouterr().out


# The shortcut

SHORTCUT = Path(__file__).resolve().parents[1] / "macros" / "店文件夹拖到这里.cmd"
BEFORE = rf'C:\WINDOWS\system32\cmd.exe /c ""C:\我的 桌面\{SHORTCUT.name}"'


@pytest.mark.parametrize(
    ("rest", "paths"),
    [
        (r' D:\南沙店"', [r"D:\南沙店"]),
        (r' D:\保险&精品"', [r"D:\保险&精品"]),
        (r' "D:\南沙 店\客户档案.xlsx""', [r"D:\南沙 店\客户档案.xlsx"]),
        (r' D:\a&b "D:\南沙 & 店" D:\c^d!"', [r"D:\a&b", r"D:\南沙 & 店", r"D:\c^d!"]),
        (' "', []),
        ('"', []),
    ],
)
def test_what_was_dropped_is_read_from_how_windows_called_the_shortcut(rest: str, paths: list[str]) -> None:
    surroundings = {dropped.LINE: BEFORE + rest, dropped.SHORTCUT: SHORTCUT.name}

    assert dropped.dropped([], surroundings) == paths


def test_a_shortcut_that_was_typed_in_a_window_tells_its_words_itself() -> None:
    surroundings = {dropped.LINE: r'"C:\WINDOWS\system32\cmd.exe" ', dropped.SHORTCUT: SHORTCUT.name}

    assert dropped.dropped([r"D:\南沙店"], surroundings) == [r"D:\南沙店"]


def test_the_shortcut_is_plain_text_that_cmd_reads_in_any_code_page() -> None:
    content = SHORTCUT.read_bytes()
    lines = content.decode("ascii").split("\r\n")

    assert content.count(b"\n") == content.count(b"\r\n")
    assert f'set "{dropped.LINE}=!cmdcmdline!"' in lines
    assert f'set "{dropped.SHORTCUT}=%~nx0"' in lines
    assert lines[-2:] == ["exit", ""]
    assert '"%DEALER_XL%" menu %*' in lines


def test_a_file_inside_the_folder_means_the_folder(folder: Path) -> None:
    (folder / "信函" / "HD01").mkdir(parents=True, exist_ok=True)
    (folder / "信函" / "HD01" / "信.docx").write_bytes(b"")

    assert dropped.shop_meant([str(folder / "信函" / "HD01" / "信.docx"), str(folder)]) == folder


def test_files_of_two_shops_are_refused(folder: Path, shipped: Path) -> None:
    with pytest.raises(dropped.SeveralShopsError, match="一次只拖一家店"):
        dropped.shop_meant([str(folder), str(shipped)])


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DealerXlError, match="找不到文件夹"):
        dropped.shop_meant([str(tmp_path / "没有")])


@pytest.mark.parametrize("quoted", ['"{}"', "'{}'", " {} ", "{}"])
def test_a_path_that_was_dropped_into_the_window_is_read(tmp_path: Path, quoted: str) -> None:
    place = tmp_path / "南沙 店"
    place.mkdir()

    assert dropped.typed(quoted.format(place)) == [str(place)]
    assert dropped.typed(str(place).replace(" ", "\\ ")) == [str(place)]
    assert dropped.typed("  ") == []


# As a process of its own


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="only here a process tells its time")
def test_a_watch_that_nobody_asks_anything_takes_no_time_of_the_machine(folder: Path) -> None:
    words = [sys.executable, "-c", "import sys; from dealer_xl.cli import main; sys.exit(main())"]
    with subprocess.Popen([*words, "watch", str(folder)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert "正在等候" in running.stdout.readline()
        time.sleep(4)  # it reads the workbook when it begins
        before = _seconds(running.pid)
        time.sleep(5)
        spent = _seconds(running.pid) - before
        running.send_signal(signal.SIGINT)
        told, _ = running.communicate(timeout=30)

    assert spent < 0.1
    assert "已停止等候命令，没有办理命令。" in told
    assert running.returncode == 0
    assert not (folder / "备份" / FILE).exists()


def _seconds(process: int) -> float:
    """Return how long a process has run on the machine."""
    own, system = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return (int(own) + int(system)) / os.sysconf("SC_CLK_TCK")
