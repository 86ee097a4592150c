"""Usual layouts of dealer systems, garage software and clerks' own sheets: no heading is used for what it is not."""

from __future__ import annotations

from datetime import date

import pytest

from dealer_xl.dealership.adopting.proposal import ADOPTABLE
from dealer_xl.dealership.matching.columns import CERTAIN, SheetColumn, match_columns
from dealer_xl.dealership.matching.table_choice import choose_table
from dealer_xl.dealership.matching.vocabulary import MAYBE, WORDS_MEAN
from dealer_xl.dealership.tables import BY_NAME

DAY, PHONE, PLATE, VIN = date(2026, 9, 1), "13800138000", "粤A12345", "LSVAA4182E2184841"

LAYOUTS: dict[str, tuple[str, str]] = {
    "宝客经销商客户档案": (
        "Customers",
        "客户编号:档案号? 客户名称:客户名称 客户性质:客户类型? 联系人:联系人 联系电话=P:联系电话 固定电话: 省: 市: 详细地址:地址 邮编:邮政编码? 牌照号=N:车牌号 车架号=V:VIN码 发动机号: 品牌: 车系: 车型名称:车型? 颜色: 销售日期=D:购车日期? 下次保养日期=D:下次保养日期 保险到期日=D:保险到期日",
    ),
    "会员卡登记": (
        "Customers",
        "会员卡号:档案号? 会员姓名:客户名称 性别:称呼? 生日=D: 手机号码=P:联系电话 车牌号=N:车牌号 车型:车型 开卡日期=D:建档日期? 卡内余额: 累计消费: 会员等级:客户等级?",
    ),
    "门店车主通讯录": (
        "Customers",
        "序号: 车主:客户名称 电话=P:联系电话 车号=N:车牌号 品牌型号:车型? 上次来店=D: 下次保养里程: 备注:备注",
    ),
    "续保客户清单": (
        "Renewals",
        "保单号:续保号? 投保日期=D:日期? 车主姓名:客户名称 车牌号=N:车牌号 保险公司:保险公司 险种:险种 保费金额:保费? 起保日期=D:生效日期? 终保日期=D:到期日期? 业务员:经办人? 手机=P:",
    ),
    "服务站派工单": (
        "Visits",
        "派工单号:派工单号 车牌号=N:车牌号 送修人: 送修人电话=P: 进站时间=D:进厂日期 预计交车时间=D:承诺交车日期 维修类别:业务类型? 行驶里程:进厂里程? 故障描述:维修养护项目? 接待员:服务顾问? 派工时间=D: 维修班组: 技师:",
    ),
    "结算明细": (
        "Visits",
        "结算单号:结算单号 工单号:工单号 客户:客户名称 车牌=N:车牌号 结算时间=D:出厂日期? 工时费: 材料费: 管理费: 优惠: 应收金额:金额? 实收金额: 欠款: 收银员: 进厂日期=D:进厂日期",
    ),
    "保养记录表": (
        "Visits",
        "日期=D:进厂日期? 车牌=N:车牌号 里程:进厂里程? 保养项目:维修养护项目? 机油型号: 机滤: 空滤: 费用:金额? 下次保养里程: 操作人:",
    ),
    "索赔登记": (
        "Visits",
        "索赔单号: 工单号:工单号 车架号=V: 车牌号=N:车牌号 故障件号: 故障描述:维修养护项目? 索赔金额:金额? 审核状态:索赔结果? 提报日期=D: 维修日期=D:进厂日期?",
    ),
    "三日电访表": (
        "Calls",
        "工单号:关联工单号 车牌号=N:车牌号 客户姓名:客户名称 联系电话=P:联系电话 离店日期=D: 回访日期=D:日期 回访人员:业务员? 是否接通:通话结果? 服务态度: 维修质量: 交车时间准时: 总体评分:满意度? 客户意见:通话要点? 处理结果:",
    ),
    "来电登记": (
        "Calls",
        "来电时间=D:日期 来电号码=P:联系电话? 客户姓名:客户名称 车牌号=N:车牌号 来电事由:通话要点? 处理情况: 受理人: 是否回复:当时答复?",
    ),
    "流失招揽台账": (
        "Calls",
        "序号: 车牌=N:车牌号 姓名:客户名称 手机=P:联系电话 最后进厂日期=D: 招揽日期=D:日期? 招揽结果:通话结果? 流失原因:流失原因 是否预约: 跟进人:业务员?",
    ),
    "投诉处理单": (
        "Complaints",
        "投诉编号:投诉号 投诉时间=D:受理日期 投诉渠道:投诉来源? 客户名称:客户名称 车牌号=N:车牌号 联系方式=P:联系电话 投诉类型:投诉类别 投诉内容:投诉内容 责任部门:责任部门 责任人:处理人? 处理方案:解决办法? 处理时限=D: 完成时间=D:解决办法日期? 回访满意度:再次满意度? 是否结案:状态?",
    ),
    "客诉日报": (
        "Complaints",
        "日期=D:受理日期? 客户:客户名称 车号=N:车牌号 抱怨内容:投诉内容? 原因分析:产生原因? 处理结果:解决办法? 接待人:受理人? 部门:责任部门?",
    ),
    "寄信登记簿": (
        "Letters",
        "寄出日期=D:发函日期? 收件人:客户名称? 收件地址:地址? 邮编: 信件类型:信函种类? 快递单号: 经办人:经办人 备注:备注",
    ),
    "活动计划表": (
        "Events",
        "活动编号:活动编号 活动主题:活动名称? 活动类型:活动类型 开始时间=D:开始日期 结束时间=D:结束日期 活动地点:地点 活动内容:内容 目标人数:目标邀约数? 到场人数:实际到场? 负责人:负责人 预算:",
    ),
    "预约登记表": (
        "Appointments",
        "预约单号:预约号 登记时间=D:登记日期 预约进厂日期=D:预约日期? 预约时段:时段 客户姓名:客户名称 车牌号=N:车牌号 手机号=P:联系电话 预约项目:服务内容? 服务顾问:服务顾问 预约状态:状态",
    ),
    "员工花名册": (
        "Staff",
        "工号: 姓名:姓名 性别: 部门:部门 职务:岗位? 入职日期=D: 电话=P: 身份证号:",
    ),
    "培训记录": (
        "Trainings",
        "培训日期=D:日期 参加人员:姓名? 培训主题:主题 讲师:讲师 课时: 考核成绩:成绩? 是否合格:是否合格",
    ),
    "年度指标": (
        "Targets",
        "指标名称:指标? 单位:单位 去年实际: 今年目标:年度目标? 增长率: 责任部门: 备注:备注",
    ),
    "奖惩台账": (
        "Rewards",
        "日期=D:日期 员工姓名:姓名 奖惩类型:类型? 事由:事项? 金额:金额 批准人: 备注:备注",
    ),
}
"""Title to our table and headings; after = what stands below (Phone, plate Number, Vin, Day), after : our column, ? asked or certain."""
VALUES = {"P": PHONE, "N": PLATE, "V": VIN, "D": DAY, "": None}


def _drawn(name: str) -> list[tuple[str, object, str, bool]]:
    found = []
    for each in LAYOUTS[name][1].split():
        left, _, meant = each.rpartition(":")
        heading, _, kind = left.partition("=")
        found.append((heading, VALUES[kind], meant.removesuffix("?"), meant.endswith("?")))
    return found


def _columns(name: str) -> list[SheetColumn]:
    return [SheetColumn(heading, [value] * 3 if value else []) for heading, value, _, _ in _drawn(name)]


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_heading_of_a_usual_layout_is_used_for_what_it_is_not(name: str) -> None:
    meant = {heading: right for heading, _, right, _ in _drawn(name)}

    used = [
        (match.heading, match.column.heading)
        for match in match_columns(BY_NAME[LAYOUTS[name][0]], _columns(name))
        if match.column is not None and match.sure == CERTAIN
    ]

    assert [pair for pair in used if meant[pair[0]] != pair[1]] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_column_of_a_usual_layout_is_used_or_offered(name: str) -> None:
    matches = match_columns(BY_NAME[LAYOUTS[name][0]], _columns(name))
    offered = {
        match.heading: {column.heading for column in (match.column, *match.candidates) if column is not None}
        for match in matches
    }

    missed = [
        (heading, right) for heading, _, right, _ in _drawn(name) if right and right not in offered[heading]
    ]
    assert missed == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_table_of_a_usual_layout_is_right_or_among_those_asked(name: str) -> None:
    choice = choose_table(_columns(name), ADOPTABLE, ("Sheet1", name, ""))

    candidates = [match.table.name for match in choice.candidates]
    if choice.sure == CERTAIN:
        assert candidates[0] == LAYOUTS[name][0]
    assert LAYOUTS[name][0] in candidates


def test_every_other_name_and_word_is_of_a_column_and_an_option_of_ours() -> None:
    keys = {(table.name, column.key) for table in BY_NAME.values() for column in table.columns}
    options = {
        (column.key, choice)
        for table in BY_NAME.values()
        for column in table.columns
        for choice in column.choices
    }

    assert {(table, key) for table, columns in MAYBE.items() for key in columns} <= keys
    assert {(key, choice) for key, words in WORDS_MEAN.items() for choice in words} <= options
