"""See that a written workbook holds what was asked for and nothing else has changed.

By its bytes, by its XML, and through openpyxl and calamine, none of which the writer uses for writing.
"""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from corpus_writes import Written
from lxml import etree
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from dealer_xl.office.sheets.formula_like import looks_like_formula

Places = set[tuple[int, int]]
SMALL_ENOUGH_FOR_OPENPYXL = 12_000_000  # bytes of XML in the sheet
_REACHES = ("conditionalFormatting", "dataValidation", "ignoredError")


def _corners(area: str) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom.

    Raises ValueError when one of them is not told.
    """
    corners = openpyxl.utils.range_boundaries(area)
    if None in corners:
        raise ValueError(area)
    left, top, right, bottom = (corner or 0 for corner in corners)
    return left, top, right, bottom


def unintended(before: bytes, written: Written) -> list[str]:
    """List what is not as it should be, without any cell's value."""
    found = list(_package_faults(before, written))
    found += _sheet_faults(before, written)
    found += _calamine_faults(before, written)
    found += _openpyxl_faults(before, written)
    return found


def may_change(written: Written) -> Places:
    """Return which cells may differ: those written, and formulas carried into new rows."""
    places = set(written.cells)
    if written.growth is not None:
        area = written.growth.rows
        places |= {
            (row, column)
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        }
    return places


def _package_faults(before: bytes, written: Written) -> Iterator[str]:
    old, new = zipfile.ZipFile(io.BytesIO(before)), zipfile.ZipFile(io.BytesIO(written.content))
    if new.testzip() is not None:
        yield "package: check sum"
    one, other = ([(info.filename, info.date_time) for info in zip_.infolist()] for zip_ in (old, new))
    if one != other or old.comment != new.comment:
        yield "package: parts, order or dates"
        return
    for first, second in zip(old.infolist(), new.infolist(), strict=True):
        same = first.CRC == second.CRC and old.read(first) == new.read(second)
        if same and _raw(before, first) != _raw(written.content, second):
            yield f"package: {first.filename} was packed anew"
        if not same and not _may_differ(first.filename, written):
            yield f"part changed: {first.filename}"


def _raw(content: bytes, info: zipfile.ZipInfo) -> bytes:
    name, extra = (int.from_bytes(content[info.header_offset + at :][:2], "little") for at in (26, 28))
    start = info.header_offset + 30 + name + extra
    return content[start : start + info.compress_size]


def _may_differ(name: str, written: Written) -> bool:
    folded = name.replace("\\", "/").lstrip("/").casefold()
    is_table = written.growth is not None and "table" in posixpath.basename(folded)
    is_style = "styles" in posixpath.basename(folded) and any(
        isinstance(value, (date, time, float)) or (isinstance(value, str) and looks_like_formula(value))
        for value in written.cells.values()
    )
    return folded == written.part.casefold() or is_table or is_style


def _sheet_faults(before: bytes, written: Written) -> Iterator[str]:
    old, new = (_parsed(content, written.part) for content in (before, written.content))
    places = may_change(written)
    one, other = _cells(old), _cells(new)
    for place in one.keys() | other.keys():
        if place not in places and one.get(place) != other.get(place):
            yield f"sheet: {get_column_letter(place[1])}{place[0]} changed"
    yield from _frame_faults(old, new, written)


def _parsed(content: bytes, part: str) -> etree._Element:
    package = zipfile.ZipFile(io.BytesIO(content))
    names = {name.replace("\\", "/").lstrip("/").casefold(): name for name in package.namelist()}
    return etree.fromstring(package.read(names[part.casefold()]), etree.XMLParser(huge_tree=True))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _cells(sheet: etree._Element) -> dict[tuple[int, int], bytes]:
    """Return each cell in its canonical form; blank cells without a format count as none."""
    cells: dict[tuple[int, int], bytes] = {}
    data = next(child for child in sheet if _local(child) == "sheetData")
    number = 0
    for row in data:
        if _local(row) != "row":
            continue
        number, column = int(row.get("r", number + 1)), 0
        for cell in row:
            if _local(cell) == "c":
                told = re.fullmatch(r"([A-Za-z]+)\d+", cell.get("r", ""))
                column = openpyxl.utils.column_index_from_string(told[1]) if told else column + 1
                tail, cell.tail = cell.tail, None
                cells[number, column] = etree.tostring(cell, method="c14n")
                cell.tail = tail
    return cells


def _frame_faults(old: etree._Element, new: etree._Element, written: Written) -> Iterator[str]:
    """Compare all that stands around the cells."""
    one, other = (
        [child for child in sheet if isinstance(child.tag, str) and _local(child) != "sheetCalcPr"]
        for sheet in (old, new)
    )
    if [child.tag for child in one] != [child.tag for child in other] or old.attrib != new.attrib:
        yield "sheet: elements"
        return
    for first, second in zip(one, other, strict=True):
        if _local(first) == "sheetData":
            yield from _row_faults(first, second)
        elif _local(first) == "dimension":
            if not _covers(second.get("ref", ""), first.get("ref", "")):
                yield "sheet: extent shrank"
        elif _canonical(_with_reaches_grown(first, written)) != _canonical(second):
            yield f"sheet: {_local(first)} changed"


def _covers(wide: str, narrow: str) -> bool:
    try:
        one, other = _corners(wide), _corners(narrow)
    except (ValueError, TypeError):
        return wide == narrow
    return all(a <= b for a, b in zip(one[:2], other[:2], strict=True)) and all(
        a >= b for a, b in zip(one[2:], other[2:], strict=True)
    )


def _row_faults(old: etree._Element, new: etree._Element) -> Iterator[str]:
    one, other = (
        {row.get("r"): dict(row.attrib) for row in data if _local(row) == "row"} for data in (old, new)
    )
    for number, attributes in one.items():
        after = dict(other.get(number, {}))
        if number is not None and (attributes | {"spans": ""}) != (after | {"spans": ""}):
            yield f"sheet: attributes of row {number}"


def _canonical(element: etree._Element) -> bytes:
    tail, element.tail = element.tail, None
    content = etree.tostring(element, method="c14n")
    element.tail = tail
    return content


def _with_reaches_grown(element: etree._Element, written: Written) -> etree._Element:
    if written.growth is None:
        return element
    for each in element.iter():
        if _local(each) in _REACHES and each.get("sqref"):
            each.set("sqref", _grown(each.get("sqref", ""), written))
        elif _local(each) == "sqref" and each.text:
            each.text = _grown(each.text, written)
    return element


def _grown(reach: str, written: Written) -> str:
    """Return, computed in another way than the writer's, the areas with their growth."""
    assert written.growth is not None  # noqa: S101
    rows, edges, areas = written.growth.rows, written.growth.edges, []
    for area in reach.split():
        try:
            left, top, right, bottom = _corners(area.replace("$", ""))
        except (ValueError, TypeError):
            areas.append(area)
            continue
        if any(top <= edge <= bottom for edge in edges) and left <= rows.right and rows.left <= right:
            last = max(bottom, rows.bottom)
            first, second = f"{get_column_letter(left)}{top}", f"{get_column_letter(right)}{last}"
            areas.append(area if last == bottom else f"{first}:{second}")
        else:
            areas.append(area)
    return " ".join(areas) if areas != reach.split() else reach


def _calamine_faults(before: bytes, written: Written) -> Iterator[str]:
    """Read old and new with calamine, all sheets; only what was written may differ."""
    old, new = (CalamineWorkbook.from_filelike(io.BytesIO(content)) for content in (before, written.content))
    if old.sheet_names != new.sheet_names:
        yield "calamine: sheets"
        return
    places = may_change(written)
    for name in new.sheet_names:
        is_written = name == written.sheet
        try:
            one, other = (dict(_filled(book, name)) for book in (old, new))
        except Exception:  # noqa: BLE001 - what it cannot read in both, it cannot compare
            if is_written:
                yield "calamine: cannot read the sheet"
            continue
        for place in one.keys() | other.keys():
            if one.get(place) != other.get(place) and not (is_written and place in places):
                yield f"calamine: {name} {place}"
        if is_written:
            for place, value in written.cells.items():
                if not _same(other.get(place), value):
                    yield f"calamine: {place} reads back as {type(other.get(place)).__name__}"


def _filled(book: CalamineWorkbook, name: str) -> Iterator[tuple[tuple[int, int], Any]]:
    sheet = book.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
        for column, value in enumerate(row, start=left + 1):
            if value != "":
                yield (number, column), value


def _same(read: object, value: object) -> bool:
    if isinstance(read, timedelta):
        read = read / timedelta(days=1)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - Excel knows no time zones
    if isinstance(read, date) and not isinstance(read, datetime):
        read = datetime(read.year, read.month, read.day)  # noqa: DTZ001
    if isinstance(read, bool) or isinstance(value, bool):
        return read is value
    return read == value or (isinstance(value, str) and read == value.replace("\r\n", "\n"))


def _openpyxl_faults(before: bytes, written: Written) -> Iterator[str]:
    if len(etree.tostring(_parsed(before, written.part))) > SMALL_ENOUGH_FOR_OPENPYXL:
        return
    try:
        old = _opened(before)
    except Exception:  # noqa: BLE001 - what it could not read before, it need not read now
        return
    try:
        new = _opened(written.content)
    except Exception as error:  # noqa: BLE001 - this one is ours
        yield f"openpyxl: cannot open: {type(error).__name__}"
        return
    if written.sheet in old.sheetnames and written.sheet in new.sheetnames:
        yield from _page_faults(old[written.sheet], new[written.sheet], written)


def _page_faults(old: Any, new: Any, written: Written) -> Iterator[str]:  # noqa: ANN401 - sheets of several kinds
    places = may_change(written)
    one, other = dict(old._cells), dict(new._cells)  # noqa: SLF001 - the quickest look at all cells
    for place in one.keys() | other.keys():
        if place not in places and _look(one.get(place)) != _look(other.get(place)):
            yield f"openpyxl: {place} changed"
    for place, value in written.cells.items():
        cell = new.cell(*place)
        if not _same(cell.value, value):
            yield f"openpyxl: {place} reads back as {type(cell.value).__name__}"
        if isinstance(value, str) and cell.data_type != "s":
            yield f"openpyxl: {place} is of type {cell.data_type}"
    if written.growth is not None and written.growth.native is not None:
        reached = {_corners(table.ref)[3] for table in new.tables.values()}
        if written.growth.rows.bottom not in reached:
            yield "openpyxl: the table did not grow"


def _opened(content: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), rich_text=False)


def _look(cell: Any) -> tuple[object, ...]:  # noqa: ANN401 - cells of several kinds
    if cell is None or not hasattr(cell, "data_type"):
        return ()
    value = cell.value
    if hasattr(value, "text"):
        value = (value.ref, value.text)
    elif hasattr(value, "__dict__"):
        value = tuple(sorted(map(str, vars(value).items())))
    return () if value is None and not cell.has_style else (value, cell.data_type, cell.number_format)
