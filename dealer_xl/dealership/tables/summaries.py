"""The tables of 月度总结 and 年度总结, which the program writes: figures, their trend, the written text."""

from __future__ import annotations

from dealer_xl.dealership.figure_names import PERCENT, YUAN
from dealer_xl.dealership.tables.words import PLAN_BOOK
from dealer_xl.schema import Column, FilledBy, Kind, Table

MONTH, NUMBER = Kind.MONTH, Kind.NUMBER
PROGRAM = FilledBy.PROGRAM


def _figures(name: str, sheet: str, title: str, description: str) -> Table:
    """Return the shape of the figures of a summary: one row each, in the order of `kpis.KPIS`."""
    return Table(
        name,
        sheet,
        PLAN_BOOK,
        title,
        description=description,
        by_program=True,
        known_by=(("label",), ("code",)),
        columns=(
            Column("label", "指标", filled_by=PROGRAM, width=20),
            Column("unit", "单位", filled_by=PROGRAM, width=8),
            Column("value", "本期", NUMBER, filled_by=PROGRAM, width=14),
            Column("target", "目标", NUMBER, filled_by=PROGRAM, width=14),
            Column("meets", "达标", filled_by=PROGRAM, width=8),
            Column("last_month", "上期", NUMBER, filled_by=PROGRAM, width=14),
            Column("last_year", "去年同期", NUMBER, filled_by=PROGRAM, width=14),
            Column("rows", "统计行数", NUMBER, low=0, filled_by=PROGRAM, width=9),
            Column("left_out", "剔除行数", NUMBER, low=0, filled_by=PROGRAM, width=9),
            Column("formula", "统计口径", filled_by=PROGRAM, width=48),
            Column("code", "指标代码", filled_by=PROGRAM, width=22),
        ),
    )


def _trend(name: str, sheet: str, title: str) -> Table:
    """Return the shape of the twelve months from which the charts of a summary are drawn."""
    return Table(
        name,
        sheet,
        PLAN_BOOK,
        title,
        by_program=True,
        known_by=(("month",),),
        columns=(
            Column("month", "月份", MONTH, filled_by=PROGRAM),
            Column("revenue_insurance", "保险理赔产值", NUMBER, unit=YUAN, filled_by=PROGRAM),
            Column("revenue_workshop", "车间产值", NUMBER, unit=YUAN, filled_by=PROGRAM),
            Column("revenue_target", "产值目标", NUMBER, unit=YUAN, filled_by=PROGRAM),
            Column("cars_received", "进厂台次", NUMBER, unit="台", filled_by=PROGRAM),
            Column("cars_target", "台次目标", NUMBER, unit="台", filled_by=PROGRAM),
            Column("csi", "满意度CSI", NUMBER, unit=PERCENT, filled_by=PROGRAM),
            Column("csi_target", "CSI目标", NUMBER, unit=PERCENT, filled_by=PROGRAM),
            Column("first_call_on_time", "首访及时率", NUMBER, unit=PERCENT, filled_by=PROGRAM),
            Column("second_call_on_time", "二访及时率", NUMBER, unit=PERCENT, filled_by=PROGRAM),
        ),
    )


def _text(name: str, sheet: str, title: str) -> Table:
    """Return the shape of the written text of a summary; its rows are merged, so it is no native table."""
    text = Column("text", "小结", filled_by=PROGRAM)
    return Table(name, sheet, PLAN_BOOK, title, by_program=True, known_by=(("text",),), columns=(text,))


SUMMARY = _figures(
    "Summary",
    "月度总结",
    "月度工作总结",
    "本月各项指标与目标、上月、去年同月对照，点“月度总结”后由程序填写。",
)
TREND = _trend("Trend", "月度总结", "近12个月走势")
SUMMARY_TEXT = _text("SummaryText", "月度总结", "小结")
YEAR_SUMMARY = _figures(
    "YearSummary",
    "年度总结",
    "年度工作总结",
    "全年各项指标与目标、上年对照，点“月度总结”选年度后由程序填写。",
)
YEAR_TREND = _trend("YearTrend", "年度总结", "全年各月走势")
YEAR_TEXT = _text("YearText", "年度总结", "小结")
