"""The add-in's door, with a spreadsheet program that only remembers what it was told."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import xlwings

from dealer_xl import addin


class FakeBook:
    """An open workbook."""

    def __init__(self, app: FakeApp, place: Path | str) -> None:
        self.app, self.fullname = app, str(place)

    def save(self) -> None:
        self.app.done.append(("save", Path(self.fullname).name))

    def close(self) -> None:
        self.app.done.append(("close", Path(self.fullname).name))


class FakeBooks(list[FakeBook]):
    """The open workbooks; the first is the active one."""

    def __init__(self, app: FakeApp, places: list[Path | str]) -> None:
        super().__init__(FakeBook(app, place) for place in places)
        self._app = app

    @property
    def active(self) -> FakeBook:
        return self[0]

    def open(self, place: str) -> None:
        self._app.done.append(("open", Path(place).name))


class FakeApp:
    """A running spreadsheet program that answers every question with the same word."""

    def __init__(self, *places: Path | str, answer: str = "") -> None:
        self.done: list[tuple[str, str]] = []
        self.told: list[str] = []
        self.books = FakeBooks(self, list(places))
        self.api = SimpleNamespace(InputBox=lambda *_: answer)

    def alert(self, sentence: str, title: str) -> None:
        assert title == "客户服务"
        self.told.append(sentence)


def _clicked(monkeypatch: pytest.MonkeyPatch, app: FakeApp) -> None:
    monkeypatch.setattr(xlwings.Book, "caller", lambda: SimpleNamespace(app=app))


def test_a_click_saves_and_closes_the_folders_workbooks_and_opens_them_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = FakeApp(folder / "跟踪电话.xlsx", folder.parent / "别的.xlsx")
    _clicked(monkeypatch, app)

    addin.today()

    assert app.done == [("save", "跟踪电话.xlsx"), ("close", "跟踪电话.xlsx"), ("open", "跟踪电话.xlsx")]
    assert "今天共" in app.told[0]
    sheet = openpyxl.load_workbook(folder / "跟踪电话.xlsx")["今日必做"]
    assert sheet["A4"].value == 1


def test_the_workbooks_open_again_when_the_job_cannot_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "信函登记.xlsx").unlink()
    app = FakeApp(folder / "客户档案.xlsx")
    _clicked(monkeypatch, app)

    addin.check()

    assert app.done[-1] == ("open", "客户档案.xlsx")
    assert "信函登记" in app.told[0]


def test_a_cancelled_question_does_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = FakeApp(folder / "客户档案.xlsx", answer="")
    _clicked(monkeypatch, app)

    addin.summary()
    addin.letters()

    assert (app.done, app.told) == ([], [])


def test_a_summary_is_made_for_the_month_that_was_answered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = FakeApp(folder / "月度计划.xlsx", answer="2026-10")
    _clicked(monkeypatch, app)

    addin.summary()

    assert app.told[0].startswith("2026年10月")


def test_a_workbook_that_was_never_saved_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    app = FakeApp("工作簿1")
    _clicked(monkeypatch, app)

    addin.undo()

    assert "文件夹" in app.told[0]


def test_a_fault_of_the_program_is_one_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = FakeApp(folder / "客户档案.xlsx")
    _clicked(monkeypatch, app)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("dealer_xl.jobs.check_entries", lambda *_, **__: 1 / 0)

    addin.check()

    assert "维护人员" in app.told[0]
    assert "Traceback" not in app.told[0]
