"""Figures of 维修记录 (section 8): "出厂日期 for money and quality, 进厂日期 for traffic"."""

from fractions import Fraction

from oracle.cells import Row, day, number, text
from oracle.period import Figure, Period, Rules, count, share, total

WORKSHOP = (
    "保养",
    "维修",
    "保修索赔",
    "其他",
)  # 其他 "counts as traffic and its money as workshop" (section 4)
MONEY = {"Visits": ["出厂日期", "业务类型", "金额"]}


def paid(period: Period, *kinds: str) -> list[Row]:
    """Return the visits of these kinds that left in the period, with an amount."""
    rows = period.rows("Visits", "出厂日期", "业务类型", "金额")
    return [row for row in rows if text(row, "业务类型") in kinds and number(row, "金额") is not None]


def money(period: Period, *kinds: str) -> Fraction:
    """Return Σ金额 of these kinds."""
    return total(paid(period, *kinds), "金额")


def revenue_insurance(period: Period) -> Figure:
    """Return Σ金额 of 保险理赔."""
    return count(money(period, "保险理赔"))


def revenue_workshop(period: Period) -> Figure:
    """Return Σ金额 of 保养, 维修, 保修索赔 (and 其他)."""
    return count(money(period, *WORKSHOP))


def revenue_total(period: Period) -> Figure:
    """Return the two together (KP-01, TB-09)."""
    return count(money(period, "保险理赔", *WORKSHOP))


def revenue_accessories(period: Period) -> Figure:
    """Return Σ金额 of 精品."""
    return count(money(period, "精品"))


def ticket_repair(period: Period) -> Figure:
    """Return revenue_workshop ÷ its visits."""
    return share(money(period, *WORKSHOP), len(paid(period, *WORKSHOP)))


def ticket_insurance(period: Period) -> Figure:
    """Return revenue_insurance ÷ its visits."""
    return share(money(period, "保险理赔"), len(paid(period, "保险理赔")))


def cars_received(period: Period) -> Figure:
    """Return the visits by 进厂日期."""
    return count(len(period.rows("Visits", "进厂日期")))


def cars_per_day(period: Period) -> Figure:
    """Return cars_received ÷ the days "on which the shop works", those "that have passed"."""
    open_days = period.shop.calendar.open_days(period.start, period.until)
    return share(len(period.rows("Visits", "进厂日期")), open_days)


def yes_of_received(period: Period, heading: str) -> Figure:
    """Return the share of the cars received whose cell says 是."""
    rows = period.rows("Visits", "进厂日期", heading)
    return share(sum(text(row, heading) == "是" for row in rows), len(rows))


def appointment_rate(period: Period) -> Figure:
    """Return 是否预约=是 ÷ cars_received."""
    return yes_of_received(period, "是否预约")


def rework_rate(period: Period) -> Figure:
    """Return 是否返修=是 ÷ cars_received."""
    return yes_of_received(period, "是否返修")


def claim_pass_rate(period: Period) -> Figure:
    """Return 通过 ÷ (通过+未通过) of 保修索赔."""
    rows = period.rows("Visits", "出厂日期", "业务类型", "索赔结果")
    results = [text(row, "索赔结果") for row in rows if text(row, "业务类型") == "保修索赔"]
    return share(results.count("通过"), results.count("通过") + results.count("未通过"))


def first_services(period: Period) -> Figure:
    """Return 是否首保=是 by 出厂日期."""
    return count(sum(text(row, "是否首保") == "是" for row in period.rows("Visits", "出厂日期", "是否首保")))


def lube_services(period: Period) -> Figure:
    """Return the visits of 保养 by 出厂日期."""
    return count(
        sum(text(row, "业务类型") == "保养" for row in period.rows("Visits", "出厂日期", "业务类型"))
    )


def bodypaint_share(period: Period) -> Figure:
    """Return Σ钣喷金额 ÷ revenue_total."""
    return share(
        total(period.rows("Visits", "出厂日期", "钣喷金额"), "钣喷金额"), money(period, "保险理赔", *WORKSHOP)
    )


def delivered_on_time(period: Period) -> Figure:
    """Return, of visits with 承诺交车日期 by 出厂日期, the share with 出厂 ≤ 承诺."""
    rows = period.rows("Visits", "出厂日期", "承诺交车日期")
    pairs = [(left, day(row, "承诺交车日期")) for row in rows if (left := day(row, "出厂日期"))]
    promised = [(left, promise) for left, promise in pairs if promise]
    return share(sum(left <= promise for left, promise in promised), len(promised))


def output_per_head(period: Period) -> Figure:
    """Return revenue_total ÷ 人员编制 of 手工指标, else rows of 员工 (KP-18)."""
    heads = own_value(period, "人员编制")
    if heads is None:
        heads = Fraction(sum(bool(text(row, "姓名")) for row in period.shop.rows("Staff")))
    return share(money(period, "保险理赔", *WORKSHOP), heads)


def own_value(period: Period, name: str) -> Fraction | None:
    """Return a figure of the shop's own over the months of the period; "blank = 合计"."""
    months: dict[str, Fraction] = {}
    how = ""
    for row in period.shop.clean("OwnFigures", "月份", "指标", "值"):
        month, value = text(row, "月份")[:7], number(row, "值")
        if text(row, "指标") != name or value is None:
            continue
        if f"{period.start:%Y-%m}" <= month <= f"{period.until:%Y-%m}":
            months[month] = value
            how = text(row, "汇总") or how
    if not months:
        return None
    if how == "期末":
        return months[max(months)]
    return sum(months.values(), Fraction(0)) / (len(months) if how == "平均" else 1)


RULES: Rules = {
    "revenue_insurance": (MONEY, revenue_insurance),
    "revenue_workshop": (MONEY, revenue_workshop),
    "revenue_total": (MONEY, revenue_total),
    "revenue_accessories": (MONEY, revenue_accessories),
    "cars_received": ({"Visits": ["进厂日期"]}, cars_received),
    "cars_per_day": ({"Visits": ["进厂日期"]}, cars_per_day),
    "appointment_rate": ({"Visits": ["进厂日期", "是否预约"]}, appointment_rate),
    "ticket_repair": (MONEY, ticket_repair),
    "ticket_insurance": (MONEY, ticket_insurance),
    "rework_rate": ({"Visits": ["进厂日期", "是否返修"]}, rework_rate),
    "claim_pass_rate": ({"Visits": ["出厂日期", "业务类型", "索赔结果"]}, claim_pass_rate),
    "first_services": ({"Visits": ["出厂日期", "是否首保"]}, first_services),
    "lube_services": ({"Visits": ["出厂日期", "业务类型"]}, lube_services),
    "bodypaint_share": ({"Visits": ["出厂日期", "业务类型", "金额", "钣喷金额"]}, bodypaint_share),
    "delivered_on_time": ({"Visits": ["出厂日期", "承诺交车日期"]}, delivered_on_time),
    "output_per_head": (MONEY, output_per_head),
}
