"""Write generated phones, plates, VINs, 18-digit numbers and names into a workbook, and see that each comes back.

    python bench/texts.py [--count N]

Half are written over what is there, half are put under the table; what comes back must be equal to the letter, of
the type text for a second reader, and no cell may have become a formula.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import time
import zipfile
from collections.abc import Iterator
from random import Random

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import xlsxwriter
from lxml import etree

from dealer_xl.office.xlsx.closed_file import FileWorkbook
from dealer_xl.schema import Column, Table

BATCH = 20_000
ROWS = 2_000
KINDS = ("电话", "车牌", "VIN码", "证件号码", "客户名称")
TABLE = Table(
    "Texts", "登记", "登记.xlsx", "登记表", tuple(Column(f"c{at}", kind) for at, kind in enumerate(KINDS))
)

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
_VIN = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹欧阳司马𠮷䶮·娜伟芳敏静丽强磊军洋勇艳杰娟涛明超"
_ODD_STARTS = (
    "",
    "",
    "",
    "",
    "=",
    "+",
    "-",
    "@",
    "'",
    " ",
    "=cmd|'/C calc'!A0",
    "\t",
    "{=1}",
    '=HYPERLINK("x")',
    "NA",
    "_x000D_",
)
_ODD_ENDS = (
    "",
    "",
    "",
    " ",
    "\n",
    "<&>\"'",
    "]]>",
    "（单位）",
    "　",
    "\u200b",
    "é",
    "😀",
    "1E+10",
    "#N/A",
    "null",
    "TRUE",
)


def text_of(kind: str, random: Random) -> str:
    """Invent one text as staff type it."""
    digits = "".join(random.choices("0123456789", k=18))
    if kind == "电话":
        return random.choice(
            (
                f"1{digits[:10]}",
                f"0{digits[:3]}-{digits[3:11]}",
                f"+86 1{digits[:10]}",
                f"00{digits[:9]}",
                digits[:17],
            )
        )
    if kind == "车牌":
        return random.choice(_PROVINCES) + "".join(random.choices(_PLATE, k=random.choice((6, 7))))
    if kind == "VIN码":
        return "".join(random.choices(_VIN, k=17))
    if kind == "证件号码":
        return digits[:17] + random.choice("0123456789X")
    name = "".join(random.choices(_NAMES, k=random.choice((2, 3, 4))))
    return random.choice(_ODD_STARTS) + name + random.choice(_ODD_ENDS)


def blank_book() -> bytes:
    """Make a workbook with a table of texts."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(TABLE.sheet)
        page.add_table(
            0, 0, ROWS, len(KINDS) - 1, {"name": TABLE.name, "columns": [{"header": kind} for kind in KINDS]}
        )
        for row in range(1, ROWS + 1):
            page.write_row(row, 0, ["旧"] * len(KINDS))
    return content.getvalue()


def batch(before: bytes, count: int, seed: str) -> tuple[int, int]:
    """Write one workbook full of texts; return how many came back other than written, and how many formulas there are."""
    random = Random(seed)  # noqa: S311 - no secret
    rows = max(count // len(KINDS), 2)
    texts = [{kind: text_of(kind, random) for kind in KINDS} for _ in range(rows)]
    half = min(rows // 2, ROWS)
    book = FileWorkbook(TABLE.workbook, before)
    for kind in KINDS:
        book.write_cells(TABLE, kind, {number + 2: row[kind] for number, row in enumerate(texts[:half])})
    book.append_rows(TABLE, texts[half:])
    after = book.rewritten()
    read = FileWorkbook(TABLE.workbook, after).read_table(TABLE).to_dict("records")
    kept = [*read[:half], *read[ROWS:]]
    wrong = sum(one[kind] != other[kind] for one, other in zip(texts, kept, strict=True) for kind in KINDS)
    second, formulas = _second_reading(after)
    in_order = [
        row[kind]
        for row in (*texts[:half], *[dict.fromkeys(KINDS, "旧")] * (ROWS - half), *texts[half:])
        for kind in KINDS
    ]
    wrong += sum(one != other for one, other in zip(in_order, second, strict=True))
    return wrong, formulas


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _second_reading(content: bytes) -> tuple[list[str], int]:
    """Read all texts below the headings straight from the XML."""
    package = zipfile.ZipFile(io.BytesIO(content))
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    shared = [_joined(each, main) for each in etree.fromstring(package.read("xl/sharedStrings.xml"))]
    sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    cells = list(_cells(sheet, main))[len(KINDS) :]
    texts = [
        shared[int(cell.findtext(f"{main}v") or 0)] if cell.get("t") == "s" else _joined(cell, main)
        for cell in cells
    ]
    return texts, len(sheet.findall(f".//{main}f"))


def _cells(sheet: etree._Element, main: str) -> Iterator[etree._Element]:
    return sheet.iter(f"{main}c")


def _joined(element: etree._Element, main: str) -> str:
    text = "".join(each.text or "" for each in element.iter(f"{main}t"))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def main() -> int:
    """Write and read; return whether anything came back other than it was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=20261122)
    chosen = parser.parse_args()
    began, before, done, wrong, formulas = time.monotonic(), blank_book(), 0, 0, 0
    while done < chosen.count:
        size = min(BATCH, chosen.count - done)
        faults = batch(before, size, f"{chosen.seed}/{done}")
        wrong, formulas, done = wrong + faults[0], formulas + faults[1], done + size
    print(f"| texts written and read | {done} |\n|---|---|\n| come back otherwise | {wrong} |")
    print(f"| formulas made of data | {formulas} |\n| whole run | {time.monotonic() - began:.0f} s |")
    return 1 if wrong or formulas else 0


if __name__ == "__main__":
    sys.exit(main())
