"""The figures of a summary, one entry each, in the order in which they are shown.

A new figure is an entry in KPIS; the summary sheet, the Word report, the JSON and the tests take it from here.
Month of a visit: 出厂日期 for money and quality, 进厂日期 for traffic.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from dealer_xl.dealership import customer_figures, follow_ups, kpi_functions
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpi import BLANK, FINE, Flow, Kpi, Level, scale_of, tally_of, total
from dealer_xl.dealership.kpi_functions import says
from dealer_xl.dealership.lecture_figure import LECTURE, Lectures
from dealer_xl.dealership.periods import Period
from dealer_xl.dealership.renewal_figures import RENEWED, RenewalRate, Renewals
from dealer_xl.dealership.tables import CALLS, RENEWALS, VISITS

WORKSHOP = ("保养", "维修", "保修索赔", "其他")
INSURANCE = ("保险理赔",)
ACCESSORIES = ("精品",)
FOLLOW_UPS = (follow_ups.FIRST, follow_ups.SECOND)
YES = ("是",)
COMPLAINT = "投诉"

AMOUNT = VISITS.column("amount")
BODYPAINT = VISITS.column("bodypaint")
POINTS = CALLS.column("satisfaction")
PREMIUM = RENEWALS.column("premium")

Visits = partial(Flow, table="Visits")
Money = partial(Visits, on="left_on", adds=total(AMOUNT), scale=scale_of(AMOUNT), needs=("amount",))
Revenue = partial(Money, adds_up=True)
Ticket = partial(Money, of_rows=True)
Calls = partial(Flow, table="Calls", of_rows=True)
Scores = partial(
    Calls, on="called_on", where={"kind": FOLLOW_UPS, "result": ("接通",)}, present=("satisfaction",)
)
OF_CALLS = ("Calls.kind", "Calls.direction", "Calls.called_on", "Calls.order_no")
OF_ANSWERS = (*OF_CALLS, "Calls.result")
FirstCalls = partial(
    Visits, on="left_on", day=kpi_functions.first_call_due, needs=("order_no",), of_rows=True
)
SecondCalls = partial(
    Visits,
    on="left_on",
    day=kpi_functions.second_call_due,
    needs=("order_no",),
    also_reads=OF_ANSWERS,
    of_rows=True,
)
Complaints = partial(Flow, table="Complaints", on="received_on")
Customers = partial(Level, table="Visits", on="came_on", needs=("archive_no",))
PlanItemsDone = partial(Flow, table="Tasks", on="done_on", adds_up=True)

REVENUE_TOTAL = Revenue(
    "revenue_total",
    formula="保险理赔产值 + 车间维修及索赔产值，按出厂日期",
    where={"kind": (*INSURANCE, *WORKSHOP)},
)


def revenue(dataset: Dataset, period: Period) -> Fraction:
    """Return revenue_total of a period in yuan."""
    return Fraction(tally_of(REVENUE_TOTAL, dataset).between(period)[0], REVENUE_TOTAL.scale)


KPIS: tuple[Kpi, ...] = (
    REVENUE_TOTAL,
    Revenue("revenue_insurance", formula="保险理赔工单的金额合计，按出厂日期", where={"kind": INSURANCE}),
    Revenue(
        "revenue_workshop",
        formula="保养、维修、保修索赔、其他工单的金额合计，按出厂日期",
        where={"kind": WORKSHOP},
    ),
    Revenue("revenue_accessories", formula="精品工单的金额合计，按出厂日期", where={"kind": ACCESSORIES}),
    Visits("cars_received", "工单数，按进厂日期", on="came_on", adds_up=True),
    Visits("cars_per_day", "进厂台次 ÷ 本店上班天数", on="came_on", per=kpi_functions.open_days),
    Visits(
        "appointment_rate",
        "预约的工单 ÷ 进厂台次",
        on="came_on",
        adds=says("booked", "是"),
        of_rows=True,
        needs=("booked",),
    ),
    Ticket("ticket_repair", formula="车间维修及索赔产值 ÷ 其工单数", where={"kind": WORKSHOP}),
    Ticket("ticket_insurance", formula="保险理赔产值 ÷ 其工单数", where={"kind": INSURANCE}),
    Visits(
        "rework_rate",
        "返修的工单（按出厂日期）÷ 进厂台次",
        on="left_on",
        per=kpi_functions.cars_received,
        where={"rework": YES},
        needs=("came_on",),
    ),
    Visits(
        "claim_pass_rate",
        "通过 ÷（通过 + 未通过），按出厂日期",
        on="left_on",
        adds=says("claim", "通过"),
        of_rows=True,
        where={"kind": ("保修索赔",), "claim": ("通过", "未通过")},
    ),
    Visits("lube_services", "保养工单数，按出厂日期", on="left_on", where={"kind": ("保养",)}, adds_up=True),
    Visits(
        "bodypaint_share",
        "钣喷金额合计 ÷ 售后总营业额，按出厂日期",
        on="left_on",
        adds=total(BODYPAINT),
        scale=scale_of(BODYPAINT),
        per=revenue,
        needs=("bodypaint",),
        also_reads=("Visits.kind", "Visits.amount"),
    ),
    Visits(
        "delivered_on_time",
        "有承诺交车日期的工单中，按承诺出厂的比例，按出厂日期",
        on="left_on",
        adds=kpi_functions.delivered_in_time,
        of_rows=True,
        present=("promised_on",),
    ),
    Money(
        "output_per_head",
        formula="售后总营业额 ÷ 人员编制（手工指标；没有时用员工人数）",
        where={"kind": (*INSURANCE, *WORKSHOP)},
        per=kpi_functions.people,
    ),
    Scores(
        "csi",
        "接通的第一次、第二次跟踪电话的满意度平均分",
        adds=total(POINTS),
        scale=100 * scale_of(POINTS),
    ),
    Scores(
        "satisfaction_rate",
        "其中达到满意分数的电话所占比例",
        adds=kpi_functions.at_least_satisfied("satisfaction"),
    ),
    FirstCalls(
        "first_call_on_time",
        "第一次跟踪期限落在本期的工单中，在规定窗口内打过电话的比例",
        adds=kpi_functions.called_first_in_time,
        also_reads=OF_CALLS,
    ),
    SecondCalls(
        "second_call_on_time",
        "第二次跟踪期限落在本期的工单中，在规定窗口内打过电话的比例",
        adds=kpi_functions.called_second_in_time,
    ),
    FirstCalls(
        "first_call_reached",
        "第一次跟踪期限落在本期的工单中，在规定窗口内接通的比例",
        adds=kpi_functions.reached_first_in_time,
        also_reads=OF_ANSWERS,
    ),
    SecondCalls(
        "second_call_reached",
        "第二次跟踪期限落在本期的工单中，在规定窗口内接通的比例",
        adds=kpi_functions.reached_second_in_time,
    ),
    Visits(
        "warranty_callback",
        "首访接通率，只算保修期内的车",
        on="left_on",
        day=kpi_functions.first_call_due,
        adds=kpi_functions.reached_first_in_time,
        of_rows=True,
        needs=("order_no", "came_on", "archive_no"),
        judged=kpi_functions.under_warranty,
        also_reads=(*OF_ANSWERS, "Customers.bought_on", "Customers.archive_no"),
    ),
    Flow(
        "archive_on_time",
        "本期建档的车辆中，送修或来访后按时建档的比例",
        table="Customers",
        on="archived_on",
        adds=kpi_functions.archived_in_time,
        of_rows=True,
        present=("came_on",),
    ),
    Complaints(
        "complaints",
        "投诉跟踪中性质为投诉的（不填算投诉），按受理日期",
        where={"nature": (COMPLAINT, BLANK)},
        adds_up=True,
    ),
    Complaints(
        "requests",
        "投诉跟踪中性质为要求、希望的，按受理日期",
        where={"nature": ("要求", "希望")},
        may_lack=("nature",),
        adds_up=True,
    ),
    Complaints(
        "complaint_report_on_time",
        "应上报的投诉中，按时报告业务主管的比例",
        adds=kpi_functions.reported_in_time,
        of_rows=True,
        judged=kpi_functions.report_wanted,
        needs=("reported_on", "solved_on"),
    ),
    Complaints(
        "complaint_told_on_time",
        "已有解决办法的投诉中，按时告知客户的比例",
        adds=kpi_functions.told_in_time,
        of_rows=True,
        judged=kpi_functions.telling_wanted,
        present=("solved_on",),
        needs=("told_on",),
    ),
    Complaints(
        "complaints_closed",
        "本期受理、状态为已关闭的投诉",
        where={"status": ("已关闭",)},
        adds_up=True,
    ),
    Complaints(
        "complaint_days",
        "从受理到有解决办法的天数（不算等配件），平均，按受理日期",
        adds=kpi_functions.days_to_solve,
        scale=FINE,
        of_rows=True,
        present=("solved_on",),
        may_lack=("parts_wait_days",),
    ),
    Flow(
        "confirm_satisfied",
        "再次确认时达到满意分数的比例，按再次确认日期",
        table="Complaints",
        on="confirmed_on",
        adds=kpi_functions.at_least_satisfied("confirmed_score"),
        of_rows=True,
        present=("confirmed_score",),
    ),
    Flow("letters_sent", "信函登记表，按发函日期", table="Letters", on="sent_on", adds_up=True),
    Calls(
        "event_notice_on_time",
        "本期开始的活动的通知电话中，按规定提前打出的比例",
        on="event_no",
        day=kpi_functions.event_start,
        adds=kpi_functions.noticed_in_time,
        where={"kind": ("活动通知",), "direction": ("呼出",)},
        needs=("called_on",),
        also_reads=("Events.event_no", "Events.starts_on"),
    ),
    Flow("events_held", "活动计划表，按开始日期，已举办的", table="Events", on="starts_on", adds_up=True),
    Flow(
        "event_came_rate",
        "活动名单中实际到场 ÷ 承诺参加，按活动开始日期",
        table="Invitees",
        on="event_no",
        day=kpi_functions.invitee_event_start,
        where={"came": YES},
        needs=("promise",),
        per=kpi_functions.promised,
        also_reads=("Events.event_no", "Events.starts_on"),
    ),
    Level(
        "base_customers",
        "期末已建档的档案号",
        "Customers",
        "archived_on",
        needs=("archive_no",),
        counted=customer_figures.base,
    ),
    Customers("active_customers", "期末前12个月内进过厂的档案号", counted=customer_figures.active),
    Customers("lost_customers", "进过厂、但超过流失期限没有再来的档案号", counted=customer_figures.lost),
    Customers(
        "drifting_customers", "超过漂移期限没有来、但还没有流失的档案号", counted=customer_figures.drifting
    ),
    Customers("loyal_customers", "期末前12个月内进厂达到忠诚次数的档案号", counted=customer_figures.loyal),
    Customers(
        "lost_by_cycle",
        "上次进厂至今超过本车两个保养周期的档案号",
        counted=customer_figures.lost_by_cycle,
        also_reads=("Customers.archive_no", "Customers.cycle_months"),
    ),
    Customers("lost_after_first", "只来过一次、已经流失的档案号", counted=customer_figures.lost_after_first),
    Customers(
        "lost_loyal",
        "已经流失、末次进厂前一年达到忠诚次数的档案号",
        counted=customer_figures.lost_loyal,
    ),
    Visits(
        "first_services",
        "是否首保为是的工单，按出厂日期",
        on="left_on",
        where={"first_service": YES},
        adds_up=True,
    ),
    Renewals(
        "renewals",
        f"{RENEWED.formula}；没有“续保”时看变更记录",
        RENEWED.table,
        RENEWED.on,
        adds_up=True,
    ),
    Flow(
        "renewal_premium",
        "“续保”里在本店办的保费合计，按日期",
        table="Renewals",
        on="signed_on",
        adds=total(PREMIUM),
        scale=scale_of(PREMIUM),
        where={"ours": YES},
        needs=("premium",),
        adds_up=True,
    ),
    RenewalRate(
        "renewal_rate",
        "本期生效、在本店续保的档案号 ÷ 本期到期的档案号",
        "Renewals",
        "ends_on",
        needs=("archive_no", "ours"),
        may_lack=("starts_on",),
        also_reads=("Customers.archive_no", "Customers.insured_until"),
    ),
    Flow(
        "appointments_kept",
        "已到店 ÷（已到店 + 失约），按预约日期",
        table="Appointments",
        on="due_on",
        adds=says("status", "已到店"),
        of_rows=True,
        where={"status": ("已到店", "失约")},
    ),
    PlanItemsDone(
        "trainings_done",
        "工作计划中前台、专业知识、车间三类培训，按完成日期",
        where={"kind": ("前台技能培训", "专业知识培训", "车间技术培训")},
    ),
    *(
        PlanItemsDone(code, f"工作计划中的{kind}，按完成日期", where={"kind": (kind,)})
        for code, kind in (
            ("trainings_frontdesk", "前台技能培训"),
            ("trainings_basic", "专业知识培训"),
            ("trainings_workshop", "车间技术培训"),
            ("problem_sessions", "疑难问题探讨"),
            ("technical_lectures", "学习讲座"),
        )
    ),
    Lectures(
        "lectures_done",
        "活动计划和工作计划中的汽车讲堂，同一场只算一次",
        "Tasks",
        "done_on",
        where={"kind": (LECTURE,)},
        needs=("content",),
        also_reads=("Events.starts_on", "Events.kind"),
        adds_up=True,
    ),
    PlanItemsDone("activities_done", "工作计划中的部门活动，按完成日期", where={"kind": ("部门活动",)}),
)

BY_CODE = {kpi.code: kpi for kpi in KPIS}
