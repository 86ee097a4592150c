"""Choosing customers by what stands in the archive, and by their visits: `列=值` of --where."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.parsers import READERS, Unreadable
from dealer_xl.dealership.tables import CUSTOMERS
from dealer_xl.errors import DealerXlError
from dealer_xl.schema import Column, Kind

LAST_VISIT, LOYAL = "最近进厂日期", "忠诚客户"
"""What is computed from the visits and can be asked for like a column."""

_CONDITION = re.compile(r"\s*([^<>=≥≤]+?)\s*(>=|<=|≥|≤|=|>|<)\s*(.*?)\s*")
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "≥": operator.ge,
    "<=": operator.le,
    "≤": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_ORDERED = (Kind.DATE, Kind.NUMBER, Kind.MONEY)


class ConditionError(DealerXlError):
    """A condition cannot be understood."""

    def __init__(self, condition: str, why: str) -> None:
        super().__init__(f"筛选条件“{condition}”{why}。")


def matching(dataset: Dataset, conditions: Sequence[str]) -> pd.Series:
    """Return, for each row of the archive, whether it meets every condition; several values are parted by 、.

    Raises ConditionError.
    """
    rows = dataset.tables["Customers"]
    met = pd.Series(True, index=rows.index)
    for condition in conditions:
        met &= _meets(dataset, condition)
    return met


def _meets(dataset: Dataset, condition: str) -> pd.Series:
    parts = _CONDITION.fullmatch(condition)
    if parts is None:
        raise ConditionError(condition, "没有写对，请写成 地区=天河 或 最近进厂日期<2026-06-01 的样子")
    heading, sign, text = parts.groups()
    column = _column(heading)
    if column is None:
        raise ConditionError(
            condition, f"里没有“{heading}”这一列，请用“客户档案”的列名、{LAST_VISIT} 或 {LOYAL}"
        )
    cells = _cells(dataset, column)
    if sign != "=":
        if column.kind not in _ORDERED:
            raise ConditionError(condition, f"里“{heading}”不是日期或数字，只能用等号")
        met: pd.Series = _OPERATORS[sign](cells, _value(condition, column, text)).fillna(False).astype(bool)
        return met
    values = [_value(condition, column, each) for each in re.split("[、，,]", text) if each.strip()]
    return cells.isin(values) if values else cells.isna()


def _column(heading: str) -> Column | None:
    computed = {
        LAST_VISIT: Column("last_visit", LAST_VISIT, Kind.DATE),
        LOYAL: Column("loyal", LOYAL, Kind.CHOICE, choices=("是", "否")),
    }
    found = (column for column in CUSTOMERS.columns if heading in (column.heading, *column.aliases))
    return computed.get(heading) or next(found, None)


def _value(condition: str, column: Column, text: str) -> object:
    try:
        value = READERS[column.kind](text.strip(), column)
    except Unreadable as fault:
        raise ConditionError(condition, f"里的“{text}”不能作为“{column.heading}”的值，请核对") from fault
    return pd.Timestamp(value) if column.kind is Kind.DATE else value  # type: ignore[arg-type]  # a date


def _cells(dataset: Dataset, column: Column) -> pd.Series:
    customers = dataset.tables["Customers"]
    visits = dataset.tables["Visits"].dropna(subset=["archive_no", "came_on"])
    if column.key == "last_visit":
        return look_up(customers["archive_no"], visits.groupby("archive_no")["came_on"].max())
    if column.key == "loyal":
        year = visits[visits["came_on"] > dataset.today - pd.DateOffset(months=12)]
        often = look_up(customers["archive_no"], year["archive_no"].value_counts()).fillna(0)
        return (often >= dataset.settings.loyal_visits).map({True: "是", False: "否"})
    return customers[column.key]
