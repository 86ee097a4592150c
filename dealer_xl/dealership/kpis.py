"""The figures of the monthly and the yearly summary, one entry each.

A new figure is an entry in KPIS; the summary sheet, the Word report, the JSON and the tests take it from here.
Month of a visit: 出厂日期 for money and quality, 进厂日期 for traffic.
"""

from __future__ import annotations

from functools import partial

from dealer_xl.dealership import follow_ups, kpi_functions
from dealer_xl.dealership.kpi import (
    Kpi,
    count,
    distinct,
    held_by_now,
    mean,
    share,
    total,
    until_end,
)
from dealer_xl.dealership.tables import CALLS, VISITS

WORKSHOP = ("保养", "维修", "保修索赔", "其他")
INSURANCE = ("保险理赔",)
ACCESSORIES = ("精品",)
FOLLOW_UPS = (follow_ups.FIRST, follow_ups.SECOND)
YES = ("是",)

AMOUNT = VISITS.column("amount")
POINTS = CALLS.column("satisfaction")

Visits = partial(Kpi, table="Visits")
Revenue = partial(Visits, on="left_on", compute=total(AMOUNT), needs=("amount",), adds_up=True)
Ticket = partial(Visits, on="left_on", compute=mean(AMOUNT), needs=("amount",))
Calls = partial(Kpi, table="Calls")
Complaints = partial(Kpi, table="Complaints")
Events = partial(Kpi, table="Events")
PlanItemsDone = partial(Kpi, table="Tasks", on="done_on", compute=count, adds_up=True)


KPIS = (
    Revenue(
        "revenue_total",
        formula="保险理赔产值 + 车间维修及索赔产值，按出厂日期",
        where={"kind": (*INSURANCE, *WORKSHOP)},
    ),
    Revenue(
        "revenue_insurance",
        formula="保险理赔工单的金额合计，按出厂日期",
        where={"kind": INSURANCE},
    ),
    Revenue(
        "revenue_workshop",
        formula="保养、维修、保修索赔工单的金额合计，按出厂日期",
        where={"kind": WORKSHOP},
    ),
    Revenue(
        "revenue_accessories",
        formula="精品工单的金额合计，按出厂日期",
        where={"kind": ACCESSORIES},
    ),
    Visits("cars_received", "工单数，按进厂日期", on="came_on", compute=count, adds_up=True),
    Visits(
        "cars_per_day",
        "进厂台次 ÷ 本店上班天数",
        on="came_on",
        compute=kpi_functions.per_open_day,
    ),
    Visits(
        "appointment_rate",
        "预约的工单 ÷ 进厂台次",
        on="came_on",
        compute=kpi_functions.is_yes("booked"),
        needs=("booked",),
    ),
    Ticket("ticket_repair", formula="车间维修及索赔产值 ÷ 其工单数", where={"kind": WORKSHOP}),
    Ticket("ticket_insurance", formula="保险理赔产值 ÷ 其工单数", where={"kind": INSURANCE}),
    Visits(
        "rework_rate",
        "返修的工单（按出厂日期）÷ 进厂台次",
        on="left_on",
        compute=kpi_functions.per_car_received,
        where={"rework": YES},
        needs=("came_on",),
    ),
    Visits(
        "claim_pass_rate",
        "通过 ÷（通过 + 未通过），按出厂日期",
        on="left_on",
        compute=share(lambda rows, _: rows["claim"] == "通过"),
        where={"kind": ("保修索赔",), "claim": ("通过", "未通过")},
    ),
    Calls(
        "csi",
        "接通的第一次、第二次跟踪电话的满意度平均分",
        on="called_on",
        compute=mean(POINTS, out_of=100),
        where={"kind": FOLLOW_UPS, "result": ("接通",)},
        present=("satisfaction",),
    ),
    Calls(
        "satisfaction_rate",
        "其中达到满意分数的电话所占比例",
        on="called_on",
        compute=share(lambda rows, dataset: rows["satisfaction"] >= dataset.settings.satisfied_from),
        where={"kind": FOLLOW_UPS, "result": ("接通",)},
        present=("satisfaction",),
    ),
    Visits(
        "first_call_on_time",
        "第一次跟踪期限落在本期的工单中，在规定窗口内打过电话的比例",
        on="left_on",
        day=kpi_functions.first_call_due,
        compute=share(kpi_functions.called_first_in_time),
        judged=kpi_functions.first_call_wanted,
        needs=("order_no",),
        also_reads=("Calls.kind", "Calls.direction", "Calls.called_on", "Calls.order_no"),
    ),
    Visits(
        "second_call_on_time",
        "第二次跟踪期限落在本期的工单中，在规定窗口内打过电话的比例",
        on="left_on",
        day=kpi_functions.second_call_due,
        compute=share(kpi_functions.called_second_in_time),
        judged=kpi_functions.second_call_wanted,
        needs=("order_no",),
        also_reads=("Calls.kind", "Calls.direction", "Calls.called_on", "Calls.order_no", "Calls.result"),
    ),
    Kpi(
        "archive_on_time",
        "本期建档的车辆中，送修或来访后按时建档的比例",
        table="Customers",
        on="archived_on",
        compute=share(kpi_functions.archived_in_time),
        present=("came_on",),
    ),
    Complaints(
        "complaints",
        "投诉跟踪表，按受理日期",
        on="received_on",
        compute=count,
        adds_up=True,
    ),
    Complaints(
        "complaint_report_on_time",
        "应上报的投诉中，按时报告业务主管的比例",
        on="received_on",
        compute=share(kpi_functions.reported_in_time),
        judged=kpi_functions.report_wanted,
        needs=("reported_on", "solved_on"),
    ),
    Complaints(
        "complaint_told_on_time",
        "已有解决办法的投诉中，按时告知客户的比例",
        on="received_on",
        compute=share(kpi_functions.told_in_time),
        judged=kpi_functions.telling_wanted,
        present=("solved_on",),
        needs=("told_on",),
    ),
    Complaints(
        "complaints_closed",
        "本期受理、状态为已关闭的投诉",
        on="received_on",
        compute=count,
        where={"status": ("已关闭",)},
        adds_up=True,
    ),
    Kpi(
        "letters_sent",
        "信函登记表，按发函日期",
        table="Letters",
        on="sent_on",
        compute=count,
        adds_up=True,
    ),
    Calls(
        "event_notice_on_time",
        "本期开始的活动的通知电话中，按规定提前打出的比例",
        on="event_no",
        day=kpi_functions.event_start,
        compute=share(kpi_functions.noticed_in_time),
        where={"kind": ("活动通知",), "direction": ("呼出",)},
        needs=("called_on",),
        also_reads=("Events.event_no", "Events.starts_on"),
    ),
    Events(
        "events_held",
        "活动计划表，按开始日期，已举办的",
        on="starts_on",
        compute=count,
        chosen=held_by_now,
        adds_up=True,
    ),
    Kpi(
        "base_customers",
        "期末已建档的档案号",
        table="Customers",
        on="archived_on",
        compute=distinct("archive_no"),
        chosen=until_end,
        needs=("archive_no",),
    ),
    Visits(
        "active_customers",
        "期末前12个月内进过厂的档案号",
        on="came_on",
        compute=distinct("archive_no"),
        chosen=kpi_functions.last_year,
        needs=("archive_no",),
    ),
    Visits(
        "lost_customers",
        "进过厂、但超过流失期限没有再来的档案号",
        on="came_on",
        compute=kpi_functions.lost,
        chosen=until_end,
        needs=("archive_no",),
    ),
    Visits(
        "loyal_customers",
        "期末前12个月内进厂达到忠诚次数的档案号",
        on="came_on",
        compute=kpi_functions.loyal,
        chosen=kpi_functions.last_year,
        needs=("archive_no",),
    ),
    Visits(
        "first_services",
        "是否首保为是的工单，按出厂日期",
        on="left_on",
        compute=count,
        where={"first_service": YES},
        adds_up=True,
    ),
    Kpi(
        "renewals",
        "变更记录中保险到期日改为更晚的行",
        table="Changes",
        on="changed_on",
        compute=kpi_functions.renewed,
        where={"field": ("保险到期日",)},
        present=("old", "new"),
        adds_up=True,
    ),
    PlanItemsDone(
        "trainings_done",
        "工作计划中前台、专业知识、车间三类培训，按完成日期",
        where={"kind": ("前台技能培训", "专业知识培训", "车间技术培训")},
    ),
    PlanItemsDone("lectures_done", "工作计划中的汽车讲堂，按完成日期", where={"kind": ("汽车讲堂",)}),
    PlanItemsDone("activities_done", "工作计划中的部门活动，按完成日期", where={"kind": ("部门活动",)}),
)

BY_CODE = {kpi.code: kpi for kpi in KPIS}
