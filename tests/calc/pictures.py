"""Take pictures of an open workbook before and after a click: part of `make pictures`.

Usage: pictures.py FOLDER, where click-before.png and click-after.png are put.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import xlwings
from trips import opened
from xlwings_calc import Uno, load_uno, registered, running_calc

from dealer_xl import addin, jobs

BOOK, TODAY_PAGE = "跟踪电话.xlsx", "2"


def main(pictures: Path) -> None:
    """Click 今日必做 in a store of an invented year."""
    with tempfile.TemporaryDirectory() as place, running_calc() as program, registered(program):
        store = Path(place) / "演示店"
        jobs.make_sample_store(store, datetime.now(), vehicles=300)  # noqa: DTZ005 - the shop's own clock
        app = xlwings.apps.active
        assert app is not None
        opened(app, store, [BOOK])
        _taken(app.books[BOOK].impl.xl, Path(place), pictures / "click-before")
        addin.today()
        _taken(app.books[BOOK].impl.xl, Path(place), pictures / "click-after")


def _taken(document: Uno, place: Path, picture: Path) -> None:
    """Print what is open, saved or not, and take its page."""
    file = place / f"{picture.name}.pdf"
    how = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
    how.Name, how.Value = "FilterName", "calc_pdf_Export"
    document.storeToURL(file.as_uri(), (how,))
    page = ["-f", TODAY_PAGE, "-l", TODAY_PAGE]
    subprocess.run(["pdftoppm", "-r", "80", "-png", "-singlefile", *page, file, picture], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
