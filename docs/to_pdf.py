"""Make a PDF of a page of these docs, pictures included, by LibreOffice.

Usage: to_pdf.py PAGE.md FILE.pdf
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

WIDE = 600  # pixels: the width of the text of a list on A4 between these margins
STYLE = """
@page { size: 21cm 29.7cm; margin: 2cm }
body, td, th, h1, h2 { font-family: "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; font-size: 10.5pt; line-height: 150% }
h1 { font-size: 20pt; color: #1f3a5f } h2 { font-size: 14pt; color: #1f3a5f }
th { background: #dce6f1 } pre, code { font-family: "Noto Sans Mono CJK SC", monospace; font-size: 9.5pt; background: #f2f2f2 }
"""


def main(page: Path, pdf: Path) -> None:
    """Read the page and write the PDF."""
    print_html(html_of(page.read_text(encoding="utf-8"), page.parent), STYLE, pdf)


def html_of(text: str, folder: Path) -> str:
    """Turn Markdown into HTML; a picture is found from the page's folder and never wider than the text."""
    reader = MarkdownIt("commonmark").enable("table")
    reader.add_render_rule("softbreak", lambda *_: "")  # between Chinese words stands no space
    tokens = reader.parse(text)
    for token in tokens:
        for part in token.children or ():
            if part.type == "image":
                place_picture(part, folder)
            elif part.type.startswith("link_"):  # to a page that does not lie beside the PDF
                part.tag, part.attrs = "b", {}
    html: str = reader.renderer.render(tokens, reader.options, {})
    return html.replace("<table>", '<table border="1" cellspacing="0" cellpadding="5" width="100%">')


def place_picture(image: Token, folder: Path) -> None:
    """Name the file by its whole path, and its width and height on the page."""
    file = folder / str(image.attrs["src"])
    width, height = struct.unpack(">II", file.read_bytes()[16:24])  # where a PNG tells its size
    shown = min(width, WIDE)
    image.attrs |= {"src": file.resolve().as_uri(), "width": shown, "height": height * shown // width}


def print_html(body: str, style: str, pdf: Path) -> None:
    """Let LibreOffice print HTML; its Writer is named, since Writer for the Web leaves out pictures."""
    office = shutil.which("soffice")
    if office is None:
        sys.exit("LibreOffice is not installed (make system as root installs it)")
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / f"{pdf.stem}.html"
        page.write_text(
            f'<html><head><meta charset="utf-8"><style>{style}</style></head><body>{body}</body></html>',
            encoding="utf-8",
        )
        words = [
            f"-env:UserInstallation={(Path(place) / 'profile').as_uri()}",
            "--headless",
            "--infilter=HTML (StarWriter)",
        ]
        subprocess.run(
            [office, *words, "--convert-to", "pdf:writer_pdf_Export", "--outdir", place, page],
            check=True,
            capture_output=True,
        )
        shutil.copyfile(page.with_suffix(".pdf"), pdf)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
