"""The numbered menu of the console, and what was dropped on its shortcut."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from command_cell_files import CALLS, PLAN, files
from conftest import NOW

from dealer_xl.actions import Place, actions_in
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends import command_line, dispatch
from dealer_xl.frontends.console_menu import dropped
from dealer_xl.frontends.console_menu.console import Console
from dealer_xl.frontends.console_menu.menu import Menu
from dealer_xl.sample import Sample


@dataclass
class Staff:
    """Typed answers, and what was shown."""

    answers: list[str]
    shown: list[str] = field(default_factory=list)

    def type_in(self, question: str) -> str:
        self.shown.append(question)
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)

    def all(self) -> str:
        return "\n".join(self.shown)


def picked(folder: Path, *answers: str, dry_run: bool = False) -> tuple[int, str]:
    staff = Staff(list(answers))
    console = Console(staff.type_in, lambda line: staff.shown.append(str(line)))
    return Menu(folder, console, lambda: NOW, dry_run).run(), staff.all()


def number_of(label: str) -> str:
    labels = [action.label for action in actions_in(Place.MENU)]
    return str(labels.index(label) + 1)


def test_the_menu_names_every_job_of_a_button_and_stays_open(folder: Path) -> None:
    done, shown = picked(folder, number_of("校验"), number_of("今日必做"), "0")

    assert done == 2
    assert shown.count("“演示店”要办什么？") == 3
    for action in actions_in(Place.MENU):
        assert f"{action.label}：{action.sentence}" in shown


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

    done, shown = picked(folder, number_of("生成信函"), "", "", "", "0", "0")

    assert (done, files(folder, but="")) == (0, before)
    assert sample.next_event(NOW.date()) in shown
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
    monkeypatch.setattr(dispatch, "run", lambda *_: 1 / 0)

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


def test_a_dry_run_of_the_menu_makes_no_workbooks_either(folder: Path) -> None:
    (folder / CALLS).unlink()

    done, shown = picked(folder, "1", "0", dry_run=True)

    assert done == 1
    assert f"将新建：{CALLS}" in shown
    assert not (folder / CALLS).exists()


def test_an_undo_of_the_menu_is_byte_exact(folder: Path) -> None:
    before = files(folder, but="")

    picked(folder, number_of("月度总结"), "", number_of("撤销"), "0")

    assert files(folder, but="") == before


def test_the_command_opens_the_menu_on_what_was_dropped(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda: "0")

    assert command_line.main(["menu", str(folder / PLAN), str(folder / CALLS)]) == 0

    assert "“演示店”要办什么？" in capsys.readouterr().out


def test_where_nothing_was_dropped_the_folder_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([f'"{folder}"', ""])
    monkeypatch.setattr("builtins.input", lambda: next(answers))

    assert command_line.main(["menu"]) == 0
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
    environment = {dropped.LINE: BEFORE + rest, dropped.SHORTCUT: SHORTCUT.name}

    assert dropped.dropped([], environment) == paths


def test_a_shortcut_that_was_typed_in_a_window_tells_its_words_itself() -> None:
    environment = {dropped.LINE: r'"C:\WINDOWS\system32\cmd.exe" ', dropped.SHORTCUT: SHORTCUT.name}

    assert dropped.dropped([r"D:\南沙店"], environment) == [r"D:\南沙店"]


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

    assert dropped.typed_paths(quoted.format(place)) == [str(place)]
    assert dropped.typed_paths(str(place).replace(" ", "\\ ")) == [str(place)]
    assert dropped.typed_paths("  ") == []
