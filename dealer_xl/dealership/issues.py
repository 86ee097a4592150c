"""A wrong entry, and what can be wrong with a single cell.

Codes are stable; sentences may change. Each says what is wrong and what to do, without the heading,
which the column 校验 puts in front between 【】 (error) or 〔〕 (warning). What is wrong over several cells
stands in the rules, each with its own sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dealer_xl.schema import Table

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class CellCheck:
    """What can be wrong with a single cell: its code, its sentence, and the cells it looks at, in words for docs/checks.md."""

    code: str
    message: str
    cells: str
    severity: str = ERROR
    source: str = ""  # a standard; a domain ID


CELL_CHECKS = (
    CellCheck("missing", "未填写，请补上", "必填的列"),
    CellCheck("not-a-date", "“{value}”不是日期，请写成 2026-03-05 的样子", "日期和月份"),
    CellCheck("date-implausible", "“{value}”成了1990年以前的日子，请写成 2026-03-05 的样子", "日期"),
    CellCheck("not-a-number", "“{value}”不是数字，请只填数字", "数字和金额"),
    CellCheck("not-in-list", "“{value}”不在可选项中，请从下拉列表里选{choices}", "选项"),
    CellCheck("duplicate", "“{value}”与{first}重复，请改其中一个", "不能重复的列"),
    CellCheck("phone-format", "应为11位手机号或带区号的座机，请核对“{value}”", "电话"),
    CellCheck("plate-format", "“{value}”不像车牌号，请核对", "车牌", source="GA 36-2018"),
    CellCheck("vin-format", "应为17位，不含 I、O、Q，请核对“{value}”", "VIN码", source="GB 16735"),
    CellCheck("vin-check-digit", "第9位校验码不符，请对照行驶证核对", "VIN码", WARNING, "ISO 3779"),
    CellCheck("name-with-title", "名称里不用写先生、女士，称呼另有一列", "客户名称", WARNING),
    CellCheck("unknown-reference", "“{sheet}”表里没有“{value}”，请核对或先登记", "引用别的表的列"),
    CellCheck("unknown-staff", "“员工”表里没有“{value}”，请核对或先登记", "引用员工表的列"),
    CellCheck("date-in-future", "{value} 还没有到，请核对日期", "已发生的事的日期"),
    CellCheck("out-of-range", "应在 {low} 到 {high} 之间，请核对", "有上下限的列"),
)
CELL_CHECK = {check.code: check for check in CELL_CHECKS}


@dataclass(frozen=True)
class Issue:
    """One wrong entry: where it is, what is wrong, what to do."""

    table: Table
    row: int  # as Excel counts
    column: str  # key
    code: str
    value: object
    message: str
    severity: str = ERROR
    suggestion: str | None = None
    is_guess: bool = False  # the suggestion is likely, not proved
    used: bool = False  # the value is taken all the same, as the first of two phones is

    @property
    def heading(self) -> str:
        """Return the heading of its column."""
        return self.table.heading(self.column)


MOST_QUOTED = 30  # characters: a page pasted into a cell must not fill 校验
_NO_BRACKETS = str.maketrans(
    "【】〔〕", "[][]"
)  # those steer the colour, and only a heading may stand between them


def format_message(code: str, **words: object) -> str:
    """Write the sentence of a check of a single cell; what was typed is quoted short.

    Raises KeyError for a code that is in no CellCheck, or when a word of its sentence lacks.
    """
    if "value" in words:
        words["value"] = _quoted(str(words["value"]))
    return CELL_CHECK[code].message.format(**words)


def ask_whether(typed: str, guess: str) -> str:
    """Write the question whether something else was meant than what was typed."""
    return f"“{_quoted(typed)}”是不是 {guess}？"


def _quoted(typed: str) -> str:
    return typed if len(typed) <= MOST_QUOTED else f"{typed[:MOST_QUOTED]}…"


def status_text(issue: Issue, heading: str = "") -> str:
    """Write an issue as it stands in the column 校验; the brackets steer the colour, which goes by the heading of the sheet."""
    left, right = "【】" if issue.severity == ERROR else "〔〕"
    return f"{left}{heading or issue.heading}{right}{issue.message.translate(_NO_BRACKETS)}"


def status_texts(
    issues: Iterable[Issue], heading_of: Callable[[str, int], str] = lambda heading, _: heading
) -> dict[int, str]:
    """Write what the column 校验 says of each row of one table that has an issue.

    `heading_of`: what a column of ours (heading, row) is called on the sheet.
    """
    by_row: dict[int, list[str]] = {}
    for issue in issues:
        by_row.setdefault(issue.row, []).append(status_text(issue, heading_of(issue.heading, issue.row)))
    return {row: "；".join(sentences) for row, sentences in by_row.items()}
