"""Letters as PDF through LibreOffice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from word_files import docx, needs_soffice, pages

from dealer_xl.office.word import pdf

needs_posix = pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script"
)


def stand_in(folder: Path, script: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


@needs_soffice
def test_a_letter_becomes_a_pdf_with_its_text(tmp_path: Path) -> None:
    assert list(pages(pdf.to_pdf(docx("尊敬的张三")), tmp_path)) == ["尊敬的张三"]


def test_without_libreoffice_staff_are_told_to_print_with_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: None)

    with pytest.raises(pdf.LibreOfficeMissingError, match=r"没有找到 LibreOffice.*Word 里打印"):
        pdf.to_pdf(docx("a"))


@needs_posix
def test_a_libreoffice_that_makes_nothing_and_says_all_is_well_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: stand_in(tmp_path, "echo sorry"))

    with pytest.raises(pdf.PdfNotMadeError, match="sorry"):
        pdf.to_pdf(docx("a"))


@needs_posix
def test_a_libreoffice_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: stand_in(tmp_path, "sleep 60 & wait"))

    with pytest.raises(pdf.PdfNotMadeError, match="等了"):
        pdf.to_pdf(docx("a"), longest_wait=0.2)


def test_libreoffice_is_found_on_the_path_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/opt/{name}")

    assert pdf.find_office() == "/opt/soffice"


def test_libreoffice_is_found_where_windows_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "LibreOffice/program/soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))

    assert pdf.find_office() == str(program)
