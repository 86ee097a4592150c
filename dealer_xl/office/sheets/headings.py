"""Find a table's headings in a sheet, under whatever name and in whatever order the shop keeps them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dealer_xl.errors import DealerXlError
from dealer_xl.office.protocols import Cell
from dealer_xl.office.sheets.grid import Grid
from dealer_xl.schema import Column, Table

DEEPEST_HEADING_ROW = 50

# Traditional characters that occur in headings and their other names.
_TRADITIONAL = (
    "檔號戶稱類聯繫係電話區車碼種購買來訪務員級維養護項週裡裏險營銷記錄單編進廠業預約顧問諾結賠變備註驗動計劃畫點滿訴"
    "關處責門報決辦確認時間態狀發經標準實際場內題負開說戰參數離崗職曆歷譽讚談達應詢別製證條識輛後優費產額帳謀勞諮屬圖"
    "書絡機傳駕駛齡顏總樣還價誌貨隊長組執兩聲蹤調復複繳續"
)
_SIMPLIFIED = (
    "档号户称类联系系电话区车码种购买来访务员级维养护项周里里险营销记录单编进厂业预约顾问诺结赔变备注验动计划划点满诉"
    "关处责门报决办确认时间态状发经标准实际场内题负开说战参数离岗职历历誉赞谈达应询别制证条识辆后优费产额账谋劳咨属图"
    "书络机传驾驶龄颜总样还价志货队长组执两声踪调复复缴续"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_DECORATION = re.compile(r"[\s*※★]|:$")


class SheetMissingError(DealerXlError):
    """The workbook has no sheet of that name."""

    def __init__(self, workbook: str, sheet: str, found: Sequence[str]) -> None:
        super().__init__(
            f"《{workbook}》里没有“{sheet}”表，现有：{'、'.join(found) or '无'}；请把对应的工作表改名为“{sheet}”。"
        )


class HeadingMissingError(DealerXlError):
    """A sheet lacks headings that the table needs."""

    def __init__(self, workbook: str, sheet: str, missing: Sequence[str], found: Sequence[str]) -> None:
        super().__init__(
            f"《{workbook}》的“{sheet}”表缺少{'、'.join(f'“{heading}”' for heading in missing)}列，"
            f"现有的表头：{'、'.join(found) or '无'}；请补上缺少的列，或把意思相同的表头改成这个名字。"
        )


@lru_cache(maxsize=4096)
def normal(heading: str) -> str:
    """Bring a heading into the form in which two of them are compared."""
    text = unicodedata.normalize("NFKC", heading).translate(_TO_SIMPLIFIED).casefold()
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return _DECORATION.sub("", _DECORATION.sub("", seen))


@dataclass(frozen=True)
class HeadingRow:
    """The row of a sheet that fits a table best, and the sheet columns of the table's headings."""

    row: int
    columns: Mapping[str, int]  # the schema's heading to the sheet's column number
    exact: int  # how many bear the very heading, not another name of it
    found: tuple[str, ...]  # the headings as they stand there

    def missing(self, table: Table) -> list[str]:
        """List the headings of the table that the row lacks."""
        needed = (column.heading for column in table.columns if not column.may_lack)
        return [heading for heading in needed if heading not in self.columns]

    @property
    def fit(self) -> tuple[int, int]:
        """Return how well the row fits: all headings found, then those found by their own name."""
        return len(self.columns), self.exact


def read_headings(table: Table, row: int, cells: Iterable[tuple[int, Cell]]) -> HeadingRow:
    """Match one row of a sheet with the table's headings; each sheet column serves once, the first wins."""
    shown = [(column, text.strip()) for column, text in cells if isinstance(text, str) and text.strip()]
    free: dict[str, int] = {}
    for column, text in shown:
        free.setdefault(normal(text), column)
    columns: dict[str, int] = {}
    for schema_column in table.columns:
        _take(schema_column, (schema_column.heading,), free, columns)
    exact = len(columns)
    for schema_column in table.columns:
        if schema_column.heading not in columns:
            _take(schema_column, schema_column.aliases, free, columns)
    return HeadingRow(row, columns, exact, tuple(text for _, text in shown))


def _take(column: Column, names: Iterable[str], free: dict[str, int], columns: dict[str, int]) -> None:
    for name in names:
        if normal(name) in free:
            columns[column.heading] = free.pop(normal(name))
            return


def find_heading_row(table: Table, grid: Grid) -> HeadingRow:
    """Find the row that fits the table's headings best; of equals the first."""
    last = min(grid.bottom, DEEPEST_HEADING_ROW)
    rows = (read_headings(table, row, grid.row(row)) for row in range(grid.top, last + 1))
    return max(rows, key=lambda row: row.fit, default=HeadingRow(1, {}, 0, ()))
