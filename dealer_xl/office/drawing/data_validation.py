"""What Excel says beside a cell while staff fill it: drop-downs, hints and mild objections.

Nothing is forbidden: a shop pastes whole columns, and the check tells what is wrong afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from dealer_xl.schema import Column, FilledBy, Kind, Table
from dealer_xl.workbook_spec import Report, WorkbookSpec

FIRST_ROW, LAST_ROW = 4, 1_048_576
EARLIEST, LATEST = date(1980, 1, 1), date(2099, 12, 31)
HUGE = 1e12  # a number of the trade lies within

KIND_HINTS = {
    Kind.CHOICE: "请从下拉列表中选",
    Kind.DATE: "日期，如 2026-03-05",
    Kind.MONTH: "月份，如 2026-03",
    Kind.TIME: "时间，如 09:30",
    Kind.MONEY: "单位元，如 1280.50",
    Kind.PHONE: "11位手机号，或带区号的座机，如 020-88886666",
    Kind.PLATE: "如 粤A12345，新能源车如 粤AD12345",
    Kind.VIN: "17位，没有字母 I、O、Q",
}
NOT_BY_HAND = {
    FilledBy.FORMULA: "由公式算出，请不要手工改",
    FilledBy.PROGRAM: "由程序填写，请不要手工改",
}


def validation_of(column: Column, table: Table, book: WorkbookSpec) -> dict[str, Any]:
    """Return the options of the column's data validation; empty when there is nothing to say."""
    hints = _hints(column, table, book.tables)
    limits = {} if column.filled_by is not FilledBy.STAFF else _limits(column, table, book)
    if not hints and not limits:
        return {}
    hint = {"input_title": column.heading, "input_message": "；".join(hints)} if hints else {}
    return {"validate": "any", "ignore_blank": True, **limits, **hint}


def drop_down_of(table: Table) -> str:
    """Return the formula for a drop-down of the numbers or names that a table holds so far."""
    letter = xl_col_to_name(table.columns.index(table.key_column))
    first = f"{table.sheet}!${letter}${FIRST_ROW}"
    count = f"MAX(1,COUNTA({first}:${letter}${LAST_ROW}))"
    return f"=OFFSET({first},0,0,{count},1)"


def _hints(column: Column, table: Table, tables: Sequence[Table]) -> list[str]:
    """Gather what is worth knowing when filling a cell."""
    if column.filled_by is not FilledBy.STAFF:
        return [NOT_BY_HAND[column.filled_by]]
    hints = ["必填"] if column.required and not column.unless else []
    if column.unique and not column.hint:
        hints.append("不能重复")
    if column.refers_to:
        hints.append(_where_it_stands(column, table, tables))
    if column.kind is not Kind.MONTH or not column.hint:
        hints += [KIND_HINTS[column.kind]] if column.kind in KIND_HINTS else []
    return [*hints, column.hint] if column.hint else hints


def _where_it_stands(column: Column, table: Table, tables: Sequence[Table]) -> str:
    """Return from which sheet the number or name comes."""
    source = next(each for each in tables if each.name == column.refers_to)
    place = f"“{source.sheet}”表"
    if source.workbook != table.workbook:
        place = f"《{source.workbook.removesuffix('.xlsx')}》{place}"
    return f"填{place}里已有的{source.key_column.heading}"


def _limits(column: Column, table: Table, book: WorkbookSpec) -> dict[str, Any]:
    """Return what Excel asks back about when it is typed."""
    if column.offers or column.offers_from or column.offers_by:
        source_cells = _offered(column, table, book)
        return {"validate": "list", "source": source_cells, "show_error": False}
    source = next((each for each in book.tables if each.name == column.refers_to), None)
    if column.choices:
        return _listed(column, list(column.choices), "不在下拉列表中")
    if source and source.workbook == table.workbook and source.sheet in {each.sheet for each in book.sheets}:
        return _listed(column, drop_down_of(source), f"在“{source.sheet}”表里找不到")
    if column.kind is Kind.DATE:
        asks = f"日期请写成 2026-03-05 的样子，否则“{column.heading}”无法计算。"
        return _between(column, "date", EARLIEST, LATEST, asks)
    if column.kind in (Kind.NUMBER, Kind.MONEY):
        low = -HUGE if column.low is None else column.low
        high = HUGE if column.high is None else column.high
        asks = "请只填数字。" if column.high is None else f"请填 {low:,.0f} 到 {high:,.0f} 之间的数字。"
        return _between(column, "decimal", low, high, asks)
    return {}


LISTS_SHEET, LISTS_END = "可选内容", 20_000


def _offered(column: Column, table: Table, book: WorkbookSpec) -> list[str] | str:
    """Return the words that a column offers where others are allowed, or the formula for them."""
    if column.offers:
        return list(column.offers)
    return _picked_by(column, table) if column.offers_by else _offered_by(column, book)


def _picked_by(column: Column, table: Table) -> str:
    """Return the formula for the words that stand in the sheet of lists beside what other cells of the row say.

    There a * is written in full width: Excel would look for a pattern.
    """
    letters = [xl_col_to_name(table.columns.index(table.column(key))) for key in column.offers_by]
    said = '&"|"&'.join(f"${letter}{FIRST_ROW}" for letter in letters)
    key, keys = f'SUBSTITUTE({said},"*","＊")', f"{LISTS_SHEET}!$A${FIRST_ROW}:$A${LISTS_END}"
    return f"=OFFSET({LISTS_SHEET}!$B${FIRST_ROW},MATCH({key},{keys},0)-1,0,COUNTIF({keys},{key}),1)"


def _offered_by(column: Column, book: WorkbookSpec) -> str:
    """Return the cells of a report whose words a column offers."""
    report = next(
        each for each in book.sheets if isinstance(each, Report) and each.figures.name == column.offers_from
    )
    letter = xl_col_to_name(report.figures.columns.index(report.figures.column(column.key)))
    return f"={report.sheet}!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + len(report.rows) - 1}"


def _listed(column: Column, source: list[str] | str, trouble: str) -> dict[str, Any]:
    """Offer a list, and ask when something else is typed."""
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": f"请核对{column.heading}",
        "error_message": f"填的内容{trouble}。",
    }


def _between(column: Column, kind: str, low: Any, high: Any, asks: str) -> dict[str, Any]:  # noqa: ANN401 - date or number
    """Remark on what lies outside two limits."""
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "error_type": "information",
        "error_title": f"请核对{column.heading}",
        "error_message": asks,
    }
