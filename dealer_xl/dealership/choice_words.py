"""Words that clerks type for our choices: the one place where they are declared.

Understood without a question is only what means one choice in every shop; what may mean several is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from dealer_xl.dealership.tables import archive, calls, plan
from dealer_xl.dealership.tables import letter_register as letters
from dealer_xl.dealership.tables.words import CALL_RESULTS, CONSENTS, YES_NO
from dealer_xl.heading_text import normal
from dealer_xl.schema import Column

Words: TypeAlias = Mapping[str, str]
"""Our choice, and the words for it with spaces between."""

YES = "√ ✓ ✔ ☑ 对 有 是的 y yes"
NO = "× ✗ ✘ 无 没有 没 不是 n no"

OF_CHOICES: Mapping[tuple[str, ...], Words] = {
    YES_NO: {"是": YES, "否": NO},
    letters.PROMISES: {
        "是": f"{YES} 参加 来 会来 能来 一定来 确定参加",
        "否": f"{NO} 不参加 不来 来不了 不能来",
        "未定": "不确定 待定 不一定 再看 还没定 没定",
    },
    CALL_RESULTS: {
        "接通": "已接 已接通 接听 已接听 接了 通了 打通 打通了 已打通 有人接 正常接听 接通了",
        "未接": "未接通 没接通 未接听 无人接听 无人接 没人接 没接 关机 已关机 占线 正在通话 通话中 忙音 无法接通 暂时无法接通 不在服务区 打不通 没打通 未打通 无应答 无人应答",
        "拒接": "挂断 已挂断 直接挂断 被挂断 挂机 拒绝接听 拒听 按掉",
        "空号": "停机 已停机 错号 打错 打错了 非本人 不是本人 号码错误 号码有误 号码不对 号码不存在 停用",
        "其他": "其它",
    },
    calls.DIRECTIONS: {
        "呼出": "打出 去电 拨出 外呼 主叫 打出去 呼出电话",
        "呼入": "打入 来电 打进 打进来 呼进 被叫 客户来电 呼入电话",
    },
    calls.CALL_KINDS: {
        "第一次跟踪": "首访 一访 首次跟踪 首次回访 第一次回访 一次跟踪 一次回访 首次跟踪回访 三日回访 3日回访 三天回访 3天回访 第1次跟踪 第1次回访",
        "第二次跟踪": "二访 二次跟踪 二次回访 第二次回访 第2次跟踪 第2次回访 再次跟踪",
        "活动通知": "活动邀约 活动邀请 邀约活动 通知活动",
        "保养提醒": "保养通知 提醒保养 保养到期提醒 定保提醒",
        "续保提醒": "续保 续保通知 保险提醒 保险到期提醒 提醒续保",
        "客户拜访": "拜访 电话拜访 拜访客户",
        "流失回访": "流失客户回访 流失客户 流失招揽",
        "投诉回访": "投诉跟踪回访 投诉处理回访 回访投诉",
        "预约确认": "确认预约 预约提醒",
        "取车通知": "通知取车 提车通知 通知提车 完工通知",
        "咨询": "来电咨询 客户咨询 咨询电话 询问 问询",
        "投诉": "客户投诉 来电投诉 投诉电话",
        "其他": "其它",
    },
    archive.VISIT_KINDS: {
        "保养": "常规保养 定期保养 定保 首保 首次保养 小保养 大保养 例行保养 日常保养",
        "维修": "机修 一般维修 普通维修 常规维修 修理 小修 大修 机电维修 故障维修",
        "保险理赔": "事故车 事故 事故维修 事故理赔 保险事故 理赔 保险维修",
        "保修索赔": "索赔 三包 三包索赔 质保 质保索赔 保修 厂家索赔 保修期索赔",
        "精品": "精品加装 精品装潢 加装精品 装潢",
        "其他": "其它 召回 免费检测",
    },
    archive.CUSTOMER_KINDS: {
        "个人": "私人 个人客户 私人客户 私家车 自然人",
        "单位": "公司 企业 单位客户 公司客户 公户 公车 对公 法人",
    },
    archive.VEHICLE_KINDS: {
        "轿车": "小轿车 三厢轿车 两厢轿车",
        "SUV": "越野车 越野 城市越野 运动型多用途车",
        "MPV": "商务车 多用途车",
        "新能源": "新能源车 新能源汽车 电动车 电动汽车 纯电 纯电动 插混 插电混动 ev phev",
        "商用车": "货车 卡车 大客车 载货车",
        "其他": "其它",
    },
    archive.GRADES: {
        "VIP": "vip客户 贵宾 贵宾客户",
        "一级": "1级 一级客户 i级",
        "二级": "2级 二级客户 ii级",
        "其他": "其它",
    },
    archive.TITLES: {"先生": "男 男士 男性", "女士": "女 小姐 太太 女性"},
    archive.QUALITIES: {"优": "优秀 优质", "良": "良好", "中": "一般 中等", "差": "较差"},
    archive.CLAIM_RESULTS: {
        "通过": "已通过 批准 已批准",
        "未通过": "不通过 没通过 没有通过 拒赔 驳回 被拒 未批准",
        "待定": "待审 待审核 审核中 未定 等结果",
    },
    CONSENTS: {
        "同意": "愿意 已同意 客户同意",
        "拒绝": "不同意 不愿意 不接受 已拒绝 客户拒绝",
        "未知": "不详 不清楚 不知道 未问 没问 没问过 还没问",
    },
    archive.POLICIES: {
        "交强险": "交强",
        "商业险": "商业",
        "交强险+商业险": "交强+商业 交强险和商业险 商业险+交强险 交强险、商业险 交强商业",
    },
    archive.CHANNELS: {
        "到店": "来店 到店办理",
        "电话": "电话续保 电话邀约",
        "转介绍": "介绍 朋友介绍",
        "其他": "其它",
    },
    calls.LOST_REASONS: {
        "价格": "价格高 价格贵 太贵 贵 费用高 嫌贵",
        "距离": "太远 远 距离远 路远 路程远",
        "服务": "服务差 服务不好 服务态度 服务态度差",
        "维修质量": "修不好 质量差 维修质量差 没修好",
        "换车": "卖车 车卖了 已卖车 换车了 已换车",
        "搬迁": "搬家 搬走 搬家了 搬到外地",
        "其他店": "其它店 别的店 去别的店 去其他店 快修店 路边店",
        "不明": "不详 不清楚 未知 不知道",
    },
    calls.COMPLAINT_SOURCES: {
        "电话": "来电 电话投诉",
        "当面": "现场 到店 当场 面谈",
        "厂家热线": "400热线 厂家400 厂家客服",
        "网络": "网上 微信 抖音 微博 论坛",
    },
    calls.COMPLAINT_STATES: {
        "处理中": "未解决 待处理 跟进中 进行中 未处理 正在处理",
        "已解决": "解决 解决了 已处理 处理完 已处理完",
        "已关闭": "关闭 结案 已结案 已结 完结 已完结",
    },
    calls.SLOTS: {"上午": "早上 早 am", "下午": "pm", "晚间": "晚上 晚 夜间"},
    calls.PARTS_STATES: {
        "齐": "齐全 有货 已到 到齐 已齐 已到货",
        "缺": "缺货 缺件 没货 无货 缺料",
        "已订": "已订货 订货中 已订购",
    },
    calls.APPOINTMENT_STATES: {
        "待到店": "待到 待来店 已预约 预约中",
        "已到店": "已到 到店 来了 已来 已来店",
        "取消": "已取消 客户取消 取消了",
        "失约": "爽约 没来 未来店",
    },
    letters.LETTER_STATES: {
        "待寄": "未寄 未寄出 没寄 待发",
        "已寄": "寄出 已寄出 寄了 已发 已发出",
        "退回": "退信 被退回 已退回 退了",
    },
    letters.LETTER_KINDS: {
        "通知": "通知书 通知函",
        "邀请函": "邀请信 邀请 请柬",
        "答复函": "答复 回复函 回函 答复信",
    },
    plan.TRAINING_KINDS: {"培训": "培训学习", "定期考核": "定期考试", "不定期考核": "抽考 不定期考试"},
    plan.REWARD_KINDS: {"奖励": "表扬 奖", "违规": "处罚 罚款 扣罚"},
    ("≥", "≤"): {"≥": ">= 大于等于 不少于 不低于", "≤": "<= 小于等于 不超过 不高于"},
}
"""The words for the choices of columns, by the choices."""

OF_COLUMNS: Mapping[str, Words] = {
    "first_service": {"是": "首保", "否": "非首保 不是首保"},
    "rework": {"是": "返修", "否": "非返修 不是返修"},
    "booked": {"是": "预约 已预约", "否": "未预约 没预约 没有预约"},
    "complaint": {"是": "投诉", "否": "无投诉 没有投诉 未投诉 不投诉"},
    "passed": {"是": "合格 及格 通过", "否": "不合格 不及格 未通过"},
    "came": {"是": "到场 已到场 到了 来了", "否": "未到场 没到场 没来 未到"},
    "answered": {"是": "已答复 答复了", "否": "未答复 没答复"},
    "ours": {"是": "本店 在本店", "否": "外店 别的店 不在本店"},
    "reported": {"是": "已报", "否": "未报 没报"},
}
"""Further words of single columns, by their keys."""

DENIALS = "不未没无非否别停"
"""A word with one of these may mean the contrary of the choice that it holds."""


def choice_of(word: str, column: Column) -> str | None:
    """Return the choice of a column that a word means in every shop, else None; script, width and case do not matter."""
    return _words(column.choices, column.key).get(normal(word))


def likely_choice(word: str, column: Column) -> str:
    """Return the only choice that stands in a word, "" where there are several, or a denial beside it."""
    text = normal(word)
    held = [choice for choice in column.choices if normal(choice) in text]
    rest = text.replace(normal(held[0]), "") if held else ""
    return held[0] if len(held) == 1 and not any(sign in DENIALS for sign in rest) else ""


@cache
def _words(choices: tuple[str, ...], key: str) -> dict[str, str]:
    found = {normal(choice): choice for choice in choices}
    for table in (OF_CHOICES.get(choices, {}), OF_COLUMNS.get(key, {})):
        for choice, words in table.items():
            if choice in choices:
                found |= {normal(word): choice for word in words.split() if normal(word) not in found}
    return found
