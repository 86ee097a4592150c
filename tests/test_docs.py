"""The pages that people read lead to what is there, and the guide for the first day can be printed."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

HOUSE = Path(__file__).resolve().parents[1]
PAGES = sorted([*HOUSE.glob("*.md"), *HOUSE.glob("docs/*.md"), *HOUSE.glob(".github/**/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_and_picture_of_a_page_is_there(page: Path) -> None:
    named = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in named if not (page.parent / unquote(link)).exists()] == []


def test_each_picture_is_shown_on_a_page() -> None:
    shown = {link for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8"))}

    pictures = {path.name for path in (HOUSE / "docs" / "pictures").iterdir()}
    assert pictures - {Path(link).name for link in shown} == set()


def test_the_sketch_of_the_ribbon_names_each_button_and_says_what_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(HOUSE / "docs"))
    ribbon = runpy.run_path(str(HOUSE / "docs" / "ribbon.py"))
    source = (HOUSE / "macros" / "ribbon.xml").read_text(encoding="utf-8")

    _, drawing = ribbon["drawn"](*ribbon["read"]())

    labels = re.findall(r' label="([^"]+)"', source)
    assert len(labels) > 8
    assert [label for label in [*labels, "示意图"] if f">{label}</text>" not in drawing] == []


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdfinfo")), reason="LibreOffice or poppler is not installed (make system)"
)  # fmt: skip
def test_the_first_day_is_printed_with_its_pictures_on_two_to_four_pages(tmp_path: Path) -> None:
    page, pdf = HOUSE / "docs" / "第一天.md", tmp_path / "第一天.pdf"
    subprocess.run([sys.executable, HOUSE / "docs" / "to_pdf.py", page, pdf], check=True)

    facts = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    images = subprocess.run(["pdfimages", "-list", pdf], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages: +[234]\n", facts)
    assert len(images.splitlines()) - 2 == page.read_text(encoding="utf-8").count("![")
