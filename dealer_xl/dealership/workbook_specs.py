"""What staff find in each of the four workbooks: the sheets in order, the guide, the print form, the charts."""

from __future__ import annotations

from collections.abc import Collection

from dealer_xl.actions import ACTIONS
from dealer_xl.dealership.kpis import KPIS
from dealer_xl.dealership.settings import KEYS
from dealer_xl.dealership.settings import SETTINGS as DEFAULTS
from dealer_xl.dealership.shipped_forms import SHIPPED_FORMS
from dealer_xl.dealership.tables import (
    APPOINTMENTS,
    ARCHIVE_BOOK,
    BREAKDOWN,
    CALENDAR,
    CALLS,
    CALLS_BOOK,
    CHANGES,
    COMPLAINTS,
    CUSTOMERS,
    EVENTS,
    EXTRAS,
    INVITEES,
    LETTER_TEMPLATES,
    LETTERS,
    LETTERS_BOOK,
    MEASURES,
    NOT_SENT,
    OWN_FIGURES,
    PLAN_BOOK,
    RENEWALS,
    REWARDS,
    SETTINGS,
    STAFF,
    SUMMARY,
    SUMMARY_TEXT,
    TABLES,
    TARGETS,
    TODAY,
    TRAININGS,
    TREND,
    VISITS,
    WORK_PLAN,
    YEAR_SUMMARY,
    YEAR_TEXT,
    YEAR_TREND,
)
from dealer_xl.dealership.targets import TARGETS as AIMS
from dealer_xl.schema import Table
from dealer_xl.workbook_spec import Box, Chart, Form, Guide, Register, Report, Row, Sheet, Topic, WorkbookSpec

GUIDE_SHEET = "说明"
CALL_FORM_SHEET = "电话记录表"

MARKS = (
    Topic("深蓝标题", "必须填写的列", colour="required"),
    Topic("浅蓝标题", "可以不填的列", colour="optional"),
    Topic("浅灰列", "由程序或公式填写，请不要手工改", colour="program"),
    Topic("红色单元格", "填错了：看同一行的“校验”列，【】里是列名，后面写明怎么改", colour="error"),
    Topic("黄色单元格", "提醒：请核对一下，〔〕里是列名；确实无误可以不改", colour="warning"),
)
SAFETY = (
    Topic("自动备份", "每次操作写文件之前，先把原文件存进本文件夹的“备份”"),
    Topic("撤销", "点“撤销”按钮，上一次操作改动的文件恢复原样；再点一次就再退一步"),
)


def workbook_spec_of(name: str, year: int, extras: Collection[Table] = EXTRAS) -> WorkbookSpec:
    """Return the plan of one workbook by its file name, with the extra tables named.

    The default targets are those of the year.
    """
    sheets = tuple(
        sheet
        for sheet in _sheets(year)[name]
        if not isinstance(sheet, Register) or sheet.table not in EXTRAS or sheet.table in extras
    )
    return WorkbookSpec(name, _guide(name, sheets), sheets, TABLES)


def _sheets(year: int) -> dict[str, tuple[Sheet, ...]]:
    """Return the sheets of each workbook in their order, extra tables among them."""
    return {
        ARCHIVE_BOOK: (
            Register(CUSTOMERS, frozen=2, lines=2),
            Register(VISITS, frozen=2, lines=2),
            Register(RENEWALS, frozen=2),
            Register(CHANGES, lines=2),
        ),
        CALLS_BOOK: (
            Register(
                TODAY,
                frozen=4,
                lines=3,
                alarm="overdue_days",
                small=("archive_no", "order_no", "origin"),
                one_page=True,
            ),
            Register(CALLS, lines=3),
            Register(COMPLAINTS, frozen=2, lines=3),
            Register(APPOINTMENTS, frozen=1, lines=2),
            CALL_FORM,
        ),
        LETTERS_BOOK: (
            Register(LETTERS, lines=2),
            Register(EVENTS, frozen=2, lines=2),
            Register(INVITEES, frozen=3),
            Register(NOT_SENT, frozen=4, lines=2),
            Register(LETTER_TEMPLATES, rows=tuple(form.row for form in SHIPPED_FORMS)),
        ),
        PLAN_BOOK: (
            Register(TARGETS, frozen=2, rows=_default_targets(year), small=("code",)),
            Register(BREAKDOWN, frozen=3, small=("code",)),
            Register(WORK_PLAN, lines=2),
            Register(OWN_FIGURES, frozen=2),
            Register(TRAININGS, frozen=2),
            Register(REWARDS, frozen=2),
            Register(MEASURES, lines=2),
            _report(SUMMARY, SUMMARY_TEXT, TREND),
            _report(YEAR_SUMMARY, YEAR_TEXT, YEAR_TREND),
            Register(SETTINGS, rows=_default_settings(), small=("code",)),
            Register(STAFF),
            Register(CALENDAR),
        ),
    }


PURPOSES = {
    ARCHIVE_BOOK: "每辆车一份档案，每次进厂一行记录。客户送修或来访后两日内建档，其余三本都从这里查客户。",
    CALLS_BOOK: "每天先看“今日必做”，打完电话记进“电话登记”，有投诉就在“投诉跟踪”里一直跟到结案。",
    LETTERS_BOOK: "安排客户活动，生成通知、邀请函和答复函，每封发出的信函都有登记可查。",
    PLAN_BOOK: "定年度目标、分到每月，安排培训和活动；月末点一下，指标、图表和小结就写好。",
}


def _guide(name: str, sheets: tuple[Sheet, ...]) -> Guide:
    """Write the guide of a workbook from its sheets and the buttons."""
    topics = tuple(Topic(sheet.sheet, _description(sheet), sheet=sheet.sheet) for sheet in sheets)
    buttons = tuple(Topic(action.label, action.sentence) for action in ACTIONS if action.is_button)
    chapters = (
        ("有哪些表", topics),
        ("“客户服务”选项卡上的按钮", buttons),
        ("颜色", MARKS),
        ("备份", SAFETY),
    )
    return Guide(GUIDE_SHEET, name.removesuffix(".xlsx"), PURPOSES[name], chapters)


def _description(sheet: Sheet) -> str:
    """Return in one sentence what a sheet is."""
    if isinstance(sheet, Form):
        return sheet.description
    return sheet.figures.description if isinstance(sheet, Report) else sheet.table.description


def _default_targets(year: int) -> tuple[Row, ...]:
    """Fill 年度目标 with what the sources want."""
    return tuple(
        {
            "year": year,
            "label": aim.label,
            "unit": aim.unit,
            "target": aim.target,
            "direction": aim.direction,
            "remark": aim.remark,
            "code": aim.code,
        }
        for aim in AIMS
    )


def _default_settings() -> tuple[Row, ...]:
    """Fill 设置 with the defaults and their sources."""
    return tuple(
        {
            "key": each.label,
            "value": each.default,
            "unit": each.unit,
            "remark": each.remark,
            "source": each.source,
            "code": KEYS.get(each.label, ""),
        }
        for each in DEFAULTS
    )


CHARTS = (
    Chart(
        "售后产值与目标",
        "元",
        bars=("revenue_workshop", "revenue_insurance"),
        target="revenue_target",
    ),
    Chart("进厂台次与目标", "台", bars=("cars_received",), target="cars_target"),
    Chart("客户满意度CSI与目标", "%", lines=("csi",), target="csi_target"),
    Chart("跟踪电话及时率", "%", lines=("first_call_on_time", "second_call_on_time")),
)


def _report(figures: Table, text: Table, trend: Table) -> Report:
    """Plan a summary sheet, the same for the month and the year."""
    rows: tuple[Row, ...] = tuple(
        {"code": kpi.code, "label": kpi.label, "unit": kpi.unit, "formula": kpi.formula} for kpi in KPIS
    )
    # One paragraph each on seven subjects; then those missed and the rows left out, which may be many.
    lines = (2, 2, 1, 2, 2, 2, 2, 4, 3)
    small = ("formula", "code")
    return Report(figures, rows, text, lines, trend, 12, CHARTS, alarm="meets", small=small)


CALL_FORM = Form(
    CALL_FORM_SHEET,
    "跟踪服务电话记录表",
    "在黄格内填登记号，各栏自动带出；打印后签字，存入客户档案袋。",
    CALLS,
    boxes=(
        (Box("日期", "called_on"), Box("业务员", "clerk")),
        (Box("客户名称", "name"), Box("档案号", "archive_no")),
        (Box("车牌号", "plate"), Box("联系电话", "phone")),
        (Box("通话类型", "kind"), Box("方向", "direction")),
        (Box("关联工单号", "order_no"), Box("活动编号", "event_no")),
        (Box("通话结果", "result"), Box("满意度", "satisfaction")),
        (Box("通话要点", "points", lines=7),),
        (Box("客户要求、\n希望或投诉", "wishes", lines=6),),
        (Box("当时答复", "answered"), Box("流失原因", "lost_reason")),
        (Box("是否投诉", "complaint"), Box("投诉号", "complaint_no", COMPLAINTS)),
        (Box("处理人", "handler", COMPLAINTS), Box("投诉状态", "status", COMPLAINTS)),
        (Box("上报主管日期", "reported_on", COMPLAINTS), Box("告知客户日期", "told_on", COMPLAINTS)),
        (Box("解决办法", "solution", COMPLAINTS, lines=5),),
        (Box("下次联系日期", "next_on"), Box("代理(原业务员)", "deputy_for")),
        (Box("备注", "note", lines=2),),
    ),
    signatures=("跟踪业务员签字", "业务主管签字"),
    foot="客户的要求、希望或投诉要记录清楚；不能当时答复的，两日内报告业务主管，得到解决办法的当日告知客户。",
)
