"""Codes of 投诉跟踪, 信函登记, and of dates that come in the wrong order (section 6)."""

from collections.abc import Iterator
from itertools import pairwise

from oracle.cells import day, number, readable, text
from oracle.findings import Check, Issue, issue, rows
from oracle.letter_forms import is_marketing
from oracle.persons import refused_numbers
from oracle.shop import Shop

ROLES = ("处理人", "反馈人", "跟踪人", "记录人")  # 受理人 is required by itself

CHAINS = (
    ("Complaints", ("受理日期", "上报主管日期")),
    ("Complaints", ("受理日期", "解决办法日期", "告知客户日期", "再次确认日期")),
    ("Events", ("开始日期", "结束日期")),
    ("Staff", ("离岗自", "离岗至")),
    ("Renewals", ("生效日期", "到期日期")),
    ("Visits", ("进厂日期", "承诺交车日期")),
)


def late(shop: Shop, heading: str, after: str, days: int, code: str) -> Iterator[Issue]:
    """Yield the complaints whose step comes more than so many days after the one before."""
    for row in rows(shop, "Complaints", heading, after):
        done, first = day(row, heading), day(row, after)
        if done and first and done > shop.later(first, days):
            yield issue("Complaints", row, heading, code)


def report_late(shop: Shop) -> Iterator[Issue]:
    """Yield 上报主管日期 after 受理日期 + report_days (FC-07)."""
    yield from late(shop, "上报主管日期", "受理日期", shop.setting("report_days"), "report-late")


def told_late(shop: Shop) -> Iterator[Issue]:
    """Yield 告知客户日期 after 解决办法日期 + tell_days (FC-08)."""
    yield from late(shop, "告知客户日期", "解决办法日期", shop.setting("tell_days"), "told-late")


def roles_missing(shop: Shop) -> Iterator[Issue]:
    """Yield each blank role of a complaint (CP-09 「谁受理,怎么处理,谁反馈,谁跟踪,谁记录」)."""
    for row in rows(shop, "Complaints", *ROLES):
        for role in ROLES:
            if not text(row, role):
                yield issue("Complaints", row, role, "roles-missing")


def confirm_missing(shop: Shop) -> Iterator[Issue]:
    """Yield 已关闭 without 再次确认日期 (CP-05)."""
    for row in rows(shop, "Complaints", "状态", "再次确认日期"):
        if text(row, "状态") == "已关闭" and not day(row, "再次确认日期"):
            yield issue("Complaints", row, "再次确认日期", "confirm-missing")


def solved_without_date(shop: Shop) -> Iterator[Issue]:
    """Yield 已解决 or 已关闭 without 解决办法日期."""
    for row in rows(shop, "Complaints", "状态", "解决办法日期"):
        if text(row, "状态") in ("已解决", "已关闭") and not day(row, "解决办法日期"):
            yield issue("Complaints", row, "解决办法日期", "solved-without-date")


def closed_unsatisfied(shop: Shop) -> Iterator[Issue]:
    """Yield 已关闭 with 再次满意度 < satisfied_from."""
    for row in rows(shop, "Complaints", "状态", "再次满意度"):
        score = number(row, "再次满意度")
        if text(row, "状态") == "已关闭" and score is not None and score < shop.setting("satisfied_from"):
            yield issue("Complaints", row, "再次满意度", "closed-unsatisfied")


def dates_out_of_order(shop: Shop) -> Iterator[Issue]:
    """Yield the later step; "each step against the nearest filled one before it"."""
    for table, steps in CHAINS:
        there = [step for step in steps if shop.has(table, step)]
        for row in shop.rows(table):
            filled = [step for step in there if row.get(step) is not None or not readable(row, step)]
            for before, after in pairwise(filled):
                first, then = day(row, before), day(row, after)
                if readable(row, before, after) and first and then and then < first:
                    yield issue(table, row, after, "dates-out-of-order")


def notice_late(shop: Shop) -> Iterator[Issue]:
    """Yield 电话通知日期 of a letter later than event_notice_days before the event begins (LE-01)."""
    if not shop.has("Events", "活动编号", "开始日期"):
        return
    begins = {
        text(row, "活动编号"): day(row, "开始日期") for row in shop.clean("Events", "活动编号", "开始日期")
    }
    for row in rows(shop, "Letters", "活动编号", "电话通知日期"):
        told, event = (
            day(row, "电话通知日期"),
            begins.get(text(row, "活动编号")) if text(row, "活动编号") else None,
        )
        if told and event and told > shop.later(event, -shop.setting("event_notice_days")):
            yield issue("Letters", row, "电话通知日期", "notice-late")


def letter_late(shop: Shop) -> Iterator[Issue]:
    """Yield 发函日期 later than letter_days after 电话通知日期 (LE-02)."""
    for row in rows(shop, "Letters", "发函日期", "电话通知日期"):
        sent, told = day(row, "发函日期"), day(row, "电话通知日期")
        if sent and told and sent > shop.later(told, shop.setting("letter_days")):
            yield issue("Letters", row, "发函日期", "letter-late")


def letter_without_consent(shop: Shop) -> Iterator[Issue]:
    """Yield a letter of a 营销 template to a row without 同意 or a person who refused."""
    if not shop.has("Customers", "营销同意"):
        return
    refused = refused_numbers(shop)
    for row in rows(shop, "Letters", "模板", "档案号"):
        archive = shop.archive.get(text(row, "档案号"))
        if archive is None or not readable(archive, "营销同意") or not is_marketing(shop, text(row, "模板")):
            continue
        if text(archive, "营销同意") != "同意" or text(row, "档案号") in refused:
            yield issue("Letters", row, "档案号", "letter-without-consent")


def letter_duplicate(shop: Shop) -> Iterator[Issue]:
    """Yield the later row of "same 活动编号 and 档案号"; a letter that came back is none."""
    seen: set[tuple[str, str]] = set()
    for row in rows(shop, "Letters", "活动编号", "档案号"):
        key = (text(row, "活动编号"), text(row, "档案号"))
        if not all(key) or text(row, "状态") == "退回":
            continue
        if key in seen:
            yield issue("Letters", row, "档案号", "letter-duplicate")
        seen.add(key)


CHECKS: tuple[Check, ...] = (
    report_late,
    told_late,
    roles_missing,
    confirm_missing,
    solved_without_date,
    closed_unsatisfied,
    dates_out_of_order,
    notice_late,
    letter_late,
    letter_without_consent,
    letter_duplicate,
)
