"""Rows under a heading that are no records: totals, footers, hints, sections, and the headings once more.

A shop's sheet is made to be read and printed; what people see at a glance must not be taken for a customer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from dealer_xl.heading_text import normal
from dealer_xl.office.sheets.cells import is_blank
from dealer_xl.office.sheets.grid import Grid


class RowKind(Enum):
    """Why a row is no record; the value is what staff read."""

    TOTAL = "合计行"
    FOOTER = "制表、审核等落款"
    HEADING = "重复的表头"
    HINT = "填写说明"
    SECTION = "分段标题"


@dataclass(frozen=True)
class SkippedRow:
    """A row that was left out, and why."""

    row: int
    kind: RowKind


_TOTAL = re.compile(
    r"(本月|本年|本季|本页|全年|累计)?(合计|总计|小计|总数|共计|累计|合\s*计|总\s*计)([:(\d].*)?"
)
_FOOTER = re.compile(
    r"(制表|填表|制单|审核|审批|复核|批准|主管|经办|负责人?|打印|编制|统计|填报|负责)(人|员|者|日期|时间|签字|签名)*:.*"
    r"|(制表人|填表人|审核人|填表日期|制表日期|制表时间|打印时间|打印日期).*"
    r"|第\d+页(,?共\d+页)?|共\d+页"
)
_HINT = re.compile(
    r"(必填|选填|可选|非必填|不填|必填项|选填项|填写说明|示例|举例|例如|如:|格式|下拉选择|请选择|请填写|自动).{0,40}"
)
_SECTION = re.compile(
    r"[-—=*_#~·.\s【\[<《(]*((20)?\d\d年)?(\d{1,2}月份?|[一二三四]季度|第?[一二三四五六七八九十\d]+(周|部分|组)|上半年|下半年|上旬|中旬|下旬|20\d\d年?度?)[-—=*_#~·.\s】\]>》)]*"
)
_RULED = re.compile(r"[-—=*_#~·]{2,}.*[-—=*_#~·]{2,}")
MOST_OF_HEADINGS = 0.6
FEW = 3
"""A footer has so few filled cells at most."""


@dataclass(frozen=True)
class RowReader:
    """What tells records from other rows: the headings, and the columns that a record is known by."""

    headings: Mapping[int, str]  # sheet column to heading, of all headings that stand there
    identity: Sequence[int]  # sheet columns by which a row is known
    sums: frozenset[int] = frozenset()  # rows in which a SUM or SUBTOTAL stands

    def kind(self, grid: Grid, row: int) -> RowKind | None:
        """Return why a row is no record, None for a record (or a blank row)."""
        cells = {column: value for column, value in grid.row(row) if not is_blank(value)}
        if not cells:
            return None
        texts = {column: normal(value) for column, value in cells.items() if isinstance(value, str)}
        lead = texts.get(min(cells), "")
        only_texts = list(texts.values()) if len(texts) == len(cells) else []
        tests: tuple[tuple[RowKind, Callable[[], bool]], ...] = (
            (RowKind.HEADING, lambda: self._repeats_headings(texts)),
            (
                RowKind.TOTAL,
                lambda: _is_total(texts, lead) or (row in self.sums and self._has_no_identity(cells)),
            ),
            (RowKind.FOOTER, lambda: len(cells) <= FEW and _FOOTER.fullmatch(lead) is not None),
            (RowKind.HINT, lambda: _are_hints(only_texts)),
            (RowKind.SECTION, lambda: len(cells) == 1 and _is_section(lead)),
        )
        return next((kind for kind, holds in tests if holds()), None)

    def _repeats_headings(self, texts: Mapping[int, str]) -> bool:
        same = sum(normal(heading) == texts.get(column) for column, heading in self.headings.items())
        return same >= 2 and same >= MOST_OF_HEADINGS * len(texts)

    def _has_no_identity(self, cells: Mapping[int, object]) -> bool:
        return not any(column in cells for column in self.identity)


def _is_total(texts: Mapping[int, str], lead: str) -> bool:
    """Return whether the first text of a row says that it is a sum."""
    return _TOTAL.fullmatch(lead) is not None or any(
        text in ("合计", "总计", "小计") for text in texts.values()
    )


def _is_section(lead: str) -> bool:
    return _SECTION.fullmatch(lead) is not None or _RULED.fullmatch(lead) is not None


def _are_hints(texts: Sequence[str]) -> bool:
    hints = sum(_HINT.fullmatch(text) is not None for text in texts)
    return hints >= 2 and hints >= MOST_OF_HEADINGS * len(texts)
