"""Every deadline, window and threshold that staff may change on the sheet 设置.

The fields of Settings are the list: key, default, the name that staff read, unit, what it means and where the number
comes from; `items` are the domain IDs, which only programmers read.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

NATURAL_DAYS = "自然日"
WORKING_DAYS = "工作日"

UNFILLED = "（未填写）"
"""What stands in 设置 until the shop has typed its own words."""

REQUEST = "命令"
"""The row of 设置 in which staff ask for a job; nothing is judged by it."""

LARGEST = 1200
"""No number here is larger where nothing else is named: a hundred years in months."""

WINDOWS = (("first_call_from", "first_call_to"), ("second_call_from", "second_call_to"))
"""Settings of which the first must not be larger than the second."""

CHOICES = {"day_count": (NATURAL_DAYS, WORKING_DAYS)}
"""Settings that are picked, not counted."""

HOUSE = "本店约定"
TRADE = "行业通行"
RULES = "服务制度"


def setting(  # noqa: PLR0913, PLR0917 - the cells of one row
    default: int | str,
    label: str,
    unit: str,
    remark: str,
    source: str = HOUSE,
    items: str = "",
    low: int = 0,
    high: int = LARGEST,
) -> Any:  # noqa: ANN401 - as dataclasses.field
    """Declare one setting: default, name, unit, meaning, source, domain IDs, and the least and most it may be."""
    words = {"label": label, "unit": unit, "remark": remark, "source": source, "items": items}
    return field(default=default, metadata={**words, "low": low, "high": high})


@dataclass(frozen=True)
class Settings:
    """The shop's settings; windows include both ends, days are counted as `day_count` says."""

    命令: str = setting(  # noqa: PLC2401 - staff type this row, and find it by its name
        UNFILLED,
        REQUEST,
        "",
        "不用按钮时：在“值”里写要办的事，如 校验、今日必做、月度总结 2026-10，保存后关闭工作簿；结果写在这一格",
        "先开着“等候命令”",
    )
    store_name: str = setting(
        UNFILLED,
        "店名",
        "",
        "本店名称，印在今日必做、总结和信函上；未填写时用文件夹的名字",
        "本店填写",
    )
    store_address: str = setting(UNFILLED, "店址", "", "本店地址，印在信函上", "本店填写")
    store_phone: str = setting(UNFILLED, "店电话", "", "本店服务电话，印在信函上", "本店填写")
    archive_days: int = setting(2, "建档期限", "天", "送修或来访后几天内建档", f"{RULES}：两日内", "AR-02")
    archive_drop_days: int = setting(60, "建档提醒放弃", "天", "建档过了期限几天后不再提醒")
    first_call_from: int = setting(
        3, "首访最早", "天", "第一次跟踪：出厂后第几天起", f"{RULES}：三天至一周内", "FC-01"
    )
    first_call_to: int = setting(
        7, "首访最晚", "天", "第一次跟踪：最迟出厂后第几天", f"{RULES}：三天至一周内", "FC-01"
    )
    second_call_from: int = setting(
        8, "二访最早", "天", "第二次跟踪：第一次接通后第几天起", f"{RULES}：一周后的7天内", "FC-02"
    )
    second_call_to: int = setting(
        14, "二访最晚", "天", "第二次跟踪：最迟第一次接通后第几天", f"{RULES}：一周后的7天内", "FC-02"
    )
    follow_up_drop_days: int = setting(30, "跟踪放弃", "天", "跟踪电话过了期限几天后不再提醒")
    consult_drop_days: int = setting(60, "咨询放弃", "天", "来访、来电咨询的跟踪过了期限几天后不再提醒")
    promise_drop_days: int = setting(90, "约定放弃", "天", "约好再联系的日子过了几天后不再提醒")
    call_tries: int = setting(3, "最多拨打次数", "次", "没打通最多打几次，打满后不再提醒", low=1)
    report_days: int = setting(
        2, "投诉上报期限", "天", "投诉受理后几天内报告业务主管", f"{RULES}：两日内", "FC-07"
    )
    tell_days: int = setting(
        0, "答复告知期限", "天", "得到解决办法后几天内告知客户，0 为当日", f"{RULES}：当日", "FC-08"
    )
    confirm_days: int = setting(3, "再次确认期限", "天", "告知客户后几天内再确认一次是否满意", HOUSE, "CP-05")
    event_notice_days: int = setting(
        14, "活动通知提前", "天", "活动至少提前几天电话通知客户", f"{RULES}：提前两周", "LE-01"
    )
    event_call_days: int = setting(7, "活动通知历时", "天", "活动通知电话分在几天里打完")
    letter_days: int = setting(2, "寄信期限", "天", "电话通知后几天内寄出信函", f"{RULES}：两日内", "LE-02")
    letter_gap_days: int = setting(30, "信函间隔", "天", "同一客户两封营销信函至少隔几天")
    day_count: str = setting(NATURAL_DAYS, "天数算法", "", "填 自然日 或 工作日（按放假安排和“日历”表）")
    lost_months: int = setting(12, "流失期限", "月", "几个月没有进厂算流失客户", TRADE, low=1)
    drifting_months: int = setting(
        9, "漂移期限", "月", "几个月没有进厂算漂移客户，快要流失了", HOUSE, "LL-05", low=1
    )
    loyal_visits: int = setting(4, "忠诚次数", "次/年", "一年进厂几次算忠诚客户", TRADE, "LL-01", low=1)
    lost_call_days: int = setting(14, "流失回访期限", "天", "成为流失客户后几天内回访", HOUSE, "LL-03")
    lost_drop_months: int = setting(12, "流失回访放弃", "月", "成为流失客户几个月后不再提醒回访")
    vip_visit_months: int = setting(
        1, "VIP拜访间隔", "月", "VIP 客户几个月拜访一次", "客户分类：每月一次", "CV-02", low=1
    )
    level1_visit_months: int = setting(
        2, "一级拜访间隔", "月", "一级客户几个月拜访一次", "客户分类：每两月一次", "CV-03", low=1
    )
    visit_ahead_days: int = setting(7, "拜访提前", "天", "拜访到期前几天开始提醒")
    service_ahead_days: int = setting(14, "保养提醒提前", "天", "保养到期前几天开始提醒")
    service_drop_days: int = setting(60, "保养提醒放弃", "天", "保养到期几天后不再提醒")
    first_service_months: int = setting(
        3, "首保期限", "月", "购车后几个月内做首次保养", HOUSE, "FC-17", low=1
    )
    renewal_ahead_days: int = setting(60, "续保提醒提前", "天", "保险到期前几天开始提醒")
    renewal_call_days: int = setting(30, "续保致电期限", "天", "最迟在保险到期前几天打电话", HOUSE, "IN-09")
    renewal_drop_days: int = setting(90, "续保放弃", "天", "保险到期前的致电期限过了几天后不再提醒")
    plan_ahead_days: int = setting(7, "计划提前", "天", "工作计划、整改措施到期前几天开始提醒")
    satisfied_from: int = setting(80, "满意分数线", "分", "满意度几分以上算满意", high=100)
    warranty_months: int = setting(36, "保修期限", "月", "购车后几个月内在保修期", TRADE, "FC-13", low=1)
    warranty_km: int = setting(
        60_000, "保修里程", "公里", "行驶多少公里以内在保修期", TRADE, "FC-13", low=1, high=1_000_000
    )
    rework_days: int = setting(10, "返修判断天数", "天", "出厂后几天内为同一故障再来算返修", HOUSE, "KP-08")
    slot_cars: int = setting(10, "时段容量", "台", "每个时段最多接受几台预约", HOUSE, "AP-01", low=1)
    backup_keep: int = setting(30, "备份份数", "份", "备份保留最近几份", low=1)

    def filled(self, key: str) -> str:
        """Return a text setting, blank as long as the shop has not filled it in."""
        value = str(getattr(self, key))
        return "" if value == UNFILLED else value


@dataclass(frozen=True)
class Setting:
    """One row of the sheet 设置."""

    key: str
    default: int | str
    label: str  # what staff read
    unit: str
    remark: str
    source: str
    items: str = ""
    low: int = 0
    high: int = LARGEST

    @property
    def is_number(self) -> bool:
        """Return whether the value is a whole number."""
        return isinstance(self.default, int)


SETTINGS = tuple(
    Setting(each.name, each.default, **each.metadata)  # type: ignore[arg-type]  # setting() gives each a default
    for each in fields(Settings)
)

KEYS = {each.label: each.key for each in SETTINGS if each.key != each.label}
"""The English key of each name, shown in a narrow column of 设置."""

_LABELS = {each.key.casefold(): each.label for each in SETTINGS} | {
    each.label.casefold(): each.label for each in SETTINGS
}


def label_of(typed: str) -> str:
    """Return the name of the setting that is meant by its name or its English key; else what was typed."""
    return _LABELS.get("".join(typed.split()).casefold(), typed)
