"""Word letters as PDF: by Word or WPS where there is one on Windows, else through LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from dealer_xl.errors import DealerXlError
from dealer_xl.office.word.running_word import pdf_by_word

LONGEST_WAIT = 300.0  # seconds; a thousand letters in one file take one minute on a busy machine


class LibreOfficeMissingError(DealerXlError):
    """There is no LibreOffice to make a PDF with."""

    def __init__(self) -> None:
        super().__init__(
            "没有找到 LibreOffice，不能生成 PDF，什么都没有写入；请去掉 --pdf 再运行，在 Word 里打印或另存为 PDF。"
        )


class PdfNotMadeError(DealerXlError):
    """LibreOffice ran, and no PDF came out."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"LibreOffice 没有生成 PDF（{why}），什么都没有写入；请去掉 --pdf 再运行，在 Word 里打印或另存为 PDF。"
        )


def to_pdf(docx: bytes, longest_wait: float = LONGEST_WAIT) -> bytes:
    """Make a PDF of a Word file.

    Raises LibreOfficeMissingError or PdfNotMadeError.
    """
    printed = pdf_by_word(docx)
    if printed is not None:
        return printed
    office = find_office()
    if office is None:
        raise LibreOfficeMissingError
    with TemporaryDirectory(prefix="dealer_xl_", ignore_cleanup_errors=True) as folder:
        letter = Path(folder, "letter.docx")
        letter.write_bytes(docx)
        said = _run(_command(office, letter), longest_wait)
        pdf = letter.with_suffix(".pdf")
        # LibreOffice also says 0 when nothing was made.
        if not pdf.exists() or not pdf.read_bytes().startswith(b"%PDF-"):
            raise PdfNotMadeError(said or "原因不明")
        return pdf.read_bytes()


def find_office() -> str | None:
    """Find LibreOffice's program: on the path, else where its installer puts it."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    if on_path:
        return on_path
    usual = [Path(os.environ.get("ProgramFiles", "/"), "LibreOffice/program/soffice.exe")]  # noqa: SIM112 - Windows' spelling
    if sys.platform == "darwin":
        usual.append(Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"))
    return next((str(place) for place in usual if place.is_file()), None)


def _command(office: str, letter: Path) -> list[str]:
    # A profile of its own: otherwise an open LibreOffice window takes the job over, and nothing comes out.
    profile = (letter.parent / "profile").as_uri()
    return [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(letter.parent),
        str(letter),
    ]


def _run(command: list[str], longest_wait: float) -> str:
    """Run it to its end and return the last line it said."""
    with subprocess.Popen(  # noqa: S603 - a fixed program with our own arguments
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as office:
        try:
            said, _ = office.communicate(timeout=longest_wait)
        except subprocess.TimeoutExpired as error:
            _end(office)
            raise PdfNotMadeError(f"等了 {longest_wait:g} 秒") from error
    return "".join(said.decode(errors="replace").strip().splitlines()[-1:])


def _end(office: subprocess.Popen[bytes]) -> None:
    # The command is a script; the program that hangs is its child.
    if sys.platform == "win32":
        office.kill()
    else:
        os.killpg(office.pid, signal.SIGKILL)
