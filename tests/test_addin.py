"""The ribbon: each button on a store of which some workbooks are open in Calc, which xlwings takes for Excel."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import xlwings
from trips import CLICKS, OPEN, clicked, opened
from xlwings_calc import CalcEngine

from dealer_xl import addin
from dealer_xl.actions import ACTIONS
from dealer_xl.office.folder import disk, saving
from dealer_xl.office.live.live_workbook import LiveWorkbook

CALLS_BOOK, LETTERS_BOOK, PLAN_BOOK = "跟踪电话.xlsx", "信函登记.xlsx", "月度计划.xlsx"


@pytest.fixture
def app(calc_with_addin: CalcEngine, folder: Path) -> Iterator[xlwings.App]:
    """Open the call log; nothing was asked or told yet."""
    app = xlwings.apps.active
    assert app is not None
    calc = calc_with_addin
    for noted in (calc.alerts, calc.prompts, calc.answers, calc.pressed):
        noted.clear()
    opened(app, folder, [CALLS_BOOK])
    yield app
    for noted in (calc.answers, calc.pressed):
        noted.clear()


def said(calc: CalcEngine) -> str:
    """Return the last box."""
    return calc.alerts[-1].prompt


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("app")
def test_a_click_tells_what_it_found_and_that_the_open_workbook_is_to_be_saved(calc: CalcEngine) -> None:
    addin.check()

    told = said(calc).splitlines()
    assert "处错误" in told[0]
    assert told[1] == f"打开着的《{CALLS_BOOK}》已更新，请看过后保存。"
    assert told[2].startswith("已写入：客户档案.xlsx")


def test_the_summary_asks_for_the_month_and_offers_the_last_full_one(
    calc: CalcEngine, app: xlwings.App, folder: Path
) -> None:
    opened(app, folder, [PLAN_BOOK])
    calc.answers.append("2026-09")

    addin.summary()

    (asked,) = calc.prompts
    assert str(asked.default)[:2] == "20"
    assert said(calc).startswith("2026年9月")
    assert app.books[PLAN_BOOK].sheets["月度总结"].range("A4").value is not None


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("button", [addin.summary, addin.letters, addin.plan])
def test_a_cancelled_question_does_nothing_and_says_nothing(
    calc: CalcEngine, folder: Path, button: object
) -> None:
    before = files(folder)
    calc.answers.append(False)

    button()  # type: ignore[operator]

    assert calc.alerts == []
    assert files(folder) == before


@pytest.mark.usefixtures("app")
def test_before_letters_staff_are_asked_how_many_to_whom_and_who_is_left_out(
    calc: CalcEngine, folder: Path
) -> None:
    before = files(folder)
    calc.pressed.append("no")

    addin.letters()

    (asked,) = calc.alerts
    assert asked.buttons == "yes_no"
    assert "封邀请函，发给：" in asked.prompt
    assert "· 客户没有同意接收营销信函：" in asked.prompt
    assert files(folder) == before


def test_letters_are_booked_in_the_open_register(calc: CalcEngine, app: xlwings.App, folder: Path) -> None:
    opened(app, folder, [LETTERS_BOOK])
    rows = app.books[LETTERS_BOOK].sheets["信函登记"].used_range.shape[0]

    addin.letters()

    made = len(list(folder.glob("信函/*/XH*.docx")))
    assert made > 0
    assert app.books[LETTERS_BOOK].sheets["信函登记"].tables[0].range.shape[0] >= rows - 3 + made
    assert f"已生成{made}封邀请函" in said(calc)


def test_the_plan_of_the_year_is_shared_out(calc: CalcEngine, app: xlwings.App, folder: Path) -> None:
    opened(app, folder, [PLAN_BOOK])
    calc.answers.append("2026")

    addin.plan()

    assert "目标已分到各月" in said(calc)
    assert "目标核对：" in said(calc)
    assert app.books[PLAN_BOOK].sheets["月度分解"].range("A4").value == 2026


def test_undo_after_a_save_brings_the_screen_back(calc: CalcEngine, app: xlwings.App) -> None:
    sheet = app.books[CALLS_BOOK].sheets["今日必做"]
    before = sheet.range("A1:K60").value
    addin.today()
    app.books[CALLS_BOOK].save()

    addin.undo()

    assert "已撤销" in said(calc)
    assert sheet.range("A1:K60").value == before


@pytest.mark.usefixtures("app")
def test_a_second_undo_goes_one_step_further(calc: CalcEngine) -> None:
    addin.check()
    addin.today()

    addin.undo()
    first = said(calc)
    addin.undo()

    assert "今日必做" in first
    assert "校验" in said(calc)


@pytest.mark.usefixtures("app")
def test_what_cannot_go_on_is_one_sentence(calc: CalcEngine, folder: Path) -> None:
    (folder / LETTERS_BOOK).unlink()

    addin.check()

    assert LETTERS_BOOK in said(calc)


@pytest.mark.usefixtures("app")
def test_a_fault_of_the_program_is_one_sentence_with_the_place_of_the_log(
    calc: CalcEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("dealer_xl.jobs.check_entries", lambda *_, **__: 1 / 0)

    addin.check()

    assert "维护人员" in said(calc)
    assert "Traceback" not in said(calc)


def test_a_workbook_that_was_never_saved_is_told(calc: CalcEngine, app: xlwings.App) -> None:
    for book in list(app.books):
        book.close()
    app.books.add().set_mock_caller()

    addin.undo()

    assert "文件夹" in said(calc)


def test_without_a_workbook_the_sentence_goes_where_the_add_in_shows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlwings.Book, "caller", lambda: 1 / 0)

    with pytest.raises(SystemExit, match="连接不上Excel"):
        addin.check()


@pytest.mark.usefixtures("app")
def test_the_folder_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(webbrowser, "open", shown.append)

    addin.folder()

    assert shown == [folder.resolve().as_uri()]


def test_after_a_click_that_was_cut_off_excel_computes_again_and_staff_are_told_first(
    calc: CalcEngine, app: xlwings.App, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    def kill(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(saving, "write_state", kill)
        patch.setattr(LiveWorkbook, "take_back", kill)
        patch.setattr(disk, "remove_folder", kill)
        with pytest.raises(KilledError):
            addin.today()
    app.calculation, app.enable_events = "manual", False  # as the killed process left it
    calc.alerts.clear()

    addin.check()

    told = [alert.prompt for alert in calc.alerts]
    assert told[0] == f"上次操作中断，当时打开着的《{CALLS_BOOK}》可能没有写完，请核对，或点“撤销”后重做。"
    assert "处错误" in told[1]
    assert (app.calculation, app.enable_events, app.screen_updating) == ("automatic", True, True)


@pytest.mark.usefixtures("app")
def test_help_tells_what_each_button_does(calc: CalcEngine) -> None:
    addin.guide()

    for action in ACTIONS:
        assert (f"{action.label}：{action.sentence}" in said(calc)) is action.is_button


@pytest.mark.parametrize("names", OPEN, ids=",".join)
def test_a_click_reads_and_writes_at_most_twelve_blocks_however_many_workbooks_are_open(
    calc: CalcEngine, app: xlwings.App, folder: Path, names: Sequence[str]
) -> None:
    opened(app, folder, names)

    for command in CLICKS:
        reads, writes, _, told = clicked(calc, command)
        assert "没有写入" not in told
        assert reads + writes <= 12, command
