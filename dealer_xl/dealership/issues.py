"""A wrong entry, and the one catalogue of what staff read about it.

Codes are stable; sentences may change. Each says what is wrong and what to do, without the heading,
which the column 校验 puts in front between 【】 (error) or 〔〕 (warning).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dealer_xl.schema import Table

ERROR, WARNING = "error", "warning"

MESSAGES = {
    "missing": "未填写，请补上",
    "not-a-date": "“{value}”不是日期，请写成 2026-03-05 的样子",
    "not-a-number": "“{value}”不是数字，请只填数字",
    "not-in-list": "“{value}”不在可选项中，请从下拉列表里选{choices}",
    "duplicate": "“{value}”与第{first_row}行重复，请改其中一个",
    "phone-format": "应为11位手机号或带区号的座机，请核对“{value}”",
    "plate-format": "“{value}”不像车牌号，请核对",
    "vin-format": "应为17位，不含 I、O、Q，请核对“{value}”",
    "vin-check-digit": "第9位校验码不符，请对照行驶证核对",
    "unknown-reference": "“{sheet}”表里没有“{value}”，请核对或先登记",
    "unknown-staff": "“员工”表里没有“{value}”，请核对或先登记",
    "date-in-future": "{value} 还没有到，请核对日期",
    "out-of-range": "应在 {low} 到 {high} 之间，请核对",
    "archive-late": "建档晚了：应在送修或来访后{days}天内",
    "contact-missing": "单位客户要写联系人，请补上",
    "plate-of-two-vins": "同一个车牌号登记了不同的VIN码，请核对",
    "vin-of-two-plates": "同一个VIN码登记了不同的车牌号，请核对是否换过牌",
    "phone-shared": "这个电话还登记在别的客户名下，请核对",
    "left-before-came": "出厂日期早于进厂日期，请核对这两个日期",
    "km-backwards": "比这辆车以前进厂时的里程还少，请核对",
    "slip-missing": "车已出厂，送修单、派工单、结算单要三单齐全",
    "claim-result-missing": "索赔车已出厂，请填写索赔结果",
    "first-call-early": "第一次跟踪早了：应在出厂后第{start}到第{end}天",
    "first-call-late": "第一次跟踪晚了：应在出厂后第{start}到第{end}天",
    "second-call-early": "第二次跟踪早了：应在第一次接通后第{start}到第{end}天",
    "second-call-late": "第二次跟踪晚了：应在第一次接通后第{start}到第{end}天",
    "notice-late": "通知晚了：应在活动开始前至少{days}天",
    "complaint-not-tracked": "是投诉，但“投诉跟踪”表里没有这个登记号，请登记",
    "report-late": "应在受理后{days}天内报告业务主管",
    "told-late": "应在得到解决办法后{days}天内告知客户（0天为当日）",
    "roles-missing": "受理、处理、反馈、跟踪、记录五个人都要写明",
    "confirm-missing": "关闭前要再次与客户确认，请填写再次确认日期",
    "letter-late": "寄晚了：应在电话通知后{days}天内",
    "letter-without-consent": "该客户没有同意接收营销信函，不应寄出",
    "letter-duplicate": "这次活动已经给该客户发过信，请勿重复",
}


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

    @property
    def heading(self) -> str:
        """Return the heading of its column."""
        return self.table.heading(self.column)


MOST_QUOTED = 30  # characters: a page pasted into a cell must not fill 校验
_NO_BRACKETS = str.maketrans(
    "【】〔〕", "[][]"
)  # those steer the colour, and only a heading may stand between them


def format_message(code: str, **words: object) -> str:
    """Write the sentence of a code; what was typed is quoted short."""
    if "value" in words:
        typed = str(words["value"])
        words["value"] = typed if len(typed) <= MOST_QUOTED else f"{typed[:MOST_QUOTED]}…"
    return MESSAGES[code].format(**words)


def status_text(issue: Issue) -> str:
    """Write an issue as it stands in the column 校验; the brackets steer the colour."""
    left, right = "【】" if issue.severity == ERROR else "〔〕"
    return f"{left}{issue.heading}{right}{issue.message.translate(_NO_BRACKETS)}"


def status_texts(issues: Iterable[Issue]) -> dict[int, str]:
    """Write what the column 校验 says of each row of one table that has an issue."""
    by_row: dict[int, list[str]] = {}
    for issue in issues:
        by_row.setdefault(issue.row, []).append(status_text(issue))
    return {row: "；".join(sentences) for row, sentences in by_row.items()}
