"""Figures of complaints, letters, events, appointments, plans (section 8)."""

from fractions import Fraction

from oracle.calls import of_kind
from oracle.cells import Row, day, number, readable, text
from oracle.figures_of_calls import satisfied
from oracle.period import Figure, Measure, Period, Rules, count, share


def is_complaint(row: Row) -> bool:
    """Return whether 性质 is 投诉 ("blank = 投诉")."""
    return text(row, "性质") in ("", "投诉")


def complaints(period: Period) -> Figure:
    """Return 投诉跟踪 by 受理日期 ("complaints counts 投诉 only")."""
    return count(sum(is_complaint(row) for row in period.rows("Complaints", "受理日期", "性质")))


def requests(period: Period) -> Figure:
    """Return those whose 性质 is not 投诉, by 受理日期."""
    return count(sum(not is_complaint(row) for row in period.rows("Complaints", "受理日期", "性质")))


def complaint_report_on_time(period: Period) -> Figure:
    """Return, of those by 受理日期 that were reported or had to be (no 解决办法日期), 上报 ≤ 受理 + report_days (FC-07)."""
    on_time, all_of_them = 0, 0
    for row in period.rows("Complaints", "受理日期", "上报主管日期", "解决办法日期"):
        taken, reported = day(row, "受理日期"), day(row, "上报主管日期")
        if taken and (reported or not day(row, "解决办法日期")):
            all_of_them += 1
            on_time += bool(reported and reported <= period.later(taken, period.shop.setting("report_days")))
    return share(on_time, all_of_them)


def complaint_told_on_time(period: Period) -> Figure:
    """Return, of those by 受理日期 with 解决办法日期, 告知客户日期 ≤ 解决办法日期 + tell_days (FC-08)."""
    on_time, all_of_them = 0, 0
    for row in period.rows("Complaints", "受理日期", "解决办法日期", "告知客户日期"):
        solved, told = day(row, "解决办法日期"), day(row, "告知客户日期")
        if solved:
            all_of_them += 1
            on_time += bool(told and told <= period.later(solved, period.shop.setting("tell_days")))
    return share(on_time, all_of_them)


def complaints_closed(period: Period) -> Figure:
    """Return those by 受理日期 that are 已关闭."""
    return count(sum(text(row, "状态") == "已关闭" for row in period.rows("Complaints", "受理日期", "状态")))


def complaint_days(period: Period) -> Figure:
    """Return the mean of 解决办法日期 − 受理日期 − 等待配件天数, by 受理日期."""
    days: list[Fraction] = []
    for row in period.rows("Complaints", "受理日期", "解决办法日期", "等待配件天数"):
        taken, solved = day(row, "受理日期"), day(row, "解决办法日期")
        if taken and solved:
            days.append(
                period.shop.calendar.between(taken, solved) - (number(row, "等待配件天数") or Fraction(0))
            )
    return share(sum(days, Fraction(0)), len(days))


def confirm_satisfied(period: Period) -> Figure:
    """Return the share of 再次满意度 ≥ satisfied_from, by 再次确认日期 (CP-05)."""
    rows = period.rows("Complaints", "再次确认日期", "再次满意度")
    scored = [row for row in rows if number(row, "再次满意度") is not None]
    return share(sum(satisfied(period, row, "再次满意度") for row in scored), len(scored))


def letters_sent(period: Period) -> Figure:
    """Return 信函登记 by 发函日期 (LE-03)."""
    return count(len(period.rows("Letters", "发函日期")))


def held(period: Period) -> list[Row]:
    """Return the events by 开始日期."""
    return period.rows("Events", "开始日期")


def events_held(period: Period) -> Figure:
    """Return how many events began."""
    return count(len(held(period)))


def event_notice_on_time(period: Period) -> Figure:
    """Return, of the customers called for events by 开始日期, those whose first 活动通知 call was event_notice_days before.

    A customer is his 档案号, else his 联系电话 (LE-01).
    """
    on_time, all_of_them = 0, 0
    calls = of_kind(period.shop.clean("Calls", "日期", "方向", "通话类型", "活动编号"), "活动通知")
    for event in held(period):
        begins, event_no = day(event, "开始日期"), text(event, "活动编号")
        if not begins or not event_no:
            continue
        last = period.later(begins, -period.shop.setting("event_notice_days"))
        told = [
            (text(call, "档案号") or text(call, "联系电话"), when)
            for call in calls
            if text(call, "活动编号") == event_no and (when := day(call, "日期"))
        ]
        customers = {customer for customer, _ in told}
        all_of_them += len(customers)
        on_time += sum(min(when for who, when in told if who == customer) <= last for customer in customers)
    return share(on_time, all_of_them)


def event_came_rate(period: Period) -> Figure:
    """Return 实际到场 是 ÷ 承诺参加 是 of 活动名单, events by 开始日期."""
    events = {text(event, "活动编号") for event in held(period)} - {""}
    rows = [
        row
        for row in period.shop.clean("Invitees", "承诺参加", "实际到场")
        if text(row, "活动编号") in events
    ]
    return share(
        sum(text(row, "实际到场") == "是" for row in rows), sum(text(row, "承诺参加") == "是" for row in rows)
    )


def appointments_kept(period: Period) -> Figure:
    """Return 已到店 ÷ (已到店 + 失约) by 预约日期."""
    states = [text(row, "状态") for row in period.rows("Appointments", "预约日期", "状态")]
    return share(states.count("已到店"), states.count("已到店") + states.count("失约"))


def done(period: Period, *kinds: str) -> list[Row]:
    """Return the rows of 工作计划 of these 类别 by 完成日期."""
    return [row for row in period.rows("Tasks", "完成日期", "类别") if text(row, "类别") in kinds]


def done_of(*kinds: str) -> Measure:
    """Return the figure that counts the rows of these 类别."""
    return lambda period: count(len(done(period, *kinds)))


def lectures_done(period: Period) -> Figure:
    """Return 汽车讲堂 of 工作计划 and of 活动计划 (LE-09).

    "a 工作计划 row whose 内容 names an 活动编号 or 活动名称 counted there is left out".
    """
    events = [
        row for row in held(period) if text(row, "活动类型") == "汽车讲堂" and readable(row, "活动类型")
    ]
    names = {text(row, heading) for row in events for heading in ("活动编号", "活动名称")} - {""}
    rows = [row for row in done(period, "汽车讲堂") if not any(name in text(row, "内容") for name in names)]
    return count(len(events) + len(rows))


PLANS = {"Tasks": ["类别", "完成日期"]}
TRAININGS = ("前台技能培训", "专业知识培训", "车间技术培训")

RULES: Rules = {
    "complaints": ({"Complaints": ["受理日期"]}, complaints),
    "requests": ({"Complaints": ["受理日期"]}, requests),
    "complaint_report_on_time": (
        {"Complaints": ["受理日期", "上报主管日期", "解决办法日期"]},
        complaint_report_on_time,
    ),
    "complaint_told_on_time": (
        {"Complaints": ["受理日期", "解决办法日期", "告知客户日期"]},
        complaint_told_on_time,
    ),
    "complaints_closed": ({"Complaints": ["受理日期", "状态"]}, complaints_closed),
    "complaint_days": ({"Complaints": ["受理日期", "解决办法日期"]}, complaint_days),
    "confirm_satisfied": ({"Complaints": ["再次确认日期", "再次满意度"]}, confirm_satisfied),
    "letters_sent": ({"Letters": ["发函日期"]}, letters_sent),
    "events_held": ({"Events": ["开始日期"]}, events_held),
    "event_notice_on_time": (
        {"Events": ["活动编号", "开始日期"], "Calls": ["日期", "方向", "通话类型", "活动编号"]},
        event_notice_on_time,
    ),
    "event_came_rate": (
        {"Events": ["活动编号", "开始日期"], "Invitees": ["活动编号", "承诺参加", "实际到场"]},
        event_came_rate,
    ),
    "appointments_kept": ({"Appointments": ["预约日期", "状态"]}, appointments_kept),
    "trainings_done": (PLANS, done_of(*TRAININGS)),
    "trainings_frontdesk": (PLANS, done_of("前台技能培训")),
    "trainings_basic": (PLANS, done_of("专业知识培训")),
    "trainings_workshop": (PLANS, done_of("车间技术培训")),
    "problem_sessions": (PLANS, done_of("疑难问题探讨")),
    "technical_lectures": (PLANS, done_of("学习讲座")),
    "activities_done": (PLANS, done_of("部门活动")),
    "lectures_done": ({**PLANS, "Events": ["开始日期", "活动类型"]}, lectures_done),
}
