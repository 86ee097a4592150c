"""The names and units of all figures, and the codes by which programs know them.

Staff read and type the name; the code stands in JSON and in a narrow column behind. A figure of the shop's own
(手工指标) has its name for a code, after `own:`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dealer_xl.dealership import formats

PERCENT = "%"
"""The unit of shares: fractions of one in cells and in memory."""

YUAN = "元"

OWN = "own:"
"""Before the name of a figure of the shop's own in its code."""


@dataclass(frozen=True)
class FigureName:
    """What a figure is called, and the unit of its values."""

    label: str
    unit: str


FIGURE_NAMES = {
    "revenue_total": FigureName("售后总营业额", YUAN),
    "revenue_insurance": FigureName("保险理赔产值", YUAN),
    "revenue_workshop": FigureName("车间维修及索赔产值", YUAN),
    "revenue_accessories": FigureName("精品销售额", YUAN),
    "cars_received": FigureName("进厂台次", "台"),
    "cars_per_day": FigureName("日均接车", "台/天"),
    "appointment_rate": FigureName("预约率", PERCENT),
    "ticket_repair": FigureName("维修单车产值", YUAN),
    "ticket_insurance": FigureName("保险单车产值", YUAN),
    "rework_rate": FigureName("返修率", PERCENT),
    "claim_pass_rate": FigureName("保修索赔通过率", PERCENT),
    "lube_services": FigureName("保养台次", "台"),
    "bodypaint_share": FigureName("钣喷产值占比", PERCENT),
    "delivered_on_time": FigureName("准时交车率", PERCENT),
    "output_per_head": FigureName("人均产值", YUAN),
    "csi": FigureName("客户满意度CSI", PERCENT),
    "satisfaction_rate": FigureName("服务满意率", PERCENT),
    "first_call_on_time": FigureName("首访及时率", PERCENT),
    "second_call_on_time": FigureName("二访及时率", PERCENT),
    "first_call_reached": FigureName("首访接通率", PERCENT),
    "second_call_reached": FigureName("二访接通率", PERCENT),
    "warranty_callback": FigureName("保修期内回访率", PERCENT),
    "archive_on_time": FigureName("建档及时率", PERCENT),
    "complaints": FigureName("投诉件数", "件"),
    "requests": FigureName("要求和希望件数", "件"),
    "complaint_report_on_time": FigureName("投诉上报及时率", PERCENT),
    "complaint_told_on_time": FigureName("答复告知及时率", PERCENT),
    "complaints_closed": FigureName("投诉结案件数", "件"),
    "complaint_days": FigureName("投诉平均处理天数", "天"),
    "confirm_satisfied": FigureName("投诉再次确认满意率", PERCENT),
    "letters_sent": FigureName("发出信函", "封"),
    "event_notice_on_time": FigureName("活动通知及时率", PERCENT),
    "events_held": FigureName("举办活动", "场"),
    "event_came_rate": FigureName("活动到场率", PERCENT),
    "base_customers": FigureName("基盘客户", "户"),
    "active_customers": FigureName("活跃客户", "户"),
    "lost_customers": FigureName("流失客户", "户"),
    "drifting_customers": FigureName("漂移客户", "户"),
    "loyal_customers": FigureName("忠诚客户", "户"),
    "lost_by_cycle": FigureName("超两个保养周期未来", "户"),
    "lost_after_first": FigureName("只来过一次的流失客户", "户"),
    "lost_loyal": FigureName("流失的忠诚客户", "户"),
    "first_services": FigureName("首保台次", "台"),
    "renewals": FigureName("续保台次", "台"),
    "renewal_premium": FigureName("续保保费", YUAN),
    "renewal_rate": FigureName("续保率", PERCENT),
    "appointments_kept": FigureName("预约到店率", PERCENT),
    "trainings_done": FigureName("完成培训", "次"),
    "trainings_frontdesk": FigureName("前台技能培训", "次"),
    "trainings_basic": FigureName("专业知识培训", "次"),
    "trainings_workshop": FigureName("车间技术培训", "次"),
    "problem_sessions": FigureName("疑难问题探讨", "次"),
    "technical_lectures": FigureName("学习讲座", "次"),
    "lectures_done": FigureName("举办讲堂", "次"),
    "activities_done": FigureName("部门活动", "次"),
}
"""Code to name and unit, in the order of the summary."""


def _normal(label: str) -> str:
    return formats.plain(label).replace(" ", "").casefold()


_CODES = {_normal(name.label): code for code, name in FIGURE_NAMES.items()}


def code_of(label: str) -> str:
    """Return the code of a figure by the name that staff read; a name that is not in the list is the shop's own."""
    return _CODES.get(_normal(label), f"{OWN}{label}")


def label_of(code: str) -> str:
    """Return the name that staff read by a code; an unknown code stands for itself."""
    name = FIGURE_NAMES.get(code)
    return name.label if name else code.removeprefix(OWN)
