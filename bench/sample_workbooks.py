"""Workbooks of our own making that are changed at random by `fuzz.py`: a register as shops keep it, and oddities."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter

HEADINGS = ("登记号", "日期", "客户名称", "联系电话", "满意度", "下次日期", "备注", "校验")


def register() -> bytes:
    """Make a register with a table, formulas, rules, drop-downs, a chart, error values and a second sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        red = book.add_format({"bg_color": "#FFC7CE"})
        page = book.add_worksheet("电话登记")
        page.write(0, 0, "电话登记表")
        page.add_table(2, 0, 12, 7, {"name": "Calls", "columns": [{"header": text} for text in HEADINGS]})
        for row in range(3, 13):
            page.write_string(row, 0, f"T{row}")
            page.write_datetime(row, 1, date(2026, 1, row), day)
            page.write_rich_string(row, 2, "张", book.add_format({"bold": True}), f"三{row}")
            page.write_string(row, 3, f"138001380{row:02}")
            page.write_number(row, 4, 90 + row / 8)
            page.write_formula(row, 5, f"=B{row + 1}+7", day, 46030 + row)
            page.write_string(row, 6, "NA" if row % 2 else "<&> 备注")
        page.write_formula(2, 10, "=SUM(E4:E13)", None, 475)
        page.write_formula(3, 10, "=NA()", None, "#N/A")
        page.write_array_formula("L4:L6", "{=A4:A6}", None, "T3")
        page.data_validation(3, 6, 12, 6, {"validate": "list", "source": ["已回", "未回"]})
        page.conditional_format(3, 0, 12, 7, {"type": "formula", "criteria": "=$E4>90", "format": red})
        page.merge_range("N2:O3", "合并")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=电话登记!$E$4:$E$13"})
        page.insert_chart("M5", chart)
        book.add_worksheet("别的").write_formula(0, 0, "=电话登记!E4*2", None, 188)
    return content.getvalue()


def plain() -> bytes:
    """Make a list without a table, all texts inside the cells, days from 1904."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"date_1904": True, "constant_memory": True}) as book:
        page = book.add_worksheet("电话登记")
        day = book.add_format({"num_format": "yyyy/m/d h:mm"})
        page.write_row(0, 0, HEADINGS)
        for row in range(1, 15):
            page.write_row(row, 0, [f"T{row}"])
            page.write_datetime(row, 1, date(2026, 2, row), day)
            page.write_row(row, 2, [f"李四{row}", f"0512-6262{row:04}", row, None, "=文字", True])
    return content.getvalue()
