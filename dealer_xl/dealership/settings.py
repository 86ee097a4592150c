"""Every deadline, window and threshold that staff may change on the sheet 设置.

The fields of Settings are the list: key, default, unit, what it means and where the number comes from.
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
"""No number here is larger: a hundred years in months."""

WINDOWS = (("first_call_from", "first_call_to"), ("second_call_from", "second_call_to"))
"""Settings of which the first must not be larger than the second."""

CHOICES = {"day_count": (NATURAL_DAYS, WORKING_DAYS)}
"""Settings that are picked, not counted."""


def setting(default: int | str, unit: str, remark: str, source: str, low: int = 0) -> Any:  # noqa: ANN401 - as dataclasses.field
    """Declare one setting with its default, unit, meaning, source and the least it may be."""
    return field(default=default, metadata={"unit": unit, "remark": remark, "source": source, "low": low})


@dataclass(frozen=True)
class Settings:
    """The shop's settings; windows include both ends, days are counted as `day_count` says."""

    命令: str = setting(  # noqa: PLC2401 - staff type this row, and find it by its name
        UNFILLED,
        "",
        "不用按钮时：在“值”里写要办的事，如 校验、今日必做、月度总结 2026-10，保存后关闭工作簿；结果写在这一格",
        "须先运行 dealer-xl watch",
    )
    store_name: str = setting(
        UNFILLED, "", "本店名称，印在今日必做、总结和信函上；未填写时用文件夹的名字", "本店填写"
    )
    store_address: str = setting(UNFILLED, "", "本店地址，印在信函上", "本店填写")
    store_phone: str = setting(UNFILLED, "", "本店服务电话，印在信函上", "本店填写")
    archive_days: int = setting(2, "天", "送修或来访后几天内建档", "AR-02 两日内")
    first_call_from: int = setting(3, "天", "第一次跟踪：出厂后第几天起", "FC-01 三天至一周内")
    first_call_to: int = setting(7, "天", "第一次跟踪：最迟出厂后第几天", "FC-01 三天至一周内")
    second_call_from: int = setting(8, "天", "第二次跟踪：第一次接通后第几天起", "FC-02 一周后的7天以内")
    second_call_to: int = setting(14, "天", "第二次跟踪：最迟第一次接通后第几天", "FC-02 一周后的7天以内")
    report_days: int = setting(2, "天", "投诉受理后几天内报告业务主管", "FC-07 两日内")
    tell_days: int = setting(0, "天", "得到解决办法后几天内告知客户，0 为当日", "FC-08 当日")
    event_notice_days: int = setting(14, "天", "活动至少提前几天电话通知客户", "LE-01 提前两周")
    letter_days: int = setting(2, "天", "电话通知后几天内寄出信函", "LE-02 两日内")
    day_count: str = setting(
        NATURAL_DAYS, "", "天数按自然日还是工作日计算（工作日按国务院放假安排和“日历”表）", "资料未写明"
    )
    lost_months: int = setting(12, "月", "几个月没有进厂算流失客户", "行业通行", low=1)
    loyal_visits: int = setting(4, "次/年", "一年进厂几次算忠诚客户", "LL-01，次数为行业通行", low=1)
    vip_visit_months: int = setting(1, "月", "VIP 客户几个月拜访一次", "CV-02 每月一次", low=1)
    level1_visit_months: int = setting(2, "月", "一级客户几个月拜访一次", "CV-03 每两月一次", low=1)
    service_ahead_days: int = setting(14, "天", "保养到期前几天开始提醒", "本店自定")
    renewal_ahead_days: int = setting(60, "天", "保险到期前几天开始提醒", "本店自定")
    satisfied_from: int = setting(80, "分", "满意度几分以上算满意", "本店自定")
    letter_gap_days: int = setting(30, "天", "同一客户两封信至少隔几天", "本店自定")
    backup_keep: int = setting(30, "份", "备份保留最近几份", "本店自定", low=1)

    def filled(self, key: str) -> str:
        """Return a text setting, blank as long as the shop has not filled it in."""
        value = str(getattr(self, key))
        return "" if value == UNFILLED else value


@dataclass(frozen=True)
class Setting:
    """One row of the sheet 设置."""

    key: str
    default: int | str
    unit: str
    remark: str
    source: str
    low: int = 0

    @property
    def is_number(self) -> bool:
        """Return whether the value is a whole number."""
        return isinstance(self.default, int)


SETTINGS = tuple(
    Setting(
        each.name,
        each.default,  # type: ignore[arg-type]  # setting() gives each a default
        each.metadata["unit"],
        each.metadata["remark"],
        each.metadata["source"],
        each.metadata["low"],
    )
    for each in fields(Settings)
)
