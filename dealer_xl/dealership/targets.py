"""The yearly targets that the sources name, and the target of a figure for a period.

They do not fit each other (20 cars a day against 650 a month, 650 × 12 × 800 yuan against 6 million);
the sources are kept as they are, the clash is told, not hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.figure_names import FIGURE_NAMES, OWN, YUAN, label_of
from dealer_xl.dealership.kpi import Kpi
from dealer_xl.dealership.periods import Period, Step

AT_LEAST, AT_MOST = "≥", "≤"
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Target:
    """What the sources want of one figure in a year; `items` are the domain IDs, which only programmers read."""

    code: str
    target: float
    direction: str
    remark: str
    items: str
    own_unit: str = ""  # of a figure of the shop's own

    @property
    def label(self) -> str:
        """Return the name that staff read."""
        return label_of(self.code)

    @property
    def unit(self) -> str:
        """Return the unit of the figure."""
        return self.own_unit or FIGURE_NAMES[self.code].unit


TARGETS = (
    Target(
        "revenue_total",
        6_000_000,
        AT_LEAST,
        "售后总营业额600万 = 保险理赔220万 + 车间维修及索赔380万",
        "KP-01、TB-09",
    ),
    Target("revenue_insurance", 2_200_000, AT_LEAST, "保险理赔不少于220万", "IN-01"),
    Target("revenue_workshop", 3_800_000, AT_LEAST, "车间维修及索赔不少于380万", "WC-02"),
    Target("revenue_accessories", 300_000, AT_LEAST, "精品销售达到30万以上", "AC-01"),
    Target("cars_received", 7_800, AT_LEAST, "月接车650台，一年7800台", "KP-06"),
    Target("cars_per_day", 20, AT_LEAST, "日接车台次20台；与月接车650台不一致，请核对", "KP-05"),
    Target("ticket_repair", 800, AT_LEAST, "维修平均单车产值800元/台", "KP-07"),
    Target("ticket_insurance", 1_800, AT_LEAST, "保险平均单车产值1800元/台", "IN-02"),
    Target("rework_rate", 0.02, AT_MOST, "车辆返修率低于2%", "KP-08"),
    Target("claim_pass_rate", 0.95, AT_LEAST, "保修索赔通过率不小于95%", "WC-01"),
    Target("bodypaint_share", 0.3, AT_LEAST, "钣喷业务产值占产值的30%以上", "IN-03"),
    Target("csi", 0.93, AT_LEAST, "客户满意度CSI全年至少93%", "KP-02"),
    Target("first_call_on_time", 1, AT_LEAST, "出厂后三天至一周内都要打第一次跟踪电话", "FC-01"),
    Target("second_call_on_time", 1, AT_LEAST, "第一次跟踪一周后的7天以内都要打第二次", "FC-02"),
    Target("archive_on_time", 1, AT_LEAST, "送修或来访后两日内都要建档", "AR-02"),
    Target("complaint_report_on_time", 1, AT_LEAST, "未解决的投诉两日内都要报告业务主管", "FC-07"),
    Target("complaint_told_on_time", 1, AT_LEAST, "得到解决办法的当日告知客户", "FC-08"),
    Target("event_notice_on_time", 1, AT_LEAST, "活动提前两周电话通知", "LE-01"),
    Target("base_customers", 1_500, AT_LEAST, "基盘客户数1500人", "KP-04"),
    Target("trainings_done", 12, AT_LEAST, "前台4次、专业知识2次、车间6次培训", "TR-01、TR-02、TR-03"),
    Target("trainings_frontdesk", 4, AT_LEAST, "前台接车人员业务技巧培训不少于四次", "TR-01"),
    Target("trainings_basic", 2, AT_LEAST, "专业技术基础知识培训不少于两次", "TR-02"),
    Target("trainings_workshop", 6, AT_LEAST, "车间维修技术培训不少于六次", "TR-03"),
    Target("problem_sessions", 3, AT_LEAST, "疑难技术问题探讨不少于三次", "TR-04"),
    Target("technical_lectures", 2, AT_LEAST, "有针对性的专业技术学习讲座不少于两次", "TR-06"),
    Target("lectures_done", 4, AT_LEAST, "汽车讲堂不少于四次", "LE-09"),
    Target("activities_done", 3, AT_LEAST, "部门内部活动不少于三次", "TR-05"),
    Target(
        f"{OWN}纯正配件采购",
        800_000,
        AT_LEAST,
        "年度纯正配件采购不少于80万；每月填在“手工指标”",
        "PT-02",
        YUAN,
    ),
    Target(
        f"{OWN}精品库存", 100_000, AT_LEAST, "基本精品库存达到10万以上；每月填在“手工指标”", "AC-02", YUAN
    ),
)
"""Default rows of 年度目标; shares as fractions of one, money in yuan."""


@dataclass(frozen=True)
class Aim:
    """The target of a figure for one period."""

    value: float
    at_most: bool

    def met_by(self, value: float | None) -> bool | None:
        """Return whether a value meets it; nothing measured meets and misses nothing."""
        if value is None:
            return None
        return value <= self.value if self.at_most else value >= self.value


def aim_of(dataset: Dataset, kpi: Kpi, period: Period) -> Aim | None:
    """Find a figure's target for a period; of one that is not over, for the part of it that is.

    A year without targets has none. A month's target is what 月度分解 says, else a twelfth of the year's for what adds
    up, or the year's as it is; a quarter's likewise. A week or span has its days' part of its months' targets.
    """
    targets = dataset.tables["Targets"]
    mine = targets[(targets["code"] == kpi.code) & (targets["year"] == period.first.year)]
    mine = mine.dropna(subset=["target"])
    if mine.empty:
        return None
    row = mine.iloc[-1]
    whole = _whole_target(dataset, kpi, period, float(row["target"]))
    if whole is None:
        return None
    return Aim(_so_far(dataset, kpi, period, whole), bool(row["direction"] == AT_MOST))


def has_targets(dataset: Dataset, year: int) -> bool:
    """Return whether 年度目标 has a target for a year."""
    targets = dataset.tables["Targets"]
    return bool((targets["target"].notna() & (targets["year"] == year)).any())


def _whole_target(dataset: Dataset, kpi: Kpi, period: Period, year: float) -> float | None:
    """Return the target of all days of a period.

    Four lectures a year are no third of a lecture a month, and a month for which none is planned is not met by
    holding none: less than one is judged by the year only.
    """
    if period.is_year:
        return year
    if not kpi.adds_up:
        return _written(dataset, kpi, period) or year
    share = _written(dataset, kpi, period)
    if share is None:
        share = sum(_month_part(dataset, kpi, month, period, year) for month in period.own_months())
    return share if share >= 1 else None


def _month_part(dataset: Dataset, kpi: Kpi, month: Period, period: Period, year: float) -> float:
    """Return the part of a month's target that falls to a period."""
    written = _written(dataset, kpi, month)
    share = year / MONTHS_A_YEAR if written is None else written
    inside = period.within(month)
    return share if inside is None else share * _part_open(dataset, inside, month)


def _written(dataset: Dataset, kpi: Kpi, period: Period) -> float | None:
    """Return what 月度分解 says of a month or a quarter; a span within a month has a rate of that month."""
    split = dataset.tables["Breakdown"]
    mine = split[(split["code"] == kpi.code) & (split["year"] == period.first.year)]
    quarter = period.step is Step.QUARTER
    if mine.empty or not (quarter or period.step is Step.MONTH or (period.in_one_month and not kpi.adds_up)):
        return None
    key = f"quarter_{period.first.quarter}" if quarter else f"month_{period.first.month}"
    cell = mine[key].iloc[-1]
    return None if pd.isna(cell) else float(cell)


def _so_far(dataset: Dataset, kpi: Kpi, period: Period, whole: float) -> float:
    """Take the target of what adds up pro rata by open days while the period runs."""
    if not kpi.adds_up or not period.runs(dataset.today):
        return whole
    return whole * _part_open(dataset, period.up_to(dataset.today), period)


def _part_open(dataset: Dataset, part: Period, whole: Period) -> float:
    """Return which part of a period's open days lies in a part of it."""
    days = dataset.calendar.open_days(whole.first, whole.last)
    return dataset.calendar.open_days(part.first, part.last) / days if days else 1
