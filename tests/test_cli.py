"""The command line on a folder of real workbooks: exit codes, JSON, and one sentence for whatever stops it."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

import openpyxl
import pytest
from conftest import NOW

from dealer_xl import jobs
from dealer_xl.actions import Place, actions_in
from dealer_xl.dealership.kpis import KPIS
from dealer_xl.frontends import command_line
from dealer_xl.frontends.arguments import Options, parse
from dealer_xl.office.addin_file.building import build_addin
from dealer_xl.office.folder import disk, saving
from dealer_xl.office.folder.saving import FileWrite, save_all
from dealer_xl.office.installing.machine import Machine
from dealer_xl.requests import REQUESTS, WORDS, LettersRequest, Request
from dealer_xl.sample import Sample

HOUSE = Path(__file__).resolve().parents[1]
DATE = f"--date={NOW:%Y-%m-%d}"


def _said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = command_line.main([*map(str, words), "--json", DATE])
    return code, json.loads(capsys.readouterr().out)


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _books(folder: Path) -> dict[str, str]:
    return {name: digest for name, digest in _hashes(folder).items() if not name.startswith("备份")}


def test_the_check_of_a_new_store_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command_line.main(["new", str(tmp_path)])

    assert _said(capsys, "check", tmp_path)[0] == 0


def test_the_check_tells_each_planted_mistake_by_its_excel_row(
    folder: Path, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = _said(capsys, "check", folder)

    assert code == 1
    assert sum(told["counts"].values()) == len(told["issues"]) == len(sample.planted)
    issue = next(each for each in told["issues"] if each["sheet"] == "客户档案")
    sheet = openpyxl.load_workbook(folder / issue["workbook"])[issue["sheet"]]
    headings = [cell.value for cell in sheet[3]]
    assert issue["column"] in str(sheet.cell(issue["row"], headings.index("校验") + 1).value)


def test_a_dry_run_writes_nothing(folder: Path, sample: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    before = _hashes(folder)

    for words in (
        ("check", folder, "--fix"),
        ("today", folder),
        ("summary", folder, "2026-10"),
        ("letters", folder, "--template", "邀请函", "--event", sample.next_event(NOW.date())),
    ):
        _said(capsys, *words, "--dry-run")

    assert _hashes(folder) == before


@pytest.mark.parametrize("words", [("today",), ("check", "--fix")])
def test_a_dry_run_says_that_it_is_one(
    words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command_line.main([words[0], str(folder), *words[1:], DATE, "--dry-run"])

    assert capsys.readouterr().out.startswith("这是试运行，什么都没有写入")


def test_the_check_announces_as_many_cells_as_it_then_mends(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command_line.main(["check", str(folder), DATE])
    announced = re.search(r"有(\d+)个单元格看得懂但写法不规范", capsys.readouterr().out)

    assert announced is not None
    assert _said(capsys, "check", folder, "--fix")[1]["fixed"] == int(announced[1])


def test_undo_puts_every_file_back_byte_for_byte(
    folder: Path, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _books(folder)
    code, _ = _said(
        capsys, "letters", folder, "--template", "邀请函", "--event", sample.next_event(NOW.date())
    )
    assert code == 0
    assert _books(folder) != before

    code, told = _said(capsys, "undo", folder)

    assert (code, told["command"]) == (0, "letters")
    assert _books(folder) == before


def test_the_dry_run_of_an_undo_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _said(capsys, "today", folder)
    before = _hashes(folder)

    assert _said(capsys, "undo", folder, "--dry-run")[1]["command"] == "today"

    assert _hashes(folder) == before


def test_the_list_of_an_undo_tells_what_could_be_undone_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _said(capsys, "today", folder)
    _said(capsys, "check", folder)
    before = _hashes(folder)

    code, told = _said(capsys, "undo", folder, "--list")
    command_line.main(["undo", str(folder), "--list"])

    assert code == 0
    assert [(each["command"], each["label"]) for each in told["undoable"][:2]] == [
        ("check", "校验"),
        ("today", "今日必做"),
    ]
    assert {"id", "when", "who", "files"} < set(told["undoable"][0])
    assert told["undoable"][1]["files"] == ["跟踪电话.xlsx"]
    assert "今日必做" in capsys.readouterr().out
    assert _hashes(folder) == before


def test_where_nothing_was_done_nothing_can_be_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command_line.main(["new", str(tmp_path)])
    capsys.readouterr()

    assert command_line.main(["undo", str(tmp_path), "--list"]) == 0
    assert "没有可以撤销的操作" in capsys.readouterr().out


def test_a_redo_takes_back_the_undo(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _said(capsys, "today", folder)
    after = _books(folder)
    _said(capsys, "undo", folder)

    assert _said(capsys, "undo", folder, "--redo", "--dry-run")[1]["command"] == "today"
    assert _books(folder) != after
    code, told = _said(capsys, "undo", folder, "--redo")

    assert (code, told["command"], told["restored"]) == (0, "today", ["跟踪电话.xlsx"])
    assert _books(folder) == after
    assert command_line.main(["undo", str(folder), "--redo"]) == 2
    assert "不是撤销" in capsys.readouterr().err


def _cut_off(folder: Path) -> None:
    """List the day's tasks in a process that dies before its last word."""
    child = os.fork()
    if child == 0:
        setattr(saving, "write_state", lambda *_: os._exit(0))  # noqa: B010 - it is another module's
        disk.write_atomic(folder / "月度计划.xlsx", b"")
        save_all(
            folder,
            "today",
            [
                FileWrite(PurePath("甲.xlsx"), None, b"new"),
                FileWrite(PurePath("月度计划.xlsx"), b"", b"x"),
            ],
            keep=30,
        )
    os.waitpid(child, 0)
    (folder / "甲.xlsx").unlink()


@pytest.mark.parametrize("command", ["today", "undo"])
def test_what_was_cut_off_is_put_in_order_by_the_next_command_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    plan = (folder / "月度计划.xlsx").read_bytes()
    _cut_off(folder)

    assert command_line.main([command, str(folder), "--dry-run"]) == 2
    assert "没有做完" in capsys.readouterr().err
    code = command_line.main([command, str(folder), DATE])

    assert code == 2  # the workbook that is no workbook, and whose backup the undo cannot use
    assert capsys.readouterr().err.startswith("上次操作中断，已恢复原样。")
    (folder / "月度计划.xlsx").write_bytes(plan)
    assert command_line.main(["today", str(folder), DATE]) == 0


def test_what_was_cut_off_is_told_beside_the_outcome(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child = os.fork()
    if child == 0:
        setattr(saving, "write_state", lambda *_: os._exit(0))  # noqa: B010 - it is another module's
        command_line.main(["today", str(folder), DATE])
    os.waitpid(child, 0)

    code, told = _said(capsys, "undo", folder)

    assert (code, told["command"]) == (0, "today")
    assert told["mended"] == "上次操作在最后一步中断，文件都已写好。"


def test_the_summary_tells_every_figure_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, told = _said(capsys, "summary", folder, "2026-10")

    assert told["month"] == "2026-10"
    assert [kpi["code"] for kpi in told["kpis"]] == [kpi.code for kpi in KPIS]
    assert {
        "code",
        "label",
        "unit",
        "value",
        "target",
        "last_month",
        "last_year",
        "meets",
        "rows",
        "left_out",
        "lacks",
        "formula",
    } == set(told["kpis"][0])
    assert set(told["files"]) == {"月度计划.xlsx", "总结/2026年10月工作总结.docx"}


def test_the_year_is_summed_up_on_its_own_sheet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _said(capsys, "summary", folder, "2026")

    sheet = openpyxl.load_workbook(folder / "月度计划.xlsx")["年度总结"]
    assert "2026年" in str(sheet["A2"].value)


def test_todays_list_names_the_row_that_each_task_comes_from(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = _said(capsys, "today", folder)

    assert told["date"] == f"{NOW:%Y-%m-%d}"
    task = next(each for each in told["tasks"] if each["kind"] == "first-follow-up")
    sheet = openpyxl.load_workbook(folder / task["workbook"])[task["sheet"]]
    assert task["archive_no"] in [cell.value for cell in sheet[task["row"]]]


def test_letters_tell_what_was_made_and_why_others_got_none(
    folder: Path, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = _said(
        capsys, "letters", folder, "--template", "邀请函", "--event", sample.next_event(NOW.date())
    )

    assert told["letters"]
    assert {skipped["reason"] for skipped in told["skipped"]} <= {
        "no-consent",
        "already-sent",
        "no-address",
        "too-soon",
    }
    assert all((folder / letter["file"]).is_file() for letter in told["letters"])
    assert (folder / told["merged"]).is_file()


def test_a_second_run_of_the_letters_changes_no_file(
    folder: Path, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("letters", folder, "--template", "邀请函", "--event", sample.next_event(NOW.date()))
    _said(capsys, *words)
    before = _hashes(folder)

    _, told = _said(capsys, *words)

    assert told["letters"] == []
    assert _hashes(folder) == before


def _empty(folder: Path) -> None:
    for book in folder.glob("*.xlsx"):
        book.unlink()


def _without_one(folder: Path) -> None:
    (folder / "信函登记.xlsx").unlink()


def _without_a_sheet(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "跟踪电话.xlsx")
    del book["电话登记"]
    book.save(folder / "跟踪电话.xlsx")


def _without_a_heading(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "客户档案.xlsx")
    for cell in book["客户档案"][3]:
        if cell.value == "车牌号":
            cell.value = "别的"
    book.save(folder / "客户档案.xlsx")


def _no_workbook(folder: Path) -> None:
    (folder / "客户档案.xlsx").write_text("姓名\t电话\n", encoding="utf-8")


def _encrypted(folder: Path) -> None:
    (folder / "客户档案.xlsx").write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(999)
    )


def _truncated(folder: Path) -> None:
    content = (folder / "客户档案.xlsx").read_bytes()
    (folder / "客户档案.xlsx").write_bytes(content[: len(content) // 2])


def _open_in_excel(folder: Path) -> None:
    name = "前台".encode("gbk")
    (folder / "~$客户档案.xlsx").write_bytes(
        bytes([len(name)]) + name.ljust(54) + "前台".encode("utf-16-le").rjust(110)
    )


BAD = (
    _empty,
    _without_one,
    _without_a_sheet,
    _without_a_heading,
    _no_workbook,
    _encrypted,
    _truncated,
    _open_in_excel,
)


@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__.strip("_"))
def test_what_stops_the_program_is_one_chinese_sentence_and_nothing_is_written(
    spoil: Callable[[Path], None], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder)
    before = _hashes(folder)

    for command in (("check",), ("today",), ("summary", "2026-10")):
        code = command_line.main([command[0], str(folder), *command[1:], DATE])

        out, err = capsys.readouterr()
        assert (code, out) == (2, "")
        assert len(err.strip().splitlines()) == 1
        assert any("一" <= letter <= "鿿" for letter in err)
        assert "Traceback" not in err
    assert _hashes(folder) == before


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["check", str(tmp_path / "没有")]) == 2
    assert "没有" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [[], ["校验"], ["check"], ["summary", "店", "三月"], ["today", "店", "--date", "今天"]]
)
def test_a_command_that_is_not_written_right_is_told_in_chinese(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command_line.main(["new", "店"])
    capsys.readouterr()

    assert command_line.main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_fault_of_the_program_goes_to_a_log_and_staff_read_where_it_is(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("dealer_xl.jobs.list_today", lambda _: 1 / 0)

    assert command_line.main(["today", str(folder)]) == 2

    sentence = capsys.readouterr().err
    assert "Traceback" not in sentence
    place = Path(sentence.rpartition("：")[2].strip())
    assert "ZeroDivisionError" in place.read_text(encoding="utf-8")


def test_a_new_store_leaves_alone_what_is_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "信函登记.xlsx").unlink()
    before = _books(folder)

    _, told = _said(capsys, "new", folder)

    assert told["made"] == ["信函登记.xlsx"]
    after = _books(folder)
    assert {name: after[name] for name in before} == before


def test_a_workbook_with_macros_is_left_alone_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "客户档案.xlsx").rename(folder / "客户档案.xlsm")

    assert _said(capsys, "new", folder)[1]["made"] == []
    assert not (folder / "客户档案.xlsx").exists()


def test_a_console_of_an_older_code_page_still_gets_one_json_object(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "月度计划.xlsx")
    book["员工"]["D5"] = "😀"
    book.save(folder / "月度计划.xlsx")

    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from dealer_xl.frontends.command_line import main; main()",
            "check",
            folder,
            "--json",
            "--dry-run",
        ],
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=True,
    )

    assert "😀" in {issue["value"] for issue in json.loads(told.stdout.decode())["issues"]}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["today", "店", "--date", "2026-02-30"], "2026-02-30"),
        (["today", "店", "--fast"], "--fast"),
        (["today"], "文件夹"),
        (["letters", "店", "--template"], "--template"),
        (["plam", "店"], "plam"),
    ],
)
def test_what_is_wrong_with_a_command_is_named(
    words: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(words) == 2
    assert named in capsys.readouterr().err.partition("用法")[0]


def test_the_demo_does_not_write_among_workbooks_that_are_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _hashes(folder)

    assert command_line.main(["demo", str(folder)]) == 2

    assert "演示" in capsys.readouterr().err
    assert _hashes(folder) == before


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for action in actions_in(Place.TYPED):
        with pytest.raises(SystemExit) as left:
            command_line.main([action.name, "--help"])
        assert left.value.code == 0
        assert action.sentence in capsys.readouterr().out.replace("\n", "")


def test_a_copied_store_works_in_its_new_place(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "新 位置"
    shutil.copytree(folder, place)

    assert _said(capsys, "today", place)[0] == 0


def test_the_demo_runs_every_job_and_the_check_finds_what_it_says_it_planted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = functools.partial(jobs.make_sample_store, vehicles=60)
    monkeypatch.setattr(jobs, "make_sample_store", small)
    place = tmp_path / "演示"

    code, told = _said(capsys, "demo", place)

    assert code == 0
    assert {"总结", "信函", "备份"} <= {path.name for path in place.iterdir()}
    found = _said(capsys, "check", place)[1]["issues"]
    keys = ("workbook", "sheet", "row", "column", "code")
    assert {tuple(each[key] for key in keys) for each in found} == {
        tuple(each[key] for key in keys) for each in told["planted"]
    }


ADDIN_COMMAND = importlib.import_module("dealer_xl.frontends.results.addin")


def _on(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ADDIN_COMMAND, "this_machine", lambda: machine)


def _addin(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = command_line.main(["addin", *map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_add_in_is_installed_once_examined_and_uninstalled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine("Windows", tmp_path, Path(sys.executable))
    _on(machine, monkeypatch)

    code, told = _addin(capsys, "install")
    assert (code, told["files"]) == (0, [str(machine.addin)])
    assert told["interpreter"] == sys.executable
    assert _addin(capsys, "install")[1]["files"] == []
    checks = {check["code"]: check["state"] for check in _addin(capsys, "doctor")[1]["checks"]}
    assert checks["addin"] == checks["interpreter"] == "ok"
    assert _addin(capsys, "uninstall")[1]["files"] == [str(machine.addin)]
    assert _addin(capsys, "uninstall")[1]["files"] == []


def test_the_doctor_tells_what_to_look_at_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(Machine("Windows", tmp_path, Path(sys.executable)), monkeypatch)

    code, told = _addin(capsys, "doctor", tmp_path / "没有")

    assert code == 1
    assert all(set(check) == {"code", "state", "says", "remedy"} for check in told["checks"])
    assert {"code": "folder", "state": "fail"}.items() <= told["checks"][-1].items()
    assert command_line.main(["addin", "doctor"]) == 1
    assert "不行" in capsys.readouterr().out


def test_where_there_is_no_excel_the_add_in_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(Machine("Linux", tmp_path, Path(sys.executable)), monkeypatch)

    assert command_line.main(["addin", "install"]) == 2
    assert "没有 Excel" in capsys.readouterr().err


def test_the_add_in_is_built_from_its_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ADDIN_COMMAND, "addin_path", lambda: tmp_path / "dealer_xl.xlam")

    code, told = _addin(capsys, "build")

    assert (code, told) == (0, {"file": str(tmp_path / "dealer_xl.xlam")})
    assert (tmp_path / "dealer_xl.xlam").read_bytes() == build_addin()


@pytest.mark.parametrize(
    "words", [["addin"], ["addin", "repair"], ["addin", "install", "--date", "2026-01-01"]]
)
def test_a_command_for_the_add_in_that_is_not_written_right_is_told(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(words) == 2
    assert capsys.readouterr().err.startswith("命令没有写对")


def test_a_reader_that_has_seen_enough_sees_no_traceback(folder: Path) -> None:
    """`dealer-xl check … --json | head -c 10`."""
    for words in (["check", folder, "--json"], ["today", folder], ["--help"]):
        with subprocess.Popen(
            [sys.executable, "-m", "dealer_xl", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            said = running.stderr.read().decode()

        assert said == ""
        assert running.returncode in {0, 1}


def test_names_of_files_in_chinese_work_where_the_locale_knows_ascii_only(folder: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    told = subprocess.run(
        [sys.executable, "-m", "dealer_xl", "summary", folder, "2026-10", "--json"],
        env={**os.environ, **ascii_only},
        capture_output=True,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, b"")
    assert json.loads(told.stdout.decode())["month"] == "2026-10"
    assert (folder / "总结" / "2026年10月工作总结.docx").is_file()


@pytest.mark.parametrize("words", [("new",), ("check", "--fix"), ("today",), ("plan", "2026"), ("undo",)])
def test_a_dry_run_never_says_that_anything_was_written(
    words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command_line.main(["today", str(folder), DATE])
    (folder / "信函登记.xlsx").rename(folder / "信函登记.xlsm")
    before = _hashes(folder)
    capsys.readouterr()

    command_line.main([words[0], str(folder), *words[1:], DATE, "--dry-run"])

    said = capsys.readouterr().out
    assert said.startswith("这是试运行，什么都没有写入")
    assert not re.search("已(写入|生成|新建|撤销|恢复)", said)
    assert _hashes(folder) == before


def test_a_dry_run_of_new_names_the_workbooks_it_would_make(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "店"

    assert command_line.main(["new", str(place), "--dry-run"]) == 0

    assert "将新建：客户档案.xlsx" in capsys.readouterr().out
    assert not place.exists()


@pytest.mark.parametrize("kind", REQUESTS.values(), ids=lambda kind: kind.command)
def test_a_request_says_of_each_of_its_fields_how_it_is_typed(kind: type[Request]) -> None:
    assert all(WORDS in each.metadata for each in dataclasses.fields(kind))


def test_words_become_the_request_that_other_front_ends_build() -> None:
    typed = "letters 店 --template 邀请函 --event HD12 --archive A1 A2 --dry-run --json"

    request, options = parse(typed.split())

    assert request == LettersRequest(Path("店"), "邀请函", event="HD12", archive=("A1", "A2"))
    assert options == Options(as_json=True, dry_run=True)


def test_a_slip_in_the_name_of_a_field_is_found_by_the_type_check(tmp_path: Path) -> None:
    slip = tmp_path / "slip.py"
    slip.write_text(
        "from dealer_xl.requests import CheckRequest\n\n\n"
        "def fix(request: CheckRequest) -> bool:\n    return request.fixx\n",
        encoding="utf-8",
    )

    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "cache", slip],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1
    assert '"CheckRequest" has no attribute "fixx"' in told.stdout
