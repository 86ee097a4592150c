"""Word files for the tests, drawn with python-docx, and what can be read back from them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Paper

needs_soffice = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice or pdftotext is not installed",
)


def saved(paper: Paper) -> bytes:
    """Save a drawn file."""
    buffer = BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def docx(*paragraphs: str, header: str = "", footer: str = "") -> bytes:
    """Draw a file of paragraphs, each in one run."""
    paper = Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    if header:
        paper.sections[0].header.paragraphs[0].text = header
    if footer:
        paper.sections[0].footer.paragraphs[0].text = footer
    return saved(paper)


def read_text(content: bytes) -> str:
    """Return the text of the body, a paragraph a line."""
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def part(content: bytes, path: str) -> str:
    """Return one part's XML."""
    with ZipFile(BytesIO(content)) as package:
        return package.read(path).decode()


def pages(pdf: bytes, folder: Path) -> Iterator[str]:
    """Return each page's text, without blanks."""
    file = folder / "pages.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True
    )
    return (re.sub(r"\s", "", page) for page in said.stdout.split("\f")[:-1])
