"""The tables of 跟踪电话.xlsx: today's list, calls, complaints, appointments (FC-09, FC-10, CP-09, AP-01)."""

from __future__ import annotations

from dealer_xl.dealership.tables.words import (
    ARCHIVE_ALIASES,
    CALL_RESULTS,
    CALLS_BOOK,
    CLERK_ALIASES,
    MARK,
    NAME_ALIASES,
    NOTE,
    PHONE_ALIASES,
    PLATE_ALIASES,
    YES_NO,
)
from dealer_xl.schema import Column, FilledBy, Kind, Table

CHOICE, DATE, NUMBER = Kind.CHOICE, Kind.DATE, Kind.NUMBER
PROGRAM = FilledBy.PROGRAM

DIRECTIONS = ("呼出", "呼入")
CALL_KINDS = (
    "第一次跟踪",
    "第二次跟踪",
    "活动通知",
    "保养提醒",
    "续保提醒",
    "客户拜访",
    "流失回访",
    "投诉回访",
    "预约确认",
    "取车通知",
    "咨询",
    "投诉",
    "其他",
)
DONE = "已办"
"""What stands beside something on today's list that is no call."""
LOST_REASONS = ("价格", "距离", "服务", "维修质量", "换车", "搬迁", "其他店", "不明")
COMPLAINT_SOURCES = ("电话", "当面", "厂家热线", "12315", "网络")
COMPLAINT_NATURES = ("投诉", "要求", "希望")
COMPLAINT_CATEGORIES = (
    "维修质量",
    "交车延误",
    "等候时间",
    "服务态度",
    "价格费用",
    "配件供应",
    "车辆清洁",
    "产品质量",
)
COMPLAINT_STATES = ("处理中", "已解决", "已关闭")
SLOTS = ("上午", "下午", "晚间")
PARTS_STATES = ("齐", "缺", "已订")
APPOINTMENT_STATES = ("待到店", "已到店", "取消", "失约")
ASKED_CONSENTS = ("同意", "拒绝")

TODAY = Table(
    "Today",
    "今日必做",
    CALLS_BOOK,
    "今日必做",
    description="今天该打的电话、该办的事，可以打印。打完电话在白色各列填结果。",
    by_program=True,
    known_by=(("kind", "customer", "origin"),),
    columns=(
        Column("place", "序号", NUMBER, low=0, filled_by=PROGRAM, width=5),
        Column("clerk", "业务员", filled_by=PROGRAM, width=8),
        Column("kind", "事项", filled_by=PROGRAM, width=11),
        Column("customer", "客户名称", filled_by=PROGRAM, width=13),
        Column("plate", "车牌号", filled_by=PROGRAM, width=11),
        Column("phone", "联系电话", filled_by=PROGRAM, width=14),
        Column("due", "到期日", DATE, filled_by=PROGRAM, width=12),
        Column("overdue_days", "逾期天数", NUMBER, low=0, filled_by=PROGRAM, width=8),
        Column("why", "事由", filled_by=PROGRAM, width=21),
        Column("last_call", "上次通话", filled_by=PROGRAM, width=16, may_lack=True),
        Column("topic", "建议话题", filled_by=PROGRAM, width=12),
        Column(
            "done",
            "办理结果",
            CHOICE,
            choices=(*CALL_RESULTS, DONE),
            width=9,
            hint="电话填通话结果，其他的事办好了填“已办”",
        ),
        Column("points", "通话要点", width=18, may_lack=True),
        Column("satisfaction", "满意度", NUMBER, low=0, high=100, width=8, may_lack=True, hint="0 到 100 分"),
        Column("complaint", "是否投诉", CHOICE, choices=YES_NO, width=8, may_lack=True),
        Column("next_on", "下次联系日期", DATE, width=12, may_lack=True),
        Column(
            "consent",
            "营销同意",
            CHOICE,
            choices=ASKED_CONSENTS,
            width=8,
            may_lack=True,
            hint="问过客户是否愿意接收活动信函和短信才填",
        ),
        Column("archive_no", "档案号", filled_by=PROGRAM, width=8, may_lack=True),
        Column("order_no", "工单号", filled_by=PROGRAM, width=10, may_lack=True),
        Column("origin", "出处", filled_by=PROGRAM, width=11),
    ),
)

CALLS = Table(
    "Calls",
    "电话登记",
    CALLS_BOOK,
    "跟踪服务电话登记表",
    description="打出和打入的每一个电话一行，咨询和投诉电话也要登记。",
    known_by=tuple(("called_on", key) for key in ("archive_no", "order_no", "plate", "phone", "name")),
    columns=(
        Column("call_no", "登记号", required=True, unique=True, aliases=("电话登记号", "编号")),
        Column("called_on", "日期", DATE, required=True, happened=True, aliases=("通话日期", "来电日期")),
        Column("direction", "方向", CHOICE, required=True, choices=DIRECTIONS, aliases=("呼叫方向",)),
        Column("archive_no", "档案号", refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", required=True, aliases=NAME_ALIASES, width=18),
        Column("plate", "车牌号", Kind.PLATE, aliases=PLATE_ALIASES),
        Column("phone", "联系电话", Kind.PHONE, aliases=PHONE_ALIASES),
        Column("kind", "通话类型", CHOICE, required=True, choices=CALL_KINDS, aliases=("电话类型",)),
        Column(
            "order_no",
            "关联工单号",
            refers_to="Visits",
            aliases=("工单号",),
            hint="跟踪电话请填工单号，才能算是否按时",
        ),
        Column("event_no", "活动编号", refers_to="Events"),
        Column("result", "通话结果", CHOICE, required=True, choices=CALL_RESULTS),
        Column("points", "通话要点", aliases=("谈话要点", "通话内容"), width=30),
        Column("wishes", "客户要求", aliases=("客户需求",), width=20),
        Column(
            "answered",
            "当时答复",
            CHOICE,
            choices=YES_NO,
            width=10,
            may_lack=True,
            hint="客户的要求当时答复了没有；没有的记入“投诉跟踪”",
        ),
        Column(
            "lost_reason",
            "流失原因",
            CHOICE,
            choices=LOST_REASONS,
            may_lack=True,
            hint="流失回访时问到的原因",
        ),
        Column("satisfaction", "满意度", NUMBER, low=0, high=100, aliases=("赞誉度",), hint="0 到 100 分"),
        Column("complaint", "是否投诉", CHOICE, choices=YES_NO),
        Column("next_on", "下次联系日期", DATE),
        Column("clerk", "业务员", required=True, refers_to="Staff", aliases=CLERK_ALIASES),
        Column(
            "deputy_for",
            "代理(原业务员)",
            refers_to="Staff",
            aliases=("代理", "原业务员"),
            hint="代别人打的电话，填原业务员",
        ),
        NOTE,
        MARK,
    ),
)

COMPLAINTS = Table(
    "Complaints",
    "投诉跟踪",
    CALLS_BOOK,
    "客户投诉跟踪表",
    description="一件投诉、要求或希望一行：是什么事、怎么解决、谁办的、何时上报和告知。",
    known_by=(
        ("complaint_no",),
        *(("received_on", key) for key in ("archive_no", "call_no", "name", "plate")),
    ),
    columns=(
        Column("complaint_no", "投诉号", required=True, unique=True, aliases=("投诉编号",)),
        Column(
            "call_no",
            "登记号",
            refers_to="Calls",
            aliases=("电话登记号",),
            hint="打电话来的，填“电话登记”里的登记号",
        ),
        Column("source", "投诉来源", CHOICE, choices=COMPLAINT_SOURCES, may_lack=True),
        Column("archive_no", "档案号", refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", aliases=NAME_ALIASES, width=18, may_lack=True),
        Column("plate", "车牌号", Kind.PLATE, aliases=PLATE_ALIASES, may_lack=True),
        Column("phone", "联系电话", Kind.PHONE, aliases=PHONE_ALIASES, may_lack=True),
        Column("received_on", "受理日期", DATE, required=True, happened=True),
        Column(
            "nature", "性质", CHOICE, choices=COMPLAINT_NATURES, width=9, may_lack=True, hint="不填算投诉"
        ),
        Column(
            "category", "投诉类别", offers=COMPLAINT_CATEGORIES, width=12, hint="可以从列表选，也可以自己写"
        ),
        Column("content", "投诉内容", width=30, may_lack=True, hint="客户说了什么，按原话记"),
        Column("cause", "产生原因", width=24, may_lack=True),
        Column("solution", "解决办法", width=24, may_lack=True),
        Column("acceptor", "受理人", required=True),
        Column("handler", "处理人"),
        Column("informant", "反馈人"),
        Column("tracker", "跟踪人"),
        Column("recorder", "记录人"),
        Column("department", "责任部门"),
        Column("reported_on", "上报主管日期", DATE, happened=True, hint="两日内报业务主管"),
        Column("solved_on", "解决办法日期", DATE, happened=True),
        Column("told_on", "告知客户日期", DATE, happened=True, hint="得到解决办法的当日告知"),
        Column("confirmed_on", "再次确认日期", DATE, happened=True),
        Column("confirmed_score", "再次满意度", NUMBER, low=0, high=100, hint="0 到 100 分"),
        Column("parts_wait_days", "等待配件天数", NUMBER, low=0, high=1000),
        Column("status", "状态", CHOICE, required=True, choices=COMPLAINT_STATES),
        NOTE,
        MARK,
    ),
)

APPOINTMENTS = Table(
    "Appointments",
    "预约",
    CALLS_BOOK,
    "维修保养预约登记表",
    description="一次预约一行。来店前一天电话确认，配件先备齐。",
    may_lack=True,
    columns=(
        Column("appointment_no", "预约号", required=True, unique=True, aliases=("预约编号",)),
        Column("booked_on", "登记日期", DATE, happened=True),
        Column("due_on", "预约日期", DATE, required=True, aliases=("预约到店日期",)),
        Column("slot", "时段", CHOICE, choices=SLOTS, width=9),
        Column("at", "预约时间", Kind.TIME, aliases=("预约时刻",)),
        Column("archive_no", "档案号", refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", required=True, aliases=NAME_ALIASES, width=18),
        Column("plate", "车牌号", Kind.PLATE, aliases=PLATE_ALIASES),
        Column("phone", "联系电话", Kind.PHONE, aliases=PHONE_ALIASES),
        Column("services", "服务内容", required=True, aliases=("预约项目", "预约内容"), width=24),
        Column("parts", "所需配件", width=20),
        Column("parts_state", "配件状态", CHOICE, choices=PARTS_STATES),
        Column("advisor", "服务顾问", refers_to="Staff", aliases=("服务参谋", "效劳参谋", "SA")),
        Column("status", "状态", CHOICE, required=True, choices=APPOINTMENT_STATES),
        Column("order_no", "关联工单号", refers_to="Visits", hint="到店开工单后填工单号"),
        NOTE,
        MARK,
    ),
)

THIS_WEEK = Table(
    "ThisWeek",
    "本周",
    CALLS_BOOK,
    "本周要办的事",
    description="今后七天到期的电话和事项，按日期和业务员排好。",
    by_program=True,
    may_lack=True,
    known_by=(("day", "kind", "origin"),),
    columns=(
        Column("day", "日期", DATE, filled_by=PROGRAM),
        Column("weekday", "星期", filled_by=PROGRAM, width=8),
        Column("clerk", "业务员", filled_by=PROGRAM, width=10),
        Column("kind", "事项", filled_by=PROGRAM, width=14),
        Column("customer", "客户名称", filled_by=PROGRAM, width=18),
        Column("plate", "车牌号", filled_by=PROGRAM, width=12),
        Column("phone", "联系电话", filled_by=PROGRAM, width=15),
        Column("why", "事由", filled_by=PROGRAM, width=40),
        Column("origin", "出处", filled_by=PROGRAM, width=18),
    ),
)
