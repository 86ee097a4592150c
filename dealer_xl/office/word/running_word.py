"""PDF by the Word or WPS that is installed on Windows: it draws the letters as staff will see them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROGRAMS = ("Word.Application", "KWPS.Application")
_PDF, _NO_ALERTS, _DISCARD = 17, 0, 0  # wdExportFormatPDF, wdAlertsNone, wdDoNotSaveChanges


def pdf_by_word(docx: bytes) -> bytes | None:
    """Return a Word file as PDF, None where neither Word nor WPS can make one."""
    if sys.platform != "win32":
        return None
    with TemporaryDirectory(prefix="dealer_xl_", ignore_cleanup_errors=True) as folder:
        letter, printed = Path(folder, "letter.docx"), Path(folder, "letter.pdf")
        letter.write_bytes(docx)
        for program in PROGRAMS:
            if _exported(program, letter, printed):
                return printed.read_bytes()
    return None


def _exported(program: str, letter: Path, printed: Path) -> bool:
    """Let a program of its own export the file; return whether a PDF came out."""
    import pywintypes  # noqa: PLC0415 - on Windows only, where xlwings brings it along

    try:
        with _started(program) as word:
            document = word.Documents.Open(str(letter), ReadOnly=True, AddToRecentFiles=False)
            document.ExportAsFixedFormat(str(printed), _PDF)
            document.Close(_DISCARD)
    except (pywintypes.com_error, AttributeError):  # not installed, or busy: LibreOffice is tried next
        return False
    return printed.is_file() and printed.read_bytes().startswith(b"%PDF-")


@contextmanager
def _started(program: str) -> Iterator[Any]:
    """Start a Word of our own, so that the one in which staff write is left alone."""
    from win32com import client  # noqa: PLC0415 - as above

    word = client.DispatchEx(program)
    try:
        word.Visible = False
        word.DisplayAlerts = _NO_ALERTS
        yield word
    finally:
        word.Quit(_DISCARD)
