"""Files of a shop that are tables, too, but not in the form that can be worked behind: named, and shown what they hold."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from dealer_xl.office.folder import disk
from dealer_xl.office.xlsx.cell_reader import open_cells

ENDINGS = (".xls", ".et", ".xlsb", ".csv", ".ods")
_ENCODINGS = ("utf-8-sig", "gb18030")
MOST_ROWS = 30


@dataclass(frozen=True)
class OtherFile:
    """A file in another form, and the first rows of its sheets; none where it cannot be read."""

    name: str
    sheets: Sequence[tuple[str, Sequence[Sequence[object]]]]

    @property
    def says(self) -> str:
        """Return what is to be done with it."""
        ending = PurePath(self.name).suffix
        return (
            f"《{self.name}》是 {ending} 格式，只能看，不能在后面办事；请用 Excel 或 WPS 打开它，"
            "点“文件”“另存为”，格式选“Excel 工作簿（*.xlsx）”，存在同一文件夹，再点一次“接入本店表格”。"
        )


def other_files(folder: Path) -> list[OtherFile]:
    """Return the files of a folder in other forms, with what they hold."""
    names = sorted(name for name in disk.names(folder) if name[0] not in "~.")
    return [
        OtherFile(name, _sheets(name, disk.read(folder / name)))
        for name in names
        if PurePath(name).suffix.lower() in ENDINGS
    ]


def _sheets(name: str, content: bytes) -> Sequence[tuple[str, Sequence[Sequence[object]]]]:
    if name.lower().endswith(".csv"):
        return [(PurePath(name).stem, _csv_rows(content))]
    try:
        book = open_cells(content)
        return [(each, book.get_sheet_by_name(each).to_python(nrows=MOST_ROWS)) for each in book.sheet_names]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - whatever the reader meets: the file is named all the same
        return []


def _csv_rows(content: bytes) -> Sequence[Sequence[object]]:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [row for row, _ in zip(csv.reader(text.splitlines()), range(MOST_ROWS), strict=False)]
    return []
