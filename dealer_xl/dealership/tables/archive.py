"""The tables of 客户档案.xlsx: a row a vehicle, a repair order, a policy, a change (AR-04, AR-05, AR-10, IN-01)."""

from __future__ import annotations

from dealer_xl.dealership.tables.words import (
    ARCHIVE_ALIASES,
    ARCHIVE_BOOK,
    CLERK_ALIASES,
    CONSENTS,
    MARK,
    NAME_ALIASES,
    NOTE,
    PHONE_ALIASES,
    PLATE_ALIASES,
    YES_NO,
)
from dealer_xl.schema import Column, FilledBy, Kind, Table

CHOICE, DATE, MONEY, NUMBER = Kind.CHOICE, Kind.DATE, Kind.MONEY, Kind.NUMBER

CUSTOMER_KINDS = ("个人", "单位")
VEHICLE_KINDS = ("轿车", "SUV", "MPV", "新能源", "商用车", "其他")
GRADES = ("VIP", "一级", "二级", "其他")
TITLES = ("先生", "女士")
QUALITIES = ("优", "良", "中", "差")
VISIT_KINDS = ("保养", "维修", "保险理赔", "保修索赔", "精品", "其他")
CLAIM_RESULTS = ("通过", "未通过", "待定")
POLICIES = ("交强险", "商业险", "交强险+商业险")
CHANNELS = ("到店", "电话", "新车", "转介绍", "其他")
GIFTS = ("保养券", "工时", "油米", "折扣", "无")

CUSTOMERS = Table(
    "Customers",
    "客户档案",
    ARCHIVE_BOOK,
    "客户档案基本资料表",
    description="一辆车一行。客户送修或来访后两日内建档。",
    known_by=(("archive_no",), ("plate",), ("vin",)),
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
        Column("phone", "联系电话", Kind.PHONE, required=True, aliases=PHONE_ALIASES),
        Column("region", "地区", aliases=("区域", "所在地区")),
        Column(
            "address", "地址", aliases=("住址", "通讯地址", "联系地址"), width=30, hint="寄信用，写到门牌号"
        ),
        Column(
            "postcode",
            "邮政编码",
            width=11,
            may_lack=True,
            aliases=("邮编",),
            hint="6位数字，写信封用",
        ),
        Column(
            "plate",
            "车牌号",
            Kind.PLATE,
            required=True,
            unless="vin",
            aliases=PLATE_ALIASES,
            hint="新车还没有上牌时可以不填，但要填VIN码",
        ),
        Column("vin", "VIN码", Kind.VIN, aliases=("VIN", "车架号", "车辆识别代号", "底盘号")),
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
        Column("title", "称呼", CHOICE, choices=TITLES, width=9, may_lack=True, hint="写信、打电话时的称呼"),
        Column("quality", "客户品质", CHOICE, choices=QUALITIES, width=9, may_lack=True),
        Column(
            "next_topic",
            "下次通话主题",
            width=18,
            may_lack=True,
            hint="建档时想好下一次电话谈什么，如 介绍换季检测",
        ),
        Column("next_call_on", "下次通话日期", DATE, may_lack=True, hint="到这一天会列进“今日必做”"),
        Column(
            "attachments",
            "附件目录",
            width=18,
            may_lack=True,
            hint="档案袋里有哪些纸质资料，如 行驶证复印件、送修单",
        ),
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
            filled_by=FilledBy.FORMULA,
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
    known_by=(("order_no",), ("plate", "came_on")),
    columns=(
        Column("order_no", "工单号", required=True, unique=True, aliases=("工单编号", "维修单号")),
        Column("archive_no", "档案号", required=True, refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", aliases=NAME_ALIASES, width=18),
        Column("plate", "车牌号", Kind.PLATE, aliases=PLATE_ALIASES),
        Column("came_on", "进厂日期", DATE, required=True, happened=True, aliases=("接车日期",)),
        Column("left_on", "出厂日期", DATE, happened=True, aliases=("交车日期", "接车出厂日期")),
        Column("km", "进厂里程", NUMBER, low=0, high=2_000_000, aliases=("里程", "公里数", "行驶里程")),
        Column("kind", "业务类型", CHOICE, required=True, choices=VISIT_KINDS, hint="召回、免费检测填“其他”"),
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
        Column(
            "finished_on", "完工日期", DATE, happened=True, may_lack=True, hint="车间完工、可以取车的日期"
        ),
        Column(
            "bodypaint", "钣喷金额", MONEY, low=0, high=10_000_000, may_lack=True, hint="金额中属于钣喷的部分"
        ),
        Column("parts", "更换配件", width=20, may_lack=True, hint="换了哪些配件，用顿号分开"),
        Column("fuel", "油表读数", width=10, may_lack=True, hint="接车时的油表，如 1/2"),
        Column("exterior", "外观检视", width=18, may_lack=True, hint="接车时看到的划痕、凹陷等"),
        Column("interior", "内饰检视", width=18, may_lack=True),
        Column("belongings", "随车物品", width=18, may_lack=True),
        Column("receiver", "车间接车人", width=12, may_lack=True),
        Column("inspector", "质检人", may_lack=True),
        NOTE,
        MARK,
    ),
)

RENEWALS = Table(
    "Renewals",
    "续保",
    ARCHIVE_BOOK,
    "车辆续保登记表",
    description="每张新保单一行，交强险和商业险分开出单就写两行；不在本店办的也记下来。",
    may_lack=True,
    columns=(
        Column("renewal_no", "续保号", required=True, unique=True, aliases=("续保编号",)),
        Column("signed_on", "日期", DATE, required=True, happened=True, aliases=("出单日期", "投保日期")),
        Column("archive_no", "档案号", required=True, refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", aliases=NAME_ALIASES, width=18),
        Column("plate", "车牌号", Kind.PLATE, aliases=PLATE_ALIASES),
        Column("insurer", "保险公司", width=16, aliases=("承保公司",)),
        Column("policy", "险种", CHOICE, choices=POLICIES, width=16),
        Column("premium", "保费", MONEY, required=True, low=0, high=1_000_000, aliases=("保费金额",)),
        Column("starts_on", "生效日期", DATE, aliases=("起保日期",)),
        Column(
            "ends_on",
            "到期日期",
            DATE,
            required=True,
            aliases=("终保日期",),
            hint="会记入客户档案的保险到期日",
        ),
        Column("ours", "是否本店", CHOICE, required=True, choices=YES_NO, hint="在本店办的填“是”"),
        Column("channel", "渠道", CHOICE, choices=CHANNELS),
        Column("gift", "赠送", CHOICE, choices=GIFTS),
        Column("reported", "已报财务", CHOICE, choices=YES_NO),
        Column("clerk", "经办人", refers_to="Staff"),
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
    known_by=(("changed_on", "archive_no", "field"),),
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
