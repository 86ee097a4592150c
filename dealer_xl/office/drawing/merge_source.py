"""The data source of Word's own mail merge (邮件合并): a sheet whose first row names the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import xlsxwriter

SHEET = "收信人"


def merge_source(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return a workbook with a row a letter; all cells are text, so that Word prints them as they are."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet, text, bold = (
            book.add_worksheet(SHEET),
            book.add_format({"num_format": "@"}),
            book.add_format({"bold": True}),
        )
        sheet.set_column(0, len(names) - 1, 16, text)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
            for row, words in enumerate(rows, 1):
                sheet.write_string(row, column, words[name], text)
    return buffer.getvalue()
