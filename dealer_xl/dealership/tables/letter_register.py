"""The tables of 信函登记.xlsx: letters, events, who is invited, what each template is for (LE-03, LE-05, LE-07)."""

from __future__ import annotations

from dealer_xl.dealership.tables.words import (
    ARCHIVE_ALIASES,
    CALL_RESULTS,
    LETTERS_BOOK,
    MARK,
    NAME_ALIASES,
    NOTE,
    YES_NO,
)
from dealer_xl.schema import Column, FilledBy, Kind, Table

CHOICE, DATE, NUMBER = Kind.CHOICE, Kind.DATE, Kind.NUMBER
PROGRAM = FilledBy.PROGRAM

LETTER_KINDS = ("通知", "邀请函", "答复函")
LETTER_STATES = ("待寄", "已寄", "退回")
LETTER_USES = ("活动", "首保", "保养", "续保", "流失", "投诉", "感谢", "其他")
EVENT_KINDS = ("联谊活动", "优惠服务", "免费服务", "汽车讲堂", "其他")
PROMISES = ("是", "否", "未定")

LETTERS = Table(
    "Letters",
    "信函登记",
    LETTERS_BOOK,
    "跟踪服务信函登记表",
    description="每次发出的通知、邀请函、答复函一行；点“生成信函”时自动登记。",
    known_by=(("sent_on", "archive_no"), ("sent_on", "name")),
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
        Column("template", "模板", width=14, may_lack=True, hint="用哪个 Word 模板写的"),
        Column("file", "文件名", width=28),
        Column("clerk", "经办人", required=True, refers_to="Staff"),
        Column("status", "状态", CHOICE, choices=LETTER_STATES),
        Column(
            "complaint_no",
            "关联投诉号",
            refers_to="Complaints",
            may_lack=True,
            hint="答复函填“投诉跟踪”里的投诉号",
        ),
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
        Column(
            "invited",
            "目标邀约数",
            NUMBER,
            low=0,
            high=100_000,
            hint="打算请多少位；不填就请所有同意接收的客户",
        ),
        Column("attended", "实际到场", NUMBER, low=0, high=100_000),
        Column("owner", "负责人", refers_to="Staff"),
        Column(
            "posted",
            "寄信",
            CHOICE,
            choices=YES_NO,
            width=9,
            may_lack=True,
            hint="不寄信的活动填“否”，不填算“是”",
        ),
        Column("contingency", "预案", width=30, may_lack=True, hint="下雨、来人过多等情况怎么办"),
        NOTE,
        MARK,
    ),
)

INVITEES = Table(
    "Invitees",
    "活动名单",
    LETTERS_BOOK,
    "活动邀请名单",
    description="一个活动请一位客户一行；前六列可由程序填写，承诺、到场和反馈由您填。",
    unique_together=("event_no", "archive_no"),
    may_lack=True,
    columns=(
        Column("event_no", "活动编号", required=True, refers_to="Events"),
        Column("archive_no", "档案号", required=True, refers_to="Customers", aliases=ARCHIVE_ALIASES),
        Column("name", "客户名称", aliases=NAME_ALIASES, width=18),
        Column("phoned_on", "电话通知日期", DATE, happened=True),
        Column("result", "通知结果", CHOICE, choices=CALL_RESULTS),
        Column("posted_on", "寄信日期", DATE, happened=True),
        Column("promise", "承诺参加", CHOICE, choices=PROMISES),
        Column("came", "实际到场", CHOICE, choices=YES_NO),
        Column("feedback", "反馈", width=34, hint="客户对活动的意见"),
        NOTE,
        MARK,
    ),
)

LETTER_TEMPLATES = Table(
    "LetterForms",
    "信函模板",
    LETTERS_BOOK,
    "信函模板一览",
    description="每个 Word 模板一行：做什么用、发给谁。自己做的模板放进“模板”文件夹，在这里加一行。",
    may_lack=True,
    columns=(
        Column("template", "模板", required=True, unique=True, width=18, hint="Word 文件的名字，不写 .docx"),
        Column("kind", "信函种类", CHOICE, required=True, choices=LETTER_KINDS),
        Column("used_for", "用于", CHOICE, required=True, choices=LETTER_USES),
        Column(
            "marketing",
            "营销",
            CHOICE,
            choices=YES_NO,
            width=9,
            hint="填“是”的，只发给营销同意为“同意”的客户",
        ),
        Column(
            "one_a_customer",
            "一户一封",
            CHOICE,
            choices=YES_NO,
            width=11,
            hint="填“是”的一位客户一封，否则一辆车一封",
        ),
        Column("remark", "说明", width=50),
        NOTE,
        MARK,
    ),
)

NOT_SENT = Table(
    "NotSent",
    "未发名单",
    LETTERS_BOOK,
    "没有发信的客户",
    description="上一次生成信函时，哪些客户没有发、为什么。",
    by_program=True,
    may_lack=True,
    known_by=(("archive_no",), ("name",)),
    columns=(
        Column("template", "模板", filled_by=PROGRAM, width=16),
        Column("event_no", "活动编号", filled_by=PROGRAM),
        Column("archive_no", "档案号", filled_by=PROGRAM),
        Column("name", "客户名称", filled_by=PROGRAM, width=22),
        Column("plate", "车牌号", filled_by=PROGRAM, width=12),
        Column("phone", "联系电话", filled_by=PROGRAM, width=15),
        Column("reason", "原因", filled_by=PROGRAM, width=22),
        Column("detail", "说明", filled_by=PROGRAM, width=44),
        Column("origin", "出处", filled_by=PROGRAM, width=18),
    ),
)
