"""The tables of 月度计划.xlsx that staff fill: targets, plans, own figures, staff matters, settings (TB-01, TR-01 to TR-09)."""

from __future__ import annotations

from dealer_xl.dealership.tables.words import MARK, NOTE, PLAN_BOOK, YES_NO
from dealer_xl.schema import Column, FilledBy, Kind, Table

CHOICE, DATE, MONTH, NUMBER = Kind.CHOICE, Kind.DATE, Kind.MONTH, Kind.NUMBER
PROGRAM = FilledBy.PROGRAM

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
OWN_FIGURES_OFFERED = ("毛利", "纯正配件采购", "配件库存", "精品库存", "配件营销额", "人员编制")
ROLL_UPS = ("合计", "期末", "平均")
"""How the months of a figure of the shop's own make a quarter or a year; blank is the first."""
TRAINING_KINDS = ("培训", "定期考核", "不定期考核")
REWARD_KINDS = ("奖励", "违规")
REWARD_MATTERS = (
    "微笑服务之星",
    "工作高效率之星",
    "客户书面表扬",
    "维修挑单",
    "洗车清洁不够",
    "工作不配合",
    "迟到早退",
)
MEASURE_SOURCES = ("周会", "投诉", "回访", "检查")

CODE = Column("code", "指标代码", filled_by=PROGRAM, width=22)
"""What programs know a figure by; nobody types it."""

TARGETS = Table(
    "Targets",
    "年度目标",
    PLAN_BOOK,
    "年度工作目标表",
    description="一年一个指标一行，请改成本店的目标；也可以写本店自己的指标，数字填在“手工指标”。",
    unique_together=("year", "label"),
    known_by=(("label",), ("code",)),
    columns=(
        Column("year", "年度", NUMBER, required=True, low=2000, high=2100, width=8),
        Column(
            "label",
            "指标",
            required=True,
            unless="code",
            offers_from="Summary",
            width=20,
            hint="从列表选，或写本店自己的指标名称",
        ),
        Column("unit", "单位", width=8),
        Column("target", "年度目标", NUMBER, width=14, hint="百分比按比例填，如 0.93 就是 93%"),
        Column("direction", "方向", CHOICE, choices=("≥", "≤"), width=7, hint="≥ 不少于，≤ 不超过"),
        Column("stretch", "挑战目标", NUMBER, width=14),
        Column("remark", "说明", width=46),
        CODE,
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
    unique_together=("year", "label"),
    known_by=(("label",), ("code",)),
    columns=(
        Column("year", "年度", NUMBER, low=2000, high=2100, width=8),
        Column("label", "指标", offers_from="Summary", width=20),
        Column("unit", "单位", width=8),
        *(Column(f"month_{month}", f"{month}月", NUMBER, width=11) for month in range(1, 13)),
        *(
            Column(f"quarter_{place}", f"{name}季度", NUMBER, width=12)
            for place, name in enumerate("一二三四", start=1)
        ),
        Column("whole_year", "全年", NUMBER, width=13),
        CODE,
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

OWN_FIGURES = Table(
    "OwnFigures",
    "手工指标",
    PLAN_BOOK,
    "手工填报指标表",
    description="各登记表里算不出来的数字，一月一个指标一行，如毛利、配件库存。",
    unique_together=("month", "label"),
    known_by=(("month", "label", "value"),),
    may_lack=True,
    columns=(
        Column("month", "月份", MONTH, required=True, hint="如 2026-03"),
        Column(
            "label",
            "指标",
            required=True,
            offers=OWN_FIGURES_OFFERED,
            width=20,
            hint="可以从列表选，也可以写本店自己的指标",
        ),
        Column("value", "值", NUMBER, required=True, width=14),
        Column(
            "roll_up",
            "汇总",
            CHOICE,
            choices=ROLL_UPS,
            width=9,
            hint="各月怎样合成一季、一年：金额填合计，库存和人数填期末；不填算合计",
        ),
        Column("remark", "说明", width=40),
        NOTE,
        MARK,
    ),
)

TRAININGS = Table(
    "Trainings",
    "培训考核",
    PLAN_BOOK,
    "员工培训考核记录表",
    description="谁参加了什么培训或考核，一人一次一行，存入员工个人档案。",
    known_by=(("held_on", "name", "kind", "topic"),),
    may_lack=True,
    columns=(
        Column("held_on", "日期", DATE, required=True, happened=True),
        Column("name", "姓名", required=True, refers_to="Staff"),
        Column("kind", "类型", CHOICE, required=True, choices=TRAINING_KINDS),
        Column("topic", "主题", required=True, width=36),
        Column("score", "成绩", NUMBER, low=0, high=100, width=9, hint="0 到 100 分"),
        Column("teacher", "讲师", width=12),
        Column("passed", "是否合格", CHOICE, choices=YES_NO, width=10),
        NOTE,
        MARK,
    ),
)

REWARDS = Table(
    "Rewards",
    "奖惩记录",
    PLAN_BOOK,
    "员工奖惩记录表",
    description="奖励和违规，一人一次一行；先解决问题，再谈考核。",
    known_by=(("given_on", "name", "kind", "matter"),),
    may_lack=True,
    columns=(
        Column("given_on", "日期", DATE, required=True, happened=True),
        Column("name", "姓名", required=True, refers_to="Staff"),
        Column("kind", "类型", CHOICE, required=True, choices=REWARD_KINDS),
        Column(
            "matter",
            "事项",
            required=True,
            offers=REWARD_MATTERS,
            width=20,
            hint="可以从列表选，也可以自己写",
        ),
        Column("remark", "说明", width=40),
        Column("amount", "金额", Kind.MONEY, low=0, high=100_000, hint="奖励或扣罚多少元，没有就不填"),
        Column("recorder", "记录人", refers_to="Staff"),
        NOTE,
        MARK,
    ),
)

MEASURES = Table(
    "Measures",
    "整改措施",
    PLAN_BOOK,
    "整改措施跟踪表",
    description="周会、投诉、回访、检查中发现的问题：怎么改、谁负责、什么时候改好、谁来检查。",
    may_lack=True,
    columns=(
        Column("measure_no", "编号", required=True, unique=True),
        Column("found_on", "日期", DATE, required=True, happened=True),
        Column("problem", "问题", required=True, width=32),
        Column("source", "来源", CHOICE, choices=MEASURE_SOURCES, width=9),
        Column("measure", "措施", required=True, width=32),
        Column("owner", "责任人", required=True, refers_to="Staff"),
        Column("due_on", "期限", DATE, required=True),
        Column("done_on", "完成日期", DATE, happened=True),
        Column("checker", "检查人", refers_to="Staff"),
        Column("verdict", "检查结果", width=24),
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
        Column("key", "参数", required=True, unique=True, width=16),
        Column("value", "值", required=True, width=24),
        Column("unit", "单位", width=8),
        Column("remark", "说明", width=49),
        Column("source", "来源", width=25),
        Column("code", "参数代码", filled_by=PROGRAM, width=18, may_lack=True),
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
