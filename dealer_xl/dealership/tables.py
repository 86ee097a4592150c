"""Every table of the four workbooks: this is the one place where a column or a choice is told.

The workbooks, the drop-downs, the checks, the typed tables and the column guide all come from here.
Sheet and heading names are exact. Sources: AR-04, AR-05, FC-09, FC-10, LE-03 and section 6 of the domain
notes: no source prints the columns of the forms, so the house designed them.
"""

from __future__ import annotations

from dealer_xl.schema import CHECK, Column, FilledBy, Kind, Table

CHOICE, DATE, MONEY, MONTH = Kind.CHOICE, Kind.DATE, Kind.MONEY, Kind.MONTH
NUMBER, PHONE, PLATE, VIN = Kind.NUMBER, Kind.PHONE, Kind.PLATE, Kind.VIN
FORMULA, PROGRAM = FilledBy.FORMULA, FilledBy.PROGRAM

ARCHIVE_BOOK = "客户档案.xlsx"
CALLS_BOOK = "跟踪电话.xlsx"
LETTERS_BOOK = "信函登记.xlsx"
PLAN_BOOK = "月度计划.xlsx"

YES_NO = ("是", "否")
CUSTOMER_KINDS = ("个人", "单位")
VEHICLE_KINDS = ("轿车", "SUV", "MPV", "新能源", "商用车", "其他")
GRADES = ("VIP", "一级", "二级", "其他")
CONSENTS = ("同意", "拒绝", "未知")
VISIT_KINDS = ("保养", "维修", "保险理赔", "保修索赔", "精品")
CLAIM_RESULTS = ("通过", "未通过", "待定")
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
    "咨询",
    "投诉",
    "其他",
)
CALL_RESULTS = ("接通", "未接", "拒接", "空号", "其他")
COMPLAINT_STATES = ("处理中", "已解决", "已关闭")
LETTER_KINDS = ("通知", "邀请函", "答复函")
LETTER_STATES = ("待寄", "已寄", "退回")
EVENT_KINDS = ("联谊活动", "优惠服务", "免费服务", "汽车讲堂", "其他")
PLAN_CATEGORIES = (
    "前台技能培训",
    "专业知识培训",
    "车间技术培训",
    "疑难问题探讨",
    "部门活动",
    "汽车讲堂",
    "学习讲座",
    "其他",
)

NAME_ALIASES = ("客户姓名", "车主", "车主姓名", "姓名", "用户名称")
PHONE_ALIASES = ("电话", "手机", "手机号", "手机号码", "联系方式", "客户电话")
PLATE_ALIASES = ("车号", "车牌", "牌照号", "车牌号码", "牌号")
CLERK_ALIASES = ("跟踪业务员", "业务人员", "跟踪员")
ARCHIVE_ALIASES = ("档案编号", "客户编号", "客户档案号")

NOTE = Column("note", "备注", width=18, may_lack=True)
MARK = Column("check", CHECK, filled_by=PROGRAM, width=46)

CUSTOMERS = Table(
    "Customers",
    "客户档案",
    ARCHIVE_BOOK,
    "客户档案基本资料表",
    description="一辆车一行。客户送修或来访后两日内建档。",
    columns=(
        Column(
            "archive_no",
            "档案号",
            required=True,
            unique=True,
            aliases=ARCHIVE_ALIASES,
            hint="每辆车一个号，不能重复",
        ),
        Column("name", "客户名称", required=True, aliases=NAME_ALIASES, width=18),
        Column("customer_kind", "客户类型", CHOICE, choices=CUSTOMER_KINDS),
        Column("contact", "联系人", hint="单位客户必须填写联系人"),
        Column("phone", "联系电话", PHONE, required=True, aliases=PHONE_ALIASES),
        Column("region", "地区", aliases=("区域", "所在地区")),
        Column(
            "address", "地址", aliases=("住址", "通讯地址", "联系地址"), width=30, hint="寄信用，写到门牌号"
        ),
        Column("plate", "车牌号", PLATE, required=True, aliases=PLATE_ALIASES),
        Column("vin", "VIN码", VIN, aliases=("VIN", "车架号", "车辆识别代号", "底盘号")),
        Column("model", "车型", required=True, aliases=("车辆型号",), width=16),
        Column("vehicle_kind", "车种", CHOICE, choices=VEHICLE_KINDS, aliases=("车辆种类",)),
        Column("bought_on", "购车日期", DATE, happened=True, aliases=("购买日期",)),
        Column(
            "came_on",
            "送修或来访日期",
            DATE,
            required=True,
            happened=True,
            aliases=("送修日期", "来访日期", "送修(来访)日期"),
            hint="办完进厂手续或咨询结束的日期",
        ),
        Column("archived_on", "建档日期", DATE, required=True, happened=True, hint="应在送修或来访后两日内"),
        Column("clerk", "业务员", required=True, refers_to="Staff", aliases=CLERK_ALIASES),
        Column("grade", "客户等级", CHOICE, choices=GRADES, aliases=("客户分类", "等级")),
        Column(
            "services",
            "维修养护项目",
            aliases=("维修保养项目", "保养项目", "维修养护工程", "服务项目"),
            width=18,
        ),
        Column("cycle_months", "保养周期(月)", NUMBER, width=13, low=1, high=60, hint="几个月保养一次，如 6"),
        Column(
            "cycle_km",
            "保养周期(公里)",
            NUMBER,
            width=15,
            low=500,
            high=100_000,
            hint="多少公里保养一次，如 10000",
        ),
        Column("last_service_on", "上次保养日期", DATE, happened=True),
        Column("last_service_km", "上次保养里程", NUMBER, low=0, high=2_000_000),
        Column(
            "next_service_on",
            "下次保养日期",
            DATE,
            filled_by=FORMULA,
            formula='IF(OR({last_service_on}="",{cycle_months}=""),"",EDATE({last_service_on},{cycle_months}))',
            aliases=("下一次保养期", "下次保养期"),
        ),
        Column("insured_until", "保险到期日", DATE, aliases=("保险到期", "保险截止日期")),
        Column("wishes", "希望得到的服务", aliases=("希望得到的效劳",), width=20),
        Column("consent", "营销同意", CHOICE, choices=CONSENTS, hint="客户是否同意接收活动信函和短信"),
        Column("consent_note", "同意记录", width=20, hint="何时、以何种方式同意或拒绝"),
        NOTE,
        MARK,
    ),
)

VISITS = Table(
    "Visits",
    "维修记录",
    ARCHIVE_BOOK,
    "维修养护记录表",
    description="一张工单一行。送修单、派工单、结算单三单合一。",
    columns=(
        Column("order_no", "工单号", required=True, unique=True, aliases=("工单编号", "维修单号")),
        Column("archive_no", "档案号", required=True, refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", aliases=NAME_ALIASES, width=18),
        Column("plate", "车牌号", PLATE, aliases=PLATE_ALIASES),
        Column("came_on", "进厂日期", DATE, required=True, happened=True, aliases=("接车日期",)),
        Column("left_on", "出厂日期", DATE, happened=True, aliases=("交车日期", "接车出厂日期")),
        Column("km", "进厂里程", NUMBER, low=0, high=2_000_000, aliases=("里程", "公里数", "行驶里程")),
        Column("kind", "业务类型", CHOICE, required=True, choices=VISIT_KINDS),
        Column("first_service", "是否首保", CHOICE, choices=YES_NO),
        Column("services", "维修养护项目", aliases=("维修项目", "维修养护工程"), width=20),
        Column("amount", "金额", MONEY, required=True, low=0, high=10_000_000, aliases=("结算金额", "产值")),
        Column("booked", "是否预约", CHOICE, choices=YES_NO),
        Column("rework", "是否返修", CHOICE, choices=YES_NO),
        Column("advisor", "服务顾问", refers_to="Staff", aliases=("服务参谋", "效劳参谋", "SA")),
        Column("promised_on", "承诺交车日期", DATE),
        Column("claim", "索赔结果", CHOICE, choices=CLAIM_RESULTS),
        Column("repair_slip", "送修单号"),
        Column("dispatch_slip", "派工单号"),
        Column("settlement_slip", "结算单号"),
        NOTE,
        MARK,
    ),
)

CHANGES = Table(
    "Changes",
    "变更记录",
    ARCHIVE_BOOK,
    "客户资料变更记录表",
    description="联系电话、地址、联系人、保险到期日一有变更，校验时自动记一行。",
    columns=(
        Column("changed_on", "日期", DATE, happened=True),
        Column("archive_no", "档案号", refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("field", "字段", width=14),
        Column("old", "原值", width=30),
        Column("new", "新值", width=30),
        NOTE,
        MARK,
    ),
)

TODAY = Table(
    "Today",
    "今日必做",
    CALLS_BOOK,
    "今日必做",
    description="今天该打的电话、该办的事，按到期先后排好，可打印。",
    by_program=True,
    columns=(
        Column("place", "序号", NUMBER, filled_by=PROGRAM, width=6),
        Column("kind", "事项", filled_by=PROGRAM, width=12),
        Column("customer", "客户名称", filled_by=PROGRAM, width=16),
        Column("plate", "车牌号", filled_by=PROGRAM, width=11),
        Column("phone", "联系电话", filled_by=PROGRAM, width=14),
        Column("due", "到期日", DATE, filled_by=PROGRAM),
        Column("overdue_days", "逾期天数", NUMBER, filled_by=PROGRAM, width=9),
        Column("clerk", "业务员", filled_by=PROGRAM, width=9),
        Column("why", "事由", filled_by=PROGRAM, width=36),
        Column("topic", "建议话题", filled_by=PROGRAM, width=20),
        Column("origin", "出处", filled_by=PROGRAM, width=16),
        Column("done", "办理结果", width=14),
    ),
)

CALLS = Table(
    "Calls",
    "电话登记",
    CALLS_BOOK,
    "跟踪服务电话登记表",
    description="打出和打入的每一个电话一行，咨询和投诉电话也要登记。",
    columns=(
        Column("call_no", "登记号", required=True, unique=True, aliases=("电话登记号", "编号")),
        Column("called_on", "日期", DATE, required=True, happened=True, aliases=("通话日期", "来电日期")),
        Column("direction", "方向", CHOICE, required=True, choices=DIRECTIONS, aliases=("呼叫方向",)),
        Column("archive_no", "档案号", refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", required=True, aliases=NAME_ALIASES, width=18),
        Column("plate", "车牌号", PLATE, aliases=PLATE_ALIASES),
        Column("phone", "联系电话", PHONE, aliases=PHONE_ALIASES),
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
    description="一件投诉一行：谁受理、处理、反馈、跟踪、记录，何时上报、告知。",
    columns=(
        Column("complaint_no", "投诉号", required=True, unique=True, aliases=("投诉编号",)),
        Column("call_no", "登记号", required=True, refers_to="Calls", aliases=("电话登记号",)),
        Column("archive_no", "档案号", refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("received_on", "受理日期", DATE, required=True, happened=True),
        Column("category", "投诉类别", width=12),
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
        Column("confirmed_score", "再次满意度", NUMBER, low=0, high=100),
        Column("parts_wait_days", "等待配件天数", NUMBER, low=0, high=1000),
        Column("status", "状态", CHOICE, required=True, choices=COMPLAINT_STATES),
        NOTE,
        MARK,
    ),
)

LETTERS = Table(
    "Letters",
    "信函登记",
    LETTERS_BOOK,
    "跟踪服务信函登记表",
    description="每次发出的通知、邀请函、答复函一行；点“生成信函”时自动登记。",
    columns=(
        Column("letter_no", "登记号", required=True, unique=True, width=18, aliases=("信函登记号", "编号")),
        Column("sent_on", "发函日期", DATE, required=True, happened=True, aliases=("寄出日期",)),
        Column("kind", "信函种类", CHOICE, required=True, choices=LETTER_KINDS, aliases=("种类",)),
        Column("event_no", "活动编号", refers_to="Events"),
        Column("archive_no", "档案号", required=True, refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", required=True, aliases=NAME_ALIASES, width=18),
        Column("address", "地址", aliases=("住址", "通讯地址"), width=30),
        Column("phoned_on", "电话通知日期", DATE, happened=True, hint="活动前两周先打电话通知"),
        Column("subject", "事由", width=20),
        Column("file", "文件名", width=28),
        Column("clerk", "经办人", required=True, refers_to="Staff"),
        Column("status", "状态", CHOICE, choices=LETTER_STATES),
        NOTE,
        MARK,
    ),
)

EVENTS = Table(
    "Events",
    "活动计划",
    LETTERS_BOOK,
    "客户活动计划表",
    description="一个活动一行。内容、日期、地点写清楚，邀请函照此生成。",
    columns=(
        Column("event_no", "活动编号", required=True, unique=True),
        Column("name", "活动名称", required=True, width=24),
        Column("kind", "活动类型", CHOICE, choices=EVENT_KINDS),
        Column("starts_on", "开始日期", DATE, required=True, aliases=("活动日期",)),
        Column("ends_on", "结束日期", DATE),
        Column("place", "地点", required=True, width=24),
        Column("content", "内容", required=True, width=40),
        Column("invited", "目标邀约数", NUMBER, low=0, high=100_000),
        Column("attended", "实际到场", NUMBER, low=0, high=100_000),
        Column("owner", "负责人", refers_to="Staff"),
        NOTE,
        MARK,
    ),
)

TARGETS = Table(
    "Targets",
    "年度目标",
    PLAN_BOOK,
    "年度工作目标表",
    description="一年一个指标一行。已按资料填好默认目标，请改成本店的。",
    unique_together=("year", "code"),
    columns=(
        Column("year", "年度", NUMBER, required=True, low=2000, high=2100, width=8),
        Column("code", "指标代码", required=True, width=24),
        Column("label", "指标", width=20),
        Column("unit", "单位", width=8),
        Column("target", "年度目标", NUMBER, width=14),
        Column("direction", "方向", CHOICE, choices=("≥", "≤"), width=7),
        Column("stretch", "挑战目标", NUMBER, width=14),
        Column("remark", "说明", width=44),
        NOTE,
        MARK,
    ),
)

BREAKDOWN = Table(
    "Breakdown",
    "月度分解",
    PLAN_BOOK,
    "年度目标月度分解表",
    description="把年度目标分到每月、每季；程序填写，可以再改。",
    unique_together=("year", "code"),
    columns=(
        Column("year", "年度", NUMBER, low=2000, high=2100, width=8),
        Column("code", "指标代码", width=24),
        Column("label", "指标", width=20),
        Column("unit", "单位", width=8),
        *(Column(f"month_{month}", f"{month}月", NUMBER, width=11) for month in range(1, 13)),
        *(
            Column(f"quarter_{place}", f"{name}季度", NUMBER, width=12)
            for place, name in enumerate("一二三四", start=1)
        ),
        Column("whole_year", "全年", NUMBER, width=13),
        NOTE,
        MARK,
    ),
)

WORK_PLAN = Table(
    "Tasks",
    "工作计划",
    PLAN_BOOK,
    "月度工作计划表",
    description="培训、讲堂、部门活动等一项一行；办完填完成日期。",
    columns=(
        Column("task_no", "编号", required=True, unique=True),
        Column("month", "月份", MONTH, required=True, hint="如 2026-03"),
        Column("kind", "类别", CHOICE, choices=PLAN_CATEGORIES, width=14),
        Column("content", "内容", required=True, width=40),
        Column("owner", "负责人", refers_to="Staff"),
        Column("planned_on", "计划日期", DATE),
        Column("done_on", "完成日期", DATE, happened=True),
        NOTE,
        MARK,
    ),
)

SETTINGS = Table(
    "Settings",
    "设置",
    PLAN_BOOK,
    "参数设置表",
    description="期限、窗口、周期都在这里改，改后立即按新值计算。",
    columns=(
        Column("key", "参数", required=True, unique=True, width=22),
        Column("value", "值", required=True, width=18),
        Column("unit", "单位", width=8),
        Column("remark", "说明", width=56),
        Column("source", "来源", width=22),
        NOTE,
        MARK,
    ),
)

STAFF = Table(
    "Staff",
    "员工",
    PLAN_BOOK,
    "员工名册",
    description="各表的业务员、服务顾问、负责人都从这里选；离岗期间由代理人办理。",
    columns=(
        Column("name", "姓名", required=True, unique=True),
        Column("post", "岗位", width=14),
        Column("department", "部门", width=14),
        Column("deputy", "代理人", refers_to="Staff"),
        Column("away_from", "离岗自", DATE),
        Column("away_to", "离岗至", DATE),
        NOTE,
        MARK,
    ),
)

CALENDAR = Table(
    "Calendar",
    "日历",
    PLAN_BOOK,
    "本店上班日历",
    description="与法定安排不同的日子才填：本店当天上班还是休息。",
    columns=(
        Column("day", "日期", DATE, required=True, unique=True),
        Column("kind", "类型", CHOICE, choices=("上班", "休息")),
        Column("remark", "说明", width=30),
        NOTE,
        MARK,
    ),
)


def _figures(name: str, sheet: str, title: str, description: str) -> Table:
    """Return the shape of the figures of a summary: one row each, in the order of `kpis.KPIS`."""
    return Table(
        name,
        sheet,
        PLAN_BOOK,
        title,
        description=description,
        by_program=True,
        columns=(
            Column("code", "指标代码", filled_by=PROGRAM, width=21),
            Column("label", "指标", filled_by=PROGRAM, width=20),
            Column("unit", "单位", filled_by=PROGRAM, width=12),
            Column("value", "本期", NUMBER, filled_by=PROGRAM, width=13),
            Column("target", "目标", NUMBER, filled_by=PROGRAM, width=13),
            Column("meets", "达标", filled_by=PROGRAM, width=8),
            Column("last_month", "上期", NUMBER, filled_by=PROGRAM, width=13),
            Column("last_year", "去年同期", NUMBER, filled_by=PROGRAM, width=13),
            Column("rows", "统计行数", NUMBER, low=0, filled_by=PROGRAM, width=9),
            Column("left_out", "剔除行数", NUMBER, low=0, filled_by=PROGRAM, width=9),
            Column("formula", "统计口径", filled_by=PROGRAM, width=48),
        ),
    )


def _trend(name: str, sheet: str, title: str) -> Table:
    """Return the shape of the twelve months from which the charts of a summary are drawn."""
    return Table(
        name,
        sheet,
        PLAN_BOOK,
        title,
        by_program=True,
        columns=(
            Column("month", "月份", MONTH, filled_by=PROGRAM),
            Column("revenue_insurance", "保险理赔产值", NUMBER, unit="元", filled_by=PROGRAM),
            Column("revenue_workshop", "车间产值", NUMBER, unit="元", filled_by=PROGRAM),
            Column("revenue_target", "产值目标", NUMBER, unit="元", filled_by=PROGRAM),
            Column("cars_received", "进厂台次", NUMBER, unit="台", filled_by=PROGRAM),
            Column("cars_target", "台次目标", NUMBER, unit="台", filled_by=PROGRAM),
            Column("csi", "满意度CSI", NUMBER, unit="%", filled_by=PROGRAM),
            Column("csi_target", "CSI目标", NUMBER, unit="%", filled_by=PROGRAM),
            Column("first_call_on_time", "首访及时率", NUMBER, unit="%", filled_by=PROGRAM),
            Column("second_call_on_time", "二访及时率", NUMBER, unit="%", filled_by=PROGRAM),
        ),
    )


def _text(name: str, sheet: str, title: str) -> Table:
    """Return the shape of the written text of a summary; its rows are merged, so it is no native table."""
    text = Column("text", "小结", filled_by=PROGRAM)
    return Table(name, sheet, PLAN_BOOK, title, by_program=True, columns=(text,))


SUMMARY = _figures(
    "Summary",
    "月度总结",
    "月度工作总结",
    "本月各项指标与目标、上月、去年同月对照，点“月度总结”后由程序填写。",
)
TREND = _trend("Trend", "月度总结", "近12个月走势")
SUMMARY_TEXT = _text("SummaryText", "月度总结", "小结")
YEAR_SUMMARY = _figures(
    "YearSummary",
    "年度总结",
    "年度工作总结",
    "全年各项指标与目标、上年对照，点“月度总结”选年度后由程序填写。",
)
YEAR_TREND = _trend("YearTrend", "年度总结", "全年各月走势")
YEAR_TEXT = _text("YearText", "年度总结", "小结")

TABLES = (
    CUSTOMERS,
    VISITS,
    CHANGES,
    CALLS,
    COMPLAINTS,
    LETTERS,
    EVENTS,
    TARGETS,
    BREAKDOWN,
    WORK_PLAN,
    SETTINGS,
    STAFF,
    CALENDAR,
)
"""The tables that are read and checked, in the order of the workbooks."""

BOOKS = (ARCHIVE_BOOK, CALLS_BOOK, LETTERS_BOOK, PLAN_BOOK)
BY_NAME = {table.name: table for table in TABLES}
