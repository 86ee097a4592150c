"""What other programs say of our files: the Open XML SDK validator and LibreOffice, where they are installed."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from conftest import NOW

from dealer_xl.dealership.tables import TODAY
from dealer_xl.frontends import command_line
from dealer_xl.sample import Sample

HOUSE = Path(__file__).resolve().parents[1]
VALIDATOR = HOUSE / ".make" / "node_modules" / ".bin" / "ooxml-validator"
OFFICE = shutil.which("soffice")

needs_validator = pytest.mark.skipif(
    not VALIDATOR.exists(),
    reason="the Open XML SDK validator is not installed (make test installs it where npm is)",
)
needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed (make test as root installs it)"
)


@pytest.fixture(scope="module")
def worked(sample_folder: Path, sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run every job on a copy of the sample store."""
    place = tmp_path_factory.mktemp("worked") / "店"
    shutil.copytree(sample_folder, place)
    event = next(
        str(each["event_no"]) for each in sample.rows["Events"] if str(each["starts_on"]) > f"{NOW:%Y-%m-%d}"
    )
    for words in (
        ("check", place, "--fix"),
        ("today", place),
        ("summary", place, "2026-10"),
        ("summary", place, "2026"),
        ("plan", place, "2026"),
        ("letters", place, "--template", "邀请函", "--event", event),
    ):
        assert command_line.main([*map(str, words), f"--date={NOW:%Y-%m-%d}"]) in {0, 1}
    return place


def _faults(file: Path) -> list[str]:
    said = subprocess.run([VALIDATOR, file], capture_output=True, text=True, check=False)
    return [str(error) for error in json.loads(said.stdout)["errors"]]


@needs_validator
@pytest.mark.parametrize(
    "file",
    sorted((HOUSE / "workbooks").iterdir()) + sorted((HOUSE / "templates").iterdir()),
    ids=lambda file: file.name,
)
def test_the_sdk_finds_no_fault_in_what_is_shipped(
    file: Path, record_property: Callable[[str, object], None]
) -> None:
    found = _faults(file)
    record_property("log", f"Open XML SDK {file.name}: {len(found)} errors")

    assert found == []


@needs_validator
def test_the_sdk_finds_no_fault_in_what_the_jobs_wrote(worked: Path) -> None:
    letters = sorted(worked.glob("信函/*/*.docx"))
    files = [*worked.glob("*.xlsx"), *worked.glob("总结/*.docx"), letters[0], letters[-1]]

    assert {file.name: found for file in files if (found := _faults(file))} == {}


@needs_office
def test_the_formulas_of_appended_rows_compute_in_a_real_spreadsheet(worked: Path, tmp_path: Path) -> None:
    rows = list(_in_office(worked / "客户档案.xlsx", "客户档案", tmp_path))

    serviced = [row for row in rows if row["上次保养日期"] and row["保养周期(月)"].isdecimal()]
    assert serviced
    for row in serviced:
        last, due = (date.fromisoformat(row[heading]) for heading in ("上次保养日期", "下次保养日期"))
        months = (due.year - last.year) * 12 + due.month - last.month
        assert months == int(row["保养周期(月)"])


@needs_office
def test_a_real_spreadsheet_sees_what_the_program_wrote(worked: Path, tmp_path: Path) -> None:
    ours = openpyxl.load_workbook(worked / "跟踪电话.xlsx")["今日必做"]
    place = TODAY.headings.index("客户名称")
    customers = [row[place].value for row in ours.iter_rows(min_row=4) if row[place].value]

    rows = list(_in_office(worked / "跟踪电话.xlsx", "今日必做", tmp_path))

    assert [row["客户名称"] for row in rows if row["客户名称"]] == customers


def _in_office(file: Path, sheet: str, place: Path) -> Iterator[dict[str, str]]:
    """Open a workbook in LibreOffice and yield each sheet as text."""
    assert OFFICE
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", every_sheet, "--outdir", place, file],
        check=True,
        capture_output=True,
    )
    with (place / f"{file.stem}-{sheet}.csv").open(encoding="utf-8", newline="") as text:
        lines = list(csv.reader(text))
    for line in lines[3:]:
        yield dict(zip(lines[2], line, strict=True))
