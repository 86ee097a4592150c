"""Task kinds of complaints, the archive's deadline, appointments and plans (section 7)."""

from oracle.calls import calls_of, of_kind, reached, since
from oracle.cells import Row, day, text
from oracle.days import month_end, month_start
from oracle.shop import Shop
from oracle.tasks import CALL, Subject, Task, dropped, listed


def open_complaints(shop: Shop, *headings: str) -> list[Row]:
    """Return the rows of 投诉跟踪 that are not 已关闭, none where a column is absent."""
    if not shop.has("Complaints", "状态", *headings):
        return []
    return [row for row in shop.rows("Complaints") if text(row, "状态") != "已关闭"]


def complaint(kind: str, row: Row) -> Subject:
    """Return the subject of a complaint's task."""
    return Subject(kind, text(row, "投诉号"), "Complaints", row, text(row, "档案号"))


def complaint_tell(shop: Shop) -> list[Task]:
    """Not 已关闭, 解决办法日期 s there, 告知客户日期 blank: s, s + tell_days (FC-08)."""
    found: list[Task] = []
    for row in open_complaints(shop, "解决办法日期", "告知客户日期"):
        solved = day(row, "解决办法日期")
        if solved and not day(row, "告知客户日期"):
            due = shop.later(solved, shop.setting("tell_days"))
            found += listed(shop, complaint("complaint-tell", row), solved, due)
    return found


def complaint_report(shop: Shop) -> list[Task]:
    """Not 已关闭, 上报主管日期 and 解决办法日期 blank: 受理日期, + report_days (FC-07)."""
    found: list[Task] = []
    for row in open_complaints(shop, "受理日期", "上报主管日期", "解决办法日期"):
        taken = day(row, "受理日期")
        if taken and not day(row, "上报主管日期") and not day(row, "解决办法日期"):
            due = shop.later(taken, shop.setting("report_days"))
            found += listed(shop, complaint("complaint-report", row), taken, due)
    return found


def complaint_confirm(shop: Shop) -> list[Task]:
    """Not 已关闭, 告知客户日期 d there, 再次确认日期 blank: d + 1, d + confirm_days (CP-05)."""
    found: list[Task] = []
    for row in open_complaints(shop, "告知客户日期", "再次确认日期"):
        told = day(row, "告知客户日期")
        if told and not day(row, "再次确认日期"):
            due = shop.later(told, shop.setting("confirm_days"))
            found += listed(shop, complaint("complaint-confirm", row), shop.later(told, 1), due)
    return found


def archive_due_of_rows(shop: Shop) -> list[Task]:
    """List each row of 客户档案 with 送修或来访日期 and no 建档日期: that day, + archive_days (AR-02 「两日内」)."""
    found: list[Task] = []
    for row in shop.rows("Customers") if shop.can_list({"Customers": ["送修或来访日期", "建档日期"]}) else []:
        came, number = day(row, "送修或来访日期"), text(row, "档案号")
        if came and not day(row, "建档日期"):
            due = shop.later(came, shop.setting("archive_days"))
            subject = Subject("archive-due", number, "Customers", row, number)
            found += listed(shop, subject, came, due, dropped(due, shop.setting("archive_drop_days")))
    return found


def archive_due_of_visits(shop: Shop) -> list[Task]:
    """List each visit whose 档案号 is not in 客户档案: 进厂日期, + archive_days (AR-03 「客户送车进厂」)."""
    found: list[Task] = []
    if not shop.has("Customers", "档案号") or not shop.has("Visits", "档案号", "进厂日期"):
        return found
    for visit in shop.rows("Visits"):
        came, number = day(visit, "进厂日期"), text(visit, "档案号")
        if came and number and number not in shop.archive:
            due = shop.later(came, shop.setting("archive_days"))
            subject = Subject("archive-due", text(visit, "工单号"), "Visits", visit, number)
            found += listed(shop, subject, came, due, dropped(due, shop.setting("archive_drop_days")))
    return found


def awaited(shop: Shop, *headings: str) -> list[Row]:
    """Return the rows of 预约 that are 待到店, none where a column is absent."""
    if not shop.has("Appointments", "预约日期", "状态", *headings):
        return []
    return [row for row in shop.rows("Appointments") if text(row, "状态") == "待到店"]


def appointment_confirm(shop: Shop) -> list[Task]:
    """预约 待到店 on a: a − 1, a − 1; "done when reached by 预约确认 since a − 1; drops after a"."""
    found: list[Task] = []
    for row in awaited(shop) if shop.can_list(CALL) else []:
        comes, number = day(row, "预约日期"), text(row, "档案号")
        if not comes:
            continue
        before = shop.later(comes, -1)
        calls = of_kind(calls_of(shop, number, text(row, "联系电话")), "预约确认")
        if not any(reached(call) for call in since(calls, before)):
            subject = Subject("appointment-confirm", text(row, "预约号"), "Appointments", row, number)
            found += listed(shop, subject, before, before, comes)
    return found


def parts_missing(shop: Shop) -> list[Task]:
    """预约 待到店 on a, 配件状态 缺: the earlier of 登记日期 (blank: a − 3) and a − 1; a − 1; drops after a (AP-04)."""
    found: list[Task] = []
    for row in awaited(shop, "配件状态"):
        comes, number = day(row, "预约日期"), text(row, "档案号")
        if comes and text(row, "配件状态") == "缺":
            before = shop.later(comes, -1)
            earliest = min(day(row, "登记日期") or shop.later(comes, -3), before)
            subject = Subject("parts-missing", text(row, "预约号"), "Appointments", row, number)
            found += listed(shop, subject, earliest, before, comes)
    return found


def plan_task(shop: Shop) -> list[Task]:
    """工作计划 without 完成日期: 计划日期 − plan_ahead_days … 计划日期, else first … last day of 月份."""
    found: list[Task] = []
    for row in shop.rows("Tasks") if shop.can_list({"Tasks": ["月份", "完成日期"]}) else []:
        planned, first = day(row, "计划日期"), month_start(text(row, "月份"))
        subject = Subject("plan-task", text(row, "编号"), "Tasks", row, staff=text(row, "负责人"))
        if day(row, "完成日期"):
            continue
        if planned:
            found += listed(shop, subject, shop.later(planned, -shop.setting("plan_ahead_days")), planned)
        elif first:
            found += listed(shop, subject, first, month_end(first))
    return found


def measure_due(shop: Shop) -> list[Task]:
    """整改措施 without 完成日期, 期限 m: m − plan_ahead_days, m (RP-03)."""
    found: list[Task] = []
    for row in shop.rows("Measures") if shop.can_list({"Measures": ["期限", "完成日期"]}) else []:
        limit = day(row, "期限")
        if limit and not day(row, "完成日期"):
            subject = Subject("measure-due", text(row, "编号"), "Measures", row, staff=text(row, "责任人"))
            found += listed(shop, subject, shop.later(limit, -shop.setting("plan_ahead_days")), limit)
    return found


RULES = (
    complaint_tell,
    complaint_report,
    complaint_confirm,
    archive_due_of_rows,
    archive_due_of_visits,
    appointment_confirm,
    parts_missing,
    plan_task,
    measure_due,
)
