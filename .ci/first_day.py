"""Make 第一天.pdf of docs/第一天.md, through LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from markdown_it import MarkdownIt
from PIL import Image

from dealer_xl.office.word.pdf import find_office

SOURCE = Path(__file__).resolve().parents[1] / "docs" / "第一天.md"
_WIDEST = 620  # of 96 to the inch: what stands between the margins of an A4 page
_LONGEST_WAIT = 300
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: 21cm 29.7cm; margin: 2cm }}
body, td, th, code {{ font-family: "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif }}
body {{ font-size: 11pt; line-height: 150% }}
table {{ border-collapse: collapse; width: 100% }}
td, th {{ border: 1px solid #888888; padding: 4px; text-align: left }}
</style></head><body>{body}</body></html>
"""


class NoFirstDayError(Exception):
    """The guide for the first day cannot be made."""


def first_day(target: Path, source: Path = SOURCE) -> None:
    """Write the PDF of a guide.

    Raises NoFirstDayError when there is no such guide or no LibreOffice, or when nothing came out.
    """
    if not source.is_file():
        raise NoFirstDayError(f"{source} is missing; the download needs it as {target.name}")
    office = find_office()
    if office is None:
        raise NoFirstDayError("LibreOffice is missing; it makes the PDF (make system, as root, installs it)")
    with TemporaryDirectory(prefix="dealer_xl_", ignore_cleanup_errors=True) as folder:
        html = Path(folder, "guide.html")
        html.write_text(page(source), encoding="utf-8")
        said = subprocess.run(_command(office, html), capture_output=True, text=True, timeout=_LONGEST_WAIT, check=False)  # fmt: skip
        made = html.with_suffix(".pdf")
        if not made.is_file():
            raise NoFirstDayError(f"LibreOffice made no PDF: {said.stderr.strip() or said.stdout.strip()}")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, target)


def page(source: Path) -> str:
    """Return a guide as HTML with its pictures beside it on the disk.

    Raises NoFirstDayError when a picture is missing.
    """
    body = MarkdownIt("commonmark").enable("table").render(source.read_text(encoding="utf-8"))
    return _PAGE.format(
        title=source.stem,
        body=re.sub(r'<img src="([^"]+)"', lambda found: _picture(source.parent / unquote(found[1])), body),
    )


def _picture(place: Path) -> str:
    if not place.is_file():
        raise NoFirstDayError(f"the picture {place} is missing")
    with Image.open(place) as picture:
        width = min(picture.width, _WIDEST)
    return f'<img width="{width}" src="{place.as_uri()}"'


def _command(office: str, html: Path) -> list[str]:
    return [
        office,
        f"-env:UserInstallation={(html.parent / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--infilter=HTML (StarWriter)",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(html.parent),
        str(html),
    ]


if __name__ == "__main__":
    first_day(Path(sys.argv[1]))
